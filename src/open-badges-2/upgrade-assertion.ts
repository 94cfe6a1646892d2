/** `upgradeAssertion`: an issuer's own badge of Open Badges 2.0 as one of 3.0, for the same issuer to sign. */

import { clip } from '../encoding/clip.ts'
import { invalid, requireIri, requireOptions, requireText } from '../records/input.ts'
import { type OpenBadge, openBadge } from '../records/open-badge.ts'
import type { ProfileInput } from '../records/profile.ts'
import type { JsonObject } from '../types.ts'
import { toAward, toEvidence, toOriginal, toProfile } from './convert.ts'
import { isSameUrl } from './lookup.ts'
import { type AssertionReport, requireVouched } from './report.ts'

/** What `upgradeAssertion` takes. */
export interface UpgradeAssertionOptions {
  /** What `verifyAssertion` returned, and valid: that very object, not a copy. */
  readonly report: AssertionReport
  /**
   * The id of your own Profile in Open Badges 2.0. An assertion of any other issuer is refused, so that nobody's badge is issued anew in
   * passing: see `quoteAssertion` for those.
   */
  readonly formerIssuer: string
  /** Who signs the new one: your DID, or a profile with it. What the profile does not say is taken from the old one. */
  readonly issuer: string | ProfileInput
  /** IRI of the new badge. Default: `issue` gives it a fresh one. Give a lasting one, so that a second run supersedes the first. */
  readonly id?: string
  /** The learner's own DID, where you know it: the assertion has none. */
  readonly recipientId?: string
}

/**
 * Makes a badge of Open Badges 3.0 from one of 2.0: plain, unsigned, frozen data, like that of `openBadge`. Sign it with
 * `issue({ credential, key })`, which gives it the present as `validFrom`.
 *
 * Carried over are the recipient's identity (a hash stays as it is), the BadgeClass as achievement with its id, criteria, alignments, tags,
 * picture, language, version and related ones, evidence, narrative, `issuedOn` (as `awardedDate`) and `expires` (as `validUntil`), and the
 * issuer's name and addresses. The old assertion goes along as evidence, whole and with its digest, so that what has no place in 3.0
 * (extensions, endorsements) is not lost. Revoke or keep the old one as you see fit: nothing is done about it here.
 *
 * @throws CredentialError `CREDENTIAL_UNVERIFIED` for a report that is not valid or not the one that was returned, `OPTION_INVALID` for an
 *   assertion of another issuer and other mistakes.
 */
export function upgradeAssertion(options: UpgradeAssertionOptions): OpenBadge {
  requireOptions(options, 'upgradeAssertion', ['report', 'formerIssuer', 'issuer', 'id', 'recipientId'])
  const { formerIssuer, issuer, id, recipientId } = options
  const report = requireVouched(options.report, 'upgradeAssertion')
  requireText(formerIssuer, 'formerIssuer', 'the id of your own Profile of Open Badges 2.0')
  if (!isSameUrl(report.issuer.id, formerIssuer)) {
    throw invalid(
      `formerIssuer: the assertion is one of ${clip(report.issuer.id)}, not of ${clip(formerIssuer)}; quote it with quoteAssertion`,
    )
  }
  const { assertion, badge } = report
  const original = toOriginal(report, {
    name: `Open Badges 2.0 assertion ${assertion.id}`,
    narrative: 'The assertion that this badge takes the place of.',
  })
  return openBadge({
    ...toAward(report, recipientId),
    ...(id !== undefined && { id }),
    name: badge.name,
    issuer: toIssuer(issuer, report.issuer as unknown as JsonObject),
    evidence: [...toEvidence(assertion as unknown as JsonObject), original],
  })
}

/** The old id stays among its identifiers, so that both can be known for one issuer. */
function toIssuer(issuer: string | ProfileInput, former: JsonObject): ProfileInput {
  const own: ProfileInput = typeof issuer === 'string' ? { id: issuer } : issuer
  const id = requireIri(own?.id, 'issuer', 'your DID, or a profile with it as id')
  const otherIdentifier = { identifier: former['id'] as string, identifierType: 'identifier' } as const
  return { otherIdentifier, ...toProfile(former, id), ...own }
}
