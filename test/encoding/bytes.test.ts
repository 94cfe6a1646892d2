/** Multibase: base58btc as the library decodes it, digit by digit. */

import fc from 'fast-check'
import { base58btc } from 'multiformats/bases/base58'
import { describe, expect, it } from 'vitest'
import { fromMultibase, toBase58Multibase } from '../../src/encoding/bytes.ts'

describe('base58btc', () => {
  it('is read as it is written, zeros in front included', () => {
    const bytes = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.uint8Array({ maxLength: 120 }))
    fc.assert(
      fc.property(bytes, ([zeros, rest]) => {
        const value = Uint8Array.from([...new Uint8Array(zeros), ...rest])
        expect(fromMultibase(toBase58Multibase(value))).toEqual(value)
      }),
    )
  })

  it('is read as the library reads it, whatever the digits', () => {
    const digits = [...'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz']
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...digits), maxLength: 150 }), (text) => {
        expect(fromMultibase(`z${text}`)).toEqual(base58btc.decode(`z${text}`))
      }),
    )
  })

  it('has no other digits', () => {
    for (const odd of ['0', 'O', 'I', 'l', ' ', 'ä']) expect(fromMultibase(`z2${odd}2`)).toBeUndefined()
  })
})
