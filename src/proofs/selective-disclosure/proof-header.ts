/** How a proof value of selective disclosure begins, which says what it is without reading the rest. */

import { toBase64Url } from '../../encoding/bytes.ts'

/** What a proof value is, by its header. */
export const headers = {
  'ecdsa-sd-2023 base': [0xd9, 0x5d, 0x00],
  'ecdsa-sd-2023 derived': [0xd9, 0x5d, 0x01],
  'bbs-2023 base': [0xd9, 0x5d, 0x02],
  'bbs-2023 derived': [0xd9, 0x5d, 0x03],
} as const

/** Kinds of proof values. */
export type ProofValueKind = keyof typeof headers

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
