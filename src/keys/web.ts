/**
 * Signature checks by WebCrypto, where there is no synchronous cryptography: browsers. Not every one knows every curve; what one
 * does not know is left to JavaScript.
 */

import type { CurveAlgorithm, CurveKey } from './algorithms.ts'
import { publicJwkOf } from './public-jwk.ts'

const names = {
  Ed25519: { name: 'Ed25519' },
  'P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'P-384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
} as const

/** Reading a key costs as much as a check with it, so each is read once. */
const imported = new WeakMap<CurveKey, CryptoKey>()
const unknown = new Set<CurveAlgorithm>()

/** Whether the signature is good; `undefined` where the platform cannot say. Throws for a key that is none. */
export async function verifyOnWeb(
  key: CurveKey,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean | undefined> {
  const { subtle } = globalThis.crypto ?? {}
  if (!subtle || unknown.has(key.algorithm)) return undefined
  const cryptoKey = imported.get(key) ?? (await importKey(subtle, key))
  if (!cryptoKey) return undefined
  return subtle.verify(names[key.algorithm], cryptoKey, new Uint8Array(signature), new Uint8Array(data))
}

async function importKey(subtle: SubtleCrypto, key: CurveKey): Promise<CryptoKey | undefined> {
  const jwk = { ...(await publicJwkOf(key)), ext: true }
  try {
    const made = await subtle.importKey('jwk', jwk, names[key.algorithm], true, ['verify'])
    imported.set(key, made)
    return made
  } catch {
    // The key is sound, so that it is the platform that does not know the algorithm.
    unknown.add(key.algorithm)
    return undefined
  }
}
