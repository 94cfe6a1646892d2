/** Bytes put together, and as text and back: base58btc (Multibase, through `multiformats`), base64url, hexadecimal. */

import { base58btc } from 'multiformats/bases/base58'
import { fromLongBase64Url } from './base64.ts'

export { toBase64Url } from './base64.ts'

/** Longest Multibase text that is decoded: base58 costs time in the square of its length. */
const MULTIBASE_MAX = 4096

/** Multibase text with prefix `z` (base58btc). */
export function toBase58Multibase(bytes: Uint8Array): string {
  return base58btc.encode(bytes)
}

/** Reads Multibase text with prefix `z` or `u`. `undefined` when it is neither, too long, or not canonical. */
export function fromMultibase(text: string): Uint8Array | undefined {
  if (text.length > MULTIBASE_MAX) return undefined
  if (base58Multibase.test(text)) return decodeBase58(text)
  return text.startsWith('u') ? fromLongBase64Url(text.slice(1)) : undefined
}

/** In base58 every text of the alphabet is the one spelling of its bytes. */
const base58Multibase = /^z[1-9A-HJ-NP-Za-km-z]*$/

/** By character code, which in base58 is below 128. */
const base58Digits = new Uint8Array(128)
for (const [value, each] of [...'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'].entries()) {
  base58Digits[each.charCodeAt(0)] = value
}

/** Five digits at a time, into groups of two bytes: a signature is decoded for every proof, and one by one takes ten times as long. */
function decodeBase58(multibase: string): Uint8Array {
  const groups: number[] = []
  let zeros = 0
  while (multibase[1 + zeros] === '1') zeros += 1
  for (let start = 1 + zeros; start < multibase.length; start += 5) {
    let carry = 0
    let scale = 1
    for (let index = start; index < Math.min(start + 5, multibase.length); index += 1) {
      carry = carry * 58 + (base58Digits[multibase.charCodeAt(index)] as number)
      scale *= 58
    }
    for (let index = 0; index < groups.length; index += 1) {
      const value = (groups[index] as number) * scale + carry
      carry = Math.floor(value / 65536)
      groups[index] = value - carry * 65536
    }
    for (; carry > 0; carry = Math.floor(carry / 65536)) groups.push(carry % 65536)
  }
  const isOdd = groups.length > 0 && (groups[groups.length - 1] as number) < 256
  const bytes = new Uint8Array(zeros + groups.length * 2 - (isOdd ? 1 : 0))
  groups.forEach((group, index) => {
    bytes[bytes.length - 1 - 2 * index] = group & 255
    if (group > 255 || index < groups.length - 1) bytes[bytes.length - 2 - 2 * index] = group >> 8
  })
  return bytes
}

/** Reads Multibase text with prefix `u` of any length, as reading it costs no more than that. `undefined` when it is not canonical. */
export function fromLongMultibase(text: string): Uint8Array | undefined {
  return text.startsWith('u') ? fromLongBase64Url(text.slice(1)) : undefined
}

const hexadecimal = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Lower-case hexadecimal. From a table: browsers write each hash of a blank node so. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexadecimal[byte]
  return text
}

/** All bytes, one after the other; of a list, since there may be more than a call takes. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

/** Reads base64url without padding. `undefined` when it is something else, or longer than expected. */
export function fromBase64Url(text: string, longest: number = MULTIBASE_MAX): Uint8Array | undefined {
  return text.length > longest ? undefined : fromLongBase64Url(text)
}
