/** A key of P-256 that signs the parts of one document and is forgotten: by the platform where it can, in JavaScript elsewhere. */

import { loadAlgorithm } from './algorithms.ts'

/** Signs until it is let go. */
export interface EphemeralKey {
  /** The compressed point. */
  readonly publicKey: Uint8Array
  /** r‖s over SHA-256 of the data. */
  sign(data: Uint8Array): Promise<Uint8Array>
}

/** A fresh key. */
export async function createEphemeralKey(): Promise<EphemeralKey> {
  const row = await loadAlgorithm('P-256')
  const { subtle } = globalThis.crypto ?? {}
  if (!subtle) {
    const secret = row.randomSecret()
    return { publicKey: row.publicKey(secret), sign: async (data) => row.sign(secret, data) }
  }
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
  const point = new Uint8Array(await subtle.exportKey('raw', pair.publicKey))
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  return {
    publicKey: row.fromCoordinates(point.slice(1, 33), point.slice(33)),
    sign: async (data) => new Uint8Array(await subtle.sign(algorithm, pair.privateKey, Uint8Array.from(data))),
  }
}
