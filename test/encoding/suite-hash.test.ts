import { createHash } from 'node:crypto'
import { afterEach, expect, it, vi } from 'vitest'
import { sha256 } from '../../src/encoding/hash.ts'
import { hashOf } from '../../src/encoding/suite-hash.ts'
import { leaveNode, returnToNode } from '../helpers/leave-node.ts'

afterEach(returnToNode)

it('has both hashes of suites at once on Node', () => {
  expect(hashOf('SHA-256')).toBe(sha256)
  expect(hashOf('SHA-384')).not.toBeInstanceOf(Promise)
})

it('loads the longer one elsewhere', async () => {
  leaveNode()
  const elsewhere = await import('../../src/encoding/suite-hash.ts')
  expect(elsewhere.hashOf('SHA-256')).not.toBeInstanceOf(Promise)
  expect((await elsewhere.hashOf('SHA-384')).hex('abc')).toBe(createHash('sha384').update('abc').digest('hex'))
})

it.each(['SHA-256', 'SHA-384'] as const)('hashes long text with %s where WebCrypto is all there is', async (digest) => {
  leaveNode()
  const subtle = { digest: vi.fn((name: string, bytes: Uint8Array<ArrayBuffer>) => crypto.subtle.digest(name, bytes)) }
  const { crypto } = globalThis
  vi.stubGlobal('crypto', { subtle })
  const { hashText } = await import('../../src/encoding/suite-hash.ts')
  const expectedOf = (text: string) =>
    createHash(digest.replace('-', '').toLowerCase()).update(text, 'utf8').digest('hex')
  const hexOf = async (text: string) => Buffer.from(await hashText(digest, text)).toString('hex')
  for (const text of ['ä', 'ä€😀'.repeat(2_000)]) expect(await hexOf(text)).toBe(expectedOf(text))
  expect(subtle.digest).toHaveBeenCalledOnce()
  vi.stubGlobal('crypto', undefined)
  expect(await hexOf('ä'.repeat(5_000))).toBe(expectedOf('ä'.repeat(5_000)))
})

it.each(['SHA-256', 'SHA-384'] as const)('hashes many texts together with %s by WebCrypto alone', async (digest) => {
  expect((await import('../../src/encoding/suite-hash.ts')).manyHashOf(digest)).toBeUndefined()
  leaveNode()
  const { manyHashOf } = await import('../../src/encoding/suite-hash.ts')
  // The bytes of each are made in the same room.
  const texts = ['', 'a', 'ä€😀', 'b'.repeat(5_000), 'c']
  expect(await manyHashOf(digest)?.(texts)).toEqual(
    texts.map((text) => createHash(digest.replace('-', '').toLowerCase()).update(text, 'utf8').digest('hex')),
  )
  vi.stubGlobal('crypto', undefined)
  expect(manyHashOf(digest)).toBeUndefined()
})
