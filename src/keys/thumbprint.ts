/** The thumbprint of a key (RFC 7638, with SHA-256), and its name as a URN (RFC 9278). */

import { toBase64Url } from '../encoding/bytes.ts'
import { canonicalJson } from '../encoding/canonical-json.ts'
import { sha256 } from '../encoding/hash.ts'
import type { PublicKey } from './algorithms.ts'
import { publicJwkOf } from './public-jwk.ts'

/** A thumbprint that stands alone or in its URN; `undefined` for other text. */
export function readThumbprint(text: string): string | undefined {
  return /^(?:urn:ietf:params:oauth:jwk-thumbprint:sha-256:)?([\w-]{43})$/.exec(text)?.[1]
}

/** The thumbprint of a key; `undefined` for one that no JWK is registered for. */
export async function thumbprintOf(key: PublicKey): Promise<string | undefined> {
  if (key.algorithm === 'Bls12381G2') return undefined
  // The public members are those that RFC 7638 section 3.2 asks for, and RFC 8037 section 2.
  return toBase64Url(sha256.bytes(canonicalJson({ ...(await publicJwkOf(key)) })))
}
