/** The did:key of a public key, as a KMS or HSM hands it out: what a `Signer` has to say of itself. */

import { encodePublicMultikey } from '../encoding/multikey.ts'
import { CredentialError } from '../errors.ts'
import type { PublishedJwk } from './jwk.ts'
import type { Signer } from './key.ts'
import { jwkOfPublicPem } from './pem.ts'
import { readPublicKey } from './public-key.ts'

/**
 * Names a public key as its own DID: `const signer: Signer = { ...(await didKeyOf(publicKey)), sign }`.
 *
 * @param publicKey A public JWK, or SPKI PEM text (`-----BEGIN PUBLIC KEY-----`; Node 20.16 or later only).
 * @throws CredentialError `KEY_MALFORMED` when it is no public key of a supported algorithm, `KEY_UNSUPPORTED` for PEM where the
 *   platform cannot read it.
 */
export async function didKeyOf(
  publicKey: PublishedJwk | string,
): Promise<Pick<Signer, 'id' | 'controller' | 'algorithm'>> {
  const jwk = typeof publicKey === 'string' ? jwkOfPublicPem(publicKey) : publicKey
  const key = await readPublicKey({ publicKeyJwk: jwk })
  if (!key || key.algorithm === 'RSA') {
    throw new CredentialError(
      'KEY_MALFORMED',
      'didKeyOf: give a public key of Ed25519, P-256 or P-384, as JWK without its private part or as SPKI PEM',
    )
  }
  const name = encodePublicMultikey({ codec: key.algorithm, bytes: key.bytes })
  return { id: `did:key:${name}#${name}`, controller: `did:key:${name}`, algorithm: key.algorithm }
}
