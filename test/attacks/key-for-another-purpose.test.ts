/** Attack: a key that its owner uses for logging in only signs a badge, and the reverse. */

import { expect, it } from 'vitest'
import { didDocument, judge, judgePresentation, learner, presented, school, signedBadge } from '../helpers/fixtures.ts'

const badge = await signedBadge()
const presentation = await presented([])

it.each([[[]], [undefined], [[`${school.controller}#another`]], [null]])(
  'a key that assertionMethod does not list (%j) cannot issue',
  async (assertionMethod) => {
    const resolveDid = async () => didDocument(school, { assertionMethod })
    expect(await judge(badge, { resolveDid })).toEqual(['KEY_PURPOSE_MISMATCH'])
  },
)

it('a key that authentication does not list cannot present', async () => {
  const resolveDid = async () => didDocument(learner, { authentication: [] })
  expect(await judgePresentation(presentation, { resolveDid })).toEqual(['KEY_PURPOSE_MISMATCH'])
})

it('a key embedded for one purpose is not found for the other', async () => {
  const [method] = didDocument(school).verificationMethod ?? []
  const resolveDid = async () => ({ id: school.controller, authentication: method ? [method] : [] })
  expect(await judge(badge, { resolveDid })).toEqual(['KEY_NOT_FOUND'])
})

it('a key for issuing alone may issue, one for presenting alone may present', async () => {
  const issuing = async () => didDocument(school, { authentication: [] })
  expect(await judge(badge, { resolveDid: issuing })).toEqual(['valid'])
  const presenting = async () => didDocument(learner, { assertionMethod: [] })
  expect(await judgePresentation(presentation, { resolveDid: presenting })).toEqual(['valid'])
})
