/** Attack: a thief puts a learner's badge into a record of the thief's own, and presents that. */

import { verify } from 'testamur'
import { expect, it } from 'vitest'
import {
  challenge,
  judge,
  judgePresentation,
  learner,
  now,
  presented,
  recordOf,
  signedBadge,
  thief,
  withProof,
} from '../helpers/fixtures.ts'

const badge = await signedBadge()
const unnamed = await signedBadge({ recipient: { email: 'ada@school.example' } })

async function stolenRecord(child: object): Promise<object> {
  const { proof: _, ...record } = await recordOf([child])
  const own = { ...record, issuer: thief.controller }
  const subject = { ...(record['credentialSubject'] as object), id: thief.controller }
  return withProof({ ...own, credentialSubject: subject }, thief)
}

it('is refused when it is presented', async () => {
  const presentation = await presented([await stolenRecord(badge)], { key: thief })
  const report = await verify({ presentation, challenge, now })
  expect(report).toMatchObject({ verified: false, verdict: 'invalid' })
  expect(report.credentials[0]?.nested[0]?.report.checks).toContainEqual(
    expect.objectContaining({ name: 'holder', code: 'SUBJECT_MISMATCH' }),
  )
})

it('is told when the record is shown by itself: nobody says then that it is theirs', async () => {
  const report = await verify({ credential: await stolenRecord(badge), now })
  expect(report.nested[0]?.report.checks).toContainEqual(
    expect.objectContaining({ name: 'holder', outcome: 'skipped', message: expect.stringContaining(thief.controller) }),
  )
})

it('a badge that names nobody decides nothing in a presentation', async () => {
  const presentation = await presented([await stolenRecord(unnamed)], { key: thief })
  expect(await judgePresentation(presentation)).toEqual(['CONTENT_INDETERMINATE'])
})

it("the learner's own record is good, alone and presented, and others' where the verifier accepts them", async () => {
  expect(await judge(await recordOf([badge]))).toEqual(['valid'])
  expect(await judgePresentation(await presented([await recordOf([badge])]))).toEqual(['valid'])
  expect(await judge(await recordOf([unnamed]))).toEqual(['valid'])
  const presentation = await presented([await stolenRecord(badge)], { key: thief })
  const acceptHolder = ({ subjects }: { readonly subjects: readonly string[] }) =>
    subjects.every((id) => [learner.controller, thief.controller].some((each) => each === id))
  expect(await judgePresentation(presentation, { acceptHolder })).toEqual(['valid'])
})
