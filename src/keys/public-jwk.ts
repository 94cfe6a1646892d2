/** A public key as JWK (RFC 7518 section 6, RFC 8037): what platforms and other libraries take. */

import { toBase64Url } from '../encoding/bytes.ts'
import { algorithmFacts, loadPublicKeys, type PublicKey } from './algorithms.ts'

/** The public members of a JWK, and no other. */
export interface PublicJwk {
  readonly kty: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
  readonly n?: string
  readonly e?: string
}

/** Throws for bytes that are no sound key of the algorithm. */
export async function publicJwkOf(key: PublicKey): Promise<PublicJwk> {
  if (key.algorithm === 'RSA') return (await import('./rsa.ts')).rsaJwkOf(key.bytes)
  if (key.algorithm === 'Bls12381G2') throw new Error('no JWK is registered for keys of Bls12381G2')
  const row = await loadPublicKeys(key.algorithm)
  row.assertPublicKey(key.bytes)
  const { x, y } = row.toCoordinates(key.bytes)
  const kty = algorithmFacts(key.algorithm)?.kty ?? ''
  return { kty, crv: key.algorithm, x: toBase64Url(x), ...(y && { y: toBase64Url(y) }) }
}
