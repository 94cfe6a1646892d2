/** Presentations over HTTP: made by the tenant's holder, and verified. */

import { endorsement, issue, type PresentationReport, vcJose, verify, withoutChallenge } from 'testamur'
import { type HttpTenant, httpHandler, withoutAuthentication } from 'testamur/http'
import { describe, expect, it } from 'vitest'
import {
  badge,
  challenge,
  edit,
  learner,
  plainCredential,
  presented,
  school,
  signed,
  signedBadge,
  thief,
} from '../helpers/fixtures.ts'
import { proofOver } from '../helpers/hand-made.ts'
import { post } from '../helpers/http.ts'

const now = () => new Date('2026-11-22T12:00:00Z')
const open = (tenant: HttpTenant) => httpHandler({ tenant, authenticate: withoutAuthentication, now })
const vc2 = 'https://www.w3.org/ns/credentials/v2'
const bare = { '@context': [vc2], type: ['VerifiablePresentation'] }

describe('create', () => {
  const handle = open({ holder: { key: learner } })
  const options = { challenge, domain: 'hr.example' }

  it('answers 201 with a presentation that verifies', async () => {
    const jwt = await issue({ credential: badge(), key: school, now: now(), format: vcJose() })
    const enveloped = { '@context': vc2, type: 'EnvelopedVerifiableCredential', id: `data:application/vc+jwt,${jwt}` }
    const presentation = { ...bare, holder: learner.controller, verifiableCredential: [await signedBadge(), enveloped] }
    const { status, body } = await post(handle, '/presentations', { presentation, options })
    expect(status).toBe(201)
    const report: PresentationReport = await verify({
      presentation: body.verifiablePresentation,
      challenge,
      domain: 'hr.example',
      now: now(),
    })
    expect([report.verdict, report.credentials.length]).toEqual(['valid', 2])
  })

  it.each([
    ['without a challenge', bare, {}, /options\.challenge/],
    ['with a member that would be lost', { ...bare, id: 'urn:a:b' }, options, /"id"/],
    ['with a type that would be lost', { ...bare, type: ['VerifiablePresentation', 'A'] }, options, /no other/],
    ['with a context that would be lost', { ...bare, '@context': [vc2, 'https://c.example'] }, options, /no other/],
    ['of somebody else', { ...bare, holder: thief.controller }, options, /who presents here/],
    ['of what is no credential', { ...bare, verifiableCredential: [{}] }, options, /not a credential/],
    ['of what nobody signed', { ...bare, verifiableCredential: plainCredential() }, options, /no proof/],
  ])('%s is refused', async (_what, presentation, given, message) => {
    const { status, body } = await post(handle, '/presentations', { presentation, options: given })
    expect(status).toBe(400)
    expect(body.detail).toMatch(message)
  })
})

describe('verify', () => {
  const handle = open({})
  const verified = (verifiablePresentation: unknown, options: object = { challenge }, to = handle) =>
    post(to, '/presentations/verify', { verifiablePresentation, options })
  const codes = async (...given: Parameters<typeof verified>) => {
    const { status, body } = await verified(...given)
    expect(status).toBe(body.errors.length === 0 ? 200 : 400)
    expect(body.verified).toBe(status === 200)
    return body.errors.map(({ code }: { code: string }) => code)
  }

  it('answers 200 with verified: true, and what each credential came to', async () => {
    const { status, body } = await verified(await presented([await signedBadge()], { domain: 'hr.example' }), {
      challenge,
      domain: 'hr.example',
      expectedProofPurpose: 'authentication',
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({ verified: true, errors: [], credentials: [{ verdict: 'valid' }] })
  })

  it('accepts an assertion proof where the tenant does, whose credentials are verified as ever', async () => {
    const { proof: _, ...unsecured } = await presented([await signedBadge()])
    const asserted = { ...unsecured, proof: await proofOver(unsecured, learner, { challenge }) }
    const lenient = open({ verify: { acceptProofPurpose: () => true } })
    expect(await codes(asserted)).toEqual(['PROOF_PURPOSE_MISMATCH'])
    expect(await codes(asserted, { challenge }, lenient)).toEqual([])
    const verifiableCredential = await signedBadge()
    expect((await post(lenient, '/credentials/verify', { verifiableCredential })).status).toBe(200)
  })

  it('verifies endorsements that came beside it', async () => {
    const endorsed = await signedBadge()
    const praise = await signed(endorsement({ name: 'Praise', endorsed: String(endorsed['id']) }), thief)
    const { status, body } = await verified(await presented([endorsed]), { challenge, endorsements: [praise] })
    expect([status, body.endorsements]).toMatchObject([200, [{ verdict: 'valid' }]])
    const [{ checks }] = body.credentials
    expect(checks).toContainEqual(expect.objectContaining({ name: 'endorsement', outcome: 'passed' }))
  })

  it('refuses what is another’s, for another, or an old one', async () => {
    const good = await presented([await signedBadge()], { domain: 'hr.example' })
    expect(await codes(good, { challenge: 'decaf' })).toEqual(['CHALLENGE_MISMATCH'])
    expect(await codes(good, { challenge, domain: 'b.example' })).toEqual(['DOMAIN_MISMATCH'])
    expect(await codes(await presented([await signedBadge()], { key: thief }))).toContain('CONTENT_INVALID')
    expect(await codes(edit(good, '/proof'))).toEqual(['PROOF_MISSING'])
    expect(await codes(edit(good, '/holder', thief.controller))).toEqual(['PROOF_INVALID'])
    expect(await codes(await signedBadge())).toEqual(['PRESENTATION_MALFORMED'])
    expect(await codes(bare)).toEqual(['PROOF_MISSING'])
  })

  it('asks for a challenge, unless the operator wants none', async () => {
    const presentation = await presented([], { challenge: withoutChallenge })
    expect((await verified(presentation, {})).body.detail).toMatch(/options\.challenge/)
    const relaxed = open({ verify: { challenge: withoutChallenge } })
    expect(await codes(presentation, {}, relaxed)).toEqual([])
    expect(await codes(presentation, { challenge }, relaxed)).toEqual(['CHALLENGE_MISMATCH'])
    expect((await verified(presentation, { challenge, expectedProofPurpose: 'assertionMethod' })).status).toBe(400)
  })

  it('may let the proofs alone decide, of the presentation and of what is in it', async () => {
    const proof = { challenge, checks: ['proof'] }
    const late = await signedBadge({ validUntil: '2026-10-01T00:00:00Z' })
    const of = async (credential: object) => presented([credential])
    expect(await codes(await of(late))).toEqual(['CONTENT_INVALID', 'EXPIRED'])
    const { status, body } = await verified(await of(late), proof)
    expect([status, body.warnings.map(({ code }: { code: string }) => code)]).toEqual([
      200,
      ['CONTENT_INVALID', 'EXPIRED'],
    ])
    expect(await codes(await of(edit(late, '/name', 'Wielding')), proof)).toEqual(['PROOF_INVALID'])
    expect(
      await codes(await of(await signed(plainCredential({ credentialSubject: { id: 'did:example:b' } }))), proof),
    ).toEqual([])
    expect(await codes(await of(late), { ...proof, challenge: 'decaf' })).toEqual(['CHALLENGE_MISMATCH'])
  })

  it('takes signed text', async () => {
    const jwt = await presented([await signedBadge()], {})
    expect(await codes(jwt)).toEqual([])
    expect(
      await codes({ '@context': [], type: 'EnvelopedVerifiablePresentation', id: 'data:application/vp+jwt,e.y.z' }),
    ).toEqual(['PRESENTATION_MALFORMED'])
  })
})
