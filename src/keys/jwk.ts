/** Keys as JSON Web Keys (RFC 7517; RFC 8037 for Ed25519). */

import type { CurveAlgorithm } from './algorithm.ts'

/** A private key as JWK (RFC 7517). Keep it secret. */
export type PrivateJwk = CurvePrivateJwk | RsaPrivateJwk

/** A private key on a curve (RFC 7518 section 6.2; RFC 8037 for Ed25519). */
export interface CurvePrivateJwk {
  readonly kty: 'OKP' | 'EC'
  readonly crv: CurveAlgorithm
  readonly x: string
  readonly y?: string
  readonly d: string
}

/** A private RSA key of two primes (RFC 7518 section 6.3). */
export interface RsaPrivateJwk {
  readonly kty: 'RSA'
  readonly n: string
  readonly e: string
  readonly d: string
  readonly p: string
  readonly q: string
  readonly dp: string
  readonly dq: string
  readonly qi: string
}

/** A JWK as it comes from elsewhere: what it must hold is looked at when it is read. */
export interface PublishedJwk {
  readonly kty?: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
  readonly d?: string
  readonly n?: string
  readonly e?: string
  readonly p?: string
  readonly q?: string
  readonly dp?: string
  readonly dq?: string
  readonly qi?: string
}
