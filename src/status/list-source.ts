/**
 * Where a status list comes from, and whether it may be believed: from the caller's hand, stapled to a presentation, or through the
 * look-up plug-in; verified as a credential, of the right issuer, under its own name, not older than what was seen before.
 */

import { formatDateTimeStamp } from '../encoding/date-time.ts'
import { asArray, describe, idOf, isObject, type ReadResult } from '../encoding/json.ts'
import { type Limits, limitMet } from '../encoding/limits.ts'
import { type CredentialReport, isProblem, type StatusSource } from '../report.ts'
import type { JsonObject, JsonValue, LookupOptions } from '../types.ts'
import { endOf, madeAt, ownProofs } from './list-dates.ts'
import { forget, isNewest, keepFresh, keepGiven, keepStapled, loadKept } from './list-memory.ts'
import {
  type Checked,
  type KeptList,
  type ListReport,
  memoryOf,
  type StapledList,
  type StatusMemory,
} from './memory.ts'
import type {
  AcceptShortStatusList,
  AcceptStatusIssuer,
  AcceptStatusListId,
  StatusList,
  StatusListLoader,
  StatusMethod,
  StatusUnknown,
} from './method.ts'

/** Milliseconds after which a list is verified again, as its key may have been revoked. */
const VERIFIED_FOR = 300_000

/** Lists by URL. */
export interface ListsByUrl<List = unknown> {
  get(url: string): List | undefined
}

/** What `verify` was told about status. */
export interface StatusSettings {
  readonly methods: ReadonlyMap<string, StatusMethod>
  readonly load: StatusListLoader | undefined
  readonly given: ListsByUrl | undefined
  readonly stapled: ListsByUrl<StapledList> | undefined
  /** Seconds; infinite where the caller did not say. */
  readonly maxAge: number
  readonly memory: StatusMemory | undefined
  /** The caller's own loader or lists, to whose life the memory is bound. */
  readonly home: object | undefined
  /** What else a verdict on a list depends on, compared by identity. */
  readonly basis: readonly unknown[]
  readonly acceptIssuer: AcceptStatusIssuer | undefined
  readonly acceptListId: AcceptStatusListId | undefined
  readonly acceptShort: AcceptShortStatusList | undefined
  /** How many lists were followed to get here: a list may have a status itself. */
  readonly depth: number
}

/** What the verification of a list needs besides. */
export interface ListReading {
  readonly settings: StatusSettings
  readonly now: number
  /** Seconds. */
  readonly clockTolerance: number
  readonly limits: Limits
  readonly lookup: LookupOptions
  /** Who issued the credential; absent where a list is looked at for itself. */
  readonly issuer?: string | undefined
  /** Verifies a list as a credential. `issuer` is whose it is where it names nobody. */
  verify(input: unknown, read: ReadResult, issuer: string | undefined): Promise<ListReport>
}

/** What the look-up of one credential's lists needs besides. */
export interface ListLookup extends ListReading {
  readonly issuer: string
}

type Judge = (lists: ListLookup, memory: StatusMemory, url: string, kept: KeptList, origin: Origin) => Promise<Answer>
type Answer = StatusList | StatusUnknown
type Origin = StatusSource['origin']

/** The list of a URL that is a credential. */
export function loadList(lists: ListLookup, url: string): Promise<Answer> {
  return findList(lists, url, judgeCredential, true)
}

/** The list of a URL that has no proof. What is stapled counts for nothing then: who presents could have written it. */
export function loadUnsignedList(lists: ListLookup, url: string): Promise<Answer> {
  return findList(lists, url, judgeUnsigned, false)
}

async function findList(lists: ListLookup, url: string, judge: Judge, useStapled: boolean): Promise<Answer> {
  const { settings } = lists
  const memory = memoryFor(settings)
  const given = await settings.given?.get(url)
  const stapled = useStapled ? await settings.stapled?.get(url) : undefined
  // An old list, shown by who was revoked since, must not stand where a new one can be had.
  const isEnough = settings.load === undefined || settings.maxAge !== Number.POSITIVE_INFINITY
  let trouble: StatusUnknown | undefined
  if (given !== undefined) {
    const answer = await judge(lists, memory, url, keepGiven(memory, given, lists.limits), 'given')
    if (!('code' in answer)) return answer
    trouble = answer
  }
  if (stapled !== undefined && isEnough) {
    const answer = await judge(lists, memory, url, keepStapled(memory, stapled, lists.limits), 'stapled')
    if (!('code' in answer)) return answer
    trouble ??= answer
  }
  if (!settings.load) {
    const unnamed = mistakeIn(await settings.given?.get(''))
    const where = settings.given ? `not among those that were given (${url.slice(0, 200)}${unnamed})` : 'not at hand'
    return trouble ?? unavailable(`the list is ${where}, and no loadStatusList was given`)
  }
  return loadFrom(settings.load, lists, memory, url, judge, stapled !== undefined && !isEnough)
}

/** Of lists that were given, one without an id is found under none. */
function mistakeIn(list: unknown): string {
  if (list === undefined) return ''
  if (typeof list === 'string') return '; one of them is text that holds no list: give what it names, not its name'
  // Whoever asks for it waits for it, and then it has one.
  if (idOf(list as JsonValue) !== undefined) return '; one of them is a Promise: write await before what it comes from'
  return '; one of them is no list with an id'
}

/** The report on a list that was stapled, made once for all who need the list. */
export async function reportOnStapled(lists: ListReading, list: StapledList): Promise<CredentialReport> {
  return (await verifyOnce(lists, keepStapled(memoryFor(lists.settings), list, lists.limits))).report
}

function memoryFor({ memory, home, stapled, methods }: StatusSettings): StatusMemory {
  return memory ?? memoryOf(home ?? stapled ?? methods)
}

async function loadFrom(
  load: StatusListLoader,
  lists: ListLookup,
  memory: StatusMemory,
  url: string,
  judge: Judge,
  hasUnused: boolean,
): Promise<Answer> {
  const more = hasUnused ? '; the one that was presented with it counts only with maxStatusAge' : ''
  try {
    const { settings, now, limits, lookup } = lists
    const kept = await loadKept(memory, load, url, { now, maxAge: settings.maxAge, limits, lookup })
    if (!kept) return unavailable(`there is no list at its URL${more}`)
    const answer = await judge(lists, memory, url, kept, 'loaded')
    // What cannot be used is not kept: the next to ask may find it mended.
    if ('code' in answer) forget(memory, url, kept)
    return answer
  } catch (cause) {
    lists.lookup.signal?.throwIfAborted()
    const message = `the list could not be loaded: ${describe(cause)}${more}`
    const limit = limitMet(cause)
    return limit ? { code: 'LIMIT_EXCEEDED', message, detail: limit.detail } : unavailable(message)
  }
}

function unavailable(message: string): StatusUnknown {
  return { code: 'STATUS_UNAVAILABLE', message }
}

async function judgeCredential(
  lists: ListLookup,
  memory: StatusMemory,
  url: string,
  kept: KeptList,
  origin: Origin,
): Promise<Answer> {
  const { report, made, expires } = await verifyOnce(lists, kept)
  const trouble = troubleOf(report)
  if (trouble || !report.verified) return { ...(trouble as StatusUnknown), source: { url, origin } }
  const document = report.credential as unknown as JsonObject
  const proofs = ownProofs(document, report)
  const end = endOf(document, proofs, expires)
  keepFresh(kept, document, end)
  const asOf = madeAt(document, proofs, lists.now + lists.clockTolerance * 1000, made)
  const source = describeSource(lists, url, origin, asOf, kept)
  if (isOver(lists, end)) return { code: 'STATUS_STALE', message: 'the list has ended', source }
  const named = judgeNames(lists, url, document, report.issuer, source)
  if ('code' in named) return named
  if (asOf !== undefined && !isNewest(memory, url, report.issuer, asOf))
    return { code: 'STATUS_ROLLBACK', message: `the list of ${source.asOf} is older than one seen before`, source }
  const tooOld = isTooOld(lists, source, end !== Number.POSITIVE_INFINITY)
  return tooOld ?? { document, issuer: report.issuer, source, notes: named.notes }
}

async function judgeUnsigned(
  lists: ListLookup,
  _memory: StatusMemory,
  url: string,
  kept: KeptList,
  origin: Origin,
): Promise<Answer> {
  const source = describeSource(lists, url, origin, undefined, kept)
  if (!('value' in kept.read)) return { code: 'STATUS_LIST_INVALID', message: kept.read.problem, source }
  if (!isObject(kept.read.value)) return { code: 'STATUS_LIST_INVALID', message: 'it is no JSON object', source }
  const document = kept.read.value
  const issuer = idOf(document['issuer']) ?? ''
  const named = judgeNames(lists, url, document, issuer, source)
  if ('code' in named) return named
  if (isOver(lists, endOf(document, []))) return { code: 'STATUS_STALE', message: 'the list has ended', source }
  return isTooOld(lists, source, true) ?? { document, issuer, source, notes: named.notes }
}

/**
 * One verification for all who ask for the same list on the same basis. What did not pass may have failed for what the other call had
 * left of its limits: then it is verified anew.
 */
async function verifyOnce(lists: ListReading, kept: KeptList, mayWait = true): Promise<ListReport> {
  const { settings, now, issuer, lookup } = lists
  const by = mayLean(kept.read) ? [...settings.basis, settings.stapled, issuer] : settings.basis
  const before = kept.checked.get(settings.depth)
  if (before && Math.abs(now - before.at) < VERIFIED_FOR && isSame(before.by, by)) {
    if (!before.lookup || before.lookup === lookup) return before.answer
    if (mayWait && before.lookup.signal === lookup.signal) {
      const answer = await before.answer.catch(() => undefined)
      if (answer?.report.verified) return answer
      lookup.signal?.throwIfAborted()
      return verifyOnce(lists, kept, false)
    }
  }
  const answer = lists.verify(kept.input, kept.read, issuer)
  const checked: Checked = { by, at: now, answer, lookup }
  kept.checked.set(settings.depth, checked)
  const drop = (): void => {
    if (kept.checked.get(settings.depth) === checked) kept.checked.delete(settings.depth)
  }
  answer.then(({ report: { verified } }) => {
    checked.lookup = undefined
    if (!verified) drop()
  }, drop)
  return answer
}

/** A list with a status of its own may lean on what was stapled; one in an envelope also on whose it is taken for. */
function mayLean(read: ReadResult): boolean {
  if (!('value' in read) || !isObject(read.value)) return true
  return 'credentialStatus' in read.value || asArray(read.value['type']).includes('EnvelopedVerifiableCredential')
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index])
}

function troubleOf(report: CredentialReport): StatusUnknown | undefined {
  if (report.verified) return undefined
  const problems = report.checks.filter(isProblem)
  const { issuer, proof, type } = report.unverified ?? {}
  if (type && issuer === undefined && proof === undefined) {
    const message = 'the list itself is not signed: it has neither issuer nor proof; give it as its issuer publishes it'
    return { code: 'STATUS_LIST_INVALID', message }
  }
  const reason = problems[0]?.message ?? 'it has no proof that could be verified.'
  const message = `the list itself did not pass: ${reason.replace(/\.$/, '')}`
  if (report.verdict === 'indeterminate') return { code: 'STATUS_UNAVAILABLE', message }
  const isOver = problems.every(({ code }) => code === 'EXPIRED' || code === 'PROOF_EXPIRED')
  return { code: isOver ? 'STATUS_STALE' : 'STATUS_LIST_INVALID', message }
}

/** Whose list it is, and whether it is the one that was asked for. */
function judgeNames(
  { issuer, settings }: ListLookup,
  url: string,
  document: JsonObject,
  listIssuer: string,
  source: StatusSource,
): { readonly notes: readonly string[] } | StatusUnknown {
  const notes: string[] = []
  if (listIssuer !== issuer) {
    const message = `the list is by ${listIssuer || 'nobody named'}, not by the credential's issuer ${issuer}`
    if (settings.acceptIssuer?.({ issuer, listIssuer, url }) !== true)
      return { code: 'STATUS_ISSUER_MISMATCH', message, source }
    notes.push(`Accepted by option: ${message}.`)
  }
  const id = namedId(document, url)
  if (id !== url) {
    const message = id === undefined ? 'the list does not say which it is' : `the list calls itself ${id}`
    if (settings.acceptListId?.({ url, id, listIssuer }) !== true)
      return { code: 'STATUS_LIST_MISMATCH', message, source }
    notes.push(`Accepted by option: ${message}.`)
  }
  return { notes }
}

/** The list's id; lists without one may say it in the id of their subject (`…#list`). */
function namedId(document: JsonObject, url: string): string | undefined {
  if (document['id'] !== undefined) return idOf(document)
  const subject = idOf(document['credentialSubject'])
  return subject === url || subject?.startsWith(`${url}#`) ? url : undefined
}

function isOver({ now, clockTolerance }: ListLookup, end: number): boolean {
  return end + clockTolerance * 1000 < now
}

function describeSource(
  { now }: ListLookup,
  url: string,
  origin: Origin,
  asOf: number | undefined,
  { fetchedAt }: KeptList,
): StatusSource {
  const from = fetchedAt ?? asOf
  return {
    url,
    origin,
    ...(asOf !== undefined && { asOf: formatDateTimeStamp(new Date(asOf)) }),
    ...(fetchedAt !== undefined && { fetchedAt: formatDateTimeStamp(new Date(fetchedAt)) }),
    ...(from !== undefined && { age: Math.max(0, Math.floor((now - from) / 1000)) }),
  }
}

/** Whoever was revoked would staple the list of before: it counts for as long as its issuer or the caller says, and no longer. */
function isTooOld({ settings }: ListLookup, source: StatusSource, hasEnd: boolean): StatusUnknown | undefined {
  if (source.origin === 'stapled' && settings.maxAge === Number.POSITIVE_INFINITY && !hasEnd) {
    const message =
      'the list was brought along by who presents, and does not say until when it holds; give maxStatusAge'
    return { code: 'STATUS_STALE', message, source }
  }
  const { age = Number.POSITIVE_INFINITY } = source
  if (age <= settings.maxAge) return undefined
  const told = age === Number.POSITIVE_INFINITY ? 'of unknown age' : `${age} seconds old`
  return { code: 'STATUS_STALE', message: `the list is ${told}, and maxStatusAge is ${settings.maxAge}`, source }
}
