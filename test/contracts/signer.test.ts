/** What every signer must do, wherever its private bytes are. */

import { type Algorithm, exportKey, generateKey, importKey, type Key, type Signer } from 'testamur'
import { describe, expect, it } from 'vitest'
import { verifySignature } from '../../src/keys/signature.ts'
import { judge, kms, presented, signedBadge } from '../helpers/fixtures.ts'
import { jwtBadge } from '../helpers/jwt.ts'

const made: readonly (readonly [string, (key: Key) => Promise<Signer> | Signer])[] = [
  ['made here', (key) => key],
  ['imported', async (key) => importKey(await exportKey(key))],
  ['in a KMS', kms],
]
/** Keys of Bls12381G2 are for `bbs-2023` alone: test/contracts/disclosure-suite.test.ts. */
const lengths: Readonly<Record<Exclude<Algorithm, 'Bls12381G2'>, number>> = {
  Ed25519: 64,
  'P-256': 64,
  'P-384': 96,
  RSA: 384,
}

describe.each(made)('a key %s', (_name, make) => {
  describe.each(Object.keys(lengths) as (keyof typeof lengths)[])('of %s', async (algorithm) => {
    const key = await generateKey({ algorithm })
    const signer = await make(key)
    const data = new TextEncoder().encode('conferred')

    it('names a verification method of its controller', () => {
      expect(signer.algorithm).toBe(algorithm)
      expect(signer.controller).toMatch(/^did:/)
      expect(signer.id.startsWith(`${signer.controller}#`)).toBe(true)
    })

    it('signs in the fixed length, so that its public key verifies', async () => {
      const signature = await signer.sign(data)
      expect(signature).toBeInstanceOf(Uint8Array)
      expect(signature).toHaveLength(lengths[algorithm])
      expect(await verifySignature({ algorithm, bytes: key.publicKey }, data, signature)).toBe(true)
    })

    it('signs many things at once, and does not change the data', async () => {
      const inputs = Array.from({ length: 8 }, (_, index) => new Uint8Array(40).fill(index))
      const signatures = await Promise.all(inputs.map((input) => signer.sign(input)))
      for (const [index, signature] of signatures.entries()) {
        const input = new Uint8Array(40).fill(index)
        expect(inputs[index]).toEqual(input)
        expect(await verifySignature({ algorithm, bytes: key.publicKey }, input, signature)).toBe(true)
      }
    })

    it('shows no private bytes', async () => {
      const { d } = await exportKey(key)
      expect(JSON.stringify({ ...signer })).not.toContain(d)
    })

    it('serves issue and present', async () => {
      expect(await judge(await jwtBadge({}, signer))).toEqual(['valid'])
      if (algorithm === 'RSA') return
      expect(await judge(await signedBadge({}, signer))).toEqual(['valid'])
      expect(await presented([], { key: signer })).toMatchObject({ holder: signer.controller })
    })
  })
})
