/**
 * `verify`: the checks in their order, and nothing else. It answers with a report whatever a stranger sent, and throws only
 * for its caller's own mistakes.
 */

import {
  checkIssuer,
  checkPresenter,
  checkSameSubject,
  checkSubject,
  type Expectation,
  holderOf,
} from './checks/binding.ts'
import { type Content, checkContents, checkPresented, findContents, findTooMany } from './checks/contents.ts'
import { checkCustom } from './checks/custom.ts'
import type { EnvelopeInput, OpenedText } from './checks/envelope.ts'
import { checkForm, mayBeEnveloped } from './checks/form.ts'
import { areOverJson, checkProofs, findExcess, type ProofResult } from './checks/proof.ts'
import { checkResults } from './checks/results.ts'
import { checkSchema } from './checks/schema.ts'
import type { Settings } from './checks/settings.ts'
import { checkPresentationStatus, skipStatus } from './checks/status-need.ts'
import { acceptUndefined, checkMembers, checkStructure } from './checks/structure.ts'

import { checkTrust } from './checks/trust.ts'
import { checkPeriod, checkValidity, type EnvelopePeriod } from './checks/validity.ts'
import { asArray, idOf, isObject, pointer, type ReadResult, readJson } from './encoding/json.ts'
import { LimitError } from './encoding/limits.ts'
import { markVerified } from './encoding/verified.ts'
import { isPicture } from './images/picture.ts'
import {
  assertOptions,
  invalid,
  type PresentationSettings,
  readSettings,
  settingNames,
  type VerifySettings,
  withoutChallenge,
} from './options.ts'
import {
  type Check,
  type CredentialReport,
  inconclusive,
  isProblem,
  type NestedReport,
  type PresentationReport,
  skipped,
  verdictOf,
} from './report.ts'
import { isOnlyList } from './status/list-index.ts'
import type { ListReport, StapledList } from './status/memory.ts'

import type { Credential, EnvelopeText, JsonObject, JsonValue, Presentation, Verified } from './types.ts'

/** Options of `verify` for a credential. */
export interface VerifyCredentialOptions extends VerifySettings {
  /** What a stranger sent: an object, JSON text, a JWT, UTF-8 bytes of either text, or a PNG or SVG with either baked into it. */
  readonly credential: unknown
  readonly presentation?: never
}

/** Options of `verify` for a presentation. */
export interface VerifyPresentationOptions extends PresentationSettings {
  /** What a stranger sent: an object, JSON text, a JWT, or UTF-8 bytes of either text. */
  readonly presentation: unknown
  readonly credential?: never
  /** The text that was sent out for this occasion. Without one anybody who saw the presentation can show it again. */
  readonly challenge: string | typeof withoutChallenge
  /** Who you are to the presenter, such as `hr.example`: a presentation made for another is refused. */
  readonly domain?: string
}

/**
 * Verifies a credential, or a presentation and every credential in it.
 *
 * The report has one verdict and the checks that led to it; `verified` is true only when every required check passed. Read
 * what was verified from the report, not from the input.
 *
 * @throws CredentialError `OPTION_INVALID` for a mistake in the options. What a stranger sent never makes it throw.
 */
export function verify(options: VerifyCredentialOptions): Promise<CredentialReport>
export function verify(options: VerifyPresentationOptions): Promise<PresentationReport>
export async function verify(
  options: VerifyCredentialOptions | VerifyPresentationOptions,
): Promise<CredentialReport | PresentationReport> {
  assertOptions('verify', options, [
    'credential',
    'presentation',
    'challenge',
    'domain',
    'acceptHolder',
    ...settingNames,
  ])
  if ('credential' in options === 'presentation' in options) {
    throw invalid('verify: give either credential or presentation')
  }
  const settings = readSettings(options)
  if ('presentation' in options) {
    const expected = readExpectation(options as VerifyPresentationOptions)
    const work = () => verifyPresentation(options.presentation, expected, settings)
    return inTime(settings, work, (checks) => presentationReport(undefined, checks))
  }
  if ('challenge' in options || 'domain' in options || 'acceptHolder' in options) {
    throw invalid('verify: challenge, domain and acceptHolder belong to a presentation; a credential has none of them')
  }
  const work = () => verifyInput(options.credential, settings)
  return inTime(settings, work, (checks) => credentialReport(undefined, checks))
}

/** Where the time for the call is over, nothing was found out; any other throw is the reason of the caller's signal. */
async function inTime<R>(
  { checkTime, startTime }: Settings,
  work: () => Promise<R>,
  reportOn: (checks: readonly Check[]) => R,
): Promise<R> {
  checkTime?.()
  if (!startTime) return work()
  const stopTime = startTime()
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof LimitError)) throw cause
    const message = `It was not verified to the end: ${cause.message}.`
    return reportOn([inconclusive('proof', 'LIMIT_EXCEEDED', message, { detail: cause.detail })])
  } finally {
    stopTime()
  }
}

function readExpectation({ challenge, domain }: VerifyPresentationOptions): Expectation {
  const isText = typeof challenge === 'string' && challenge !== ''
  if (!isText && challenge !== withoutChallenge) {
    throw invalid('verify: a presentation needs the challenge that was sent out for it, as text; or withoutChallenge')
  }
  if (domain !== undefined && (typeof domain !== 'string' || domain === '')) {
    throw invalid('verify: domain must be text, such as "hr.example"')
  }
  return { challenge: isText ? challenge : undefined, domain }
}

const loadSeldom = () => import('./seldom.ts')

async function verifyInput(given: unknown, settings: Settings): Promise<CredentialReport> {
  const { limits } = settings.budget
  const { input, read } = isPicture(given)
    ? (await loadSeldom()).readBaked(given, limits)
    : { input: given, read: readJson(given, limits) }
  return verifyCredential(input, read, settings, { level: 0 })
}

async function openEnvelope(
  read: ReadResult,
  input: unknown,
  kind: 'credential' | 'presentation',
  settings: Settings,
): Promise<EnvelopeInput> {
  return (await loadSeldom()).openEnvelope(read, input, kind, settings)
}

/** `read` is the input as it was read: inside a credential that was read already, it is a part of that. */
async function verifyCredential(
  input: unknown,
  read: ReadResult,
  settings: Settings,
  place: Place,
  opened?: EnvelopeInput,
): Promise<CredentialReport> {
  settings.checkTime?.()
  const envelope =
    opened ?? (mayBeEnveloped(read) ? await openEnvelope(read, input, 'credential', settings) : undefined)
  if (envelope) return verifyEnveloped(envelope, settings, place)
  const form = checkForm(read, 'credential')
  if (form.length > 0 || !('value' in read)) return credentialReport(undefined, endingAt(form))
  const credential = read.value as JsonObject

  const { budget } = settings
  const inside = findContents(credential)
  const excess = findExcess(credential['proof'], settings) ?? findTooMany(inside.length, place.level, budget.limits)
  if (excess) return credentialReport(credential, endingAt([excess]))
  const unsecured = withoutProof(credential)
  const structure = await checkShape(unsecured, credential['proof'], 'credential', settings)
  if (structure.some(isProblem)) return credentialReport(credential, endingAt(structure))
  const proof = await checkProofs(unsecured, credential['proof'], 'assertionMethod', settings)
  if (proof.checks.some(isProblem)) return credentialReport(credential, [...structure, ...endingAt(proof.checks)])
  return judgeCredential(credential, structure, proof, inside, settings, place)
}

/** A credential that came as signed text. */
async function verifyEnveloped(
  envelope: Exclude<EnvelopeInput, undefined>,
  settings: Settings,
  place: Place,
): Promise<CredentialReport> {
  if ('problem' in envelope) return credentialReport(undefined, endingAt([envelope.problem]))
  const { opened, text } = envelope
  const { document, mediaType } = opened
  const inside = findContents(document)
  const excess = findTooMany(inside.length, place.level, settings.budget.limits)
  if (excess) return credentialReport(document, endingAt([excess]))
  const structure = await checkMembers(document, 'credential')
  if (structure.some(isProblem)) return credentialReport(document, endingAt(structure))
  const proof = await (await loadSeldom()).checkEnvelope(envelope, 'assertionMethod', settings)
  if (proof.checks.some(isProblem)) return credentialReport(document, [...structure, ...endingAt(proof.checks)])
  return judgeCredential(document, structure, proof, inside, settings, place, {
    ...opened,
    envelope: { mediaType, text },
  })
}

/** All checks of a credential whose proof passed. */
async function judgeCredential(
  credential: JsonObject,
  structure: readonly Check[],
  proof: ProofResult,
  inside: readonly Content[],
  settings: Settings,
  place: Place,
  from: EnvelopePeriod & { readonly envelope?: EnvelopeText; readonly status?: JsonObject } = {},
): Promise<CredentialReport> {
  const issuer = idOf(credential['issuer']) as string
  const binding = checkIssuer(credential, proof.good, settings)
  const isPart = proof.good.every((good) => good.isPart)
  const contents = await checkContents(
    inside,
    (inner, isRecord) => {
      const within = isRecord ? { ...place, outer: credential } : {}
      return verifyCredential(inner, { value: inner }, settings, { ...within, level: place.level + 1 })
    },
    credential['partial'] === true,
  )
  const checks = [
    ...structure,
    ...proof.checks,
    ...binding,
    ...checkLearner(credential, place, settings),
    ...checkValidity(credential, settings, from),
    ...(skipStatus(credential, settings, from.status, isPart) ??
      (binding.some(isProblem)
        ? [skipped('status', 'Not looked up: it is not sure that the issuer signed it.')]
        : await (await loadSeldom()).checkStatus(credential, issuer, settings, verifyList, from.status))),
    ...(isPart
      ? [skipped('schema', 'Part of the credential is shown: a schema is for the whole.')]
      : await checkSchema(credential, settings)),
    ...(binding.some(isProblem)
      ? [skipped('trust', 'Not asked: it is not sure that the issuer signed it.')]
      : await checkTrust(issuer, settings)),
    ...(await checkCustom(credential, settings)),
    ...contents.checks,
    ...checkResults(credential, isPart, settings),
    ...(await checkRelations(credential, contents.nested, isPart, settings)),
  ]
  return credentialReport(credential, checks, contents.nested, from.envelope, signersOf(proof))
}

function signersOf({ good }: ProofResult): readonly string[] {
  return [...new Set(good.map(({ controller }) => controller))]
}

/** How the parts of a record relate, and what the endorsements in it speak of. */
async function checkRelations(
  credential: JsonObject,
  nested: readonly NestedReport[],
  isPart: boolean,
  settings: Settings,
): Promise<readonly Check[]> {
  const hasAssociations = asArray(credential['credentialSubject']).some(
    (subject) => isObject(subject) && subject['association'] !== undefined,
  )
  if (!hasAssociations && nested.length === 0) return []
  const { checkAssociations, checkEndorsements } = await loadSeldom()
  return [...checkAssociations(credential, settings), ...checkEndorsements(credential, nested, isPart)]
}

async function verifyPresentation(
  input: unknown,
  expected: Expectation,
  settings: Settings,
): Promise<PresentationReport> {
  const { budget } = settings
  const read = readJson(input, budget.limits)
  const envelope = mayBeEnveloped(read) ? await openEnvelope(read, input, 'presentation', settings) : undefined
  if (envelope) return verifyEnvelopedPresentation(envelope, expected, settings)
  const form = checkForm(read, 'presentation')
  if (form.length > 0 || !('value' in read)) return presentationReport(undefined, endingAt(form))
  const presentation = read.value as JsonObject
  const member = presentation['verifiableCredential']
  const excess = findExcess(presentation['proof'], settings) ?? findTooMany(asArray(member).length, 0, budget.limits)
  if (excess) return presentationReport(presentation, endingAt([excess]))

  const unsecured = withoutProof(presentation)
  const structure = await checkShape(unsecured, presentation['proof'], 'presentation', settings)
  if (structure.some(isProblem)) return presentationReport(presentation, endingAt(structure))
  const proof = await checkProofs(unsecured, presentation['proof'], 'authentication', settings)
  if (proof.checks.some(isProblem)) {
    return presentationReport(presentation, [...structure, ...endingAt(proof.checks)])
  }
  return judgePresentation(presentation, [...structure, ...proof.checks], proof, expected, settings)
}

/** A presentation that came as signed text. */
async function verifyEnvelopedPresentation(
  envelope: Exclude<EnvelopeInput, undefined>,
  expected: Expectation,
  settings: Settings,
): Promise<PresentationReport> {
  if ('problem' in envelope) return presentationReport(undefined, endingAt([envelope.problem]))
  const { opened, text } = envelope
  const { document, mediaType } = opened
  const excess = findTooMany(asArray(document['verifiableCredential']).length, 0, settings.budget.limits)
  if (excess) return presentationReport(document, endingAt([excess]))
  const structure = await checkMembers(document, 'presentation')
  if (structure.some(isProblem)) return presentationReport(document, endingAt(structure))
  const proof = await (await loadSeldom()).checkEnvelope(envelope, 'authentication', settings)
  if (proof.checks.some(isProblem)) return presentationReport(document, [...structure, ...endingAt(proof.checks)])
  const before = [
    ...structure,
    ...proof.checks,
    ...checkPeriod(opened, settings),
    ...checkPresentationStatus(opened.status, settings),
  ]
  return judgePresentation(document, before, proof, expected, settings, { mediaType, text })
}

/** All checks of a presentation whose proof passed, and its credentials. */
async function judgePresentation(
  presentation: JsonObject,
  before: readonly Check[],
  proof: ProofResult,
  expected: Expectation,
  settings: Settings,
  envelope?: EnvelopeText,
): Promise<PresentationReport> {
  const holder = holderOf(presentation, proof.good)
  const member = presentation['verifiableCredential']
  const shown = await Promise.all(asArray(member).map((credential) => readShown(credential, settings)))
  const lists = shown.map(({ list }) => list).filter((list) => list !== undefined)
  const withLists =
    lists.length === 0
      ? settings
      : (await loadSeldom()).withStapled(settings, new Map(lists.map((list) => [list.id, list])))
  const presented: NestedReport[] = []
  const stapled: NestedReport[] = []
  for (const [index, { credential, envelope, list }] of shown.entries()) {
    const path = Array.isArray(member) ? pointer('/verifiableCredential', index) : '/verifiableCredential'
    if (list) {
      stapled.push({ path, report: await (await loadSeldom()).checkStapled(list, withLists, verifyList) })
    } else {
      const place = { level: 0, presenter: holder }
      const report = await verifyCredential(credential, { value: credential }, withLists, place, envelope)
      presented.push({ path, report })
    }
  }
  const credentials = presented.map(({ report }) => report)
  const checks = [...before, ...checkPresenter(presentation, proof.good, expected), ...checkPresented(presented)]
  return presentationReport(presentation, checks, credentials, holder, stapled, envelope)
}

/** One credential of a presentation, which may be a status list that is stapled to it. */
async function readShown(credential: JsonValue, settings: Settings): Promise<Shown> {
  const read = { value: credential }
  if (!mayBeEnveloped(read)) return toShown(credential, undefined, isOnlyList(credential))
  const { openList, isListToken } = await loadSeldom()
  const envelope = await openList(read, credential, settings)
  if (!envelope || 'problem' in envelope) return toShown(credential, envelope, false)
  const { opened } = envelope
  return toShown(credential, envelope, isOnlyList(opened.document) || isListToken(opened))
}

function toShown(credential: JsonValue, envelope: EnvelopeInput, isList: boolean): Shown {
  if (!isList) return { credential, envelope }
  const document = envelope && 'opened' in envelope ? envelope.opened.document : credential
  return { credential, envelope, list: { id: idOf(document) ?? '', document: credential } }
}

interface Shown {
  readonly credential: JsonValue
  readonly envelope: EnvelopeInput
  readonly list?: StapledList & { readonly id: string }
}

/** A status list is verified as any other credential, if it is one, and by signature, issuer and dates if it is a token. */
async function verifyList(
  input: unknown,
  read: ReadResult,
  settings: Settings,
  issuer: string | undefined,
): Promise<ListReport> {
  const { openList, isListToken } = await loadSeldom()
  const envelope = await openList(read, input, settings)
  if (!envelope || 'problem' in envelope) {
    return { report: await verifyCredential(input, read, settings, { level: 0 }, envelope) }
  }
  const { opened } = envelope
  const report = isListToken(opened)
    ? await verifyListToken(envelope, settings, issuer)
    : await verifyEnveloped(envelope, settings, { level: 0 })
  return { report, made: opened.issuedAt ?? opened.notBefore, expires: opened.expires }
}

/** Where it names nobody, it must be by the issuer whose credential it is asked for. */
async function verifyListToken(
  envelope: OpenedText,
  settings: Settings,
  issuer: string | undefined,
): Promise<CredentialReport> {
  const { opened, text } = envelope
  const document = Object.freeze({ ...(issuer !== undefined && { issuer }), ...opened.document })
  const proof = await (await loadSeldom()).checkEnvelope(
    { ...envelope, opened: { ...opened, document } },
    'assertionMethod',
    settings,
  )
  if (proof.checks.some(isProblem)) return credentialReport(document, endingAt(proof.checks))
  const checks = [
    ...proof.checks,
    ...checkIssuer(document, proof.good, settings),
    ...checkValidity(document, settings, opened),
  ]
  return credentialReport(document, checks, [], { mediaType: opened.mediaType, text }, signersOf(proof))
}

/** A proof over the JSON text covers also what no context defines. */
async function checkShape(
  unsecured: JsonObject,
  proof: JsonValue | undefined,
  kind: 'credential' | 'presentation',
  settings: Settings,
): Promise<readonly Check[]> {
  const checks = await checkStructure(unsecured, kind, settings.loadDocument, settings.budget)
  return checks.some(isProblem) && areOverJson(proof, settings) ? acceptUndefined(checks, kind) : checks
}

/** Where a credential was found: how deep, in whose presentation, in which record. */
interface Place {
  readonly level: number
  readonly presenter?: string
  readonly outer?: JsonObject
}

/** In a presentation every record must be about the presenter, however it is wrapped; elsewhere about whom the outer one is. */
function checkLearner(credential: JsonObject, { presenter, outer }: Place, settings: Settings): readonly Check[] {
  if (presenter !== undefined) return [checkSubject(credential, presenter, settings)]
  return outer ? checkSameSubject(credential, outer) : []
}

/** What the proofs are over. It is made once, and frozen, so that it is read and hashed once for all of them. */
function withoutProof(document: JsonObject): JsonObject {
  const { proof: _, ...unsecured } = document
  return Object.freeze(unsecured)
}

/** Nothing in a document that is not proven may steer what is done next: the rest of the line is not looked at. */
function endingAt(checks: readonly Check[]): readonly Check[] {
  const isProof = checks.some(({ name }) => name === 'proof')
  const rest = isProof
    ? skipped('issuer', 'All else was not looked at: the proof did not pass.')
    : skipped('proof', 'The proof and all else was not looked at: the check before did not pass.')
  return [...checks, rest]
}

function credentialReport(
  credential: JsonObject | undefined,
  checks: readonly Check[],
  nested: readonly NestedReport[] = [],
  envelope?: EnvelopeText,
  signers: readonly string[] = [],
): CredentialReport {
  const verdict = verdictOf(checks)
  if (verdict !== 'valid' || !credential) {
    const notValid = verdict === 'invalid' ? 'invalid' : 'indeterminate'
    return {
      kind: 'credential',
      verdict: notValid,
      verified: false,
      checks,
      nested,
      ...(credential && { unverified: credential }),
    }
  }
  const report = {
    kind: 'credential',
    verdict,
    verified: true,
    issuer: idOf(credential['issuer']) as string,
    signers,
    credential: markVerified(credential, envelope) as unknown as Verified<Credential>,
    checks,
    nested,
  } as const
  return envelope ? { ...report, envelope } : report
}

function presentationReport(
  presentation: JsonObject | undefined,
  checks: readonly Check[],
  credentials: readonly CredentialReport[] = [],
  holder = '',
  nested: readonly NestedReport[] = [],
  envelope?: EnvelopeText,
): PresentationReport {
  const verdict = verdictOf(checks)
  if (verdict !== 'valid' || !presentation) {
    return {
      kind: 'presentation',
      verdict: verdict === 'invalid' ? 'invalid' : 'indeterminate',
      verified: false,
      checks,
      nested,
      credentials,
      ...(presentation && { unverified: presentation }),
    }
  }
  return {
    kind: 'presentation',
    verdict,
    verified: true,
    holder,
    presentation: markVerified(presentation) as unknown as Verified<Presentation>,
    ...(envelope && { envelope }),
    credentials: credentials.filter((report) => report.verified),
    checks,
    nested,
  }
}
