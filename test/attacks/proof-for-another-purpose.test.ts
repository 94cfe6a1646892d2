/** Attack: a signature made for one use is put to another: a login becomes a diploma, a diploma a presentation. */

import { expect, it } from 'vitest'
import {
  badge,
  challenge,
  edit,
  judge,
  judgePresentation,
  learner,
  presented,
  school,
  signedBadge,
  withProof,
} from '../helpers/fixtures.ts'
import { proofOver } from '../helpers/hand-made.ts'

const unsigned = { ...badge(), issuer: school.controller }

it('an authentication proof on a credential is refused', async () => {
  expect(await judge(await withProof(unsigned, school, { purpose: 'authentication' }))).toEqual([
    'PROOF_PURPOSE_MISMATCH',
  ])
  expect(await judge(await withProof(unsigned, school))).toEqual(['valid'])
})

it('an assertion proof on a presentation is refused', async () => {
  const { proof, ...presentation } = await presented([await signedBadge()])
  const assertion = await proofOver(presentation, learner, { challenge })
  expect(await judgePresentation({ ...presentation, proof: assertion })).toEqual(['PROOF_PURPOSE_MISMATCH'])
  expect(await judgePresentation({ ...presentation, proof })).toEqual(['valid'])
})

it('writing the right purpose over it breaks the signature', async () => {
  const forged = await withProof(unsigned, school, { purpose: 'authentication' })
  expect(await judge(edit(forged, '/proof/proofPurpose', 'assertionMethod'))).toEqual(['PROOF_INVALID'])
})
