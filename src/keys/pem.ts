/**
 * PKCS#8 PEM (RFC 5958, RFC 7468), also encrypted (PBES2), through the platform's own crypto.
 * Node's module is asked for at run time, so that bundles for the browser carry nothing of it.
 */

import { CredentialError } from '../errors.ts'
import { algorithmNames } from './algorithms.ts'
import type { PublishedJwk } from './jwk.ts'

interface NodeKeyObject {
  readonly asymmetricKeyType?: string
  export(options: { format: 'jwk' }): PublishedJwk
  export(options: { format: 'pem'; type: 'pkcs8'; cipher?: string; passphrase?: string }): string
}
interface NodeCrypto {
  createPublicKey(input: { key: string; format: 'pem' }): NodeKeyObject
  createPrivateKey(input: { key: unknown; format: 'pem' | 'jwk'; passphrase?: string }): NodeKeyObject
}

/** The JWK of a PEM text. */
export function jwkOfPem(pem: string, passphrase: string | undefined): PublishedJwk {
  const crypto = nodeCrypto()
  if (/BEGIN (RSA )?(PUBLIC KEY|CERTIFICATE)/.test(pem)) {
    throw new CredentialError(
      'KEY_MALFORMED',
      'importKey: this PEM holds a public key; the private one is needed to sign',
    )
  }
  if (pem.includes('ENCRYPTED') && passphrase === undefined) {
    throw new CredentialError(
      'OPTION_INVALID',
      'importKey: this PEM is encrypted; give its passphrase as options.passphrase',
    )
  }
  const withPassphrase = passphrase === undefined ? {} : { passphrase }
  let key: NodeKeyObject
  try {
    key = crypto.createPrivateKey({ key: pem, format: 'pem', ...withPassphrase })
  } catch {
    // No cause: it must never carry a part of the key or the passphrase.
    const how = passphrase === undefined ? '' : ' with this passphrase'
    throw new CredentialError('KEY_MALFORMED', `importKey: the PEM cannot be read as a PKCS#8 private key${how}`)
  }
  try {
    return key.export({ format: 'jwk' })
  } catch {
    const message = `importKey: the PEM holds a key of ${key.asymmetricKeyType}, which signs nothing here; use one of ${algorithmNames}`
    throw new CredentialError('KEY_UNSUPPORTED', message)
  }
}

/** The JWK of a public key as SPKI PEM. */
export function jwkOfPublicPem(pem: string): PublishedJwk {
  if (pem.includes('PRIVATE KEY-----')) {
    throw new CredentialError('KEY_MALFORMED', 'didKeyOf: this PEM holds a private key; give the public one')
  }
  try {
    return nodeCrypto().createPublicKey({ key: pem, format: 'pem' }).export({ format: 'jwk' })
  } catch (cause) {
    if (cause instanceof CredentialError) throw cause
    throw new CredentialError(
      'KEY_MALFORMED',
      'didKeyOf: the text cannot be read as SPKI PEM (-----BEGIN PUBLIC KEY-----)',
    )
  }
}

/** PEM text of a private JWK. */
export function pemOfJwk(jwk: object, passphrase: string | undefined): string {
  const key = nodeCrypto().createPrivateKey({ key: jwk, format: 'jwk' })
  return key.export({
    format: 'pem',
    type: 'pkcs8',
    ...(passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }),
  })
}

function nodeCrypto(): NodeCrypto {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }
  const crypto = process?.getBuiltinModule?.('node:crypto')
  if (crypto) return crypto as NodeCrypto
  throw new CredentialError('KEY_UNSUPPORTED', 'PEM needs Node 20.16 or later; use a JWK or a Multikey secret here')
}
