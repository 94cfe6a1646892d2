/**
 * VC-JWT: the JWT form of Open Badges 3.0 and CLR 2.0, and of VC Data Model 1.1 (section 6.3.1). Under data model 2.0 the members of
 * the credential stand in the payload itself, or all of them in its claim `vc` or `vp`; under 1.1 they stand in that claim. Registered
 * claims say the same again.
 */

import { canonicalJson } from '../encoding/canonical-json.ts'
import { formatDateTimeStamp } from '../encoding/date-time.ts'
import { asArray, isObject } from '../encoding/json.ts'
import type { Limits } from '../encoding/limits.ts'
import type { Signer } from '../keys/key.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { answerOf, type Claims, claimsOf, findMismatch, keyHint, readClaims, withoutClaims } from './claims.ts'
import type { EnvelopeProblem, Opened, OpenResult, WrapInput } from './envelope.ts'
import { type Jws, notesOn, openJws, signJws, typOf, verifyJws } from './jws.ts'

const vc1 = 'https://www.w3.org/2018/credentials/v1'
const vc2 = 'https://www.w3.org/ns/credentials/v2'

const forms = [
  { kind: 'credential', claim: 'vc', type: 'VerifiableCredential' },
  { kind: 'presentation', claim: 'vp', type: 'VerifiablePresentation' },
] as const

type Form = (typeof forms)[number]

/** Wraps a document. The header has `alg`, `kid` and `typ: JWT` and nothing else. */
export async function wrap({ document, purpose, challenge, domain }: WrapInput, signer: Signer): Promise<string> {
  const claims = {
    ...claimsOf(document),
    ...(challenge !== undefined && { nonce: challenge }),
    ...(domain !== undefined && { aud: domain }),
  }
  const { claim } = forms[purpose === 'assertionMethod' ? 0 : 1]
  const is11 = asArray(document['@context'])[0] === vc1
  const payload = is11 ? { ...claims, [claim]: document } : { ...document, ...claims }
  return signJws({ kid: signer.id, typ: 'JWT' }, payload, signer)
}

/** Reads a text; nothing where it is of another kind. */
export function open(text: string, limits: Limits | undefined): OpenResult {
  if (!['', 'jwt'].includes(typOf(text)) || text.includes('~')) return undefined
  const jws = openJws(text, limits)
  if ('problem' in jws) return jws
  const claims = readClaims(jws.payload)
  if ('problem' in claims) return claims
  const held = readDocument(jws.payload, claims)
  if ('problem' in held) return held
  const { form, document } = held
  const found = form.kind === 'credential' ? findMismatch(document, claims) : undefined
  return found ?? { ...openedAs(jws, form, document, claims), verify: (key) => verifyJws(jws, key) }
}

function openedAs(
  { header, alg, algorithm }: Jws,
  form: Form,
  document: JsonObject,
  claims: Claims,
): Omit<Opened, 'verify'> {
  return {
    kind: form.kind,
    document,
    name: `VC-JWT, ${alg}`,
    mediaType: 'application/jwt',
    key: keyHint(header, claims),
    algorithm,
    ...answerOf(claims),
    notes: notesOn(header),
  }
}

/** The document, from its claim or from the payload itself. */
export function readDocument(
  payload: JsonObject,
  claims: Claims,
): { readonly form: Form; readonly document: JsonObject } | EnvelopeProblem {
  const present = forms.filter(({ claim }) => payload[claim] !== undefined)
  if (present.length > 1) return refuse('it has both a claim "vc" and a claim "vp"')
  const [form] = present
  if (!form) return readTopLevel(payload, claims)
  const member = payload[form.claim]
  if (!isObject(member)) return refuse(`its claim "${form.claim}" is not an object`)
  const beside = outsideMembers(payload, member)
  if ('problem' in beside) return beside
  const merged = { ...beside.members, ...member }
  if (asArray(merged['@context'])[0] !== vc2) {
    return { form, document: Object.freeze(form.kind === 'credential' ? fill(merged, claims) : merged) }
  }
  // Its members belong into the payload itself, but many write them so. With some of them in both, readers would differ.
  if (Object.keys(beside.members).length === 0) return { form, document: member }
  return refuse(`its claim "${form.claim}" holds data model 2.0, and the payload itself holds some of it too`)
}

function readTopLevel(payload: JsonObject, claims: Claims): ReturnType<typeof readDocument> {
  const types = asArray(payload['type'])
  const found = forms.filter(({ type }) => types.includes(type))
  const [form] = found
  if (types.includes('Assertion') && !form) {
    return refuse('it holds an assertion of Open Badges 2.0, which verifyAssertion of testamur/records verifies')
  }
  if (!form || found.length > 1) return refuse('it holds neither a credential nor a presentation')
  const document = withoutClaims(payload)
  const is11 = asArray(document['@context'])[0] === vc1
  return { form, document: is11 && form.kind === 'credential' ? Object.freeze(fill(document, claims)) : document }
}

/** Members of a credential that some issuers write beside the claim `vc`, in part or again. */
const members = [
  '@context',
  'id',
  'type',
  'name',
  'description',
  'issuer',
  'holder',
  'issuanceDate',
  'expirationDate',
  'validFrom',
  'validUntil',
  'credentialSubject',
  'credentialStatus',
  'credentialSchema',
  'refreshService',
  'termsOfUse',
  'evidence',
  'relatedResource',
  'verifiableCredential',
] as const

/** None of them may be lost, and none may say something else. */
function outsideMembers(payload: JsonObject, inside: JsonObject): { readonly members: JsonObject } | EnvelopeProblem {
  const outside: { [member: string]: JsonValue } = {}
  for (const name of members) {
    const value = payload[name]
    if (value === undefined) continue
    if (inside[name] !== undefined && canonicalJson(inside[name]) !== canonicalJson(value)) {
      return { problem: `its "${name}" is said twice, and differently`, code: 'CLAIM_MISMATCH' }
    }
    outside[name] = value
  }
  return { members: outside }
}

/** Under data model 1.1 a claim may stand for the member it is mapped to. */
function fill(credential: JsonObject, { iss, sub, jti, nbf, exp }: Claims): JsonObject {
  const { id, issuer, issuanceDate, expirationDate, credentialSubject } = credential
  const subject = fillSubject(credentialSubject, sub)
  return {
    ...credential,
    ...(id === undefined && jti !== undefined && { id: jti }),
    ...(issuer === undefined && iss !== undefined && { issuer: iss }),
    ...(isObject(issuer) &&
      issuer['id'] === undefined &&
      iss !== undefined && { issuer: Object.freeze({ ...issuer, id: iss }) }),
    ...(issuanceDate === undefined && nbf !== undefined && { issuanceDate: formatDateTimeStamp(new Date(nbf)) }),
    ...(expirationDate === undefined && exp !== undefined && { expirationDate: formatDateTimeStamp(new Date(exp)) }),
    ...(subject !== undefined && { credentialSubject: subject }),
  }
}

function fillSubject(subject: JsonValue | undefined, sub: string | undefined): JsonValue | undefined {
  const only = Array.isArray(subject) && subject.length === 1 ? subject[0] : subject
  return isObject(only) && only['id'] === undefined && sub !== undefined ? Object.freeze({ id: sub, ...only }) : subject
}

function refuse(problem: string): EnvelopeProblem {
  return { problem, code: 'PROOF_MALFORMED' }
}
