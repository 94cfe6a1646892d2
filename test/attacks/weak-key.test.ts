/** Attack: a key for which signatures can be made up: of small order, of another length, no point of its curve. */

import { p256 } from '@noble/curves/nist'
import { base58btc } from 'multiformats/bases/base58'
import { generateKey } from 'testamur'
import { describe, expect, it } from 'vitest'
import { badge, edit, judge, signed, signedBadge } from '../helpers/fixtures.ts'

const good = await signedBadge()

/** The badge with an issuer of this did:key, and a signature of these bytes. */
function by(prefix: readonly number[], key: Uint8Array, signature: Uint8Array): object {
  const name = base58btc.encode(Uint8Array.from([...prefix, ...key]))
  const forged = edit(edit(good, '/issuer', `did:key:${name}`), '/proof/verificationMethod', `did:key:${name}#${name}`)
  return edit(forged, '/proof/proofValue', base58btc.encode(signature))
}

describe('Ed25519', () => {
  const prefix = [0xed, 0x01]
  const point = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
  const smallOrder = [
    '00'.repeat(32),
    `01${'00'.repeat(31)}`,
    `${'00'.repeat(31)}80`,
    `ec${'ff'.repeat(30)}7f`,
    `ee${'ff'.repeat(30)}7f`,
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  ]

  it.each(smallOrder)('the key of small order %s signs nothing', async (hex) => {
    const key = point(hex)
    const identity = point(`01${'00'.repeat(31)}`)
    for (const first of [key, identity]) {
      const signature = Uint8Array.from([...first, ...new Uint8Array(32)])
      const codes = await judge(by(prefix, key, signature))
      expect(['PROOF_INVALID', 'KEY_NOT_FOUND', 'KEY_UNSUPPORTED']).toContain(codes.join())
    }
  })

  it.each([0, 31, 33, 64])('a key of %i bytes is none', async (length) => {
    const signature = new Uint8Array(64)
    expect(await judge(by(prefix, new Uint8Array(length).fill(9), signature))).toEqual(['KEY_NOT_FOUND'])
  })

  it('a signature with another s that is the same number is refused', async () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const bytes = base58btc.decode((good['proof'] as { proofValue: string }).proofValue)
    const s = bytes.slice(32).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) + order
    const other = Uint8Array.from({ length: 32 }, (_, index) => Number((s >> BigInt(8 * index)) & 255n))
    const forged = edit(good, '/proof/proofValue', base58btc.encode(Uint8Array.from([...bytes.slice(0, 32), ...other])))
    expect(await judge(forged)).toEqual(['PROOF_INVALID'])
  })

  it.each([0, 63, 65, 128])('a signature of %i bytes is refused', async (length) => {
    const forged = edit(good, '/proof/proofValue', base58btc.encode(new Uint8Array(length)))
    expect(await judge(forged)).toEqual(['PROOF_INVALID'])
  })
})

describe('P-256', async () => {
  const key = await generateKey({ algorithm: 'P-256', seed: new Uint8Array(32).fill(7) })
  const genuine = await signed(badge(), key)
  const bytes = base58btc.decode((genuine['proof'] as { proofValue: string }).proofValue)
  const withValue = (value: Uint8Array) => edit(genuine, '/proof/proofValue', base58btc.encode(value))

  it('its own signature is good, and so is its neighbour n − s: hardware makes both', async () => {
    const { r, s } = p256.Signature.fromCompact(bytes)
    const neighbour = new p256.Signature(r, p256.CURVE.n - s).toCompactRawBytes()
    expect(await judge(genuine)).toEqual(['valid'])
    expect(await judge(withValue(neighbour))).toEqual(['valid'])
  })

  it('zeros, the order itself and DER are refused', async () => {
    const order = Buffer.from(p256.CURVE.n.toString(16), 'hex')
    const der = p256.Signature.fromCompact(bytes).toDERRawBytes()
    const odd = [
      new Uint8Array(64),
      Buffer.concat([order, order]),
      der,
      bytes.slice(0, 63),
      Buffer.concat([bytes, bytes]),
    ]
    for (const value of odd) expect(await judge(withValue(value))).toEqual(['PROOF_INVALID'])
  })

  it('a key that is no point of the curve is not good', async () => {
    const off = Uint8Array.from([2, ...new Uint8Array(32).fill(0xff)])
    expect(await judge(by([0x80, 0x24], off, new Uint8Array(64)))).not.toContain('valid')
  })
})
