/** The audit of the soak test finds what it is there to find. */

import { describe, expect, it } from 'vitest'
import { audit, type Evidence } from '../../scripts/soak/audit.ts'
import type { Line } from '../../scripts/soak/journal.ts'
import { createBitstring, encodeBitstring, setEntry } from '../../src/status/bitstring.ts'

/** The text of a list in which these indices are set. */
async function listWith(...indices: readonly number[]): Promise<string> {
  const bits = createBitstring()
  for (const index of indices) setEntry(bits, index, 1)
  return encodeBitstring(bits)
}

const journal: readonly Line[] = [
  ['allocated', 10, [['a', 'list', 5]]],
  ['allocated', 20, [['b', 'list', 6]]],
  ['try', 30, 'a', 1],
  ['set', 40, 'a', 1],
  ['published', 60, 50, 'list', 1],
  ['try', 70, 'b', 1],
]
const entries = new Map([
  ['a', { list: 'list', index: 5 }],
  ['b', { list: 'list', index: 6 }],
])
const good: Evidence = {
  journals: [journal],
  seen: [{ at: 65, list: 'list', version: 1, encodedList: await listWith(5) }],
  entryOf: (id) => entries.get(id),
  final: new Map([['list', await listWith(5)]]),
  logProblems: [],
}
const count = async (evidence: Evidence) => {
  const { duplicates, lost, torn } = await audit(evidence)
  return [duplicates.length, lost.length, torn.length]
}

describe('audit', () => {
  it('finds nothing where all is well, whatever came of the step that was not acknowledged', async () => {
    expect(await count(good)).toEqual([0, 0, 0])
    expect(await count({ ...good, final: new Map([['list', await listWith(5, 6)]]) })).toEqual([0, 0, 0])
  })

  it('finds a place that two credentials have, also from two workers', async () => {
    const other: Line = ['allocated', 15, [['c', 'list', 5]]]
    const entryOf = (id: string) => entries.get(id === 'c' ? 'a' : id)
    expect(await count({ ...good, entryOf, journals: [journal, [other]] })).toEqual([1, 0, 0])
  })

  it('finds a credential with two places', async () => {
    expect(await count({ ...good, journals: [journal, [['allocated', 15, [['b', 'list', 7]]]]] })).toEqual([1, 0, 0])
  })

  it('finds a place that is gone, or another one now', async () => {
    expect(await count({ ...good, entryOf: (id) => (id === 'a' ? entries.get('a') : undefined) })).toEqual([0, 1, 0])
    expect(await count({ ...good, entryOf: () => entries.get('a') })).toEqual([0, 1, 0])
  })

  it('finds a revocation that is gone at the end, and one that was never asked for', async () => {
    expect(await count({ ...good, final: new Map([['list', await listWith()]]) })).toEqual([0, 1, 0])
    const unasked = { ...good, journals: [journal.slice(0, -1), [['set', 45, 'b', 0]] as Line[]] }
    expect(await count({ ...unasked, final: new Map([['list', await listWith(5, 6)]]) })).toEqual([0, 1, 0])
  })

  it('finds a revocation that is missing in a version whose publication began after it was acknowledged', async () => {
    const seen = [{ at: 65, list: 'list', version: 1, encodedList: await listWith() }]
    expect(await count({ ...good, seen })).toEqual([0, 1, 0])
    const before = journal.map((line): Line => (line[0] === 'published' ? ['published', 60, 35, 'list', 1] : line))
    expect(await count({ ...good, seen, journals: [before] }), 'one that began before may lack it').toEqual([0, 0, 0])
  })

  it('counts what the readers and the logs say', async () => {
    const seen = good.seen.map((each) => ({ ...each, problem: 'version 1 was served after version 2' }))
    expect(await count({ ...good, seen, logProblems: ['event 3 was changed'] })).toEqual([0, 0, 2])
  })
})
