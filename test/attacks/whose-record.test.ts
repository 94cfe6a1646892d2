/**
 * Attack: somebody else's record, or one's own word, in a record of one's own: a copy that names its learner by a hash alone, a badge issued to
 * oneself as a hash, praise of it by the id that the record around it has.
 */

import { digestOfJson, endorsement, matchesIdentity, trustList, verify } from 'testamur'
import { type AcceptLearner, decide, employer, pathway, recognition, skills } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import {
  badge,
  challenge,
  college,
  type Document,
  edit,
  learner,
  now,
  presented,
  recordOf,
  school,
  signed,
  signedBadge,
  thief,
  withProof,
} from '../helpers/fixtures.ts'

const trust = trustList({ name: 'partners', issuers: { [school.controller]: 'Shore School' } })
const email = 'ada@school.example'
const hashed = { recipient: { email } } as const
const tagged = { achievement: { ...badge().credentialSubject.achievement, criteria: 'c', tag: ['welding'] } } as const
const achievements = [{ id: badge().credentialSubject.achievement.id }]

/** A record of these credentials about the thief, signed by the thief or whoever is named. */
async function container(credentials: readonly object[], key = thief): Promise<Document> {
  const { proof: _, ...record } = await recordOf(credentials)
  const about = edit(record, '/credentialSubject/id', thief.controller)
  return withProof({ ...about, issuer: key.controller }, key)
}

describe("somebody else's record in an own one", () => {
  const byEmail =
    (asked: string): AcceptLearner =>
    ({ identifier }) =>
      matchesIdentity(identifier, { email: asked })
  const byId =
    (asked: string): AcceptLearner =>
    ({ id }) =>
      id === asked

  async function judge(credential: object, acceptLearner: AcceptLearner) {
    const report = await verify({ credential, now, trust })
    const { decision, reasons } = decide(report, employer(), { acceptLearner })
    const [step] = pathway({ report, achievements, acceptIssuer: () => true, acceptLearner })
    const unmet = reasons.filter(({ outcome }) => outcome === 'unmet').map(({ path }) => path)
    return [decision, ...unmet, step?.state, skills(report, { acceptLearner }).length]
  }

  it('is not accepted where the caller says whom it must be about, also where it has a hash alone', async () => {
    const at = '/credentialSubject/verifiableCredential/0'
    const copy = await container([await signedBadge({ ...hashed, ...tagged })])
    expect(await judge(copy, byEmail('mallory@x.example'))).toEqual(['reject', at, 'next', 0])
    expect(await judge(copy, byId(thief.controller))).toEqual(['reject', at, 'next', 0])
    expect(await judge(copy, byEmail(email))).toEqual(['accept', 'proved', 1])
    const named = await container([await signedBadge(tagged)])
    expect(await judge(named, byId(thief.controller))).toEqual(['reject', at, 'next', 0])
    expect(await judge(named, byId(learner.controller))).toEqual(['accept', 'proved', 1])
    const { proof: _, ...text } = await signedBadge(tagged)
    const nobodys = await withProof(edit(text, '/credentialSubject/id'))
    expect(await judge(nobodys, byId(learner.controller))).toEqual(['reject', '', 'next', 0])
    expect(await judge(await signedBadge(tagged), byId(learner.controller))).toEqual(['accept', 'proved', 1])
  })

  it('is named in what it proves', async () => {
    const proofsOf = async (inside: object) => {
      const report = await verify({ credential: await container([inside]), now })
      return pathway({ report, achievements, acceptIssuer: () => true })[0]?.proofs.map(({ learner: whose }) => whose)
    }
    expect(await proofsOf(await signedBadge())).toEqual([learner.controller])
    expect(await proofsOf(await signedBadge(hashed))).toEqual([undefined])
  })

  it('is refused where what asks is no function', async () => {
    const report = await verify({ credential: await signedBadge(), now })
    const options = { acceptLearner: email } as never
    for (const ask of [() => decide(report, employer(), options), () => skills(report, options)]) {
      expect(ask).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
    }
  })

  it('is asked about for what is presented, too', async () => {
    const report = await verify({ presentation: await presented([await signedBadge()]), challenge, now, trust })
    const asked = (id: string) => decide(report, employer(), { acceptLearner: byId(id) }).decision
    expect([asked(learner.controller), asked(thief.controller)]).toEqual(['accept', 'reject'])
  })
})

describe("the learner's own word on what names them by a hash", () => {
  async function endorsedBy(key: typeof school, by = thief) {
    const unsigned = { ...badge({ ...hashed, ...tagged }), issuer: school.controller } as unknown as Document
    const words = endorsement({
      name: 'Praise',
      endorsed: String(unsigned['id']),
      endorsementComment: 'Good.',
      digestSRI: digestOfJson(unsigned),
    })
    const inside = await signed({ ...unsigned, endorsement: [await signed({ ...words, issuer: key.controller }, key)] })
    const report = await verify({ credential: await container([inside], by), now })
    expect(report.verdict).toBe('valid')
    const { decision } = decide(report, recognition({ endorsements: 1 }))
    return [decision, skills(report)[0]?.sources[0]?.endorsedBy.length]
  }

  it('is no praise by another, whoever put the record around it together', async () => {
    expect(await endorsedBy(thief)).toEqual(['reject', 0])
    expect(await endorsedBy(thief, school)).toEqual(['reject', 0])
    expect(await endorsedBy(college)).toEqual(['accept', 1])
    expect(await endorsedBy(college, school)).toEqual(['accept', 1])
  })

  it('is told as that', async () => {
    const own = async (key: typeof school) => {
      const report = await verify({
        credential: await container([await signedBadge({ ...hashed, ...tagged }, key)]),
        now,
      })
      return skills(report).flatMap(({ sources }) => sources.map(({ isOwnWord }) => isOwnWord))
    }
    expect(await own(thief)).toEqual([true])
    expect(await own(school)).toEqual([false])
  })
})
