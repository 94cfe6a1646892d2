import { generateKeyPairSync } from 'node:crypto'
import { exportKey, exportKeyMultibase, exportKeyPem, generateKey, importKey, type RsaPrivateJwk } from 'testamur'
import { describe, expect, it } from 'vitest'
import { readPublicKey } from '../../src/keys/public-key.ts'
import { isSoundRsa } from '../../src/keys/rsa.ts'
import { verifySignature } from '../../src/keys/signature.ts'

const jwkOf = (bits: number, publicExponent = 65537) =>
  generateKeyPairSync('rsa', { modulusLength: bits, publicExponent }).privateKey.export({ format: 'jwk' })
const data = new TextEncoder().encode('conferred')
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    ({ code }) => code,
  )

const key = await generateKey({ algorithm: 'RSA' })
const jwk = (await exportKey(key)) as RsaPrivateJwk
const publicKeyJwk = { kty: jwk.kty, n: jwk.n, e: jwk.e }

describe('an RSA key', () => {
  it('lives under its own did:jwk, unless told otherwise', async () => {
    const { kty, n, e } = JSON.parse(Buffer.from(key.controller.slice('did:jwk:'.length), 'base64url').toString())
    expect({ kty, n, e }).toEqual(publicKeyJwk)
    expect(key.id).toBe(`${key.controller}#0`)
    const placed = await importKey(jwk, { id: 'did:web:school.example#2026' })
    expect(placed).toMatchObject({ id: 'did:web:school.example#2026', controller: 'did:web:school.example' })
  })

  it('comes back from JWK and from PEM, also an encrypted one', async () => {
    const pem = await exportKeyPem(key)
    const encrypted = await exportKeyPem(key, { passphrase: 'open' })
    const passphrase = { passphrase: 'open' }
    for (const again of [await importKey(jwk), await importKey(pem), await importKey(encrypted, passphrase)]) {
      expect(again.publicKey).toEqual(key.publicKey)
      const signature = await again.sign(data)
      expect(await verifySignature({ algorithm: 'RSA', bytes: key.publicKey }, data, signature)).toBe(true)
    }
  })

  it('has no Multikey secret and no seed', async () => {
    expect(await codeOf(exportKeyMultibase(key))).toBe('KEY_UNSUPPORTED')
    expect(await codeOf(generateKey({ algorithm: 'RSA', seed: new Uint8Array(32) }))).toBe('OPTION_INVALID')
  })

  it.each([
    ['too small', { ...jwkOf(1024) }],
    ['without its primes', { kty: 'RSA', n: jwk.n, e: jwk.e, d: jwk.d }],
    ['whose parts belong to two keys', { ...jwk, n: jwkOf(3072).n }],
    ['with the exponent 1', { ...jwk, e: 'AQ' }],
    ['public', publicKeyJwk],
  ])('is refused %s', async (_name, source) => {
    expect(await codeOf(importKey(source as RsaPrivateJwk))).toBe('KEY_MALFORMED')
  })
})

describe('a public RSA key', () => {
  it('is read from a JWK, and checks what the private one signs', async () => {
    const read = await readPublicKey({ publicKeyJwk })
    expect(read).toEqual({ algorithm: 'RSA', bytes: key.publicKey })
    const signature = await key.sign(data)
    if (!read) throw new Error('not read')
    expect(await verifySignature(read, data, signature)).toBe(true)
    expect(await verifySignature(read, new Uint8Array(1), signature)).toBe(false)
    expect(await verifySignature(read, data, signature.slice(1))).toBe(false)
    expect(await verifySignature(read, data, Uint8Array.from([0, ...signature]))).toBe(false)
    expect(await verifySignature(read, data, new Uint8Array(signature.length))).toBe(false)
  })

  it.each([
    ['too small', jwkOf(1024)],
    ['just too small', jwkOf(2040)],
    ['with the exponent 1', { ...publicKeyJwk, e: 'AQ' }],
    ['with an even exponent', { ...publicKeyJwk, e: 'Ag' }],
    ['with an exponent that makes a check expensive', { ...publicKeyJwk, e: 'AQAAAAE' }],
    ['with an even modulus', { ...publicKeyJwk, n: `${jwk.n.slice(0, -4)}AAAA` }],
    ['with padding', { ...publicKeyJwk, e: 'AQAB=' }],
    ['with its private part', jwk],
    ['without a modulus', { kty: 'RSA', e: 'AQAB' }],
  ])('is none %s', async (_name, { kty, n, e, ...rest }) => {
    const isPrivate = 'd' in rest && n === jwk.n && e === jwk.e
    expect(await readPublicKey({ publicKeyJwk: isPrivate ? jwk : { kty, n, e } })).toBeUndefined()
  })

  it('of 2048 bits is one, and so is one with the exponent 3', async () => {
    for (const { kty, n, e } of [jwkOf(2048), jwkOf(2048, 3)]) {
      expect(await readPublicKey({ publicKeyJwk: { kty, n, e } })).toMatchObject({ algorithm: 'RSA' })
    }
  })

  it('has one spelling in bytes', () => {
    const { publicKey } = key
    expect(isSoundRsa(publicKey)).toBe(true)
    expect(isSoundRsa(publicKey.slice(0, -1))).toBe(false)
    expect(isSoundRsa(Uint8Array.from([...publicKey, 0]))).toBe(false)
    expect(isSoundRsa(Uint8Array.from([0x30, 0x80, ...publicKey.slice(4)]))).toBe(false)
    expect(isSoundRsa(new Uint8Array())).toBe(false)
  })
})
