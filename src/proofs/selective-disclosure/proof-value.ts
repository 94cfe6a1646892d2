/** Proof values of selective disclosure: Multibase base64url of a three-byte header and CBOR. */

import { fromLongMultibase, join, toBase64Url } from '../../encoding/bytes.ts'
import { type CborValue, decodeCbor, encodeCbor } from './cbor.ts'
import { hasHeader, headers, type ProofValueKind } from './proof-header.ts'

/** The text of a proof value. */
export function writeProofValue(kind: ProofValueKind, components: readonly CborValue[]): string {
  return `u${toBase64Url(join([Uint8Array.from(headers[kind]), encodeCbor(components)]))}`
}

/** The components of a proof value; `undefined` when it is of another kind or number, or not in the one form. */
export function readProofValue(
  kind: ProofValueKind,
  proofValue: string,
  count: number,
): readonly CborValue[] | undefined {
  const bytes = hasHeader(kind, proofValue) ? fromLongMultibase(proofValue) : undefined
  const value = bytes && decodeCbor(bytes.subarray(3))
  return Array.isArray(value) && value.length === count ? (value as readonly CborValue[]) : undefined
}

/** The bytes, where they are as many. */
export function bytesOf(value: CborValue | undefined, length: number): Uint8Array | undefined {
  return value instanceof Uint8Array && value.length === length ? value : undefined
}

/** The list, where every item of it is what it should be. */
export function listOf<T>(
  value: CborValue | undefined,
  readItem: (item: CborValue) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined
  const items = (value as readonly CborValue[]).map(readItem)
  return items.every((item) => item !== undefined) ? (items as readonly T[]) : undefined
}

/** Places that ascend, each once. */
export function placesFrom(value: CborValue | undefined): readonly number[] | undefined {
  const places = listOf(value, (item) => (typeof item === 'number' ? item : undefined))
  return places?.every((place, index) => index === 0 || place > (places[index - 1] as number)) ? places : undefined
}
