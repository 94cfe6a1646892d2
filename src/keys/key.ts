/** Keys that sign: made, read and written here; nothing else in the package sees private bytes. */

import { fromBase64Url, toBase64Url } from '../encoding/bytes.ts'
import { canonicalJson } from '../encoding/canonical-json.ts'
import { decodeSecretMultikey, encodePublicMultikey, encodeSecretMultikey } from '../encoding/multikey.ts'
import { CredentialError } from '../errors.ts'
import type { Did } from '../types.ts'
import {
  type Algorithm,
  type AlgorithmFacts,
  algorithmFacts,
  algorithmNames,
  type CurveAlgorithm,
  loadAlgorithm,
} from './algorithms.ts'
import type { PrivateJwk, PublishedJwk } from './jwk.ts'
import { nativeEd25519Signer } from './native.ts'
import { jwkOfPem, pemOfJwk } from './pem.ts'
import type { RsaSecret } from './rsa.ts'

/**
 * Whatever can sign: a key in memory, or one that a KMS or HSM keeps.
 * The private bytes need never be shown; `issue` verifies the first signature it gets before anything is returned.
 */
export interface Signer {
  /** DID URL of the verification method that the proof will name, such as `did:key:z6Mk…#z6Mk…`. */
  readonly id: string
  /** DID that the key belongs to: the issuer or holder. */
  readonly controller: Did
  readonly algorithm: Algorithm
  /**
   * Signs the data as it is (hashing is the algorithm's own affair).
   * Ed25519: 64 bytes. ECDSA: r‖s, 64 bytes for P-256 with SHA-256, 96 for P-384 with SHA-384.
   * RSA: PKCS #1 v1.5 with SHA-256, as many bytes as the modulus has.
   *
   * Bls12381G2: a BBS signature of 80 bytes (draft-irtf-cfrg-bbs-signatures section 3.5.1, BLS12-381-SHA-256) whose header is the data.
   *
   * @param messages What a BBS signature is over besides, each to be shown or hidden by itself. No other algorithm is given any.
   */
  sign(data: Uint8Array, messages?: readonly Uint8Array[]): Promise<Uint8Array>
}

/** A key in memory. Its private bytes cannot be read from it; `exportKey` and its siblings write them out when asked. */
export interface Key extends Signer {
  /** Raw Ed25519 key (32 bytes), compressed point (33, 49 or 96 bytes), or RSAPublicKey in DER (RFC 8017 appendix A.1.1). */
  readonly publicKey: Uint8Array
}

/** Where a key lives. Default: its own did:key; an RSA key, which did:key has no room for, its own did:jwk. */
export interface KeyOptions {
  /** DID URL of its verification method, for a key in another DID's document. Must begin with the controller. */
  readonly id?: string
  readonly controller?: Did
}

const secrets = new WeakMap<Key, Uint8Array>()
const rsaSecrets = new WeakMap<Key, RsaSecret>()

/**
 * Makes a fresh key.
 *
 * @param options.algorithm Default: `Ed25519`, which every Open Badges verifier reads. `RSA`, for JWTs, has 3072 bits.
 * @param options.seed Private bytes to use in place of random ones: 32 for Ed25519, P-256 and Bls12381G2, 48 for P-384; RSA has none.
 * @throws CredentialError `KEY_UNSUPPORTED` for another algorithm, or for RSA where the platform has no WebCrypto; `KEY_MALFORMED` for a seed of another length or range.
 */
export async function generateKey(
  options: KeyOptions & { readonly algorithm?: Algorithm; readonly seed?: Uint8Array } = {},
): Promise<Key> {
  if (typeof options !== 'object' || options === null) {
    throw new CredentialError('OPTION_INVALID', "generateKey: give an object, such as { algorithm: 'P-256' }")
  }
  if (options.algorithm === 'RSA') {
    if (options.seed) throw new CredentialError('OPTION_INVALID', 'generateKey: an RSA key cannot be made from a seed')
    return makeRsaKey(await (await import('./rsa.ts')).generateRsa(), options)
  }
  if (options.algorithm === 'Bls12381G2') {
    const { randomBbsSecret } = await import('./bbs.ts')
    return makeBbsKey(options.seed ? Uint8Array.from(options.seed) : randomBbsSecret(), options)
  }
  const { name } = factsOf(options.algorithm ?? 'Ed25519')
  const secret = options.seed ? Uint8Array.from(options.seed) : (await loadAlgorithm(name)).randomSecret()
  return makeKey(name, secret, options)
}

/**
 * Reads a private key: a JWK, a Multikey secret (`secretKeyMultibase`, such as `z3u2…`), or PKCS#8 PEM text.
 *
 * @param options.passphrase For encrypted PEM. PEM is read by the platform's own crypto, in Node 20.16 or later only.
 * @throws CredentialError `KEY_MALFORMED` when it cannot be read (the message never holds any of it), `KEY_UNSUPPORTED`
 *   for an algorithm this package does not sign with, or for PEM where the platform cannot read it.
 */
export async function importKey(
  source: PrivateJwk | PublishedJwk | string,
  options: KeyOptions & { readonly passphrase?: string } = {},
): Promise<Key> {
  if (source instanceof Uint8Array) {
    throw new CredentialError('KEY_MALFORMED', 'importKey: give text, not bytes: readFile(path, "utf8")')
  }
  if (typeof source !== 'string') return fromJwk(source, options)
  if (source.trimStart().startsWith('{')) {
    throw new CredentialError('KEY_MALFORMED', 'importKey: this is a JWK as text; give JSON.parse of it')
  }
  if (source.trimStart().startsWith('-----BEGIN ')) return fromJwk(jwkOfPem(source, options.passphrase), options)
  const key = decodeSecretMultikey(source)
  if (key?.codec === 'Bls12381G2') return makeBbsKey(key.bytes, options)
  if (key) return makeKey(key.codec, key.bytes, options)
  throw new CredentialError(
    'KEY_MALFORMED',
    'importKey: the text is neither a Multikey secret (z…, with the prefix of Ed25519, P-256, P-384 or Bls12381G2) nor PKCS#8 PEM (-----BEGIN PRIVATE KEY-----)',
  )
}

/**
 * The private key as JWK. Keep it secret.
 * @throws CredentialError `KEY_UNSUPPORTED` for a key of Bls12381G2, which has no such form.
 */
export async function exportKey(key: Key): Promise<PrivateJwk> {
  const rsa = rsaSecrets.get(key)
  if (rsa) return rsa.jwk
  const { algorithm, secret } = secretOf(key)
  if (algorithm === 'Bls12381G2') throw noJwk('exportKey', 'use exportKeyMultibase')
  const { x, y } = (await loadAlgorithm(algorithm)).toCoordinates(key.publicKey)
  return {
    kty: factsOf(algorithm).kty,
    crv: algorithm,
    x: toBase64Url(x),
    ...(y && { y: toBase64Url(y) }),
    d: toBase64Url(secret),
  }
}

/**
 * The private key as Multikey secret (`secretKeyMultibase`). Keep it secret.
 * @throws CredentialError `KEY_UNSUPPORTED` for an RSA key, which has no such form.
 */
export async function exportKeyMultibase(key: Key): Promise<string> {
  if (rsaSecrets.has(key)) {
    throw new CredentialError('KEY_UNSUPPORTED', 'exportKeyMultibase: an RSA key has no Multikey secret; use exportKey')
  }
  const { algorithm, secret } = secretOf(key)
  return encodeSecretMultikey({ codec: algorithm, bytes: secret })
}

/**
 * The private key as PKCS#8 PEM; encrypted (PBES2, AES-256-CBC) when a passphrase is given.
 * @throws CredentialError `KEY_UNSUPPORTED` where the platform has no Node crypto and for a key of Bls12381G2, `OPTION_INVALID` for an empty
 *   passphrase.
 */
export async function exportKeyPem(key: Key, options: { readonly passphrase?: string } = {}): Promise<string> {
  // A variable that is not set must not write the key in the clear.
  if ('passphrase' in options && !options.passphrase) {
    throw new CredentialError(
      'OPTION_INVALID',
      'exportKeyPem: passphrase is empty; leave the option out for PEM without one',
    )
  }
  return pemOfJwk(await exportKey(key), options.passphrase)
}

async function fromJwk(jwk: PublishedJwk, options: KeyOptions): Promise<Key> {
  if (typeof jwk?.kty !== 'string') {
    throw new CredentialError(
      'KEY_MALFORMED',
      "importKey: give a private JWK (an object with kty), a Multikey secret or PKCS#8 PEM; a KeyObject's JWK is key.export({ format: 'jwk' }), a CryptoKey's crypto.subtle.exportKey('jwk', key)",
    )
  }
  if (jwk.kty === 'RSA') return makeRsaKey(await (await import('./rsa.ts')).readRsaSecret(jwk), options)
  if (/^bls12381g2$/i.test(String(jwk.crv))) throw noJwk('importKey', 'give its Multikey secret')
  const { name, kty } = factsOf(String(jwk.crv ?? jwk.kty))
  const secret = typeof jwk.d === 'string' ? fromBase64Url(jwk.d) : undefined
  if (jwk.kty !== kty || !secret) {
    throw new CredentialError(
      'KEY_MALFORMED',
      `importKey: a private ${name} JWK has kty "${kty}" and its private part as base64url text in d`,
    )
  }
  const key = await makeKey(name, secret, options)
  const { x, y } = (await loadAlgorithm(name)).toCoordinates(key.publicKey)
  if (jwk.x !== toBase64Url(x) || (y && jwk.y !== toBase64Url(y))) {
    throw new CredentialError(
      'KEY_MALFORMED',
      'importKey: the public part of the JWK does not belong to its private part',
    )
  }
  return key
}

async function makeKey(algorithm: CurveAlgorithm, secret: Uint8Array, options: KeyOptions): Promise<Key> {
  const { secretLength } = factsOf(algorithm)
  if (secret.length !== secretLength) {
    throw new CredentialError(
      'KEY_MALFORMED',
      `the private part of a ${algorithm} key has ${secretLength} bytes; this one has ${secret.length}`,
    )
  }
  const row = await loadAlgorithm(algorithm)
  let publicKey: Uint8Array
  try {
    publicKey = row.publicKey(secret)
  } catch {
    // No cause: the library's message may quote the secret.
    throw new CredentialError('KEY_MALFORMED', `the private part is out of range for ${algorithm}`)
  }
  const name = encodePublicMultikey({ codec: algorithm, bytes: publicKey })
  const signer = algorithm === 'Ed25519' ? nativeEd25519Signer(secret, publicKey) : undefined
  const key: Key = Object.freeze({
    ...placeOf(options, `did:key:${name}`, name),
    algorithm,
    publicKey,
    sign: async (data: Uint8Array) => signer?.(data) ?? row.sign(secret, data),
  })
  secrets.set(key, secret)
  return key
}

/** A key of BLS12-381 whose signatures are BBS. */
async function makeBbsKey(secret: Uint8Array, options: KeyOptions): Promise<Key> {
  const algorithm = 'Bls12381G2'
  const { bbsPublicKey, signBbs } = await import('./bbs.ts')
  let publicKey: Uint8Array
  try {
    publicKey = bbsPublicKey(secret)
  } catch {
    const message = `the private part of a ${algorithm} key is a number of 32 bytes, from 1 to below the order of the group`
    throw new CredentialError('KEY_MALFORMED', message)
  }
  const name = encodePublicMultikey({ codec: algorithm, bytes: publicKey })
  const key: Key = Object.freeze({
    ...placeOf(options, `did:key:${name}`, name),
    algorithm,
    publicKey,
    sign: async (data: Uint8Array, messages: readonly Uint8Array[] = []) => signBbs(secret, publicKey, data, messages),
  })
  secrets.set(key, secret)
  return key
}

function noJwk(verb: string, instead: string): CredentialError {
  const message = `${verb}: no JWK is registered for keys of Bls12381G2; ${instead}`
  return new CredentialError('KEY_UNSUPPORTED', message)
}

/** An RSA key of its own has no shorter name than itself: did:jwk. */
function makeRsaKey(secret: RsaSecret, options: KeyOptions): Key {
  const { n, e, kty } = secret.jwk
  const own = `did:jwk:${toBase64Url(new TextEncoder().encode(canonicalJson({ e, kty, n })))}` as const
  const { publicKey, sign } = secret
  const key: Key = Object.freeze({ ...placeOf(options, own, '0'), algorithm: 'RSA', publicKey, sign })
  rsaSecrets.set(key, secret)
  return key
}

/** The name a key was given, or else its own; `name` is that of the key in its document. */
function placeOf(options: KeyOptions, own: Did, name: string): { readonly id: string; readonly controller: Did } {
  const controller = options.controller ?? (options.id?.split('#')[0] as Did | undefined) ?? own
  const id = options.id ?? `${controller}#${name}`
  if (!controller.startsWith('did:') || !id.startsWith(`${controller}#`)) {
    throw new CredentialError(
      'OPTION_INVALID',
      `key id "${id}" must be a DID URL of its controller "${controller}": the DID, then "#" and a name`,
    )
  }
  return { id, controller }
}

function factsOf(name: string): AlgorithmFacts {
  const facts = algorithmFacts(name)
  if (facts) return facts
  throw new CredentialError('KEY_UNSUPPORTED', `algorithm "${name}" is not supported; use one of ${algorithmNames}`)
}

function secretOf(key: Key): { readonly algorithm: Exclude<Algorithm, 'RSA'>; readonly secret: Uint8Array } {
  const secret = secrets.get(key)
  if (secret && key.algorithm !== 'RSA') return { algorithm: key.algorithm, secret }
  throw new CredentialError(
    'KEY_UNSUPPORTED',
    'only a key made by generateKey or importKey can be exported; a signer of your own keeps its private bytes itself',
  )
}
