/** What `issue` refuses of status entries and lists, so that no verifier has to. */

import { type CredentialInput, issue, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { encodeBitstring, encodeOlderBitstring } from '../../src/status/bitstring.ts'
import { badge, edit, now, school } from '../helpers/fixtures.ts'
import { badgeWith, bitsOf, entryAt, listOf, place, unsignedList } from '../helpers/status.ts'

const olderText = await encodeOlderBitstring(bitsOf())
const shortText = await encodeBitstring(bitsOf({ entries: 100_000 }))

async function findingsOf(credential: object): Promise<readonly string[]> {
  try {
    await issue({ credential: credential as CredentialInput, key: school, now, conformance: 'noted' })
    return []
  } catch (error) {
    return (error as { findings: readonly { message: string }[] }).findings.map(({ message }) => message)
  }
}

describe('an entry', () => {
  it('in order is signed', async () => {
    expect(await findingsOf({ ...badge(), credentialStatus: entryAt() })).toEqual([])
    expect(await findingsOf({ ...badge(), credentialStatus: [entryAt(), entryAt(2)] })).toEqual([])
  })

  it.each([
    [{ statusListIndex: '007' }, '/credentialStatus/statusListIndex: must be a whole number'],
    [{ statusListCredential: 'urn:' }, undefined],
    [{ statusListCredential: undefined }, '/credentialStatus/statusListCredential: must be the URL'],
    [{ statusPurpose: undefined }, '/credentialStatus/statusPurpose: must be text'],
    [{ statusSize: 0 }, '/credentialStatus/statusSize: must be a whole number'],
    [{ statusSize: 2 }, '/credentialStatus/statusMessage: must say what each of the 4 values means'],
    [{ statusPurpose: 'message' }, '/credentialStatus/statusMessage: must say what each of the 2 values means'],
  ])('%j', async (more, message) => {
    const findings = await findingsOf({
      ...badge(),
      credentialStatus: JSON.parse(JSON.stringify(entryAt(place, more))),
    })
    expect(findings).toEqual(message === undefined ? [] : [expect.stringContaining(message)])
  })

  it('is found by its place in a list of them, all at once', async () => {
    const credentialStatus = [entryAt(), entryAt(1, { statusListIndex: 'x', statusListCredential: 'here' })]
    expect(await findingsOf({ ...badge(), credentialStatus })).toEqual([
      expect.stringContaining('/credentialStatus/1/statusListCredential'),
      expect.stringContaining('/credentialStatus/1/statusListIndex'),
    ])
  })

  it('of a type that is not known here is left to the issuer', async () => {
    const context = { MyStatus: 'https://school.example/vocab#MyStatus' }
    const credential = { ...badge(), '@context': [...badge()['@context'], context] }
    expect(await findingsOf({ ...credential, credentialStatus: { type: 'MyStatus' } })).toEqual([])
  })
})

describe('a list', () => {
  it('in order is signed by issue, verified as any credential, and serves', async () => {
    const list = await issue({ credential: (await unsignedList({ set: [[place, 1]] })) as never, key: school, now })
    expect(await verify({ credential: list, now })).toMatchObject({ verdict: 'valid' })
    expect(await verify({ credential: await badgeWith(), now, statusLists: [list] })).toMatchObject({
      verdict: 'invalid',
    })
  })

  it.each([
    ['/id', undefined, ['must be the URL under which the list is found']],
    ['/credentialSubject/type', undefined, ['must be "BitstringStatusList"']],
    ['/credentialSubject/statusPurpose', undefined, ['must say what the list is for']],
    ['/credentialSubject/ttl', -1, ['must be a whole number of milliseconds']],
    ['/credentialSubject/encodedList', 'uAAAA', ['must be compressed by GZIP']],
    ['/credentialSubject/encodedList', olderText, ['begins with "u"']],
    ['/credentialSubject/encodedList', shortText, ['holds 100000 entries']],
  ])('%s: %s', async (path, value, messages) => {
    const findings = (await findingsOf(edit(await unsignedList(), path, value))).join('\n')
    for (const message of messages) expect(findings).toContain(message)
  })

  it('its place in the report of verify has no check of its own: whoever asks for it judges it', async () => {
    const { checks } = await verify({ credential: await listOf(), now })
    expect(checks).toContainEqual(expect.objectContaining({ name: 'status', outcome: 'skipped' }))
  })
})
