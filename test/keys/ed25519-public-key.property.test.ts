/** Our reading of Ed25519 public keys against the arithmetic of a library. */

import { ed25519 } from '@noble/curves/ed25519'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ed25519PublicKeys } from '../../src/keys/ed25519-public-key.ts'

function isKey(bytes: Uint8Array): boolean {
  try {
    ed25519PublicKeys.assertPublicKey(bytes)
    return true
  } catch {
    return false
  }
}

function isKeyByLibrary(bytes: Uint8Array): boolean {
  try {
    return !ed25519.ExtendedPoint.fromHex(bytes, false).isSmallOrder()
  } catch {
    return false
  }
}

/** Bytes that are or nearly are a key: any, those near zero and near the prime, with either sign. */
const candidates = fc.oneof(
  fc.uint8Array({ minLength: 32, maxLength: 32 }),
  fc.uint8Array({ minLength: 0, maxLength: 40 }),
  fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 0xff), fc.constantFrom(0, 0x7f, 0x80, 0xff))
    .map(([first, middle, last]) => Uint8Array.from([first, ...new Array<number>(30).fill(middle), last])),
)

describe('Ed25519 public keys', () => {
  it('are those of the library', () => {
    const seen = { keys: 0, others: 0 }
    fc.assert(
      fc.property(candidates, (bytes) => {
        seen[isKeyByLibrary(bytes) ? 'keys' : 'others'] += 1
        expect(isKey(bytes)).toBe(isKeyByLibrary(bytes))
      }),
      { numRuns: 2000, seed: 1 },
    )
    expect(seen.keys).toBeGreaterThan(400)
    expect(seen.others).toBeGreaterThan(400)
  })

  it('every point of the small subgroup is refused, with either sign', () => {
    const generator = ed25519.ExtendedPoint.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')
    let point = generator
    const orders = new Set<string>()
    for (let order = 1; order <= 8; order += 1) {
      const bytes = point.toRawBytes()
      orders.add(point.toHex())
      for (const sign of [0, 0x80]) {
        const signed = Uint8Array.from(bytes)
        signed[31] = ((signed[31] as number) & 0x7f) | sign
        expect(isKey(signed)).toBe(false)
      }
      point = point.add(generator)
    }
    expect(orders.size).toBe(8)
  })
})
