/** Attack: the end date of a badge that ran out is taken out or put off. */

import { expect, it } from 'vitest'
import { edit, judge, signedBadge } from '../helpers/fixtures.ts'

const expired = await signedBadge({ validUntil: '2026-10-01T00:00:00Z' })

it('is refused as expired while it is there', async () => {
  expect(await judge(expired)).toEqual(['EXPIRED'])
})

it.each([undefined, '2036-10-01T00:00:00Z', '2026-10-01T00:00:00-14:00'])(
  'is refused with %s in its place',
  async (end) => {
    expect(await judge(edit(expired, '/validUntil', end))).toEqual(['PROOF_INVALID'])
  },
)

it('the date of data model 1.1 put beside it is refused', async () => {
  expect(await judge(edit(expired, '/expirationDate', '2036-10-01T00:00:00Z'))).not.toContain('valid')
})

it('a badge that never had one is good', async () => {
  expect(await judge(await signedBadge())).toEqual(['valid'])
})
