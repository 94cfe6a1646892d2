/**
 * BBS proofs (draft-irtf-cfrg-bbs-signatures-10 section 3): that its maker has a signature over the header, the messages shown and others,
 * which stay hidden, as does the signature. Two proofs of one signature have nothing in common.
 */

import { concatBytes } from '@noble/curves/abstract/utils'
import { randomScalar, readBbsSignature } from './bbs.ts'
import {
  arePaired,
  commitment,
  domainOf,
  generators,
  hashToScalar,
  longSum,
  messageScalars,
  POINT_LENGTH,
  type Point,
  readPoint,
  readPublicPoint,
  readScalar,
  SCALAR_LENGTH,
  scalars,
  serialize,
  sum,
} from './bbs-ciphersuite.ts'

/** What a proof is made of. Places ascend. */
export interface BbsProofInput {
  readonly publicKey: Uint8Array
  readonly signature: Uint8Array
  readonly header: Uint8Array
  readonly presentationHeader: Uint8Array
  readonly messages: readonly Uint8Array[]
  /** Places of the messages that are shown. */
  readonly places: readonly number[]
}

/** What a proof is verified with. */
export interface BbsProofCheck {
  readonly publicKey: Uint8Array
  readonly proof: Uint8Array
  readonly header: Uint8Array
  readonly presentationHeader: Uint8Array
  /** The messages that are shown, each at its place among all. */
  readonly messages: readonly Uint8Array[]
  readonly places: readonly number[]
}

/** What a proof holds: three points, three scalars, one for each message that is hidden, and the challenge. */
interface Opened {
  readonly points: readonly [Point, Point, Point]
  readonly answers: readonly [bigint, bigint, bigint]
  readonly hidden: readonly bigint[]
  readonly challenge: bigint
}

const FIXED_LENGTH = 3 * POINT_LENGTH + 4 * SCALAR_LENGTH

/** Makes a proof (`ProofGen`, section 3.5.3). `draw` gives what chance decides: other scalars each time. */
export async function proveBbs(
  input: BbsProofInput,
  draw: (count: number) => readonly bigint[] = drawScalars,
): Promise<Uint8Array> {
  const { publicKey, header, presentationHeader, places } = input
  const made = messageScalars(input.messages)
  const shown = new Set(places)
  const hidden = made.flatMap((scalar, place) => (shown.has(place) ? [] : [[place, scalar] as const]))
  const { point, scalar } = readBbsSignature(input.signature)
  const [r1, r2, eTilde, r1Tilde, r3Tilde, ...mTilde] = draw(5 + hidden.length) as readonly [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    ...bigint[],
  ]
  const domain = await domainOf(publicKey, header, made.length)
  const d = (await commitment(domain, made.length, made.entries())).multiply(r2)
  const aBar = point.multiply(scalars.mul(r1, r2))
  const bBar = sum([d, r1], [aBar, scalars.neg(scalar)])
  const t1 = sum([aBar, eTilde], [d, r1Tilde])
  const { points } = await generators(made.length)
  const t2 = await longSum([
    [d, r3Tilde],
    ...hidden.map(([place], index) => [points[place + 1], mTilde[index]] as [Point, bigint]),
  ])
  const challenge = challengeOf(
    places.map((place) => [place, made[place] as bigint]),
    [aBar, bBar, d, t1, t2],
    domain,
    presentationHeader,
  )
  return serialize(
    aBar,
    bBar,
    d,
    scalars.add(eTilde, scalars.mul(scalar, challenge)),
    scalars.sub(r1Tilde, scalars.mul(r1, challenge)),
    scalars.sub(r3Tilde, scalars.mul(scalars.inv(r2), challenge)),
    ...hidden.map(([, message], index) => scalars.add(mTilde[index] as bigint, scalars.mul(message, challenge))),
    challenge,
  )
}

/** Whether the proof is good under the key (`ProofVerify`, section 3.5.4). Rejects for a key or proof that is none. */
export async function verifyBbsProof(input: BbsProofCheck): Promise<boolean> {
  const { publicKey, header, presentationHeader, places, messages } = input
  const total = countMessages(input.proof, messages.length)
  if (total === undefined || places.length !== messages.length) return false
  if (places.some((place, index) => place >= total || place <= (places[index - 1] ?? -1))) return false
  const { points, answers, hidden, challenge } = readProof(input.proof)
  const key = readPublicPoint(publicKey)
  const [aBar, bBar, d] = points
  const [e, r1, r3] = answers
  const made = messageScalars(messages)
  const shown = places.map((place, index) => [place, made[index] as bigint] as const)
  const domain = await domainOf(publicKey, header, total)
  const t1 = sum([bBar, challenge], [aBar, e], [d, r1])
  const isShown = new Set(places)
  const { points: all } = await generators(total)
  const others = all.slice(1).filter((_, place) => !isShown.has(place))
  const t2 = await longSum([
    [await commitment(domain, total, shown), challenge],
    [d, r3],
    ...others.map((point, index) => [point, hidden[index]] as [Point, bigint]),
  ])
  if (challengeOf(shown, [aBar, bBar, d, t1, t2], domain, presentationHeader) !== challenge) return false
  return arePaired(aBar, key, bBar)
}

/** How many messages were signed, when a proof shows so many; `undefined` for what has not the length of a proof. */
export function countMessages(proof: Uint8Array, shown: number): number | undefined {
  const hidden = (proof.length - FIXED_LENGTH) / SCALAR_LENGTH
  return Number.isInteger(hidden) && hidden >= 0 ? hidden + shown : undefined
}

function drawScalars(count: number): readonly bigint[] {
  return Array.from({ length: count }, randomScalar)
}

/** `ProofChallengeCalculate` of section 3.7.4. */
function challengeOf(
  shown: readonly (readonly [number, bigint])[],
  points: readonly Point[],
  domain: bigint,
  presentationHeader: Uint8Array,
): bigint {
  const octets = serialize(shown.length, ...shown.flat(), ...points, domain)
  return hashToScalar(concatBytes(octets, serialize(presentationHeader.length), presentationHeader))
}

/** `octets_to_proof` of section 4.2.4.5. */
function readProof(bytes: Uint8Array): Opened {
  const point = (index: number): Point => readPoint(bytes.slice(index * POINT_LENGTH, (index + 1) * POINT_LENGTH))
  const numbers: bigint[] = []
  for (let at = 3 * POINT_LENGTH; at < bytes.length; at += SCALAR_LENGTH) {
    numbers.push(readScalar(bytes.slice(at, at + SCALAR_LENGTH)))
  }
  const [e, r1, r3, ...rest] = numbers as [bigint, bigint, bigint, ...bigint[]]
  return {
    points: [point(0), point(1), point(2)],
    answers: [e, r1, r3],
    hidden: rest.slice(0, -1),
    challenge: rest.at(-1) as bigint,
  }
}
