/** The published schemas of learner records and of the data model, beside ours. */

import Ajv2019, { type ValidateFunction } from 'ajv/dist/2019.js'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { isObject } from '../../src/encoding/json.ts'
import { createChecker } from '../../src/schema/checker.ts'
import type { Level } from '../../src/schema/table.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'
import { listOracle, readOracleJson } from '../helpers/oracle.ts'
import { runSet, type SetResult } from './result.ts'

/** Every JSON document under a folder of the oracle, and every credential inside one. */
export function documentsUnder(folder: string): readonly (readonly [string, JsonObject])[] {
  return listOracle(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => credentialsIn(readAny(`${folder}${file}`), file))
}

/** Some files are JSON by name only. */
function readAny(path: string): JsonObject | undefined {
  try {
    return readOracleJson<JsonObject>(path)
  } catch {
    return undefined
  }
}

function credentialsIn(
  value: JsonValue | undefined,
  place: string,
  inner = false,
): readonly (readonly [string, JsonObject])[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => credentialsIn(item, `${place}/${index}`, true))
  if (!isObject(value)) return []
  const below = Object.keys(value).flatMap((key) => credentialsIn(value[key], `${place}/${key}`, true))
  return !inner || '@context' in value ? [[place, value], ...below] : below
}

/** A schema of ours and the published one that it stands in for. */
export interface Pair {
  readonly title: string
  readonly name: string
  readonly official: string
  readonly level: Level
  readonly w3c?: boolean
}

/** Every such pair. */
export const pairs: readonly Pair[] = [
  ...['achievement', 'endorsement', 'clr'].flatMap((kind): readonly Pair[] => {
    const base = `${kind === 'clr' ? 'clr_v2p0' : 'ob_v3p0'}_${kind}credential`
    const name = `${kind}-credential`
    return [
      { title: `${name} strict`, name, official: `derived/${base}_strict_schema.json`, level: 'strict' },
      { title: `${name} lenient`, name, official: `1edtech/${base}_schema.json`, level: 'lenient' },
    ]
  }),
  {
    title: 'verifiable-credential',
    name: 'verifiable-credential',
    official: 'w3c/verifiable-credential-schema.json',
    level: 'strict',
    w3c: true,
  },
  {
    title: 'verifiable-presentation',
    name: 'verifiable-presentation',
    official: 'w3c/verifiable-presentation-schema.json',
    level: 'strict',
    w3c: true,
  },
]

/** The published schema, as ajv reads it. */
export function compile({ official, w3c }: Pair): ValidateFunction {
  const ajv = w3c ? new Ajv2020.default({ strict: false }) : new Ajv2019.default({ strict: false })
  addFormats.default(ajv as never)
  if (w3c) ajv.addSchema(readOracleJson<JsonObject>('schemas/w3c/verifiable-credential-schema.json'))
  const { $schema: _, ...schema } = readOracleJson<JsonObject>(`schemas/${official}`)
  return ajv.getSchema(String(schema['$id'])) ?? ajv.compile(schema)
}

/** Folders whose documents the pairs are compared on. */
export const comparedFolders: readonly string[] = [
  'realworld/files/',
  'realworld/unsigned/',
  'realworld/ob20/',
  'realworld/documents/',
  'schemas/',
]

/** Every pair on every document: the same verdict. */
export async function runSchemas(): Promise<SetResult[]> {
  const documents = comparedFolders.flatMap(documentsUnder)
  return Promise.all(
    pairs.map((pair) => {
      const ours = createChecker(pair.name, pair.level, '2.0')
      const official = compile(pair)
      return runSet(`schema ${pair.title}`, documents, (document) => {
        const verdict = ours(document).length === 0
        return verdict === official(document)
          ? undefined
          : { differs: `ours says ${verdict}: ${JSON.stringify(ours(document)[0])}` }
      })
    }),
  )
}
