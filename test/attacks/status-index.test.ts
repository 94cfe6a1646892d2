/** Attack: an index that is read as another place, or as none. */

import { expect, it } from 'vitest'
import { judge } from '../helpers/fixtures.ts'
import { badgeSignedAnyway, entryAt, listOf } from '../helpers/status.ts'

const statusLists = [await listOf({ set: [[5, 1]] })]
const judgeIndex = async (statusListIndex: unknown, more: object = {}) =>
  judge(await badgeSignedAnyway(entryAt(5, { statusListIndex, ...more })), { statusLists })

it('the place itself, and its neighbours', async () => {
  expect(await judgeIndex('5')).toEqual(['REVOKED'])
  expect(await judgeIndex('4')).toEqual(['valid'])
  expect(await judgeIndex('0')).toEqual(['valid'])
  expect(await judgeIndex('131071')).toEqual(['valid'])
})

it.each(['131072', '9007199254740991'])('beyond the list: %s', async (index) => {
  expect(await judgeIndex(index)).toEqual(['STATUS_INDEX_OUT_OF_RANGE'])
})

it.each(['05', '-5', '+5', '5.0', '5e0', ' 5', '5 ', '0x5', '٥', '', 'five', '9007199254740993'])(
  'not a whole number in its one spelling: "%s"',
  async (index) => {
    expect(await judgeIndex(index)).toEqual(['STATUS_ENTRY_INVALID'])
  },
)

it.each([[['5']], [true], [undefined], [-1], [5.5]])('not text: %j', async (index) => {
  expect(await judgeIndex(index)).not.toContain('valid')
})

it.each([0, -1, 17, '2', 1.5])('a size that is none: %j', async (statusSize) => {
  expect(await judgeIndex('4', { statusSize })).not.toContain('valid')
})
