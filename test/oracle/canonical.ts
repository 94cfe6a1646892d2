/**
 * Every real document, every credential inside one, and the options of every proof: our own canonical text is that of the
 * library, byte for byte, and none is left to the library.
 */

import { isObject, readJson } from '../../src/encoding/json.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'
import { listOracle, readOracleJson } from '../helpers/oracle.ts'
import { compare } from '../jsonld/expand-compare.ts'
import { type CaseResult, runSet, type SetResult } from './result.ts'

const folders = ['files', 'unsigned/dcc', 'unsigned/impierce', 'unsigned/learncard', 'unsigned/vc-playground']

/** One case for each document with contexts, both hashes. */
export function runCanonical(): Promise<SetResult> {
  const cases = folders.flatMap((folder) =>
    listOracle(`realworld/${folder}`)
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => {
        const documents = documentsIn(readOracleJson<JsonValue>(`realworld/${folder}/${file}`), undefined)
        return documents.map((document, index) => [`${folder}/${file} ${index}`, document] as const)
      }),
  )
  return runSet('canonical', cases, async (document) => {
    const read = readJson(document)
    if (!('value' in read) || !isObject(read.value)) return { differs: 'it cannot be read' }
    return (await judge(read.value, 'SHA-256')) ?? (await judge(read.value, 'SHA-384'))
  })
}

async function judge(document: JsonObject, digest: 'SHA-256' | 'SHA-384'): Promise<CaseResult> {
  const { outcome, why } = await compare(document, digest)
  if (outcome === 'same' || outcome === 'refused') return undefined
  return { differs: `${outcome}: ${(why ?? '').slice(0, 300)}` }
}

/** The document without its proofs, those proofs' options under its contexts, and the same of all credentials inside. */
function documentsIn(value: JsonValue, outer: JsonValue | undefined): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue) => documentsIn(item, outer))
  if (!isObject(value)) return []
  const context = value['@context'] ?? outer
  const { proof, ...document } = value
  const inner = Object.entries(document).flatMap(([name, member]) =>
    name === '@context' ? [] : documentsIn(member ?? null, context),
  )
  const proofs = (Array.isArray(proof) ? proof : [proof]).filter(isObject)
  const options = proofs.map(({ proofValue: _, jws: __, ...rest }) => ({
    ...rest,
    ...(context && { '@context': context }),
  }))
  return value['@context'] === undefined ? inner : [document, ...options, ...inner]
}
