/** How much of a stranger's document is read and worked on: one table, which callers may change by name. */

import type { JsonObject } from '../types.ts'

/** What one call does at most. */
export interface Limits {
  /** Length of the input: bytes, or UTF-16 units where it is text. Default: 16,777,216. */
  readonly bytes: number
  /** Nesting of arrays and objects. Default: 100. */
  readonly depth: number
  /** Values in one document: itself, and members and items at every depth. Default: 500,000. */
  readonly values: number
  /** Items of one array. Default: 10,000. */
  readonly arrayLength: number
  /** Members of one object. Default: 5,000. */
  readonly members: number
  /** Length of one string or name, in UTF-16 units. Default: 4,194,304. */
  readonly stringLength: number
}

/** The limits where the caller names none. */
export const defaultLimits: Limits = Object.freeze({
  bytes: 16_777_216,
  depth: 100,
  values: 500_000,
  arrayLength: 10_000,
  members: 5000,
  stringLength: 4_194_304,
})

/** Which limit was met, for `detail` in a report. `found` is there where it is known. */
export function limitDetail(limit: keyof Limits, allowed: number, found?: number): JsonObject {
  return { limit, allowed, ...(found !== undefined && { found }) }
}
