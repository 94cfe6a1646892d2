/**
 * What BBS signatures are computed with: the ciphersuite BLS12-381-SHA-256 (draft-irtf-cfrg-bbs-signatures-10 section 7.2.2), its
 * points, scalars, generators and hashes. What is read is checked as the draft says: in range, in its one form, in the subgroup.
 */

import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve'
import { concatBytes, numberToBytesBE } from '@noble/curves/abstract/utils'
import { bls12_381 } from '@noble/curves/bls12-381'
import { sha256 } from '@noble/hashes/sha2'
import { createPause } from '../encoding/pause.ts'

const { G1, fields } = bls12_381
const G1Point: typeof bls12_381.G1.ProjectivePoint = bls12_381.G1.ProjectivePoint
const G2Point: typeof bls12_381.G2.ProjectivePoint = bls12_381.G2.ProjectivePoint

/** A point of the group that signatures are in. */
export type Point = typeof G1Point.BASE

/** The numbers modulo the order of the groups. */
export const scalars: typeof bls12_381.fields.Fr = bls12_381.fields.Fr

/** Bytes of a scalar, and of a point in compressed form. */
export const SCALAR_LENGTH = 32
export const POINT_LENGTH = 48
export const PUBLIC_KEY_LENGTH = 96

/** Most messages under one signature. Each costs a hash to the curve once, some 4 ms, and a third of a millisecond whenever it is summed. */
export const MAX_MESSAGES = 5_000
/** Points that are summed in one piece. */
const PIECE = 128

const encoder = new TextEncoder()
/** `api_id` of the draft: the ciphersuite, and how its generators and scalars are made. */
const API_ID = 'BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_'
const apiId = encoder.encode(API_ID)
const EXPANDED_LENGTH = 48

/** The point that every signature begins with (section 7.2.2). */
export const base: Point = G1Point.fromHex(
  'a8ce256102840821a3e94ea9025e4662b205762f9776b3a766c872b948f1fd225e7c59698588e70d11406d161b4e28c9',
)

/** The point of a compressed form. Throws for what is no point of the group, for the identity, and for any other spelling. */
export function readPoint(bytes: Uint8Array): Point {
  return sound(G1Point.fromHex(bytes), bytes, POINT_LENGTH)
}

/** The point of a public key, under the same conditions. */
export function readPublicPoint(bytes: Uint8Array): typeof G2Point.BASE {
  return sound(G2Point.fromHex(bytes), bytes, PUBLIC_KEY_LENGTH)
}

/** The library checks curve and subgroup, but reduces coordinates that are too large, and takes the identity. */
function sound<P extends { is0(): boolean; toRawBytes(isCompressed: boolean): Uint8Array }>(
  point: P,
  bytes: Uint8Array,
  length: number,
): P {
  const written = point.toRawBytes(true)
  const isSame = bytes.length === length && bytes.every((byte, index) => byte === written[index])
  if (!isSame || point.is0()) throw new Error('not a point in its one form')
  return point
}

/** The scalar of its bytes. Throws for zero, and for what is not below the order of the groups. */
export function readScalar(bytes: Uint8Array): bigint {
  const scalar = toNumber(bytes)
  if (bytes.length !== SCALAR_LENGTH || scalar === 0n || scalar >= scalars.ORDER) throw new Error('not a scalar')
  return scalar
}

/** The bytes of points, scalars and whole numbers, one after the other (`serialize`, section 4.2.4.1). */
export function serialize(...items: readonly (Point | bigint | number)[]): Uint8Array {
  return concatBytes(
    ...items.map((item) => {
      if (typeof item === 'bigint') return numberToBytesBE(item, SCALAR_LENGTH)
      return typeof item === 'number' ? numberToBytesBE(item, 8) : item.toRawBytes(true)
    }),
  )
}

/** A scalar of bytes (`hash_to_scalar`, section 4.2.3). */
export function hashToScalar(bytes: Uint8Array, tag = 'H2S_'): bigint {
  return scalars.create(toNumber(expand(bytes, tag)))
}

/** The scalar of each message (`messages_to_scalars`, section 4.1.2). */
export function messageScalars(messages: readonly Uint8Array[]): readonly bigint[] {
  return messages.map((message) => hashToScalar(message, 'MAP_MSG_TO_SCALAR_AS_HASH_'))
}

/** What a key signs beside the messages (`calculate_domain`, section 4.2.2). */
export async function domainOf(publicKey: Uint8Array, header: Uint8Array, messages: number): Promise<bigint> {
  const { octets } = await generators(messages)
  return hashToScalar(concatBytes(publicKey, serialize(messages), ...octets, apiId, serialize(header.length), header))
}

/** The sum of points, each so many times. */
export function sum(...terms: readonly (readonly [Point, bigint])[]): Point {
  return G1Point.msm(
    terms.map(([point]) => point),
    terms.map(([, scalar]) => scalar),
  )
}

/** The sum of many points, piece by piece, so that others in the thread get their turn. */
export async function longSum(terms: readonly (readonly [Point, bigint])[]): Promise<Point> {
  const pause = createPause()
  let total = G1Point.ZERO
  for (let from = 0; from < terms.length; from += PIECE) {
    total = total.add(sum(...terms.slice(from, from + PIECE)))
    await pause()
  }
  return total
}

/** The same sum of points for as many messages, of the domain and the messages at their places: `B` of the draft. */
export async function commitment(
  domain: bigint,
  count: number,
  messages: Iterable<readonly [number, bigint]>,
): Promise<Point> {
  const { points } = await generators(count)
  const terms = [...messages].map(([place, scalar]) => [points[place + 1] as Point, scalar] as const)
  return longSum([[base, 1n], [points[0] as Point, domain], ...terms])
}

/** Whether the pairing of the one point with the key is that of the other with the group's own. */
export function arePaired(one: Point, key: typeof G2Point.BASE, other: Point): boolean {
  const product = bls12_381.pairingBatch([
    { g1: one, g2: key },
    { g1: other.negate(), g2: G2Point.BASE },
  ])
  return fields.Fp12.eql(product, fields.Fp12.ONE)
}

/** The key of a private scalar. */
export function multiplyKeyBase(scalar: bigint): typeof G2Point.BASE {
  return G2Point.BASE.multiply(scalar)
}

const known: { readonly points: Point[]; readonly octets: Uint8Array[]; seed: Uint8Array | undefined } = {
  points: [],
  octets: [],
  seed: undefined,
}

/**
 * One point for the domain, then one for each message (`create_generators`, section 4.1.1). They are the same for all keys, and those
 * for fewer messages begin those for more, so that each is made once. Others get their turn between two of them, also those who
 * make some themselves.
 */
export async function generators(
  messages: number,
): Promise<{ readonly points: readonly Point[]; readonly octets: readonly Uint8Array[] }> {
  if (messages > MAX_MESSAGES) throw new Error(`${messages} messages; at most ${MAX_MESSAGES} are signed`)
  known.seed ??= expand(encoder.encode(`${API_ID}MESSAGE_GENERATOR_SEED`), 'SIG_GENERATOR_SEED_')
  const pause = createPause()
  while (known.points.length < messages + 1) {
    known.seed = expand(concatBytes(known.seed, serialize(known.points.length + 1)), 'SIG_GENERATOR_SEED_')
    const made = G1.hashToCurve(known.seed, { DST: `${API_ID}SIG_GENERATOR_DST_` })
    const point = G1Point.fromAffine(made.toAffine())
    known.points.push(point)
    known.octets.push(point.toRawBytes(true))
    await pause()
  }
  return { points: known.points.slice(0, messages + 1), octets: known.octets.slice(0, messages + 1) }
}

function expand(bytes: Uint8Array, tag: string): Uint8Array {
  return expand_message_xmd(bytes, encoder.encode(`${API_ID}${tag}`), EXPANDED_LENGTH, sha256)
}

function toNumber(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}
