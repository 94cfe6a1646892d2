import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  getTokenStatus,
  meaningOfTokenStatus,
  readTokenStatusList,
  setTokenStatus,
  type TokenStatusList,
  type TokenStatusSize,
  writeTokenStatusList,
} from '../../src/status/token-status-list.ts'

async function read(claim: unknown, maxBytes?: number): Promise<TokenStatusList> {
  const list = await readTokenStatusList(claim, maxBytes === undefined ? {} : { maxBytes })
  if ('problem' in list) throw new Error(list.problem)
  return list
}

/** draft-ietf-oauth-status-list, sections 4.1 and 4.2. */
const examples = [
  { bits: 1, lst: 'eNrbuRgAAhcBXQ', statuses: [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1] },
  { bits: 2, lst: 'eNo76fITAAPfAgc', statuses: [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3] },
] as const

/** The same, appendix "Test vectors for Status List encoding": 1,048,576 statuses, all 0 but these. */
const indexes = [0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345]
const vectors = [
  {
    bits: 1,
    hex: `78daeddc010dc0200c0041a88249400ad2903e0f4bba00bd93f002beb7a2a2010000a91e09000000000000000000000000000000807296
04000000000000000000000000000000000000000000000000000000000000000000000000000000005c6f4800000000000000fc2c2400
00000000000000000000be1b12000000000000000000ecaa4b000000000000000000000000000000009b0b0900000000000000000038de
9400000000000000002a30cc010000000080642f0bd8011b`,
    values: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  },
  {
    bits: 2,
    hex: `78daeddb310d00211000412ea1a04004fe5520ed357c28c81d3312b6df68bc65480000000000406e210100000000000000000000000000
00000000000000000000000000000000000040795b02000000000000000000000000000000000000000000000000000000000000000000
000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000080f4ba0400000000
000000000000000000406d764a000000000000000000000000000000000000000000e09221010000000000000000000000000000000000
00fc131200000000000000000000000000000000000000000000000000000000000000c0912e0100000000000000000000000000000000
0000c07d4b02000000000000000000000000000000a8614a0000000000000000000000406a1fcd60010c`,
    values: [1, 2, 1, 3, 1, 1, 2, 1, 1, 2, 3],
  },
] as const

describe('the published examples', () => {
  it.each(examples)('$bits bits', async ({ bits, lst, statuses }) => {
    const list = await read({ bits, lst })
    expect(statuses.map((_, index) => getTokenStatus(list, index))).toEqual(statuses)
    expect(getTokenStatus(list, statuses.length)).toBeUndefined()
    const copy = { bits, bytes: new Uint8Array(list.bytes.length) }
    for (const [index, value] of statuses.entries()) setTokenStatus(copy, index, value)
    expect(copy.bytes).toEqual(list.bytes)
    expect(await read(await writeTokenStatusList(copy))).toEqual(list)
  })

  it.each(vectors)('a million statuses of $bits bits', async ({ bits, hex, values }) => {
    const list = await read({ bits, lst: Buffer.from(hex.replace(/\s/g, ''), 'hex').toString('base64url') })
    expect(list.bytes).toHaveLength((1_048_576 * bits) / 8)
    expect(indexes.map((index) => getTokenStatus(list, index))).toEqual(values)
    for (const index of indexes) setTokenStatus(list, index, 0)
    expect(list.bytes.every((byte) => byte === 0)).toBe(true)
  })
})

it('what is set is read, and nothing else changes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<TokenStatusSize>(1, 2, 4, 8),
      fc.array(fc.tuple(fc.nat(99), fc.nat(255))),
      (bits, writes) => {
        const list = { bits, bytes: new Uint8Array(100) }
        const expected = new Map<number, number>()
        for (const [index, value] of writes) {
          setTokenStatus(list, index, value % 2 ** bits)
          expected.set(index, value % 2 ** bits)
        }
        for (let index = 0; index < 100; index += 1) expect(getTokenStatus(list, index)).toBe(expected.get(index) ?? 0)
      },
    ),
    { numRuns: 50 },
  )
})

it.each([
  [undefined, 'must be an object'],
  [{ lst: 'eNrbuRgAAhcBXQ' }, 'bits must be 1, 2, 4 or 8'],
  [{ bits: 3, lst: 'eNrbuRgAAhcBXQ' }, 'bits must be'],
  [{ bits: '1', lst: 'eNrbuRgAAhcBXQ' }, 'bits must be'],
  [{ bits: 1 }, 'lst must be text'],
  [{ bits: 1, lst: 'eNrbuRgAAhcBXQ==' }, 'must be base64url'],
  [{ bits: 1, lst: 'eNrbuRgAAhcB' }, 'compressed by ZLIB'],
  [{ bits: 1, lst: gzipSync(new Uint8Array(9)).toString('base64url') }, 'compressed by ZLIB'],
  [{ bits: 1, lst: deflateSync(new Uint8Array(2_001)).toString('base64url') }, 'more than 2000 bytes'],
])('what is no list: %j', async (claim, problem) => {
  await expect(read(claim, 2_000)).rejects.toThrow(problem)
})

it('a list of just as many bytes as are allowed is read', async () => {
  const lst = deflateSync(new Uint8Array(2_000)).toString('base64url')
  expect((await read({ bits: 1, lst }, 2_000)).bytes).toHaveLength(2_000)
})

it('an index or value that is none is not known, and not set', async () => {
  const list = { bits: 2, bytes: new Uint8Array(1) } as const
  for (const index of [-1, 0.5, 4, Number.NaN]) {
    expect(getTokenStatus(list, index)).toBeUndefined()
    expect(() => setTokenStatus(list, index, 1)).toThrow('index must be from 0 to 3')
  }
  expect(() => setTokenStatus(list, 0, 4)).toThrow('value from 0 to 3')
})

it('says what a value means', () => {
  expect([0, 1, 2, 3, 15, 255].map(meaningOfTokenStatus)).toEqual([
    'valid',
    'invalid',
    'suspended',
    'other',
    'other',
    'other',
  ])
})
