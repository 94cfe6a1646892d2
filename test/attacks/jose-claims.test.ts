/** Attack: the claims of a JWT say something else than the credential in it, so that two readers see two credentials. */

import { describe, expect, it } from 'vitest'
import { edit, judge, learner, now, school, thief } from '../helpers/fixtures.ts'
import { forge, headerOf, joseBadge, jwtBadge, part, payloadOf } from '../helpers/jwt.ts'

const jwt = payloadOf(await jwtBadge({ validUntil: '2027-09-01T00:00:00Z' }))
const jose = payloadOf(await joseBadge())
const seconds = (date: string) => Date.parse(date) / 1000

describe.each([
  ['VC-JWT', jwt, {}],
  ['vc+jwt', jose, { typ: 'vc+jwt' }],
])('%s', (_name, payload, header) => {
  it.each([
    ['another id', { jti: 'urn:uuid:1' }, 'CLAIM_MISMATCH'],
    ['another subject', { sub: thief.controller }, 'CLAIM_MISMATCH'],
    ['another issuer', { iss: thief.controller }, 'CONTROLLER_MISMATCH'],
    ['a later start', { nbf: seconds('2027-01-01T00:00:00Z') }, 'NOT_YET_VALID'],
    ['an earlier end', { exp: seconds('2026-10-01T00:00:00Z') }, 'EXPIRED'],
    ['an issuer that is no text', { iss: [school.controller] }, 'PROOF_MALFORMED'],
    ['an end that is no number', { exp: '1799999999' }, 'PROOF_MALFORMED'],
    ['an end before 1970', { exp: -1 }, 'EXPIRED'],
    ['an end before all time', { exp: seconds('0000-01-01T00:00:00Z') - 1 }, 'PROOF_MALFORMED'],
    ['an end after all time', { exp: 1e15 }, 'PROOF_MALFORMED'],
    ['a start before all time', { nbf: -1e15 }, 'PROOF_MALFORMED'],
    ['an addressee that is no text', { aud: [7] }, 'PROOF_MALFORMED'],
  ])('%s', async (_what, claims, code) => {
    const codes = await judge(await forge({ ...payload, ...claims }, header))
    expect(codes).toContain(code)
    expect(codes).not.toContain('valid')
  })

  it('a start before 1970 is one', async () => {
    const { validFrom: _, nbf: __, ...open } = payload
    for (const nbf of [-1, seconds('1965-06-15T00:00:00Z'), seconds('0000-01-01T00:00:00Z')]) {
      expect(await judge(await forge({ ...open, nbf }, header))).toEqual(['valid'])
    }
  })

  it('claims that say the same are good, and so is none', async () => {
    const same = { jti: payload['id'], sub: learner.controller, iss: school.controller, iat: 1 }
    expect(await judge(await forge({ ...payload, ...same }, header))).toEqual(['valid'])
    const { jti: _, sub: __, iss: ___, nbf: ____, exp: _____, ...bare } = payload
    expect(await judge(await forge(bare, header))).toEqual(['valid'])
  })

  it.each(['vc', 'vp'])('a claim %s beside it, which other readers would take for what was signed', async (name) => {
    const context = payload['@context']
    for (const other of [
      { '@context': context, type: ['VerifiableCredential'] },
      { type: payload['type'] },
      'vc',
      [],
    ]) {
      const codes = await judge(await forge({ ...payload, [name]: other }, header))
      expect(['PROOF_MALFORMED', 'CLAIM_MISMATCH', 'CREDENTIAL_MALFORMED']).toContain(codes[0])
    }
  })

  it('a status of the token, whose list is not at hand', async () => {
    const revocable = await forge(
      { ...payload, status: { status_list: { idx: 4, uri: 'https://x.example/1' } } },
      header,
    )
    expect(await judge(revocable)).toEqual(['STATUS_UNAVAILABLE'])
    expect(await judge(revocable, { skip: ['status'] })).toEqual(['valid'])
  })

  it('a claim twice', async () => {
    const text = JSON.stringify(payload).replace('{', `{"jti":"urn:uuid:1",`)
    const doubled = text.includes('"jti":"urn:uuid:0') ? text : text.replace('{', '{"jti":"urn:uuid:0",')
    const signature = (await forge(payload, header)).split('.')[2]
    expect(
      await judge(`${part({ alg: 'EdDSA', kid: school.id, typ: 'JWT', ...header })}.${part(doubled)}.${signature}`),
    ).toEqual(['MEMBER_DUPLICATE'])
  })
})

it('the end that the credential names holds as well as that of the claim', async () => {
  const ended = { ...jwt, validUntil: '2026-10-01T00:00:00Z' }
  expect(await judge(await forge(ended))).toEqual(['EXPIRED'])
  const { validUntil: _, ...open } = jwt
  expect(await judge(await forge({ ...open, exp: seconds('2026-10-01T00:00:00Z') }))).toEqual(['EXPIRED'])
  expect(await judge(await forge({ ...open, exp: now.getTime() / 1000 - 30 }))).toEqual(['valid'])
})

describe('the claim vc', () => {
  const vc = {
    '@context': ['https://www.w3.org/2018/credentials/v1'],
    id: 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c05',
    type: ['VerifiableCredential'],
    issuer: school.controller,
    issuanceDate: '2026-09-01T00:00:00Z',
    credentialSubject: { id: learner.controller, name: 'Ada' },
  }

  it('is read, and claims fill in what it lacks', async () => {
    expect(await judge(await forge({ vc }))).toEqual(['valid'])
    const claims = { iss: school.controller, nbf: seconds(vc.issuanceDate), sub: learner.controller, jti: vc.id }
    const { id: _, issuer: __, issuanceDate: ___, ...rest } = vc
    expect(await judge(await forge({ ...claims, vc: { ...rest, credentialSubject: { name: 'Ada' } } }))).toEqual([
      'valid',
    ])
    expect(await judge(await forge({ vc: rest }))).toEqual(['CREDENTIAL_MALFORMED', 'CREDENTIAL_MALFORMED'])
  })

  it.each([
    ['another subject beside it', { sub: thief.controller }, 'CLAIM_MISMATCH'],
    ['another id beside it', { jti: 'urn:uuid:1' }, 'CLAIM_MISMATCH'],
    ['another type beside it', { type: ['VerifiableCredential', 'OpenBadgeCredential'] }, 'CLAIM_MISMATCH'],
    ['another subject as member', { credentialSubject: { id: thief.controller } }, 'CLAIM_MISMATCH'],
    ['an end date beside it', { expirationDate: '2026-10-01T00:00:00Z' }, 'EXPIRED'],
    ['an end date of the new model beside it', { validUntil: '2026-10-01T00:00:00Z' }, 'EXPIRED'],
    ['a status beside it', { credentialStatus: { id: 'https://x.example/1', type: 'Unknown' } }, 'STATUS_UNAVAILABLE'],
    ['a presentation beside it', { vp: { type: ['VerifiablePresentation'] } }, 'PROOF_MALFORMED'],
  ])('%s', async (_name, claims, code) => {
    const codes = await judge(await forge({ ...claims, vc }))
    expect(codes).toContain(code)
  })

  it('holds data model 2.0 whole or not at all, and nothing is filled in there', async () => {
    const whole = jose
    expect(await judge(await forge({ vc: whole, iss: school.controller, jti: jose['id'] }))).toEqual(['valid'])
    expect(await judge(await forge({ vc: whole, iss: learner.controller }))).not.toEqual(['valid'])
    expect(await judge(await forge({ vc: edit(whole, '/issuer'), iss: school.controller }))).toEqual([
      'CREDENTIAL_MALFORMED',
    ])
    for (const name of ['@context', 'validUntil', 'credentialStatus', 'relatedResource'] as const) {
      const beside = { [name]: (whole as Record<string, unknown>)[name] ?? {} }
      expect(await judge(await forge({ vc: whole, ...beside }))).toEqual(['PROOF_MALFORMED'])
    }
  })

  it('is not for vc+jwt, and holds an object', async () => {
    expect(await judge(await forge(vc, { typ: 'vc+jwt' }))).toEqual(['PROOF_MALFORMED'])
    expect(await judge(await forge({ vc: 'VerifiableCredential' }))).toEqual(['PROOF_MALFORMED'])
  })

  it('the data model is that of the first context, in whatever order', async () => {
    const contexts = ['https://www.w3.org/ns/credentials/examples/v2', ...vc['@context']]
    expect(await judge(await forge({ vc: edit(vc, '/@context', contexts) }))).toEqual(['CREDENTIAL_MALFORMED'])
    const unknown = [...vc['@context'], 'https://nobody.example/context']
    expect(await judge(await forge({ vc: edit(vc, '/@context', unknown) }))).toEqual(['valid'])
  })
})

it('the header of the badge is what the certification of Open Badges names, and no more', async () => {
  expect(Object.keys(headerOf(await jwtBadge())).sort()).toEqual(['alg', 'kid', 'typ'])
})
