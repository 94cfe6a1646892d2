/** Proof values of selective disclosure: Multibase base64url of a three-byte header and CBOR. */

import { fromLongMultibase, toBase64Url } from '../../encoding/bytes.ts'
import { concat } from '../proof-signature.ts'
import { type CborValue, decodeCbor, encodeCbor } from './cbor.ts'

/** What a proof value is, by its header. */
export const headers = {
  'ecdsa-sd-2023 base': [0xd9, 0x5d, 0x00],
  'ecdsa-sd-2023 derived': [0xd9, 0x5d, 0x01],
  'bbs-2023 base': [0xd9, 0x5d, 0x02],
  'bbs-2023 derived': [0xd9, 0x5d, 0x03],
  'bbs-2023 with anonymous holder binding base': [0xd9, 0x5d, 0x04],
  'bbs-2023 with anonymous holder binding derived': [0xd9, 0x5d, 0x05],
  'bbs-2023 with a pseudonym base': [0xd9, 0x5d, 0x06],
  'bbs-2023 with a pseudonym derived': [0xd9, 0x5d, 0x07],
  'bbs-2023 with a pseudonym and holder binding base': [0xd9, 0x5d, 0x08],
  'bbs-2023 with a pseudonym and holder binding derived': [0xd9, 0x5d, 0x09],
} as const

/** Kinds of proof values. */
export type ProofValueKind = keyof typeof headers

/** The text of a proof value. */
export function writeProofValue(kind: ProofValueKind, components: readonly CborValue[]): string {
  return `u${toBase64Url(concat(Uint8Array.from(headers[kind]), encodeCbor(components)))}`
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

/** Whether the proof value has the header of the kind: three bytes are four characters. */
export function hasHeader(kind: ProofValueKind, proofValue: string): boolean {
  return proofValue.startsWith(`u${toBase64Url(Uint8Array.from(headers[kind]))}`)
}

/** What the proof value is by its header; `undefined` where that is none of these. */
export function kindOf(proofValue: string): ProofValueKind | undefined {
  return (Object.keys(headers) as ProofValueKind[]).find((kind) => hasHeader(kind, proofValue))
}

/** Whether the proof is a base proof of any suite. */
export function isBaseProof({ type, proofValue }: { readonly type?: unknown; readonly proofValue?: unknown }): boolean {
  if (typeof proofValue !== 'string') return false
  return type === 'DataIntegrityProof' && kindOf(proofValue)?.endsWith(' base') === true
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
