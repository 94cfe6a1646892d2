import { Resolver } from 'did-resolver'
import { getResolver } from 'key-did-resolver'
import { base58btc } from 'multiformats/bases/base58'
import { createDidResolver, type DidDocument, didKey, generateKey, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { toDidResolver } from '../../src/dids/resolver.ts'
import { readPublicKey } from '../../src/keys/public-key.ts'
import { edit, judge, kms, now, signedBadge } from '../helpers/fixtures.ts'
import { forge, joseBadge, jwtBadge, payloadOf } from '../helpers/jwt.ts'
import { testKey } from '../helpers/keys.ts'
import { hasOracle, listOracle, readOracleJson } from '../helpers/oracle.ts'

const document: DidDocument = { id: 'did:example:1' }

describe('createDidResolver', () => {
  const resolve = createDidResolver({
    key: didKey(),
    example: async (did) => (did === document.id ? document : undefined),
  })

  it('finds the method, and says there is none where the method says so', async () => {
    expect(await resolve('did:example:1')).toBe(document)
    expect(await resolve('did:example:2')).toBeUndefined()
  })

  it.each(['did:web:school.example', 'did:constructor:abc', 'did:tostring:x'])(
    'throws for %s: another method means "could not find out"',
    async (did) => {
      await expect(resolve(did)).rejects.toThrow(/has no resolver here/)
    },
  )

  it.each(['', 'did:', 'did:key', 'https://example.org', 'did:__proto__:x'])('has nothing for %j', async (did) => {
    expect(await resolve(did)).toBeUndefined()
  })
})

describe('toDidResolver', () => {
  const answers = (answer: unknown) => toDidResolver({ resolve: async () => answer as never })

  it('takes a Resolver of the package did-resolver', async () => {
    const key = await testKey(1)
    const resolve = toDidResolver(new Resolver(getResolver()))
    expect(await resolve(key.controller)).toMatchObject({ id: key.controller })
  })

  it('takes a plain function, whether it answers with a document or a resolution result', async () => {
    expect(await toDidResolver(async () => document)('did:example:1')).toEqual(document)
    const result = { didResolutionMetadata: {}, didDocument: document } as unknown as DidDocument
    expect(await toDidResolver(async () => result)('did:example:1')).toEqual(document)
  })

  it('keeps "there is none" apart from "could not find out"', async () => {
    const error = (code: string) => answers({ didResolutionMetadata: { error: code }, didDocument: null })
    expect(await error('notFound')('did:example:1')).toBeUndefined()
    expect(await error('invalidDid')('did:example:1')).toBeUndefined()
    await expect(error('internalError')('did:example:1')).rejects.toThrow(/internalError/)
    expect(await answers({ didResolutionMetadata: {}, didDocument: null })('did:example:1')).toBeUndefined()
  })

  it('takes an error that is null for none, also beside what else is said', async () => {
    const didResolutionMetadata = { error: null }
    const found = answers({ didResolutionMetadata, didDocument: document, didDocumentMetadata: {} })
    expect(await found('did:example:1')).toEqual(document)
    expect(await answers({ didResolutionMetadata, didDocument: null })('did:example:1')).toBeUndefined()
    const ended = { didResolutionMetadata, didDocument: document, didDocumentMetadata: { deactivated: true } }
    expect(await answers(ended)('did:example:1')).toEqual({ id: 'did:example:1', deactivated: true })
    for (const error of ['', 0, false, {}]) {
      const odd = answers({ didResolutionMetadata: { error }, didDocument: document })
      await expect(odd('did:example:1')).rejects.toThrow(/could not be resolved/)
    }
  })

  it.each([undefined, null, 7, 'did:key', {}])('refuses %j', (value) => {
    expect(() => toDidResolver(value as never)).toThrow(/resolveDid/)
  })
})

describe('didKey', () => {
  it('answers in Multikey form and remembers', async () => {
    const key = await testKey(2)
    const resolve = didKey()
    const found = await resolve(key.controller)
    const name = key.controller.slice('did:key:'.length)
    expect(found).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: key.controller,
      verificationMethod: [{ id: key.id, type: 'Multikey', controller: key.controller, publicKeyMultibase: name }],
      assertionMethod: [key.id],
      authentication: [key.id],
    })
    expect(await resolve(key.controller)).toBe(found)
    expect(Object.isFrozen(found?.verificationMethod?.[0])).toBe(true)
  })

  it.each([
    'did:key:zABC',
    `did:key:z${'6'.repeat(5000)}`,
    'did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit',
    'did:web:school.example',
  ])('has none for %s', async (did) => {
    expect(await didKey()(did)).toBeUndefined()
  })
})

/** A did:key of these bytes behind these of a multicodec. */
const named = (prefix: readonly number[], bytes: Uint8Array) =>
  `did:key:${base58btc.encode(Uint8Array.from([...prefix, ...bytes]))}` as const

describe('did:key of keys that no proof is made with', () => {
  it.each([
    ['secp256k1', [0xe7, 0x01], 33],
    ['BLS12-381 G1', [0xea, 0x01], 48],
    ['BLS12-381 G1 and G2', [0xee, 0x01], 144],
    ['P-521', [0x82, 0x24], 67],
  ])('%s: the document is found, and its key told to be of no use here', async (_name, prefix, length) => {
    const did = named(prefix, new Uint8Array(length).fill(2))
    const method = (await didKey()(did))?.verificationMethod?.[0]
    expect(method).toMatchObject({ type: 'Multikey', controller: did, publicKeyMultibase: did.slice(8) })
    const credential = edit(await signedBadge(), '/proof/verificationMethod', method?.id)
    expect(await judge(credential)).toEqual(['KEY_UNSUPPORTED'])
    for (const other of [length - 1, length + 1]) {
      expect(await didKey()(named(prefix, new Uint8Array(other).fill(2)))).toBeUndefined()
    }
  })

  it('X25519: it is for key agreement, and for no proof', async () => {
    const did = named([0xec, 0x01], new Uint8Array(32).fill(2))
    const document = await didKey()(did)
    expect(document).toMatchObject({ keyAgreement: [`${did}#${did.slice(8)}`] })
    expect(document).not.toHaveProperty('assertionMethod')
    const credential = edit(await signedBadge(), '/proof/verificationMethod', document?.verificationMethod?.[0]?.id)
    expect(await judge(credential)).toEqual(['KEY_PURPOSE_MISMATCH'])
  })

  it('RSA: JWTs verify under it, proofs do not', async () => {
    const key = await generateKey({ algorithm: 'RSA' })
    const controller = named([0x85, 0x24], key.publicKey)
    const signer = { ...key, controller, id: `${controller}#${controller.slice(8)}` }
    expect(await judge(await jwtBadge({}, signer))).toEqual(['valid'])
    const other = await generateKey({ algorithm: 'RSA' })
    const forged = jwtBadge({}, { ...kms(signer), id: signer.id, controller, sign: other.sign })
    await expect(forged).rejects.toMatchObject({ code: 'SIGNATURE_WRONG' })
    expect(await judge(edit(await signedBadge(), '/proof/verificationMethod', signer.id))).toEqual(['KEY_UNSUPPORTED'])
  })

  it('RSA: what is no sound key is none', async () => {
    const key = await generateKey({ algorithm: 'RSA' })
    for (const bytes of [key.publicKey.slice(1), Uint8Array.of(...key.publicKey, 0), new Uint8Array(270)]) {
      const did = named([0x85, 0x24], bytes)
      const credential = edit(await signedBadge(), '/proof/verificationMethod', `${did}#${did.slice(8)}`)
      expect(await judge(credential)).toEqual(['KEY_UNSUPPORTED'])
      expect(await readPublicKey({ publicKeyMultibase: did.slice(8) })).toBeUndefined()
    }
  })
})

describe('did:key of a kind that is not known here', () => {
  const codec = [0x9b, 0x24] // slhdsa-sha2-128s-pub
  const key = new Uint8Array(32).fill(2)

  it('may be good, which cannot be found out', async () => {
    const did = named(codec, key)
    await expect(didKey()(did)).rejects.toThrow('kind')
    const id = `${did}#${did.slice(8)}`
    expect(await judge(edit(await signedBadge(), '/proof/verificationMethod', id))).toEqual(['KEY_UNAVAILABLE'])
    const payload = { ...payloadOf(await joseBadge()), issuer: did }
    const report = await verify({ credential: await forge(payload, { kid: id, typ: 'vc+jwt' }), now })
    expect(report).toMatchObject({ verdict: 'indeterminate' })
  })

  it.each([
    ['nothing behind the codec', codec, 0],
    ['a codec without an end', [0xd1, 0xd6], 0],
    ['a codec that goes on and on', Array(9).fill(0x81), 32],
    ['a codec with a zero too many', [0xd1, 0x80, 0x00], 32],
    ['a codec of one byte, which no key has', [0x12], 32],
    ['a known codec and a key of another length', [0xed, 0x01], 31],
  ])('%s: there is none', async (_name, prefix, length) => {
    const did = named(prefix, new Uint8Array(length).fill(2))
    expect(await didKey()(did)).toBeUndefined()
    expect(await judge(edit(await signedBadge(), '/proof/verificationMethod', `${did}#${did.slice(8)}`))).toEqual([
      'KEY_NOT_FOUND',
    ])
  })

  it('in letters that base58 does not have: there is none', async () => {
    for (const odd of ['0', 'O', 'l', '-']) expect(await didKey()(`${named(codec, key)}${odd}`)).toBeUndefined()
  })
})

describe.skipIf(!hasOracle)('did:key fixtures', () => {
  const curves = ['ed25519-x25519.json', 'nist-curves.json']
  it.each(curves)('%s: the key is the one that the fixture names', async (file) => {
    expect(listOracle('vectors/did-key')).toContain(file)
    const fixtures = readOracleJson<Record<string, { didDocument: DidDocument }>>(`vectors/did-key/${file}`)
    let compared = 0
    for (const [did, fixture] of Object.entries(fixtures)) {
      const found = await didKey()(did)
      if (!found) continue
      const expected = await readPublicKey(fixture.didDocument.verificationMethod?.[0] ?? {})
      if (!expected) continue
      expect(await readPublicKey(found.verificationMethod?.[0] ?? {})).toEqual(expected)
      compared += 1
    }
    expect(compared).toBeGreaterThanOrEqual(4)
  })
})
