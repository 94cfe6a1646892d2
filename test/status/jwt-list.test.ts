/** Lists that are signed as JWTs, and credentials that are, go through the same reading. */

import {
  createStatusMemory,
  eddsaRdfc2022,
  issue,
  type PresentationReport,
  present,
  vcJose,
  vcJwt,
  vcSdJwt,
  verify,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import { badge, challenge, codesOf, edit, judge, learner, now, presented, school, thief } from '../helpers/fixtures.ts'
import { proofOver } from '../helpers/hand-made.ts'
import { forge, payloadOf } from '../helpers/jwt.ts'
import {
  badgeWith,
  entryAt,
  listOf,
  listTime,
  listUrl,
  loaderOf,
  place,
  signedAnyway,
  unsignedList,
} from '../helpers/status.ts'

const formats = { vcJwt, vcJose, vcSdJwt }
/** With another signature. */
const changed = (text: string) => text.replace(/[^.~]{4}(?=~?$)/, 'AAAA')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const textOf = async (set: readonly (readonly [number, number])[] = [], format = vcJose(), key = school) =>
  issue({
    credential: { ...(await unsignedList({ set })), issuer: key.controller } as never,
    key,
    now: listTime,
    format,
  })

it.each(Object.entries(formats))('a list as %s', async (_, format) => {
  const list = async (set: readonly (readonly [number, number])[]) =>
    issue({ credential: (await unsignedList({ set })) as never, key: school, now: listTime, format: format() })
  const judgeList = async (text: unknown) => judge(await badgeWith(), { loadStatusList: async () => text })
  expect(await judgeList(await list([]))).toEqual(['valid'])
  expect(await judgeList(await list([[place, 1]]))).toEqual(['REVOKED'])
  expect(await judgeList(changed(await list([])))).toEqual(['STATUS_LIST_INVALID'])
  expect(await judge(await badgeWith(), { statusLists: { [listUrl]: await list([[place, 1]]) } })).toEqual(['REVOKED'])
})

it.each([
  ['iat', { iat: -600 }, '2026-11-22T11:50:00Z'],
  ['nbf', { nbf: -900 }, '2026-11-22T11:45:00Z'],
  ['iat and an earlier nbf', { iat: -600, nbf: -900 }, '2026-11-22T11:50:00Z'],
])('a list is of the time that its %s says, where that is later than its validFrom', async (_, claims, asOf) => {
  const seconds = Object.entries(claims).map(([name, age]) => [name, now.getTime() / 1000 + age])
  const list = await forge({ ...payloadOf(await textOf()), ...Object.fromEntries(seconds) }, { typ: 'vc+jwt' })
  const { checks } = await verify({ credential: await badgeWith(), now, loadStatusList: async () => list })
  expect(checks.find(({ name }) => name === 'status')?.status?.source?.asOf).toBe(asOf)
})

it('a credential as a JWT', async () => {
  const credential = await issue({
    credential: { ...badge(), credentialStatus: entryAt() } as never,
    key: school,
    now,
    format: vcJose(),
  })
  const list = await issue({ credential: (await unsignedList({ set: [[place, 1]] })) as never, key: school, now })
  expect(await judge(credential, { statusLists: [list] })).toEqual(['REVOKED'])
  expect(await judge(credential, { statusLists: [edit(list, '/proof')] })).toEqual(['STATUS_LIST_INVALID'])
})

describe('a list in an envelope, by hand', () => {
  it.each(Object.entries(formats))('%s is found by its id', async (_, format) => {
    const [clear, revoked] = [await textOf([], format()), await textOf([[place, 1]], format())]
    const diploma = await badgeWith()
    expect(await judge(diploma, { statusLists: [clear] })).toEqual(['valid'])
    expect(await judge(diploma, { statusLists: [revoked] })).toEqual(['REVOKED'])
    expect(await judge(diploma, { statusLists: [{ document: revoked, fetchedAt: now.getTime() }] })).toEqual([
      'REVOKED',
    ])
    expect(await judge(diploma, { statusLists: [new TextEncoder().encode(revoked)] })).toEqual(['REVOKED'])
    expect(await judge(diploma, { statusLists: [changed(revoked)] })).toEqual(['STATUS_LIST_INVALID'])
  })

  it('as EnvelopedVerifiableCredential', async () => {
    const enveloped = { '@context': 'https://www.w3.org/ns/credentials/v2', type: 'EnvelopedVerifiableCredential' }
    const list = { ...enveloped, id: `data:application/vc+jwt,${await textOf([[place, 1]])}` }
    expect(await judge(await badgeWith(), { statusLists: [list] })).toEqual(['REVOKED'])
    expect(await judge(await badgeWith(), { loadStatusList: async () => list })).toEqual(['REVOKED'])
  })

  it('is found by those who open such envelopes alone', async () => {
    const statusLists = [await textOf([[place, 1]])]
    const credential = await badgeWith()
    const settings = { statusLists }
    expect(await judge(credential, { ...settings, formats: [eddsaRdfc2022()] })).toEqual(['STATUS_UNAVAILABLE'])
    expect(await judge(credential, settings)).toEqual(['REVOKED'])
  })
})

describe('a list in an envelope, stapled', () => {
  const show = async (credentials: readonly (object | string)[], more: object = {}): Promise<PresentationReport> =>
    verify({
      presentation: await presented(credentials),
      challenge,
      now,
      maxStatusAge: 86_400,
      ...more,
    })
  const codes = (report: PresentationReport) =>
    report.credentials.flatMap((credential) => (credential.verified ? ['valid'] : codesOf(credential)))

  it.each(Object.entries(formats))('%s', async (_, format) => {
    const diploma = await badgeWith()
    const report = await show([diploma, await textOf([], format())])
    expect(report.verdict).toBe('valid')
    expect(report.credentials).toHaveLength(1)
    expect(report.credentials[0]?.checks.find(({ name }) => name === 'status')?.status?.source).toEqual({
      url: listUrl,
      origin: 'stapled',
      asOf: '2026-11-22T11:00:00Z',
      age: 3_600,
    })
    expect(report.nested).toEqual([
      { path: '/verifiableCredential/1', report: expect.objectContaining({ verdict: 'valid' }) },
    ])
    expect(codes(await show([diploma, await textOf([[place, 1]], format())]))).toEqual(['REVOKED'])
    expect(codes(await show([diploma, await textOf([], format())], { maxStatusAge: 3_599 }))).toEqual(['STATUS_STALE'])
  })

  it('in a presentation that is a JWT', async () => {
    const credential = await issue({
      credential: { ...badge(), credentialStatus: entryAt() } as never,
      key: school,
      now,
      format: vcJose(),
    })
    const judgeWith = async (list: string) => {
      const given = { credentials: [credential, list], key: learner, challenge, now, format: vcJose() }
      return codes(await verify({ presentation: await present(given), challenge, now, maxStatusAge: 86_400 }))
    }
    expect(await judgeWith(await textOf())).toEqual(['valid'])
    expect(await judgeWith(await textOf([[place, 1]]))).toEqual(['REVOKED'])
    const {
      aud: _,
      nonce: __,
      ...bare
    } = payloadOf(
      await present({
        credentials: [credential],
        key: learner,
        challenge,
        now,
        format: vcJose(),
      }),
    )
    const shown = { ...bare, nonce: challenge, verifiableCredential: [credential, await textOf([[place, 1]])] }
    const presentation = await forge(shown, { typ: 'vp+jwt' }, learner)
    expect(codes(await verify({ presentation, challenge, now, maxStatusAge: 86_400 }))).toEqual(['REVOKED'])
  })

  it('by somebody else, or for another kind of paper', async () => {
    const diploma = await badgeWith()
    expect(codes(await show([diploma, await textOf([], vcJose(), thief)]))).toEqual(['STATUS_ISSUER_MISMATCH'])
    const stolen = await issue({
      credential: badge({ recipient: { id: thief.controller } }),
      key: school,
      now,
      format: vcJose(),
    })
    const report = await show([diploma, await textOf(), stolen])
    expect(report.verdict).toBe('invalid')
    expect(report.credentials).toHaveLength(2)
  })

  it('of any age does not do: it says until when it holds, or the verifier does', async () => {
    const diploma = await badgeWith()
    const payload = payloadOf(await textOf())
    const open = await forge(payload, { typ: 'vc+jwt' })
    const ending = await forge({ ...payload, exp: later(60).getTime() / 1000 }, { typ: 'vc+jwt' })
    const unbounded = { maxStatusAge: Number.POSITIVE_INFINITY }
    expect(codes(await show([diploma, open], unbounded))).toEqual(['STATUS_STALE'])
    expect(codes(await show([diploma, ending], unbounded))).toEqual(['valid'])
  })

  it('with a status of its own: what it leans on is that of this presentation', async () => {
    const url = 'https://school.example/status/of-lists'
    const entry = entryAt(7, { statusListCredential: url, id: `${url}#7` })
    const list = await forge({ ...payloadOf(await textOf()), credentialStatus: entry }, { typ: 'vc+jwt' })
    const ofLists = await listOf({ more: { id: url }, subject: { id: `${url}#list` } })
    const [diploma, statusMemory] = [await badgeWith(), createStatusMemory()]
    const settings = { statusLists: { [listUrl]: list }, statusMemory }
    expect(codes(await show([diploma, ofLists], settings))).toEqual(['valid'])
    expect(codes(await show([diploma], settings))).toEqual(['STATUS_UNAVAILABLE'])
  })
})

describe('a list does not outlive what only its envelope or its proof says', () => {
  const end = later(60)
  const asJwt = async () => forge({ ...payloadOf(await textOf()), exp: end.getTime() / 1000 }, { typ: 'vc+jwt' })
  const withProofUntil = async () => {
    const { proof: _, ...list } = await signedAnyway({})
    return { ...list, proof: await proofOver(list, school, { expires: end.toISOString() }) }
  }

  it.each([
    ['exp of a JWT', asJwt],
    ['expires of a proof', withProofUntil],
  ])('%s', async (_, make) => {
    const list = await make()
    const credential = await badgeWith()
    const { load, asked } = loaderOf({ [listUrl]: list })
    for (const settings of [{ loadStatusList: load }, { statusLists: { [listUrl]: list } }]) {
      expect(await judge(credential, { ...settings, now })).toEqual(['valid'])
      expect(await judge(credential, { ...settings, now: later(120) })).toEqual(['valid'])
      expect(await judge(credential, { ...settings, now: later(121) })).toEqual(['STATUS_STALE'])
    }
    // Kept to its end, and asked for again from then on.
    expect(asked).toHaveLength(3)
  })

  it('a newer one is loaded then', async () => {
    let served: unknown = await asJwt()
    const settings = { loadStatusList: async () => served, clockTolerance: 0 }
    expect(await judge(await badgeWith(), settings)).toEqual(['valid'])
    served = await textOf([[place, 1]])
    expect(await judge(await badgeWith(), { ...settings, now: later(59) })).toEqual(['valid'])
    expect(await judge(await badgeWith(), { ...settings, now: later(60) })).toEqual(['REVOKED'])
  })

  it('its ttl counts as that of any other', async () => {
    const payload = payloadOf(await textOf())
    const subject = payload['credentialSubject'] as object
    const list = await forge({ ...payload, credentialSubject: { ...subject, ttl: 900_000 } }, { typ: 'vc+jwt' })
    const { load, asked } = loaderOf({ [listUrl]: list })
    const credential = await badgeWith()
    await judge(credential, { loadStatusList: load })
    await judge(credential, { loadStatusList: load, now: later(899) })
    expect(asked).toHaveLength(1)
    await judge(credential, { loadStatusList: load, now: later(900) })
    expect(asked).toHaveLength(2)
  })
})
