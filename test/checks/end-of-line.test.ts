/** Where a check stops the line: nothing that is not proven leads to a look-up or to another check. */

import { createDidResolver, didKey, present, type VerifySettings, vcJose, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import {
  challenge,
  edit,
  judge,
  learner,
  now,
  presented,
  recordOf,
  school,
  signedBadge,
  thief,
  withProof,
} from '../helpers/fixtures.ts'
import { forge, headerOf, joseBadge, payloadOf } from '../helpers/jwt.ts'

const good = await signedBadge()
const record = await recordOf([good, good])
const shown = await presented([good, good])
const jose = await joseBadge()
const joseShown = (await present({
  credentials: [good, good],
  key: learner,
  challenge,
  now,
  format: vcJose(),
})) as unknown as string
const { proof: _, ...unproven } = good
const strangers = await withProof(unproven, thief)

const resolve = createDidResolver({ key: didKey() })

async function lineOf(input: object, more: VerifySettings = {}) {
  const asked: string[] = []
  const resolveDid = (did: string) => {
    asked.push(did)
    return resolve(did)
  }
  const report = await verify({ now, resolveDid, ...input, ...more } as Parameters<typeof verify>[0])
  return { report, asked, line: report.checks.map(({ name, outcome }) => `${name} ${outcome}`) }
}
const credential = (document: unknown) => ({ credential: document })
const presentation = (document: unknown) => ({ presentation: document, challenge })
const changed = (text: string) => text.replace(/\.[\w-]+$/, (signature) => `${signature.slice(0, -6)}AAAAAA`)

describe('before the proof', async () => {
  it.each<[string, object, string, VerifySettings?]>([
    ['a malformed credential', credential(edit(good, '/issuer')), 'structure failed'],
    ['a credential of too many', credential(record), 'contents failed', { limits: { credentials: 1 } }],
    [
      'a malformed JWT',
      credential(await forge({ ...payloadOf(jose), credentialSubject: 7 }, headerOf(jose))),
      'structure failed',
    ],
    [
      'a JWT of too many',
      credential(await forge({ ...payloadOf(jose), endorsement: [good, good] }, headerOf(jose))),
      'contents failed',
      { limits: { credentials: 1 } },
    ],
    ['a malformed presentation', presentation(edit(shown, '/holder', 'nobody')), 'structure failed'],
    ['a presentation of too many', presentation(shown), 'contents failed', { limits: { credentials: 1 } }],
    [
      'a malformed presentation as JWT',
      presentation(await forge({ ...payloadOf(joseShown), holder: 'nobody' }, headerOf(joseShown), learner)),
      'structure failed',
    ],
    ['a presentation of too many as JWT', presentation(joseShown), 'contents failed', { limits: { credentials: 1 } }],
  ])('%s ends the line there, with the document as it was read', async (_name, input, first, more) => {
    const { report, asked, line } = await lineOf(input, more)
    expect(line.slice(-2)).toEqual([first, 'proof skipped'])
    expect(line.every((each) => each === first || each === 'proof skipped')).toBe(true)
    expect(asked).toEqual([])
    expect(report).toMatchObject({ verdict: 'invalid', verified: false, nested: [] })
    expect(report).toHaveProperty('unverified')
  })

  it('too many proofs are the end as well', async () => {
    const many = Array(17).fill(good['proof'])
    for (const input of [credential({ ...good, proof: many }), presentation({ ...shown, proof: many })]) {
      const { asked, line } = await lineOf(input)
      expect(line).toEqual(['proof failed', 'issuer skipped'])
      expect(asked).toEqual([])
    }
  })

  it.each([
    ['no JSON', credential('{'), 'structure failed', 'proof skipped'],
    ['no JSON', presentation('{'), 'structure failed', 'proof skipped'],
    ['a JWT without a signature', credential(jose.replace(/[\w-]+$/, '')), 'proof failed', 'issuer skipped'],
    ['a JWT without a signature', presentation(joseShown.replace(/[\w-]+$/, '')), 'proof failed', 'issuer skipped'],
  ])('what cannot be opened (%s) leaves no document', async (_name, input, first, last) => {
    const { report, asked, line } = await lineOf(input)
    expect(line).toEqual([first, last])
    expect(asked).toEqual([])
    expect(report).not.toHaveProperty('unverified')
  })
})

describe('at the proof', () => {
  it.each([
    ['a credential', credential(edit(good, '/name', 'Wielding'))],
    ['a JWT', credential(changed(jose))],
    ['a presentation', presentation(edit(shown, '/proof/created', '2020-01-01T00:00:00Z'))],
    ['a presentation as JWT', presentation(changed(joseShown))],
  ])('%s whose signature does not fit is looked at no further', async (_name, input) => {
    const { report, asked, line } = await lineOf(input)
    expect(line).toEqual(['structure passed', 'proof failed', 'issuer skipped'])
    expect(asked).toHaveLength(1)
    expect(report).toHaveProperty('unverified')
    if (report.kind === 'presentation') expect(report.credentials).toEqual([])
  })
})

describe('at the issuer', () => {
  it('what somebody else signed leads to no registry and no list', async () => {
    const asked: string[] = []
    const look = async (name: string) => {
      asked.push(name)
      return undefined
    }
    const status = { id: 'urn:x:1', type: 'BitstringStatusListEntry', statusPurpose: 'revocation' }
    const entry = { ...status, statusListIndex: '7', statusListCredential: 'https://school.example/list' }
    const forged = await withProof({ ...unproven, credentialStatus: entry }, thief)
    const { line } = await lineOf(credential(forged), { trust: look, loadStatusList: look })
    expect(line).toContain('issuer failed')
    expect(line).toContain('status skipped')
    expect(line).toContain('trust skipped')
    expect(asked).toEqual([])
    expect(await judge(forged)).toEqual(['ISSUER_MISMATCH'])
  })
})

describe('the whole report', () => {
  it('names all who signed, each once, and where credentials stand', async () => {
    const both = { ...good, proof: [good['proof'], good['proof'], strangers['proof']] }
    const { report } = await lineOf(credential(both), { acceptCosigner: () => true })
    expect(report).toMatchObject({ verified: true, signers: [school.controller, thief.controller] })
    const one = await presented([good])
    const single = await withProof({ ...edit(one, '/proof'), verifiableCredential: strangers }, learner, {
      purpose: 'authentication',
    })
    const inList = (
      await lineOf(
        presentation(
          await withProof({ ...edit(one, '/proof'), verifiableCredential: [good, strangers] }, learner, {
            purpose: 'authentication',
          }),
        ),
      )
    ).report
    const paths = (each: typeof inList) => each.checks.flatMap(({ name, path }) => (name === 'contents' ? path : []))
    expect(paths((await lineOf(presentation(single))).report)).toEqual(['/verifiableCredential'])
    expect(paths(inList)).toEqual(['/verifiableCredential/1'])
  })

  it('of a good one has nothing that is not verified, of a bad one nothing that is', async () => {
    const fine = (await lineOf(credential(good))).report
    expect(Object.keys(fine).sort()).toEqual(
      ['checks', 'credential', 'issuer', 'kind', 'nested', 'signers', 'verdict', 'verified'].sort(),
    )
    const asJwt = (await lineOf(presentation(joseShown))).report
    expect(asJwt).toMatchObject({ verified: true, envelope: { text: joseShown } })
    expect((await lineOf(presentation(shown))).report).not.toHaveProperty('envelope')
    const bad = (await lineOf(presentation(await presented([strangers], { key: learner })))).report
    expect(bad).toMatchObject({ verified: false, verdict: 'invalid', unverified: { holder: learner.controller } })
    expect(bad).not.toHaveProperty('holder')
    expect(bad).not.toHaveProperty('presentation')
  })
})
