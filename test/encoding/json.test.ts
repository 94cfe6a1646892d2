import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pointer, readJson } from '../../src/encoding/json.ts'
import { inspectText } from '../../src/encoding/json-text.ts'
import { defaultLimits } from '../../src/encoding/limits.ts'
import type { JsonObject } from '../../src/types.ts'

const problemOf = (input: unknown) => {
  const read = readJson(input)
  return 'problem' in read ? read : undefined
}

/** Text of a JSON value, and the first thing wrong with it. */
interface Written {
  readonly text: string
  readonly problem?: { readonly code: string; readonly path: string }
}

const space = fc.constantFrom('', '', '', ' ', '\n\t', '\r')
const good = (text: string): Written => ({ text })
const bad = (text: string, code: string): Written => ({ text, problem: { code, path: '' } })
/** Names as they are written, and as they are read: some are the same one in two spellings. */
const names = [
  'a',
  'b',
  '',
  'a/b',
  'a\\/b',
  '\\u0061',
  '~',
  ':',
  '\\"',
  '\\\\',
  '1',
  '\\ud83d\\ude00',
  '\u{1f600}',
  'constructor',
]
const scalars: readonly Written[] = [
  ...[
    '0',
    '-0',
    '1.0',
    '1e2',
    '-12.5',
    'true',
    'false',
    'null',
    '""',
    '"x"',
    '"{\\"a\\":1,"',
    '":\\\\"',
    '"\\ud83d\\ude00"',
  ].map(good),
  ...['0.1', '123456789012345', '9007199254740991', '0.30000000000000004', '"\\\\ud800"', '"\\u00e9"'].map(good),
  bad('9007199254740993', 'INTEGER_UNSAFE'),
  bad('1e400', 'NUMBER_INEXACT'),
  bad('"\\udbff"', 'SURROGATE_UNPAIRED'),
  bad('"\\ude00\\ud83d"', 'SURROGATE_UNPAIRED'),
  bad('{"__proto__":1}', 'MEMBER_FORBIDDEN'),
]

/** Random JSON text with blanks, escapes and a few faults, and what must be said of it. */
function written(levels: number): fc.Arbitrary<Written> {
  // The faults are rare, so that many a large text has none.
  const scalar = fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...scalars.filter(({ problem }) => !problem)) },
    { weight: 1, arbitrary: fc.constantFrom(...scalars) },
  )
  if (levels === 0) return scalar
  const inner = written(levels - 1)
  const list = fc.tuple(space, fc.array(inner, { maxLength: 4 })).map(([gap, items]) => ({
    text: `[${gap}${items.map(({ text }) => `${text}${gap}`).join(`,${gap}`)}]`,
    ...firstOf(items.map(({ problem }, index) => problem && { ...problem, path: `/${index}${problem.path}` })),
  }))
  const object = fc
    .tuple(space, fc.array(fc.tuple(fc.constantFrom(...names), inner), { maxLength: 4 }))
    .map(([gap, members]) => ({
      text: `{${gap}${members.map(([name, { text }]) => `"${name}"${gap}:${gap}${text}${gap}`).join(',')}}`,
      ...firstOf(
        members.map(([name, { problem }], index) => {
          const read = JSON.parse(`"${name}"`) as string
          const path = pointer('', read)
          if (members.slice(0, index).some(([other]) => JSON.parse(`"${other}"`) === read))
            return { code: 'MEMBER_DUPLICATE', path }
          return problem && { ...problem, path: `${path}${problem.path}` }
        }),
      ),
    }))
  return fc.oneof(scalar, list, object)
}

function withoutUnsafe(_: string, value: unknown): unknown {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? 0 : value
}

function firstOf(problems: readonly Written['problem'][]): Pick<Written, 'problem'> {
  const problem = problems.find((each) => each !== undefined)
  return problem ? { problem } : {}
}

describe('readJson', () => {
  it('gives a frozen copy of any JSON value, as object, text or bytes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        const plain = JSON.parse(JSON.stringify(value), withoutUnsafe) as unknown
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
    for (const name of ['__proto__', '\\u005f_proto__']) {
      const problem = { code: 'MEMBER_FORBIDDEN', path: '/a' }
      expect(problemOf(`{"a":{"${name}":{"x":1}}}`)).toMatchObject(problem)
      expect(problemOf(JSON.parse(`{"a":{"${name}":{"x":1}}}`))).toMatchObject(problem)
    }
    expect(({} as { x?: number }).x).toBeUndefined()
    const read = readJson('{"constructor":1,"prototype":2,"hasOwnProperty":3}')
    expect(read).toEqual({ value: { constructor: 1, prototype: 2, hasOwnProperty: 3 } })
  })

  it('keeps its limits, and says which', () => {
    const limits = {
      ...defaultLimits,
      bytes: 400,
      depth: 3,
      values: 50,
      arrayLength: 30,
      members: 4,
      stringLength: 200,
    }
    const over = (input: unknown) => {
      const read = readJson(input, limits)
      if ('value' in read) return undefined
      expect(read.code).toBe('LIMIT_EXCEEDED')
      expect(read.problem).toContain(`${read.detail?.['allowed']}`)
      return [read.path, read.detail]
    }
    const members = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, 0]))
    const lists = (lengths: readonly number[]) => lengths.map((length) => new Array<number>(length).fill(0))
    for (const [good, bad, path, detail] of [
      [[[[0]]], [[[[0]]]], '/0/0/0', { limit: 'depth', allowed: 3 }],
      [lists([29, 18]), lists([29, 19]), '/1/18', { limit: 'values', allowed: 50 }],
      [{ a: lists([30])[0] }, { a: lists([31])[0] }, '/a', { limit: 'arrayLength', allowed: 30, found: 31 }],
      [[members(4)], [members(5)], '/0', { limit: 'members', allowed: 4, found: 5 }],
      [['x'.repeat(200)], ['x'.repeat(201)], '/0', { limit: 'stringLength', allowed: 200, found: 201 }],
      [{ ['x'.repeat(200)]: 0 }, { ['x'.repeat(201)]: 0 }, '', { limit: 'stringLength', allowed: 200, found: 201 }],
    ] as const) {
      for (const input of [good, JSON.stringify(good), `{"a":1e1}`]) expect(over(input)).toBeUndefined()
      expect(over(bad)).toEqual([path, detail])
      // Text is refused before it is parsed where that is possible, and then not said where.
      const { found: _, ...least } = detail as JsonObject
      expect(over(JSON.stringify(bad))?.[1]).toMatchObject(least)
    }
    expect(over(`"${'x'.repeat(398)}"`)).toEqual(['', { limit: 'stringLength', allowed: 200, found: 398 }])
    expect(over(' '.repeat(401))).toEqual(['', { limit: 'bytes', allowed: 400, found: 401 }])
    expect(over(new Uint8Array(401))).toEqual(['', { limit: 'bytes', allowed: 400, found: 401 }])
    const circle: { self?: object } = {}
    circle.self = circle
    expect(over(circle)?.[1]).toEqual({ limit: 'depth', allowed: 3 })
    const endless = new Proxy([], { get: (_, name) => (name === 'length' ? 2 ** 32 : 0) })
    expect(over(endless)?.[1]).toEqual({ limit: 'arrayLength', allowed: 30, found: 2 ** 32 })
  })

  it('refuses half of a surrogate pair, as value and as name, raw and escaped', () => {
    const halves = [
      ['\ud800', '\\ud800'],
      ['\udc00x', '\\uDC00x'],
      ['x\ud83d', 'x\\ud83D'],
    ] as const
    for (const [half, escaped] of halves) {
      const problem = { code: 'SURROGATE_UNPAIRED', path: '/a' }
      expect(problemOf({ a: half })).toMatchObject(problem)
      expect(problemOf(`{"a":"${half}"}`)).toMatchObject(problem)
      expect(problemOf(`{"a":"${escaped}"}`)).toMatchObject(problem)
      expect(problemOf(`{"a":{"${half}":1}}`)).toMatchObject(problem)
      expect(problemOf(`{"a":{"${escaped}":1}}`)).toMatchObject(problem)
    }
    for (const whole of ['"\\ud83d\\ude00"', '"\\uD83D\\uDE00"', '"\ud83d\ude00"', '"\ud83d\\ude00"']) {
      expect(readJson(whole)).toEqual({ value: '\ud83d\ude00' })
    }
    expect(readJson('"\\\\ud800"')).toEqual({ value: '\\ud800' })
    expect(readJson('"\\ud7ff"')).toEqual({ value: '\ud7ff' })
  })

  it('refuses a member that an object names twice, and says which', () => {
    for (const [text, path] of [
      ['{"a":1,"a":1}', '/a'],
      ['{"a":{"b":[0,{"c":1,"d":2,"c":3}]}}', '/a/b/1/c'],
      ['{"a":1,"\\u0061":2}', '/a'],
      ['{"":1,"":2}', '/'],
      ['{"1":1,"1":2}', '/1'],
      ['{"a/b":{},"a\\/b":{}}', '/a~1b'],
      ['{"a":"x:,{","b":1 , "a" : 2}', '/a'],
      ['{"constructor":1,"constructor":1}', '/constructor'],
    ] as const) {
      expect(problemOf(text)).toMatchObject({ code: 'MEMBER_DUPLICATE', path })
      expect(problemOf(new TextEncoder().encode(text))).toMatchObject({ code: 'MEMBER_DUPLICATE', path })
    }
    for (const text of ['{"a":{"a":{"a":1}}}', '[{"a":1},{"a":1}]', '{"a":"a\\":1","b":":"}', '{"a":1,"A":1}']) {
      expect(readJson(text)).toEqual({ value: JSON.parse(text) })
    }
  })

  it('refuses integers beyond 2^53', () => {
    const beyond = [2 ** 53, -(2 ** 53), 1.2e19, 1e20]
    for (const value of beyond) {
      expect(problemOf([value])).toMatchObject({ code: 'INTEGER_UNSAFE', path: '/0' })
      expect(problemOf(`[${value}]`)).toMatchObject({ code: 'INTEGER_UNSAFE', path: '/0' })
    }
    for (const text of ['9007199254740993', '9007199254740993.0', '9.1e15', `1${'0'.repeat(21)}`, '1'.repeat(5000)]) {
      expect(problemOf(`[${text}]`)).toMatchObject({ code: 'INTEGER_UNSAFE', path: '/0' })
    }
    for (const value of [2 ** 53 - 1, -(2 ** 53) + 1]) {
      expect(readJson([value])).toEqual({ value: [value] })
      expect(readJson(`[${value}]`)).toEqual({ value: [value] })
    }
  })

  it('refuses numbers that are read as others, and takes every spelling that is not', () => {
    for (const text of [
      '1e400',
      '-1e400',
      '1e-400',
      '3e-324',
      '0.1000000000000000055',
      '0.30000000000000001',
      '1.00000000000000001',
      `0.${'3'.repeat(200)}`,
      `1${'0'.repeat(400)}e-400`,
    ]) {
      expect(problemOf(`{"a":${text}}`)).toMatchObject({ code: 'NUMBER_INEXACT', path: '/a' })
    }
    for (const text of [
      '1.0',
      '1e2',
      '1E+2',
      '-0',
      '0',
      '0.0',
      '0e5',
      '-1.50',
      '100e-2',
      '5e-324',
      '1.7976931348623157e308',
      '1E30',
      '0.10000000000000001',
      '0.30000000000000004',
      '123456789012345.0',
      '0.1000000000000000000000',
      '-122.41941550000001',
      '-590258879336551.2',
      '-590258879336551.3',
    ]) {
      expect(readJson(`{"a":${text}}`)).toEqual({ value: { a: Number(text) } })
    }
  })

  it('takes every double as JavaScript or with 17 digits writes it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        fc.pre(!Number.isInteger(value) || Number.isSafeInteger(value) || Math.abs(value) >= 1e21)
        const exponential = value.toPrecision(17).replace(/\.?0*(e|$)/, '$1')
        for (const text of [JSON.stringify(value), exponential]) {
          if (/^-?\d{16,}$/.test(text)) continue
          expect(readJson(text)).toEqual({ value: Number(text) })
        }
      }),
    )
  })

  it('refuses what is not UTF-8, and what is not JSON', () => {
    expect(problemOf(new Uint8Array([0x22, 0xff, 0x22]))?.problem).toMatch(/UTF-8/)
    for (const text of ['{"a":1,}', '{', '"', '"\\', '[1', '{"a":1}}', '01', '1.', 'nul', "{'a':1}", '\u00a01']) {
      expect(problemOf(text)).toMatchObject({ code: 'INPUT_MALFORMED', problem: expect.stringContaining('not JSON') })
    }
    for (const text of ['', ' \n']) expect(problemOf(text)?.problem).toBe('the text is empty')
  })

  it('finds at a glance what reading step by step finds', () => {
    fc.assert(
      fc.property(written(4), ({ text, problem }) => {
        const read = readJson(text)
        if (problem === undefined) {
          expect(read).toEqual({ value: JSON.parse(text) })
          inspectText(text, defaultLimits)
        } else {
          expect(read).toMatchObject(problem)
          expect(() => inspectText(text, defaultLimits)).toThrow(expect.objectContaining({ code: problem.code }))
        }
      }),
      { numRuns: 2000 },
    )
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
