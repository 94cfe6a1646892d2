/** Attack: a forged proof is put beside a good one, so that one good proof covers for both. */

import { ed25519Signature2020, eddsaRdfc2022, issue } from 'testamur'
import { expect, it } from 'vitest'
import {
  badge,
  college,
  copyOf,
  didDocument,
  edit,
  judge,
  now,
  school,
  signedBadge,
  withProof,
} from '../helpers/fixtures.ts'

const formats = [eddsaRdfc2022(), ed25519Signature2020()]
const both = copyOf(await issue({ credential: badge(), key: school, now, format: formats }))
const [first, second] = both['proof'] as [object, object]

it('two good proofs of the issuer are good, in either order', async () => {
  expect(await judge(both)).toEqual(['valid'])
  expect(await judge({ ...both, proof: [second, first] })).toEqual(['valid'])
  expect(await judge({ ...both, proof: [first] })).toEqual(['valid'])
})

it('a bad one beside a good one is refused, in either order', async () => {
  const bad = { ...second, proofValue: (first as { proofValue: string }).proofValue }
  expect(await judge({ ...both, proof: [first, bad] })).toEqual(['PROOF_INVALID'])
  expect(await judge({ ...both, proof: [bad, first] })).toEqual(['PROOF_INVALID'])
})

it('one that could not be verified beside a good one leaves it undecided, in either order', async () => {
  const down = () => Promise.reject(new Error('down'))
  const half = { formats: [eddsaRdfc2022(), { ...ed25519Signature2020(), verify: down }] }
  expect(await judge(both, half)).toEqual(['PROOF_UNAVAILABLE'])
  expect(await judge({ ...both, proof: [second, first] }, half)).toEqual(['PROOF_UNAVAILABLE'])
  const stranger = { ...second, verificationMethod: college.id }
  const resolveDid = async (did: string) => (did === college.controller ? down() : didDocument(school))
  expect(await judge({ ...both, proof: [first, stranger] }, { resolveDid })).toEqual(['KEY_UNAVAILABLE'])
})

it('a good proof of somebody else beside the issuer’s is refused', async () => {
  const { proof: _, ...unsigned } = await signedBadge()
  const issuers = await withProof(unsigned, school)
  const strangers = await withProof(unsigned, college)
  const set = { ...unsigned, proof: [issuers['proof'], strangers['proof']] }
  expect(await judge(set)).toEqual(['ISSUER_MISMATCH'])
  expect(await judge(edit(set, '/proof', [issuers['proof']]))).toEqual(['valid'])
})

it('something that is no proof beside a good one is refused', async () => {
  for (const odd of [null, 'proof', 7, []]) {
    expect(await judge({ ...both, proof: [first, odd] })).toEqual(['PROOF_MALFORMED'])
  }
})
