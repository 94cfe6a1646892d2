/** What `verify` answers: checks with outcomes and stable codes, and how they make a verdict. Plain data throughout. */

import type { Credential, EnvelopeText, JsonObject, Presentation, Verified } from './types.ts'

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
  | 'result'
  | 'association'
  | 'endorsement'

/** Checks that a caller may leave out by name. The others always run. */
export type SkippableCheck = 'validity' | 'status' | 'schema'

/** Where the W3C problem types are defined. */
const vocabularies = {
  security: 'https://w3id.org/security#',
  dataModel: 'https://www.w3.org/TR/vc-data-model#',
  statusList: 'https://www.w3.org/ns/credentials/status-list#',
} as const

/** Stable codes: they keep their meaning for ever. */
export type ProblemCode =
  /** The input is not JSON, or not a JSON object. */
  | 'INPUT_MALFORMED'
  /** The input is larger, deeper or longer than what is read. */
  | 'LIMIT_EXCEEDED'
  /** JSON text names a member of one object twice: programs differ in which of the two they read. */
  | 'MEMBER_DUPLICATE'
  /** A member is named `__proto__`, which many programs do not take for a member. */
  | 'MEMBER_FORBIDDEN'
  /** A text holds half of a surrogate pair: it is no character, and is hashed as another one. */
  | 'SURROGATE_UNPAIRED'
  /** An integer beyond 2^53: programs differ in which integer they read. */
  | 'INTEGER_UNSAFE'
  /** A number is read as another one than was written: too large, too small, or of too many digits. */
  | 'NUMBER_INEXACT'
  /** A picture was given that has no credential in it: it may have been stripped on the way. */
  | 'CREDENTIAL_MISSING'
  /** A member that the data model asks for is missing or has the wrong shape. */
  | 'CREDENTIAL_MALFORMED'
  /** The same, in a presentation. */
  | 'PRESENTATION_MALFORMED'
  /** A property, type or id that the contexts give no meaning: it would not be covered by the signature. */
  | 'TERM_UNDEFINED'
  /**
   * The document is spelled in another way than the plain one, so that what applications read need not be what was signed.
   */
  | 'NOT_COMPACTED'
  /** A context that is not at hand; nothing is fetched unless asked. */
  | 'CONTEXT_UNKNOWN'
  /** There is no proof: anyone can have written the document. */
  | 'PROOF_MISSING'
  /** A proof lacks a member, or has one of the wrong shape. */
  | 'PROOF_MALFORMED'
  /** The signature is not that of the key over this document: something was changed, or another key signed. */
  | 'PROOF_INVALID'
  /** A format could not find out whether its proof is good. */
  | 'PROOF_UNAVAILABLE'
  /** Two implementations do not agree on the proof (option `crossCheck`). */
  | 'PROOF_DISPUTED'
  /** A claim of a JWT says something else than the credential in it. */
  | 'CLAIM_MISMATCH'
  /** A base proof of selective disclosure, which its holder keeps, was shown in place of one derived from it. */
  | 'PROOF_IS_BASE'
  /** No proof is of a format that was given to `verify`. */
  | 'PROOF_FORMAT_UNKNOWN'
  /** The proof makes use of a feature of its format that is not verified here, which the message names. */
  | 'PROOF_FEATURE_UNKNOWN'
  /** The proof is for another purpose than this use of it. */
  | 'PROOF_PURPOSE_MISMATCH'
  /** The proof itself says that it holds no longer. */
  | 'PROOF_EXPIRED'
  /** The verification method is not a DID URL, or its DID document does not have it. */
  | 'KEY_NOT_FOUND'
  /** The DID could not be resolved: an unknown method, or a resolver in trouble. */
  | 'KEY_UNAVAILABLE'
  /** The key is of an algorithm that the proof's format does not use. */
  | 'KEY_UNSUPPORTED'
  /** The DID document does not list the key for this purpose. */
  | 'KEY_PURPOSE_MISMATCH'
  /** The key's owner revoked it, or its own end date has passed. */
  | 'KEY_REVOKED'
  /** The DID document, or its key, is of another DID than the one that was asked for. */
  | 'CONTROLLER_MISMATCH'
  /** Someone else than the named issuer signed. */
  | 'ISSUER_MISMATCH'
  /** Someone else than the named holder signed the presentation. */
  | 'HOLDER_MISMATCH'
  /** The credential is about someone else than who presents it. */
  | 'SUBJECT_MISMATCH'
  /** The credential names no subject, so that it cannot be known whether it is the presenter's. */
  | 'SUBJECT_UNKNOWN'
  /** The presentation answers another challenge, or none: it may be a replay. */
  | 'CHALLENGE_MISMATCH'
  /** The presentation was made for another verifier. */
  | 'DOMAIN_MISMATCH'
  /** The credential is good from a later time on. */
  | 'NOT_YET_VALID'
  /** The credential was good until an earlier time. */
  | 'EXPIRED'
  /** The issuer revoked the credential. */
  | 'REVOKED'
  /** The issuer suspended the credential: it may become good again. */
  | 'SUSPENDED'
  /** The status was not found out: no method for it, no list, or nobody answered. It is not "not revoked". */
  | 'STATUS_UNAVAILABLE'
  /** The entry in the credential does not say where its status is. */
  | 'STATUS_ENTRY_INVALID'
  /** The list has no such place. */
  | 'STATUS_INDEX_OUT_OF_RANGE'
  /** What was found at the list's URL is not a list that may be believed: not signed, changed, of another kind, for another purpose. */
  | 'STATUS_LIST_INVALID'
  /** The list calls itself otherwise than the URL that it was found under: it may be another list of the same issuer. */
  | 'STATUS_LIST_MISMATCH'
  /** The list has so few entries that it tells whom it is about. */
  | 'STATUS_LIST_SHORT'
  /** Someone else than the credential's issuer issued the list. */
  | 'STATUS_ISSUER_MISMATCH'
  /** The list is too old to say what holds now. */
  | 'STATUS_STALE'
  /** The list is older than one that was seen before: what was revoked since may be missing. */
  | 'STATUS_ROLLBACK'
  /** The credential does not have the shape that its type asks for. */
  | 'SCHEMA_MISMATCH'
  /** The schema that the credential names is not at hand. */
  | 'SCHEMA_UNAVAILABLE'
  /** The trust registry does not have the issuer. */
  | 'ISSUER_UNTRUSTED'
  /** The trust registry could not be asked. */
  | 'TRUST_UNAVAILABLE'
  /** A credential inside this one is invalid; its own report says why. */
  | 'CONTENT_INVALID'
  /** A credential inside this one could not be decided; its own report says why. */
  | 'CONTENT_INDETERMINATE'
  /**
   * A result is out of its bounds; where conformance is asked for, also one whose value or level is not in the list, or that lacks its
   * status.
   */
  | 'RESULT_MISMATCH'
  /** A result names a description that is not there; only where conformance is asked for. */
  | 'RESULT_DANGLING'
  /** An association of a learner record names an achievement that is not in the record; only where conformance is asked for. */
  | 'ASSOCIATION_DANGLING'
  /** The associations of a learner record lead in a circle. */
  | 'ASSOCIATION_CYCLIC'
  /** An endorsement speaks of something else than what it stands in or was given for, or is no EndorsementCredential. */
  | 'ENDORSEMENT_MISMATCH'
  /** An endorsement is invalid; its own report says why. It counts for nothing, and says nothing against what it stands in. */
  | 'ENDORSEMENT_INVALID'
  /** An endorsement could not be decided; its own report says why. It counts for nothing. */
  | 'ENDORSEMENT_INDETERMINATE'
  /** The digest that a credential gives of something does not fit what is here; that of an endorsement may fit a file elsewhere, which is not fetched. */
  | 'DIGEST_MISMATCH'
  /** A check of the caller's own threw: it could not find out. */
  | 'CHECK_UNAVAILABLE'

type ProblemType = readonly [vocabulary: keyof typeof vocabularies, name: string]

/**
 * The problem type that a W3C specification gives each code (the processing errors of VC Data Model 2.0, Data Integrity
 * 1.0, Controlled Identifiers 1.0 and Bitstring Status List 1.0); `undefined` where none does.
 */
const problems: Readonly<Record<ProblemCode, ProblemType | undefined>> = {
  INPUT_MALFORMED: ['dataModel', 'PARSING_ERROR'],
  LIMIT_EXCEEDED: ['dataModel', 'RANGE_ERROR'],
  MEMBER_DUPLICATE: ['dataModel', 'PARSING_ERROR'],
  MEMBER_FORBIDDEN: ['dataModel', 'PARSING_ERROR'],
  SURROGATE_UNPAIRED: ['dataModel', 'PARSING_ERROR'],
  INTEGER_UNSAFE: ['dataModel', 'RANGE_ERROR'],
  NUMBER_INEXACT: ['dataModel', 'RANGE_ERROR'],
  CREDENTIAL_MISSING: ['dataModel', 'PARSING_ERROR'],
  CREDENTIAL_MALFORMED: ['dataModel', 'MALFORMED_VALUE_ERROR'],
  PRESENTATION_MALFORMED: ['dataModel', 'MALFORMED_VALUE_ERROR'],
  TERM_UNDEFINED: ['dataModel', 'MALFORMED_VALUE_ERROR'],
  NOT_COMPACTED: ['dataModel', 'MALFORMED_VALUE_ERROR'],
  CONTEXT_UNKNOWN: undefined,
  PROOF_MISSING: ['security', 'PROOF_VERIFICATION_ERROR'],
  PROOF_MALFORMED: ['security', 'PROOF_VERIFICATION_ERROR'],
  PROOF_INVALID: ['dataModel', 'CRYPTOGRAPHIC_SECURITY_ERROR'],
  PROOF_UNAVAILABLE: undefined,
  PROOF_DISPUTED: ['security', 'PROOF_VERIFICATION_ERROR'],
  CLAIM_MISMATCH: ['security', 'PROOF_VERIFICATION_ERROR'],
  PROOF_IS_BASE: ['security', 'PROOF_VERIFICATION_ERROR'],
  PROOF_FORMAT_UNKNOWN: undefined,
  PROOF_FEATURE_UNKNOWN: undefined,
  PROOF_PURPOSE_MISMATCH: ['security', 'INVALID_PROOF_PURPOSE_FOR_VERIFICATION_METHOD'],
  PROOF_EXPIRED: ['security', 'PROOF_VERIFICATION_ERROR'],
  KEY_NOT_FOUND: ['security', 'INVALID_VERIFICATION_METHOD'],
  KEY_UNAVAILABLE: undefined,
  KEY_UNSUPPORTED: ['security', 'INVALID_VERIFICATION_METHOD'],
  KEY_PURPOSE_MISMATCH: ['security', 'INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD'],
  KEY_REVOKED: ['security', 'INVALID_VERIFICATION_METHOD'],
  CONTROLLER_MISMATCH: ['security', 'INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID'],
  ISSUER_MISMATCH: ['security', 'PROOF_VERIFICATION_ERROR'],
  HOLDER_MISMATCH: ['security', 'PROOF_VERIFICATION_ERROR'],
  SUBJECT_MISMATCH: undefined,
  SUBJECT_UNKNOWN: undefined,
  CHALLENGE_MISMATCH: ['security', 'INVALID_CHALLENGE_ERROR'],
  DOMAIN_MISMATCH: ['security', 'INVALID_DOMAIN_ERROR'],
  NOT_YET_VALID: ['dataModel', 'RANGE_ERROR'],
  EXPIRED: ['dataModel', 'RANGE_ERROR'],
  REVOKED: undefined,
  SUSPENDED: undefined,
  STATUS_UNAVAILABLE: ['statusList', 'STATUS_RETRIEVAL_ERROR'],
  STATUS_ENTRY_INVALID: ['dataModel', 'MALFORMED_VALUE_ERROR'],
  STATUS_INDEX_OUT_OF_RANGE: ['dataModel', 'RANGE_ERROR'],
  STATUS_LIST_INVALID: ['statusList', 'STATUS_VERIFICATION_ERROR'],
  STATUS_LIST_MISMATCH: ['statusList', 'STATUS_VERIFICATION_ERROR'],
  STATUS_LIST_SHORT: ['statusList', 'STATUS_LIST_LENGTH_ERROR'],
  STATUS_ISSUER_MISMATCH: ['statusList', 'STATUS_VERIFICATION_ERROR'],
  STATUS_STALE: ['statusList', 'STATUS_VERIFICATION_ERROR'],
  STATUS_ROLLBACK: ['statusList', 'STATUS_VERIFICATION_ERROR'],
  SCHEMA_MISMATCH: ['dataModel', 'MALFORMED_VALUE_ERROR'],
  SCHEMA_UNAVAILABLE: undefined,
  ISSUER_UNTRUSTED: undefined,
  TRUST_UNAVAILABLE: undefined,
  CONTENT_INVALID: undefined,
  CONTENT_INDETERMINATE: undefined,
  RESULT_MISMATCH: undefined,
  RESULT_DANGLING: undefined,
  ASSOCIATION_DANGLING: undefined,
  ASSOCIATION_CYCLIC: undefined,
  ENDORSEMENT_MISMATCH: undefined,
  ENDORSEMENT_INVALID: undefined,
  ENDORSEMENT_INDETERMINATE: undefined,
  DIGEST_MISMATCH: undefined,
  CHECK_UNAVAILABLE: undefined,
}

/** Every code, for tools that list or explain them. */
export const problemCodes: readonly ProblemCode[] = Object.keys(problems) as ProblemCode[]

/** The W3C problem type of a code, for RFC 9457 answers; `undefined` where no specification names one. */
export function problemType(code: ProblemCode): string | undefined {
  const type = problems[code]
  return type && `${vocabularies[type[0]]}${type[1]}`
}

/** Which list was read, and how old it is. */
export interface StatusSource {
  /** URL of the list, as the credential names it. */
  readonly url: string
  /** `given`: by the caller. `stapled`: by who presents. `loaded`: by the look-up plug-in. */
  readonly origin: 'given' | 'stapled' | 'loaded'
  /** When its issuer made it: the later of the start of its validity and its signature. Absent where it does not say. */
  readonly asOf?: string
  /** When it was loaded. */
  readonly fetchedAt?: string
  /** Seconds since it was loaded or, for a list that was not, since it was made. Absent where neither is known. */
  readonly age?: number
}

/** What a status list says of a credential. */
export interface StatusResult {
  /** Type of the entry in `credentialStatus`, or of the status of the JWT. Of several that were not looked up, all of them. */
  readonly type: string
  /** Such as `revocation`, `suspension`, `message`, `refresh`; or `unknown`. */
  readonly purpose: string
  /** 0: not set. Absent where it was not found out. */
  readonly value?: number
  /** What the issuer says that the value means, or why it revoked. */
  readonly meaning?: string
  /** Absent where no list was had. */
  readonly source?: StatusSource
}

/** One step on the way from who is trusted to an issuer: somebody says something of somebody. */
export interface TrustLink {
  /** Who says it: the name of a list, the id of an issuer, the address of an authority. */
  readonly by: string
  /** Of whom: the id of the next one in the chain, the issuer at its end. */
  readonly about: string
  /** Id of the credential or list that it stands in. */
  readonly in?: string
}

/** Which registry vouches for an issuer. */
export interface TrustEntry {
  /** Name of the registry. */
  readonly registry: string
  /** Name of the issuer there. */
  readonly name?: string
  /** Where people can look it up. */
  readonly url?: string
  /** How the registry comes to it, from whom the verifier trusts to the issuer. */
  readonly chain?: readonly TrustLink[]
}

/** What a thing is to the credential that it is in: itself, who issued it, whom it is about, what was achieved, evidence of it. */
export type EndorsedKind = 'credential' | 'issuer' | 'subject' | 'achievement' | 'evidence' | 'other'

/** Something in a credential that an endorsement speaks of. */
export interface EndorsedThing {
  readonly id: string
  /** What it is to the credential. An id that is used for several things is the first of them, in the order of the type. */
  readonly kind: EndorsedKind
  /**
   * The endorsement gives a digest of it, and that is the digest of what is here. Without one it is endorsed by its id alone: whoever
   * issues a credential can give that id to something else.
   */
  readonly isBound: boolean
}

/** Who endorses what. */
export interface EndorsementResult {
  /** Where it was found: in `endorsement`, in `endorsementJwt`, or given beside the credential. */
  readonly origin: 'embedded' | 'endorsementJwt' | 'detached'
  /** With `detached`: its place in the option `endorsements`, and that of its report in `endorsements` of the outermost report. */
  readonly index?: number
  /** Who endorses: the id of its issuer. Absent where the endorsement is not valid, so that nobody is known to have said it. */
  readonly endorser?: string
  /** Whether a registry knows the endorser. */
  readonly isTrusted?: boolean
  /** The endorser issued the credential, is whom it is about, or made what is endorsed: nobody else stands by it. */
  readonly isOwnWord?: boolean
  /** It can be revoked, and whether it was is not known. */
  readonly isStatusOpen?: true
  /** What it speaks of in this credential. Empty where it is not good. */
  readonly about: readonly EndorsedThing[]
}

interface CheckBase {
  readonly name: CheckName | `x-${string}`
  /** One sentence for people. */
  readonly message: string
  /** JSON Pointer (RFC 6901) to what the check is about, from the root of the document that was verified. */
  readonly path?: string
  /** What does not change the outcome but should be known. */
  readonly notes?: readonly string[]
  /** With the check `status`: what it was about, and what was read. A skipped check has it where there is a status that was not looked up. */
  readonly status?: StatusResult
  /** With the check `trust`: what the registry has of the issuer. */
  readonly trust?: TrustEntry
  /** With the check `endorsement`: who endorses what. */
  readonly endorsement?: EndorsementResult
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
  /**
   * Path of a later version beside it: same issuer, same id, later start of validity. What this one says holds no longer, however good its
   * proof is.
   */
  readonly supersededBy?: string
}

interface ReportBase {
  /** What it all comes to. */
  readonly verdict: Verdict
  /** Every check that was made or left out, in their order. */
  readonly checks: readonly Check[]
  /**
   * Reports on the credentials inside a credential. A presentation has its own in `credentials`, and here those on the status lists
   * that are stapled to it and were verified.
   */
  readonly nested: readonly NestedReport[]
  /** Where `endorsements` were given to `verify`: the report on each, in their order. What they speak of stands in the checks. */
  readonly endorsements?: readonly CredentialReport[]
}

/** The report on a credential. `verified` narrows it: only then does `credential` have a type. */
export type CredentialReport =
  | (ReportBase & {
      readonly kind: 'credential'
      readonly verified: true
      readonly verdict: 'valid'
      /** The credential as it was verified: a frozen copy. Read this one, not the input. */
      readonly credential: Verified<Credential>
      /** Where it came as a JWT or the like. */
      readonly envelope?: EnvelopeText
      /** The issuer's id: the DID that signed, or one that `acceptController` accepts for it. */
      readonly issuer: string
      /** Whoever shows it chose what of it to show: it may have more members, and say less with them. Absent where the whole is signed. */
      readonly isPart?: true
      /** Whose keys made the proofs that passed, each named once: the issuer's, and those that options accept. */
      readonly signers: readonly string[]
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
      /** Where it came as a JWT or the like. */
      readonly envelope?: EnvelopeText
      /** The holder's DID. */
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

type Extra = Pick<CheckBase, 'path' | 'notes' | 'status' | 'trust' | 'endorsement'> & { readonly detail?: JsonObject }

/** Longest message: it may quote what a stranger wrote. */
const LONGEST = 600

/** What nearly all messages are made of, in a quick look. */
const plainText = /^[ -~]*$/

/** Text for people's eyes: bounded, and without characters that move a terminal's cursor or turn the direction of what follows. */
function clean(message: string): string {
  const shown = message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message
  if (plainText.test(shown)) return shown
  return shown.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

function cleanNotes<E extends Pick<Extra, 'notes' | 'status' | 'trust'>>(extra: E): E {
  if (!extra.notes && !extra.status && !extra.trust) return extra
  const { notes = [], status, trust, ...rest } = extra
  return {
    ...(rest as E),
    ...(notes.length > 0 && { notes: notes.map(clean) }),
    ...(status && { status: cleanStatus(status) }),
    ...(trust && { trust: cleanTrust(trust) }),
  }
}

/** What a registry answered, member by member: it may have been made of what strangers wrote. */
function cleanTrust({ registry, name, url, chain }: TrustEntry): TrustEntry {
  return {
    registry: clean(registry),
    ...(name !== undefined && { name: clean(String(name)) }),
    ...(url !== undefined && { url: clean(String(url)) }),
    ...(chain && { chain: chain.map(cleanLink) }),
  }
}

function cleanLink({ by, about, in: source }: TrustLink): TrustLink {
  return {
    by: clean(String(by)),
    about: clean(String(about)),
    ...(source !== undefined && { in: clean(String(source)) }),
  }
}

function cleanStatus({ type, purpose, meaning, source, ...rest }: StatusResult): StatusResult {
  return {
    type: clean(type),
    purpose: clean(purpose),
    ...rest,
    ...(meaning !== undefined && { meaning: clean(meaning) }),
    ...(source && { source: { ...source, url: clean(source.url) } }),
  }
}

/** A check that passed. */
export function passed(name: Check['name'], message: string, extra: Omit<Extra, 'detail'> = {}): Check {
  return told(name, 'passed', message, extra)
}

/** A check that was not made, and why. */
export function skipped(name: Check['name'], message: string, extra: Omit<Extra, 'detail'> = {}): Check {
  return told(name, 'skipped', message, extra)
}

/** Most checks have a place and no more: these are made without a spread, as a call makes many of them. */
function told(
  name: Check['name'],
  outcome: 'passed' | 'skipped',
  message: string,
  extra: Omit<Extra, 'detail'>,
): Check {
  const { path, notes, status, trust, endorsement } = extra
  if (notes?.length || status || trust || endorsement)
    return { name, outcome, message: clean(message), ...cleanNotes(extra) }
  return path === undefined
    ? { name, outcome, message: clean(message) }
    : { name, outcome, message: clean(message), path }
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
  return { name, outcome, code, message: clean(message), ...(type && { problemType: type }), ...cleanNotes(extra) }
}

/** Whether a check stands in the way of `valid`; it then has a code. For `report.checks.filter(isProblem)`. */
export function isProblem(check: Check): check is Check & { readonly outcome: 'failed' | 'inconclusive' } {
  return check.name !== 'endorsement' && (check.outcome === 'failed' || check.outcome === 'inconclusive')
}

/**
 * Whether a check did not pass and decides nothing all the same: an endorsement that is broken. It is somebody else's word, which says
 * nothing against the record and must not be counted for it. For `report.checks.filter(isWarning)`.
 */
export function isWarning(check: Check): check is Check & { readonly outcome: 'failed' | 'inconclusive' } {
  return check.name === 'endorsement' && (check.outcome === 'failed' || check.outcome === 'inconclusive')
}

/**
 * The verdict over the checks of one document. A failure decides; then anything undecided; and without a passed proof
 * nothing is valid, whatever else passed. Endorsements decide nothing.
 */
export function verdictOf(checks: readonly Check[]): Verdict {
  const problems = checks.filter(isProblem)
  if (problems.some((check) => check.outcome === 'failed')) return 'invalid'
  if (problems.length > 0) return 'indeterminate'
  return checks.some((check) => check.name === 'proof' && check.outcome === 'passed') ? 'valid' : 'indeterminate'
}
