/** What a signature algorithm is: its facts, and the row that computes with it. */

/** Algorithms on elliptic curves, by the curve: what proofs and did:key use. */
export type CurveAlgorithm = 'Ed25519' | 'P-256' | 'P-384'

/**
 * `Ed25519` (RFC 8032), `P-256` with SHA-256 and `P-384` with SHA-384 (FIPS 186-5); `RSA` of 2048 bits or more with PKCS #1 v1.5
 * padding and SHA-256 (RFC 8017 section 8.2), for JWTs alone, where it is called RS256; `Bls12381G2`, whose signatures are BBS over
 * BLS12-381-SHA-256 (draft-irtf-cfrg-bbs-signatures), for `bbs2023()` alone.
 */
export type Algorithm = CurveAlgorithm | 'RSA' | 'Bls12381G2'

/** A public key on a curve. Points are in compressed form. */
export interface CurveKey {
  readonly algorithm: CurveAlgorithm
  readonly bytes: Uint8Array
}

/**
 * A public key with the algorithm it is for. An RSA key is an RSAPublicKey in DER (RFC 8017 appendix A.1.1), one of Bls12381G2 a point
 * in compressed form.
 */
export type PublicKey =
  | CurveKey
  | { readonly algorithm: 'RSA'; readonly bytes: Uint8Array }
  | { readonly algorithm: 'Bls12381G2'; readonly bytes: Uint8Array }

/** What can be known of an algorithm without computing. Lengths are in bytes. */
export interface AlgorithmFacts {
  readonly name: CurveAlgorithm
  readonly kty: 'OKP' | 'EC'
  /** Of the private scalar or seed, and of a coordinate in a JWK. */
  readonly secretLength: number
  readonly signatureLength: number
}

/** What an algorithm does with public keys alone. What is out of range throws. */
export interface PublicKeyRow {
  /** Throws when the bytes are no point of the curve, not in the one canonical form, or of small order. */
  assertPublicKey(publicKey: Uint8Array): void
  /** JWK coordinates of a public key. */
  toCoordinates(publicKey: Uint8Array): { readonly x: Uint8Array; readonly y?: Uint8Array }
  /** Public key of JWK coordinates. */
  fromCoordinates(x: Uint8Array, y: Uint8Array | undefined): Uint8Array
}

/** Everything an algorithm does. What is out of range throws. */
export interface AlgorithmRow extends PublicKeyRow {
  readonly name: CurveAlgorithm
  randomSecret(): Uint8Array
  /** Raw Ed25519 key or compressed point. */
  publicKey(secret: Uint8Array): Uint8Array
  sign(secret: Uint8Array, data: Uint8Array): Uint8Array
  verify(publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean
}
