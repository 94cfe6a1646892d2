/** Signature checks: by the platform where it can, in JavaScript elsewhere, with the same verdicts. */

import { algorithmRow, type PublicKey } from './algorithms.ts'
import { verifyNatively } from './native.ts'

/**
 * True when the signature is that of the key over the data. False for every signature that is not, malformed ones and
 * malformed keys included. Never throws.
 */
export function verifySignature(key: PublicKey, data: Uint8Array, signature: Uint8Array): boolean {
  const row = algorithmRow(key.algorithm)
  if (!row) return false
  try {
    return verifyNatively(row, key, data, signature) ?? row.verify(key.bytes, data, signature)
  } catch {
    return false
  }
}
