import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, expect, it, vi } from 'vitest'
import { md5Hex, sha256 } from '../../src/encoding/hash.ts'
import { leaveNode, returnToNode } from '../helpers/leave-node.ts'

afterEach(returnToNode)

it('hashes "abc" as FIPS 180-4 prints it', () => {
  expect(sha256.hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

it('hashes text as its UTF-8 bytes, in both forms', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const expected = createHash('sha256').update(text, 'utf8').digest('hex')
      expect(sha256.hex(text)).toBe(expected)
      expect(Buffer.from(sha256.bytes(text)).toString('hex')).toBe(expected)
    }),
  )
})

it('hashes bytes as the text that they are', () => {
  expect(sha256.hex(new Uint8Array([97, 98, 99]))).toBe(sha256.hex('abc'))
  expect(sha256.bytes(new Uint8Array([97, 98, 99]))).toEqual(sha256.bytes('abc'))
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
  expect(old.sha256.hex('ä')).toBe(sha256.hex('ä'))
  expect(old.sha256.bytes('ä')).toEqual(sha256.bytes('ä'))
})

it('hashes the same in JavaScript', async () => {
  leaveNode()
  const plain = await import('../../src/encoding/hash.ts')
  // Long and short in turns: what was written for one must not be hashed with another. 32,768 are the most that there is room for.
  const long = [32_768, 32_769, 100_000].map((length) => '€'.repeat(length))
  for (const data of ['', 'abc', 'ä€😀', ...long, 'ä€😀'.repeat(50), '\ud800', new Uint8Array([0, 255])]) {
    expect(plain.sha256.hex(data)).toBe(sha256.hex(data))
    expect(Buffer.from(plain.sha256.bytes(data))).toEqual(Buffer.from(sha256.bytes(data)))
  }
  expect(plain.md5Hex('abc')).toBe(md5Hex('abc'))
})
