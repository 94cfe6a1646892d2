import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHashTable, type HashKey, hashKeyOf } from '../../src/encoding/hash-table.ts'

describe('createHashTable', () => {
  it('answers as a Map does, whatever collides', () => {
    // Few values for each word: names that share the place where the search begins, and names that are there twice.
    const word = fc.constantFrom(0, 1, 1_024, 0xffffffff)
    const entries = fc.array(fc.tuple(fc.tuple(word, word, word, word), fc.nat(0xfffffffe)), { maxLength: 300 })
    fc.assert(
      fc.property(entries, (all) => {
        const [table, map] = [createHashTable(), new Map<string, number>()]
        for (const [key, value] of all) {
          expect(table.get(key)).toBe(map.get(String(key)))
          table.set(key, value)
          map.set(String(key), value)
        }
        for (const [key] of all) expect(table.get(key)).toBe(map.get(String(key)))
      }),
    )
  })

  it('finds all after it grew', () => {
    const table = createHashTable()
    const key = (number: number): HashKey => [(number * 2_654_435_761) % 2 ** 32, number, 0, 0]
    for (let number = 0; number < 20_000; number += 1) table.set(key(number), number)
    for (let number = 0; number < 20_000; number += 1) expect(table.get(key(number))).toBe(number)
    expect(table.get(key(20_000))).toBeUndefined()
  })

  it.each([-1, 1.5, 0xffffffff, Number.NaN])('takes no %s', (value) => {
    expect(() => createHashTable().set([1, 2, 3, 4], value)).toThrow(RangeError)
  })
})

describe('hashKeyOf', () => {
  it('takes the first sixteen bytes, wherever they lie in their buffer', () => {
    const bytes = Uint8Array.from({ length: 40 }, (_, index) => index).subarray(3)
    expect(hashKeyOf(bytes)).toEqual([0x03040506, 0x0708090a, 0x0b0c0d0e, 0x0f101112])
  })
})
