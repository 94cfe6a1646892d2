/** Attack: a list that says nothing bad is put where the list that does is asked for. */

import { expect, it } from 'vitest'
import { college, judge, thief } from '../helpers/fixtures.ts'
import { badgeWith, entryAt, listOf, listUrl, olderList, place, signedAnyway } from '../helpers/status.ts'

const badge = await badgeWith()
const suspendable = await badgeWith(entryAt(place, { statusPurpose: 'suspension' }))
const revoked = await listOf({ set: [[place, 1]] })
const at = (list: unknown) => ({ loadStatusList: async () => list })

it('the genuine list decides', async () => {
  expect(await judge(badge, at(revoked))).toEqual(['REVOKED'])
  expect(await judge(badge, at(await listOf()))).toEqual(['valid'])
})

it.each([
  ['the thief', thief],
  ['another school', college],
])('a list by %s', async (_, key) => {
  expect(await judge(badge, at(await listOf({}, key)))).toEqual(['STATUS_ISSUER_MISMATCH'])
})

it("a list in the school's name that the thief signed", async () => {
  expect(await judge(badge, at(await signedAnyway({}, {}, thief)))).toEqual(['STATUS_LIST_INVALID'])
})

it('another list of the same school', async () => {
  expect(await judge(badge, at(await listOf({ more: { id: `${listUrl}0` } })))).toEqual(['STATUS_LIST_MISMATCH'])
})

it('a list without a name of its own', async () => {
  const nameless = (id?: string) => signedAnyway({ id }, { id: undefined })
  expect(await judge(badge, at(await nameless()))).toEqual(['STATUS_LIST_MISMATCH'])
  expect(await judge(badge, at(await nameless(`${listUrl}0#list`)))).toEqual(['STATUS_LIST_MISMATCH'])
  expect(await judge(badge, at(await nameless(`${listUrl}#list`)))).toEqual(['valid'])
})

it('the list for another purpose', async () => {
  expect(await judge(suspendable, at(revoked))).toEqual(['STATUS_LIST_INVALID'])
  const list = await listOf({ set: [[place, 1]], subject: { statusPurpose: 'suspension' } })
  expect(await judge(suspendable, at(list))).toEqual(['SUSPENDED'])
})

it('a list of another type, whose text is read in another way', async () => {
  expect(await judge(badge, at(await olderList('StatusList2021')))).toEqual(['STATUS_LIST_INVALID'])
})

it('a badge of the same school in the place of a list', async () => {
  expect(await judge(badge, at(badge))).not.toContain('valid')
})
