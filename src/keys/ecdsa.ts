/** ECDSA (FIPS 186-5) on P-256 with SHA-256 and P-384 with SHA-384, deterministic, in JavaScript. */

import { p256, p384 } from '@noble/curves/nist'
import { sha256, sha384 } from '@noble/hashes/sha2'
import type { AlgorithmRow } from './algorithm.ts'

/** The row of P-256. */
export const p256Row: AlgorithmRow = ecdsaRow('P-256', p256, sha256, 32)
/** The row of P-384. */
export const p384Row: AlgorithmRow = ecdsaRow('P-384', p384, sha384, 48)

function ecdsaRow(name: 'P-256' | 'P-384', curve: typeof p256, hash: typeof sha256, length: number): AlgorithmRow {
  return {
    name,
    randomSecret: () => curve.utils.randomPrivateKey(),
    publicKey: (secret) => curve.getPublicKey(secret, true),
    sign: (secret, data) => curve.sign(hash(data), secret, { lowS: false, prehash: false }).toCompactRawBytes(),
    // Both s and n − s verify under ECDSA: issuers' hardware does not normalise.
    verify: (publicKey, data, signature) =>
      curve.verify(signature, hash(data), publicKey, { lowS: false, prehash: false, format: 'compact' }),
    assertPublicKey: (publicKey) => curve.ProjectivePoint.fromHex(publicKey).assertValidity(),
    toCoordinates: (publicKey) => {
      const point = curve.ProjectivePoint.fromHex(publicKey).toRawBytes(false)
      return { x: point.slice(1, 1 + length), y: point.slice(1 + length) }
    },
    fromCoordinates: (x, y) => curve.ProjectivePoint.fromHex(Uint8Array.from([4, ...x, ...(y ?? [])])).toRawBytes(true),
  }
}
