/**
 * Tells whether a row was there before: 16 bytes of SHA-256 for each, and its line. It is the one thing in the check of a file that grows
 * with the number of rows.
 */

import { createHash } from 'node:crypto'
import { createHashTable, hashKeyOf } from '../../encoding/hash-table.ts'

/** Remembers keys. */
export interface Distinct {
  /** The line on which the same key was before; `undefined`, and remembered, if it is new. */
  add(key: string, line: number): number | undefined
}

/** Nothing was there yet. */
export function createDistinct(): Distinct {
  const lines = createHashTable()
  return {
    add(key, line) {
      const hash = hashKeyOf(createHash('sha256').update(key).digest())
      const before = lines.get(hash)
      if (before === undefined) lines.set(hash, line)
      return before
    },
  }
}
