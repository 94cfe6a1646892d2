/** Attack: one letter of a signed badge is changed, so that it says more than the school did. */

import { expect, it } from 'vitest'
import { edit, judge, signedBadge } from '../helpers/fixtures.ts'

const good = await signedBadge()

it.each([
  ['/name', 'Wolding'],
  ['/credentialSubject/achievement/name', 'Welding, level 3'],
  ['/credentialSubject/achievement/criteria/narrative', 'Passed the exam.'],
  ['/validFrom', '2026-09-01T00:00:01Z'],
  ['/id', 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c99'],
])('%s changed is refused', async (path, value) => {
  expect(await judge(edit(good, path, value))).toEqual(['PROOF_INVALID'])
})

it('the order of members and lists of types may change: it says nothing', async () => {
  const reordered = Object.fromEntries(Object.entries(good).reverse())
  expect(await judge(edit(reordered, '/type', ['OpenBadgeCredential', 'VerifiableCredential']))).toEqual(['valid'])
})
