/** Lists that are signed as JWTs, and credentials that are, go through the same reading. */

import { issue, vcJose, vcJwt } from 'testamur'
import { expect, it } from 'vitest'
import { badge, edit, judge, now, school } from '../helpers/fixtures.ts'
import { badgeWith, entryAt, listTime, listUrl, place, unsignedList } from '../helpers/status.ts'

const formats = { vcJwt, vcJose }

it.each(Object.entries(formats))('a list as %s', async (_, format) => {
  const list = async (set: readonly (readonly [number, number])[]) =>
    issue({ credential: (await unsignedList({ set })) as never, key: school, now: listTime, format: format() })
  const judgeList = async (text: unknown) => judge(await badgeWith(), { loadStatusList: async () => text })
  expect(await judgeList(await list([]))).toEqual(['valid'])
  expect(await judgeList(await list([[place, 1]]))).toEqual(['REVOKED'])
  expect(await judgeList((await list([])).slice(0, -4))).toEqual(['STATUS_LIST_INVALID'])
  expect(await judge(await badgeWith(), { statusLists: { [listUrl]: await list([[place, 1]]) } })).toEqual(['REVOKED'])
})

it('a credential as a JWT', async () => {
  const credential = await issue({
    credential: { ...badge(), credentialStatus: entryAt() } as never,
    key: school,
    now,
    format: vcJose(),
  })
  const list = await issue({ credential: (await unsignedList({ set: [[place, 1]] })) as never, key: school, now })
  expect(await judge(credential, { statusLists: [list] })).toEqual(['REVOKED'])
  expect(await judge(credential, { statusLists: [edit(list, '/proof')] })).toEqual(['STATUS_LIST_INVALID'])
})
