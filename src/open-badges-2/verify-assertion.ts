/**
 * `verifyAssertion`: whether an assertion of Open Badges 2.0 is genuine, and still good ("Verification" of that specification).
 *
 * What is believed begins at one place, the Profile that lies at the issuer's own id. It names the keys of signed assertions and the places of
 * hosted ones. What an assertion brings along of its issuer proves nothing.
 */

import type { TrustRegistry } from '../checks/settings.ts'
import { checkTrust } from '../checks/trust.ts'
import { defaultClockTolerance } from '../defaults.ts'
import type { FetchJson } from '../dids/web.ts'
import { canonicalJson } from '../encoding/canonical-json.ts'
import { clip } from '../encoding/clip.ts'
import { formatDateTimeStamp } from '../encoding/date-time.ts'
import { deepFreeze, idOf, isObject } from '../encoding/json.ts'
import type { Jws } from '../envelopes/jws.ts'
import { matchesIdentity, type Person } from '../records/identity.ts'
import { invalid, requireOptions } from '../records/input.ts'
import { type Check, failed, inconclusive, isProblem, passed, skipped, verdictOf } from '../report.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import {
  type Assertion,
  type AssertionRecipient,
  type BadgeClass,
  checkAssertion,
  checkBadgeClass,
  checkProfile,
  type IssuerProfile,
  methodOf,
  readDateTime,
  type VerificationMethodName,
} from './assertion.ts'
import { isSameUrl, isWeb, type Loaded, type Lookup, load, loadNamed } from './lookup.ts'
import { readGiven } from './read.ts'
import { toIdentityObject } from './recipient.ts'
import { type AssertionReport, vouchFor } from './report.ts'
import { checkRevocationList, findRevoked } from './revocation.ts'
import { scopeOf } from './scope.ts'
import { checkSignature } from './signature.ts'

/** What `verifyAssertion` takes. */
export interface VerifyAssertionOptions {
  /**
   * What a stranger sent: an object or JSON text, a compact JWS, the URL of a hosted assertion, UTF-8 bytes of such text, or a PNG or SVG
   * with one of them baked into it.
   */
  readonly assertion: unknown
  /**
   * Fetches what the assertion names: itself where it is hosted, its BadgeClass, the Profile of its issuer, keys, the list of revoked ones.
   * It answers with JSON, parsed or better as text or bytes; `undefined` = there is none (status 404), a throw = could not find out. For status
   * 410 it answers with what came, or `{ revoked: true }`. Its author is trusted: what it returns is taken for what the server of that URL says,
   * so that it must not follow redirects to another origin. `onlineJson()` makes a guarded one. Default: nothing is fetched, and nothing can be
   * valid then.
   */
  readonly fetchJson?: FetchJson
  /** Whom it should be about; identifiers are compared exactly as written. Default: nobody in particular, and the report says so. */
  readonly recipient?: Person
  /** Says which issuers are known, by the ids of their Profiles. Default: none is asked, and the report says so. */
  readonly trust?: TrustRegistry
  /** Default: the present. */
  readonly now?: Date
  /** Seconds by which clocks may differ, in the learner's favour. Default: 60. */
  readonly clockTolerance?: number
  /** Ends the work: `verifyAssertion` then throws the signal's reason. */
  readonly signal?: AbortSignal
}

const optionNames = ['assertion', 'fetchJson', 'recipient', 'trust', 'now', 'clockTolerance', 'signal']

interface Settings extends Lookup {
  readonly recipient: Person | undefined
  readonly trust: TrustRegistry | undefined
  readonly now: Date
  readonly tolerance: number
}

/**
 * Verifies an assertion of Open Badges 2.0, hosted or signed. What a stranger sent never makes it throw.
 *
 * A hosted assertion is fetched from its id, and must lie where its issuer's Profile allows it. A signed one must be signed (RS256, ES256, ES384
 * or EdDSA) by a key that the Profile names. Either way the Profile is fetched from the issuer's id. At most some 25 documents are asked for.
 *
 * Members are read by their plain names, whatever further contexts say of them. Endorsements and extensions are not looked at.
 *
 * @throws CredentialError `OPTION_INVALID` for a mistake in the options; the signal's reason when it is aborted.
 */
export async function verifyAssertion(options: VerifyAssertionOptions): Promise<AssertionReport> {
  const settings = readOptions(options)
  settings.signal?.throwIfAborted()
  const given = readGiven(options.assertion)
  if ('problem' in given) return refuse(undefined, [given.problem], settings)
  if ('url' in given) return verifyHosted(given.url, undefined, settings)
  const { document, jws } = given
  const method = methodOf(document, jws !== undefined)
  if (method === 'signed' && jws) return verifySigned(document, jws, settings)
  const { id } = document
  if (method === 'hosted' && typeof id === 'string') return verifyHosted(id, document, settings)
  const shape = checkAssertion(document)
  if (shape.length > 0) return refuse(document, shape, settings)
  const message =
    'It says that it is signed, and there is no signature: anybody can have written it. Ask for the signed text.'
  return refuse(document, [failed('proof', 'PROOF_MISSING', message)], settings)
}

/** The document in hand tells no more than where to look ("Steps to verify a hosted badge Assertion"). */
async function verifyHosted(url: string, given: JsonObject | undefined, settings: Settings): Promise<AssertionReport> {
  const loaded = await load(url, settings)
  if ('problem' in loaded) {
    const message = `This is a hosted assertion, which its server alone can vouch for, and that could not be asked: ${loaded.problem}.`
    return refuse(given, [inconclusive('proof', 'PROOF_UNAVAILABLE', message)], settings)
  }
  const { document } = loaded
  const revoked = findRevoked(document)
  if (revoked) return refuse(given ?? document, [revoked], settings)
  if (!isSameUrl(document['id'], url)) {
    const message = `What is at ${clip(url)} is another assertion: it calls itself ${clip(document['id'])}.`
    return refuse(given ?? document, [failed('proof', 'PROOF_INVALID', message, { path: '/id' })], settings)
  }
  const shape = checkAssertion(document)
  if (shape.length > 0) return refuse(document, shape, settings)
  if (methodOf(document, false) !== 'hosted') {
    const message = 'Its server has it as a signed assertion, and the signature is not there. Ask for the signed text.'
    return refuse(document, [failed('proof', 'PROOF_MISSING', message, { path: '/verification' })], settings)
  }
  const other = given ? compare(given, document) : { differs: [], notes: [] }
  if (other.differs.length > 0) {
    const message = `This is not what its server has: ${other.differs.join(', ')} was changed, here or there.`
    return refuse(given, [failed('proof', 'PROOF_INVALID', message, { path: `/${other.differs[0]}` })], settings)
  }
  const parties = await findParties(document, settings)
  if ('problem' in parties) return refuse(document, [parties.problem], settings)
  const proof = passed('proof', `Its server has it: ${clip(url)}.`, { notes: [...loaded.notes, ...other.notes] })
  const status = passed('status', 'Its server has it, and does not say that it was revoked.')
  return judge(document, 'hosted', parties, [proof], () => Promise.resolve(status), settings, loaded.text)
}

async function verifySigned(document: JsonObject, jws: Jws, settings: Settings): Promise<AssertionReport> {
  const shape = checkAssertion(document)
  if (shape.length > 0) return refuse(document, shape, settings)
  const parties = await findParties(document, settings)
  if ('problem' in parties) return refuse(document, [parties.problem], settings)
  const proof = await checkSignature(jws, parties, settings, settings.now.getTime())
  settings.signal?.throwIfAborted()
  if (isProblem(proof)) return refuse(document, [proof], settings)
  const status = async (): Promise<Check> =>
    findRevoked(document) ?? (await checkRevocationList(document, parties.profile, settings))
  return judge(document, 'signed', parties, [proof], status, settings, jws.text)
}

/** The BadgeClass, and the Profile at its issuer's own id. */
interface Parties {
  readonly badge: JsonObject
  readonly profile: JsonObject & { readonly id: string }
  /** Ids by which it is known: its own, and the one that the BadgeClass names, where it has moved. */
  readonly issuerIds: readonly string[]
  /** Where the BadgeClass lies, or where a copy inside the assertion says that it does. */
  readonly badgeUrl: string | undefined
  readonly notes: readonly string[]
}

async function findParties(assertion: JsonObject, lookup: Lookup): Promise<Parties | { readonly problem: Check }> {
  const named = assertion['badge'] as JsonValue
  const isInside = isObject(named) && named['issuer'] !== undefined
  const badgeId = idOf(named)
  if (!isInside && badgeId === undefined) return { problem: checkBadgeClass(named as JsonObject)[0] as Check }
  const badge: Loaded = isInside ? { document: named, notes: [] } : await loadNamed(badgeId as string, lookup)
  if ('problem' in badge) return { problem: notFound('BadgeClass', '/badge', badge) }
  const [wrong] = checkBadgeClass(badge.document)
  if (wrong) return { problem: wrong }
  const issuerId = idOf(badge.document['issuer']) as string
  const issuer = await loadNamed(issuerId, lookup)
  if ('problem' in issuer) return { problem: notFound('Profile of the issuer', '/badge/issuer', issuer) }
  const [odd] = checkProfile(issuer.document)
  if (odd) return { problem: odd }
  return {
    badge: badge.document,
    profile: issuer.document as Parties['profile'],
    issuerIds: [issuer.document['id'] as string, issuerId],
    badgeUrl: isInside
      ? badgeId !== undefined && isWeb(badgeId)
        ? badgeId
        : undefined
      : (badge.document['id'] as string),
    notes: [...badge.notes, ...issuer.notes, ...(isInside && badgeId !== undefined ? [notCompared] : [])],
  }
}

const notCompared = 'The BadgeClass is the copy in the assertion, and was not compared with what lies at its id.'

function notFound(what: string, path: string, { problem, reason }: Extract<Loaded, { problem: string }>): Check {
  const message = `The ${what} cannot be had: ${problem}.`
  return reason === 'mismatch'
    ? failed('issuer', 'ISSUER_MISMATCH', message, { path })
    : inconclusive('issuer', 'PROOF_UNAVAILABLE', message, { path })
}

/** What follows on a good proof. */
async function judge(
  document: JsonObject,
  method: VerificationMethodName,
  parties: Parties,
  proof: readonly Check[],
  status: () => Promise<Check>,
  settings: Settings,
  text: string | undefined,
): Promise<AssertionReport> {
  const structure = passed(
    'structure',
    'Assertion, BadgeClass and Profile have the members that Open Badges 2.0 asks for.',
  )
  const issuer = checkScope(document, method, parties)
  const before = [structure, ...proof, issuer]
  if (isProblem(issuer)) return refuse(document, before, settings)
  const trust = { trust: settings.trust, lookup: settings.signal ? { signal: settings.signal } : {} }
  const checks = [
    ...before,
    checkRecipient(document, settings),
    ...checkDates(document, settings),
    await status(),
    ...(await checkTrust(parties.profile.id, trust)),
  ]
  if (verdictOf(checks) !== 'valid') return refuse(document, checks, settings)
  return vouchFor({
    kind: 'assertion',
    verified: true,
    verdict: 'valid',
    checks,
    verifiedAt: formatDateTimeStamp(settings.now),
    method,
    assertion: document as unknown as Assertion,
    ...(text !== undefined && { text }),
    badge: parties.badge as unknown as BadgeClass,
    issuer: parties.profile as unknown as IssuerProfile,
  })
}

/** Whether the issuer lets its badges lie there. Of a signed assertion only the BadgeClass lies somewhere. */
function checkScope({ id }: JsonObject, method: VerificationMethodName, { profile, badgeUrl, notes }: Parties): Check {
  const scope = scopeOf(profile)
  if ('problem' in scope) {
    const message = `Where ${clip(profile.id)} lets its badges lie is not understood here: ${scope.problem}.`
    return inconclusive('issuer', 'PROOF_FEATURE_UNKNOWN', message, { path: '/badge/issuer/verification' })
  }
  const outside = (what: string, place: string, path: string): Check => {
    const message = `The ${what} lies at ${clip(place)}, where ${clip(profile.id)} does not let its badges lie (${clip(scope.text)}).`
    return failed('issuer', 'ISSUER_MISMATCH', message, { path })
  }
  if (method === 'hosted' && !scope.hasAssertion(id as string)) return outside('assertion', id as string, '/id')
  if (badgeUrl !== undefined && !scope.hasBadgeClass(badgeUrl)) return outside('BadgeClass', badgeUrl, '/badge')
  const message = `It is ${clip(profile['name'])}, ${clip(profile.id)}, that issued it.`
  return passed('issuer', message, { path: '/badge/issuer', notes })
}

function checkRecipient({ recipient }: JsonObject, { recipient: person }: Settings): Check {
  const path = '/recipient'
  if (!person)
    return skipped('holder', 'Whom it is about was not compared with anybody (option "recipient").', { path })
  if (matchesIdentity(toIdentityObject(recipient as unknown as AssertionRecipient), person)) {
    return passed('holder', 'It is about the person who was asked about.', { path })
  }
  return failed('holder', 'SUBJECT_MISMATCH', 'It is about somebody else than who was asked about.', { path })
}

function checkDates({ issuedOn, expires }: JsonObject, { now, tolerance }: Settings): readonly Check[] {
  const time = now.getTime()
  const [start = Number.NaN, end = Number.NaN] = [readDateTime(issuedOn), readDateTime(expires)]
  const problems = [
    ...(start - tolerance > time
      ? [
          failed('validity', 'NOT_YET_VALID', `It is issued on ${clip(issuedOn)}, which is to come.`, {
            path: '/issuedOn',
          }),
        ]
      : []),
    ...(end + tolerance < time
      ? [failed('validity', 'EXPIRED', `Expired: valid until ${clip(expires)}.`, { path: '/expires' })]
      : []),
  ]
  if (problems.length > 0) return problems
  const until = expires === undefined ? 'without an end' : `until ${clip(expires)}`
  return [passed('validity', `Issued on ${clip(issuedOn)}, valid ${until}.`)]
}

/**
 * What was given against what its server has. Another recipient or another badge is another assertion; all else its issuer may well have
 * changed since.
 */
function compare(
  given: JsonObject,
  hosted: JsonObject,
): { readonly differs: readonly string[]; readonly notes: readonly string[] } {
  const names = [...new Set([...Object.keys(given), ...Object.keys(hosted)])]
  const others = names.filter((name) => !isSame(given[name], hosted[name]))
  const isAnother = (name: string): boolean =>
    given[name] !== undefined && (name === 'recipient' || (name === 'badge' && !isSameBadge(given[name], hosted[name])))
  if (others.length === 0) return { differs: [], notes: [] }
  const note = `What was given differs from what its server has, which alone was verified: ${clip(others.join(', '))}.`
  return { differs: others.filter(isAnother), notes: [note] }
}

/** Its server may have it as an id, where the copy has all of it. */
function isSameBadge(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  const [id, otherId] = [idOf(one), idOf(other)]
  return id === undefined || otherId === undefined ? isSame(one, other) : isSameUrl(id, otherId)
}

function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return canonicalJson(one) === canonicalJson(other)
}

/** Says what was not looked at as well. */
function refuse(document: JsonObject | undefined, checks: readonly Check[], settings: Settings): AssertionReport {
  const names = checks.map(({ name }) => name)
  const rest = names.includes('trust')
    ? []
    : names.includes('proof') || names.includes('issuer') || names.includes('status')
      ? [skipped('validity', 'All else was not looked at: the check before did not pass.')]
      : [skipped('proof', 'The proof and all else was not looked at: the check before did not pass.')]
  const all = [...checks, ...rest]
  return deepFreeze({
    kind: 'assertion',
    verified: false,
    verdict: verdictOf(all) === 'invalid' ? 'invalid' : 'indeterminate',
    checks: all,
    verifiedAt: formatDateTimeStamp(settings.now),
    ...(document && { unverified: document }),
  })
}

function readOptions(options: VerifyAssertionOptions): Settings {
  requireOptions(options, 'verifyAssertion', optionNames)
  if (!('assertion' in options)) throw invalid('verifyAssertion: assertion is missing; give what you were sent')
  const { fetchJson, recipient, trust, now = new Date(), clockTolerance = defaultClockTolerance, signal } = options
  for (const [name, value] of Object.entries({ fetchJson, trust })) {
    if (value !== undefined && typeof value !== 'function') throw invalid(`verifyAssertion: ${name} must be a function`)
  }
  if (!(now instanceof Date) || Number.isNaN(now.getTime())) {
    throw invalid('verifyAssertion: now must be a Date that is not NaN')
  }
  if (typeof clockTolerance !== 'number' || !(clockTolerance >= 0 && clockTolerance < Number.POSITIVE_INFINITY)) {
    throw invalid('verifyAssertion: clockTolerance is in seconds, 0 or more')
  }
  if (recipient !== undefined && !isPerson(recipient)) {
    throw invalid('verifyAssertion: recipient is { email }, { studentId } or { identityType, identity }, each as text')
  }
  if (signal !== undefined && typeof signal?.throwIfAborted !== 'function') {
    throw invalid('verifyAssertion: signal must be an AbortSignal')
  }
  return { fetchJson, recipient, trust, now: new Date(now), tolerance: clockTolerance * 1000, signal }
}

function isPerson(value: unknown): value is Person {
  return (
    isObject(value) && Object.keys(value).length > 0 && Object.values(value).every((each) => typeof each === 'string')
  )
}
