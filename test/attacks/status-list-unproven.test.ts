/** Attack: a list that nobody vouches for any more, or never did. */

import { expect, it } from 'vitest'
import { college, didDocument, edit, judge, school } from '../helpers/fixtures.ts'
import { proofOver } from '../helpers/hand-made.ts'
import { badgeWith, entryAt, listOf, listUrl, place, unsignedList } from '../helpers/status.ts'

const badge = await badgeWith()
const clear = await listOf()
const at = (list: unknown) => ({ loadStatusList: async () => list })
const metaUrl = `${listUrl}/lists`
const withStatus = (url: string) => ({ credentialStatus: entryAt(3, { statusListCredential: url, id: `${url}#3` }) })

it('unsigned', async () => {
  expect(await judge(badge, at(await unsignedList()))).toEqual(['STATUS_LIST_INVALID'])
})

it('changed: the bits of yesterday under the signature of today', async () => {
  const revoked = await listOf({ set: [[place, 1]] })
  const { encodedList } = clear['credentialSubject'] as { encodedList: string }
  expect(await judge(badge, at(edit(revoked, '/credentialSubject/encodedList', encodedList)))).toEqual([
    'STATUS_LIST_INVALID',
  ])
})

it.each([
  ['has ended', { validUntil: '2026-11-22T11:30:00Z' }, ['STATUS_STALE']],
  ['is still good', { validUntil: '2026-11-22T12:30:00Z' }, ['valid']],
  ['is for later', { validFrom: '2026-11-23T00:00:00Z' }, ['STATUS_LIST_INVALID']],
] as const)('%s', async (_, more, codes) => {
  const list = await listOf({ more })
  expect(await judge(badge, at(list))).toEqual(codes)
  expect(await judge(badge, { ...at(list), skip: ['validity', 'schema'] })).toEqual(codes)
})

it('revoked itself', async () => {
  const list = await listOf({ more: withStatus(metaUrl) })
  const meta = (set: readonly (readonly [number, number])[]) =>
    listOf({ set, more: { id: metaUrl }, subject: { id: `${metaUrl}#list` } })
  expect(await judge(badge, { statusLists: [list, await meta([[3, 1]])] })).toEqual(['STATUS_LIST_INVALID'])
  expect(await judge(badge, { statusLists: [list, await meta([])] })).toEqual(['valid'])
  expect(await judge(badge, { statusLists: [list] })).toEqual(['STATUS_UNAVAILABLE'])
})

it('a list whose status is in itself, and two that lean on each other, come to an end', async () => {
  const own = await listOf({ more: withStatus(listUrl) })
  expect(await judge(badge, at(own))).toEqual(['STATUS_UNAVAILABLE'])
  const one = await listOf({ more: withStatus(metaUrl) })
  const other = await listOf({ more: { id: metaUrl, ...withStatus(listUrl) }, subject: { id: `${metaUrl}#list` } })
  expect(await judge(badge, { statusLists: [one, other] })).toEqual(['STATUS_UNAVAILABLE'])
})

it('a signature that ran out, a key that was revoked since', async () => {
  const proof = await proofOver(await unsignedList(), school, { expires: '2026-11-01T00:00:00Z' })
  expect(await judge(badge, at({ ...(await unsignedList()), proof }))).toEqual(['STATUS_STALE'])
  const list = await listOf({ more: { issuer: college.controller } }, college)
  const of = (document: object) => async (did: string) =>
    did === college.controller ? { ...didDocument(college), ...document } : didDocument(school)
  const settings = { ...at(list), acceptStatusIssuer: () => true }
  expect(await judge(badge, { ...settings, resolveDid: of({}) })).toEqual(['valid'])
  expect(await judge(badge, { ...settings, resolveDid: of({ assertionMethod: [] }) })).toEqual(['STATUS_LIST_INVALID'])
})

it('a DID that cannot be resolved leaves it open', async () => {
  const list = await listOf({}, college)
  const resolveDid = async (did: string) => {
    if (did === college.controller) throw new Error('the line is down')
    return didDocument(school)
  }
  expect(await judge(badge, { ...at(list), resolveDid, acceptStatusIssuer: () => true })).toEqual([
    'STATUS_UNAVAILABLE',
  ])
})
