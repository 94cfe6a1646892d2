/** The official contexts: every bundled one has their canonical JSON. */

import { createHash } from 'node:crypto'
import type { JsonObject } from 'testamur'
import { canonicalJson } from '../../src/encoding/canonical-json.ts'
import { bundledContext } from '../../src/jsonld/bundled-contexts.ts'
import { readOracleJson } from '../helpers/oracle.ts'
import { runSet, type SetResult } from './result.ts'

interface Row {
  readonly url: string
  readonly file: string
}

/** Every row of the manifest. */
export function runContexts(): Promise<SetResult> {
  const rows = readOracleJson<readonly Row[]>('contexts/MANIFEST.json')
  return runSet(
    'contexts',
    rows.map((row) => [row.url, row] as const),
    ({ url, file }) => {
      const own = bundledContext(url)
      if (!own) return { unsupported: 'not bundled' }
      const same = hash(own) === hash(readOracleJson<JsonObject>(`contexts/${file}`))
      return same ? undefined : { differs: 'is another document' }
    },
  )
}

function hash(document: JsonObject): string {
  return createHash('sha256').update(canonicalJson(document)).digest('hex')
}
