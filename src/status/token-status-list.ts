/**
 * The list of an IETF Token Status List (draft-ietf-oauth-status-list section 4): ZLIB in base64url, statuses of 1, 2, 4 or 8 bits, the first
 * at the least significant bits. It stands in the claims of a JWT of type `statuslist+jwt`, whose signature is not looked at here.
 */

import { fromLongBase64Url, toBase64Url } from '../encoding/base64.ts'
import { describe, isObject } from '../encoding/json.ts'
import { CredentialError } from '../errors.ts'
import { MAX_STATUS_LIST_BYTES } from './bitstring.ts'
import { compress, decompress } from './compression.ts'

/** Bits of one status. */
export type TokenStatusSize = 1 | 2 | 4 | 8

/** The claim `status_list`. */
export interface TokenStatusListClaim {
  readonly bits: TokenStatusSize
  /** The statuses, compressed. */
  readonly lst: string
}

/** A list that was read. */
export interface TokenStatusList {
  readonly bits: TokenStatusSize
  readonly bytes: Uint8Array
}

/** What a value means (section 7.1). What is kept for applications or not registered is `other`. */
export type TokenStatusMeaning = 'valid' | 'invalid' | 'suspended' | 'other'

/**
 * Reads the claim `status_list` of a Status List Token. Never throws for what it holds.
 *
 * @param options.maxBytes Most bytes that the list may inflate to. Default: 4,194,304.
 */
export async function readTokenStatusList(
  claim: unknown,
  options: { readonly maxBytes?: number } = {},
): Promise<TokenStatusList | { readonly problem: string }> {
  const { maxBytes = MAX_STATUS_LIST_BYTES } = options
  if (!isObject(claim)) return { problem: 'status_list must be an object' }
  const { bits, lst } = claim
  if (!isSize(bits)) return { problem: 'status_list.bits must be 1, 2, 4 or 8' }
  if (typeof lst !== 'string') return { problem: 'status_list.lst must be text' }
  const data = lst.length > maxBytes * 1.4 + 1_024 ? undefined : fromLongBase64Url(lst)
  if (!data) return { problem: `status_list.lst must be base64url, and hold no more than ${maxBytes} bytes` }
  try {
    return { bits, bytes: await decompress('deflate', data, maxBytes) }
  } catch (cause) {
    return { problem: `status_list.lst must be compressed by ZLIB: ${describe(cause)}` }
  }
}

/** Writes the claim `status_list`. */
export async function writeTokenStatusList({ bits, bytes }: TokenStatusList): Promise<TokenStatusListClaim> {
  return { bits, lst: toBase64Url(await compress('deflate', bytes)) }
}

/**
 * The status of a token whose claim `status.status_list.idx` is this index; `undefined` where the list ends before it, so that the
 * status is not known.
 */
export function getTokenStatus(list: TokenStatusList, index: number): number | undefined {
  const { bits, bytes } = list
  if (!Number.isSafeInteger(index) || index < 0) return undefined
  const at = index * bits
  const byte = bytes[Math.floor(at / 8)]
  return byte === undefined ? undefined : (byte >> (at % 8)) & (2 ** bits - 1)
}

/**
 * Sets a status in place.
 *
 * @throws CredentialError `OPTION_INVALID` for an index that is not in the list, or a value that has no room.
 */
export function setTokenStatus(list: TokenStatusList, index: number, value: number): void {
  const { bits, bytes } = list
  const mask = 2 ** bits - 1
  if (getTokenStatus(list, index) === undefined || !Number.isInteger(value) || value < 0 || value > mask) {
    const last = (bytes.length * 8) / bits - 1
    throw new CredentialError('OPTION_INVALID', `index must be from 0 to ${last}, and value from 0 to ${mask}`)
  }
  const at = index * bits
  const byte = Math.floor(at / 8)
  bytes[byte] = ((bytes[byte] as number) & ~(mask << (at % 8))) | (value << (at % 8))
}

/** What a value says. */
export function meaningOfTokenStatus(value: number): TokenStatusMeaning {
  return (['valid', 'invalid', 'suspended'] as const)[value] ?? 'other'
}

function isSize(bits: unknown): bits is TokenStatusSize {
  return bits === 1 || bits === 2 || bits === 4 || bits === 8
}
