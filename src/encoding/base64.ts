/** Base64 (RFC 4648 sections 4 and 5), by the platform, of any length: the caller says what is too long. */

/** Base64 with padding. */
export function toLongBase64(bytes: Uint8Array): string {
  return encode(bytes)
}

/** Base64url without padding, as JWK members have it. */
export function toBase64Url(bytes: Uint8Array): string {
  return encode(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Reads base64url without padding. `undefined` when it is something else. */
export function fromLongBase64Url(text: string): Uint8Array | undefined {
  return /^[\w-]*$/.test(text) ? decode(text.replaceAll('-', '+').replaceAll('_', '/')) : undefined
}

/** Reads base64 of either alphabet, with padding or without, as older specifications leave open. `undefined` when it is neither. */
export function fromAnyBase64(text: string): Uint8Array | undefined {
  const bare = text.replace(/={1,2}$/, '')
  if (bare.length !== text.length && text.length % 4 !== 0) return undefined
  if (/^[\w-]*$/.test(bare)) return fromLongBase64Url(bare)
  return /^[A-Za-z\d+/]*$/.test(bare) ? decode(bare) : undefined
}

/** Characters that one call is given: an argument list has its bound. */
const CHUNK = 8_192

function encode(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(text)
}

/** One text, one value: bits that stand for nothing must be zero, which `atob` does not ask. */
function decode(bare: string): Uint8Array | undefined {
  const rest = bare.length % 4
  if (rest === 1) return undefined
  const text = atob(bare)
  if (rest > 0 && btoa(text.slice(-(rest - 1))).slice(0, rest) !== bare.slice(-rest)) return undefined
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at)
  return bytes
}
