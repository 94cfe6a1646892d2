/** How much of a stranger's document is read and worked on in one call: one table, which callers may change by name. */

import type { JsonObject } from '../types.ts'
import { createTurns, type InTurn } from './several.ts'

/**
 * What one call does at most; a document that is over is refused with `LIMIT_EXCEEDED`, whose `detail` names the limit. Each is a whole
 * number from 1 on.
 */
export interface Limits {
  /** Length of the input: bytes, or UTF-16 units where it is text. Default: 16,777,216. */
  readonly bytes: number
  /** Nesting of arrays and objects. Default, and most: 100. */
  readonly depth: number
  /** Values in one document: itself, and members and items at every depth. Default: 250,000. */
  readonly values: number
  /** Items of one array. Default: 10,000. */
  readonly arrayLength: number
  /** Members of one object. Default: 5,000. */
  readonly members: number
  /** Length of one string or name, in UTF-16 units. Default: 4,194,304. */
  readonly stringLength: number
  /** Proofs on one document. Default: 16. */
  readonly proofs: number
  /** Contexts that one document names by URL, those they name included. Default, and most: 50. */
  readonly contexts: number
  /** Levels of credentials within credentials. Default: 8. */
  readonly nesting: number
  /** Credentials directly inside one credential or presentation. Default: 2,000. */
  readonly credentials: number
  /**
   * Canonicalisation: RDF statements and blank nodes, of all that is canonicalised in the call. A credential inside another counts for
   * itself and in all that are around it, and a proof that builds on others counts the document anew. A typical badge has 120, a learner
   * record of 1,000 courses with its courses 80,000. Default: 200,000.
   */
  readonly statements: number
  /**
   * Times that something is to be looked up: DID documents, contexts, status lists and issuers, of the call. What several records ask for
   * counts for each, though the plug-in is asked once. Default: 5,000.
   */
  readonly lookups: number
  /**
   * Bytes that look-ups load in the call, as far as they tell (`LookupOptions.countLoaded`): `online()` does, answers from its cache
   * included. The one that goes over is the last, and what it was for is undecided. Default: 67,108,864.
   */
  readonly loaded: number
  /**
   * Milliseconds for the call. The look-ups' `signal` ends then, and the report is undecided. Between look-ups it is seen from one
   * credential and proof to the next: it does not interrupt work, which the other limits bound. Default: none (`Infinity`).
   */
  readonly time: number
}

/** The limits where the caller names none. */
export const defaultLimits: Limits = Object.freeze({
  bytes: 16_777_216,
  depth: 100,
  values: 250_000,
  arrayLength: 10_000,
  members: 5000,
  stringLength: 4_194_304,
  proofs: 16,
  contexts: 50,
  nesting: 8,
  credentials: 2000,
  statements: 200_000,
  lookups: 5000,
  loaded: 67_108_864,
  time: Number.POSITIVE_INFINITY,
})

/** Limits that cannot be raised: what is behind them is built for no more. */
export const fixedLimits: readonly (keyof Limits)[] = ['depth', 'contexts']

/** Whether the same is read and worked on within both. */
export function isSameLimits(some: Limits, others: Limits): boolean {
  return (
    some === others || (Object.keys(defaultLimits) as (keyof Limits)[]).every((name) => some[name] === others[name])
  )
}

/** Which limit was met, for `detail` in a report. `found` is there where it is known. */
export function limitDetail(limit: keyof Limits, allowed: number, found?: number): JsonObject {
  return { limit, allowed, ...(found !== undefined && { found }) }
}

/** What is left in one call of the limits that are for all of it: what one credential used is not there for the next. */
export interface Budget {
  readonly limits: Limits
  statements: number
  lookups: number
  loaded: number
  /** Bounds how many look-ups wait at once, however deep in what is verified they are needed. */
  readonly inTurn: InTurn
}

export function createBudget(limits: Limits = defaultLimits): Budget {
  const { statements, lookups, loaded } = limits
  return { limits, statements, lookups, loaded, inTurn: createTurns() }
}

/** A limit was met where only a throw gets out: in a look-up, or at the end of the time. */
export class LimitError extends Error {
  /** For `detail` in a report. */
  readonly detail: JsonObject
  constructor(limit: keyof Limits, allowed: number, message: string) {
    super(message)
    this.name = 'LimitError'
    this.detail = limitDetail(limit, allowed)
  }
}

/** The limit that ended a look-up, whoever wrapped what was thrown; `undefined` where it was something else. */
export function limitMet(cause: unknown): LimitError | undefined {
  let each = cause
  for (let wraps = 0; each instanceof Error && wraps < 8; wraps += 1) {
    if (each instanceof LimitError) return each
    each = each.cause
  }
  return undefined
}
