/** Keys of BLS12-381, whose signatures are BBS: how they are written, where they can be found, and what is not done with them. */

import { inspect } from 'node:util'
import {
  type CredentialError,
  didKey,
  didWebDocument,
  exportKey,
  exportKeyMultibase,
  exportKeyPem,
  generateKey,
  importKey,
  issue,
  vcJwt,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import { verifyBbs } from '../../src/keys/bbs.ts'
import { readPublicKey } from '../../src/keys/public-key.ts'
import { verifySignature } from '../../src/keys/signature.ts'
import { badge, now } from '../helpers/fixtures.ts'

/** The key of the examples in Data Integrity BBS Cryptosuites 1.0 appendix A. */
const published = {
  secret: '66d36e118832af4c5e28b2dfe1b9577857e57b042a33e06bdea37b811ed09ee0',
  name: 'zUC7DerdEmfZ8f4pFajXgGwJoMkV1ofMTmEG5UoNvnWiPiLuGKNeqgRpLH2TV4Xe5mJ2cXV76gRN7LFQwapF1VFu6x2yrr5ci1mXqC1WNUrnHnLgvfZfMH7h6xP6qsf9EKRQrPQ',
}
const algorithm = 'Bls12381G2'
const seed = Uint8Array.from(Buffer.from(published.secret, 'hex'))
const key = await generateKey({ algorithm, seed })

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  return work().then(
    () => 'no error',
    (error: CredentialError) => error.code,
  )
}

describe('a key of BLS12-381', () => {
  it('is named as the specification names it, and found by its name', async () => {
    expect(key.id).toBe(`did:key:${published.name}#${published.name}`)
    const document = await didKey()(key.controller)
    expect(document?.assertionMethod).toEqual([key.id])
    expect(await readPublicKey(document?.verificationMethod?.[0] ?? {})).toEqual({ algorithm, bytes: key.publicKey })
  })

  it('is another each time', async () => {
    const [one, two] = [await generateKey({ algorithm }), await generateKey({ algorithm })]
    expect(one.id).not.toBe(two.id)
    expect(one.publicKey).toHaveLength(96)
  })

  it('survives its one notation, and says so where another is asked for', async () => {
    const again = await importKey(await exportKeyMultibase(key))
    expect(again.id).toBe(key.id)
    expect(await exportKeyMultibase(again)).toBe(await exportKeyMultibase(key))
    await expect(exportKey(key)).rejects.toThrow('exportKeyMultibase')
    expect(await codeOf(() => exportKey(key))).toBe('KEY_UNSUPPORTED')
    expect(await codeOf(() => exportKeyPem(key))).toBe('KEY_UNSUPPORTED')
    for (const crv of ['Bls12381G2', 'BLS12381G2']) {
      await expect(importKey({ kty: 'EC', crv, x: 'AA', d: 'AA' })).rejects.toThrow('Multikey secret')
    }
  })

  it('stands in the document of a DID', async () => {
    const did = 'did:web:school.example'
    const own = await generateKey({ algorithm, seed, controller: did })
    const { verificationMethod } = didWebDocument({ did, keys: [own] })
    expect(verificationMethod).toEqual([expect.objectContaining({ publicKeyMultibase: published.name })])
  })

  it('never shows its private bytes', async () => {
    for (const text of [inspect(key, { depth: 9, showHidden: true }), JSON.stringify(key), String(key)]) {
      expect(text).not.toContain(published.secret.slice(0, 16))
      expect(text).not.toMatch(/102,\s*211,\s*110/)
    }
  })

  it.each([
    ['zero', new Uint8Array(32)],
    [
      'as large as the order of the group',
      Uint8Array.from(Buffer.from('73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001', 'hex')),
    ],
    ['too short', new Uint8Array(31).fill(1)],
    ['too long', new Uint8Array(33).fill(1)],
  ])('is not made of a number that is %s', async (_name, wrong) => {
    expect(await codeOf(() => generateKey({ algorithm, seed: wrong }))).toBe('KEY_MALFORMED')
  })

  it('signs a header, and messages one by one', async () => {
    const [header, one, two] = ['header', 'one', 'two'].map((text) => new TextEncoder().encode(text)) as Uint8Array[]
    const bytes = header as Uint8Array
    const messages = [one, two] as Uint8Array[]
    const signature = await key.sign(bytes, messages)
    expect(await verifyBbs(key.publicKey, signature, bytes, messages)).toBe(true)
    expect(await verifyBbs(key.publicKey, signature, bytes, [...messages].reverse())).toBe(false)
    expect(await verifyBbs(key.publicKey, await key.sign(bytes), bytes, [])).toBe(true)
    // To everything else than bbs-2023 it is no signature.
    expect(await verifySignature({ algorithm, bytes: key.publicKey }, bytes, await key.sign(bytes))).toBe(false)
  })

  it('signs nothing but bbs-2023', async () => {
    expect(await codeOf(() => issue({ credential: badge(), key, now }))).toBe('KEY_UNSUPPORTED')
    expect(await codeOf(() => issue({ credential: badge(), key, now, format: vcJwt() }))).toBe('KEY_UNSUPPORTED')
  })
})
