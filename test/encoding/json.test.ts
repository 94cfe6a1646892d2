import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_DEPTH, MAX_LENGTH, MAX_VALUES, pointer, readJson } from '../../src/encoding/json.ts'

const problemOf = (input: unknown) => {
  const read = readJson(input)
  return 'problem' in read ? read : undefined
}

describe('readJson', () => {
  it('gives a frozen copy of any JSON value, as object, text or bytes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown
        fc.pre(!JSON.stringify(plain).includes('"__proto__"'))
        for (const input of [plain, JSON.stringify(plain), new TextEncoder().encode(JSON.stringify(plain))]) {
          if (typeof plain === 'string' && input === plain) continue
          const read = readJson(input)
          expect(read).toEqual({ value: plain })
          if ('value' in read && typeof read.value === 'object' && read.value !== null) {
            expect(read.value).not.toBe(input)
            expect(Object.isFrozen(read.value)).toBe(true)
          }
        }
      }),
    )
  })

  it('never throws, whatever it is given', () => {
    const hostile = [
      {
        get a() {
          throw new Error('no')
        },
      },
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no')
          },
        },
      ),
      new Proxy([], {
        get: () => {
          throw new Error('no')
        },
      }),
      Symbol('s'),
      1n,
      () => 1,
      undefined,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      new Date(),
      new Map(),
      new Set(),
      /x/,
      new Error('x'),
      new ArrayBuffer(3),
      [undefined],
      new Array(2),
      { a: Symbol('s') },
      { toJSON: () => 1 },
      Object.create({ inherited: 1 }),
    ]
    for (const input of hostile) expect(readJson(input)).toMatchObject({ problem: expect.any(String) })
  })

  it('says where', () => {
    expect(problemOf({ a: { 'b/c~': [1, 2n] } })?.path).toBe('/a/b~1c~0/1')
  })

  it('refuses __proto__ as a member, and is not changed by it', () => {
    expect(problemOf('{"a":{"__proto__":{"x":1}}}')).toMatchObject({ path: '/a', limit: false })
    expect(({} as { x?: number }).x).toBeUndefined()
    const read = readJson('{"constructor":1,"prototype":2,"hasOwnProperty":3}')
    expect(read).toEqual({ value: { constructor: 1, prototype: 2, hasOwnProperty: 3 } })
  })

  it('keeps its limits, and says which', () => {
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
    expect(problemOf(deep(MAX_DEPTH))).toBeUndefined()
    expect(problemOf(deep(MAX_DEPTH + 1))).toMatchObject({
      limit: true,
      problem: expect.stringContaining(`${MAX_DEPTH}`),
    })
    const wide = (items: number) => new Array(items).fill(0)
    expect(problemOf(wide(MAX_VALUES - 1))).toBeUndefined()
    expect(problemOf(wide(MAX_VALUES))).toMatchObject({
      limit: true,
      problem: expect.stringContaining(`${MAX_VALUES}`),
    })
    expect(problemOf(`"${'x'.repeat(MAX_LENGTH)}"`)).toMatchObject({ limit: true })
    expect(problemOf(new Uint8Array(MAX_LENGTH + 1))).toMatchObject({ limit: true })
    const circle: { self?: object } = {}
    circle.self = circle
    expect(problemOf(circle)).toMatchObject({ limit: true })
  })

  it('refuses half of a surrogate pair, as value and as name', () => {
    for (const half of ['\ud800', '\udc00x', 'x\ud83d']) {
      expect(problemOf({ a: half })?.path).toBe('/a')
      expect(problemOf(`{"${half}":1}`)?.problem).toMatch(/surrogate/)
    }
    expect(readJson({ a: '\ud83d\ude00' })).toEqual({ value: { a: '\ud83d\ude00' } })
  })

  it('refuses what is not UTF-8, and what is not JSON', () => {
    expect(problemOf(new Uint8Array([0x22, 0xff, 0x22]))?.problem).toMatch(/UTF-8/)
    expect(problemOf('{"a":1,}')?.problem).toMatch(/not JSON/)
  })

  it('is not changed by what its input does afterwards', () => {
    const input = { a: { b: [1] } }
    const read = readJson(input)
    input.a.b.push(2)
    expect(read).toEqual({ value: { a: { b: [1] } } })
  })
})

describe('pointer', () => {
  it('escapes as RFC 6901 prints it', () => {
    expect(['a/b', 'm~n', '', 0].map((step) => pointer('', step))).toEqual(['/a~1b', '/m~0n', '/', '/0'])
  })
})
