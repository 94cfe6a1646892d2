/** What is remembered of contexts does not grow with what strangers send. */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { expandToDataset } from '../../src/jsonld/expand.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'
import { bundled, freeze } from './expand-documents.ts'
import { ob, v2 } from './form-samples.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heap(): number {
  collect()
  return process.memoryUsage().heapUsed / 1e6
}

const numbered = (count: number, make: (n: number) => readonly [string, JsonValue]): JsonObject =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => make(n)))
const credential = (members: JsonObject): JsonObject => ({
  '@context': [v2, ob],
  type: 'VerifiableCredential',
  ...members,
})

it.each<[string, number, (run: number) => JsonObject]>([
  ['a thousand new keys each', 60, (run) => credential(numbered(1000, (n) => [`urn:x:${run}:${n}`, n]))],
  ['one very long key each', 60, (run) => credential({ [`urn:x:${run}:${'x'.repeat(1_000_000)}`]: 1 })],
  [
    'a thousand new types each',
    60,
    (run) => credential({ type: Array.from({ length: 1000 }, (_, n) => `urn:x:${run}:${n}`) }),
  ],
  ['one very long type each', 60, (run) => credential({ type: `urn:x:${run}:${'x'.repeat(1_000_000)}` })],
  [
    'contexts of their own',
    200,
    (run) =>
      credential({
        '@context': [v2, ob, numbered(200, (n) => [`t${run}x${n}`, `urn:x:${n}`])],
        name: 'x',
        issuer: { '@context': { [`u${run}`]: 'urn:x:u' }, [`u${run}`]: 1 },
      }),
  ],
])('of documents with %s', { timeout: 240_000 }, (_, runs, make) => {
  const walk = (run: number): void => {
    expect(expandToDataset(freeze(make(run)) as JsonObject, bundled())).toHaveProperty('dataset')
  }
  walk(0)
  const before = heap()
  for (let run = 1; run <= runs; run += 1) walk(run)
  // Sixty documents of a megabyte each, or sixty thousand plans, would be more by far.
  expect(heap() - before).toBeLessThan(12)
})
