/** Attack: an SD-JWT shown by somebody else, again, to another verifier, or with other disclosures than its holder bound (RFC 9901 section 7.3). */

import {
  type AcceptHolder,
  exportKey,
  issue,
  type JsonObject,
  presentSdJwt,
  vcSdJwt,
  verify,
  withoutChallenge,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/encoding/canonical-json.ts'
import {
  badge,
  challenge,
  codesOf,
  judge,
  judgePresentation,
  learner,
  now,
  school,
  thief,
} from '../helpers/fixtures.ts'
import { part, payloadOf } from '../helpers/jwt.ts'
import { bind, digestOf, disclosure, sdJwtOf } from '../helpers/sd-jwt.ts'

const domain = 'https://hr.example'
const text = await issue({ credential: badge(), key: school, now, format: vcSdJwt({ disclosable: ['/name'] }) })
const good = await presentSdJwt({ credential: text, key: learner, challenge, domain, now })
const [jwt, shown] = text.split('~') as [string, string]
const claims = { nonce: challenge, aud: domain, iat: now.getTime() / 1000 }
const present = (presentation: string, more: object = {}) => judgePresentation(presentation, { domain, ...more })

it('the presentation that is attacked is good, and says by whom it is', async () => {
  const report = await verify({ presentation: good, challenge, domain, now })
  expect(codesOf(report)).toEqual(['valid'])
  expect(report).toMatchObject({ holder: learner.controller, envelope: { text: good } })
  expect(await present(await bind(text, learner, claims))).toEqual(['valid'])
})

it('shown again, or to another verifier', async () => {
  expect(await present(good, { challenge: 'another' })).toEqual(['CHALLENGE_MISMATCH'])
  expect(await present(good, { domain: 'https://other.example' })).toEqual(['DOMAIN_MISMATCH'])
  expect(await present(good, { challenge: withoutChallenge })).toEqual(['valid'])
})

it('without a key binding', async () => {
  expect(await present(text)).toEqual(['PRESENTATION_MALFORMED'])
  expect(await judge(good)).toEqual(['CREDENTIAL_MALFORMED'])
})

it('with a disclosure more or fewer than was bound', async () => {
  const binding = good.split('~').at(-1)
  expect(await present(`${jwt}~${binding}`)).toEqual(['PROOF_MALFORMED'])
  const bare = await bind(`${jwt}~`, learner, claims)
  expect(await present(bare)).toEqual(['valid'])
  expect(await present(`${jwt}~${shown}~${bare.split('~').at(-1)}`)).toEqual(['PROOF_MALFORMED'])
})

it("bound by the thief's key", async () => {
  expect(await present(await bind(text, thief, claims))).toEqual(['PROOF_INVALID'])
  expect(await present(await bind(text, thief, claims, { kid: thief.id }))).toEqual(['PROOF_INVALID'])
  const { d: _, ...jwk } = await exportKey(thief)
  expect(await present(await bind(text, thief, claims, { jwk }))).toEqual(['PROOF_INVALID'])
})

it.each<readonly [string, object]>([
  ['no nonce', { nonce: undefined }],
  ['no addressee', { aud: undefined }],
  ['two addressees', { aud: [domain, 'https://other.example'] }],
  ['no time', { iat: undefined }],
  ['no hash', { sd_hash: undefined }],
  ['another hash', { sd_hash: 'AAAA' }],
  ['a nonce that is no text', { nonce: 7 }],
])('a key binding with %s', async (_what, change) => {
  expect(await present(await bind(text, learner, { ...claims, ...change }))).toEqual(['PROOF_MALFORMED'])
})

it('a key binding of tomorrow, or one that ran out', async () => {
  const seconds = now.getTime() / 1000
  expect(await present(await bind(text, learner, { ...claims, iat: seconds + 86_400 }))).toEqual(['NOT_YET_VALID'])
  expect(await present(await bind(text, learner, { ...claims, exp: seconds - 600 }))).toEqual(['EXPIRED'])
})

it.each([['JWT'], ['vp+jwt'], ['vc+sd-jwt'], [undefined]])('a key binding of the type %s', async (typ) => {
  expect(await present(await bind(text, learner, claims, { typ }))).toEqual(['PROOF_MALFORMED'])
})

it.each([
  ['none', 'PROOF_MISSING'],
  ['HS256', 'PROOF_MALFORMED'],
  ['ES256', 'KEY_UNSUPPORTED'],
])('a key binding with alg %s', async (alg, code) => {
  expect(await present(await bind(text, learner, claims, { alg }))).toEqual([code])
})

describe('a credential for another key than its subject', async () => {
  const payload = payloadOf(text)
  const without = (cnf: unknown) => sdJwtOf({ ...payload, cnf }, [shown])

  it('names none', async () => {
    expect(await present(await bind(await without(undefined), learner, claims))).toEqual(['PROOF_MALFORMED'])
    for (const cnf of [{}, { kid: 'key-1' }, { jku: 'https://x.example' }, 'x']) {
      expect(await present(await bind(await without(cnf), learner, claims))).toEqual(['PROOF_MALFORMED'])
    }
  })

  it("names the thief's: it is not the subject's", async () => {
    expect(await present(await bind(await without({ kid: thief.id }), thief, claims))).toEqual(['CONTENT_INVALID'])
  })

  it('gives the key itself: it must be that of the subject', async () => {
    const { d: _, ...own } = await exportKey(learner)
    const { d: __, ...other } = await exportKey(thief)
    expect(await present(await bind(await without({ jwk: own }), learner, claims))).toEqual(['valid'])
    expect(await present(await bind(await without({ jwk: other }), thief, claims))).toEqual(['KEY_NOT_FOUND'])
  })
})

describe('a credential for a bare key, of a subject without id', async () => {
  const payload = payloadOf(text)
  const { id: _, ...unnamed } = payload['credentialSubject'] as { readonly id?: unknown }
  const { d: __, ...jwk } = (await exportKey(learner)) as { readonly d?: string }
  const anyone = { acceptHolder: () => true }
  const withKey = (more: object = {}, disclosures: readonly string[] = [shown]) =>
    sdJwtOf({ ...payload, cnf: { jwk }, credentialSubject: unnamed, ...more }, disclosures)
  const good = await bind(await withKey(), learner, claims)

  it('is never known to be that of who shows it', async () => {
    const report = await verify({ presentation: good, challenge, domain, now })
    expect(report.verdict).toBe('indeterminate')
    expect(report.credentials.map(codesOf)).toEqual([['SUBJECT_UNKNOWN']])
    expect(await present(good, { acceptHolder: () => false })).toEqual(['CONTENT_INDETERMINATE'])
  })

  it('is good where the verifier accepts the key as holder', async () => {
    const seen: unknown[] = []
    const acceptHolder: AcceptHolder = ({ holder, subjects }) => seen.push([holder, subjects]) > 0
    const report = await verify({ presentation: good, challenge, domain, now, acceptHolder })
    const holder = `did:jwk:${part(canonicalJson(jwk as JsonObject))}`
    expect(report).toMatchObject({ verdict: 'valid', holder })
    expect(seen).toEqual([[holder, []]])
  })

  it("is not good by the thief's key, whomever the verifier accepts", async () => {
    const { d: _, ...other } = (await exportKey(thief)) as { readonly d?: string }
    for (const header of [{}, { jwk: other }, { kid: thief.id }]) {
      expect(await present(await bind(await withKey(), thief, claims, header), anyone)).toEqual(['PROOF_INVALID'])
    }
    const withThief = await bind(await withKey({ cnf: { jwk: other } }), learner, claims)
    expect(await present(withThief, anyone)).toEqual(['PROOF_INVALID'])
  })

  it.each([
    ['a key that is published with its private half', { ...jwk, d: 'AAAA' }, 'KEY_NOT_FOUND'],
    ['a key for encryption', { ...jwk, use: 'enc' }, 'KEY_PURPOSE_MISMATCH'],
    ['a secret that both sides share', { kty: 'oct', k: 'AAAA' }, 'KEY_NOT_FOUND'],
    ['no key', {}, 'KEY_NOT_FOUND'],
  ])('is not good for %s', async (_what, key, code) => {
    expect(await present(await bind(await withKey({ cnf: { jwk: key } }), learner, claims), anyone)).toEqual([code])
  })

  it('is no way to hide whom it is about', async () => {
    const hidden = disclosure('id', thief.controller)
    const withheld = { credentialSubject: { ...unnamed, _sd: [digestOf(hidden)] } }
    expect(await present(await bind(await withKey(withheld), learner, claims))).toEqual(['CONTENT_INDETERMINATE'])
    const told = await bind(await withKey(withheld, [shown, hidden]), learner, claims)
    expect(await present(told)).toEqual(['KEY_NOT_FOUND'])
    const item = disclosure({ ...unnamed, id: thief.controller })
    for (const credentialSubject of [[], [{ '...': digestOf(item) }], undefined]) {
      expect(await present(await bind(await withKey({ credentialSubject }), learner, claims))).toEqual([
        'CONTENT_INVALID',
      ])
    }
    const second = { credentialSubject: [unnamed, { ...unnamed, id: thief.controller }] }
    expect(await present(await bind(await withKey(second), learner, claims))).toEqual(['CONTENT_INDETERMINATE'])
  })
})

it('a badge that is not valid stays so, however well it is bound', async () => {
  const payload = { ...payloadOf(text), validUntil: '2026-10-01T00:00:00Z' }
  expect(await present(await bind(await sdJwtOf(payload, [shown]), learner, claims))).toEqual(['CONTENT_INVALID'])
  const forged = await sdJwtOf(payloadOf(text), [shown], { kid: school.id }, thief)
  expect(await present(await bind(forged, learner, claims))).toEqual(['CONTENT_INVALID'])
})
