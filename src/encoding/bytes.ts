/** Bytes as text and back: base58btc, base64url (both Multibase, through `multiformats`), UTF-8. */

import { base58btc } from 'multiformats/bases/base58'
import { base64url } from 'multiformats/bases/base64'

/** Longest Multibase text that is decoded: base58 costs time in the square of its length. */
const MULTIBASE_MAX = 4096

/** Multibase text with prefix `z` (base58btc). */
export function toBase58Multibase(bytes: Uint8Array): string {
  return base58btc.encode(bytes)
}

/** Reads Multibase text with prefix `z` or `u`. `undefined` when it is neither, too long, or not canonical. */
export function fromMultibase(text: string): Uint8Array | undefined {
  if (text.length > MULTIBASE_MAX) return undefined
  const base = text.startsWith('z') ? base58btc : text.startsWith('u') ? base64url : undefined
  return base && decode(base, text)
}

/** Base64url without padding (RFC 4648 section 5), as JWK members have it. */
export function toBase64Url(bytes: Uint8Array): string {
  return base64url.encode(bytes).slice(1)
}

/** Reads base64url without padding. `undefined` when it is something else. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  return text.length > MULTIBASE_MAX ? undefined : decode(base64url, `u${text}`)
}

/** One text, one value: text that would be written differently is refused, so that nothing has two spellings. */
function decode(
  base: { encode(bytes: Uint8Array): string; decode(text: string): Uint8Array },
  text: string,
): Uint8Array | undefined {
  try {
    const bytes = base.decode(text)
    return base.encode(bytes) === text ? bytes : undefined
  } catch {
    return undefined
  }
}
