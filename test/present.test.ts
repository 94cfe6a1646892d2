/** What `present` binds, refuses and promises. */

import { type CredentialError, ed25519Signature2020, generateKey, present, verify, withoutChallenge } from 'testamur'
import { describe, expect, it } from 'vitest'
import {
  badge,
  challenge,
  copyOf,
  edit,
  issued11,
  judgePresentation,
  kms,
  learner,
  now,
  presented,
  signedBadge,
  thief,
} from './helpers/fixtures.ts'

const credential = await signedBadge()
const empty = await presented([])

async function refusal(options: object): Promise<string> {
  return present({ credentials: [credential], key: learner, challenge, now, ...options }).then(
    () => 'was not refused',
    (error: CredentialError) => `${error.code}: ${error.message}`,
  )
}

describe('present', () => {
  it('binds to holder, challenge, domain and time', async () => {
    const made = await presented([credential], { domain: 'hr.example' })
    expect(made).toMatchObject({
      type: ['VerifiablePresentation'],
      holder: learner.controller,
      verifiableCredential: [credential],
      proof: { proofPurpose: 'authentication', challenge, domain: 'hr.example', created: '2026-11-22T12:00:00Z' },
    })
    expect(await judgePresentation(made, { domain: 'hr.example' })).toEqual(['valid'])
  })

  it('says by name when it answers no challenge', async () => {
    const made = await presented([credential], { challenge: withoutChallenge })
    expect(made['proof']).not.toHaveProperty('challenge')
    const report = await verify({ presentation: made, challenge: withoutChallenge, now })
    expect(report.verified).toBe(true)
    expect(report.checks).toContainEqual(expect.objectContaining({ name: 'challenge', outcome: 'skipped' }))
  })

  it.each([undefined, '', 7, null, Symbol('testamur.withoutChallenge')])('needs a challenge, not %s', async (given) => {
    expect(await refusal({ challenge: given })).toMatch(/^OPTION_INVALID: present: give the challenge/)
  })

  it.each(['', 7, null])('the domain may not be %j', async (domain) => {
    expect(await refusal({ domain })).toMatch(/^OPTION_INVALID: present: domain/)
  })

  it('takes no credentials at all: then only control of the key is shown', async () => {
    const report = await verify({ presentation: await presented([]), challenge, now })
    expect(report).toMatchObject({ verified: true, holder: learner.controller, credentials: [] })
    expect(report.checks).toContainEqual(expect.objectContaining({ name: 'contents', outcome: 'skipped' }))
  })

  it('takes credentials as JSON text', async () => {
    const made = copyOf(await present({ credentials: [JSON.stringify(credential)], key: learner, challenge, now }))
    expect(made['verifiableCredential']).toEqual([credential])
    expect(await judgePresentation(made)).toEqual(['valid'])
  })

  it.each([
    ['an unsigned credential', badge(), 'CREDENTIAL_MALFORMED: present: credentials[0] has no proof'],
    ['a presentation', empty, 'OPTION_INVALID: present: credentials[0] is not a credential'],
    ['a number', 7, 'OPTION_INVALID: present: credentials[0]'],
    ['text that is no JSON', 'badge', 'OPTION_INVALID: present: credentials[0] is neither JSON nor a JWT'],
    ['null', null, 'OPTION_INVALID: present: credentials[0]'],
  ])('refuses %s among its credentials', async (_name, each, message) => {
    expect(await refusal({ credentials: [each] })).toContain(message)
  })

  it.each([undefined, credential, '[]', 7])('credentials must be a list, not %#', async (credentials) => {
    expect(await refusal({ credentials })).toMatch(/^OPTION_INVALID: present: credentials must be a list/)
  })

  it.each(['credential', 'holder', 'nonce', 'audience'])('the option %s is not known', async (name) => {
    expect(await refusal({ [name]: 'x' })).toMatch(new RegExp(`^OPTION_INVALID: .*"${name}"`))
  })

  it('holds credentials of both versions, and may be of either version itself', async () => {
    const older = await issued11()
    expect(await judgePresentation(await presented([credential, older]))).toEqual(['valid'])
    const made = await presented([older], { dataModel: '1.1' })
    expect(made['@context']).toContain('https://www.w3.org/2018/credentials/v1')
    expect(await judgePresentation(made)).toEqual(['valid'])
  })

  it('signs in every format, with every kind of key', async () => {
    const key = await generateKey({ algorithm: 'P-256', seed: new Uint8Array(32).fill(6) })
    expect(await judgePresentation(await presented([], { key }))).toEqual(['valid'])
    expect(await judgePresentation(await presented([credential], { key: kms(learner) }))).toEqual(['valid'])
    expect(await judgePresentation(await presented([credential], { format: ed25519Signature2020() }))).toEqual([
      'valid',
    ])
  })

  it('finds out a signer that holds another key', async () => {
    expect(await refusal({ key: { ...kms(learner), sign: thief.sign } })).toMatch(/^SIGNATURE_WRONG/)
  })

  it('does not change its credentials, and may be given frozen ones', async () => {
    const input = Object.freeze(copyOf(credential))
    const made = await presented([input])
    expect(input).toEqual(credential)
    expect(await judgePresentation(made)).toEqual(['valid'])
    expect(await judgePresentation(edit(made, '/verifiableCredential/0/name', 'Doctorate'))).not.toContain('valid')
  })
})
