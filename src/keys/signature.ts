/** Signature checks: by the platform where it can, in JavaScript elsewhere, with the same verdicts. */

import { loadAlgorithm, type PublicKey } from './algorithms.ts'
import { verifyNatively } from './native.ts'
import { verifyOnWeb } from './web.ts'

/**
 * True when the signature is that of the key over the data. False for every signature that is not, malformed ones and
 * malformed keys included. `beside`: the caller has other work meanwhile, so that another thread may do it.
 * Throws only for an RSA key where the platform has no RSA: it could not be found out.
 */
export async function verifySignature(
  key: PublicKey,
  data: Uint8Array,
  signature: Uint8Array,
  beside = false,
): Promise<boolean> {
  if (key.algorithm === 'RSA') return (await import('./rsa.ts')).verifyRsa(key, data, signature)
  // Nothing but bbs-2023 is signed with such a key, and that is verified message by message.
  if (key.algorithm === 'Bls12381G2') return false
  try {
    const natively = (await verifyNatively(key, data, signature, beside)) ?? (await verifyOnWeb(key, data, signature))
    return natively ?? (await loadAlgorithm(key.algorithm)).verify(key.bytes, data, signature)
  } catch {
    return false
  }
}
