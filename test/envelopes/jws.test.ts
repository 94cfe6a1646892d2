import { generateKeyPairSync } from 'node:crypto'
import { CompactSign, compactVerify, exportJWK, importJWK } from 'jose'
import { type Algorithm, exportKey, generateKey, type Key } from 'testamur'
import { describe, expect, it } from 'vitest'
import { type Jws, openJws, signJws, verifyJws } from '../../src/envelopes/jws.ts'
import { readPublicKey } from '../../src/keys/public-key.ts'

const part = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const payload = { iss: 'did:example:school', text: 'Grüße 😀' }
const algorithms: readonly Algorithm[] = ['Ed25519', 'P-256', 'P-384', 'RSA']
const publicOf = (key: Key) => ({ algorithm: key.algorithm, bytes: key.publicKey }) as const

function opened(text: string): Jws {
  const jws = openJws(text)
  if ('problem' in jws) throw new Error(jws.problem)
  return jws
}

describe.each(algorithms)('a JWS by a key of %s', async (algorithm) => {
  const [key, other] = await Promise.all([generateKey({ algorithm }), generateKey({ algorithm })])
  const text = await signJws({ typ: 'JWT' }, payload, key)

  it('is read and verified', async () => {
    expect(opened(text)).toMatchObject({ payload, algorithm })
    expect(await verifyJws(opened(text), publicOf(key))).toBe(true)
    expect(await verifyJws(opened(text), publicOf(other))).toBe(false)
  })

  it('is taken by jose', async () => {
    const { d: _, ...jwk } = (await exportKey(key)) as unknown as Record<string, string>
    const { alg } = opened(text)
    const { payload: theirs } = await compactVerify(text, await importJWK({ ...publicPart(jwk), alg }))
    expect(JSON.parse(new TextDecoder().decode(theirs))).toEqual(payload)
  })

  it('made by jose is taken here', async () => {
    const { alg } = opened(text)
    const sign = new CompactSign(Buffer.from(JSON.stringify(payload))).setProtectedHeader({ alg, typ: 'JWT' })
    const theirs = await sign.sign(await importJWK({ ...(await exportKey(key)) }, alg))
    expect(await verifyJws(opened(theirs), publicOf(key))).toBe(true)
  })

  it('is nothing under a key of another kind', async () => {
    for (const kind of algorithms.filter((each) => each !== algorithm)) {
      expect(await verifyJws(opened(text), publicOf(await generateKey({ algorithm: kind })))).toBe(false)
    }
  })
})

function publicPart({ kty, crv, x, y, n, e }: Record<string, string>): Record<string, string> {
  return JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as Record<string, string>
}

it('EdDSA goes by its new name too (RFC 9864)', async () => {
  const key = await generateKey()
  const text = await signJws({ alg: 'Ed25519' }, payload, key)
  expect(await verifyJws(opened(text), publicOf(key))).toBe(true)
})

it('a key that jose made and published is read', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const text = await new CompactSign(Buffer.from('{}')).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
  const key = await readPublicKey({ publicKeyJwk: await exportJWK(publicKey) })
  if (!key) throw new Error('not read')
  expect(await verifyJws(opened(text), key)).toBe(true)
})

describe('openJws', () => {
  const signature = 'A'.repeat(86)
  const head = part({ alg: 'EdDSA' })
  const body = part(payload)

  it('reads the neighbour of what it refuses', () => {
    expect(openJws(`${head}.${body}.${signature}`)).toMatchObject({ alg: 'EdDSA', payload })
  })

  it.each<readonly [string, string, string]>([
    ['alg none', `${part({ alg: 'none' })}.${body}.`, 'PROOF_MISSING'],
    ['alg none in capitals', `${part({ alg: 'NoNe' })}.${body}.${signature}`, 'PROOF_MISSING'],
    ['a shared secret', `${part({ alg: 'HS256' })}.${body}.${signature}`, 'PROOF_MALFORMED'],
    [
      'an algorithm that is not verified here',
      `${part({ alg: 'PS256' })}.${body}.${signature}`,
      'PROOF_FORMAT_UNKNOWN',
    ],
    [
      'an algorithm named like a property',
      `${part({ alg: 'constructor' })}.${body}.${signature}`,
      'PROOF_FORMAT_UNKNOWN',
    ],
    ['no algorithm', `${part({})}.${body}.${signature}`, 'PROOF_MALFORMED'],
    ['an algorithm that is no text', `${part({ alg: ['EdDSA'] })}.${body}.${signature}`, 'PROOF_MALFORMED'],
    ['crit', `${part({ alg: 'EdDSA', crit: ['exp'], exp: 1 })}.${body}.${signature}`, 'PROOF_MALFORMED'],
    ['empty crit', `${part({ alg: 'EdDSA', crit: [] })}.${body}.${signature}`, 'PROOF_MALFORMED'],
    ['b64', `${part({ alg: 'EdDSA', b64: false })}.${body}.${signature}`, 'PROOF_MALFORMED'],
    ['a kid that is no text', `${part({ alg: 'EdDSA', kid: {} })}.${body}.${signature}`, 'PROOF_MALFORMED'],
    ['a typ that is no text', `${part({ alg: 'EdDSA', typ: 7 })}.${body}.${signature}`, 'PROOF_MALFORMED'],
    ['a header that is a list', `${part([])}.${body}.${signature}`, 'PROOF_MALFORMED'],
    ['a header that is not JSON', `${part('{alg')}.${body}.${signature}`, 'INPUT_MALFORMED'],
    [
      'a member of the header twice',
      `${part('{"alg":"none","alg":"EdDSA"}')}.${body}.${signature}`,
      'MEMBER_DUPLICATE',
    ],
    ['a payload that is text', `${head}.${part('"{}"')}.${signature}`, 'PROOF_MALFORMED'],
    [
      'a payload that is not UTF-8',
      `${head}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.${signature}`,
      'INPUT_MALFORMED',
    ],
    ['a detached payload', `${head}..${signature}`, 'INPUT_MALFORMED'],
    ['no signature', `${head}.${body}.`, 'PROOF_MALFORMED'],
    ['padding in the header', `${part({ alg: 'EdDSA', typ: 'J' })}==.${body}.${signature}`, 'PROOF_MALFORMED'],
    ['bits behind the last byte', `${head}.${body}.${'A'.repeat(85)}B`, 'PROOF_MALFORMED'],
    ['base64 of the other alphabet', `${head}.${body}.${'+'.repeat(86)}`, 'PROOF_MALFORMED'],
    ['a line break within', `${head}.${body}\n.${signature}`, 'PROOF_MALFORMED'],
    ['four parts', `${head}.${body}.${signature}.${signature}`, 'PROOF_MALFORMED'],
    ['five parts (a JWE)', `${head}.a.b.c.d`, 'PROOF_MALFORMED'],
    ['two parts', `${head}.${body}`, 'PROOF_MALFORMED'],
    ['nothing', '', 'PROOF_MALFORMED'],
    ['a member __proto__', `${head}.${part('{"__proto__":{"iss":"x"}}')}.${signature}`, 'MEMBER_FORBIDDEN'],
  ])('refuses %s', (_name, text, code) => {
    expect(openJws(text)).toMatchObject({ code })
  })
})
