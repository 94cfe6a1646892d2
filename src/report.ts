/** What `verify` answers: checks with outcomes and stable codes, and how they make a verdict. Plain data throughout. */

import type { Credential, JsonObject, Presentation, Verified } from './types.ts'

/** What came of a check. `inconclusive`: could not find out. `skipped`: did not apply, or was not asked; the message says why. */
export type Outcome = 'passed' | 'failed' | 'inconclusive' | 'skipped'

/** `valid`: every required check passed. `invalid`: one failed. `indeterminate`: none failed, but one could not be decided. */
export type Verdict = 'valid' | 'invalid' | 'indeterminate'

/** The checks of this package, in the order in which they run. Your own are named `x-…`. */
export type CheckName =
  | 'structure'
  | 'proof'
  | 'issuer'
  | 'holder'
  | 'challenge'
  | 'domain'
  | 'validity'
  | 'status'
  | 'schema'
  | 'trust'
  | 'contents'

/** Checks that a caller may leave out by name. The others always run. */
export type SkippableCheck = 'validity' | 'status' | 'schema'

const security = 'https://w3id.org/security#'
const dataModel = 'https://www.w3.org/TR/vc-data-model#'
const statusList = 'https://www.w3.org/ns/credentials/status-list#'

/**
 * Every code with the problem type that a W3C specification gives it (VC Data Model 2.0 section 7.1, Data Integrity 1.0
 * section 4.8, Controlled Identifiers 1.0 section 3.5, Bitstring Status List 1.0 section 3.5); `undefined` where none does.
 */
const problems = {
  /** The input is not JSON, or not a JSON object. */
  INPUT_MALFORMED: `${dataModel}PARSING_ERROR`,
  /** The input is larger, deeper or longer than what is read. */
  LIMIT_EXCEEDED: `${dataModel}RANGE_ERROR`,
  /** A member that the data model asks for is missing or has the wrong shape. */
  CREDENTIAL_MALFORMED: `${dataModel}MALFORMED_VALUE_ERROR`,
  /** The same, in a presentation. */
  PRESENTATION_MALFORMED: `${dataModel}MALFORMED_VALUE_ERROR`,
  /** A property, type or id that the contexts give no meaning: it would not be covered by the signature. */
  TERM_UNDEFINED: `${dataModel}MALFORMED_VALUE_ERROR`,
  /** A context that is not at hand; nothing is fetched unless asked. */
  CONTEXT_UNKNOWN: undefined,
  PROOF_MISSING: `${security}PROOF_VERIFICATION_ERROR`,
  PROOF_MALFORMED: `${security}PROOF_VERIFICATION_ERROR`,
  /** The signature is not that of the key over this document: something was changed, or another key signed. */
  PROOF_INVALID: `${dataModel}CRYPTOGRAPHIC_SECURITY_ERROR`,
  /** No proof is of a format that was given to `verify`. */
  PROOF_FORMAT_UNKNOWN: undefined,
  /** The proof is for another purpose than this use of it. */
  PROOF_PURPOSE_MISMATCH: `${security}INVALID_PROOF_PURPOSE_FOR_VERIFICATION_METHOD`,
  /** The proof itself says that it holds no longer. */
  PROOF_EXPIRED: `${security}PROOF_VERIFICATION_ERROR`,
  /** The verification method is not a DID URL, or its DID document does not have it. */
  KEY_NOT_FOUND: `${security}INVALID_VERIFICATION_METHOD`,
  /** The DID could not be resolved: an unknown method, or a resolver in trouble. */
  KEY_UNAVAILABLE: undefined,
  /** The key is of an algorithm that the proof's format does not use. */
  KEY_UNSUPPORTED: `${security}INVALID_VERIFICATION_METHOD`,
  /** The DID document does not list the key for this purpose. */
  KEY_PURPOSE_MISMATCH: `${security}INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD`,
  /** The key's owner revoked it, or its own end date has passed. */
  KEY_REVOKED: `${security}INVALID_VERIFICATION_METHOD`,
  /** The DID document, or its key, is of another DID than the one that was asked for. */
  CONTROLLER_MISMATCH: `${security}INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID`,
  /** Someone else than the named issuer signed. */
  ISSUER_MISMATCH: `${security}PROOF_VERIFICATION_ERROR`,
  /** Someone else than the named holder signed the presentation. */
  HOLDER_MISMATCH: `${security}PROOF_VERIFICATION_ERROR`,
  /** The credential is about someone else than who presents it. */
  SUBJECT_MISMATCH: undefined,
  /** The credential names no subject, so that it cannot be known whether it is the presenter's. */
  SUBJECT_UNKNOWN: undefined,
  /** The presentation answers another challenge, or none: it may be a replay. */
  CHALLENGE_MISMATCH: `${security}INVALID_CHALLENGE_ERROR`,
  /** The presentation was made for another verifier. */
  DOMAIN_MISMATCH: `${security}INVALID_DOMAIN_ERROR`,
  NOT_YET_VALID: `${dataModel}RANGE_ERROR`,
  EXPIRED: `${dataModel}RANGE_ERROR`,
  /** The status was not found out. It is not "not revoked". */
  STATUS_UNAVAILABLE: `${statusList}STATUS_RETRIEVAL_ERROR`,
  /** The credential does not have the shape that its type asks for. */
  SCHEMA_MISMATCH: `${dataModel}MALFORMED_VALUE_ERROR`,
  /** The schema that the credential names is not at hand. */
  SCHEMA_UNAVAILABLE: undefined,
  /** The trust registry does not have the issuer. */
  ISSUER_UNTRUSTED: undefined,
  /** The trust registry could not be asked. */
  TRUST_UNAVAILABLE: undefined,
  /** A credential inside this one is invalid; its own report says why. */
  CONTENT_INVALID: undefined,
  /** A credential inside this one could not be decided; its own report says why. */
  CONTENT_INDETERMINATE: undefined,
  /** A check of the caller's own threw: it could not find out. */
  CHECK_UNAVAILABLE: undefined,
} as const

/** Stable codes: they keep their meaning for ever. */
export type ProblemCode = keyof typeof problems

/** Every code, for tools that list or explain them. */
export const problemCodes: readonly ProblemCode[] = Object.keys(problems) as ProblemCode[]

/** The W3C problem type of a code, for RFC 9457 answers; `undefined` where no specification names one. */
export function problemType(code: ProblemCode): string | undefined {
  return problems[code]
}

interface CheckBase {
  readonly name: CheckName | `x-${string}`
  /** One sentence for people. */
  readonly message: string
  /** JSON Pointer (RFC 6901) to what the check is about, from the root of the document that was verified. */
  readonly path?: string
  /** What does not change the outcome but should be known. */
  readonly notes?: readonly string[]
}

/** One check and what came of it. `outcome` decides whether there is a `code`. */
export type Check =
  | (CheckBase & { readonly outcome: 'passed' | 'skipped' })
  | (CheckBase & {
      readonly outcome: 'failed' | 'inconclusive'
      readonly code: ProblemCode | `X_${string}`
      /** W3C problem type URL, where a specification names one. */
      readonly problemType?: string
      readonly detail?: JsonObject
    })

/** A credential found inside another one (a record in a CLR, an endorsement), with its own report. */
export interface NestedReport {
  /** JSON Pointer from the root of the outer document. */
  readonly path: string
  readonly report: CredentialReport
}

interface ReportBase {
  readonly verdict: Verdict
  readonly checks: readonly Check[]
  readonly nested: readonly NestedReport[]
}

/** The report on a credential. `verified` narrows it: only then does `credential` have a type. */
export type CredentialReport =
  | (ReportBase & {
      readonly kind: 'credential'
      readonly verified: true
      readonly verdict: 'valid'
      /** The credential as it was verified: a frozen copy. Read this one, not the input. */
      readonly credential: Verified<Credential>
      readonly issuer: string
    })
  | (ReportBase & {
      readonly kind: 'credential'
      readonly verified: false
      readonly verdict: 'invalid' | 'indeterminate'
      /** What was read, for display only. Absent when the input is not a JSON object. */
      readonly unverified?: JsonObject
    })

/** The report on a presentation and each credential in it. */
export type PresentationReport =
  | (ReportBase & {
      readonly kind: 'presentation'
      readonly verified: true
      readonly verdict: 'valid'
      /** The presentation as it was verified: a frozen copy. */
      readonly presentation: Verified<Presentation>
      readonly holder: string
      readonly credentials: readonly (CredentialReport & { readonly verified: true })[]
    })
  | (ReportBase & {
      readonly kind: 'presentation'
      readonly verified: false
      readonly verdict: 'invalid' | 'indeterminate'
      readonly unverified?: JsonObject
      readonly credentials: readonly CredentialReport[]
    })

type Extra = { readonly path?: string; readonly notes?: readonly string[]; readonly detail?: JsonObject }

/** A check that passed. */
export function passed(name: Check['name'], message: string, extra: Omit<Extra, 'detail'> = {}): Check {
  return { name, outcome: 'passed', message, ...extra }
}

/** A check that was not made, and why. */
export function skipped(name: Check['name'], message: string, extra: Omit<Extra, 'detail'> = {}): Check {
  return { name, outcome: 'skipped', message, ...extra }
}

/** A check that found what must not be. */
export function failed(name: Check['name'], code: ProblemCode, message: string, extra: Extra = {}): Check {
  return problem(name, 'failed', code, message, extra)
}

/** A check that could not find out. */
export function inconclusive(name: Check['name'], code: ProblemCode, message: string, extra: Extra = {}): Check {
  return problem(name, 'inconclusive', code, message, extra)
}

function problem(
  name: Check['name'],
  outcome: 'failed' | 'inconclusive',
  code: ProblemCode,
  message: string,
  extra: Extra,
): Check {
  const type = problemType(code)
  return { name, outcome, code, message, ...(type && { problemType: type }), ...extra }
}

/** Whether a check stands in the way of `valid`. */
export function isProblem(check: Check): check is Check & { readonly outcome: 'failed' | 'inconclusive' } {
  return check.outcome === 'failed' || check.outcome === 'inconclusive'
}

/**
 * The verdict over the checks of one document. A failure decides; then anything undecided; and without a passed proof
 * nothing is valid, whatever else passed.
 */
export function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.some((check) => check.outcome === 'failed')) return 'invalid'
  if (checks.some((check) => check.outcome === 'inconclusive')) return 'indeterminate'
  return checks.some((check) => check.name === 'proof' && check.outcome === 'passed') ? 'valid' : 'indeterminate'
}
