/** Attack: of two proofs of which the second vouches for the first, the first is taken out, changed or exchanged. */

import { expect, it } from 'vitest'
import { badge, edit, judge, school } from '../helpers/fixtures.ts'
import { proofOver } from '../helpers/hand-made.ts'

const unsigned = { ...badge(), issuer: school.controller }
const id = 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c10'
const first = await proofOver(unsigned, school, { id })
const second = await proofOver({ ...unsigned, proof: [first] }, school, { previousProof: id })
const chain = { ...unsigned, proof: [first, second] }

it('whole, it is good, in either order', async () => {
  expect(await judge(chain)).toEqual(['valid'])
  expect(await judge({ ...unsigned, proof: [second, first] })).toEqual(['valid'])
  expect(await judge({ ...unsigned, proof: [first] })).toEqual(['valid'])
})

it('without the first it is refused', async () => {
  expect(await judge({ ...unsigned, proof: [second] })).toEqual(['PROOF_MALFORMED'])
  expect(await judge({ ...unsigned, proof: second })).toEqual(['PROOF_MALFORMED'])
})

it('with another proof of that name, good in itself, it is refused', async () => {
  const other = await proofOver(unsigned, school, { id, created: '2026-11-21T00:00:00Z' })
  expect(await judge({ ...unsigned, proof: [other] })).toEqual(['valid'])
  expect(await judge({ ...unsigned, proof: [other, second] })).toEqual(['PROOF_INVALID'])
})

it('with the first changed, or there twice, it is refused', async () => {
  expect(await judge(edit(chain, '/proof/0/created', '2026-11-21T00:00:00Z'))).toEqual([
    'PROOF_INVALID',
    'PROOF_INVALID',
  ])
  expect(await judge({ ...unsigned, proof: [first, first, second] })).toEqual(['PROOF_MALFORMED'])
})

it('with the link cut or turned elsewhere it is refused', async () => {
  expect(await judge(edit(chain, '/proof/1/previousProof'))).toEqual(['PROOF_INVALID'])
  for (const link of ['urn:uuid:other', 7, null, { id }, [id, 'urn:uuid:other']]) {
    expect(await judge(edit(chain, '/proof/1/previousProof', link)), JSON.stringify(link)).toEqual(['PROOF_MALFORMED'])
  }
})

it('a proof that names itself as its own witness is refused', async () => {
  const self = await proofOver(unsigned, school, { id, previousProof: id })
  expect(await judge({ ...unsigned, proof: self })).toEqual(['PROOF_MALFORMED'])
})
