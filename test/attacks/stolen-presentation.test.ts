/** Attack: a thief presents a learner's badge under the thief's own key. */

import { verify } from 'testamur'
import { expect, it } from 'vitest'
import { challenge, judgePresentation, learner, now, presented, signedBadge, thief } from '../helpers/fixtures.ts'

const badge = await signedBadge()

it('is refused: the badge is about somebody else', async () => {
  const presentation = await presented([badge], { key: thief })
  const report = await verify({ presentation, challenge, now })
  expect(report).toMatchObject({ verified: false, verdict: 'invalid' })
  expect(report.credentials[0]?.checks).toContainEqual(
    expect.objectContaining({ name: 'holder', code: 'SUBJECT_MISMATCH', path: '/credentialSubject' }),
  )
})

it('a badge without a named subject decides nothing', async () => {
  const unnamed = await signedBadge({ recipient: { email: 'ada@school.example' } })
  const report = await verify({ presentation: await presented([unnamed], { key: thief }), challenge, now })
  expect(report).toMatchObject({ verified: false, verdict: 'indeterminate' })
})

it('is accepted from the learner, and from whom the verifier accepts by name', async () => {
  expect(await judgePresentation(await presented([badge]))).toEqual(['valid'])
  const presentation = await presented([badge], { key: thief })
  const acceptHolder = ({ subjects }: { readonly subjects: readonly string[] }) => subjects[0] === learner.controller
  expect(await judgePresentation(presentation, { acceptHolder })).toEqual(['valid'])
  expect(await judgePresentation(presentation, { acceptHolder: () => false })).toEqual(['CONTENT_INVALID'])
})
