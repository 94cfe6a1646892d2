import { issue, openBadge, present, presentSdJwt, vcJose, vcJwt, vcSdJwt, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import {
  badge,
  challenge,
  judge,
  judgePresentation,
  learner,
  now,
  presented,
  school,
  thief,
} from '../helpers/fixtures.ts'
import { headerOf, payloadOf } from '../helpers/jwt.ts'

const domain = 'https://hr.example'
const results = [
  { type: ['Result'], resultDescription: 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c10', value: 'A' },
  { type: ['Result'], resultDescription: 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c11', value: '97' },
]
const credential = { ...badge(), credentialSubject: { ...badge().credentialSubject, result: results } }
const disclosable = [
  '/name',
  '/credentialSubject/result/0',
  '/credentialSubject/result/1',
  '/credentialSubject/achievement/description',
]
const text = await issue({ credential, key: school, now, format: vcSdJwt({ disclosable }), conformance: 'noted' })
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    ({ code }) => code,
  )

/** The credential that a verifier reads. */
async function shown(reveal?: readonly string[]) {
  const presentation = await presentSdJwt({
    credential: text,
    key: learner,
    challenge,
    domain,
    now,
    ...(reveal && { reveal }),
  })
  const report = await verify({ presentation, challenge, domain, now })
  const [inner] = report.credentials
  return inner?.verified ? inner.credential : report.checks
}

describe('vcSdJwt', () => {
  it('issues what verifies with all, some and none of its disclosures', async () => {
    expect(await judge(text)).toEqual(['valid'])
    const [jwt, ...disclosures] = text.slice(0, -1).split('~')
    expect(disclosures).toHaveLength(4)
    expect(await judge(`${jwt}~`)).toEqual(['valid'])
    expect(await judge(`${jwt}~${disclosures[2]}~`)).toEqual(['valid'])
    expect(await judge(`${jwt}~${disclosures.toReversed().join('~')}~`)).toEqual(['valid'])
  })

  it('gives back the credential that was issued', async () => {
    const report = await verify({ credential: text, now })
    expect(report.verified && report.credential).toEqual({ ...credential, issuer: school.controller })
    expect(report).toMatchObject({ envelope: { mediaType: 'application/vc+sd-jwt', text } })
  })

  it('writes no value in the clear that can be withheld', () => {
    const payload = JSON.stringify(payloadOf(text))
    for (const value of ['Welds steel', '"97"', '"name":"Welding"']) expect(payload).not.toContain(value)
    expect(payloadOf(text)).toMatchObject({ _sd_alg: 'sha-256', cnf: { kid: learner.id } })
    expect(headerOf(text)).toEqual({ alg: 'EdDSA', kid: school.id, typ: 'vc+sd-jwt', cty: 'vc' })
  })

  it('is salted: the same credential is never the same text', async () => {
    const again = await issue({ credential, key: school, now, format: vcSdJwt({ disclosable }), conformance: 'noted' })
    expect(payloadOf(again)['_sd']).not.toEqual(payloadOf(text)['_sd'])
  })

  it.each([
    '/issuer',
    '/type',
    '/@context',
    '/id',
    '/validFrom',
    '/credentialSubject',
    '/credentialSubject/id',
    '/credentialSubject/achievement/type',
    '/credentialSubject/result/0/value',
    '/nothing',
    'name',
  ])('does not let %s be withheld', async (pointer) => {
    const format = vcSdJwt({ disclosable: [pointer] })
    expect(await codeOf(issue({ credential, key: school, now, format, conformance: 'noted' }))).toBe('OPTION_INVALID')
  })

  it('nor an end date, a status or a schema', async () => {
    const more = {
      validUntil: '2027-01-01T00:00:00Z',
      credentialStatus: { id: 'https://x.example/1#1', type: 'Unknown' },
      credentialSchema: { id: 'https://x.example/schema', type: 'JsonSchema' },
    }
    for (const name of Object.keys(more)) {
      const format = vcSdJwt({ disclosable: [`/${name}`] })
      const promise = issue({ credential: { ...credential, ...more }, key: school, now, format, conformance: 'noted' })
      expect(await codeOf(promise)).toMatch(/OPTION_INVALID|CREDENTIAL_MALFORMED/)
    }
  })

  it('is for data model 2.0, and its option is a list of text', async () => {
    const old = {
      '@context': ['https://www.w3.org/2018/credentials/v1'],
      type: ['VerifiableCredential'],
      credentialSubject: { id: 'urn:x:1' },
    }
    expect(await codeOf(issue({ credential: old, key: school, now, format: vcSdJwt() }))).toBe('OPTION_INVALID')
    expect(() => vcSdJwt({ disclosable: '/name' as unknown as string[] })).toThrow(/list of JSON Pointers/)
  })
})

describe('presentSdJwt', () => {
  it('shows everything, or only what is named', async () => {
    expect(await shown()).toMatchObject({ name: 'Welding', credentialSubject: { result: results } })
    const one = await shown(['/credentialSubject/result/1'])
    expect(one).toMatchObject({ credentialSubject: { result: [results[1]] } })
    expect(one).not.toHaveProperty('name')
    const none = await shown([])
    expect(none).toMatchObject({ credentialSubject: { id: learner.controller, result: [] } })
  })

  it('shows what is inside and around what is named', async () => {
    expect(await shown(['/credentialSubject'])).toMatchObject({ credentialSubject: { result: results } })
    expect(await shown(['/credentialSubject/result/0/value'])).toMatchObject({
      credentialSubject: { result: [results[0]] },
    })
  })

  it.each([
    ['a pointer to nothing', { reveal: ['/credentialSubject/grade'] }],
    ['a pointer to what every object has', { reveal: ['/constructor'] }],
    ["another's key", { key: thief }],
    ['no challenge', { challenge: '' }],
    ['no domain', { domain: undefined as unknown as string }],
    ['what is no SD-JWT', { credential: 'hello' }],
  ])('refuses %s', async (_name, change) => {
    const options = { credential: text, key: learner, challenge, domain, now, ...change }
    expect(await codeOf(presentSdJwt(options))).toBe('OPTION_INVALID')
  })

  it('refuses a credential that names no key', async () => {
    const { credentialSubject: _, ...rest } = openBadge({
      name: 'Welding',
      recipient: { email: 'ada@school.example' },
      achievement: { name: 'Welding', description: 'Welds.', criteria: 'Exam.' },
    })
    const anonymous = { ...rest, credentialSubject: _ }
    const bearer = await issue({ credential: anonymous, key: school, now, format: vcSdJwt() })
    expect(await judge(bearer)).toEqual(['valid'])
    expect(await codeOf(presentSdJwt({ credential: bearer, key: learner, challenge, domain }))).toBe('OPTION_INVALID')
  })
})

it('an SD-JWT goes into any presentation as well', async () => {
  expect(await judgePresentation(await presented([text]))).toEqual(['valid'])
  const report = await verify({ credential: text, now })
  if (!report.verified) throw new Error('not verified')
  expect(await judgePresentation(await presented([report.credential]))).toEqual(['valid'])
  const options = { credentials: [report.credential, text], key: learner, challenge, now }
  for (const format of [vcSdJwt(), vcJose(), vcJwt()]) {
    expect(await judgePresentation(await present({ ...options, format }))).toEqual(['valid'])
  }
})
