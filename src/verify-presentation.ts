/** A presentation through its checks in their order, and every credential in it. */

import { checkPresented } from './checks/contents.ts'
import type { EnvelopeInput } from './checks/envelope.ts'
import { checkForm, mayBeEnveloped } from './checks/form.ts'
import { checkPresenter, type Expectation, holderOf } from './checks/presenter.ts'
import { checkProofs, findExcess, type ProofResult } from './checks/proof.ts'
import type { Settings } from './checks/settings.ts'
import { checkPresentationStatus, leaveLists } from './checks/status-need.ts'
import { checkMembers } from './checks/structure.ts'
import { checkPeriod } from './checks/validity.ts'
import { asArray, pointer, readJson } from './encoding/json.ts'
import { mapSeveral } from './encoding/several.ts'
import { markVerified } from './encoding/verified.ts'
import { findTooMany, findTooManyLists } from './records/contents.ts'
import {
  type Check,
  type CredentialReport,
  isProblem,
  type NestedReport,
  type PresentationReport,
  verdictOf,
} from './report.ts'
import { listsIn, readShown } from './shown.ts'
import type { EnvelopeText, JsonObject, Presentation, Verified } from './types.ts'
import { checkShape, endingAt, openEnvelope, verifyCredential, verifyList, withoutProof } from './verify-credential.ts'

const loadSeldom = () => import('./seldom.ts')

/** Whatever a stranger sent as a presentation. */
export async function verifyPresentation(
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
  const shown = await readShown(asArray(member), settings)
  const lists = listsIn(settings.skip.has('status') ? [] : shown)
  const excess = findTooManyLists(lists.size)
  if (excess) return presentationReport(presentation, [...before, excess])
  const several = shown.length > 1 ? { ...settings, isOneOfMany: true } : settings
  const withLists = lists.size === 0 ? several : (await loadSeldom()).withStapled(several, lists)
  const looked = await mapSeveral([...shown.entries()], async ([index, { credential, envelope, list }]) => {
    const path = Array.isArray(member) ? pointer('/verifiableCredential', index) : '/verifiableCredential'
    if (list) {
      if (lists.get(list.id) !== list) return {}
      return { stapled: { path, report: await (await loadSeldom()).checkStapled(list, withLists, verifyList) } }
    }
    const place = { level: 0, presenter: holder }
    const report = await verifyCredential(credential, { value: credential }, withLists, place, envelope)
    return { presented: { path, report } }
  })
  const presented = looked.flatMap((each) => each.presented ?? [])
  const stapled = looked.flatMap((each) => each.stapled ?? [])
  const credentials = presented.map(({ report }) => report)
  const checks = [
    ...before,
    ...checkPresenter(presentation, proof.good, expected),
    ...leaveLists(shown.length - presented.length - stapled.length, settings),
    ...checkPresented(presented),
  ]
  return presentationReport(presentation, checks, credentials, holder, stapled, envelope)
}

/** What the checks make of a presentation. */
export function presentationReport(
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
