/**
 * The signature algorithms: facts about each, and the row that computes with it. A row is loaded on first need, so that who
 * uses one curve does not carry the others.
 */

import type { AlgorithmFacts, AlgorithmRow, CurveAlgorithm, PublicKeyRow } from './algorithm.ts'
import { ed25519PublicKeys } from './ed25519-public-key.ts'

export type { Algorithm, AlgorithmFacts, AlgorithmRow, CurveAlgorithm, CurveKey, PublicKey } from './algorithm.ts'

const facts: readonly AlgorithmFacts[] = [
  { name: 'Ed25519', kty: 'OKP', secretLength: 32, signatureLength: 64 },
  { name: 'P-256', kty: 'EC', secretLength: 32, signatureLength: 64 },
  { name: 'P-384', kty: 'EC', secretLength: 48, signatureLength: 96 },
]

/** Facts of an algorithm on a curve by its name, which is also its JWK `crv`. RSA has none: its lengths differ from key to key; nor has Bls12381G2: no JWK of it is registered. */
export function algorithmFacts(name: string): AlgorithmFacts | undefined {
  return facts.find((each) => each.name === name)
}

/** Bytes of a signature, for all algorithms but RSA. */
export function signatureLengthOf(name: string): number | undefined {
  return name === 'Bls12381G2' ? 80 : algorithmFacts(name)?.signatureLength
}

/** Names of all algorithms, for messages. */
export const algorithmNames: string = [...facts.map(({ name }) => name), 'RSA', 'Bls12381G2'].join(', ')

/** What an algorithm does with public keys alone; for Ed25519 it is at hand. */
export async function loadPublicKeys(name: CurveAlgorithm): Promise<PublicKeyRow> {
  return name === 'Ed25519' ? ed25519PublicKeys : loadAlgorithm(name)
}

/** The row of an algorithm. */
export async function loadAlgorithm(name: CurveAlgorithm): Promise<AlgorithmRow> {
  if (name === 'Ed25519') return (await import('./ed25519.ts')).ed25519Row
  const { p256Row, p384Row } = await import('./ecdsa.ts')
  return name === 'P-256' ? p256Row : p384Row
}
