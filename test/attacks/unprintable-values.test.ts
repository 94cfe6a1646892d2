/** Attack: a member named toString takes a value's text away, so that whoever puts it into a message or a list throws. */

import { eddsaRdfc2022, verify, verifyMany } from 'testamur'
import { decide, employer, skills } from 'testamur/records'
import { expect, it } from 'vitest'
import {
  bundledLoader,
  challenge,
  edit,
  judge,
  judgePresentation,
  learner,
  now,
  presented,
  signedBadge,
} from '../helpers/fixtures.ts'
import { forge, joseBadge, payloadOf } from '../helpers/jwt.ts'

const good = await signedBadge()
const odd = { toString: 1 }

it.each([
  '/proof/type',
  '/proof/cryptosuite',
  '/type',
  '/name',
  '/issuer',
  '/id',
  '/@context',
  '/credentialSubject/type',
])('at %s, alone or in lists: a report, not a throw', async (path) => {
  for (const value of [odd, [odd], [odd, odd], [[odd]], { '@value': odd }, { '@value': [] }, { '@value': [1] }]) {
    expect(await judge(edit(good, path, value))).not.toContain('valid')
    const inside = edit(await presented([good]), `/verifiableCredential/0${path}`, value)
    expect(await judgePresentation(inside)).not.toContain('valid')
  }
})

it('as the domain of a signed presentation: a report, not a throw', async () => {
  const document = {
    '@context': ['https://www.w3.org/ns/credentials/v2', { toString: 'https://thief.example/text' }],
    type: ['VerifiablePresentation'],
    holder: learner.controller,
  }
  const input = { document, purpose: 'authentication', created: now, challenge, loadDocument: bundledLoader } as const
  const proof = await eddsaRdfc2022().sign({ ...input, domain: [{ toString: 'x' }] as never }, learner)
  for (const domain of [undefined, 'hr.example']) {
    const report = await verify({ presentation: { ...document, proof }, challenge, now, ...(domain && { domain }) })
    expect(report.kind).toBe('presentation')
  }
})

it.each([
  () => Object.create(null),
  () => Object.assign(new Error('x'), { message: Symbol('x') }),
  () => ({ toString: 1 }),
])('thrown by a getter, a resolver, a registry or a check: a report, not a throw', async (make) => {
  const fail = () => {
    throw make()
  }
  const credential = Object.defineProperty({ ...good }, 'name', { enumerable: true, get: fail })
  expect(await judge(credential)).toEqual(['INPUT_MALFORMED'])
  expect(await judge(good, { resolveDid: fail })).toEqual(['KEY_UNAVAILABLE'])
  expect(await judge(good, { trust: fail })).toEqual(['TRUST_UNAVAILABLE'])
  expect(await judge(good, { checks: [fail] })).toEqual(['CHECK_UNAVAILABLE'])
})

it.each([
  ['EnvelopedVerifiableCredential', odd],
  ['EnvelopedVerifiableCredential', [odd]],
  ['EnvelopedVerifiablePresentation', odd],
])('as the id of an %s', async (type, id) => {
  const document = { '@context': 'https://www.w3.org/ns/credentials/v2', type, id }
  expect(await judge(document)).not.toContain('valid')
  expect(await judgePresentation(document)).not.toContain('valid')
  const around = edit(await presented([good]), '/verifiableCredential', [document])
  expect(await judgePresentation(around)).not.toContain('valid')
  const verdicts: string[] = []
  for await (const { report } of verifyMany({ credentials: [good, document, good], now })) verdicts.push(report.verdict)
  expect(verdicts).toEqual(['valid', 'invalid', 'valid'])
})

it('signed in a JWT: a name of a description, a purpose of a status, what is in an envelope', async () => {
  const payload = payloadOf(await joseBadge())
  const description = {
    id: 'urn:x:d',
    type: ['ResultDescription'],
    name: odd,
    resultType: 'Status',
    allowedValue: ['A'],
  }
  const result = { type: ['Result'], resultDescription: 'urn:x:d', value: 'B', achievedLevel: odd }
  const status = {
    type: 'BitstringStatusListEntry',
    statusPurpose: odd,
    statusListIndex: '1',
    statusListCredential: odd,
  }
  const enveloped = { '@context': payload['@context'], type: 'EnvelopedVerifiableCredential', id: odd }
  for (const [path, value] of [
    ['/credentialSubject/achievement/resultDescription', [description]],
    ['/credentialStatus', status],
    ['/credentialSubject/verifiableCredential', [enveloped]],
    ['/endorsement', [enveloped]],
    [
      '/credentialSubject/achievement/alignment',
      [{ type: ['Alignment'], targetUrl: 'https://x.example/', targetType: odd }],
    ],
  ] as const) {
    const changed = edit(edit(payload, path, value), '/credentialSubject/result', [result])
    const report = await verify({ credential: await forge(changed, { typ: 'vc+jwt' }), now })
    expect(report.checks.map((check) => 'message' in check && check.message).join()).not.toContain(
      'error in this package',
    )
    expect(() => [skills(report), decide(report, employer())]).not.toThrow()
  }
})
