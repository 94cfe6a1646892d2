/**
 * The compressed bitstring of status lists: Bitstring Status List v1.0 sections 3.1 to 3.4, and the two older forms of it (StatusList2021,
 * RevocationList2020), which differ in how the compressed bytes are written as text.
 * Entry 0 is at the most significant bit of the first byte; an entry of more than one bit has its most significant bit first.
 */

import { fromAnyBase64, fromLongBase64Url, toBase64Url } from '../encoding/base64.ts'
import { describe } from '../encoding/json.ts'
import { CredentialError } from '../errors.ts'
import { compress, decompress } from './compression.ts'

/** Fewest entries of a list, so that one holder is hidden among many (Bitstring Status List section 6.1). */
export const MIN_STATUS_LIST_ENTRIES = 131_072
/** Most bytes that a list may inflate to, where the caller does not say: 33,554,432 entries of one bit. */
export const MAX_STATUS_LIST_BYTES = 4_194_304
/** Most bits of one entry. */
export const MAX_STATUS_SIZE = 16

/** The bits, or why the text does not hold any. */
export type DecodedBitstring = { readonly bits: Uint8Array } | { readonly problem: string }

/** What bounds the reading of a list. */
export interface DecodeBitstringOptions {
  /** Most bytes that it may inflate to. Default: 4,194,304. */
  readonly maxBytes?: number
}

/**
 * An empty list.
 *
 * @throws CredentialError `OPTION_INVALID` for a number of entries below 131,072, or a size that is none.
 */
export function createBitstring(entries: number = MIN_STATUS_LIST_ENTRIES, statusSize = 1): Uint8Array {
  assertSize(statusSize)
  if (!Number.isSafeInteger(entries) || entries < MIN_STATUS_LIST_ENTRIES)
    throw new CredentialError(
      'OPTION_INVALID',
      `entries: a status list has at least ${MIN_STATUS_LIST_ENTRIES} entries, given as a whole number`,
    )
  return new Uint8Array(Math.ceil((entries * statusSize) / 8))
}

/** How many entries of this size the bits have room for. */
export function countEntries(bits: Uint8Array, statusSize = 1): number {
  return Math.floor((bits.length * 8) / statusSize)
}

/**
 * The value of an entry.
 *
 * @throws CredentialError `OPTION_INVALID` for an index that is not in the list.
 */
export function getEntry(bits: Uint8Array, index: number, statusSize = 1): number {
  assertIndex(bits, index, statusSize)
  let value = 0
  for (let at = index * statusSize; at < (index + 1) * statusSize; at += 1)
    value = value * 2 + (((bits[Math.floor(at / 8)] as number) >> (7 - (at % 8))) & 1)
  return value
}

/**
 * Sets an entry in place.
 *
 * @throws CredentialError `OPTION_INVALID` for an index that is not in the list, or a value that the size has no room for.
 */
export function setEntry(bits: Uint8Array, index: number, value: number, statusSize = 1): void {
  assertIndex(bits, index, statusSize)
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** statusSize)
    throw new CredentialError('OPTION_INVALID', `value: must be a whole number from 0 to ${2 ** statusSize - 1}`)
  for (let bit = 0; bit < statusSize; bit += 1) {
    const at = index * statusSize + bit
    const mask = 0x80 >> (at % 8)
    const byte = Math.floor(at / 8)
    const on = (value >> (statusSize - 1 - bit)) & 1
    bits[byte] = on ? (bits[byte] as number) | mask : (bits[byte] as number) & ~mask
  }
}

/** `encodedList` of a BitstringStatusListCredential: GZIP in Multibase base64url, with prefix `u`. */
export async function encodeBitstring(bits: Uint8Array): Promise<string> {
  return `u${await encodeOlderBitstring(bits)}`
}

/** `encodedList` of a StatusList2021Credential or RevocationList2020Credential: GZIP in base64url without a prefix. */
export async function encodeOlderBitstring(bits: Uint8Array): Promise<string> {
  return toBase64Url(await compress('gzip', bits))
}

/** Reads `encodedList` of a BitstringStatusListCredential. Never throws for what the text holds. */
export async function decodeBitstring(text: string, options: DecodeBitstringOptions = {}): Promise<DecodedBitstring> {
  if (!text.startsWith('u')) return { problem: 'must be Multibase base64url, which begins with "u"' }
  return inflate(text, (long) => fromLongBase64Url(long.slice(1)), options)
}

/** Reads `encodedList` of the two older forms: base64url or base64, padded or not. Never throws for what the text holds. */
export async function decodeOlderBitstring(
  text: string,
  options: DecodeBitstringOptions = {},
): Promise<DecodedBitstring> {
  return inflate(text, fromAnyBase64, options)
}

async function inflate(
  text: string,
  decode: (text: string) => Uint8Array | undefined,
  { maxBytes = MAX_STATUS_LIST_BYTES }: DecodeBitstringOptions,
): Promise<DecodedBitstring> {
  // What cannot be compressed grows by a few bytes, and base64 makes four characters of three.
  if (text.length > maxBytes * 1.4 + 1_024) return { problem: `is too long: it may hold ${maxBytes} bytes` }
  const data = decode(text)
  if (!data) return { problem: 'must be base64url' }
  try {
    return { bits: await decompress('gzip', data, maxBytes) }
  } catch (cause) {
    return { problem: `must be compressed by GZIP: ${describe(cause)}` }
  }
}

function assertSize(statusSize: number): void {
  if (!Number.isInteger(statusSize) || statusSize < 1 || statusSize > MAX_STATUS_SIZE)
    throw new CredentialError('OPTION_INVALID', `statusSize: must be a whole number from 1 to ${MAX_STATUS_SIZE}`)
}

function assertIndex(bits: Uint8Array, index: number, statusSize: number): void {
  assertSize(statusSize)
  const entries = countEntries(bits, statusSize)
  if (!Number.isSafeInteger(index) || index < 0 || index >= entries)
    throw new CredentialError('OPTION_INVALID', `index: must be a whole number from 0 to ${entries - 1}`)
}
