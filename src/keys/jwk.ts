/** Keys as JSON Web Keys (RFC 7517; RFC 8037 for Ed25519). */

import type { Algorithm } from './algorithm.ts'

/** A private key as JWK (RFC 7517; RFC 8037 for Ed25519). Keep it secret. */
export interface PrivateJwk {
  readonly kty: 'OKP' | 'EC'
  readonly crv: Algorithm
  readonly x: string
  readonly y?: string
  readonly d: string
}

/** A JWK as it comes from elsewhere: what it must hold is looked at when it is read. */
export interface PublishedJwk {
  readonly kty?: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
  readonly d?: string
}
