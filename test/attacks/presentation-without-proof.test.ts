/** Attack: a presentation without a signature carries genuine badges. */

import { expect, it } from 'vitest'
import { edit, judgePresentation, presented, signedBadge } from '../helpers/fixtures.ts'

const good = await presented([await signedBadge()])

it.each([undefined, null, [], {}, ''])('with the proof %j is refused', async (proof) => {
  expect(await judgePresentation(edit(good, '/proof', proof))).not.toContain('valid')
})

it('with the credential’s proof in place of its own is refused', async () => {
  expect(await judgePresentation(edit(good, '/proof', (await signedBadge())['proof']))).toEqual([
    'PROOF_PURPOSE_MISMATCH',
  ])
})

it('with its own proof is good, also without any credential', async () => {
  expect(await judgePresentation(good)).toEqual(['valid'])
  expect(await judgePresentation(await presented([]))).toEqual(['valid'])
})
