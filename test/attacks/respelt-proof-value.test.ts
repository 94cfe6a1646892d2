/** Attack: the proof value is written in another way for the same bytes, so that one badge looks like two. */

import { expect, it } from 'vitest'
import { edit, judge, signedBadge } from '../helpers/fixtures.ts'

const good = await signedBadge()
const { proofValue } = good['proof'] as { readonly proofValue: string }
const hex = Buffer.from(proofValue).toString('hex')

it.each([
  ['a zero byte before it', `z1${proofValue.slice(1)}`],
  ['a blank before it', ` ${proofValue}`],
  ['padding', `${proofValue}=`],
  ['no prefix', proofValue.slice(1)],
  ['another prefix', `Z${proofValue.slice(1)}`],
  ['a prefix twice', `z${proofValue}`],
  ['hexadecimal', `f${hex}`],
  ['letters outside the alphabet', `${proofValue.slice(0, -1)}0`],
  ['a long one', `z${'2'.repeat(2000)}`],
  ['nothing', 'z'],
])('%s is refused', async (_name, value) => {
  expect(await judge(edit(good, '/proof/proofValue', value))).toEqual(['PROOF_INVALID'])
})

it.each(['', null, 7, [proofValue], { '@value': proofValue }])('%j is no proof value', async (value) => {
  expect(await judge(edit(good, '/proof/proofValue', value))).toEqual(['PROOF_MALFORMED'])
})

it('as it was written it is good', async () => {
  expect(await judge(good)).toEqual(['valid'])
})
