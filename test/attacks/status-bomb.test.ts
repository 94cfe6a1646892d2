/** Attack: a list that fills the memory, or that is cut so that the bad bit is missing. */

import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { MAX_STATUS_LIST_BYTES } from '../../src/status/bitstring.ts'
import { judge } from '../helpers/fixtures.ts'
import { badgeWith, bitsOf, place, signedAnyway } from '../helpers/status.ts'

const badge = await badgeWith()
const gzip = (bytes: Uint8Array) => `u${gzipSync(bytes).toString('base64url')}`
const judgeList = async (encodedList: unknown) => judge(badge, { statusLists: [await signedAnyway({ encodedList })] })

it('a list of the largest size is read, one byte more is not', async () => {
  expect(await judgeList(gzip(new Uint8Array(MAX_STATUS_LIST_BYTES)))).toEqual(['valid'])
  expect(await judgeList(gzip(new Uint8Array(MAX_STATUS_LIST_BYTES + 1)))).toEqual(['STATUS_LIST_INVALID'])
})

it('a bomb is refused', async () => {
  const before = process.memoryUsage().arrayBuffers
  expect(await judgeList(gzip(new Uint8Array(200_000_000)))).toEqual(['STATUS_LIST_INVALID'])
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(250_000_000)
})

it('a list that is cut short says nothing', async () => {
  const whole = gzip(bitsOf({ set: [[place, 1]] }))
  expect(await judgeList(whole)).toEqual(['REVOKED'])
  expect(await judgeList(whole.slice(0, -12))).toEqual(['STATUS_LIST_INVALID'])
})

it.each([['u'], [''], ['H4sIAAAAAAAA'], [undefined], [[]]])('an encodedList that is none: %j', async (text) => {
  expect(await judgeList(text)).not.toContain('valid')
})
