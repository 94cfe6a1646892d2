/** The registered claims of a JWT beside a credential (RFC 7519 section 4.1): what each says, and that it says the same. */

import { parseDateTimeStamp } from '../encoding/date-time.ts'
import { asArray, idOf, isObject } from '../encoding/json.ts'
import type { JsonObject, OneOrMany } from '../types.ts'
import type { EnvelopeProblem, KeyHint, Opened } from './envelope.ts'

/** The claims that are read. Times are in milliseconds since 1970. */
export interface Claims {
  readonly iss?: string
  readonly sub?: string
  readonly jti?: string
  readonly nonce?: string
  readonly aud?: OneOrMany<string>
  readonly nbf?: number
  readonly exp?: number
  readonly iat?: number
  /** The claim `status`, which refers to a status list of the token (draft-ietf-oauth-status-list section 6). */
  readonly status?: JsonObject
}

/** Claims of the envelope that are no members of a credential or presentation. */
const ofEnvelope = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'cnf'] as const

/** The first and the last second that a dateTimeStamp can say: those of the years 0 to 9999. */
const FIRST_SECOND = -62_167_219_200
const LAST_SECOND = 253_402_300_799

/** Reads the claims of a payload. */
export function readClaims(payload: JsonObject): Claims | EnvelopeProblem {
  const { iss, sub, jti, nonce, aud, nbf, exp, iat, status } = payload
  for (const [name, value] of Object.entries({ iss, sub, jti, nonce })) {
    if (value !== undefined && typeof value !== 'string') return malformed(`its claim "${name}" is not text`)
  }
  for (const [name, value] of Object.entries({ nbf, exp, iat })) {
    const isDate = typeof value === 'number' && value >= FIRST_SECOND && value <= LAST_SECOND
    if (value !== undefined && !isDate)
      return malformed(`its claim "${name}" is no time of the years 0 to 9999, in seconds since 1970`)
  }
  if (!asArray(aud).every((each) => typeof each === 'string')) {
    return malformed('its claim "aud" is neither text nor a list of text')
  }
  return {
    ...({ iss, sub, jti, nonce, aud } as Claims),
    ...(typeof nbf === 'number' && { nbf: nbf * 1000 }),
    ...(typeof exp === 'number' && { exp: exp * 1000 }),
    ...(typeof iat === 'number' && { iat: iat * 1000 }),
    ...(isObject(status) && { status }),
    // A list of references is none of the specification's: it is not passed over, and names nothing that could be looked up.
    ...(status !== undefined && !isObject(status) && { status: {} }),
  }
}

/** A payload that is itself the document, without what belongs to the envelope. */
export function withoutClaims(payload: JsonObject): JsonObject {
  const document: { [member: string]: JsonObject[string] } = { ...payload }
  for (const name of ofEnvelope) delete document[name]
  return Object.freeze(document)
}

/**
 * Whether `jti` and `sub` are the credential's id and its subject's. `iss` is compared with the key, and so with the issuer,
 * by the checks; the times hold besides those of the credential.
 */
export function findMismatch(credential: JsonObject, claims: Claims): EnvelopeProblem | undefined {
  const { jti, sub } = claims
  const { id } = credential
  if (jti !== undefined && id !== undefined && jti !== id) {
    return mismatch(`its claim "jti" (${jti}) is not the credential's id`)
  }
  const subjects = asArray(credential['credentialSubject']).map((subject) =>
    isObject(subject) ? subject['id'] : undefined,
  )
  const named = subjects.filter((subject) => subject !== undefined)
  if (sub !== undefined && named.length > 0 && !named.includes(sub)) {
    return mismatch(`its claim "sub" (${sub}) is not whom the credential is about`)
  }
  return undefined
}

/** Who is said to have signed, and with which key. */
export function keyHint(header: JsonObject, { iss }: Claims): KeyHint {
  const { kid, jwk } = header
  return {
    ...(iss !== undefined && { iss }),
    ...(typeof kid === 'string' && { kid }),
    ...(isObject(jwk) && { jwk }),
  }
}

/** What the claims say of the envelope itself: its answer to a verifier, how long it holds, whether it can be revoked. */
export function answerOf({
  nonce,
  aud,
  nbf,
  exp,
  iat,
  status,
}: Claims): Pick<Opened, 'challenge' | 'domain' | 'notBefore' | 'expires' | 'issuedAt' | 'status'> {
  return {
    ...(nonce !== undefined && { challenge: nonce }),
    ...(aud !== undefined && { domain: aud }),
    ...(nbf !== undefined && { notBefore: nbf }),
    ...(exp !== undefined && { expires: exp }),
    ...(iat !== undefined && { issuedAt: iat }),
    ...(status && { status }),
  }
}

/** The claims of a credential or presentation that is to be signed, by the mapping of VC Data Model 1.1 section 6.3.1. */
export function claimsOf(document: JsonObject): JsonObject {
  const { id, issuer, holder, validFrom, issuanceDate, validUntil, expirationDate } = document
  const subjects = asArray(document['credentialSubject'])
  const sub = subjects.length === 1 ? idOf(subjects[0]) : undefined
  const iss = idOf(issuer) ?? idOf(holder)
  const nbf = validFrom ?? issuanceDate
  const exp = validUntil ?? expirationDate
  return {
    ...(iss !== undefined && { iss }),
    ...(typeof id === 'string' && { jti: id }),
    ...(sub !== undefined && { sub }),
    ...(nbf !== undefined && { nbf: seconds(nbf) }),
    ...(exp !== undefined && { exp: seconds(exp) }),
  }
}

/** Whole seconds since 1970 of a dateTimeStamp, which the structure check has read. */
function seconds(date: unknown): number {
  return Math.floor((parseDateTimeStamp(date) as number) / 1000)
}

function malformed(problem: string): EnvelopeProblem {
  return { problem, code: 'PROOF_MALFORMED' }
}

function mismatch(problem: string): EnvelopeProblem {
  return { problem, code: 'CLAIM_MISMATCH' }
}
