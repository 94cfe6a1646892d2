/** Proof values of selective disclosure, taken apart and changed. */

import { type CborValue, decodeCbor, encodeCbor } from '../../src/proofs/selective-disclosure/cbor.ts'
import type { Document } from './fixtures.ts'

/** The first proof of a document. */
export function proofOf(document: object): Document {
  return [(document as Document)['proof']].flat()[0] as Document
}

/** The document with another proof value. */
export function withProofValue(document: object, proofValue: string): object {
  return { ...document, proof: [{ ...proofOf(document), proofValue }] }
}

/** The bytes of a document's proof value. */
export function bytesOf(document: object): Buffer {
  return Buffer.from((proofOf(document)['proofValue'] as string).slice(1), 'base64url')
}

/** A proof value of its bytes. */
export function textOf(bytes: Uint8Array): string {
  return `u${Buffer.from(bytes).toString('base64url')}`
}

/** What a document's proof value is made of. */
export function componentsOf(document: object): readonly CborValue[] {
  return decodeCbor(bytesOf(document).subarray(3)) as readonly CborValue[]
}

/** The document with a component of its proof value changed. */
export function changeComponent(document: object, place: number, change: (value: never) => CborValue): object {
  const components = componentsOf(document).map((value, index) => (index === place ? change(value as never) : value))
  return withProofValue(document, textOf(Buffer.concat([bytesOf(document).subarray(0, 3), encodeCbor(components)])))
}

/** The outer list as one that an end mark ends. */
export function indefinite(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, 3), Buffer.of(0x9f), bytes.subarray(4), Buffer.of(0xff)])
}

/** The outer list's length, 5, in a byte of its own. */
export function lengthened(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, 3), Buffer.of(0x98, 0x05), bytes.subarray(4)])
}
