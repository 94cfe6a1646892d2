/** DID resolution and dereferencing over HTTP, with their results and error codes. */

import { generateKeyPairSync } from 'node:crypto'
import { generateKey } from 'testamur'
import { httpHandler } from 'testamur/http'
import { describe, expect, it } from 'vitest'
import { toBase58Multibase } from '../../src/encoding/bytes.ts'
import { encodePublicMultikey } from '../../src/encoding/multikey.ts'
import { didDocument, multikeyOf, school } from '../helpers/fixtures.ts'
import { ask } from '../helpers/http.ts'

const handle = httpHandler({ tenant: {} })
const did = school.controller
const multikey = multikeyOf(school)
const profile = 'application/ld+json;profile="https://w3id.org/did-resolution"'
const resolve = (text: string, accept: string | undefined = profile, query = '', to = handle) =>
  ask(to, `/identifiers/${encodeURIComponent(text)}${query}`, accept === undefined ? {} : { headers: { accept } })

describe('a DID', () => {
  it.each([profile, 'application/did-resolution', 'application/ld+json; profile="https://w3id.org/did-resolution"'])(
    'is answered with the whole result for %s',
    async (accept) => {
      const { status, headers, body } = await resolve(did, accept)
      expect([status, headers.get('content-type')]).toEqual([200, accept.replace('; ', ';')])
      expect(body).toEqual({
        '@context': 'https://w3id.org/did-resolution/v1',
        didDocument: expect.objectContaining({ id: did }),
        didResolutionMetadata: { contentType: 'application/did+ld+json' },
        didDocumentMetadata: {},
      })
    },
  )

  it.each([
    ['application/did+ld+json', 'application/did+ld+json'],
    ['application/did+json', 'application/did+json'],
    ['application/json', 'application/json'],
    ['application/ld+json,application/json', 'application/ld+json'],
    ['*/*', 'application/did+ld+json'],
    ['text/html, application/json;q=0.5', 'application/json'],
    ['', 'application/did+ld+json'],
  ])('is answered with the document for %s', async (accept, type) => {
    const { status, headers, body } = await resolve(did, accept)
    expect([status, headers.get('content-type'), body.id]).toEqual([200, type, did])
    expect(body.verificationMethod[0]).toMatchObject({ type: 'Multikey', publicKeyMultibase: multikey })
  })

  it('may stand in the path as it is', async () => {
    expect((await ask(handle, `/identifiers/${did}`)).body.id).toBe(did)
  })

  it.each([
    ['notDid:key:z6Mk', 'invalidDid', 400],
    [did.slice('did:'.length), 'invalidDid', 400],
    ['did:', 'invalidDid', 400],
    ['did:KEY:z6Mk', 'invalidDid', 400],
    ['did:key:', 'invalidDid', 400],
    ['did:key:@', 'invalidDid', 400],
    [`did:key:${multikey.slice(1)}`, 'invalidDid', 400],
    [`did:key:-4:${multikey}`, 'invalidDid', 400],
    [`did:key:u${Buffer.from([0xed, 1, ...school.publicKey]).toString('base64url')}`, 'invalidDid', 400],
    [`did:experimental:${multikey}`, 'invalidDid', 400],
    ['did:web:school.example', 'methodNotSupported', 501],
    ['did:toString:a', 'invalidDid', 400],
    ['did:constructor:a', 'methodNotSupported', 501],
    ['did:key:zTjsVPtY', 'invalidPublicKeyLength', 400],
    [
      `did:key:${encodePublicMultikey({ codec: 'Ed25519', bytes: new Uint8Array(32).fill(255) })}`,
      'invalidPublicKey',
      400,
    ],
    ['did:key:z3tEFtkVTUBfYPc', 'unsupportedPublicKeyType', 400],
    ['did:jwk:e30', 'notFound', 404],
  ])('%s is %s', async (text, error, status) => {
    const answer = await resolve(text)
    expect([answer.status, answer.body.didResolutionMetadata]).toEqual([status, { error }])
    expect(answer.body).toMatchObject({
      '@context': 'https://w3id.org/did-resolution/v1',
      didDocument: {},
      didDocumentMetadata: {},
    })
    const plain = await resolve(text, 'application/json')
    expect([plain.status, plain.body.didResolutionMetadata.error]).toEqual([status, error])
  })

  it('has no other representation, and no options that nobody looks at', async () => {
    const cbor = await resolve(did, 'application/did+cbor')
    expect([cbor.status, cbor.body.didResolutionMetadata.error]).toEqual([406, 'representationNotSupported'])
    const odd = await resolve(did, profile, '?versionTime=2026-01-01T00:00:00Z')
    expect([odd.status, odd.body.didResolutionMetadata.error]).toEqual([400, 'invalidOptions'])
    const broken = await ask(handle, '/identifiers/did:key:%E0%A4%A', { headers: { accept: profile } })
    expect([broken.status, broken.body.didResolutionMetadata.error]).toEqual([400, 'invalidDid'])
  })
})

describe('keys that sign no proofs here', () => {
  const named = (...bytes: readonly (number | Uint8Array)[]) =>
    `did:key:${toBase58Multibase(Uint8Array.from(bytes.flatMap((each) => (typeof each === 'number' ? [each] : [...each]))))}`
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'pkcs1', format: 'der' })

  it.each([
    ['RSA', named(0x85, 0x24, rsa)],
    ['secp256k1', named(0xe7, 0x01, new Uint8Array(33).fill(2))],
    ['BLS12-381 G1', named(0xea, 0x01, new Uint8Array(48).fill(2))],
    ['BLS12-381 G1 and G2', named(0xee, 0x01, new Uint8Array(144).fill(2))],
    ['P-521', named(0x82, 0x24, new Uint8Array(67).fill(2))],
    ['X25519', named(0xec, 0x01, new Uint8Array(32).fill(2))],
  ])('have a document all the same: %s', async (kind, did) => {
    const { status, body } = await resolve(did)
    expect([status, body.didDocument.id]).toEqual([200, did])
    expect(body.didDocument.keyAgreement !== undefined).toBe(kind === 'X25519')
  })

  it.each([
    ['a G1 and G2 key that is too short', named(0xee, 0x01, new Uint8Array(143)), 'invalidPublicKeyLength'],
    ['an X25519 key that is too long', named(0xec, 0x01, new Uint8Array(33)), 'invalidPublicKeyLength'],
    ['an RSA key that is cut off', named(0x85, 0x24, rsa.subarray(0, 100)), 'invalidPublicKey'],
    ['a kind that nobody knows', named(0x12, 0x20, new Uint8Array(32)), 'unsupportedPublicKeyType'],
  ])('unless it is %s', async (_what, did, error) => {
    expect((await resolve(did)).body.didResolutionMetadata).toEqual({ error })
  })

  it('have the forms that there are for them', async () => {
    const form = async (did: string) => (await resolve(did, 'application/json', '?publicKeyFormat=JsonWebKey2020')).body
    expect((await form(named(0x85, 0x24, rsa))).verificationMethod[0].publicKeyJwk).toMatchObject({ kty: 'RSA' })
    const { didResolutionMetadata } = await form(named(0xe7, 0x01, new Uint8Array(33).fill(2)))
    expect(didResolutionMetadata).toEqual({ error: 'unsupportedPublicKeyType' })
  })
})

describe('the form of a did:key', () => {
  const formed = (format: string, of = did) => resolve(of, 'application/json', `?publicKeyFormat=${format}`)

  it('is Multikey, a JWK, or that of 2020', async () => {
    expect((await formed('Multikey')).body.verificationMethod[0].type).toBe('Multikey')
    const { body: old } = await formed('Ed25519VerificationKey2020')
    expect(old.verificationMethod[0]).toMatchObject({
      type: 'Ed25519VerificationKey2020',
      publicKeyMultibase: multikey,
    })
    const p256 = await generateKey({ algorithm: 'P-256' })
    for (const key of [school, p256]) {
      const { body } = await formed('JsonWebKey2020', key.controller)
      expect(body.verificationMethod[0]).toMatchObject({ type: 'JsonWebKey2020', publicKeyJwk: { crv: key.algorithm } })
      expect(body.verificationMethod[0].publicKeyMultibase).toBeUndefined()
      expect(body.assertionMethod).toEqual([key.id])
    }
  })

  it('and no other', async () => {
    const error = async (...given: Parameters<typeof formed>) =>
      (await formed(...given)).body.didResolutionMetadata.error
    expect(await error('unknown')).toBe('unsupportedPublicKeyType')
    expect(await error('Ed25519VerificationKey2018&enableExperimentalPublicKeyTypes=false')).toBe(
      'invalidPublicKeyType',
    )
    expect(await error('Ed25519VerificationKey2020', (await generateKey({ algorithm: 'P-256' })).controller)).toBe(
      'invalidPublicKeyType',
    )
  })
})

describe('a DID URL', () => {
  it('leads to a part of the document', async () => {
    const { status, body } = await resolve(school.id)
    const part = expect.objectContaining({ id: school.id, controller: did, publicKeyMultibase: multikey })
    expect(status).toBe(200)
    expect(body).toEqual({
      '@context': 'https://w3id.org/did-resolution/v1',
      dereferencingMetadata: { contentType: 'application/did+ld+json' },
      contentStream: part,
      contentMetadata: {},
      didDocument: part,
      didDereferencingMetadata: { contentType: 'application/did+ld+json' },
      didDocumentMetadata: {},
    })
    expect((await resolve(school.id, 'application/json')).body.id).toBe(school.id)
  })

  it.each([
    [`${did}/^bar^/?query=\`#${multikey}`, 'invalidDidUrl', 400],
    [`${did}#a#b`, 'invalidDidUrl', 400],
    [`${did}#%zz`, 'invalidDidUrl', 400],
    [`${did}#key-1`, 'notFound', 404],
    [`${did}/path`, 'notFound', 404],
    [`${did}?versionId=1`, 'notFound', 404],
    [`did:key:@#a`, 'invalidDid', 400],
    [`did:web:school.example#a`, 'methodNotSupported', 501],
  ])('%s is %s', async (text, error, status) => {
    const answer = await resolve(text)
    expect([answer.status, answer.body.didDereferencingMetadata]).toEqual([status, { error }])
    expect(answer.body).toMatchObject({ dereferencingMetadata: { error }, contentStream: null, didDocument: {} })
  })
})

describe('methods of the operator', () => {
  const web = 'did:web:school.example'
  const by = (answer: () => unknown) =>
    httpHandler({ tenant: { didMethods: { web: async () => (await answer()) as never } } })
  const error = async (answer: () => unknown) =>
    (await resolve(web, profile, '', by(answer))).body.didResolutionMetadata.error

  it('are asked, and no others', async () => {
    const document = { ...didDocument(school), id: web }
    expect(
      (
        await resolve(
          web,
          profile,
          '',
          by(() => document),
        )
      ).body.didDocument,
    ).toEqual(document)
    expect(
      (
        await resolve(
          did,
          profile,
          '',
          by(() => document),
        )
      ).status,
    ).toBe(501)
  })

  it('say what they found', async () => {
    expect(await error(() => undefined)).toBe('notFound')
    expect(await error(() => Promise.reject(new Error('down')))).toBe('internalError')
    expect(await error(() => ({ id: 'did:web:other.example' }))).toBe('internalError')
    const gone = await resolve(
      web,
      profile,
      '',
      by(() => ({ id: web, deactivated: true })),
    )
    expect([gone.status, gone.body.didDocumentMetadata]).toEqual([410, { deactivated: true }])
  })
})
