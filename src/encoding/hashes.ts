/**
 * The hash functions that digests of content and SD-JWT may be of (VC Data Model 2.0 section 5.3), at once. On Node `#sha2` is its own
 * cryptography. Elsewhere the longer ones are much JavaScript that few need: only what is loaded on need imports this file.
 */

import * as sha2 from '#sha2'
import type { HashName } from './digest.ts'
import { type Hash, javaScriptHash, platformHash, sha256 } from './hash.ts'

export const hashes: { readonly [name in HashName]: Hash } = {
  sha256,
  sha384: platformHash('sha384') ?? javaScriptHash(sha2.sha384),
  sha512: platformHash('sha512') ?? javaScriptHash(sha2.sha512),
}
