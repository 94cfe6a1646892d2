/** Attack: somebody signs a badge in the name of a school. */

import { type AcceptController, verify } from 'testamur'
import { expect, it } from 'vitest'
import { badge, college, edit, judge, now, school, signedBadge, thief, withProof } from '../helpers/fixtures.ts'

const unsigned = { ...badge(), issuer: school.controller }
const forged = await withProof(unsigned, thief)

it('is refused, whether the issuer is an id or an object', async () => {
  expect(await judge(forged)).toEqual(['ISSUER_MISMATCH'])
  const named = { ...unsigned, issuer: { id: school.controller, type: ['Profile'], name: 'Northfield School' } }
  expect(await judge(await withProof(named, thief))).toEqual(['ISSUER_MISMATCH'])
})

it('the registry is not asked about an issuer that did not sign', async () => {
  const asked: string[] = []
  const trust = async (issuer: string) => {
    asked.push(issuer)
    return { registry: 'Ministry' }
  }
  expect(await judge(forged, { trust })).toEqual(['ISSUER_MISMATCH'])
  expect(asked).toEqual([])
})

it('writing the school’s key over the thief’s breaks the signature', async () => {
  expect(await judge(edit(forged, '/proof/verificationMethod', school.id))).toEqual(['PROOF_INVALID'])
})

it('is good from the school, and from a signer the verifier accepts for that school', async () => {
  expect(await judge(await signedBadge())).toEqual(['valid'])
  const acceptController: AcceptController = ({ issuer, controller }) =>
    issuer === school.controller && controller === college.controller
  const byCollege = await verify({ credential: await withProof(unsigned, college), now, acceptController })
  expect(byCollege.verified).toBe(true)
  expect(byCollege.checks.find(({ name }) => name === 'issuer')?.notes?.[0]).toContain(college.controller)
  expect(await judge(forged, { acceptController })).toEqual(['ISSUER_MISMATCH'])
})
