import { generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import {
  type CredentialError,
  type CurveAlgorithm,
  type CurvePrivateJwk,
  exportKey,
  exportKeyMultibase,
  exportKeyPem,
  generateKey,
  importKey,
  type Key,
  type PrivateJwk,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import { loadAlgorithm } from '../../src/keys/algorithms.ts'
import { verifySignature } from '../../src/keys/signature.ts'

const algorithms: readonly CurveAlgorithm[] = ['Ed25519', 'P-256', 'P-384']
const seeds = { Ed25519: 32, 'P-256': 32, 'P-384': 48 } as const

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no error',
    (error: CredentialError) => error.code,
  )
}

describe.each(algorithms)('a %s key', (algorithm) => {
  it('survives every notation', async () => {
    const key = await generateKey({ algorithm })
    const notations = [
      await exportKey(key),
      await exportKeyMultibase(key),
      await exportKeyPem(key),
      JSON.parse(JSON.stringify(await exportKey(key))) as PrivateJwk,
    ]
    for (const notation of notations) {
      const again = await importKey(notation)
      expect(again.id).toBe(key.id)
      expect(await exportKey(again)).toEqual(await exportKey(key))
    }
  })

  it('survives encrypted PEM, and only with its passphrase', async () => {
    const key = await generateKey({ algorithm })
    const pem = await exportKeyPem(key, { passphrase: 'correct horse' })
    expect(pem).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    expect((await importKey(pem, { passphrase: 'correct horse' })).id).toBe(key.id)
    expect(await codeOf(importKey(pem, { passphrase: 'wrong horse' }))).toBe('KEY_MALFORMED')
    expect(await codeOf(importKey(pem))).toBe('OPTION_INVALID')
  })

  it('signs so that only its public key and the same bytes verify', async () => {
    const [key, other] = [await generateKey({ algorithm }), await generateKey({ algorithm })]
    const data = new TextEncoder().encode('conferred')
    const signature = await key.sign(data)
    const check = (of: Key, what: Uint8Array, by: Uint8Array) =>
      verifySignature({ algorithm, bytes: of.publicKey }, what, by)
    expect(await check(key, data, signature)).toBe(true)
    expect(await check(other, data, signature)).toBe(false)
    expect(await check(key, new TextEncoder().encode('Conferred'), signature)).toBe(false)
    expect(await check(key, data, signature.slice(1))).toBe(false)
    expect(await check(key, data, new Uint8Array())).toBe(false)
  })

  it('never shows its private bytes', async () => {
    const key = await generateKey({ algorithm, seed: new Uint8Array(seeds[algorithm]).fill(0x5a) })
    const { d } = await exportKey(key)
    const shown = [inspect(key, { depth: 9, showHidden: true }), JSON.stringify(key), String(key), inspect({ ...key })]
    for (const text of shown) {
      expect(text).not.toContain(d)
      expect(text).not.toMatch(/5a5a5a5a/i)
      expect(text).not.toMatch(/90,\s*90,\s*90/)
    }
  })

  it('refuses a seed of another length, without quoting it', async () => {
    const seed = new Uint8Array(7).fill(0x77)
    const error = await generateKey({ algorithm, seed }).catch((cause: CredentialError) => cause)
    expect(error).toMatchObject({ code: 'KEY_MALFORMED' })
    expect(inspect(error)).not.toMatch(/119|7777/)
  })
})

describe('importKey', () => {
  it('reads the published key of the EdDSA cryptosuite specification', async () => {
    // Data Integrity EdDSA Cryptosuites 1.0, appendix B.1.
    const key = await importKey('z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq')
    expect(key.controller).toBe('did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2')
    expect(key.id).toBe(`${key.controller}#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2`)
  })

  it('refuses a JWK whose public part is of another key', async () => {
    const [one, two] = [await exportKey(await generateKey()), (await exportKey(await generateKey())) as CurvePrivateJwk]
    expect(await codeOf(importKey({ ...one, x: two.x }))).toBe('KEY_MALFORMED')
  })

  it.each([
    ['text that is nothing', 'hello', 'KEY_MALFORMED'],
    ['a public Multikey', 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2', 'KEY_MALFORMED'],
    ['a broken PEM', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', 'KEY_MALFORMED'],
    ['a JWK of another kind', { kty: 'oct', n: 'AQAB', e: 'AQAB', d: 'AQAB' }, 'KEY_UNSUPPORTED'],
    ['a public JWK', { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }, 'KEY_MALFORMED'],
    ['nothing', undefined, 'KEY_MALFORMED'],
  ])('refuses %s', async (_name, source, code) => {
    expect(await codeOf(importKey(source as unknown as string))).toBe(code)
  })

  it('never throws anything but its own errors, and never quotes the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 12 }), async (text) => {
        const error = await importKey(text).catch((cause: CredentialError) => cause)
        expect(error).toMatchObject({ name: 'CredentialError' })
        expect(String(error)).not.toContain(text)
      }),
    )
  })
})

describe('what must not happen to a key', () => {
  it('it is not written in the clear because a variable was not set', async () => {
    const key = await generateKey()
    for (const passphrase of [undefined, '']) {
      expect(await codeOf(exportKeyPem(key, { passphrase } as { passphrase?: string }))).toBe('OPTION_INVALID')
    }
  })

  it('a public PEM, a JWK as text and bytes are told for what they are', async () => {
    const messageOf = (source: unknown) => importKey(source as string).catch((error: CredentialError) => error.message)
    expect(await messageOf('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----')).toMatch(/public key/)
    expect(await messageOf(JSON.stringify(await exportKey(await generateKey())))).toMatch(/JSON.parse/)
    expect(await messageOf(new Uint8Array(9))).toMatch(/utf8/)
  })

  it('keys of libraries are told how to be given, and PEM of other kinds for what it is', async () => {
    const told = (source: unknown) =>
      importKey(source as string).catch((error: CredentialError) => `${error.code} ${error.message}`)
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    expect(await told(privateKey)).toMatch(/^KEY_MALFORMED .*key.export\({ format: 'jwk' }\)/)
    expect((await importKey(privateKey.export({ format: 'jwk' }))).algorithm).toBe('RSA')
    const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey
    const pem = pss.export({ format: 'pem', type: 'pkcs8' })
    expect(await told(pem)).toMatch(/^KEY_UNSUPPORTED .*a key of rsa-pss/)
    expect(await told('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----')).not.toContain('passphrase')
  })
})

describe('a key in another DID', () => {
  it('takes its id and controller from the caller', async () => {
    const key = await generateKey({ id: 'did:web:school.example#key-1' })
    expect(key).toMatchObject({ controller: 'did:web:school.example', id: 'did:web:school.example#key-1' })
  })

  it('refuses an id that is not within its controller', async () => {
    const options = { controller: 'did:web:a.example', id: 'did:web:b.example#key' } as const
    expect(await codeOf(generateKey(options))).toBe('OPTION_INVALID')
    expect(await codeOf(generateKey({ id: 'https://a.example/#key' }))).toBe('OPTION_INVALID')
  })

  it('refuses an algorithm that it does not have', async () => {
    expect(await codeOf(generateKey({ algorithm: 'secp256k1' as 'P-256' }))).toBe('KEY_UNSUPPORTED')
  })
})

describe('the platform as second opinion', () => {
  const names = { Ed25519: 'Ed25519', 'P-256': 'ECDSA', 'P-384': 'ECDSA' } as const
  it.each(algorithms)('verifies what a %s key signs', async (algorithm) => {
    const key = await generateKey({ algorithm })
    const data = new Uint8Array([1, 2, 3])
    const { d: _, ...jwk } = await exportKey(key)
    const hash = algorithm === 'P-384' ? 'SHA-384' : 'SHA-256'
    const imported = await crypto.subtle.importKey(
      'jwk',
      { ...jwk, ext: true },
      { name: names[algorithm], namedCurve: algorithm },
      true,
      ['verify'],
    )
    const signature = (await key.sign(data)) as Uint8Array<ArrayBuffer>
    expect(await crypto.subtle.verify({ name: names[algorithm], hash }, imported, signature, data)).toBe(true)
    expect((await loadAlgorithm(algorithm)).verify(key.publicKey, data, signature)).toBe(true)
  })
})

it.each(['P-256', 7, null])('no key is made of %j in place of options', async (options) => {
  await expect(generateKey(options as never)).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringContaining("{ algorithm: 'P-256' }"),
  })
})
