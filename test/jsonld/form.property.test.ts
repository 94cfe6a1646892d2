/** Whatever is spelled anew with the graph left as it was is refused, or reads the same. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/types.ts'
import { askLibrary, askWalk } from './expand-compare.ts'
import { dice, makeDocument } from './expand-documents.ts'
import { mutate, mutations, viewOf } from './form-mutations.ts'
import { badge, oldBadge, proofOptions, record, small } from './form-samples.ts'

const samples = [badge, oldBadge, proofOptions, record, small]
const struck = new Map<string, number>()
const outcomes = { changed: 0, refused: 0, same: 0 }
/** `RUNS=100000` looks for new ones. */
const asked = process.env['RUNS']

async function isAccepted(document: JsonObject): Promise<boolean> {
  const form = await askWalk(document)
  return 'dataset' in form && form.notCompacted.length === 0
}

async function check(seed: number): Promise<void> {
  const draw = dice(seed)
  const document = draw.chance(70) ? draw.pick(samples) : makeDocument(draw.below(2 ** 31), 0)
  const signed = await askLibrary(document, 'SHA-256')
  if ('refusal' in signed || !(await isAccepted(document))) return
  const { names, mutated } = mutate(document, draw)
  if (JSON.stringify(mutated) === JSON.stringify(document)) return
  const after = await askLibrary(mutated, 'SHA-256')
  if ('refusal' in after || after.text !== signed.text) {
    outcomes.changed += 1
    return
  }
  for (const name of names) struck.set(name, (struck.get(name) ?? 0) + 1)
  if (!(await isAccepted(mutated))) {
    outcomes.refused += 1
    return
  }
  outcomes.same += 1
  expect({ names, document, mutated, view: viewOf(mutated) }).toMatchObject({ view: viewOf(document) })
  expect(viewOf(mutated)).toEqual(viewOf(document))
}

describe('a document spelled anew', () => {
  it('is refused, or reads the same', { timeout: 600_000 }, async () => {
    const runs = asked === undefined ? { numRuns: 900, seed: 20260630 } : { numRuns: Number(asked) }
    await fc.assert(fc.asyncProperty(fc.integer(), check), runs)
    if (asked !== undefined) console.log(outcomes, [...struck])
  })

  it('in enough ways', () => {
    expect(outcomes.refused).toBeGreaterThan(100)
    expect(outcomes.same).toBeGreaterThan(50)
    expect(struck.size).toBeGreaterThan(mutations.length / 2)
  })
})
