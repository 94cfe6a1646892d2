/**
 * Public keys as PEM (RFC 7468): SPKI (`PUBLIC KEY`), and `RSA PUBLIC KEY` of PKCS #1, through WebCrypto, so that browsers read them as well.
 */

import { fromAnyBase64 } from '../encoding/base64.ts'
import { CredentialError } from '../errors.ts'
import type { Algorithm, PublicKey } from './algorithm.ts'
import type { PublishedJwk } from './jwk.ts'
import { readPublicKey } from './public-key.ts'

/** Longest text that is read: a key of 8192 bits has 1,500 characters. */
const LONGEST = 8_192

const parameters: Partial<Record<Algorithm, RsaHashedImportParams | EcKeyImportParams | AlgorithmIdentifier>> = {
  Ed25519: { name: 'Ed25519' },
  'P-256': { name: 'ECDSA', namedCurve: 'P-256' },
  'P-384': { name: 'ECDSA', namedCurve: 'P-384' },
  RSA: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
}

/**
 * The key in the text, for one algorithm. `undefined` when it is no PEM of one public key, of another algorithm, or too small.
 * @throws CredentialError `KEY_UNSUPPORTED` where the platform has no WebCrypto: it could not be found out.
 */
export async function readPublicPem(pem: unknown, algorithm: Algorithm): Promise<PublicKey | undefined> {
  if (typeof pem !== 'string' || pem.length > LONGEST) return undefined
  const [, isRsa, base64] =
    /^\s*-----BEGIN (RSA )?PUBLIC KEY-----([A-Za-z\d+/=\s]+)-----END \1?PUBLIC KEY-----\s*$/.exec(pem) ?? []
  const bytes = base64 === undefined ? undefined : fromAnyBase64(base64.replace(/\s/g, ''))
  if (!bytes) return undefined
  if (isRsa !== undefined) {
    const { isSoundRsa } = await import('./rsa.ts')
    return algorithm === 'RSA' && isSoundRsa(bytes) ? { algorithm, bytes } : undefined
  }
  return fromSpki(bytes, algorithm)
}

async function fromSpki(bytes: Uint8Array, algorithm: Algorithm): Promise<PublicKey | undefined> {
  const { subtle } = globalThis.crypto ?? {}
  if (!subtle) throw new CredentialError('KEY_UNSUPPORTED', 'a key as PEM needs WebCrypto (crypto.subtle)')
  const asked = parameters[algorithm]
  if (!asked) return undefined
  try {
    const key = await subtle.importKey('spki', Uint8Array.from(bytes), asked, true, ['verify'])
    const found = await readPublicKey({ publicKeyJwk: (await subtle.exportKey('jwk', key)) as PublishedJwk })
    return found?.algorithm === algorithm ? found : undefined
  } catch {
    return undefined
  }
}
