/** A credential through its checks in their order, and what is in it; and the status lists that decide on it. */

import { checkIssuer, checkSameSubject, checkSubject, isPartOfIt } from './checks/binding.ts'
import { checkCustom } from './checks/custom.ts'
import type { EnvelopeInput, OpenedText } from './checks/envelope.ts'
import { checkForm, mayBeEnveloped } from './checks/form.ts'
import { checkProofs, findExcess, type ProofResult } from './checks/proof.ts'
import { checkResults } from './checks/results.ts'
import { checkSchema } from './checks/schema.ts'
import type { Settings } from './checks/settings.ts'
import { leaveStatus, skipStatus } from './checks/status-need.ts'
import { checkMembers, readStructure } from './checks/structure.ts'
import { checkTrust } from './checks/trust.ts'
import { checkValidity, type EnvelopePeriod } from './checks/validity.ts'
import { asArray, idOf, isObject, type ReadResult, readJson, single } from './encoding/json.ts'
import { markVerified } from './encoding/verified.ts'
import type { Opened } from './envelopes/envelope.ts'
import { isPicture } from './images/picture.ts'
import { type Content, type ContentsResult, findContents, findTooMany, leaveContents } from './records/contents.ts'
import { keepProven } from './records/proven.ts'
import { type Check, type CredentialReport, isProblem, type NestedReport, skipped, verdictOf } from './report.ts'
import type { ListReport } from './status/memory.ts'
import type { Credential, EnvelopeText, JsonObject, JsonValue, Verified } from './types.ts'

const loadSeldom = () => import('./seldom.ts')

/** Whatever a stranger sent as a credential. */
export async function verifyInput(given: unknown, settings: Settings): Promise<CredentialReport> {
  const { limits } = settings.budget
  const { input, read } = isPicture(given)
    ? (await loadSeldom()).readBaked(given, limits)
    : { input: given, read: readJson(given, limits) }
  return verifyCredential(input, read, settings, { level: 0 })
}

/** Signed text, or a document that holds it; `undefined` where it is neither. */
export async function openEnvelope(
  read: ReadResult,
  input: unknown,
  kind: 'credential' | 'presentation',
  settings: Settings,
): Promise<EnvelopeInput> {
  return (await loadSeldom()).openEnvelope(read, input, kind, settings)
}

/** `read` is the input as it was read: inside a credential that was read already, it is a part of that. */
export async function verifyCredential(
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
  from: Around = {},
): Promise<CredentialReport> {
  const issuer = idOf(credential['issuer']) as string
  const binding = checkIssuer(credential, proof.good, settings)
  const signers = signersOf(proof)
  const isPart = isPartOfIt(credential, proof.good, settings)
  const contents = await verifyContents(credential, inside, settings, place)
  const checks = [
    ...structure,
    ...proof.checks,
    ...binding,
    ...checkLearner(credential, place, settings),
    ...checkValidity(credential, settings, from),
    ...(skipStatus(credential, settings, from.status, isPart && !from.hasAllMembers) ??
      (binding.some(isProblem)
        ? [leaveStatus(credential, from.status, 'Not looked up: it is not sure that the issuer signed it.')]
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
    ...(await checkRelations(credential, contents.nested, signers, isPart, settings)),
  ]
  const report = credentialReport(credential, checks, contents.nested, from.envelope, signers)
  if (report.verified && !isPart) return report
  return keepProven(report.verified ? { ...report, isPart: true } : report, {
    signers,
    isPart,
    ...(from.envelope && { text: from.envelope.text }),
  })
}

/** The credentials inside, each by the checks of one. */
async function verifyContents(
  credential: JsonObject,
  inside: readonly Content[],
  settings: Settings,
  place: Place,
): Promise<ContentsResult> {
  const isPartial = single(credential['partial']) === true
  if (inside.length === 0) return leaveContents(isPartial)
  const { checkContents } = await loadSeldom()
  const within = inside.length > 1 ? { ...settings, isOneOfMany: true } : settings
  const verifyInner = (inner: JsonValue, isRecord: boolean): Promise<CredentialReport> => {
    const around = isRecord ? { ...place, outer: credential } : {}
    return verifyCredential(inner, { value: inner }, within, { ...around, level: place.level + 1 })
  }
  // Below the first level one after the other: records of records of records would be thousands at once.
  return checkContents(inside, verifyInner, isPartial, place.level === 0 ? undefined : 1)
}

/** What the envelope says besides, where a credential came in one. */
interface Around extends EnvelopePeriod, Pick<Opened, 'status' | 'hasAllMembers'> {
  readonly envelope?: EnvelopeText
}

function signersOf({ good }: ProofResult): readonly string[] {
  return [...new Set(good.map(({ controller }) => controller))]
}

/** How the parts of a record relate, and what the endorsements in it speak of. */
async function checkRelations(
  credential: JsonObject,
  nested: readonly NestedReport[],
  signers: readonly string[],
  isPart: boolean,
  settings: Settings,
): Promise<readonly Check[]> {
  const hasAssociations = asArray(credential['credentialSubject']).some(
    (subject) => isObject(subject) && subject['association'] !== undefined,
  )
  if (!hasAssociations && nested.length === 0) return []
  const { checkAssociations, checkEndorsements } = await loadSeldom()
  return [...checkAssociations(credential, settings), ...checkEndorsements(credential, nested, signers, isPart)]
}

/** A list that is a credential goes through the checks of one; a token has signature, issuer and dates. */
export async function verifyList(
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
export async function checkShape(
  unsecured: JsonObject,
  proof: JsonValue | undefined,
  kind: 'credential' | 'presentation',
  settings: Settings,
): Promise<readonly Check[]> {
  const structure = await readStructure(unsecured, kind, settings.loadDocument, settings.budget)
  if (!structure.checks.some(isProblem)) return structure.checks
  const { acceptUndefined, areOverJson } = await loadSeldom()
  return areOverJson(proof, settings) ? acceptUndefined(structure, kind) : structure.checks
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
export function withoutProof(document: JsonObject): JsonObject {
  const { proof: _, ...unsecured } = document
  return Object.freeze(unsecured)
}

/** Nothing in a document that is not proven may steer what is done next: the rest of the line is not looked at. */
export function endingAt(checks: readonly Check[]): readonly Check[] {
  const isProof = checks.some(({ name }) => name === 'proof')
  const rest = isProof
    ? skipped('issuer', 'All else was not looked at: the proof did not pass.')
    : skipped('proof', 'The proof and all else was not looked at: the check before did not pass.')
  return [...checks, rest]
}

/** What the checks make of a credential. */
export function credentialReport(
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
