/** Attack: the look-up of the school's DID brings back a document that is not the school's. */

import { expect, it } from 'vitest'
import { badge, didDocument, judge, school, signedBadge, thief, withProof } from '../helpers/fixtures.ts'

const forged = await withProof({ ...badge(), issuer: school.controller }, thief)
const good = await signedBadge()
const at = (document: unknown) => ({ resolveDid: async () => document as never })

it('a document of another DID is refused', async () => {
  expect(await judge(good, at({ ...didDocument(school), id: thief.controller }))).toEqual(['CONTROLLER_MISMATCH'])
})

it('a key of the thief’s in the school’s document is refused when it says whose it is', async () => {
  const planted = didDocument(school, {}, { controller: thief.controller })
  expect(await judge(good, at(planted))).toEqual(['CONTROLLER_MISMATCH'])
})

it('a document that lists the thief’s key by id does not make it the school’s', async () => {
  const document = {
    ...didDocument(school),
    assertionMethod: [thief.id],
    verificationMethod: didDocument(thief).verificationMethod ?? [],
  }
  expect(
    await judge(forged, { resolveDid: async (did) => (did === school.controller ? document : didDocument(thief)) }),
  ).toEqual(['ISSUER_MISMATCH'])
  expect(await judge(good, at(document))).toEqual(['KEY_NOT_FOUND'])
})

it.each([null, 7, 'did', [], {}, { id: null }, { id: 'did:key:z6Mk' }])('%j is no document', async (document) => {
  expect(await judge(good, at(document))).not.toContain('valid')
})

it.each([null, 7, 'key', {}, [null], [[]], [{ id: 7 }]])('members like %j are no keys', async (members) => {
  const odd = { ...didDocument(school), verificationMethod: members, assertionMethod: members }
  expect(await judge(good, at(odd))).toEqual(['KEY_NOT_FOUND'])
})

it('the school’s own document is good, also with relative ids and embedded keys', async () => {
  expect(await judge(good, at(didDocument(school)))).toEqual(['valid'])
  const fragment = school.id.slice(school.controller.length)
  expect(await judge(good, at(didDocument(school, { assertionMethod: [fragment] }, { id: fragment })))).toEqual([
    'valid',
  ])
  const [method] = didDocument(school).verificationMethod ?? []
  expect(await judge(good, at({ id: school.controller, assertionMethod: [method] }))).toEqual(['valid'])
})
