/** `issue({ status })`: the place in a list is given when nothing else is wrong, once for each id. */

import { createIssuer, createStatusRegistry, issue, issueMany, memoryStatusStore, verify } from 'testamur'
import { beforeEach, describe, expect, it } from 'vitest'
import { badge, now, plainCredential, school, thief } from '../helpers/fixtures.ts'

let status: ReturnType<typeof createStatusRegistry>
beforeEach(() => {
  status = createStatusRegistry({
    store: memoryStatusStore(),
    url: 'https://school.example/status',
  })
})
const both = () =>
  createStatusRegistry({
    store: memoryStatusStore(),
    url: 'https://school.example/status',
    purposes: ['revocation', 'suspension'],
  })
const allocated = async () => (await status.lists()).map((list) => list.allocated)

describe('issue with a registry', () => {
  it('signs the entries into the credential', async () => {
    const credential = await issue({ credential: badge(), key: school, status, now })
    expect([credential.credentialStatus]).toEqual(await status.allocate({ id: credential.id }))
    const report = await verify({ credential, now, skip: ['status'] })
    expect(report.verdict).toBe('valid')
    const moved = JSON.stringify(credential).replace(/"statusListIndex":"\d+"/, '"statusListIndex":"1"')
    expect(await verify({ credential: moved, now, skip: ['status'] })).toMatchObject({ verdict: 'invalid' })
  })

  it('gives the same place when the same id is issued again, and writes it once', async () => {
    const first = await issue({ credential: badge(), key: school, status, now })
    const { proof: _, ...again } = await issue({ credential: badge(), key: school, status, now })
    expect(again.credentialStatus).toEqual(first.credentialStatus)
    const renewed = await issue({ credential: again, key: school, status, now })
    expect(renewed.credentialStatus).toEqual(first.credentialStatus)
    expect(await allocated()).toEqual([1])
  })

  it('writes an entry for each purpose, beside the status that the credential has already', async () => {
    const other = {
      id: 'https://other.example/1#5',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'refresh',
      statusListIndex: '5',
      statusListCredential: 'https://other.example/1',
    }
    const credential = await issue({
      credential: { ...plainCredential(), credentialStatus: other },
      key: school,
      status: both(),
      now,
    })
    expect(credential.credentialStatus).toMatchObject([
      other,
      { statusPurpose: 'revocation' },
      { statusPurpose: 'suspension' },
    ])
  })

  it('refuses a second entry where the record has room for one, unless that is only to be noted', async () => {
    const two = issue({ credential: badge(), key: school, status: both(), now })
    await expect(two).rejects.toMatchObject({ findings: [{ path: '/credentialStatus' }] })
    const noted = await issue({ credential: badge(), key: school, status: both(), conformance: 'noted', now })
    expect(noted.credentialStatus).toHaveLength(2)
  })

  it('uses no place for what cannot be signed', async () => {
    for (const [credential, key] of [
      [{ ...badge(), grade: 'A' }, school],
      [{ ...badge(), validUntil: 'tomorrow' }, school],
      [{ ...badge(), issuer: school.controller }, thief],
    ] as const) {
      await expect(issue({ credential, key, status, now })).rejects.toMatchObject({ code: 'CREDENTIAL_MALFORMED' })
    }
    expect(await allocated()).toEqual([])
  })

  it('works under data model 1.1, whose context lacks the words', async () => {
    const credential = await issue({
      credential: plainCredential({
        '@context': ['https://www.w3.org/2018/credentials/v1', { name: 'https://schema.org/name' }],
      }),
      key: school,
      status,
      now,
    })
    expect(credential['@context']).toContain('https://www.w3.org/ns/credentials/status/v1')
    expect((await verify({ credential, now, skip: ['status'] })).verdict).toBe('valid')
  })

  it('serves createIssuer and issueMany, which share the lists', async () => {
    const northfield = createIssuer({ key: school, profile: { name: 'Northfield School' }, status })
    await northfield.issue({ credential: badge({ id: 'urn:example:1' }), now })
    const credentials = [2, 3, 4].map((number) => badge({ id: `urn:example:${number}` }))
    const indices = new Set()
    for await (const { credential } of issueMany({ credentials, key: school, status, now })) {
      indices.add(JSON.stringify(credential?.credentialStatus))
    }
    expect(indices.size).toBe(3)
    expect(await allocated()).toEqual([4])
  })

  it('refuses a registry that is none', async () => {
    await expect(issue({ credential: badge(), key: school, status: {} as never, now })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    })
  })
})
