/**
 * Securing with SD-JWT (Securing Verifiable Credentials using JOSE and COSE 1.0 section 3.2, RFC 9901): the holder shows some members of a
 * credential and withholds others. With a key binding (RFC 9901 section 4.3) the text is a presentation by whom the credential names.
 */

import { didJwkOf } from '../dids/jwk.ts'
import { toBase64Url } from '../encoding/bytes.ts'
import { asArray, idOf, isObject, pointer } from '../encoding/json.ts'
import type { Limits } from '../encoding/limits.ts'
import { CredentialError } from '../errors.ts'
import type { Signer } from '../keys/key.ts'
import type { JsonObject } from '../types.ts'
import { answerOf, type Claims, findMismatch, keyHint, readClaims } from './claims.ts'
import type { EnvelopeProblem, Opened, OpenResult, WrapInput } from './envelope.ts'
import { notesOn, openJws, signJws, typOf, verifyJws } from './jws.ts'
import { conceal, openSdJwt, type SdJwt } from './sd-jwt.ts'
import { readDocument } from './vc-jwt.ts'

const vc2 = 'https://www.w3.org/ns/credentials/v2'

/** Types of the header. The last two are of wallets that disclose from the JWT form of data model 1.1. */
const types = ['vc+sd-jwt', 'vp+sd-jwt', '', 'jwt', 'jwt_vc_json']

/** Members that a verifier decides on, and that a holder must not be able to withhold. */
const always = [
  '@context',
  'type',
  'issuer',
  'validUntil',
  'expirationDate',
  'credentialStatus',
  'credentialSchema',
  'iss',
  'nbf',
  'exp',
  'cnf',
  'vct',
  'status',
  'vc',
  'vp',
]

/** Those of them that a verifier decides on as a whole: without an item or a member they would say something else. */
const whole = ['@context', 'type', 'credentialStatus', 'credentialSchema', 'cnf', 'status']

/** Members of a credential that are never disclosable when it is issued here. */
const mandatory = [...always, 'id', 'validFrom', 'issuanceDate', 'credentialSubject', 'termsOfUse', 'refreshService']

/** Wraps a document, in which what `disclosable` names may be withheld. */
export async function wrap(
  { document, purpose, challenge, domain }: WrapInput,
  signer: Signer,
  disclosable: readonly string[],
): Promise<string> {
  if (asArray(document['@context'])[0] !== vc2) throw invalid('it is for data model 2.0')
  if (purpose === 'authentication') {
    const answer = {
      ...(challenge !== undefined && { nonce: challenge }),
      ...(domain !== undefined && { aud: domain }),
    }
    return `${await signJws({ kid: signer.id, typ: 'vp+sd-jwt', cty: 'vp' }, { ...document, ...answer }, signer)}~`
  }
  const found = new Set<string>()
  const { payload, disclosures } = conceal(document, (path) => {
    const place = path.reduce<string>(pointer, '')
    if (['_sd', '...'].includes(String(path.at(-1)))) throw invalid(`${place} has a name that is kept for digests`)
    if (!disclosable.includes(place)) return false
    assertDisclosable(path, place)
    found.add(place)
    return true
  })
  const missing = disclosable.find((each) => !found.has(each))
  if (missing !== undefined) throw invalid(`disclosable names "${missing}", which the credential does not have`)
  const holder = holderOf(document)
  const claims = { ...payload, _sd_alg: 'sha-256', ...(holder !== undefined && { cnf: { kid: holder } }) }
  const jwt = await signJws({ kid: signer.id, typ: 'vc+sd-jwt', cty: 'vc' }, claims, signer)
  return `${[jwt, ...disclosures].join('~')}~`
}

function assertDisclosable(path: readonly (string | number)[], place: string): void {
  const name = String(path.at(-1))
  const isOfSubject = path[0] === 'credentialSubject'
  const isRoot = path.length === 1 && mandatory.includes(name)
  const isSubject =
    isOfSubject && (path.length === 1 || (path.length === 2 && (typeof path[1] === 'number' || name === 'id')))
  const isInside = ['issuer', 'credentialStatus', 'credentialSchema', '@context'].includes(String(path[0]))
  if (isRoot || isSubject || isInside || name === 'type' || name === '@context') {
    throw invalid(`"${place}" is what a verifier decides on: it is always shown`)
  }
  const result = path.indexOf('result')
  if (isOfSubject && result > 0 && path.length > result + (typeof path[result + 1] === 'number' ? 2 : 1)) {
    throw invalid(`"${place}" is a part of a result, which means nothing without the rest: name the result`)
  }
}

/** The key of the subject, where it can only be one; else its DID. */
function holderOf(document: JsonObject): string | undefined {
  const subjects = asArray(document['credentialSubject'])
  const did = subjects.length === 1 ? idOf(subjects[0]) : undefined
  if (!did?.startsWith('did:')) return undefined
  if (did.startsWith('did:key:')) return `${did}#${did.slice('did:key:'.length)}`
  return did.startsWith('did:jwk:') ? `${did}#0` : did
}

/** Reads a text; nothing where it is of another kind. */
export function open(text: string, limits: Limits | undefined): OpenResult {
  if (!text.includes('~') || !types.includes(typOf(text))) return undefined
  const sdJwt = openSdJwt(text, limits)
  if ('problem' in sdJwt) return sdJwt
  const hidden = sdJwt.disclosures.map(({ path }) => (path.length > 1 && path[0] === 'vc' ? path.slice(1) : path))
  const wrong = hidden.find((path) => path.length === 1 && always.includes(String(path[0])))
  if (wrong) return refuse(`its holder could withhold "${wrong[0]}", which must always be shown`)
  const torn = whole.find((name) => sdJwt.concealing.has(name))
  if (torn) return refuse(`its holder could withhold a part of "${torn}", which must always be shown`)
  const claims = readClaims(sdJwt.payload)
  if ('problem' in claims) return claims
  const held = readDocument(sdJwt.payload, claims)
  if ('problem' in held) return held
  const { form, document } = held
  const typ = typOf(text)
  if ((typ === 'vc+sd-jwt' && form.kind !== 'credential') || (typ === 'vp+sd-jwt' && form.kind !== 'presentation')) {
    return refuse(`its type is "${typ}", but it holds a ${form.kind}`)
  }
  if (typ.endsWith('sd-jwt') && (asArray(document['@context'])[0] !== vc2 || sdJwt.payload[form.claim] !== undefined)) {
    return refuse(`its type "${typ}" is for data model 2.0, whose members stand in the payload itself`)
  }
  const found = form.kind === 'credential' ? findMismatch(document, claims) : undefined
  if (found) return found
  return sdJwt.keyBinding === undefined
    ? openedAs(sdJwt, form.kind, document, claims)
    : openBound(sdJwt, sdJwt.keyBinding, form.kind, document, limits)
}

function openedAs(
  { jws, isPartial, undisclosed }: SdJwt,
  kind: Opened['kind'],
  document: JsonObject,
  claims: Claims,
): Opened {
  const { header, alg, algorithm } = jws
  const withheld =
    'Members of the credential itself are withheld; its issuer allowed that, also if a status or an end date should be among them.'
  return {
    kind,
    document,
    name: `SD-JWT, ${alg}`,
    mediaType: `application/${kind === 'credential' ? 'vc' : 'vp'}+sd-jwt`,
    key: keyHint(header, claims),
    algorithm,
    ...answerOf(claims),
    notes: [...notesOn(header), ...(isPartial ? [withheld] : [])],
    ...(undisclosed > 0 && { isPart: true, hasAllMembers: !isPartial }),
    verify: (key) => verifyJws(jws, key),
  }
}

/** A key binding makes it a presentation of the one credential, by the key that the credential is for. */
function openBound(
  { payload, text, digest }: SdJwt,
  keyBinding: string,
  kind: Opened['kind'],
  credential: JsonObject,
  limits: Limits | undefined,
): Opened | EnvelopeProblem {
  if (kind !== 'credential') return refuse('it has a key binding, which belongs to a credential')
  const { cnf } = payload
  if (!isObject(cnf)) return refuse('it has a key binding, but names no key that it is for ("cnf")')
  const jws = openJws(keyBinding, limits)
  if ('problem' in jws) return { ...jws, problem: `of its key binding, ${jws.problem}` }
  if (typOf(keyBinding) !== 'kb+jwt') return refuse('what follows its disclosures is no key binding ("kb+jwt")')
  const claims = readClaims(jws.payload)
  if ('problem' in claims) return { ...claims, problem: `of its key binding, ${claims.problem}` }
  const { nonce, aud } = claims
  const { iat, sd_hash: hash } = jws.payload
  if (nonce === undefined || typeof aud !== 'string' || typeof iat !== 'number') {
    return refuse('its key binding lacks "nonce", "aud" or "iat"')
  }
  if (hash !== toBase64Url(digest.bytes(text))) return refuse('its key binding was made for other disclosures')
  const { kid, jwk } = cnf
  const isNamed = typeof kid === 'string' && kid.startsWith('did:')
  if (!isNamed && !isObject(jwk)) return refuse('the key that it is for ("cnf") is neither a DID URL nor a JWK')
  const subject = idOf(asArray(credential['credentialSubject'])[0])
  // A bare key must be the one that the DID document of the subject has. Where the subject has no id the key stands for itself: who holds it
  // presents, and whether that is the subject is left open.
  const signer = isNamed ? kid.split('#')[0] : (subject ?? didJwkOf(jwk as JsonObject))
  return {
    kind: 'presentation',
    document: presentationOf(text, signer),
    name: `SD-JWT with key binding, ${jws.alg}`,
    mediaType: 'application/vc+sd-jwt',
    key: {
      ...(signer !== undefined && { iss: signer }),
      ...(isNamed && { kid }),
      ...(isObject(jwk) && { jwk }),
    },
    algorithm: jws.algorithm,
    ...answerOf(claims),
    notBefore: Math.max(iat * 1000, claims.nbf ?? 0),
    notes: [],
    verify: (key) => verifyJws(jws, key),
  }
}

/** The presentation that a key binding stands for. The credential in it is opened and verified for itself. */
function presentationOf(text: string, holder: string | undefined): JsonObject {
  const id = `data:application/vc+sd-jwt,${text}`
  const credential = Object.freeze({ '@context': vc2, id, type: 'EnvelopedVerifiableCredential' })
  return Object.freeze({
    '@context': Object.freeze([vc2]),
    type: Object.freeze(['VerifiablePresentation']),
    ...(holder !== undefined && { holder }),
    verifiableCredential: Object.freeze([credential]),
  })
}

function refuse(problem: string): EnvelopeProblem {
  return { problem, code: 'PROOF_MALFORMED' }
}

function invalid(problem: string): CredentialError {
  return new CredentialError('OPTION_INVALID', `vcSdJwt: ${problem}`)
}
