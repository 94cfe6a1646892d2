/** Attack: a DID document has two different keys of one name, so that two readers find two keys. */

import { expect, it } from 'vitest'
import { didDocument, judge, multikeyOf, school, signedBadge, thief } from '../helpers/fixtures.ts'

const badge = await signedBadge()
const [own] = didDocument(school).verificationMethod ?? []
const other = { ...own, publicKeyMultibase: multikeyOf(thief) }
const withMethods = (...verificationMethod: readonly unknown[]) => ({
  resolveDid: async () => didDocument(school, { verificationMethod }),
})

it('is refused, in either order', async () => {
  expect(await judge(badge, withMethods(own, other))).toEqual(['KEY_NOT_FOUND'])
  expect(await judge(badge, withMethods(other, own))).toEqual(['KEY_NOT_FOUND'])
})

it('is refused when the second one is embedded in the purpose', async () => {
  const resolveDid = async () => didDocument(school, { assertionMethod: [other] as never })
  expect(await judge(badge, { resolveDid })).toEqual(['KEY_NOT_FOUND'])
})

it('the same key written twice is good, and so is another key of another name', async () => {
  expect(await judge(badge, withMethods(own, own))).toEqual(['valid'])
  expect(await judge(badge, withMethods(own, { ...other, id: `${school.controller}#2` }))).toEqual(['valid'])
})
