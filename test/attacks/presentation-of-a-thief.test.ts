/** Attack: a thief sends on a presentation, or makes one in the learner's name, to have the learner's skills counted as the thief's own. */

import { verify } from 'testamur'
import { extractRecords, mergeRecords, pathway, skills } from 'testamur/records'
import { expect, it } from 'vitest'
import { challenge, edit, learner, now, presented, signed, thief, withProof } from '../helpers/fixtures.ts'
import { course, courseId } from '../helpers/transcript.ts'

const good = await signed(course(1))
const { proof: _, ...unsigned } = await presented([good])
const inName = await withProof(unsigned, thief, { purpose: 'authentication' })

async function claimsOf(presentation: object, domain?: string) {
  const report = await verify({ presentation, challenge, now, ...(domain !== undefined && { domain }) })
  const [step] = pathway({ report, achievements: [{ id: courseId(1) }], acceptIssuer: () => true })
  const { credentials, unverified } = mergeRecords({ reports: [report] })
  const extracted = extractRecords({ report, ids: [courseId(1)] })
  return {
    problems: report.checks.flatMap((check) => ('code' in check ? check.code : [])),
    claims: [skills(report).length, step?.state, credentials.length, extracted.credentials.length],
    unverified: unverified.map(({ path }) => path),
  }
}

const nothing = [0, 'next', 0, 0]
const all = [2, 'proved', 1, 1]

it('claims nothing by it, and it is named as left out', async () => {
  const unverified = ['']
  expect(await claimsOf(inName)).toEqual({ problems: ['HOLDER_MISMATCH'], claims: nothing, unverified })
  const replayed = await presented([good], { challenge: 'yesterday' })
  expect(await claimsOf(replayed)).toEqual({ problems: ['CHALLENGE_MISMATCH'], claims: nothing, unverified })
  const forOther = await presented([good], { domain: 'other.example' })
  expect(await claimsOf(forOther, 'hr.example')).toEqual({ problems: ['DOMAIN_MISMATCH'], claims: nothing, unverified })
})

it('leaves the credential itself as good as it is', async () => {
  const report = await verify({ credential: good, now })
  expect(skills(report)).toHaveLength(2)
})

it('a presentation of the learner counts, also beside a bad credential', async () => {
  expect(await claimsOf(await presented([good]))).toEqual({ problems: [], claims: all, unverified: [] })
  const beside = { ...unsigned, verifiableCredential: [good, edit(good, '/name', 'x')] }
  expect(await claimsOf(await withProof(beside, learner, { purpose: 'authentication' }))).toEqual({
    problems: ['CONTENT_INVALID'],
    claims: all,
    unverified: ['/credentials/1'],
  })
})
