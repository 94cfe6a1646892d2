import { didJwk, exportKey, generateKey, issue, type JsonObject } from 'testamur'
import { describe, expect, it } from 'vitest'
import { readPublicKey } from '../../src/keys/public-key.ts'
import { judge, now, plainCredential, withProof } from '../helpers/fixtures.ts'

const resolve = didJwk()
const named = (text: string) => `did:jwk:${Buffer.from(text).toString('base64url')}` as const

/** The two examples of the method's specification, whose keys are written out there. */
const p256 = {
  crv: 'P-256',
  kty: 'EC',
  x: 'acbIQiuMs3i8_uszEjJ2tpTtRM4EU3yz91PH6CdH2V0',
  y: '_KcyLj9vWMptnmKtm46GqDz8wf74I5LKgrl2GzH3nSE',
}
const p256Did =
  'did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAiLCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9'
const x25519 = { kty: 'OKP', crv: 'X25519', use: 'enc', x: '3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08' }
const x25519Did =
  'did:jwk:eyJrdHkiOiJPS1AiLCJjcnYiOiJYMjU1MTkiLCJ1c2UiOiJlbmMiLCJ4IjoiM3A3YmZYdDl3YlRUVzJIQzdPUTFOei1EUThoYmVHZE5yZngtRkctSUswOCJ9'

describe('the examples of the specification', () => {
  it('P-256, for every use', async () => {
    const id = `${p256Did}#0`
    const document = await resolve(p256Did)
    expect(document).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
      id: p256Did,
      verificationMethod: [{ id, type: 'JsonWebKey2020', controller: p256Did, publicKeyJwk: p256 }],
      assertionMethod: [id],
      authentication: [id],
      capabilityInvocation: [id],
      capabilityDelegation: [id],
      keyAgreement: [id],
    })
    expect(await readPublicKey(document?.verificationMethod?.[0] ?? {})).toMatchObject({ algorithm: 'P-256' })
  })

  it('X25519, for encryption alone', async () => {
    const id = `${x25519Did}#0`
    expect(await resolve(x25519Did)).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
      id: x25519Did,
      verificationMethod: [{ id, type: 'JsonWebKey2020', controller: x25519Did, publicKeyJwk: x25519 }],
      keyAgreement: [id],
    })
  })
})

describe('didJwk', () => {
  it('remembers, and nothing of it can be changed', async () => {
    const document = await resolve(p256Did)
    expect(await resolve(p256Did)).toBe(document)
    expect(Object.isFrozen(document?.verificationMethod?.[0]?.publicKeyJwk)).toBe(true)
  })

  it('keeps a key for signatures from encryption', async () => {
    const document = (await resolve(named(JSON.stringify({ ...p256, use: 'sig' })))) as unknown as JsonObject
    expect(Object.keys(document)).not.toContain('keyAgreement')
    expect(document['assertionMethod']).toHaveLength(1)
  })

  it.each([
    ['another method', p256Did.replace('jwk', 'web')],
    ['nothing', 'did:jwk:'],
    ['padding', `${named('{"kty":"EC"} ')}=`],
    [
      'the other alphabet of base64',
      `did:jwk:${Buffer.from('{"kty":"EC","x":"ÿÿÿ>"}').toString('base64').replace('=', '')}+/`,
    ],
    ['bits left over', named('{"kty":"EC" }').replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1))],
    ['text after it', `${p256Did}#0`],
    ['no JSON', named('key')],
    ['no object', named('["EC"]')],
    ['bytes that are no text', `did:jwk:${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}`],
    ['a member named twice', named('{"kty":"EC","kty":"OKP"}')],
    ['no kind', named('{"crv":"P-256"}')],
    ['a symmetric key', named('{"kty":"oct","k":"AAAA"}')],
    ['a private key', named(JSON.stringify({ ...p256, d: 'AAAA' }))],
    ['a private RSA key', named('{"kty":"RSA","n":"AQAB","e":"AQAB","qi":"AAAA"}')],
    ['too long', named(JSON.stringify({ ...p256, x5c: 'A'.repeat(5000) }))],
  ])('has none for %s', async (_what, did) => {
    expect(await resolve(did)).toBeUndefined()
  })

  it('finds the same key without the flaw', async () => {
    for (const text of ['{"kty":"EC"} ', '{"kty":"EC" }', '{"kty":"RSA","n":"AQAB","e":"AQAB"}']) {
      expect(await resolve(named(text))).toBeDefined()
    }
  })
})

describe('a record of an issuer under did:jwk', () => {
  it.each(['Ed25519', 'P-256', 'P-384'] as const)('verifies without options: %s', async (algorithm) => {
    const seed = new Uint8Array(algorithm === 'P-384' ? 48 : 32).fill(7)
    const { d: _, ...jwk } = await exportKey(await generateKey({ algorithm, seed }))
    const did = named(JSON.stringify(jwk))
    const key = await generateKey({ algorithm, seed, controller: did, id: `${did}#0` })
    const credential = await issue({ key, credential: plainCredential(), now })
    expect(credential.issuer).toBe(did)
    expect(await judge(credential)).toEqual(['valid'])
  })

  it('is refused when the key is for encryption', async () => {
    const { d: _, ...jwk } = await exportKey(await generateKey({ seed: new Uint8Array(32).fill(7) }))
    const did = named(JSON.stringify({ ...jwk, use: 'enc' }))
    const key = await generateKey({ seed: new Uint8Array(32).fill(7), controller: did, id: `${did}#0` })
    const about = {
      id: 'urn:uuid:5f0c9a10-6f9e-4b1c-8a52-1d6d3f2f7e03',
      issuer: did,
      validFrom: '2026-09-01T00:00:00Z',
    }
    expect(await judge(await withProof(plainCredential(about), key))).toEqual(['KEY_PURPOSE_MISMATCH'])
  })
})
