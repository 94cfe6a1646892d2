/** Attack: a revoked credential hopes that a status nobody can read counts as good. */

import { verify } from 'testamur'
import { expect, it } from 'vitest'
import { badge, edit, judge, now, school, signed, signedBadge, withProof } from '../helpers/fixtures.ts'

const entry = {
  id: 'https://school.example/status/1#5',
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '5',
  statusListCredential: 'https://school.example/status/1',
}
const credential = await signed({ ...badge(), credentialStatus: entry })

it('an entry that cannot be read is undecided, never fine', async () => {
  const report = await verify({ credential, now })
  expect(report).toMatchObject({ verified: false, verdict: 'indeterminate' })
  expect(await judge(credential)).toEqual(['STATUS_UNAVAILABLE'])
})

it('each entry of a list is told', async () => {
  const two = [entry, { ...entry, statusPurpose: 'suspension', id: undefined }]
  expect(await judge(await signed({ ...badge(), credentialStatus: two }))).toEqual([
    'STATUS_UNAVAILABLE',
    'STATUS_UNAVAILABLE',
  ])
})

it('taking the entry out breaks the signature', async () => {
  expect(await judge(edit(credential, '/credentialStatus'))).toEqual(['PROOF_INVALID'])
  expect(await judge(edit(credential, '/credentialStatus', []))).toEqual(['PROOF_INVALID'])
})

it.each([null, 7, 'revoked', {}, { type: [] }, { type: [7] }])('the entry %j is not fine either', async (odd) => {
  expect(await judge(edit(credential, '/credentialStatus', odd))).not.toContain('valid')
})

it('only the verifier may leave it out, and that is seen', async () => {
  const report = await verify({ credential, now, skip: ['status'] })
  expect(report.verified).toBe(true)
  expect(report.checks).toContainEqual(
    expect.objectContaining({ name: 'status', outcome: 'skipped', path: '/credentialStatus' }),
  )
})

it('a badge without a status is good, and the report says that it cannot be revoked', async () => {
  const report = await verify({ credential: await signedBadge(), now })
  expect(report.verified).toBe(true)
  expect(report.checks).toContainEqual(expect.objectContaining({ name: 'status', outcome: 'skipped' }))
})

it('an entry of two types, which two programs read in two ways, is undecided', async () => {
  const contexts = [
    ...(badge()['@context'] as readonly string[]),
    'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
  ]
  const types = ['BitstringStatusListEntry', '1EdTechRevocationList']
  const both = await withProof({
    ...badge(),
    '@context': contexts,
    issuer: school.controller,
    credentialStatus: { ...entry, type: types },
  })
  const asked: string[] = []
  const loadStatusList = async (url: string) => {
    asked.push(url)
    return undefined
  }
  expect(await judge(both, { loadStatusList })).toEqual(['STATUS_ENTRY_INVALID'])
  expect(asked).toEqual([])
})
