import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  countEntries,
  createBitstring,
  decodeBitstring,
  decodeOlderBitstring,
  encodeBitstring,
  encodeOlderBitstring,
  getEntry,
  MIN_STATUS_LIST_ENTRIES,
  setEntry,
} from '../../src/status/bitstring.ts'

/** The `encodedList` of the example credential in Bitstring Status List v1.0, section 3.1: 131,072 entries, none set. */
const EXAMPLE = 'uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA'

async function bitsOf(text: string): Promise<Uint8Array> {
  const decoded = await decodeBitstring(text)
  if (!('bits' in decoded)) throw new Error(decoded.problem)
  return decoded.bits
}

async function problemOf(text: string, maxBytes?: number): Promise<string> {
  const decoded = await decodeBitstring(text, maxBytes === undefined ? {} : { maxBytes })
  return 'problem' in decoded ? decoded.problem : 'none'
}

const write = (bytes: Uint8Array) => `u${Buffer.from(bytes).toString('base64url')}`

describe('entries', () => {
  test('entry 0 is the most significant bit of the first byte', () => {
    const bits = createBitstring()
    setEntry(bits, 0, 1)
    setEntry(bits, 15, 1)
    expect([...bits.subarray(0, 3)]).toEqual([0x80, 0x01, 0])
  })

  test('an entry of more bits has its most significant bit first, across bytes too', () => {
    const bits = createBitstring(MIN_STATUS_LIST_ENTRIES, 3)
    setEntry(bits, 2, 0b110, 3)
    expect([...bits.subarray(0, 2)]).toEqual([0b00000011, 0])
    expect(getEntry(bits, 2, 3)).toBe(0b110)
  })

  test.each([-1, 0.5, 131_072, Number.NaN, 2 ** 53])('index %s is not in the list', (index) => {
    const bits = createBitstring()
    expect(() => getEntry(bits, index)).toThrow('index: must be a whole number from 0 to 131071')
    expect(() => setEntry(bits, index, 1)).toThrow('index: must be')
    expect(getEntry(bits, 131_071)).toBe(0)
  })

  test.each([0, 17, 1.5])('size %s is none', (size) => {
    expect(() => createBitstring(MIN_STATUS_LIST_ENTRIES, size)).toThrow('statusSize: must be')
  })

  test('a value must fit its size', () => {
    const bits = createBitstring(MIN_STATUS_LIST_ENTRIES, 2)
    expect(() => setEntry(bits, 0, 4, 2)).toThrow('value: must be a whole number from 0 to 3')
    setEntry(bits, 0, 3, 2)
    expect(getEntry(bits, 0, 2)).toBe(3)
  })

  test('a list that would give its holders away is not made', () => {
    expect(() => createBitstring(MIN_STATUS_LIST_ENTRIES - 1)).toThrow('at least 131072 entries')
    expect(countEntries(createBitstring(MIN_STATUS_LIST_ENTRIES, 3), 3)).toBe(131_072)
  })

  test('what is set is read, and nothing else changes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.array(fc.tuple(fc.nat({ max: 131_071 }), fc.nat()), { maxLength: 30 }),
        (size, writes) => {
          const bits = createBitstring(MIN_STATUS_LIST_ENTRIES, size)
          const expected = new Map<number, number>()
          for (const [index, raw] of writes) {
            setEntry(bits, index, raw % 2 ** size, size)
            expected.set(index, raw % 2 ** size)
          }
          for (const index of expected.keys())
            for (const near of [index - 1, index, index + 1])
              if (near >= 0 && near < 131_072) expect(getEntry(bits, near, size)).toBe(expected.get(near) ?? 0)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe.each(['zlib', 'streams'])('as text, by %s', (platform) => {
  /** The module once more, on a platform that has no synchronous compression. */
  async function load(): Promise<typeof import('../../src/status/bitstring.ts')> {
    if (platform === 'zlib') return import('../../src/status/bitstring.ts')
    vi.resetModules()
    vi.stubGlobal('process', { ...process, getBuiltinModule: undefined })
    return import('../../src/status/bitstring.ts')
  }
  afterEach(() => vi.unstubAllGlobals())

  test('the example of the specification is 131,072 entries that are not set', async () => {
    const { decodeBitstring } = await load()
    expect(await decodeBitstring(EXAMPLE)).toEqual({ bits: new Uint8Array(16_384) })
  })

  test('decoding undoes encoding, in both forms', async () => {
    const module = await load()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), async (bits) => {
        const text = await module.encodeBitstring(bits)
        expect(text).toMatch(/^u[\w-]+$/)
        expect(Uint8Array.from(bitsIn(await module.decodeBitstring(text)))).toEqual(bits)
        expect(Uint8Array.from(bitsIn(await module.decodeOlderBitstring(text.slice(1))))).toEqual(bits)
      }),
      { numRuns: 40 },
    )
  })

  test('a bomb stops at the cap; a list of just that many bytes is read', async () => {
    const { decodeBitstring } = await load()
    const cap = 100_000
    const bomb = await decodeBitstring(write(gzipSync(new Uint8Array(50_000_000))), { maxBytes: cap })
    expect(bomb).toEqual({ problem: 'must be compressed by GZIP: it holds more than 100000 bytes' })
    const full = await decodeBitstring(write(gzipSync(new Uint8Array(cap))), { maxBytes: cap })
    expect(full).toEqual({ bits: new Uint8Array(cap) })
  })

  test.each([
    ['cut short', write(gzipSync(new Uint8Array(16_384)).subarray(0, 30))],
    ['damaged', write(gzipSync(new Uint8Array(16_384)).fill(7, 12, 20))],
    ['followed by text', write(Buffer.concat([gzipSync(new Uint8Array(16_384)), Buffer.from('more')]))],
    ['of another compression', write(deflateSync(new Uint8Array(16_384)))],
    ['nothing', 'u'],
  ])('%s is refused', async (_, text) => {
    const { decodeBitstring } = await load()
    expect(await decodeBitstring(text)).toEqual({ problem: expect.stringContaining('must be compressed by GZIP') })
  })
})

function bitsIn(decoded: Awaited<ReturnType<typeof decodeBitstring>>): Uint8Array {
  if (!('bits' in decoded)) throw new Error(decoded.problem)
  return decoded.bits
}

describe('spelling', () => {
  test('zeros after the compressed data are refused, where they would be passed over', async () => {
    const data = gzipSync(new Uint8Array(16_384))
    expect(await problemOf(write(data))).toBe('none')
    expect(await problemOf(write(Buffer.concat([data, new Uint8Array(9)])))).toContain('something follows')
  })

  test('another prefix, padding, other letters or a second spelling are refused', async () => {
    expect(await bitsOf(EXAMPLE)).toHaveLength(16_384)
    expect(await problemOf(EXAMPLE.slice(1))).toContain('begins with "u"')
    expect(await problemOf(`z${EXAMPLE.slice(1)}`)).toContain('begins with "u"')
    expect(await problemOf(`${EXAMPLE}=`)).toBe('must be base64url')
    expect(await problemOf(EXAMPLE.replace('-', '+'))).toBe('must be base64url')
    expect(await problemOf(`${EXAMPLE}\n`)).toBe('must be base64url')
  })

  test('letters whose last bits stand for nothing are refused', async () => {
    const text = await encodeBitstring(new Uint8Array([1, 2, 3]))
    const ends = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
    const spellings = ends.map((end) => text.slice(0, -1) + end)
    const read = await Promise.all(spellings.map((spelling) => decodeBitstring(spelling)))
    const sameBits = read.filter((decoded) => 'bits' in decoded)
    expect(sameBits).toHaveLength(1)
  })

  test('older lists are read in either alphabet, padded or not, not in a mixture', async () => {
    const bits = new Uint8Array(16_384).map((_, at) => (at * 7919) >> 3)
    const bare = await encodeOlderBitstring(bits)
    expect(bare).toMatch(/[-_]/)
    const bytes = Buffer.from(bare, 'base64url')
    for (const text of [bare, bytes.toString('base64'), bytes.toString('base64').replace(/=+$/, '')])
      expect(bitsIn(await decodeOlderBitstring(text))).toEqual(bits)
    expect(await decodeOlderBitstring(`${bare.slice(0, -4)}+-AA`)).toEqual({ problem: 'must be base64url' })
    expect(await decodeOlderBitstring('AAA==')).toEqual({ problem: 'must be base64url' })
  })

  test('a text longer than any list of that many bytes is not even decoded', async () => {
    expect(await problemOf(`u${'A'.repeat(3_000)}`, 1_000)).toBe('is too long: it may hold 1000 bytes')
  })

  test('a list that cannot be compressed still fits its own cap', async () => {
    let state = 1
    const bits = new Uint8Array(20_000).map(() => {
      state = (state * 48_271) % 2_147_483_647
      return state
    })
    expect(await problemOf(await encodeBitstring(bits), bits.length)).toBe('none')
  })
})
