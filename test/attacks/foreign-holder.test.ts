/** Attack: a presentation names the learner as holder, but a thief signs it. */

import { expect, it } from 'vitest'
import { edit, judgePresentation, learner, presented, signedBadge, thief, withProof } from '../helpers/fixtures.ts'

const { proof: _, ...unsigned } = await presented([await signedBadge()])
const authentication = { purpose: 'authentication' } as const

it('is refused, whether the holder is an id or an object', async () => {
  expect(await judgePresentation(await withProof(unsigned, thief, authentication))).toEqual(['HOLDER_MISMATCH'])
  const object = edit(unsigned, '/holder', { id: learner.controller })
  expect(await judgePresentation(await withProof(object, thief, authentication))).toEqual(['HOLDER_MISMATCH'])
})

it('is refused when the thief signs beside the learner', async () => {
  const [one, two] = [
    await withProof(unsigned, learner, authentication),
    await withProof(unsigned, thief, authentication),
  ]
  expect(await judgePresentation({ ...unsigned, proof: [one['proof'], two['proof']] })).toEqual(['HOLDER_MISMATCH'])
})

it('without a named holder, who signed is the holder, and the badge is still not the thief’s', async () => {
  const unnamed = edit(unsigned, '/holder')
  expect(await judgePresentation(await withProof(unnamed, thief, authentication))).toEqual(['CONTENT_INVALID'])
  expect(await judgePresentation(await withProof(unnamed, learner, authentication))).toEqual(['valid'])
})
