import { createHash } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import { hashes } from '../../src/encoding/hashes.ts'
import { leaveNode, returnToNode } from '../helpers/leave-node.ts'

afterEach(returnToNode)

it('hashes "abc" with SHA-384 as FIPS 180-4 prints it', () => {
  expect(hashes.sha384.hex('abc')).toBe(
    'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  )
})

it.each(['sha256', 'sha384', 'sha512'] as const)('hashes with %s, on Node and without', async (name) => {
  leaveNode()
  const plain = await import('../../src/encoding/hashes.ts')
  for (const data of ['', 'abc', 'ä€😀', 'ä€😀'.repeat(50), new Uint8Array([0, 255])]) {
    const expected = createHash(name).update(data).digest('hex')
    for (const hash of [hashes[name], plain.hashes[name]]) {
      expect(hash.hex(data)).toBe(expected)
      expect(Buffer.from(hash.bytes(data)).toString('hex')).toBe(expected)
    }
  }
})
