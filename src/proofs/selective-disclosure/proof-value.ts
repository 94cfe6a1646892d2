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

/** Whether the proof value has the header of the kind. */
export function hasHeader(kind: ProofValueKind, proofValue: string): boolean {
  return beginsWith(proofValue, headers[kind])
}

/** A feature of bbs-2023 that is not done here, by the header of its proofs (Data Integrity BBS Cryptosuites 1.0 section 3.2). */
export interface BbsFeature {
  readonly name: string
  readonly isBase: boolean
}

/** The last byte of base proofs' headers; derived proofs have the next. */
const features = [
  [0x04, 'anonymous holder binding'],
  [0x06, 'a pseudonym'],
  [0x08, 'a pseudonym'],
] as const

/** The feature that a proof value is of; `undefined` where it is of none. */
export function bbsFeatureOf(proofValue: string): BbsFeature | undefined {
  const found = features
    .flatMap(([tag, name]) => [
      { tag, name, isBase: true },
      { tag: tag + 1, name, isBase: false },
    ])
    .find(({ tag }) => beginsWith(proofValue, [0xd9, 0x5d, tag]))
  return found && { name: found.name, isBase: found.isBase }
}

/** Whether the proof is a base proof of any suite. */
export function isBaseProof({ type, proofValue }: { readonly type?: unknown; readonly proofValue?: unknown }): boolean {
  if (typeof proofValue !== 'string' || type !== 'DataIntegrityProof') return false
  return hasHeader('ecdsa-sd-2023 base', proofValue) || isBbsBase(proofValue)
}

/** Whether the proof value is a base proof of bbs-2023, of whatever feature. */
export function isBbsBase(proofValue: string): boolean {
  return hasHeader('bbs-2023 base', proofValue) || bbsFeatureOf(proofValue)?.isBase === true
}

/** Three bytes are four characters. */
function beginsWith(proofValue: string, header: readonly number[]): boolean {
  return proofValue.startsWith(`u${toBase64Url(Uint8Array.from(header))}`)
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
