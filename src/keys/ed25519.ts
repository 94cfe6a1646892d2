/** Ed25519 (RFC 8032) in JavaScript: strict, without the leniency of ZIP-215. */

import { ed25519 } from '@noble/curves/ed25519'
import type { AlgorithmRow } from './algorithm.ts'
import { ed25519PublicKeys } from './ed25519-public-key.ts'

/** The row of Ed25519. */
export const ed25519Row: AlgorithmRow = {
  name: 'Ed25519',
  randomSecret: () => ed25519.utils.randomPrivateKey(),
  publicKey: (secret) => ed25519.getPublicKey(secret),
  sign: (secret, data) => ed25519.sign(data, secret),
  verify: (publicKey, data, signature) => ed25519.verify(signature, data, publicKey, { zip215: false }),
  ...ed25519PublicKeys,
}
