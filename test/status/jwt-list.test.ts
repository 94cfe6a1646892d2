/** Lists that are signed as JWTs, and credentials that are, go through the same reading. */

import { issue, vcJose, vcJwt, verify } from 'testamur'
import { expect, it } from 'vitest'
import { badge, edit, judge, now, school } from '../helpers/fixtures.ts'
import { forge, payloadOf } from '../helpers/jwt.ts'
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

it('a list whose JWT alone names its end counts no longer than that, though it was verified before', async () => {
  const text = await issue({
    credential: (await unsignedList()) as never,
    key: school,
    now: listTime,
    format: vcJose(),
  })
  const end = Math.floor(now.getTime() / 1000) + 10
  const list = await forge({ ...payloadOf(text), exp: end }, { typ: 'vc+jwt' })
  const statusLists = { [listUrl]: list }
  const credential = await badgeWith()
  const verdictAt = async (later: number) =>
    (await verify({ credential, now: new Date(now.getTime() + later * 1000), statusLists })).checks.flatMap((check) =>
      'code' in check ? [check.code] : [],
    )
  expect(await verdictAt(0)).toEqual([])
  expect(await verdictAt(60)).toEqual([])
  expect(await verdictAt(100)).toEqual(['STATUS_STALE'])
})
