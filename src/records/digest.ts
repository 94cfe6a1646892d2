/**
 * Digests that tie a credential to the exact content it speaks of (VC Data Model 2.0 section 5.3, "Integrity of Related
 * Resources"; the text form is that of Subresource Integrity).
 */

import { canonicalJson } from '../encoding/canonical-json.ts'
import { sha256 } from '../encoding/hash.ts'
import { readJson } from '../encoding/json.ts'
import { invalid, quote } from './input.ts'

/** Name of the hash function, a hyphen, and the digest in base64. */
export type DigestSri = `sha256-${string}` | `sha384-${string}` | `sha512-${string}`

/**
 * The digest of content as it is served: the bytes that a GET of its address returns, or the bytes of the file.
 *
 * Text is hashed as its UTF-8 bytes. Nothing is normalised: one changed byte (a line ending, a byte order mark, JSON
 * printed in another way) gives another digest. To check content against a digest, compare `digestOf(content)` with it.
 */
export function digestOf(content: Uint8Array | string): DigestSri {
  if (typeof content !== 'string' && !(content instanceof Uint8Array)) {
    throw invalid(
      'content is neither bytes nor text; give a Uint8Array or a string, or use digestOfJson for a document',
    )
  }
  return `sha256-${btoa(String.fromCharCode(...sha256.bytes(content)))}`
}

/**
 * The digest of a JSON document, whatever way it is printed: what is hashed is its canonical form (RFC 8785) in UTF-8.
 *
 * For documents that pass from hand to hand as data, such as a signed badge. It equals `digestOf(file)` only where the
 * file holds the canonical form, so tell those who check which of the two you used. Hash the signed credential, with its
 * `proof`, to mean that one and no other.
 */
export function digestOfJson(document: object): DigestSri {
  const right = 'give an object, such as a signed credential, or use digestOf for bytes and text'
  if (typeof document !== 'object' || document === null || document instanceof Uint8Array) {
    throw invalid(`document is not a JSON document; ${right}`)
  }
  const result = readJson(document)
  if (!('value' in result)) throw invalid(`document cannot be written as JSON: ${result.problem}; ${right}`)
  return digestOf(canonicalJson(result.value))
}

/** A digest that the caller has already. */
export function requireDigest(value: unknown, path: string): void {
  if (typeof value === 'string' && /^sha(256|384|512)-[A-Za-z0-9+/]{43,}={0,2}$/.test(value)) return
  throw invalid(`${path}: ${quote(value)} is not a digest; give what digestOf or digestOfJson returns`)
}
