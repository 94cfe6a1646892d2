/** Attack: a learner signs an own record (CLR) that holds a badge which a school never signed. */

import { verify } from 'testamur'
import { expect, it } from 'vitest'
import {
  badge,
  college,
  edit,
  judge,
  learner,
  now,
  recordOf,
  school,
  signedBadge,
  withProof,
} from '../helpers/fixtures.ts'

const good = await signedBadge()

it('a child without a proof, said to be by a school, is refused', async () => {
  const record = await recordOf([good, { ...badge({ name: 'Doctorate' }), issuer: school.controller }])
  const report = await verify({ credential: record, now })
  expect(report.verified).toBe(false)
  expect(report.checks).toContainEqual(
    expect.objectContaining({ code: 'CONTENT_INVALID', path: '/credentialSubject/verifiableCredential/1' }),
  )
  expect(report.nested.map((nested) => nested.report.verified)).toEqual([true, false])
  expect(report.nested[1]?.report.checks).toContainEqual(expect.objectContaining({ code: 'PROOF_MISSING' }))
})

it('a child signed by the learner in the school’s name is refused', async () => {
  const forged = await withProof({ ...badge(), issuer: school.controller }, learner)
  expect(await judge(await recordOf([forged]))).toEqual(['CONTENT_INVALID'])
})

it('a tampered child is refused, though the record around it is signed as it stands', async () => {
  expect(await judge(await recordOf([edit(good, '/name', 'Doctorate')]))).toEqual(['CONTENT_INVALID'])
})

it('a child exchanged after signing breaks the record', async () => {
  const record = await recordOf([good])
  const other = await signedBadge({ name: 'Safety' })
  expect(await judge(edit(record, '/credentialSubject/verifiableCredential/0', other))).toContain('PROOF_INVALID')
})

it.each(['a text', 'https://school.example/badge', 7, null])('a child that is %j is refused', async (child) => {
  const record = await recordOf([good])
  expect(await judge(edit(record, '/credentialSubject/verifiableCredential', [child]))).not.toContain('valid')
})

it('a record of genuine badges by several issuers is good', async () => {
  expect(await judge(await recordOf([good, await signedBadge({ name: 'Drawing' }, college)]))).toEqual(['valid'])
})
