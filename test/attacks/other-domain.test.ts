/** Attack: a verifier passes a presentation that was made for it on to another verifier. */

import { expect, it } from 'vitest'
import { edit, judgePresentation, presented, signedBadge } from '../helpers/fixtures.ts'

const badge = await signedBadge()
const made = await presented([badge], { domain: 'shop.example' })

it.each(['bank.example', 'shop.example.', 'Shop.example', 'https://shop.example'])(
  'is refused by %s',
  async (domain) => {
    expect(await judgePresentation(made, { domain })).toEqual(['DOMAIN_MISMATCH'])
  },
)

it('is refused with the domain written over, or put beside', async () => {
  const domain = 'bank.example'
  expect(await judgePresentation(edit(made, '/proof/domain', domain), { domain })).toEqual(['PROOF_INVALID'])
  expect(await judgePresentation(edit(made, '/proof/domain', ['shop.example', domain]), { domain })).toEqual([
    'PROOF_INVALID',
  ])
})

it('one for nobody in particular is refused where a domain is expected', async () => {
  expect(await judgePresentation(await presented([badge]), { domain: 'bank.example' })).toEqual(['DOMAIN_MISMATCH'])
})

it('is good where it was made for', async () => {
  expect(await judgePresentation(made, { domain: 'shop.example' })).toEqual(['valid'])
})
