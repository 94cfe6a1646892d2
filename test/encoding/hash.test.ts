import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, expect, it, vi } from 'vitest'
import { hashBytes, hashHex, md5Hex } from '../../src/encoding/hash.ts'

it('hashes "abc" as FIPS 180-4 prints it', () => {
  expect(hashHex('SHA-256', 'abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(hashHex('SHA-384', 'abc')).toBe(
    'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  )
})

it('hashes text as its UTF-8 bytes, in both forms', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const expected = createHash('sha256').update(text, 'utf8').digest('hex')
      expect(hashHex('SHA-256', text)).toBe(expected)
      expect(Buffer.from(hashBytes('SHA-256', text)).toString('hex')).toBe(expected)
    }),
  )
})

it('hashes bytes as the text that they are', () => {
  expect(hashHex('SHA-256', new Uint8Array([97, 98, 99]))).toBe(hashHex('SHA-256', 'abc'))
  expect(hashBytes('SHA-384', new Uint8Array([97, 98, 99]))).toEqual(hashBytes('SHA-384', 'abc'))
})

it('hashes "abc" with MD5 as RFC 1321 prints it', () => {
  expect(md5Hex('abc')).toBe('900150983cd24fb0d6963f7d28e17f72')
})

it('says that MD5 is not there where the platform forbids it', async () => {
  const forbidden = () => {
    throw new Error('digital envelope routines::unsupported')
  }
  vi.stubGlobal('process', { ...process, getBuiltinModule: () => ({ createHash: forbidden }) })
  vi.resetModules()
  const { md5Hex } = await import('../../src/encoding/hash.ts')
  expect(md5Hex('abc')).toBeUndefined()
})

it('hashes the same where Node has no function for it yet', async () => {
  vi.stubGlobal('process', { ...process, getBuiltinModule: () => ({ createHash }) })
  vi.resetModules()
  const old = await import('../../src/encoding/hash.ts')
  expect(old.hashHex('SHA-256', 'ä')).toBe(hashHex('SHA-256', 'ä'))
  expect(old.hashBytes('SHA-384', 'ä')).toEqual(hashBytes('SHA-384', 'ä'))
})

/** What `#sha2` and `#md5` are where there is no Node. */
function leaveNode(): void {
  vi.stubGlobal('process', { ...process, getBuiltinModule: undefined })
  // On Node both are one module.
  vi.doMock('#sha2', async () => ({
    ...(await import('@noble/hashes/sha2')),
    ...(await import('@noble/hashes/legacy')),
  }))
  vi.resetModules()
}

it('hashes the same in JavaScript', async () => {
  leaveNode()
  const plain = await import('../../src/encoding/hash.ts')
  for (const data of ['', 'abc', 'ä€😀', new Uint8Array([0, 255])]) {
    expect(plain.hashHex('SHA-256', data)).toBe(hashHex('SHA-256', data))
    expect(Buffer.from(plain.hashBytes('SHA-384', data))).toEqual(Buffer.from(hashBytes('SHA-384', data)))
    expect(plain.hashHex('SHA-512', data)).toBe(hashHex('SHA-512', data))
  }
  expect(plain.md5Hex('abc')).toBe(md5Hex('abc'))
})

afterEach(() => {
  vi.doUnmock('#sha2')
  vi.unstubAllGlobals()
  vi.resetModules()
})

it.each(['SHA-256', 'SHA-384'] as const)('hashes long text with %s where WebCrypto is all there is', async (digest) => {
  leaveNode()
  const subtle = { digest: vi.fn((name: string, bytes: Uint8Array<ArrayBuffer>) => crypto.subtle.digest(name, bytes)) }
  const { crypto } = globalThis
  vi.stubGlobal('crypto', { subtle })
  const { hashLong } = await import('../../src/encoding/hash.ts')
  for (const text of ['ä', 'ä€😀'.repeat(2_000)]) {
    const expected = createHash(digest.replace('-', '').toLowerCase()).update(text, 'utf8').digest('hex')
    expect(Buffer.from(await hashLong(digest, text)).toString('hex')).toBe(expected)
  }
  expect(subtle.digest).toHaveBeenCalledOnce()
  vi.stubGlobal('crypto', undefined)
  expect(Buffer.from(await hashLong(digest, 'ä'.repeat(5_000)))).toEqual(
    Buffer.from(hashBytes(digest, 'ä'.repeat(5_000))),
  )
})
