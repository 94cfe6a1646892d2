/** Attack: the list of yesterday, in which the credential is not revoked yet, takes the place of that of today. */

import { createStatusMemory } from 'testamur'
import { expect, it } from 'vitest'
import { college, judge, now } from '../helpers/fixtures.ts'
import { badgeWith, listOf, listUrl, place } from '../helpers/status.ts'

const badge = await badgeWith()
const listAt = (time: string, set: readonly (readonly [number, number])[], more: object = {}) =>
  listOf({ set, more: { validFrom: time, ...more } }, undefined, new Date(time))
const old = await listAt('2026-11-21T00:00:00Z', [])
const fresh = await listAt('2026-11-22T00:00:00Z', [[place, 1]])

it('served after the newer one was seen', async () => {
  let served: unknown = fresh
  const settings = { loadStatusList: async () => ({ document: served, freshUntil: 0 }) }
  expect(await judge(badge, settings)).toEqual(['REVOKED'])
  served = old
  expect(await judge(badge, settings)).toEqual(['STATUS_ROLLBACK'])
  served = fresh
  expect(await judge(badge, settings)).toEqual(['REVOKED'])
})

it('given by hand, within one memory; in another nothing was seen before', async () => {
  const statusMemory = createStatusMemory()
  expect(await judge(badge, { statusLists: [fresh], statusMemory })).toEqual(['REVOKED'])
  expect(await judge(badge, { statusLists: [old], statusMemory })).toEqual(['STATUS_ROLLBACK'])
  expect(await judge(badge, { statusLists: [old], statusMemory: createStatusMemory() })).toEqual(['valid'])
})

it('a newer list, and the same one again, are no step back', async () => {
  const statusMemory = createStatusMemory()
  expect(await judge(badge, { statusLists: [old], statusMemory })).toEqual(['valid'])
  expect(await judge(badge, { statusLists: [old], statusMemory })).toEqual(['valid'])
  expect(await judge(badge, { statusLists: [fresh], statusMemory })).toEqual(['REVOKED'])
})

it('a stranger with a list of his own at this URL cannot make the genuine one look old', async () => {
  const statusMemory = createStatusMemory()
  const his = await listOf({}, college, now)
  expect(await judge(badge, { statusLists: [his], statusMemory })).toEqual(['STATUS_ISSUER_MISMATCH'])
  expect(await judge(badge, { statusLists: [old], statusMemory })).toEqual(['valid'])
})

it('too old for the verifier', async () => {
  const statusLists = [old]
  const age = (now.getTime() - Date.parse('2026-11-21T00:00:00Z')) / 1000
  expect(await judge(badge, { statusLists, maxStatusAge: age })).toEqual(['valid'])
  expect(await judge(badge, { statusLists, maxStatusAge: age - 1 })).toEqual(['STATUS_STALE'])
})

it('a newer one is loaded where the one at hand is too old', async () => {
  const settings = () => ({ statusLists: [old], loadStatusList: async () => fresh })
  expect(await judge(badge, { ...settings(), maxStatusAge: 60 })).toEqual(['REVOKED'])
  expect(await judge(badge, settings())).toEqual(['valid'])
})

it('one list that was loaded long ago is loaded again', async () => {
  const asked: string[] = []
  const loadStatusList = async (url: string) => {
    asked.push(url)
    return { document: asked.length === 1 ? old : fresh, freshUntil: Number.MAX_SAFE_INTEGER }
  }
  const at = (seconds: number) => ({
    loadStatusList,
    maxStatusAge: 3_600,
    now: new Date(now.getTime() + seconds * 1000),
  })
  expect(await judge(badge, at(0))).toEqual(['valid'])
  expect(await judge(badge, at(3_599))).toEqual(['valid'])
  expect(await judge(badge, at(3_600))).toEqual(['REVOKED'])
  expect(asked).toEqual([listUrl, listUrl])
})
