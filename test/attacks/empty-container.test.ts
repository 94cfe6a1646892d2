/** Attacks on `decide`: a record of records that holds none, that awards something beside them, or that holds somebody else's. */

import { trustList, type VerifySettings, verify } from 'testamur'
import { admissions, decide, employer, type Policy, recognition } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import {
  badge,
  challenge,
  college,
  copyOf,
  type Document,
  learner,
  now,
  presented,
  recordOf,
  school,
  signedBadge,
  thief,
  withProof,
} from '../helpers/fixtures.ts'
import { forge } from '../helpers/jwt.ts'
import { listOf } from '../helpers/status.ts'
import { praiseOf } from '../helpers/transcript.ts'

const trust = trustList({ name: 'partners', issuers: { [school.controller]: 'Shore School' } })
const stolen = await signedBadge()
const hashed = await signedBadge({ recipient: { email: 'ada@school.example' } })
const mine = await signedBadge({ recipient: { id: thief.controller } })
const inner = '/credentialSubject/verifiableCredential/0'

/** A record of these credentials about the thief, signed by the thief or whoever is named. */
async function container(
  credentials: readonly object[],
  { subject = {}, more = {}, key = thief }: { subject?: object; more?: object; key?: typeof thief } = {},
): Promise<Document> {
  const { proof: _, ...record } = await recordOf(credentials)
  const about = { ...(record['credentialSubject'] as object), id: thief.controller, ...subject }
  return withProof({ ...record, issuer: key.controller, credentialSubject: about, ...more }, key)
}

/** A record of records signed as a JWT: JSON-LD has no place for one inside another, nor for one subject twice. */
async function wrapped(record: Document, key = thief): Promise<object> {
  const { proof: _, ...text } = record
  const jwt = await forge(text, { typ: 'vc+jwt' }, key)
  const id = `data:application/vc+jwt,${jwt}`
  return { '@context': ['https://www.w3.org/ns/credentials/v2'], id, type: 'EnvelopedVerifiableCredential' }
}

/** The decision, and each demand that is unmet or open; that of a report which was kept is the same. */
async function judge(
  credential: unknown,
  policy: Policy = employer(),
  more: VerifySettings = { trust },
): Promise<string> {
  const report = await verify({ credential, now, ...more })
  const { decision, reasons } = decide(report, policy)
  expect(decide(copyOf(report) as unknown as typeof report, policy)).toEqual({ policy: policy.name, decision, reasons })
  const against = reasons.filter(({ outcome }) => outcome === 'unmet' || outcome === 'open')
  return [decision, ...against.map(({ demand, outcome, path }) => `${demand} ${outcome} ${path}`.trim())].join('; ')
}

async function judgeShown(credentials: readonly object[], key = thief): Promise<string> {
  const report = await verify({ presentation: await presented(credentials, { key }), challenge, now, trust })
  return decide(report, admissions()).decision
}

const stranger = /^reject; valid unmet;.* trustedIssuers unmet(;|$)/

describe("somebody's own record of records", () => {
  it('that holds none is judged as any other', async () => {
    const none = await container([])
    expect(await judge(none)).toMatch(stranger)
    expect(await judgeShown([none])).toBe('reject')
    expect(await judge(await container([await wrapped(await container([]))]))).toContain(
      `trustedIssuers unmet ${inner}`,
    )
  })

  it('that holds the public status list of a school, or praise by it, holds none', async () => {
    expect(await judge(await container([await listOf()]))).toMatch(stranger)
    const { proof: _, ...praise } = await praiseOf(stolen)
    const bySchool = await withProof({ ...praise, issuer: school.controller })
    expect(await judge(await container([bySchool]))).toMatch(stranger)
  })

  it('that awards something besides is judged as any other', async () => {
    const { achievement } = badge().credentialSubject
    expect(await judge(await container([mine], { subject: { achievement: [achievement] } }))).toMatch(stranger)
    const evidence = [{ id: 'https://x.example/diploma.pdf', type: ['Evidence'], name: 'Diploma' }]
    for (const more of [{ evidence }, { awardedDate: '2026-01-01T00:00:00Z' }]) {
      expect(await judge(await container([mine], { more }))).toMatch(stranger)
    }
  })

  it('is taken for the records in it', async () => {
    expect(await judge(await container([mine]))).toBe('accept')
    expect(await judge(await recordOf([stolen]))).toBe('accept')
    expect(await judge(await container([hashed], { subject: { name: 'Ada' } }))).toBe('accept')
    expect(await judge(await container([await wrapped(await container([mine]))]))).toBe('accept')
    expect(await judgeShown([await container([mine])])).toBe('accept')
  })
})

describe("somebody else's record", () => {
  it('in an own one is for a person to look at, and named', async () => {
    const own = await container([stolen])
    expect(await judge(own)).toBe(`review; valid open ${inner}`)
    const { reasons } = decide(await verify({ credential: own, now, trust }), employer())
    expect(reasons.find(({ outcome }) => outcome === 'open')?.message).toContain(learner.controller)
    expect(await judgeShown([own])).toBe('reject')
  })

  it('is found at every depth, also in what names nobody by an id', async () => {
    const deep = `${inner}${inner}`
    expect(await judge(await container([await wrapped(await container([stolen]))]))).toBe(`review; valid open ${deep}`)
    const identifier = [{ type: 'IdentityObject', hashed: false, identityHash: 'Ada', identityType: 'name' }]
    const nameless = await container([stolen], { subject: { id: undefined, identifier }, key: school })
    expect(await judge(nameless)).toBe('accept')
    expect(await judge(await container([await wrapped(nameless, school)]))).toBe(`review; valid open ${deep}`)
  })

  it('is found also where a registry knows who put it into a record of their own', async () => {
    const known = trustList({ name: 'x', issuers: { [school.controller]: 'School', [thief.controller]: 'Mallory' } })
    expect(await judge(await container([stolen]), employer(), { trust: known })).toBe(`review; valid open ${inner}`)
  })

  it('is found also where another puts it into a record, and no registry is asked', async () => {
    const byFriend = await container([stolen], { key: college })
    expect(await judge(byFriend, { name: 'any' }, {})).toBe(`review; valid open ${inner}`)
    const friendly = await container([mine], { key: college })
    expect(await judge(friendly, { name: 'any' }, {})).toBe('accept')
  })

  it('that says nobody is for a person to look at', async () => {
    const { proof: _, ...text } = stolen
    const { id: __, ...subject } = text['credentialSubject'] as Document
    const nobodys = await withProof({ ...text, credentialSubject: subject })
    expect(await judge(await container([nobodys]))).toBe(`review; valid open ${inner}`)
  })

  it('is that of the learner where a school that is known says so', async () => {
    expect(await judge(await container([stolen], { key: school }))).toBe('accept')
  })
})

describe('an award that is called a record of records', () => {
  it('needs endorsements as any other', async () => {
    const policy = recognition({ endorsements: 1 })
    const { achievement } = badge().credentialSubject
    const asked = {}
    for (const subject of [{ achievement: [achievement], verifiableCredential: [] }, { achievement: [achievement] }]) {
      expect(await judge(await container([mine], { subject }), policy, asked)).toMatch(/^reject; endorsements unmet/)
    }
    const subjects = [{ achievement: [achievement] }, { verifiableCredential: [mine] }].map((more) => {
      return { id: thief.controller, type: ['ClrSubject'], ...more }
    })
    const both = await container([], { more: { credentialSubject: subjects } })
    expect(await judge(await wrapped(both), policy, asked)).toMatch(/^reject; endorsements unmet;/)
    expect(await judge(await container([mine]), policy, asked)).toBe(`reject; endorsements unmet ${inner}`)
  })
})

describe('nothing', () => {
  it('is not accepted', async () => {
    expect(await judgeShown([])).toBe('review')
    expect(await judgeShown([await listOf()])).toBe('review')
    expect(await judge(await listOf())).toBe('review; valid open')
    const { proof: _, ...praise } = await praiseOf(stolen)
    expect(await judge(await withProof({ ...praise, issuer: school.controller }))).toBe('review; valid open')
  })

  it('is not what a record with a status list beside it is', async () => {
    expect(await judgeShown([mine, await listOf()])).toBe('accept')
  })
})
