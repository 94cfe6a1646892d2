/** Attack: a learner presents a record together with the later version that takes it back, in two places of one presentation. */

import { verify } from 'testamur'
import { toHtml } from 'testamur/html'
import { decide, employer, pathway, skills } from 'testamur/records'
import { expect, it } from 'vitest'
import { challenge, edit, learner, now, presented, recordOf, signed } from '../helpers/fixtures.ts'
import { course, courseId, gradeId } from '../helpers/transcript.ts'

const older = await signed({ ...course(1), validFrom: '2026-01-01T00:00:00Z' })
const failed = await signed(
  edit(course(1), '/credentialSubject/result', [
    { type: ['Result'], resultDescription: gradeId(1), value: '20', status: 'Failed' },
  ]),
)

async function claimsOf(...credentials: readonly object[]): Promise<readonly string[]> {
  const report = await verify({ presentation: await presented(credentials), challenge, now })
  expect(report.verdict).toBe('valid')
  const [step] = pathway({ report, achievements: [{ id: courseId(1) }], acceptIssuer: () => true })
  return [step?.state ?? '', ...skills(report).flatMap(({ sources }) => sources.map(({ path }) => path))]
}

it('claims nothing by it, wherever the two stand', async () => {
  expect(await claimsOf(older, failed)).toEqual(['next'])
  expect(await claimsOf(failed, older)).toEqual(['next'])
  expect(await claimsOf(await recordOf([older]), failed)).toEqual(['next'])
  expect(await claimsOf(older, await recordOf([failed]))).toEqual(['next'])
})

it('nor by what is in a record of which there is a later version', async () => {
  const { proof: _, ...record } = await recordOf([older])
  const member = '/credentialSubject/verifiableCredential'
  const anew = edit(record, member, [await signed(course(2))])
  const [before, after] = [
    await signed({ ...record, validFrom: '2026-02-01T00:00:00Z' }, learner),
    await signed({ ...anew, validFrom: '2026-03-01T00:00:00Z' }, learner),
  ]
  const inside = `${member}/0`
  expect(await claimsOf(before, after)).toEqual(['next', `/credentials/1${inside}`, `/credentials/1${inside}`])
})

it('claims what stands alone, and what another issuer or id has beside it', async () => {
  expect(await claimsOf(older)).toEqual(['proved', '/credentials/0', '/credentials/0'])
  const other = await signed({
    ...edit(course(1), '/credentialSubject/achievement/id', courseId(2)),
    id: 'urn:example:2',
  })
  expect(await claimsOf(older, other)).toEqual([
    'proved',
    '/credentials/0',
    '/credentials/1',
    '/credentials/0',
    '/credentials/1',
  ])
})

it('is marked on the page, and no demand is made of it', async () => {
  const report = await verify({ presentation: await presented([older, failed]), challenge, now })
  expect(toHtml({ report }).match(/class="state superseded"/g)).not.toBeNull()
  const asked = decide(report, employer()).reasons.filter(({ demand }) => demand === 'trustedIssuers')
  expect(asked.map(({ path }) => path)).toEqual(['/credentials/1'])
  const alone = await verify({ presentation: await presented([older]), challenge, now })
  expect(toHtml({ report: alone }).match(/class="state superseded"/g)).toBeNull()
})
