/**
 * BBS signatures (draft-irtf-cfrg-bbs-signatures-10 section 3): one signature over a header and messages, from which its holder can prove
 * some of the messages (`bbs-proof`).
 */

import { concatBytes } from '@noble/curves/abstract/utils'
import {
  arePaired,
  commitment,
  domainOf,
  hashToScalar,
  messageScalars,
  multiplyKeyBase,
  POINT_LENGTH,
  type Point,
  readPoint,
  readPublicPoint,
  readScalar,
  scalars,
  serialize,
  sum,
} from './bbs-ciphersuite.ts'

/** A signature, read. */
export interface BbsSignature {
  readonly point: Point
  readonly scalar: bigint
}

/** A private scalar by chance. */
export function randomBbsSecret(): Uint8Array {
  return serialize(randomScalar())
}

/** A scalar by chance: of 48 bytes, so that none is likelier than another (`calculate_random_scalars`, section 4.2.1). */
export function randomScalar(): bigint {
  const bytes = crypto.getRandomValues(new Uint8Array(48))
  const scalar = scalars.create(bytes.reduce((total, byte) => (total << 8n) | BigInt(byte), 0n))
  return scalar === 0n ? randomScalar() : scalar
}

/** The public key of a private scalar, compressed. Throws for one out of range. */
export function bbsPublicKey(secret: Uint8Array): Uint8Array {
  return multiplyKeyBase(readScalar(secret)).toRawBytes(true)
}

/** Signs (`Sign`, section 3.5.1). */
export async function signBbs(
  secret: Uint8Array,
  publicKey: Uint8Array,
  header: Uint8Array,
  messages: readonly Uint8Array[],
): Promise<Uint8Array> {
  const key = readScalar(secret)
  const domain = await domainOf(publicKey, header, messages.length)
  const made = messageScalars(messages)
  const scalar = hashToScalar(serialize(key, ...made, domain))
  const signed = await commitment(domain, made.length, made.entries())
  const point = signed.multiply(scalars.inv(scalars.add(key, scalar)))
  return concatBytes(point.toRawBytes(true), serialize(scalar))
}

/** Whether the signature is that of the key (`Verify`, section 3.5.2). Rejects for a key or signature that is none. */
export async function verifyBbs(
  publicKey: Uint8Array,
  signature: Uint8Array,
  header: Uint8Array,
  messages: readonly Uint8Array[],
): Promise<boolean> {
  const { point, scalar } = readBbsSignature(signature)
  const key = readPublicPoint(publicKey)
  const made = messageScalars(messages)
  const domain = await domainOf(publicKey, header, made.length)
  const signed = await commitment(domain, made.length, made.entries())
  // e(A, W + BP2 · e) = e(B, BP2) is e(A, W) = e(B − A · e, BP2), and sums are cheaper in the first group.
  return arePaired(point, key, signed.add(sum([point, scalars.neg(scalar)])))
}

/** Reads a signature (`octets_to_signature`, section 4.2.4.3). Throws for what is none. */
export function readBbsSignature(bytes: Uint8Array): BbsSignature {
  return { point: readPoint(bytes.slice(0, POINT_LENGTH)), scalar: readScalar(bytes.slice(POINT_LENGTH)) }
}
