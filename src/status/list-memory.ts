/** Keeps status lists in a memory: as long as they are fresh, and how new the newest was, so that an older one is refused. */

import { isObject, readJson } from '../encoding/json.ts'
import { defaultLimits, isSameLimits, type Limits, limitMet } from '../encoding/limits.ts'
import { untilAborted } from '../encoding/until-aborted.ts'
import type { JsonObject, LookupOptions } from '../types.ts'
import { endOf, ttlOf } from './list-dates.ts'
import { contentsOf, type KeptList, type StapledList, type StatusMemory } from './memory.ts'
import type { LoadedStatusList, StatusListLoader } from './method.ts'

/** Milliseconds for which a list is kept that does not say how long it may be (default of `ttl`, Bitstring Status List section 2.2). */
const DEFAULT_FRESH = 300_000
/** Longest time for which a list is kept, whatever it says. */
const LONGEST_FRESH = 86_400_000
/** Milliseconds by which a call may be older than the list that another call loaded. */
const CLOCK_ORDER = 60_000
/** How many times of newest lists are remembered. */
const NEWEST = 10_000

/** A list from the caller's hand: read once as long as it is the same object or text. */
export function keepGiven(memory: StatusMemory, value: unknown, limits: Limits = defaultLimits): KeptList {
  return keepOnce(memory, value, limits, () => keep(value, undefined, limits))
}

/** A list out of a presentation. Whatever else stands in it, it is taken for nothing but a list. */
export function keepStapled(memory: StatusMemory, stapled: StapledList, limits: Limits = defaultLimits): KeptList {
  return keepOnce(memory, stapled, limits, () => keep({ document: stapled.document }, undefined, limits))
}

function keepOnce(memory: StatusMemory, value: unknown, limits: Limits, read: () => KeptList): KeptList {
  const { objects, texts, maxLists } = contentsOf(memory)
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

/** Who asks for a list: when, how old it may be, how much is read of it, and what look-ups are handed. */
export interface Asking {
  readonly now: number
  /** Seconds. */
  readonly maxAge: number
  readonly limits: Limits
  readonly lookup: LookupOptions
}

/** Loads a list, or takes the one that is still fresh; who asks at the same time shares the answer. `undefined`: there is none. */
export async function loadKept(
  memory: StatusMemory,
  load: StatusListLoader,
  url: string,
  asking: Asking,
): Promise<KeptList | undefined> {
  const { loaded } = contentsOf(memory)
  const found = await loadOnce(memory, load, url, asking)
  const kept = found && within(asking.limits, found)
  if (kept && kept !== found && loaded.get(url) === found) loaded.set(url, kept)
  return kept
}

async function loadOnce(
  memory: StatusMemory,
  load: StatusListLoader,
  url: string,
  { now, maxAge, limits, lookup }: Asking,
): Promise<KeptList | undefined> {
  const { loaded, underWay, maxLists } = contentsOf(memory)
  const before = loaded.get(url)
  if (before && isFresh(before, now, maxAge)) return before
  const others = underWay.get(url)
  if (others && others.signal === lookup.signal) {
    // What was too much for another call may be little for this one.
    return others.list.catch((cause) => {
      if (!limitMet(cause)) throw cause
      return loadOnce(memory, load, url, { now, maxAge, limits, lookup })
    })
  }
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
  const { loaded } = contentsOf(memory)
  if (loaded.get(url) === list) loaded.delete(url)
}

/** Whether this is no older than the newest list of that issuer at that URL; it is remembered if it is newer. */
export function isNewest(memory: StatusMemory, url: string, issuer: string, asOf: number): boolean {
  const { newest } = contentsOf(memory)
  const name = JSON.stringify([issuer, url])
  const before = newest.get(name) ?? Number.NEGATIVE_INFINITY
  if (asOf < before) return false
  newest.delete(name)
  setBounded(newest, name, asOf, NEWEST)
  return true
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
  const end = endOf(document, [], expires) - told.at
  kept.freshUntil = fetchedAt + Math.min(...(said.length > 0 ? said : [DEFAULT_FRESH]), end, LONGEST_FRESH)
}

function setBounded<K, V>(map: Map<K, V>, name: K, value: V, most: number): void {
  map.set(name, value)
  if (map.size <= most) return
  const oldest = map.keys().next()
  if (!oldest.done) map.delete(oldest.value)
}
