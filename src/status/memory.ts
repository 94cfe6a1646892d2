/**
 * What is remembered of status lists from one call to the next: the lists themselves, that they were verified, and how new the newest
 * was. Bounded throughout.
 */

import type { ReadResult } from '../encoding/json.ts'
import type { Limits } from '../encoding/limits.ts'
import { CredentialError } from '../errors.ts'
import type { CredentialReport } from '../report.ts'
import type { LookupOptions } from '../types.ts'

/** What `createStatusMemory` makes. Hand it to `verify` as `statusMemory`. */
export interface StatusMemory {
  readonly kind: 'status-memory'
}

/** A list as it was received, read once. */
export interface KeptList {
  readonly input: unknown
  readonly read: ReadResult
  /** What it was read within. */
  readonly limits: Limits
  /** Milliseconds since 1970; `undefined` where it is not known when it was received. */
  readonly fetchedAt: number | undefined
  /** When its transport says that it was received, and until when it is fresh. */
  readonly told: { readonly at: number; readonly until: number | undefined } | undefined
  /** Known once the list was opened, where it is in an envelope. */
  freshUntil: number
  /** Reports on it, by how far lists of lists were followed; only the last for each. */
  readonly checked: Map<number, Checked>
}

/** What came of verifying a list. */
export interface ListReport {
  readonly report: CredentialReport
  /** When the envelope that it came in was made, and when it ends, in milliseconds since 1970. */
  readonly made?: number | undefined
  readonly expires?: number | undefined
}

/** A report with what it depends on. Until it is there, only those wait for it who end with the same signal. */
export interface Checked {
  readonly by: readonly unknown[]
  readonly at: number
  readonly answer: Promise<ListReport>
  /** Of the call that is at work on it; `undefined` once the report is there. */
  lookup: LookupOptions | undefined
}

/** A list out of a presentation, in an object of its own: the text of a stranger is not kept longer than that. */
export interface StapledList {
  readonly document: unknown
}

/** All that is remembered. */
export interface Contents {
  readonly maxLists: number
  readonly loaded: Map<string, KeptList>
  readonly objects: WeakMap<object, KeptList>
  readonly texts: Map<unknown, KeptList>
  readonly underWay: Map<
    string,
    { readonly signal: AbortSignal | undefined; readonly list: Promise<KeptList | undefined> }
  >
  readonly newest: Map<string, number>
}

const contents = new WeakMap<StatusMemory, Contents>()
const homes = new WeakMap<object, StatusMemory>()

/**
 * Makes a memory of status lists, to share between calls. Without one, calls with the same `loadStatusList` share one, or, where
 * there is none, those with the same `statusLists`.
 *
 * @param options.maxLists Most loaded lists that are kept. Default: 100. The oldest goes first.
 * @throws CredentialError `OPTION_INVALID` for a number that is none.
 */
export function createStatusMemory(options: { readonly maxLists?: number } = {}): StatusMemory {
  const { maxLists = 100 } = options
  if (!Number.isInteger(maxLists) || maxLists < 1)
    throw new CredentialError('OPTION_INVALID', 'createStatusMemory: maxLists must be a whole number from 1 on')
  const memory: StatusMemory = Object.freeze({ kind: 'status-memory' })
  contents.set(memory, {
    maxLists,
    loaded: new Map(),
    objects: new WeakMap(),
    texts: new Map(),
    underWay: new Map(),
    newest: new Map(),
  })
  return memory
}

/** Whether `createStatusMemory` made it. */
export function isStatusMemory(value: unknown): value is StatusMemory {
  return contents.has(value as StatusMemory)
}

/** The memory that belongs to a plug-in or to a set of lists. */
export function memoryOf(home: object): StatusMemory {
  const known = homes.get(home) ?? createStatusMemory()
  homes.set(home, known)
  return known
}

/** What is in a memory. */
export function contentsOf(memory: StatusMemory): Contents {
  return contents.get(memory) as Contents
}
