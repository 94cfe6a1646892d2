/** What a signature algorithm is: its facts, and the row that computes with it. */

/** `Ed25519` (RFC 8032), `P-256` with SHA-256 and `P-384` with SHA-384 (FIPS 186-5). */
export type Algorithm = 'Ed25519' | 'P-256' | 'P-384'

/** A public key with the algorithm it is for. Points are in compressed form. */
export interface PublicKey {
  readonly algorithm: Algorithm
  readonly bytes: Uint8Array
}

/** What can be known of an algorithm without computing. Lengths are in bytes. */
export interface AlgorithmFacts {
  readonly name: Algorithm
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
  readonly name: Algorithm
  randomSecret(): Uint8Array
  /** Raw Ed25519 key or compressed point. */
  publicKey(secret: Uint8Array): Uint8Array
  sign(secret: Uint8Array, data: Uint8Array): Uint8Array
  verify(publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean
}
