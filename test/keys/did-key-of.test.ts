import { generateKeyPairSync } from 'node:crypto'
import { didKeyOf, exportKey, generateKey } from 'testamur'
import { describe, expect, it } from 'vitest'

describe('didKeyOf', () => {
  it.each(['Ed25519', 'P-256', 'P-384'] as const)('names a %s key as generateKey does', async (algorithm) => {
    const key = await generateKey({ algorithm })
    const { d: _, ...publicJwk } = await exportKey(key)
    expect(await didKeyOf(publicJwk)).toEqual({ id: key.id, controller: key.controller, algorithm })
  })

  it('reads SPKI PEM', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
    expect(await didKeyOf(pem)).toEqual(await didKeyOf(publicKey.export({ format: 'jwk' })))
  })

  it('refuses private keys, other kinds and nonsense', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
    const pem = rsa.export({ format: 'pem', type: 'spki' }).toString()
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const ownPem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    for (const wrong of [await exportKey(await generateKey()), pem, ownPem, 'hello', {}]) {
      await expect(didKeyOf(wrong)).rejects.toMatchObject({ code: 'KEY_MALFORMED' })
    }
  })
})
