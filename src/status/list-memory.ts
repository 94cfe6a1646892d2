/**
 * What is remembered of status lists from one call to the next: the lists themselves as long as they are fresh, that they were
 * verified, and how new the newest was, so that an older one is refused. Bounded throughout.
 */

import { isObject, type ReadResult, readJson } from '../encoding/json.ts'
import { defaultLimits, isSameLimits, type Limits } from '../encoding/limits.ts'
import { untilAborted } from '../encoding/until-aborted.ts'
import { CredentialError } from '../errors.ts'
import type { CredentialReport } from '../report.ts'
import type { JsonObject, LookupOptions } from '../types.ts'
import { endOf, ttlOf } from './list-dates.ts'
import type { LoadedStatusList, StatusListLoader } from './method.ts'

/** Milliseconds for which a list is kept that does not say how long it may be (default of `ttl`, Bitstring Status List section 2.2). */
const DEFAULT_FRESH = 300_000
/** Longest time for which a list is kept, whatever it says. */
const LONGEST_FRESH = 86_400_000
/** Milliseconds by which a call may be older than the list that another call loaded. */
const CLOCK_ORDER = 60_000
/** How many times of newest lists are remembered. */
const NEWEST = 10_000

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

/** A report with what it depends on. Until it is there, it is shared only by those who end with the same signal. */
export interface Checked {
  readonly by: readonly unknown[]
  readonly at: number
  readonly signal: AbortSignal | undefined
  readonly answer: Promise<ListReport>
  isDone: boolean
}

interface Contents {
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

/** A list from the caller's hand: read once as long as it is the same object or text. */
export function keepGiven(memory: StatusMemory, value: unknown, limits: Limits = defaultLimits): KeptList {
  return keepOnce(memory, value, limits, () => keep(value, undefined, limits))
}

/** A list out of a presentation. Whatever else stands in it, it is taken for nothing but a list. */
export function keepStapled(memory: StatusMemory, stapled: StapledList, limits: Limits = defaultLimits): KeptList {
  return keepOnce(memory, stapled, limits, () => keep({ document: stapled.document }, undefined, limits))
}

/** A list out of a presentation, in an object of its own: the text of a stranger is not kept longer than that. */
export interface StapledList {
  readonly document: unknown
}

function keepOnce(memory: StatusMemory, value: unknown, limits: Limits, read: () => KeptList): KeptList {
  const { objects, texts, maxLists } = of(memory)
  const isHeld = typeof value === 'object' && value !== null
  const known = isHeld ? objects.get(value) : texts.get(value)
  const kept = known ? within(limits, known) : read()
  if (kept === known) return kept
  if (isHeld) objects.set(value, kept)
  else setBounded(texts, value, kept, maxLists)
  return kept
}

/** Calls that share a memory may differ in how much they read. */
function within(limits: Limits, kept: KeptList): KeptList {
  if (isSameLimits(kept.limits, limits)) return kept
  return { ...kept, read: readJson(kept.input, limits), limits, checked: new Map() }
}

/** Loads a list, or takes the one that is still fresh; who asks at the same time shares the answer. `undefined`: there is none. */
export async function loadKept(
  memory: StatusMemory,
  load: StatusListLoader,
  url: string,
  now: number,
  maxAge: number,
  limits: Limits,
  lookup: LookupOptions,
): Promise<KeptList | undefined> {
  const { loaded } = of(memory)
  const found = await loadOnce(memory, load, url, now, maxAge, limits, lookup)
  const kept = found && within(limits, found)
  if (kept && kept !== found && loaded.get(url) === found) loaded.set(url, kept)
  return kept
}

async function loadOnce(
  memory: StatusMemory,
  load: StatusListLoader,
  url: string,
  now: number,
  maxAge: number,
  limits: Limits,
  lookup: LookupOptions,
): Promise<KeptList | undefined> {
  const { loaded, underWay, maxLists } = of(memory)
  const before = loaded.get(url)
  if (before && isFresh(before, now, maxAge)) return before
  const others = underWay.get(url)
  if (others && others.signal === lookup.signal) return others.list
  const list = untilAborted(load(url, lookup), lookup.signal).then((answer) => {
    if (answer === undefined) return undefined
    const kept = keep(answer, now, limits)
    setBounded(loaded, url, kept, maxLists)
    return kept
  })
  underWay.set(url, { signal: lookup.signal, list })
  const end = (): void => {
    if (underWay.get(url)?.list === list) underWay.delete(url)
  }
  list.then(end, end)
  return list
}

/** Forgets a list that must not be used again. */
export function forget(memory: StatusMemory, url: string, list: KeptList): void {
  const { loaded } = of(memory)
  if (loaded.get(url) === list) loaded.delete(url)
}

/** Whether this is no older than the newest list of that issuer at that URL; it is remembered if it is newer. */
export function isNewest(memory: StatusMemory, url: string, issuer: string, asOf: number): boolean {
  const { newest } = of(memory)
  const name = JSON.stringify([issuer, url])
  const before = newest.get(name) ?? Number.NEGATIVE_INFINITY
  if (asOf < before) return false
  newest.delete(name)
  setBounded(newest, name, asOf, NEWEST)
  return true
}

function of(memory: StatusMemory): Contents {
  return contents.get(memory) as Contents
}

function isFresh({ fetchedAt = 0, freshUntil }: KeptList, now: number, maxAge: number): boolean {
  // Calls that run side by side read the clock in their own order; one that was set back would keep a list for ever.
  return now > fetchedAt - CLOCK_ORDER && now < Math.min(freshUntil, fetchedAt + maxAge * 1000)
}

function keep(answer: unknown, now: number | undefined, limits: Limits): KeptList {
  const { document, fetchedAt = now, freshUntil: until } = isLoaded(answer) ? answer : { document: answer }
  const read = readJson(document, limits)
  const kept = { input: document, read, limits, checked: new Map() }
  if (fetchedAt === undefined) {
    return { ...kept, fetchedAt, told: undefined, freshUntil: Number.POSITIVE_INFINITY }
  }
  // Who verifies for an earlier time has it from then.
  const from = Math.min(fetchedAt, now ?? fetchedAt)
  const list: KeptList = { ...kept, fetchedAt: from, told: { at: fetchedAt, until }, freshUntil: from }
  keepFresh(list, 'value' in read && isObject(read.value) ? read.value : {})
  return list
}

function isLoaded(answer: unknown): answer is LoadedStatusList {
  return isObject(answer) && 'document' in answer && !('@context' in answer)
}

/** Sets for how long a list is kept, by what it says and its transport. */
export function keepFresh(kept: KeptList, document: JsonObject, expires?: number): void {
  const { fetchedAt, told } = kept
  if (fetchedAt === undefined || !told) return
  const ttl = ttlOf(document)
  const said = [ttl, told.until === undefined ? undefined : told.until - told.at].filter((time) => time !== undefined)
  const end = endOf(document, expires) - told.at
  kept.freshUntil = fetchedAt + Math.min(...(said.length > 0 ? said : [DEFAULT_FRESH]), end, LONGEST_FRESH)
}

function setBounded<K, V>(map: Map<K, V>, name: K, value: V, most: number): void {
  map.set(name, value)
  if (map.size <= most) return
  const oldest = map.keys().next()
  if (!oldest.done) map.delete(oldest.value)
}
