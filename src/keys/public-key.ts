/** Reads public keys in every notation that DID documents use: Multikey, base58 (2018), Multibase (2020), JWK. */

import { fromBase64Url, fromMultibase } from '../encoding/bytes.ts'
import { isObject } from '../encoding/json.ts'
import { decodePublicMultikey, decodeRsaMultikey } from '../encoding/multikey.ts'
import { algorithmFacts, loadPublicKeys, type PublicKey } from './algorithms.ts'

/** The members of a verification method that can hold a key. */
export interface KeyMembers {
  readonly type?: unknown
  readonly publicKeyMultibase?: unknown
  readonly publicKeyBase58?: unknown
  readonly publicKeyJwk?: unknown
}

/**
 * The key of a verification method. `undefined` when it has none, has more than one, holds private members, or is of an
 * algorithm that this package does not know.
 */
export async function readPublicKey(method: KeyMembers): Promise<PublicKey | undefined> {
  const known = read.get(method)
  if (known) return known
  const key = await readMembers(method)
  // What is frozen reads the same for ever: the methods of did:key documents, which are kept.
  if (key && Object.isFrozen(method)) read.set(method, key)
  return key
}

const read = new WeakMap<KeyMembers, PublicKey>()

async function readMembers(method: KeyMembers): Promise<PublicKey | undefined> {
  // Whoever publishes the private half has no key any more.
  if (Object.keys(method).some((name) => /^(private|secret)Key/.test(name))) return undefined
  const found = [method.publicKeyMultibase, method.publicKeyBase58, method.publicKeyJwk].filter(
    (member) => member !== undefined && member !== null,
  )
  if (found.length !== 1) return undefined
  const key =
    typeof method.publicKeyMultibase === 'string'
      ? fromMultikey(method.publicKeyMultibase)
      : typeof method.publicKeyBase58 === 'string'
        ? fromBase58(method.type, method.publicKeyBase58)
        : await fromJwk(method.publicKeyJwk)
  return key && (await isSound(key)) ? key : undefined
}

function fromMultikey(text: string): PublicKey | undefined {
  const key = decodePublicMultikey(text)
  if (key) return { algorithm: key.codec, bytes: key.bytes }
  const rsa = decodeRsaMultikey(text)
  return rsa && { algorithm: 'RSA', bytes: rsa }
}

function fromBase58(type: unknown, text: string): PublicKey | undefined {
  const kind = base58Kinds.find((each) => each.type === type)
  const bytes = fromMultibase(`z${text}`)
  return kind && bytes?.length === kind.length ? { algorithm: kind.algorithm, bytes } : undefined
}

/** Older types of verification method, whose base58 text has no prefix: the type alone says what the key is. */
const base58Kinds = [
  { type: 'Ed25519VerificationKey2018', algorithm: 'Ed25519', length: 32 },
  { type: 'Ed25519VerificationKey2020', algorithm: 'Ed25519', length: 32 },
  { type: 'P256Key2021', algorithm: 'P-256', length: 33 },
  { type: 'P384Key2021', algorithm: 'P-384', length: 49 },
  { type: 'Bls12381G2Key2020', algorithm: 'Bls12381G2', length: 96 },
] as const

async function fromJwk(jwk: unknown): Promise<PublicKey | undefined> {
  if (!isObject(jwk) || 'd' in jwk) return undefined
  if (jwk['kty'] === 'RSA') return (await import('./rsa.ts')).readRsaJwk(jwk)
  if (typeof jwk['crv'] !== 'string') return undefined
  const facts = algorithmFacts(jwk['crv'])
  if (!facts || jwk['kty'] !== facts.kty) return undefined
  const x = facts.kty === 'EC' ? coordinate(jwk['x'], facts.secretLength) : exact(jwk['x'], facts.secretLength)
  const y = facts.kty === 'EC' ? coordinate(jwk['y'], facts.secretLength) : undefined
  if (!x || (facts.kty === 'EC' && !y)) return undefined
  try {
    const row = await loadPublicKeys(facts.name)
    return { algorithm: facts.name, bytes: row.fromCoordinates(x, y) }
  } catch {
    return undefined
  }
}

function exact(text: unknown, length: number): Uint8Array | undefined {
  const bytes = typeof text === 'string' ? fromBase64Url(text) : undefined
  return bytes?.length === length ? bytes : undefined
}

/** Some writers drop leading zero bytes of a coordinate (RFC 7518 section 6.2.1.2 forbids it); the number is the same. */
function coordinate(text: unknown, length: number): Uint8Array | undefined {
  const bytes = typeof text === 'string' ? fromBase64Url(text) : undefined
  if (!bytes || bytes.length > length || bytes.length < length - 4) return undefined
  const padded = new Uint8Array(length)
  padded.set(bytes, length - bytes.length)
  return padded
}

async function isSound(key: PublicKey): Promise<boolean> {
  if (key.algorithm === 'RSA') return (await import('./rsa.ts')).isSoundRsa(key.bytes)
  // Its point is checked with each proof, so that only who takes bbs-2023 carries the arithmetic.
  if (key.algorithm === 'Bls12381G2') return true
  try {
    const row = await loadPublicKeys(key.algorithm)
    row.assertPublicKey(key.bytes)
    return true
  } catch {
    return false
  }
}
