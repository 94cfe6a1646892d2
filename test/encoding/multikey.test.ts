import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64Url, fromMultibase, toBase58Multibase, toBase64Url } from '../../src/encoding/bytes.ts'
import { decodePublicMultikey, decodeSecretMultikey, encodePublicMultikey } from '../../src/encoding/multikey.ts'

describe('bytes as text', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(fromMultibase(toBase58Multibase(bytes))).toEqual(bytes)
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes)
      }),
    )
  })

  it('have one spelling', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'zu1A9-_ =+/0OIlb'), maxLength: 12 }), (text) => {
        const bytes = fromMultibase(text)
        if (bytes) expect([toBase58Multibase(bytes), `u${toBase64Url(bytes)}`]).toContain(text)
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['', 'a', 'z0', 'zO', 'z I', ' z3', 'z3 ', 'm3', 'uA=', 'u+', `z${'3'.repeat(5000)}`])(
    'are not in %j',
    (text) => {
      expect(fromMultibase(text)).toBeUndefined()
    },
  )

  it('are not read from base64url with bits left over', () => {
    expect(fromBase64Url('AA')).toEqual(new Uint8Array([0]))
    expect(fromBase64Url('AB')).toBeUndefined()
  })
})

describe('Multikey', () => {
  it('reads the published key pair of the EdDSA cryptosuite specification', () => {
    // Data Integrity EdDSA Cryptosuites 1.0, appendix B.1.
    const publicKey = decodePublicMultikey('z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2')
    expect(publicKey).toMatchObject({ codec: 'Ed25519' })
    expect(publicKey?.bytes).toHaveLength(32)
    expect(publicKey && encodePublicMultikey(publicKey)).toBe('z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2')
    expect(decodeSecretMultikey('z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq')).toMatchObject({ codec: 'Ed25519' })
  })

  it('is nothing with another prefix or length', () => {
    const encode = (...bytes: number[]) => toBase58Multibase(Uint8Array.from(bytes))
    const zeros = (length: number) => new Array<number>(length).fill(0)
    expect(decodePublicMultikey(encode(0xed, 0x01, ...zeros(31)))).toBeUndefined()
    expect(decodePublicMultikey(encode(0xed, 0x01, ...zeros(33)))).toBeUndefined()
    expect(decodePublicMultikey(encode(0xec, 0x01, ...zeros(32)))).toBeUndefined()
    expect(decodePublicMultikey(encode(0xed))).toBeUndefined()
    expect(decodeSecretMultikey(encode(0xed, 0x01, ...zeros(32)))).toBeUndefined()
  })
})
