/** `quoteAssertion`: somebody else's badge of Open Badges 2.0, as what who quotes it found out about it. */

import { clip } from '../encoding/clip.ts'
import { invalid, requireIri, requireOptions } from '../records/input.ts'
import { type OpenBadge, openBadge } from '../records/open-badge.ts'
import type { ProfileInput } from '../records/profile.ts'
import type { JsonObject } from '../types.ts'
import { embed, toAward, toEvidence, toOriginal, toProfile } from './convert.ts'
import { isSameUrl } from './lookup.ts'
import { type AssertionReport, requireVouched, type ValidAssertion } from './report.ts'

/** What `quoteAssertion` takes. */
export interface QuoteAssertionOptions {
  /** What `verifyAssertion` returned, and valid: that very object, not a copy. */
  readonly report: AssertionReport
  /** Who quotes, and signs: your DID, or a profile with it. It is not the issuer of the badge that is quoted. */
  readonly issuer: string | ProfileInput
  /** IRI of the quotation. Default: `issue` gives it a fresh one. */
  readonly id?: string
  /** The learner's own DID, where you know that it is the same person: you vouch for that as well. */
  readonly recipientId?: string
}

/**
 * Makes an authenticated quotation of a badge of Open Badges 2.0: plain, unsigned, frozen data, like that of `openBadge`, to be signed with
 * `issue({ credential, key })` by who quotes. It says in its own words that it is a quotation, who verified what and when, and is never as if the
 * original issuer had issued it: that one is the `creator` of the achievement and the `source` of the award.
 *
 * Two pieces of evidence hold the original (the signed text, or the document as it was served) and the report on it (verdict, time, every check
 * that was made or left out), each whole and with its digest. All else is carried over as by `upgradeAssertion`.
 *
 * @throws CredentialError `CREDENTIAL_UNVERIFIED` for a report that is not valid or not the one that was returned, `OPTION_INVALID` for a
 *   quotation in the name of the original issuer and other mistakes.
 */
export function quoteAssertion(options: QuoteAssertionOptions): OpenBadge {
  requireOptions(options, 'quoteAssertion', ['report', 'issuer', 'id', 'recipientId'])
  const { issuer, id, recipientId } = options
  const report = requireVouched(options.report, 'quoteAssertion')
  const quoter = typeof issuer === 'string' ? issuer : issuer?.id
  requireIri(quoter, 'issuer', 'your DID, or a profile with it as id')
  if (isSameUrl(quoter, report.issuer.id)) {
    throw invalid(
      `issuer: ${clip(quoter)} issued the assertion itself; who quotes is somebody else (see upgradeAssertion for your own)`,
    )
  }
  const { assertion, badge } = report
  const original = toProfile(report.issuer as unknown as JsonObject, report.issuer.id)
  const { achievement, ...award } = toAward(report, recipientId)
  return openBadge({
    ...award,
    ...(id !== undefined && { id }),
    name: `Quotation: ${badge.name}`,
    description: describe(report, typeof issuer === 'string' ? undefined : issuer.name),
    issuer,
    achievement: { ...achievement, creator: original },
    source: original,
    evidence: [
      toOriginal(report, {
        name: `Open Badges 2.0 assertion ${assertion.id}`,
        narrative: `The assertion that is quoted, by ${report.issuer.name} (${report.issuer.id}).`,
      }),
      embed(JSON.stringify(accountOf(report)), 'application/json', {
        name: 'Report on the verification of the assertion',
        narrative: report.checks.map(({ name, outcome, message }) => `- ${name}, ${outcome}: ${message}`).join('\n'),
      }),
      ...toEvidence(assertion as unknown as JsonObject),
    ],
  })
}

function describe(
  { verifiedAt, issuer, badge, assertion, method }: ValidAssertion,
  quoter: string | undefined,
): string {
  const who = quoter ?? 'The issuer of this quotation'
  const how = method === 'signed' ? 'its signature' : 'what its server has'
  return [
    `${who} verified on ${verifiedAt}, by ${how}, that ${issuer.name} (${issuer.id}) awarded "${badge.name}" on ${assertion.issuedOn}.`,
    `This is a quotation: it was not issued by ${issuer.name}.`,
  ].join(' ')
}

/** The report without what is quoted beside it. */
function accountOf({ verdict, verifiedAt, method, checks, assertion, issuer }: ValidAssertion): JsonObject {
  const account = { kind: 'assertion', id: assertion.id, issuer: issuer.id, verdict, verifiedAt, method, checks }
  return account as unknown as JsonObject
}
