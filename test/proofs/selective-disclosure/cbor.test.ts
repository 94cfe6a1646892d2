/** CBOR of proof values: the examples of RFC 8949 appendix A that are of these types, and everything that is refused. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CborValue, decodeCbor, encodeCbor } from '../../../src/proofs/selective-disclosure/cbor.ts'

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex')

const examples: readonly (readonly [string, CborValue])[] = [
  ['00', 0],
  ['17', 23],
  ['1818', 24],
  ['1864', 100],
  ['18ff', 255],
  ['190100', 256],
  ['1903e8', 1000],
  ['1a000f4240', 1_000_000],
  ['1affffffff', 4_294_967_295],
  ['40', new Uint8Array()],
  ['4401020304', Uint8Array.of(1, 2, 3, 4)],
  ['60', ''],
  ['6449455446', 'IETF'],
  ['62225c', '"\\'],
  ['62c3bc', 'ü'],
  ['64f0908591', '\u{10151}'],
  ['80', []],
  ['83010203', [1, 2, 3]],
  ['8301820203820405', [1, [2, 3], [4, 5]]],
  ['98190102030405060708090a0b0c0d0e0f101112131415161718181819', Array.from({ length: 25 }, (_, index) => index + 1)],
  ['a0', new Map()],
  [
    'a201020304',
    new Map([
      [1, 2],
      [3, 4],
    ]),
  ],
]

describe('the examples of the specification', () => {
  it.each(examples)('%s', (text, value) => {
    expect(decodeCbor(bytes(text))).toEqual(value)
    expect(hex(encodeCbor(value))).toBe(text)
  })
})

it('maps are written in the order of their keys', () => {
  const map = new Map([
    [300, 1],
    [0, 2],
    [24, 3],
  ])
  expect(hex(encodeCbor(map))).toBe('a3000218180319012c01')
})

describe('what is refused', () => {
  it.each([
    ['nothing', ''],
    ['a negative number', '20'],
    ['a number of eight bytes', '1b000000e8d4a51000'],
    ['a number in two bytes that fits into one', '1817'],
    ['a number in three bytes that fits into two', '1900ff'],
    ['a number in five bytes that fits into three', '1a0000ffff'],
    ['a length in more bytes than needed', '580101'],
    ['a reserved length', '1c'],
    ['false', 'f4'],
    ['null', 'f6'],
    ['half a float', 'f93c00'],
    ['a tag', 'c000'],
    ['bytes of no definite length', '5f4101ff'],
    ['text of no definite length', '7f6161ff'],
    ['a list of no definite length', '9f01ff'],
    ['a map of no definite length', 'bf0102ff'],
    ['a break', 'ff'],
    ['two values', '0000'],
    ['text that is not UTF-8', '61ff'],
    ['text that is half a surrogate pair', '63eda080'],
    ['a map by text', 'a1616101'],
    ['a map by bytes', 'a1416101'],
    ['a key twice', 'a201020103'],
    ['a map without its last value', 'a20102'],
    ['a list of more items than there are bytes', '9affffffff'],
    ['a map of more entries than there are bytes', 'baffffffff'],
    ['bytes of more than there are', '5affffffff'],
    ['lists within lists', `${'81'.repeat(5)}00`],
    ['lists within lists, by the thousand', `${'81'.repeat(10_000)}00`],
  ])('%s', (_name, text) => {
    expect(decodeCbor(bytes(text))).toBeUndefined()
  })

  it('every value cut short', () => {
    for (const [text] of examples) {
      for (let length = 0; length < text.length / 2; length += 1) {
        expect(decodeCbor(bytes(text).subarray(0, length)), `${text} to ${length}`).toBeUndefined()
      }
    }
  })
})

const { value } = fc.letrec<{ value: CborValue; leaf: CborValue }>((tie) => ({
  leaf: fc.oneof(fc.nat(4_294_967_295), fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'grapheme' })),
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 30 }),
    fc.array(fc.tuple(fc.nat(70_000), tie('value')), { maxLength: 30 }).map((entries) => new Map(entries)),
  ),
}))

it('what is written is read as it was', () => {
  fc.assert(
    fc.property(value, (given) => {
      expect(decodeCbor(encodeCbor(given))).toEqual(given)
    }),
  )
})

it('what is read was written so, but for the order of maps', () => {
  const any = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.tuple(value, fc.nat(), fc.nat(255)).map(([given, at, byte]) => {
      const written = encodeCbor(given)
      written[at % written.length] = byte
      return written
    }),
  )
  fc.assert(
    fc.property(any, (given) => {
      const read = decodeCbor(given)
      if (read === undefined) return
      const written = encodeCbor(read)
      expect(written.length).toBe(given.length)
      expect(decodeCbor(written)).toEqual(read)
    }),
    { numRuns: 500 },
  )
})
