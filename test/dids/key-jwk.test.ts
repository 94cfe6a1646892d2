/** did:key whose identifier holds a JWK (multicodec jwk_jcs-pub, 0xeb51), as those of natural persons in EBSI do. */

import { base58btc } from 'multiformats/bases/base58'
import { didKey, exportKey, generateKey, importKey, issue, type JsonObject, present, vcJwt, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/encoding/canonical-json.ts'
import { readPublicKey } from '../../src/keys/public-key.ts'
import { challenge, judge, now, plainCredential, signed } from '../helpers/fixtures.ts'

const resolve = didKey()
const named = (jwk: string | Uint8Array) =>
  `did:key:${base58btc.encode(Uint8Array.from([0xd1, 0xd6, 0x03, ...Buffer.from(jwk)]))}` as const

/** The example of EBSI's profile of did:key, and the test key behind it, which is published as well. */
const example =
  'did:key:z2dmzD81cgPx8Vki7JbuuMmFYrWPgYoytykUZ3eyqht1j9KbsEYvdrjxMjQ4tpnje9BDBTzuNDP3knn6qLZErzd4bJ5go2CChoPjd5GAH3zpFJP5fuwSk66U5Pq6EhF4nKnHzDnznEP8fX99nZGgwbAh1o7Gj1X52Tdhf7U4KTk66xsA5r'
const publicKeyJwk = {
  crv: 'P-256',
  kty: 'EC',
  x: 'ngy44T1vxAT6Di4nr-UaM9K3Tlnz9pkoksDokKFkmNc',
  y: 'QCRfOKlSM31GTkb4JHx3nXB4G_jSPMsbdjzlkT_UpPc',
} as const
const text = canonicalJson(publicKeyJwk)
const id = `${example}#${example.slice('did:key:'.length)}`
const person = await importKey(
  { ...publicKeyJwk, d: 'd_PpSCGQWWgUc1t4iLLH8bKYlYfc9Zy_M7TsfOAcbg8' },
  { id, controller: example },
)

describe('the published example', () => {
  it('is read', async () => {
    const document = await resolve(example)
    expect(document).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
      id: example,
      verificationMethod: [{ id, type: 'JsonWebKey2020', controller: example, publicKeyJwk }],
      assertionMethod: [id],
      authentication: [id],
      capabilityInvocation: [id],
      capabilityDelegation: [id],
    })
    expect(await resolve(example)).toBe(document)
    expect(Object.isFrozen(document?.verificationMethod?.[0]?.publicKeyJwk)).toBe(true)
    expect(named(text)).toBe(example)
  })

  it('issues and presents, as JSON and as JWT', async () => {
    expect(await judge(await signed(plainCredential(), person))).toEqual(['valid'])
    const credential = await issue({
      credential: plainCredential({ credentialSubject: { id: example } }),
      key: person,
      now,
    })
    const presentation = await present({ credentials: [credential], key: person, challenge, now, format: vcJwt() })
    const report = await verify({ presentation, challenge, now })
    expect([report.verdict, report.verified && report.holder]).toEqual(['valid', example])
    const forged = { ...(await signed(plainCredential(), person)), name: 'x' }
    expect(await judge(forged)).toEqual(['PROOF_INVALID'])
  })
})

describe('a JWK of another kind', () => {
  it.each(['Ed25519', 'P-384', 'RSA'] as const)('%s is read', async (algorithm) => {
    const jwk = await exportKey(await generateKey({ algorithm }))
    const { kty, crv, x, y, n, e } = jwk as unknown as Record<string, string>
    const members = Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => value !== undefined)
    const document = await resolve(named(canonicalJson(Object.fromEntries(members) as JsonObject)))
    expect(await readPublicKey(document?.verificationMethod?.[0] ?? {})).toMatchObject({ algorithm })
    expect(document).not.toHaveProperty('keyAgreement')
  })

  it.each([
    '{"crv":"secp256k1","kty":"EC","x":"AA","y":"AA"}',
    '{"crv":"P-521","kty":"EC","x":"AA","y":"AA"}',
    '{"crv":"X25519","kty":"OKP","x":"AA"}',
    '{"alg":"ML-DSA-44","kty":"AKP","pub":"AA"}',
  ])('that is not known here may be good: %s', async (jwk) => {
    await expect(resolve(named(jwk))).rejects.toThrow('kind (multicodec) that is not known here')
  })
})

describe('there is no document', () => {
  const { crv, kty, x, y } = publicKeyJwk
  it.each([
    ['in another order', JSON.stringify({ kty, crv, x, y })],
    ['with spaces', text.replaceAll(',', ', ')],
    ['behind a byte-order mark', `\ufeff${text}`],
    ['with an escaped letter', text.replace('P-256', '\\u0050-256')],
    ['with something behind', `${text}\n`],
    ['with a member that is not required', canonicalJson({ ...publicKeyJwk, use: 'sig' })],
    ['with a name', canonicalJson({ ...publicKeyJwk, kid: 'key-1' })],
    ['with a member twice', text.replace('{', `{"crv":"P-384",`)],
    ['with its private half', canonicalJson({ ...publicKeyJwk, d: 'd_PpSCGQWWgUc1t4iLLH8bKYlYfc9Zy_M7TsfOAcbg8' })],
    ['with the private half of a curve that is not known', '{"crv":"secp256k1","d":"AA","kty":"EC","x":"AA","y":"AA"}'],
    ['of a secret key', '{"k":"AA","kty":"oct"}'],
    ['without a coordinate', canonicalJson({ crv, kty, x })],
    ['with a short coordinate', canonicalJson({ crv, kty, x: x.slice(1), y })],
    ['with a coordinate that is padded', canonicalJson({ crv, kty, x: `${x}=`, y })],
    ['of two kinds', canonicalJson({ crv: 'Ed25519', kty, x, y })],
    ['that is no object', `[${text}]`],
    ['that is no text', Uint8Array.from([0xff, ...Buffer.from(text)])],
    ['that is empty', ''],
  ])('for a JWK %s', async (_, jwk) => {
    expect(await resolve(named(jwk)).catch(() => 'thrown')).toBeUndefined()
  })

  it('for a JWK behind another varint, which is of another kind', async () => {
    for (const prefix of [
      [0xd1, 0xd6, 0x02],
      [0xd1, 0x56],
    ]) {
      const did = `did:key:${base58btc.encode(Uint8Array.from([...prefix, ...Buffer.from(text)]))}`
      await expect(resolve(did).then((document) => document?.id)).rejects.toThrow('not known here')
    }
  })

  it('and a point that is not on its curve is no key', async () => {
    const document = await resolve(named(canonicalJson({ crv, kty, x: y, y: x })))
    expect(await readPublicKey(document?.verificationMethod?.[0] ?? {})).toBeUndefined()
  })
})
