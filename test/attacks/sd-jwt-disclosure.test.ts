/** Attack: disclosures of an SD-JWT that nobody signed, that stand elsewhere, or that hide what a verifier decides on (RFC 9901 section 9). */

import { verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { judge, learner, now, school, thief } from '../helpers/fixtures.ts'
import { joseBadge, part, payloadOf } from '../helpers/jwt.ts'
import { digestOf, disclosure, sdJwtOf } from '../helpers/sd-jwt.ts'

const { name, ...payload } = payloadOf(await joseBadge())
const shown = disclosure('name', name)
const withName = { ...payload, _sd: [digestOf(shown)] }

it('the badge that is attacked is good, with its name and without', async () => {
  expect(await judge(await sdJwtOf(withName, [shown]))).toEqual(['valid'])
  expect(await judge(await sdJwtOf(withName, []))).toEqual(['valid'])
})

it.each([
  ['another value for the name', [disclosure('name', 'Wielding')]],
  ['one more, which was not signed', [shown, disclosure('awardedDate', '2020-01-01T00:00:00Z')]],
  ['the same twice', [shown, shown]],
  ['one that is empty', [shown, '']],
  ['the same, spelt with padding', [`${shown}=`]],
])('%s', async (_what, disclosures) => {
  expect(await judge(await sdJwtOf(withName, disclosures))).not.toContain('valid')
})

it('a digest that the thief adds breaks the signature', async () => {
  const forged = disclosure('description', 'With honours')
  const [jwt] = (await sdJwtOf(withName, [])).split('~') as [string]
  const [head, , tail] = jwt.split('.')
  const body = part({ ...withName, _sd: [digestOf(forged)] })
  expect(await judge(`${head}.${body}.${tail}~${forged}~`)).toEqual(['PROOF_INVALID'])
})

it("a disclosure of another's badge", async () => {
  const other = disclosure('name', 'Diving')
  expect(await judge(await sdJwtOf({ ...payload, _sd: [digestOf(other)] }, [shown]))).toEqual(['PROOF_MALFORMED'])
})

it.each([
  ['the end date', 'validUntil', '2027-01-01T00:00:00Z'],
  ['the status', 'credentialStatus', { id: 'https://x.example/1', type: 'Unknown' }],
  ['the schema', 'credentialSchema', { id: 'https://x.example/1', type: 'JsonSchema' }],
  ['the holder’s key', 'cnf', { kid: learner.id }],
  ['the end of the JWT', 'exp', 1_900_000_000],
  ['the start of the JWT', 'nbf', 1],
])('%s as something that the holder could withhold', async (_what, member, value) => {
  const hidden = disclosure(member, value)
  expect(await judge(await sdJwtOf({ ...payload, name, _sd: [digestOf(hidden)] }, [hidden]))).toEqual([
    'PROOF_MALFORMED',
  ])
})

it.each(['issuer', 'type', '@context'])('%s as something that the holder could withhold', async (member) => {
  const { [member]: value, ...rest } = payload
  const hidden = disclosure(member, value)
  expect(await judge(await sdJwtOf({ ...rest, name, _sd: [digestOf(hidden)] }, [hidden]))).toEqual(['PROOF_MALFORMED'])
  expect(await judge(await sdJwtOf({ ...rest, name, _sd: [digestOf(hidden)] }, []))).not.toContain('valid')
})

it('the whole credential as one of several that the holder could choose from', async () => {
  const vc = {
    '@context': ['https://www.w3.org/2018/credentials/v1'],
    type: ['VerifiableCredential'],
    issuer: school.controller,
    issuanceDate: '2026-01-01T00:00:00Z',
    credentialSubject: { id: learner.controller },
  }
  const [one, other] = [disclosure('vc', vc), disclosure('vc', { ...vc, expirationDate: '2026-02-01T00:00:00Z' })]
  const claims = { iss: school.controller, _sd: [digestOf(one), digestOf(other)] }
  expect(await judge(await sdJwtOf({ iss: school.controller, vc }, [], { typ: 'JWT' }))).toEqual(['valid'])
  expect(await judge(await sdJwtOf(claims, [one], { typ: 'JWT' }))).toEqual(['PROOF_MALFORMED'])
})

it('what is withheld at the root is told, and makes it a part of which neither status nor schema is known', async () => {
  const checksOf = async (disclosures: readonly string[]) => {
    const { verified, checks } = await verify({ credential: await sdJwtOf(withName, disclosures), now })
    expect(verified).toBe(true)
    return ['proof', 'status', 'schema'].map((name) => checks.find((check) => check.name === name))
  }
  expect(await checksOf([])).toEqual([
    expect.objectContaining({ notes: [expect.stringContaining('withheld')] }),
    expect.objectContaining({ outcome: 'skipped', status: { type: 'unknown', purpose: 'unknown' } }),
    expect.objectContaining({ outcome: 'skipped', message: expect.stringContaining('Part of the credential') }),
  ])
  const [proof, status, schema] = await checksOf([shown])
  expect(proof).not.toHaveProperty('notes')
  expect(status).not.toHaveProperty('status')
  expect(schema?.message).not.toContain('Part of the credential')
})

it("the thief's signature over the school's badge", async () => {
  expect(await judge(await sdJwtOf(withName, [shown], {}, thief))).toEqual(['ISSUER_MISMATCH'])
  expect(await judge(await sdJwtOf(withName, [shown], { kid: school.id }, thief))).toEqual(['PROOF_INVALID'])
})

it('by the name that its type had in drafts of the specification, by the same rules', async () => {
  const typ = 'vc+ld+json+sd-jwt'
  expect(await judge(await sdJwtOf(withName, [shown], { typ }))).toEqual(['valid'])
  expect(await judge(await sdJwtOf(withName, [shown], { typ }, thief))).toEqual(['ISSUER_MISMATCH'])
  expect(await judge(await sdJwtOf({ vc: payload }, [], { typ }))).toEqual(['PROOF_MALFORMED'])
})

it.each([
  ['vc+jwt', 'PROOF_FORMAT_UNKNOWN'],
  ['kb+jwt', 'PROOF_FORMAT_UNKNOWN'],
  ['vp+sd-jwt', 'PROOF_MALFORMED'],
  ['vp+ld+json+sd-jwt', 'PROOF_MALFORMED'],
])('the type %s over it', async (typ, code) => {
  const [got] = await judge(await sdJwtOf(withName, [shown], { typ }))
  expect(['PROOF_FORMAT_UNKNOWN', 'PROOF_MALFORMED', 'INPUT_MALFORMED']).toContain(got)
  expect(code).not.toBe('valid')
})

describe('a part of what a verifier decides on, that the holder could withhold', () => {
  const entry = (list: string) => ({
    id: `https://${list}.example/1#4`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '4',
    statusListCredential: `https://${list}.example/1`,
  })
  const hidden = disclosure(entry('x'))
  const size = disclosure('statusSize', 2)
  const type = disclosure('OpenBadgeCredential')

  it.each<readonly [string, object, string]>([
    ['the only status', { credentialStatus: [{ '...': digestOf(hidden) }] }, hidden],
    ['one status of two', { credentialStatus: [entry('y'), { '...': digestOf(hidden) }] }, hidden],
    ['a member of a status', { credentialStatus: { ...entry('x'), _sd: [digestOf(size)] } }, size],
    ['a type', { type: ['VerifiableCredential', { '...': digestOf(type) }] }, type],
  ])('%s', async (_what, torn, disclosed) => {
    const whole = { ...payload, name, ...torn }
    expect(await judge(await sdJwtOf(whole, [disclosed]))).toEqual(['PROOF_MALFORMED'])
    expect(await judge(await sdJwtOf(whole, []))).toEqual(['PROOF_MALFORMED'])
  })

  it('a member of the issuer or of the subject may be withheld', async () => {
    const more = disclosure('email', 'a@school.example')
    const issuer = { id: school.controller, type: ['Profile'], _sd: [digestOf(more)] }
    expect(await judge(await sdJwtOf({ ...payload, name, issuer }, []))).toEqual(['valid'])
    const credentialSubject = { ...(payload['credentialSubject'] as object), _sd: [digestOf(more)] }
    expect(await judge(await sdJwtOf({ ...payload, name, credentialSubject }, []))).toEqual(['valid'])
  })
})
