/**
 * One row per signature algorithm; below the row nobody sees its name. Signatures and checks are deterministic
 * and strict: Ed25519 by RFC 8032 without the ZIP-215 leniency, small-order keys refused, ECDSA in fixed-length r‖s form.
 */

import { ed25519 } from '@noble/curves/ed25519'
import { p256, p384 } from '@noble/curves/nist'
import { sha256, sha384 } from '@noble/hashes/sha2'

/** `Ed25519` (RFC 8032), `P-256` with SHA-256 and `P-384` with SHA-384 (FIPS 186-5). */
export type Algorithm = 'Ed25519' | 'P-256' | 'P-384'

/** Everything that differs from one algorithm to the next. */
export interface AlgorithmRow {
  readonly name: Algorithm
  readonly kty: 'OKP' | 'EC'
  /** Length of the private scalar or seed, in bytes. */
  readonly secretLength: number
  /** Length of a coordinate in a JWK, in bytes. */
  readonly coordinateLength: number
  randomSecret(): Uint8Array
  /** Raw Ed25519 key or compressed point. Throws when the secret is out of range. */
  publicKey(secret: Uint8Array): Uint8Array
  sign(secret: Uint8Array, data: Uint8Array): Uint8Array
  verify(publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean
  /** Throws when the bytes are no point of the curve, are written in another way than the canonical one, or of small order. */
  assertPublicKey(publicKey: Uint8Array): void
  /** JWK coordinates of a public key. */
  toCoordinates(publicKey: Uint8Array): { readonly x: Uint8Array; readonly y?: Uint8Array }
  /** Public key of JWK coordinates. Throws when they are no point of the curve. */
  fromCoordinates(x: Uint8Array, y: Uint8Array | undefined): Uint8Array
}

const ed25519Row: AlgorithmRow = {
  name: 'Ed25519',
  kty: 'OKP',
  secretLength: 32,
  coordinateLength: 32,
  randomSecret: () => ed25519.utils.randomPrivateKey(),
  publicKey: (secret) => ed25519.getPublicKey(secret),
  sign: (secret, data) => ed25519.sign(data, secret),
  verify: (publicKey, data, signature) => ed25519.verify(signature, data, publicKey, { zip215: false }),
  assertPublicKey: (publicKey) => {
    if (ed25519.ExtendedPoint.fromHex(publicKey, false).isSmallOrder()) throw new Error('a point of small order')
  },
  toCoordinates: (publicKey) => ({ x: publicKey }),
  fromCoordinates: (x) => x,
}

function ecdsaRow(name: 'P-256' | 'P-384', curve: typeof p256, hash: typeof sha256, length: number): AlgorithmRow {
  return {
    name,
    kty: 'EC',
    secretLength: length,
    coordinateLength: length,
    randomSecret: () => curve.utils.randomPrivateKey(),
    publicKey: (secret) => curve.getPublicKey(secret, true),
    sign: (secret, data) => curve.sign(hash(data), secret, { lowS: false, prehash: false }).toCompactRawBytes(),
    // Both s and n − s verify under ECDSA: issuers' hardware does not normalise.
    verify: (publicKey, data, signature) =>
      curve.verify(signature, hash(data), publicKey, { lowS: false, prehash: false, format: 'compact' }),
    assertPublicKey: (publicKey) => curve.ProjectivePoint.fromHex(publicKey).assertValidity(),
    toCoordinates: (publicKey) => {
      const point = curve.ProjectivePoint.fromHex(publicKey).toRawBytes(false)
      return { x: point.slice(1, 1 + length), y: point.slice(1 + length) }
    },
    fromCoordinates: (x, y) => curve.ProjectivePoint.fromHex(Uint8Array.from([4, ...x, ...(y ?? [])])).toRawBytes(true),
  }
}

const rows: readonly AlgorithmRow[] = [
  ed25519Row,
  ecdsaRow('P-256', p256, sha256, 32),
  ecdsaRow('P-384', p384, sha384, 48),
]

/** The row of an algorithm by its name, which is also its JWK `crv`. */
export function algorithmRow(name: string): AlgorithmRow | undefined {
  return rows.find((row) => row.name === name)
}

/** Names of all algorithms, for messages. */
export const algorithmNames: string = rows.map((row) => row.name).join(', ')

/** A public key with the algorithm it is for. Points are in compressed form. */
export interface PublicKey {
  readonly algorithm: Algorithm
  readonly bytes: Uint8Array
}
