/** Attack: a status list that has a status in a list, which has one as well, and so on; or in itself. */

import { issue, vcJose, verify } from 'testamur'
import { expect, it } from 'vitest'
import { codesOf, type Document, now, school } from '../helpers/fixtures.ts'
import { badgeWith, entryAt, type ListOptions, listOf, listTime, listUrl, unsignedList } from '../helpers/status.ts'

const urlOf = (index: number) => (index === 0 ? listUrl : `${listUrl}/${index}`)
const diploma = await badgeWith()

/** The list of this number, whose own status is in the list of the next. */
function listAt(index: number, next: number | undefined, options: ListOptions = {}): Promise<Document> {
  const status = next !== undefined && {
    credentialStatus: entryAt(7, { id: 'urn:x:7', statusListCredential: urlOf(next) }),
  }
  return listOf({ ...options, more: { id: urlOf(index), ...status }, subject: { id: `${urlOf(index)}#list` } })
}

async function judgeBy(...statusLists: readonly Document[]): Promise<readonly [readonly string[], string]> {
  const report = await verify({ credential: diploma, now, statusLists })
  return [codesOf(report), report.checks.find(({ name }) => name === 'status')?.message ?? '']
}

it('a list that is in another counts as long as it is not revoked there', async () => {
  expect((await judgeBy(await listAt(0, 1), await listAt(1, undefined)))[0]).toEqual(['valid'])
  const [codes] = await judgeBy(await listAt(0, 1), await listAt(1, undefined, { set: [[7, 1]] }))
  expect(codes).toEqual(['STATUS_LIST_INVALID'])
})

it('they are followed two steps, and what is behind is not known', async () => {
  const [codes, message] = await judgeBy(await listAt(0, 1), await listAt(1, 2), await listAt(2, undefined))
  expect(codes).toEqual(['STATUS_UNAVAILABLE'])
  expect(message).toContain('lists of lists are followed 2 steps and no further')
})

it('a list with credentials inside, deeper than is verified, is not known', async () => {
  const inner = await listOf({ more: { id: urlOf(1), evidence: await listOf({ more: { id: urlOf(2) } }) } })
  const unsigned = await unsignedList({ more: { evidence: inner } })
  const text = await issue({ credential: unsigned as never, key: school, now: listTime, format: vcJose() })
  for (const list of [await listOf({ more: { evidence: inner } }), text]) {
    const judgeAt = (nesting: number) => verify({ credential: diploma, now, statusLists: [list], limits: { nesting } })
    expect(codesOf(await judgeAt(2))).toEqual(['valid'])
    expect(codesOf(await judgeAt(1))).toEqual(['STATUS_LIST_INVALID'])
  }
})

it('a list that is in itself ends there', async () => {
  expect((await judgeBy(await listAt(0, 0)))[0]).toEqual(['STATUS_UNAVAILABLE'])
})
