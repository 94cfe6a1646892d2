import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
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
