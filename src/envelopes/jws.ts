/**
 * Compact JWS (RFC 7515) as RFC 8725 wants it read: the key decides on the algorithm, nothing in the header is a source of
 * keys, what is not understood is refused, and each part has one spelling.
 */

import { fromBase64Url, toBase64Url } from '../encoding/bytes.ts'
import { isObject, readJson } from '../encoding/json.ts'
import { defaultLimits, type Limits } from '../encoding/limits.ts'
import { CredentialError } from '../errors.ts'
import { type Algorithm, algorithmFacts, type PublicKey } from '../keys/algorithms.ts'
import type { Signer } from '../keys/key.ts'
import { verifySignature } from '../keys/signature.ts'
import type { ProblemCode } from '../report.ts'
import type { JsonObject } from '../types.ts'
import type { EnvelopeProblem } from './envelope.ts'

/** Longest header, in characters of base64url. */
const MAX_HEADER = 65_536

/** The algorithms that are verified, by the key each is for (RFC 7518 section 3.1, RFC 8037, RFC 9864). */
const algorithms: ReadonlyMap<string, Algorithm> = new Map([
  ['EdDSA', 'Ed25519'],
  ['Ed25519', 'Ed25519'],
  ['ES256', 'P-256'],
  ['ES384', 'P-384'],
  ['RS256', 'RSA'],
])

const names: ReadonlyMap<Algorithm, string> = new Map([
  ['Ed25519', 'EdDSA'],
  ['P-256', 'ES256'],
  ['P-384', 'ES384'],
  ['RSA', 'RS256'],
])

/** A JWS that was read and not yet verified: nothing in it is to be believed. */
export interface Jws {
  readonly header: JsonObject
  /** A frozen copy. */
  readonly payload: JsonObject
  /** `alg`, and the kind of key it is for. */
  readonly alg: string
  readonly algorithm: Algorithm
  /** The text as it was read. */
  readonly text: string
  readonly signature: Uint8Array
}

/** The kind of key that an `alg` is for; `undefined` for what is not verified here. */
export function keyAlgorithmOf(alg: string): Algorithm | undefined {
  return algorithms.get(alg)
}

/** Every `alg` for a kind of key. */
export function algorithmNamesOf(algorithm: Algorithm): string[] {
  return [...algorithms].flatMap(([name, of]) => (of === algorithm ? [name] : []))
}

/** Reads a compact JWS whose payload is a JSON object. Never throws. */
export function openJws(text: string, limits: Limits = defaultLimits): Jws | EnvelopeProblem {
  if (text.length > limits.bytes)
    return refuse(`it has ${text.length} characters; at most ${limits.bytes} are read`, 'LIMIT_EXCEEDED')
  const parts = text.split('.', 4)
  if (parts.length !== 3) return refuse('it is not three parts with dots between them')
  const [head, body, tail] = parts as [string, string, string]
  const header = readObject(head, MAX_HEADER, limits)
  if ('problem' in header) return { ...header, problem: `its header ${header.problem}` }
  const refused = findRefused(header.object)
  if (refused) return refused
  const alg = header.object['alg'] as string
  const payload = readObject(body, limits.bytes, limits)
  if ('problem' in payload) return { ...payload, problem: `its payload ${payload.problem}` }
  const signature = fromBase64Url(tail)
  if (!signature || signature.length === 0) return refuse('its signature is not base64url without padding')
  return {
    header: header.object,
    payload: payload.object,
    alg,
    algorithm: algorithms.get(alg) as Algorithm,
    text,
    signature,
  }
}

/** Whether the signature is that of the key, which must be of the kind that `alg` is for. */
export async function verifyJws(jws: Jws, key: PublicKey): Promise<boolean> {
  const { algorithm, text, signature } = jws
  if (key.algorithm !== algorithm) return false
  // ECDSA in DER form, or with bytes behind it, is another text for the same numbers.
  const facts = algorithmFacts(algorithm)
  if (facts && signature.length !== facts.signatureLength) return false
  return verifySignature(key, new TextEncoder().encode(text.slice(0, text.lastIndexOf('.'))), signature)
}

/** The compact JWS of a payload. `header` is what stands beside `alg`. */
export async function signJws(header: JsonObject, payload: JsonObject, signer: Signer): Promise<string> {
  const data = `${encode({ alg: names.get(signer.algorithm) as string, ...header })}.${encode(payload)}`
  const signature = await signer.sign(new TextEncoder().encode(data))
  if (!(signature instanceof Uint8Array)) {
    throw new CredentialError('OPTION_INVALID', 'the signer must answer with the bytes of its signature, as Uint8Array')
  }
  return `${data}.${toBase64Url(signature)}`
}

function encode(value: JsonObject): string {
  return toBase64Url(new TextEncoder().encode(JSON.stringify(value)))
}

/** The object, or what is wrong with the part. */
function readObject(part: string, longest: number, limits: Limits): { readonly object: JsonObject } | EnvelopeProblem {
  const bytes = fromBase64Url(part, longest)
  if (!bytes) return refuse('is not base64url without padding')
  const read = readJson(bytes, limits)
  if (!('value' in read)) return refuse(`cannot be read: ${read.problem}`, read.code)
  return isObject(read.value) ? { object: read.value } : refuse('is not a JSON object')
}

/** What a header may not hold, whatever its signature (RFC 7515 section 4.1.11, RFC 7797, RFC 8725 section 3.1). */
function findRefused(header: JsonObject): EnvelopeProblem | undefined {
  const { alg, crit, b64, kid, typ, jwk } = header
  if (typeof alg !== 'string') return refuse('its header has no "alg" as text')
  if (/^none$/i.test(alg))
    return refuse('it has no signature ("alg" is "none"): anyone can have written it', 'PROOF_MISSING')
  if (/^HS\d/i.test(alg)) return refuse(`"${alg}" is made with a shared secret, which proves nothing to others`)
  if (crit !== undefined) return refuse('its header has "crit", and nothing that it could ask for is understood here')
  if (b64 !== undefined) return refuse('its header has "b64", which is not understood here')
  if (jwk !== undefined && !isObject(jwk)) return refuse('"jwk" of its header is not a key')
  for (const [name, value] of Object.entries({ kid, typ })) {
    if (value !== undefined && typeof value !== 'string') return refuse(`"${name}" of its header is not text`)
  }
  if (algorithms.has(alg)) return undefined
  const known = [...algorithms.keys()].join(', ')
  const problem = `it is signed with "${alg}", which is not among the algorithms verified here (${known})`
  return { problem, code: 'PROOF_FORMAT_UNKNOWN', isUnknown: true }
}

function refuse(problem: string, code: ProblemCode = 'PROOF_MALFORMED'): EnvelopeProblem {
  return { problem, code }
}

/** What of a header points to keys and was not used, because a stranger wrote it. */
export function notesOn(header: JsonObject): readonly string[] {
  const unused = ['jku', 'x5u', 'x5c', 'x5t', 'x5t#S256'].filter((name) => header[name] !== undefined)
  return unused.length === 0 ? [] : [`Its header points to keys (${unused.join(', ')}), which was not followed.`]
}

/** The type in the header, in lower case and without `application/` (RFC 7515 section 4.1.9); empty where there is none. */
export function typOf(text: string): string {
  const header = readObject(text.slice(0, text.indexOf('.')), MAX_HEADER, defaultLimits)
  const typ = 'object' in header ? header.object['typ'] : undefined
  return typeof typ === 'string' ? currentName(typ).replace(/^application\//, '') : ''
}

/** A media type in lower case. Drafts of the specification called `vc+jwt` `vc+ld+jwt` or `vc+ld+json+jwt`, and the others likewise. */
export function currentName(mediaType: string): string {
  return mediaType.toLowerCase().replace(/^((?:application\/)?v[cp])\+ld(?:\+json)?(?=\+(?:sd-)?jwt$)/, '$1')
}
