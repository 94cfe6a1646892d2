import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, expect, it, vi } from 'vitest'
import { hashBytes, hashHex } from '../../src/encoding/hash.ts'

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

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

it.each(['SHA-256', 'SHA-384'] as const)('hashes long text with %s where WebCrypto is all there is', async (digest) => {
  vi.stubGlobal('process', { ...process, getBuiltinModule: undefined })
  const subtle = { digest: vi.fn((name: string, bytes: Uint8Array<ArrayBuffer>) => crypto.subtle.digest(name, bytes)) }
  const { crypto } = globalThis
  vi.stubGlobal('crypto', { subtle })
  vi.resetModules()
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
