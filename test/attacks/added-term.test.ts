/** Attack: a member that no context defines is added after signing; the signature does not cover it. */

import { expect, it } from 'vitest'
import { edit, judge, signedBadge } from '../helpers/fixtures.ts'

const good = await signedBadge()

it.each(['/honours', '/credentialSubject/honours', '/credentialSubject/achievement/honours'])(
  '%s is refused',
  async (path) => {
    expect(await judge(edit(good, path, 'cum laude'))).toEqual(['TERM_UNDEFINED'])
  },
)

it('a type that no context defines is refused', async () => {
  const forged = edit(good, '/type', ['VerifiableCredential', 'OpenBadgeCredential', 'DoctorateCredential'])
  expect(await judge(forged)).toEqual(['TERM_UNDEFINED'])
})

it('a member that is defined, but was not signed, is refused', async () => {
  expect(await judge(edit(good, '/credentialSubject/role', 'Team lead'))).toEqual(['PROOF_INVALID'])
})

it('the same member, signed, is good', async () => {
  expect(await judge(await signedBadge({ role: 'Team lead' }))).toEqual(['valid'])
})
