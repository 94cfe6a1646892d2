/** The test data of RFC 8785: canonical JSON, byte for byte. */

import { canonicalJson } from '../../src/encoding/canonical-json.ts'
import type { JsonValue } from '../../src/types.ts'
import { readOracle } from '../helpers/oracle.ts'
import { runSet, type SetResult } from './result.ts'

const names = ['arrays', 'french', 'structures', 'unicode', 'values', 'weird']

/** Every file of the set. */
export function runJcs(): Promise<SetResult> {
  const cases = names.map((name) => [name, name] as const)
  return runSet('jcs', cases, (name) => {
    const actual = canonicalJson(JSON.parse(readOracle(`vectors/jcs/input/${name}.json`)) as JsonValue)
    const expected = readOracle(`vectors/jcs/outhex/${name}.txt`).replace(/\s/g, '')
    return Buffer.from(actual).toString('hex') === expected ? undefined : { differs: actual }
  })
}
