/** Attack: a JWT without a signature, with one that proves nothing, or with one that is spelled in another way (RFC 8725 sections 2 and 3). */

import { createHmac, generateKeyPairSync } from 'node:crypto'
import { p256 } from '@noble/curves/nist'
import { exportKey, exportKeyPem, generateKey, type Key, type RsaPrivateJwk } from 'testamur'
import { describe, expect, it } from 'vitest'
import { judge, learner, multikeyOf, school, thief } from '../helpers/fixtures.ts'
import { forge, headerOf, jwtBadge, part, payloadOf } from '../helpers/jwt.ts'

const good = await jwtBadge()
const [head, body, tail] = good.split('.') as [string, string, string]
const with_ = (header: object) => `${part({ ...headerOf(good), ...header })}.${body}`

it('the badge that is attacked is good', async () => {
  expect(await judge(good)).toEqual(['valid'])
})

describe('a signature that proves nothing', () => {
  it.each(['none', 'None', 'NONE'])('alg %s, with and without the old signature', async (alg) => {
    expect(await judge(`${with_({ alg })}.`)).toEqual(['PROOF_MISSING'])
    expect(await judge(`${with_({ alg })}.${tail}`)).toEqual(['PROOF_MISSING'])
  })

  it('HS256 with the public key as the shared secret', async () => {
    for (const secret of [school.publicKey, multikeyOf(school), school.controller]) {
      const data = with_({ alg: 'HS256' })
      const signature = createHmac('sha256', secret).update(data).digest('base64url')
      expect(await judge(`${data}.${signature}`)).toEqual(['PROOF_MALFORMED'])
    }
  })

  it('HS256 with the PEM of a public RSA key', async () => {
    const key = await generateKey({ algorithm: 'RSA' })
    const text = await jwtBadge({}, key)
    const data = `${part({ ...headerOf(text), alg: 'HS256' })}.${text.split('.')[1]}`
    const signature = createHmac('sha256', await exportKeyPem(key))
      .update(data)
      .digest('base64url')
    expect(await judge(`${data}.${signature}`, { resolveDid: async () => rsaDocument(key) })).toEqual([
      'PROOF_MALFORMED',
    ])
    expect(await judge(text, { resolveDid: async () => rsaDocument(key) })).toEqual(['valid'])
  })

  it.each(['ES256', 'ES384', 'RS256'])('another algorithm than the key is for: %s', async (alg) => {
    expect(await judge(`${with_({ alg })}.${tail}`)).toEqual(['KEY_UNSUPPORTED'])
  })

  it.each(['PS256', 'ES256K', 'ES512', 'constructor', '__proto__', ''])(
    'an algorithm not verified here: %j',
    async (alg) => {
      expect(await judge(`${with_({ alg })}.${tail}`)).toEqual(['PROOF_FORMAT_UNKNOWN'])
    },
  )

  it('none at all, or a part of one', async () => {
    expect(await judge(`${head}.${body}.`)).toEqual(['PROOF_MALFORMED'])
    expect(await judge(`${head}.${body}`)).not.toContain('valid')
    expect(await judge(`${head}.${body}.${tail.slice(0, 40)}`)).toEqual(['PROOF_INVALID'])
    expect(await judge(`${head}..${tail}`)).toEqual(['INPUT_MALFORMED'])
  })
})

describe('keys that the JWT brings along', () => {
  it.each([
    ['jku', 'https://thief.example/keys.json'],
    ['x5u', 'https://thief.example/cert.pem'],
    ['x5c', ['MIIB']],
  ])('%s is not followed', async (name, value) => {
    expect(await judge(await forge(payloadOf(good), { [name]: value }, { ...thief, id: school.id }))).toEqual([
      'PROOF_INVALID',
    ])
    expect(await judge(await forge(payloadOf(good), { [name]: value }))).toEqual(['valid'])
  })

  it("a jwk that is not the issuer's proves nothing", async () => {
    const { d: _, ...jwk } = await exportKey(thief)
    const forged = await forge(payloadOf(good), { jwk }, { ...thief, id: school.id })
    expect(await judge(forged)).toEqual(['KEY_NOT_FOUND'])
    expect(await judge(await forge(payloadOf(good), { jwk, kid: undefined }, thief))).toEqual(['KEY_NOT_FOUND'])
  })

  it("the issuer's own is only the same again", async () => {
    const { d, ...jwk } = await exportKey(school)
    expect(await judge(await forge(payloadOf(good), { jwk }))).toEqual(['valid'])
    expect(await judge(await forge(payloadOf(good), { jwk: { ...jwk, d } }))).toEqual(['KEY_NOT_FOUND'])
    expect(await judge(await forge(payloadOf(good), { jwk: 'z6Mk' }))).toEqual(['PROOF_MALFORMED'])
  })
})

describe('what the header may not ask for', () => {
  it.each([
    ['crit', { crit: ['exp'], exp: 4102444800 }],
    ['crit without anything', { crit: [] }],
    ['an unencoded payload', { b64: false, crit: ['b64'] }],
    ['an unencoded payload, without saying so', { b64: false }],
  ])('%s', async (_name, header) => {
    expect(await judge(await forge(payloadOf(good), header))).toEqual(['PROOF_MALFORMED'])
  })

  it('what is unknown and harmless', async () => {
    expect(await judge(await forge(payloadOf(good), { note: 'hello' }))).toEqual(['valid'])
  })
})

describe('a second spelling', () => {
  const last = tail.at(-1) ?? ''
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const respelt = tail.slice(0, -1) + alphabet[(alphabet.indexOf(last) + 1) % 64]

  it.each([
    ['bits behind the last byte', `${head}.${body}.${respelt}`],
    ['bytes behind it', `${head}.${body}.${tail}AA`],
  ])('%s of the signature', async (_name, text) => {
    expect(await judge(text)).not.toContain('valid')
  })

  it.each([
    ['padding', `${head}.${body}.${tail}==`],
    ['the other alphabet', `${head}.${body}.${tail.replace(/[A-Z]/, '+')}`],
    ['a blank within', `${head}.${body} .${tail}`],
    ['a line break within', `${head}\n.${body}.${tail}`],
    ['a fourth part', `${good}.${tail}`],
    ['two texts', `${good}${good}`],
  ])('%s', async (_name, text) => {
    expect(await judge(text)).toEqual(['INPUT_MALFORMED'])
  })
})

describe('ECDSA', async () => {
  const key = await generateKey({ algorithm: 'P-256' })
  const text = await jwtBadge({}, key)
  const data = text.slice(0, text.lastIndexOf('.'))
  const signature = Buffer.from(text.split('.')[2] ?? '', 'base64url')
  const signed = (bytes: Uint8Array) => `${data}.${Buffer.from(bytes).toString('base64url')}`

  it.each([
    ['zeros', new Uint8Array(64)],
    ['r of zero', Uint8Array.from([...new Uint8Array(32), ...signature.subarray(32)])],
    ['s of zero', Uint8Array.from([...signature.subarray(0, 32), ...new Uint8Array(32)])],
    ['ones', new Uint8Array(64).fill(255)],
    ['the DER form', p256.Signature.fromCompact(Uint8Array.from(signature)).toDERRawBytes()],
    ['a byte more', Uint8Array.from([...signature, 0])],
  ])('refuses %s', async (_name, bytes) => {
    expect(await judge(signed(bytes))).toEqual(['PROOF_INVALID'])
  })

  it('takes s and n − s, as hardware writes either', async () => {
    const { n } = p256.CURVE
    const s = BigInt(`0x${signature.subarray(32).toString('hex')}`)
    const other = Buffer.from((n - s).toString(16).padStart(64, '0'), 'hex')
    expect(await judge(signed(signature))).toEqual(['valid'])
    expect(await judge(signed(Buffer.concat([signature.subarray(0, 32), other])))).toEqual(['valid'])
  })
})

describe('RSA', async () => {
  const key = await generateKey({ algorithm: 'RSA' })
  const text = await jwtBadge({}, key)
  const settings = { resolveDid: async () => rsaDocument(key) }

  it('of fewer than 2048 bits is no key', async () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' })
    expect(await judge(text, { resolveDid: async () => rsaDocument(key, weak) })).toEqual(['KEY_UNSUPPORTED'])
    expect(await judge(text, settings)).toEqual(['valid'])
  })

  it('does not verify under another key, nor a longer or shorter signature', async () => {
    const other = await generateKey({ algorithm: 'RSA' })
    const { n, e, kty } = (await exportKey(other)) as RsaPrivateJwk
    expect(await judge(text, { resolveDid: async () => rsaDocument(key, { n, e, kty }) })).toEqual(['PROOF_INVALID'])
    const [first, second, third] = text.split('.') as [string, string, string]
    const bytes = Buffer.from(third, 'base64url')
    for (const respelt of [bytes.subarray(1), Buffer.concat([Buffer.alloc(1), bytes]), Buffer.alloc(bytes.length)]) {
      expect(await judge(`${first}.${second}.${respelt.toString('base64url')}`, settings)).toEqual(['PROOF_INVALID'])
    }
  })
})

it('one letter of the payload changed', async () => {
  expect(await judge(`${head}.${part({ ...payloadOf(good), name: 'Wielding' })}.${tail}`)).toEqual(['PROOF_INVALID'])
  expect(await judge(`${head}.${part({ ...payloadOf(good) })}.${tail}`)).toEqual(['valid'])
})

it('the signature of another badge', async () => {
  const other = await jwtBadge({ name: 'Wielding', recipient: { id: learner.controller } })
  expect(await judge(`${head}.${body}.${other.split('.')[2]}`)).toEqual(['PROOF_INVALID'])
})

function rsaDocument(key: Key, jwk: object = publicJwk(key)) {
  const { controller: id } = key
  const method = { id: key.id, type: 'JsonWebKey', controller: id, publicKeyJwk: jwk }
  return { id, verificationMethod: [method], assertionMethod: [key.id], authentication: [key.id] }
}

/** A did:jwk is the key. */
function publicJwk({ controller }: Key): object {
  return JSON.parse(Buffer.from(controller.slice('did:jwk:'.length), 'base64url').toString()) as object
}
