/** Attack: a proof that its maker limited in time is used after that time, or without the limit. */

import { expect, it } from 'vitest'
import { badge, edit, judge, school } from '../helpers/fixtures.ts'
import { proofOver } from '../helpers/hand-made.ts'

const unsigned = { ...badge(), issuer: school.controller }
const until = async (expires: string) => ({ ...unsigned, proof: await proofOver(unsigned, school, { expires }) })

it('is refused after the end, to the second and the clock tolerance', async () => {
  expect(await judge(await until('2026-11-22T11:59:00Z'))).toEqual(['valid'])
  expect(await judge(await until('2026-11-22T11:58:59Z'))).toEqual(['PROOF_EXPIRED'])
  expect(await judge(await until('2026-11-22T11:59:59Z'), { clockTolerance: 0 })).toEqual(['PROOF_EXPIRED'])
})

it('is refused with the limit put off or taken out', async () => {
  const expired = await until('2026-11-01T00:00:00Z')
  expect(await judge(edit(expired, '/proof/expires', '2036-11-01T00:00:00Z'))).toEqual(['PROOF_INVALID'])
  expect(await judge(edit(expired, '/proof/expires'))).toEqual(['PROOF_INVALID'])
  expect(await judge(edit(expired, '/proof/expires', 'never'))).toEqual(['PROOF_MALFORMED'])
})
