/** Attack: a JWT made for one use is shown for another (RFC 8725 section 3.11), or shown again, or to somebody else. */

import { present, vcJose, vcJwt, verify, withoutChallenge } from 'testamur'
import { describe, expect, it } from 'vitest'
import { challenge, codesOf, judge, judgePresentation, learner, now, school, thief } from '../helpers/fixtures.ts'
import { forge, joseBadge, jwtBadge, payloadOf } from '../helpers/jwt.ts'

const [jwt, jose] = [await jwtBadge(), await joseBadge()]

describe.each([
  ['vp+jwt', vcJose(), '2.0'],
  ['VC-JWT of 2.0', vcJwt(), '2.0'],
  ['VC-JWT of 1.1', vcJwt(), '1.1'],
] as const)('a presentation as %s', async (_name, format, dataModel) => {
  const options = { credentials: [jwt, jose], key: learner, challenge, domain: 'hr.example', format, dataModel, now }
  const good = await present(options)
  const header = dataModel === '2.0' && format.name === 'vc+jwt' ? { typ: 'vp+jwt' } : {}

  it('is good for whom and what it was made for', async () => {
    const report = await verify({ presentation: good, challenge, domain: 'hr.example', now })
    expect(codesOf(report)).toEqual(['valid'])
    expect(report).toMatchObject({ holder: learner.controller, envelope: { text: good } })
    expect(report.credentials).toHaveLength(2)
    expect(report.credentials.map((each) => each.verified && each.envelope?.text)).toEqual([jwt, jose])
  })

  it('is not good again, or for another verifier', async () => {
    expect(await judgePresentation(good, { challenge: 'another' })).toEqual(['CHALLENGE_MISMATCH'])
    expect(await judgePresentation(good, { domain: 'other.example' })).toEqual(['DOMAIN_MISMATCH'])
    const { nonce: _, ...without } = payloadOf(good)
    expect(await judgePresentation(await forge(without, header, learner))).toEqual(['CHALLENGE_MISMATCH'])
    expect(await judgePresentation(await forge(without, header, learner), { challenge: withoutChallenge })).toEqual([
      'valid',
    ])
  })

  it('is not good before or after its own time', async () => {
    const at = (time: object) => forge({ ...payloadOf(good), ...time }, header, learner)
    expect(await judgePresentation(await at({ exp: now.getTime() / 1000 - 600 }))).toEqual(['EXPIRED'])
    expect(await judgePresentation(await at({ nbf: now.getTime() / 1000 + 600 }))).toEqual(['NOT_YET_VALID'])
    expect(await judgePresentation(await at({ exp: now.getTime() / 1000 + 600 }))).toEqual(['valid'])
  })

  it("is not good under the thief's name", async () => {
    const stolen = { ...payloadOf(good), iss: thief.controller }
    expect(await judgePresentation(await forge(stolen, header, thief))).toContain('HOLDER_MISMATCH')
    expect(await judgePresentation(await present({ ...options, key: thief }))).toEqual([
      'CONTENT_INVALID',
      'CONTENT_INVALID',
    ])
  })

  it('is no credential', async () => {
    expect(await judge(good)).toEqual(['CREDENTIAL_MALFORMED'])
  })
})

it.each([
  ['VC-JWT', jwt],
  ['vc+jwt', jose],
])('a credential as %s is no presentation', async (_name, text) => {
  expect(await judgePresentation(text)).toEqual(['PRESENTATION_MALFORMED'])
})

it('a type that says one thing over a document that is another', async () => {
  const presentation = { ...payloadOf(jose), type: ['VerifiablePresentation'] }
  expect(await judge(await forge(presentation, { typ: 'vc+jwt' }))).toEqual(['PROOF_MALFORMED'])
  expect(await judgePresentation(await forge(payloadOf(jose), { typ: 'vp+jwt' }))).toEqual(['PROOF_MALFORMED'])
  for (const cty of ['vp', 'application/VP', 'vp+ld+json', 7, {}, { toString: 7 }]) {
    expect(await judge(await forge(payloadOf(jose), { typ: 'vc+jwt', cty }))).toEqual(['PROOF_MALFORMED'])
  }
  const vp = { ...presentation, holder: school.controller, issuer: undefined, nonce: challenge }
  for (const cty of ['vc', 'application/vc', 'vc+ld+json']) {
    expect(await judgePresentation(await forge(vp, { typ: 'vp+jwt', cty }))).toEqual(['PROOF_MALFORMED'])
  }
  expect(await judgePresentation(await forge(vp, { typ: 'vp+jwt', cty: 'vp+ld+json' }))).toEqual(['valid'])
  expect(await judge(await forge(payloadOf(jose), { typ: 'application/VC+JWT', cty: 'vc' }))).toEqual(['valid'])
})

it('content that is told more closely', async () => {
  for (const cty of ['vc+ld+json', 'application/vc+ld+json', 'openbadge+json', 'json']) {
    expect(await judge(await forge(payloadOf(jose), { typ: 'vc+jwt', cty }))).toEqual(['valid'])
    expect(await judgePresentation(await forge(payloadOf(jose), { typ: 'vc+jwt', cty }))).toEqual([
      'PRESENTATION_MALFORMED',
    ])
  }
})

describe('names that the types had in drafts of the specification', () => {
  const context = 'https://www.w3.org/ns/credentials/v2'
  const names = ['vc+ld+jwt', 'vc+ld+json+jwt', 'application/VC+LD+JSON+JWT']

  it.each(names)('%s is vc+jwt, by the same rules', async (typ) => {
    expect(await judge(await forge(payloadOf(jose), { typ }))).toEqual(['valid'])
    expect(await judgePresentation(await forge(payloadOf(jose), { typ }))).toEqual(['PRESENTATION_MALFORMED'])
    expect(await judge(await forge(payloadOf(jose), { typ }, thief))).toEqual(['ISSUER_MISMATCH'])
    expect(await judge(await forge({ vc: payloadOf(jose) }, { typ }))).toEqual(['PROOF_MALFORMED'])
    const presentation = { ...payloadOf(jose), type: ['VerifiablePresentation'] }
    expect(await judge(await forge(presentation, { typ }))).toEqual(['PROOF_MALFORMED'])
  })

  it('vp+ld+json+jwt is vp+jwt, and no credential', async () => {
    const vp = { '@context': [context], type: ['VerifiablePresentation'], holder: learner.controller, nonce: challenge }
    const text = await forge(vp, { typ: 'vp+ld+json+jwt' }, learner)
    expect(await judgePresentation(text)).toEqual(['valid'])
    expect(await judge(text)).toEqual(['CREDENTIAL_MALFORMED'])
    expect(await judgePresentation(await forge(payloadOf(jose), { typ: 'vp+ld+json+jwt' }))).toEqual([
      'PROOF_MALFORMED',
    ])
  })

  it('may stand in the data URL too', async () => {
    const enveloped = (id: string) => ({ '@context': context, type: 'EnvelopedVerifiableCredential', id })
    const old = await forge(payloadOf(jose), { typ: 'vc+ld+json+jwt' })
    for (const text of [jose, old]) {
      for (const name of ['vc+ld+json+jwt', 'vc+ld+jwt', 'vc+jwt']) {
        expect(await judge(enveloped(`data:application/${name},${text}`))).toEqual(['valid'])
      }
      expect(await judge(enveloped(`data:application/vp+ld+jwt,${text}`))).toEqual(['PROOF_MALFORMED'])
    }
  })

  it.each(['kb+ld+jwt', 'statuslist+ld+jwt', 'vc+ld', 'vc+ld+json', 'vc+ld+ld+jwt', 'xvc+ld+jwt', 'vc+ld+jwt+x'])(
    '%s never was one',
    async (typ) => {
      expect(await judge(await forge(payloadOf(jose), { typ }))).toEqual(['PROOF_FORMAT_UNKNOWN'])
    },
  )
})

it('both at once is neither', async () => {
  const both = { ...payloadOf(jwt), type: ['VerifiableCredential', 'VerifiablePresentation'] }
  expect(await judge(await forge(both))).toEqual(['PROOF_MALFORMED'])
  expect(await judgePresentation(await forge(both))).toEqual(['PROOF_MALFORMED'])
})

it.each([
  ['an access token', { typ: 'at+jwt' }, 'PROOF_FORMAT_UNKNOWN'],
  ['a key binding', { typ: 'kb+jwt' }, 'PROOF_FORMAT_UNKNOWN'],
  ['an ID token', { typ: 'JWT' }, 'PROOF_MALFORMED'],
])('%s is no credential', async (_name, header, code) => {
  const token = { iss: school.controller, sub: learner.controller, aud: 'client', exp: 4102444800, nonce: 'n' }
  expect(await judge(await forge(token, header))).toEqual([code])
})
