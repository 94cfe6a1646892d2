// Compares the JSON-LD core with the full algorithms on documents made by chance: `npx tsx scripts/fuzz-canon.ts --runs N
// [--seed S]`. Exit code 1 when any differs, or when the core alone stops without saying what is wrong.

import { parseArgs } from 'node:util'
import { type Comparison, compare } from '../test/jsonld/expand-compare.ts'
import { makeDocument } from '../test/jsonld/expand-documents.ts'
import { smallest } from '../test/jsonld/expand-smallest.ts'

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } })
const runs = Number(values.runs ?? 2000)
const first = Number(values.seed ?? Date.now() % 1_000_000_000)
const counts = new Map<Comparison['outcome'], number>()
const shown = new Set<string>()

for (let seed = first; seed < first + runs; seed += 1) {
  const digest = seed % 2 === 0 ? 'SHA-256' : 'SHA-384'
  // Every fourth document is nothing but sound, every fourth is odd throughout.
  const document = makeDocument(seed, [0, 2, 4, 12][(seed >> 1) % 4])
  const { outcome } = await compare(document, digest)
  counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  if ((outcome !== 'differs' && outcome !== 'stopped') || shown.size >= 20) continue
  const small = await smallest(document, async (each) => (await compare(each, digest)).outcome === outcome)
  const text = JSON.stringify(small)
  if (shown.has(text)) continue
  shown.add(text)
  console.log(`seed ${seed} ${outcome}: ${text}\n${(await compare(small, digest)).why}\n`)
}

const [differ, stopped] = [counts.get('differs') ?? 0, counts.get('stopped') ?? 0]
console.log([...counts].map(([outcome, count]) => `${outcome} ${count}`).join(', '), `(seeds from ${first})`)
console.log(`canon: ${runs} documents, ${differ} differ, ${stopped} stopped by us only`)
if (differ + stopped > 0) process.exitCode = 1
