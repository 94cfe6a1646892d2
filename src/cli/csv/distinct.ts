/**
 * Tells whether a row was there before: 16 bytes of SHA-256 for each, and its line, in a table that doubles as it fills. It is the one
 * thing in a batch that grows with the number of rows.
 */

import { createHash } from 'node:crypto'

/** Words of a hash in the table, and one for the line. */
const WORDS = 5

/** Remembers keys. */
export interface Distinct {
  /** The line on which the same key was before; `undefined`, and remembered, if it is new. */
  add(key: string, line: number): number | undefined
}

/** An empty table. */
export function createDistinct(): Distinct {
  let capacity = 1024
  let table = new Uint32Array(capacity * WORDS)
  let size = 0

  /** The place of a hash, or the free one where it belongs. A line is never 0. */
  function find(hash: ArrayLike<number>): number {
    let slot = (hash[0] as number) % capacity
    for (;;) {
      const at = slot * WORDS
      if (table[at + 4] === 0) return at
      if (
        table[at] === hash[0] &&
        table[at + 1] === hash[1] &&
        table[at + 2] === hash[2] &&
        table[at + 3] === hash[3]
      ) {
        return at
      }
      slot = (slot + 1) % capacity
    }
  }

  function grow(): void {
    const before = table
    capacity *= 2
    table = new Uint32Array(capacity * WORDS)
    for (let at = 0; at < before.length; at += WORDS) {
      if (before[at + 4] !== 0) table.set(before.subarray(at, at + WORDS), find(before.subarray(at, at + WORDS)))
    }
  }

  return {
    add(key, line) {
      const digest = createHash('sha256').update(key).digest()
      const hash = [0, 4, 8, 12].map((offset) => digest.readUInt32LE(offset))
      const at = find(hash)
      const known = table[at + 4] as number
      if (known !== 0) return known
      table.set([...hash, line], at)
      size += 1
      if (size > capacity * 0.7) grow()
      return undefined
    },
  }
}
