/** Attack: a credential is given where a presentation is asked for, or a presentation where a credential is. */

import { expect, it } from 'vitest'
import {
  badge,
  edit,
  judge,
  judgePresentation,
  presented,
  school,
  signedBadge,
  withProof,
} from '../helpers/fixtures.ts'

const credential = await signedBadge()
const presentation = await presented([credential])

it('is refused either way', async () => {
  expect(await judge(presentation)).toEqual(['CREDENTIAL_MALFORMED'])
  expect(await judgePresentation(credential)).toEqual(['PRESENTATION_MALFORMED'])
})

it('a document that says it is both is not good as a presentation of the credential’s signer', async () => {
  const both = { ...badge(), issuer: school.controller, type: ['VerifiableCredential', 'VerifiablePresentation'] }
  expect(await judgePresentation(await withProof(both, school))).not.toContain('valid')
})

it('a presentation inside a presentation is not taken for a credential', async () => {
  expect(await judgePresentation(edit(presentation, '/verifiableCredential', [presentation]))).not.toContain('valid')
})

it('each in its own place is good', async () => {
  expect(await judge(credential)).toEqual(['valid'])
  expect(await judgePresentation(presentation)).toEqual(['valid'])
})
