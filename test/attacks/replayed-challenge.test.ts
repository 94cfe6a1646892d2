/** Attack: a presentation that was made for an earlier occasion is shown again. */

import { withoutChallenge } from 'testamur'
import { expect, it } from 'vitest'
import { edit, judgePresentation, presented, signedBadge } from '../helpers/fixtures.ts'

const badge = await signedBadge()
const old = await presented([badge], { challenge: 'of last week' })

it('is refused', async () => {
  expect(await judgePresentation(old)).toEqual(['CHALLENGE_MISMATCH'])
})

it('a new challenge written over the old one breaks the signature', async () => {
  expect(await judgePresentation(edit(old, '/proof/challenge', 'b1946ac9'))).toEqual(['PROOF_INVALID'])
})

it('a list that has the challenge among others is refused', async () => {
  expect(await judgePresentation(edit(old, '/proof/challenge', ['of last week', 'b1946ac9']))).not.toContain('valid')
})

it('one that answers no challenge at all is refused, unless the verifier asks for none', async () => {
  const unasked = await presented([badge], { challenge: withoutChallenge })
  expect(await judgePresentation(unasked)).toEqual(['CHALLENGE_MISMATCH'])
  expect(await judgePresentation(unasked, { challenge: withoutChallenge })).toEqual(['valid'])
})

it('the answer to this challenge is good', async () => {
  expect(await judgePresentation(await presented([badge]))).toEqual(['valid'])
})
