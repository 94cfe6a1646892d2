import { didKeyOf, didWebDocument, exportKey, generateKey, type Key } from 'testamur'
import { describe, expect, it } from 'vitest'
import { readPublicKey } from '../../src/keys/public-key.ts'
import { multikeyOf } from '../helpers/fixtures.ts'

const did = 'did:web:school.example'
const make = (byte: number, algorithm: 'Ed25519' | 'P-256' | 'P-384' = 'Ed25519', more: { id?: string } = {}) =>
  generateKey({ algorithm, seed: new Uint8Array(algorithm === 'P-384' ? 48 : 32).fill(byte), controller: did, ...more })
const key = await make(1)
const publicJwk = async (of: Key) => {
  const { d: _, ...jwk } = await exportKey(of)
  return jwk
}

describe('didWebDocument', () => {
  it('lists a key with all that others need to verify it', () => {
    const document = didWebDocument({ did, keys: [key] })
    expect(document).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: did,
      verificationMethod: [{ id: key.id, controller: did, type: 'Multikey', publicKeyMultibase: multikeyOf(key) }],
      assertionMethod: [key.id],
      authentication: [key.id],
    })
    expect(Object.isFrozen(document.assertionMethod)).toBe(true)
    expect(JSON.stringify(document)).not.toMatch(/sign|secret|private/i)
  })

  it.each(['Ed25519', 'P-256', 'P-384'] as const)(
    'takes %s in each notation, and it reads as the same key',
    async (algorithm) => {
      const each = await make(2, algorithm, { id: `${did}#it` })
      const bare = await didKeyOf(await publicJwk(each))
      const keys = [
        each,
        { id: `${did}#it`, publicKeyMultibase: bare.id.split('#')[1] ?? '' },
        { id: `${did}#it`, publicKeyJwk: await publicJwk(each) },
      ]
      for (const given of keys) {
        const [method] = didWebDocument({ did, keys: [given] }).verificationMethod ?? []
        expect(await readPublicKey(method ?? {})).toEqual({ algorithm, bytes: each.publicKey })
      }
    },
  )

  it('names the context of JWKs where there is one', async () => {
    const document = didWebDocument({ did, keys: [{ id: `${did}#a`, publicKeyJwk: await publicJwk(key) }] })
    expect(document).toMatchObject({ verificationMethod: [{ type: 'JsonWebKey2020' }] })
    expect(JSON.stringify(document)).toContain('"https://w3id.org/security/suites/jws-2020/v1"],"id"')
  })

  it('says which keys sign, which only did, and which are not to be believed', async () => {
    const [lost, old, next] = [await make(3), await make(4), await make(5)]
    const revoked = new Date('2026-05-01T00:00:00Z')
    const expires = new Date('2027-01-01T00:00:00Z')
    const document = didWebDocument({
      did,
      keys: [{ ...lost, retired: true, revoked }, { ...old, retired: true }, key, { ...next, expires }],
    })
    expect(document.verificationMethod?.map(({ id }) => id)).toEqual([lost.id, old.id, key.id, next.id])
    expect(document.assertionMethod).toEqual([old.id, key.id, next.id])
    expect(document.authentication).toEqual([key.id, next.id])
    expect(document.verificationMethod).toMatchObject([
      { revoked: '2026-05-01T00:00:00Z' },
      {},
      {},
      { expires: '2027-01-01T00:00:00Z' },
    ])
    expect(document.verificationMethod?.[2]).not.toHaveProperty('revoked')
  })

  const good = { id: `${did}#a`, publicKeyMultibase: multikeyOf(key) }
  it.each([
    [undefined, 'did must be a did:web'],
    [{ did: 'did:key:z6Mk', keys: [good] }, 'did must be a did:web, such as'],
    [{ did: 'did:web:127.0.0.1', keys: [good] }, 'did must be a did:web'],
    [{ did, keys: [] }, 'at least one key'],
    [{ did, keys: good }, 'keys must be a list'],
    [{ did, keys: [null] }, 'keys[0] is not an object'],
    [
      { did, keys: [{ ...good, id: undefined }] },
      'keys[0].id must be did:web:school.example# and a name; a key has it',
    ],
    [{ did, keys: [{ ...good, id: 'did:web:college.example#a' }] }, 'keys[0].id must be'],
    [{ did, keys: [{ ...good, id: `${did}#` }] }, 'keys[0].id must be'],
    [{ did, keys: [{ ...good, id: `${did}#a b` }] }, 'keys[0].id must be'],
    [{ did, keys: [good, { ...good, id: `${did}#b` }] }, 'keys[1] has the key of keys[0]'],
    [{ did, keys: [{ ...key, id: good.id }, good] }, 'keys[1] has the id of keys[0]'],
    [{ did, keys: [{ id: good.id }] }, 'keys[0] is no public key'],
    [{ did, keys: [{ ...good, publicKeyMultibase: 'z6Mk' }] }, 'keys[0] is no public key'],
    [{ did, keys: [{ ...good, publicKeyMultibase: 7 }] }, 'keys[0] is no public key'],
    [{ did, keys: [{ ...key, publicKey: new Uint8Array(31) }] }, 'keys[0] is no public key'],
    [{ did, keys: [{ ...key, algorithm: 'RSA' }] }, 'any key as publicKeyJwk'],
    [{ did, keys: [{ ...key, algorithm: 'constructor' }] }, 'keys[0] is no public key'],
    [{ did, keys: [{ id: good.id, publicKeyJwk: { kty: 'oct', k: 'AAAA' } }] }, 'no public key as JWK'],
    [{ did, keys: [{ id: good.id, publicKeyJwk: 7 }] }, 'no public key as JWK'],
    [{ did, keys: [{ ...good, revoked: new Date(Number.NaN) }] }, 'keys[0].revoked must be a Date'],
    [{ did, keys: [{ ...good, expires: '2027-01-01T00:00:00Z' }] }, 'keys[0].expires must be a Date'],
  ])('refuses %j: %s', (options, message) => {
    const call = () => didWebDocument(options as never)
    expect(call).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
    expect(call).toThrow(message)
  })

  it('refuses a private key, and does not repeat it', async () => {
    const jwk = await exportKey(key)
    const call = () => didWebDocument({ did, keys: [{ id: `${did}#a`, publicKeyJwk: jwk }] })
    expect(call).toThrow('holds private members')
    expect(call).not.toThrow(jwk.d)
  })
})
