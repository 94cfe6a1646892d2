/** Attack: a proof of a made-up format stands in for a signature. */

import { verify } from 'testamur'
import { expect, it } from 'vitest'
import { judge, now, signedBadge } from '../helpers/fixtures.ts'

const good = await signedBadge()
const { proof, ...unsigned } = good
const unknown = { ...(proof as object), cryptosuite: 'trust-me-2026' }

it('alone it decides nothing', async () => {
  const report = await verify({ credential: { ...unsigned, proof: unknown }, now })
  expect(report).toMatchObject({ verified: false, verdict: 'indeterminate' })
  expect(await judge({ ...unsigned, proof: [unknown, unknown] })).toEqual([
    'PROOF_FORMAT_UNKNOWN',
    'PROOF_FORMAT_UNKNOWN',
  ])
})

it.each(['JwtProof2020', '__proto__', 'constructor', ''])('nor does one of the type %j', async (type) => {
  expect(await judge({ ...unsigned, proof: { type } })).toEqual(['PROOF_FORMAT_UNKNOWN'])
})

it('beside a bad proof it does not help', async () => {
  const forged = { ...unsigned, name: 'Wielding', proof: [unknown, proof] }
  expect(await judge(forged)).toEqual(['PROOF_FORMAT_UNKNOWN', 'PROOF_INVALID'])
})

it('beside a good proof it is skipped, and seen', async () => {
  const report = await verify({ credential: { ...unsigned, proof: [proof, unknown] }, now })
  expect(report.verified).toBe(true)
  expect(report.checks).toContainEqual(
    expect.objectContaining({
      name: 'proof',
      outcome: 'skipped',
      path: '/proof/1',
      message: expect.stringContaining('trust-me-2026'),
    }),
  )
})

it.each([
  { type: 'DataIntegrityProof' },
  { type: ['DataIntegrityProof'], cryptosuite: 'eddsa-rdfc-2022' },
  { type: 'DataIntegrityProof', cryptosuite: { '@set': 'eddsa-rdfc-2022' } },
  { '@graph': proof },
])('one that names no format, %j, is malformed, also beside a good one', async (nameless) => {
  expect(await judge({ ...unsigned, proof: [proof, nameless] })).toEqual(['PROOF_MALFORMED'])
})
