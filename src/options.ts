/**
 * What a caller passed to a verb, looked at before any work, with the defaults filled in.
 * A wrong option is thrown, never guessed around.
 */

import type {
  AcceptController,
  AcceptCosigner,
  AcceptHolder,
  AcceptProofPurpose,
  CheckFunction,
  Conformance,
  Format,
  IssuerKeys,
  Settings,
  TrustRegistry,
} from './checks/settings.ts'
import {
  defaultClockTolerance,
  defaultFormatFor,
  defaultFormats,
  defaultLoader,
  defaultResolver,
  defaultStatusMethods,
} from './defaults.ts'
import { type ResolverLike, toDidResolver } from './dids/resolver.ts'
import { type Budget, createBudget, defaultLimits, fixedLimits, LimitError, type Limits } from './encoding/limits.ts'
import { askMeant } from './encoding/meant.ts'
import { type LookUp, share } from './encoding/share.ts'
import { whenAborted } from './encoding/until-aborted.ts'
import type { Envelope } from './envelopes/envelope.ts'
import { CredentialError } from './errors.ts'
import { isAbsoluteIri } from './jsonld/iri.ts'
import { createDocumentLoader, type DocumentLoaderOptions } from './jsonld/loader.ts'
import type { Signer } from './keys/key.ts'
import type { Cryptosuite } from './proofs/cryptosuite.ts'
import type { SkippableCheck } from './report.ts'
import { indexLists, type ListReader, type StatusLists } from './status/list-index.ts'
import type { StatusSettings } from './status/list-source.ts'
import { isStatusMemory, type StatusMemory } from './status/memory.ts'
import {
  type AcceptShortStatusList,
  type AcceptStatusIssuer,
  type AcceptStatusListId,
  byStatusType,
  type StatusListLoader,
  type StatusMethod,
} from './status/method.ts'
import type { DidResolver, DocumentLoader, JsonObject, LookupOptions, OneOrMany } from './types.ts'

/**
 * Pass this instead of a challenge to make or accept a presentation that proves no freshness.
 * Whoever sees such a presentation can show it again. It is a symbol, so that it cannot come in through JSON.
 */
export const withoutChallenge: unique symbol = Symbol('testamur.withoutChallenge')

/** Where contexts come from, for every verb. Nothing is fetched by default. */
export interface ContextOptions {
  /** Context documents by URL: added to the bundled ones, or in place of them. */
  readonly contexts?: NonNullable<DocumentLoaderOptions['documents']>
  /** Asked for contexts that are neither given nor bundled. */
  readonly loadDocument?: DocumentLoader
  /** How much is read and worked on in the call; those that are not named keep their default. Default: `defaultLimits`. */
  readonly limits?: Partial<Limits>
}

/** What `verify` takes besides the thing to verify. */
export interface VerifySettings extends ContextOptions {
  /**
   * Formats to verify. Default: eddsa-rdfc-2022 (also by its older name, eddsa-2022), Ed25519Signature2020, ecdsa-rdfc-2019,
   * eddsa-jcs-2022 and ecdsa-jcs-2019; as JWT, `vcJose()`, `vcJwt()` and `vcSdJwt()`.
   */
  readonly formats?: readonly Format[]
  /**
   * Second implementations of formats, such as `digitalBazaar()` and `publishedJose(jose)`: each signature is verified by both, and where
   * they disagree the credential is refused. A format without a second one is noted. Default: none.
   */
  readonly crossCheck?: readonly Format[]
  /** A function from a DID to its document, or a `Resolver` of the package did-resolver. Default: did:key and did:jwk. */
  readonly resolveDid?: DidResolver | ResolverLike
  /**
   * Accepts proofs whose verification method is an https URL with a fragment: a function from the URL before it to the document
   * there (Controlled Identifiers 1.0 section 2), whose `id` must be that URL, and the issuer as well. Such a key is as safe as the
   * domain name and its server, and nothing tells how it was before. Default: none, and such a proof is refused.
   */
  readonly resolveController?: DidResolver
  /**
   * Finds the keys of issuers that are not named by a DID, for credentials as JWT. Default: none, and such a credential is undecided.
   * A key that a JWT brings along is never believed.
   */
  readonly issuerKeys?: IssuerKeys
  /**
   * JSON Schemas by URL, for credentials that name one in `credentialSchema`. The published learner-record schemas are known.
   * Default: none, and the report says that the named one was not applied.
   */
  readonly schemas?: { readonly [url: string]: JsonObject }
  /**
   * What the published schema of a record's type decides. Default: `noted`, because many genuine records depart from it
   * in small things.
   */
  readonly conformance?: Conformance
  /** Says which issuers are known. Default: none is asked, and the report says so. */
  readonly trust?: TrustRegistry
  /** Checks of your own, run on each credential whose proof passed: of several in one record or presentation, at the same time. */
  readonly checks?: readonly CheckFunction[]
  /** Checks to leave out. They show as `skipped`. */
  readonly skip?: readonly SkippableCheck[]
  /** Accepts keys that are not the issuer's own. Default: none. */
  readonly acceptController?: AcceptController
  /** Accepts proofs of others beside the issuer's own, such as an accrediting body's. Default: none. */
  readonly acceptCosigner?: AcceptCosigner
  /**
   * Finds status lists by URL. Default: none is loaded, and a credential whose list is not given in `statusLists` is undecided.
   */
  readonly loadStatusList?: StatusListLoader
  /**
   * Status lists at hand, each as for `verify`: a list of them, which are found by their `id`, or a Map or object by URL. They are used
   * before any is loaded. An object is read once: give a new one for a new list. `{ document, fetchedAt }` says when it was received.
   */
  readonly statusLists?: StatusLists
  /**
   * Seconds: an older list leaves the credential undecided (`STATUS_STALE`), unless a newer can be loaded. It is counted from when a list was
   * loaded or, for one that was given or stapled, when it was made. A list stapled to a presentation is used in place of loading only if this
   * is given. Default: any age within the list's own `validUntil`; a stapled list without one leaves the credential undecided.
   */
  readonly maxStatusAge?: number
  /**
   * Types of status to read. Default: Bitstring Status List, Status List 2021, Revocation List 2020, 1EdTech Revocation List; and, for
   * the claim `status` of JWTs, Token Status List.
   */
  readonly statusMethods?: readonly StatusMethod[]
  /** Remembers lists between calls. Default: one memory for each `loadStatusList` or, without that, `statusLists`. */
  readonly statusMemory?: StatusMemory
  /** Accepts lists by someone else than the credential's issuer. Default: none. */
  readonly acceptStatusIssuer?: AcceptStatusIssuer
  /** Accepts lists whose id is not the URL that they were found under. Default: none. */
  readonly acceptStatusListId?: AcceptStatusListId
  /** Accepts lists with fewer than 131,072 entries. Default: none. */
  readonly acceptShortStatusList?: AcceptShortStatusList
  /** Default: the present. */
  readonly now?: Date
  /** Seconds by which clocks may differ, in the holder's favour. Default: 60. */
  readonly clockTolerance?: number
  /** Ends the work: `verify` then throws the signal's reason. */
  readonly signal?: AbortSignal
}

/** Settings of a presentation. */
export interface PresentationSettings extends VerifySettings {
  /** Accepts credentials about someone else than the presenter. Default: none. */
  readonly acceptHolder?: AcceptHolder
  /**
   * Accepts proofs of presentations whose purpose is `assertionMethod` (Data Integrity 1.0 section 2.1, `proofPurpose`). The key must be
   * listed for `authentication` all the same, and the document must be no credential. Default: none.
   */
  readonly acceptProofPurpose?: AcceptProofPurpose
}

/** Names of the settings, for the check that no other was given. */
export const settingNames: readonly (keyof VerifySettings)[] = [
  'contexts',
  'loadDocument',
  'limits',
  'formats',
  'crossCheck',
  'resolveDid',
  'resolveController',
  'issuerKeys',
  'schemas',
  'conformance',
  'trust',
  'checks',
  'skip',
  'acceptController',
  'acceptCosigner',
  'loadStatusList',
  'statusLists',
  'maxStatusAge',
  'statusMethods',
  'statusMemory',
  'acceptStatusIssuer',
  'acceptStatusListId',
  'acceptShortStatusList',
  'now',
  'clockTolerance',
  'signal',
]

/** Refuses anything but an object with known option names; a misspelt one would otherwise be silently without effect. */
export function assertOptions(verb: string, options: unknown, known: readonly string[]): void {
  const isInput =
    options instanceof Uint8Array || (typeof options === 'object' && options !== null && '@context' in options)
  if (typeof options !== 'object' || options === null || isInput) {
    throw invalid(`${verb}: give one object of options, such as ${verb}({ ${known[0]} })`)
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw invalid(
      `${verb}: there is no option "${unknown}"${askMeant(unknown, known)}; the options are ${known.join(', ')}`,
    )
  }
}

/** A point in time, or the present one. */
export function readNow(verb: string, now: Date | undefined): Date {
  if (now === undefined) return new Date()
  if (now instanceof Date && !Number.isNaN(now.getTime())) return new Date(now)
  throw invalid(`${verb}: now must be a Date that is not NaN`)
}

/** The loader of contexts: the shared default unless something was given. */
export function readLoader(
  verb: string,
  options: ContextOptions,
  signal?: AbortSignal,
  budget: Budget = createBudget(),
): DocumentLoader {
  const { contexts, loadDocument } = options
  if (contexts === undefined && loadDocument === undefined) return defaultLoader
  assertObject(verb, 'contexts', contexts, 'an object or Map of context documents by URL')
  assertFunction(verb, 'loadDocument', loadDocument)
  const lookup = lookupOptions(signal, budget)
  const ask = loadDocument && askedOnce(budget, loadDocument)
  return createDocumentLoader({
    ...(contexts !== undefined && { documents: contexts }),
    ...(ask && { fallback: (url) => ask(url, lookup) }),
  })
}

/** The limits of one call. */
export function readLimits(verb: string, given: Partial<Limits> | undefined): Limits {
  if (given === undefined) return defaultLimits
  assertObject(verb, 'limits', given, 'an object such as { bytes: 1_000_000 }')
  for (const [name, value] of Object.entries(given) as [keyof Limits, unknown][]) {
    if (!Object.hasOwn(defaultLimits, name)) {
      throw invalid(`${verb}: there is no limit "${name}"; the limits are ${Object.keys(defaultLimits).join(', ')}`)
    }
    const isWhole = Number.isSafeInteger(value) && (value as number) >= 1
    if (!isWhole && !(name === 'time' && value === Number.POSITIVE_INFINITY)) {
      throw invalid(`${verb}: limits.${name} must be a whole number from 1 on`)
    }
    if (fixedLimits.includes(name) && (value as number) > defaultLimits[name]) {
      throw invalid(`${verb}: limits.${name} is at most ${defaultLimits[name]}`)
    }
  }
  return { ...defaultLimits, ...given }
}

/** Each look-up of a stranger's word is counted. */
function counted<A, O extends LookupOptions>(budget: Budget, lookUp: LookUp<A, O>): LookUp<A, O> {
  return async (name, options) => {
    budget.lookups -= 1
    const { lookups } = budget.limits
    if (budget.lookups < 0) throw new LimitError('lookups', lookups, `more than ${lookups} look-ups would be needed`)
    return lookUp(name, options)
  }
}

/** Few wait at once. Whose turn comes after the call was ended asks for nothing any more. */
function inTurn<A, O extends LookupOptions>(budget: Budget, lookUp: LookUp<A, O>): LookUp<A, O> {
  return (name, options) =>
    budget.inTurn(async () => {
      options?.signal?.throwIfAborted()
      return lookUp(name, options)
    })
}

/** In a call the same is asked once, since many records are of one issuer; whoever wants to know is counted. */
function askedOnce<A, O extends LookupOptions>(
  budget: Budget,
  lookUp: LookUp<A, O>,
  nameOf?: (name: string, options?: O) => string,
): LookUp<A, O> {
  return counted(budget, share(inTurn(budget, lookUp), nameOf))
}

/** What each look-up of a call is handed. */
function lookupOptions(signal: AbortSignal | undefined, budget: Budget): LookupOptions {
  const countLoaded = (bytes: number): void => {
    budget.loaded -= bytes
    const { loaded } = budget.limits
    if (budget.loaded < 0) throw new LimitError('loaded', loaded, `more than ${loaded} bytes would be loaded`)
  }
  return signal ? { signal, countLoaded } : { countLoaded }
}

/** The signal that look-ups get, and the question whether it is time to end. The time runs from `startTime` on. */
function readTime(
  { time }: Limits,
  signal: AbortSignal | undefined,
): Pick<Settings, 'checkTime' | 'startTime'> & { readonly signal: AbortSignal | undefined } {
  if (time === Number.POSITIVE_INFINITY) {
    return { signal, checkTime: signal && (() => signal.throwIfAborted()), startTime: undefined }
  }
  let end = Number.POSITIVE_INFINITY
  const ended = new LimitError('time', time, `the ${time} milliseconds that were given are over`)
  const controller = new AbortController()
  return {
    signal: controller.signal,
    checkTime() {
      signal?.throwIfAborted()
      if (performance.now() >= end) controller.abort(ended)
      controller.signal.throwIfAborted()
    },
    startTime() {
      end = performance.now() + time
      const leave = signal && whenAborted(signal, () => controller.abort(signal.reason))
      const timer = setTimeout(() => controller.abort(ended), Math.min(time, LONGEST_TIMER))
      return () => {
        clearTimeout(timer)
        leave?.()
      }
    },
  }
}

/** Timers take no longer time. */
const LONGEST_TIMER = 2 ** 31 - 1

/** Everything the checks need, from what the caller gave. */
export function readSettings(options: PresentationSettings, isOneOfMany = false): Settings {
  const { clockTolerance = defaultClockTolerance, skip = [], crossCheck = [] } = options
  const { checks = [], schemas, trust } = options
  const limits = readLimits('verify', options.limits)
  const budget = createBudget(limits)
  if (typeof clockTolerance !== 'number' || !(clockTolerance >= 0) || clockTolerance === Number.POSITIVE_INFINITY) {
    throw invalid('verify: clockTolerance is in seconds, 0 or more')
  }
  assertList('verify', 'skip', skip)
  const odd = skip.find((name) => !['validity', 'status', 'schema'].includes(name))
  if (odd !== undefined) throw invalid(`verify: "${odd}" cannot be skipped; only validity, status and schema can`)
  assertFormats('verify', 'crossCheck', crossCheck)
  assertList('verify', 'checks', checks)
  const { acceptController, acceptCosigner, acceptHolder, acceptProofPurpose } = options
  for (const check of [...checks, trust, acceptController, acceptCosigner, acceptHolder, acceptProofPurpose]) {
    const names = 'checks, trust, acceptController, acceptCosigner, acceptHolder or acceptProofPurpose'
    assertFunction('verify', names, check)
  }
  assertFunction('verify', 'issuerKeys', options.issuerKeys)
  assertFunction('verify', 'resolveController', options.resolveController)
  assertObject('verify', 'schemas', schemas, 'an object of JSON Schemas by URL')
  if (options.signal !== undefined && typeof options.signal?.throwIfAborted !== 'function') {
    throw invalid('verify: signal must be an AbortSignal')
  }
  const { signal, checkTime, startTime } = readTime(limits, options.signal)
  const { formats, envelopes } = options.formats === undefined ? sortedDefaults : sortFormats(options.formats)
  return {
    now: readNow('verify', options.now),
    clockTolerance,
    formats,
    envelopes,
    issuerKeys: options.issuerKeys && askedOnce(budget, options.issuerKeys, nameOfKey),
    crossCheck: new Map(crossCheck.map((format) => [format.name, format])),
    resolveDid:
      options.resolveDid === undefined ? defaultResolver : askedOnce(budget, toDidResolver(options.resolveDid)),
    resolveController: options.resolveController && askedOnce(budget, toDidResolver(options.resolveController)),
    loadDocument: readLoader('verify', options, signal, budget),
    schemas: schemas && new Map(Object.entries(schemas)),
    conformance: readConformance('verify', options.conformance ?? 'noted'),
    trust: trust && askedOnce(budget, trust),
    checks,
    skip: new Set(skip),
    acceptController,
    acceptCosigner,
    acceptHolder,
    acceptProofPurpose,
    status: readStatusSettings(options, budget, envelopes),
    lookup: lookupOptions(signal, budget),
    budget,
    isOneOfMany,
    checkTime,
    startTime,
  }
}

/** One issuer may have many keys. */
const nameOfKey = (issuer: string, options?: { readonly kid?: string }): string =>
  JSON.stringify([issuer, options?.kid ?? null])

/** Proofs are found by their name, envelopes by asking each. */
function sortFormats(formats: readonly Format[]): Pick<Settings, 'formats' | 'envelopes'> {
  assertFormats('verify', 'formats', formats)
  if (formats.length === 0) throw invalid('verify: formats is empty, so that no proof could ever pass')
  const proofs = formats.filter((format) => format.kind === 'proof')
  return {
    formats: new Map(proofs.map((format) => [format.name, format])),
    envelopes: formats.filter((format) => format.kind === 'envelope'),
  }
}

const sortedDefaults = sortFormats(defaultFormats)

function readStatusSettings(options: VerifySettings, budget: Budget, envelopes: Settings['envelopes']): StatusSettings {
  const { loadStatusList, statusLists, statusMethods, statusMemory, maxStatusAge = Number.POSITIVE_INFINITY } = options
  const { acceptStatusIssuer, acceptStatusListId, acceptShortStatusList } = options
  assertFunction('verify', 'loadStatusList', loadStatusList)
  for (const accept of [acceptStatusIssuer, acceptStatusListId, acceptShortStatusList])
    assertFunction('verify', 'acceptStatusIssuer, acceptStatusListId or acceptShortStatusList', accept)
  assertObject('verify', 'statusLists', statusLists, 'a list of status lists, or a Map or object of them by URL')
  if (statusLists && ('@context' in statusLists || 'then' in statusLists || statusLists instanceof Uint8Array))
    throw invalid('verify: statusLists must be a list of status lists, such as [list]')
  if (typeof maxStatusAge !== 'number' || !(maxStatusAge >= 0))
    throw invalid('verify: maxStatusAge is in seconds, 0 or more')
  if (statusMemory !== undefined && !isStatusMemory(statusMemory))
    throw invalid('verify: statusMemory must be made by createStatusMemory()')
  return {
    methods: statusMethods === undefined ? defaultStatusMethods : readStatusMethods(statusMethods),
    load: loadStatusList && counted(budget, inTurn(budget, loadStatusList)),
    given: statusLists && indexLists(statusLists, readerOf(options, budget, envelopes)),
    stapled: undefined,
    maxAge: maxStatusAge,
    memory: statusMemory,
    home: loadStatusList ?? statusLists,
    basis: loadStatusList || statusLists || statusMemory ? basisOf(options, budget.limits) : [],
    acceptIssuer: acceptStatusIssuer,
    acceptListId: acceptStatusListId,
    acceptShort: acceptShortStatusList,
    depth: 0,
  }
}

/** Finds the id of a list in an envelope as well. */
function readerOf({ formats }: VerifySettings, budget: Budget, envelopes: Settings['envelopes']): ListReader {
  const { limits } = budget
  const opening = { envelopes, budget }
  const read: ListReader['read'] = async (list) => (await import('./seldom.ts')).contentsOf(list, opening)
  return { read, by: [formats, ...Object.values(limits)] }
}

/** What the verdict on a list depends on besides the list and the time. */
function basisOf(options: VerifySettings, limits: Limits): readonly unknown[] {
  const { formats, crossCheck, resolveDid, resolveController, issuerKeys, contexts, loadDocument } = options
  const { acceptController, acceptCosigner, clockTolerance } = options
  const { statusMethods, loadStatusList, statusLists, maxStatusAge } = options
  const { acceptStatusIssuer, acceptStatusListId, acceptShortStatusList } = options
  return [
    ...[formats, crossCheck, resolveDid, resolveController, issuerKeys, contexts, loadDocument],
    ...Object.values(limits),
    ...[acceptController, acceptCosigner, clockTolerance],
    // A list may have a status of its own.
    ...[statusMethods, loadStatusList, statusLists, maxStatusAge],
    ...[acceptStatusIssuer, acceptStatusListId, acceptShortStatusList],
  ]
}

function readStatusMethods(methods: readonly StatusMethod[]): ReadonlyMap<string, StatusMethod> {
  assertList('verify', 'statusMethods', methods)
  const isMethod = (each: StatusMethod) => typeof each?.type === 'string' && typeof each.check === 'function'
  if (!methods.every(isMethod))
    throw notMade(
      'verify',
      'statusMethods',
      methods,
      'methods themselves, such as bitstringStatusList(), not their names',
    )
  return byStatusType(methods)
}

/** What to sign with: proofs, one or several; or one envelope. */
export type SigningFormat = OneOrMany<Cryptosuite> | Envelope

/** The formats to sign with: those given, or the default for the key. */
export function readFormats(
  verb: string,
  format: SigningFormat | undefined,
  key: Signer,
): readonly Cryptosuite[] | Envelope {
  const formats: readonly Format[] = format === undefined ? [defaultFormatFor(key?.algorithm)] : [format].flat()
  assertFormats(verb, 'format', formats)
  if (formats.length === 0) throw invalid(`${verb}: format is an empty list; leave it out for the default`)
  const [first] = formats
  if (first?.kind === 'envelope' && formats.length === 1) return first
  const proofs = formats.filter((each) => each.kind === 'proof')
  if (proofs.length === formats.length) return proofs
  throw invalid(`${verb}: format is either one envelope, such as vcJwt(), or proofs; the two cannot be mixed`)
}

/** Ids for the proofs of so many formats, each an absolute IRI of its own; none where none were given. */
export function readProofIds(verb: string, given: OneOrMany<string> | undefined, count: number): readonly string[] {
  const ids: readonly string[] = given === undefined ? [] : [given].flat()
  const isIri = (id: unknown) => typeof id === 'string' && isAbsoluteIri(id) && !id.startsWith('_:')
  if (!ids.every(isIri)) {
    throw invalid(`${verb}: proofId must be an absolute IRI, such as urn:uuid:…`)
  }
  if (given !== undefined && (ids.length !== count || new Set(ids).size !== count)) {
    throw invalid(`${verb}: proofId has ${ids.length} ids for ${count} proofs; give each proof one of its own`)
  }
  return ids
}

function assertFormats(verb: string, name: string, formats: readonly Format[]): void {
  assertList(verb, name, formats)
  const isFormat = (each: Format) =>
    typeof each?.name === 'string' && typeof (each.kind === 'envelope' ? each.open : each.verify) === 'function'
  if (!formats.every(isFormat)) {
    throw notMade(verb, name, formats, 'formats themselves, such as eddsaRdfc2022(), not their names')
  }
}

/** Something else than what a function makes; often it is the function, which was not called. */
export function notMade(verb: string, name: string, given: readonly unknown[], right: string): CredentialError {
  const made = given.find((each) => typeof each === 'function')
  if (made === undefined) return invalid(`${verb}: ${name} takes ${right}`)
  return invalid(`${verb}: ${name} is given the function ${made.name}; call it: ${made.name}()`)
}

function assertList(verb: string, name: string, value: unknown): void {
  if (!Array.isArray(value)) throw invalid(`${verb}: ${name} must be a list`)
}

function assertFunction(verb: string, name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') throw invalid(`${verb}: ${name} must be a function`)
}

function assertObject(verb: string, name: string, value: unknown, right: string): void {
  if (value !== undefined && (typeof value !== 'object' || value === null)) {
    throw invalid(`${verb}: ${name} must be ${right}`)
  }
}

/** One of the three levels. */
export function readConformance(verb: string, level: Conformance): Conformance {
  if (['strict', 'lenient', 'noted'].includes(level)) return level
  throw invalid(`${verb}: conformance is strict, lenient or noted, not "${level}"`)
}

/** An `OPTION_INVALID` error. */
export function invalid(message: string): CredentialError {
  return new CredentialError('OPTION_INVALID', message)
}
