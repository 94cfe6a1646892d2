/** Attack: a genuine document, changed in any way, as text or as a tree. It is refused, or reads as what was signed. */

import { describe, expect, it } from 'vitest'
import { attack, type Outcome } from '../fuzz/attack.ts'
import { makeSubjects } from '../fuzz/subjects.ts'

const subjects = await makeSubjects()
const RUNS = 3000

describe('a document changed by chance', () => {
  const counts: Record<Outcome, number> = { refused: 0, identical: 0, differs: 0, threw: 0, unchanged: 0 }

  it('is refused, or reads the same', { timeout: 300_000 }, async () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const result = await attack(subjects, seed)
      counts[result.outcome] += 1
      expect(['refused', 'identical', 'unchanged'], JSON.stringify(result)).toContain(result.outcome)
    }
  })

  it('often enough in either way', () => {
    expect(counts.refused).toBeGreaterThan(RUNS / 2)
    expect(counts.identical).toBeGreaterThan(RUNS / 50)
  })
})
