/** Attack: records within records without end, to keep a verifier busy. */

import { verify } from 'testamur'
import { expect, it } from 'vitest'
import { edit, judge, learner, now, recordOf, signedBadge, withProof } from '../helpers/fixtures.ts'

const badge = await signedBadge()

it('eight levels are verified to the last one', async () => {
  const record = await nest(8)
  let report = await verify({ credential: record, now })
  expect(report.verified).toBe(true)
  let levels = 0
  for (; report.nested[0]; levels += 1) report = report.nested[0].report
  expect(levels).toBe(8)
  const forged = edit(record, `${'/credentialSubject/verifiableCredential/0'.repeat(8)}/name`, 'Doctorate')
  expect(await judge(forged)).not.toContain('valid')
})

it('nine are refused', async () => {
  const report = await verify({ credential: await nest(9), now })
  expect(report).toMatchObject({ verified: false, verdict: 'invalid' })
  expect(JSON.stringify(report.nested)).toContain('LIMIT_EXCEEDED')
})

it('a hundred levels of lists and objects are not read', async () => {
  const deep = JSON.parse(`${'{"a":['.repeat(51)}${']}'.repeat(51)}`)
  expect(await judge(deep)).toEqual(['LIMIT_EXCEEDED'])
  expect(await judge(`${'['.repeat(1_000_000)}`)).toEqual(['LIMIT_EXCEEDED'])
  expect(await judge(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toEqual(['LIMIT_EXCEEDED'])
})

/** A badge in so many records. Only the outermost is signed by way of its contents: the inner ones stay as they are. */
async function nest(levels: number): Promise<object> {
  let inner = badge
  for (let level = 0; level < levels; level += 1) {
    const { proof: _, ...record } = await recordOf([inner])
    inner = await withProof({ ...record, id: `urn:example:level:${level}` }, learner)
  }
  return inner
}
