/** What `verifyAssertion` answers: the same kind of checks and verdict as in a report on a credential. Plain data throughout. */

import { deepFreeze } from '../encoding/json.ts'
import { CredentialError } from '../errors.ts'
import type { Check } from '../report.ts'
import type { JsonObject } from '../types.ts'
import type { Assertion, BadgeClass, IssuerProfile, VerificationMethodName } from './assertion.ts'

interface ReportBase {
  readonly kind: 'assertion'
  /**
   * Every check that was made or left out, in their order: `structure`, `proof` (the signature, or that its server has it), `issuer` (whether
   * it may speak for the issuer), `holder` (the option `recipient`), `validity`, `status` (revocation), `trust`. Paths lead from the root of the
   * assertion; `/badge` and `/badge/issuer` also where these lie elsewhere.
   */
  readonly checks: readonly Check[]
  /** When it was verified, a dateTimeStamp. */
  readonly verifiedAt: string
}

/** The report on an assertion of Open Badges 2.0. `verified` narrows it. */
export type AssertionReport =
  | (ReportBase & {
      readonly verified: true
      readonly verdict: 'valid'
      /** How it was verified. */
      readonly method: VerificationMethodName
      /** What was verified: of a hosted assertion what its server has. Read this one, not the input. */
      readonly assertion: Assertion
      /** The JWS of a signed assertion; the text of a hosted one where `fetchJson` handed over text or bytes. */
      readonly text?: string
      /** What was earned, as it lies in the assertion or at its id. */
      readonly badge: BadgeClass
      /** Who issued it, as it lies at its id: a copy inside the assertion is never believed. */
      readonly issuer: IssuerProfile
    })
  | (ReportBase & {
      readonly verified: false
      readonly verdict: 'invalid' | 'indeterminate'
      /** What was read, for display only. */
      readonly unverified?: JsonObject
    })

/** A report on an assertion that is valid. */
export type ValidAssertion = Extract<AssertionReport, { readonly verified: true }>

const vouched = new WeakSet<object>()

/** Marks a report, so that no other, nor a changed copy, is taken for one later on. A mark of its own: an assertion is no credential. */
export function vouchFor(report: ValidAssertion): ValidAssertion {
  vouched.add(deepFreeze(report))
  return report
}

/** The very report that was marked; any other is refused. */
export function requireVouched(report: unknown, caller: string): ValidAssertion {
  if (typeof report === 'object' && report !== null && vouched.has(report)) return report as ValidAssertion
  throw new CredentialError(
    'CREDENTIAL_UNVERIFIED',
    `${caller}: report must be what verifyAssertion returned, that very object, and valid`,
  )
}
