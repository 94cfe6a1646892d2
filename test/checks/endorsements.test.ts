/** Endorsements of everything that a record has, wherever they are found; each attack stands beside what is genuine. */

import {
  type CredentialReport,
  digestOf,
  digestOfJson,
  type EndorsementResult,
  endorsement,
  issue,
  isWarning,
  trustList,
  type VerifyCredentialOptions,
  vcJose,
  vcJwt,
  vcSdJwt,
  verify,
} from 'testamur'
import { decide, recognition, skills } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { checkEndorsements } from '../../src/checks/endorsements.ts'
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
import { forge, jwtBadge, payloadOf } from '../helpers/jwt.ts'
import { disclosure, digestOf as hashOf, sdJwtOf } from '../helpers/sd-jwt.ts'
import { entryAt, listOf, place } from '../helpers/status.ts'
import { idx, token, uri } from '../helpers/token-status.ts'

const file = 'The piece that was welded.\n'
const record: Document = {
  ...badge({
    evidence: { id: 'https://school.example/piece.txt', name: 'The piece', content: file },
    achievement: {
      id: 'https://school.example/welding',
      name: 'Welding, level 2',
      description: 'Welds steel plates in all positions.',
      criteria: 'Worked on three pieces and passed the exam.',
      creator: { id: school.controller, name: 'Shore School' },
      tag: ['welding'],
    },
  }),
  issuer: { id: school.controller, type: ['Profile'], name: 'Shore School' },
}
const id = String(record['id'])
const subject = record['credentialSubject'] as { readonly achievement: Document }
const [evidence] = record['evidence'] as readonly Document[]

const kinds = ['credential', 'achievement', 'issuer', 'evidence'] as const
type Kind = (typeof kinds)[number]
const things: Readonly<Record<Kind, Document>> = {
  credential: record,
  achievement: subject.achievement,
  issuer: record['issuer'] as Document,
  evidence: evidence as Document,
}
const idOf = (kind: Kind): string => String(things[kind]['id'])
const digestOfThing = (kind: Kind) => (kind === 'evidence' ? digestOf(file) : digestOfJson(things[kind]))

const origins = ['embedded', 'endorsementJwt', 'detached'] as const
type Origin = (typeof origins)[number]

/** What somebody says, unsigned. */
const words = (kind: Kind, more: object = {}): Document => ({
  ...endorsement({
    name: 'Praise',
    endorsed: idOf(kind),
    endorsementComment: 'Good.',
    validFrom: '2026-10-01T00:00:00Z',
  }),
  ...more,
})
const bound = (kind: Kind) => words(kind, { relatedResource: [{ id: idOf(kind), digestSRI: digestOfThing(kind) }] })

/** A record with an endorsement in one of the three places, or beside it; `spoil` changes what was signed. */
async function put(
  origin: Origin,
  text: Document,
  { on = record, by = college, spoil = false, key = school } = {},
): Promise<VerifyCredentialOptions> {
  if (origin === 'endorsementJwt') {
    const jwt = await issue({ credential: text as never, key: by, now, format: vcJwt(), conformance: 'noted' })
    const shown = spoil ? `${jwt.slice(0, -8)}AAAAAAAA` : jwt
    return { credential: await signed({ ...on, endorsementJwt: [shown] }, key), now }
  }
  const praise = await signed(text, by)
  const shown = spoil ? edit(praise, '/name', 'Blame') : praise
  if (origin === 'embedded') return { credential: await signed({ ...on, endorsement: [shown] }, key), now }
  return { credential: await signed(on, key), endorsements: [shown], now }
}

const every = origins.flatMap((origin) => kinds.map((kind) => [origin, kind] as const))
const resultOf = (report: CredentialReport): EndorsementResult | undefined =>
  report.checks.find(({ name }) => name === 'endorsement')?.endorsement
const codesOf = (report: CredentialReport) => [
  report.verdict,
  ...report.checks.filter(isWarning).map(({ code }) => code),
]
const counted = (report: CredentialReport, more: object = {}) =>
  decide(report, recognition({ endorsements: 1, ...more })).reasons.find(({ demand }) => demand === 'endorsements')
    ?.endorsers

describe.each(every)('%s, of the %s', (origin, kind) => {
  it('is told with who endorses what', async () => {
    const report = await verify(await put(origin, bound(kind)))
    expect(codesOf(report)).toEqual(['valid'])
    expect(resultOf(report)).toEqual({
      origin,
      ...(origin === 'detached' && { index: 0 }),
      endorser: college.controller,
      isTrusted: false,
      isOwnWord: false,
      about: [{ id: idOf(kind), kind, isBound: true }],
    })
    expect(report.endorsements?.map(({ verdict }) => verdict)).toEqual(origin === 'detached' ? ['valid'] : undefined)
    expect(counted(report)).toEqual(kind === 'evidence' ? [] : [college.controller])
    expect(JSON.parse(JSON.stringify(report))).toStrictEqual(report)
  })

  it('by an id alone shows that what is behind it is not bound, and counts only as what nobody else can have', async () => {
    const report = await verify(await put(origin, words(kind)))
    expect(codesOf(report)).toEqual(['valid'])
    expect(resultOf(report)?.about).toEqual([{ id: idOf(kind), kind, isBound: false }])
    expect(report.checks.find(({ name }) => name === 'endorsement')?.message).toContain('by its id alone')
    expect(counted(report)).toEqual(kind === 'issuer' ? [college.controller] : [])
    expect(counted(report, { looseEndorsements: true })).toEqual(kind === 'evidence' ? [] : [college.controller])
  })

  it('of another one is named', async () => {
    const report = await verify(await put(origin, edit(bound(kind), '/credentialSubject/id', 'urn:example:another')))
    expect(codesOf(report)).toEqual(['valid', 'ENDORSEMENT_MISMATCH'])
    expect(counted(report)).toEqual([])
  })

  it('of another version is named', async () => {
    const other = edit(bound(kind), '/relatedResource/0/digestSRI', digestOfJson({ ...things[kind], name: 'x' }))
    const report = await verify(await put(origin, other))
    expect(codesOf(report)).toEqual(['valid', 'DIGEST_MISMATCH'])
    expect(counted(report, { looseEndorsements: true })).toEqual([])
  })

  it.each([
    ['its issuer', school],
    ['its learner', learner],
  ])('by %s is their own word', async (_name, by) => {
    const report = await verify(await put(origin, bound(kind), { by }))
    expect(codesOf(report)).toEqual(['valid'])
    expect(resultOf(report)).toMatchObject({ endorser: by.controller, isOwnWord: true })
    expect(counted(report)).toEqual([])
    expect(skills(report)[0]?.sources[0]?.endorsedBy).toEqual([])
  })

  it('that is forged says nothing against the record, and counts for nothing', async () => {
    const report = await verify(await put(origin, bound(kind), { spoil: true }))
    expect(codesOf(report)).toEqual(['valid', 'ENDORSEMENT_INVALID'])
    expect(resultOf(report)).toEqual({ origin, ...(origin === 'detached' && { index: 0 }), about: [] })
    expect(counted(report, { looseEndorsements: true })).toEqual([])
    expect(skills(report)[0]?.sources[0]?.endorsedBy).toEqual([])
  })
})

const revoked = await listOf({ set: [[place, 1]] }, college)

describe.each(origins)('%s, a broken one', (origin) => {
  const status = entryAt()
  it.each<[string, object, Partial<VerifyCredentialOptions>, string, RegExp]>([
    ['that is over', { validUntil: '2026-11-01T00:00:00Z' }, {}, 'ENDORSEMENT_INVALID', /2026-11-01/],
    ['whose status cannot be had', { credentialStatus: status }, {}, 'ENDORSEMENT_INDETERMINATE', /status/i],
    ['that is revoked', { credentialStatus: status }, { statusLists: [revoked] }, 'ENDORSEMENT_INVALID', /Revoked by/],
    [
      'by whom the registry does not know',
      {},
      { trust: trustList({ name: 'partners', issuers: { [school.controller]: 'Shore School' } }) },
      'ENDORSEMENT_INVALID',
      /registry does not have/,
    ],
  ])(
    '%s is named with the reason, and a policy may ask for sound ones',
    async (_name, more, settings, code, reason) => {
      const options = await put(origin, { ...bound('credential'), ...more })
      const report = await verify({ ...options, ...settings } as VerifyCredentialOptions)
      expect(codesOf(report)).toEqual(['valid', code])
      expect(report.checks.find(isWarning)?.message).toMatch(reason)
      const policy = { name: 'any' }
      expect(decide(report, policy).decision).toBe('accept')
      expect(decide(report, policy).reasons).toContainEqual(
        expect.objectContaining({ demand: 'soundEndorsements', outcome: 'tolerated', code }),
      )
      const asked = decide(report, { ...policy, soundEndorsements: true }).decision
      expect(asked).toBe(code === 'ENDORSEMENT_INVALID' ? 'reject' : 'review')
    },
  )

  it('by whom the registry knows is told as that', async () => {
    const issuers = { [school.controller]: 'Shore School', [college.controller]: 'College' }
    const options = await put(origin, bound('credential'))
    const trust = trustList({ name: 'partners', issuers })
    expect(resultOf(await verify({ ...options, trust }))?.isTrusted).toBe(true)
  })

  it('does not make a broken record any better', async () => {
    const { credential, ...options } = await put(origin, bound('credential'))
    const report = await verify({ ...options, credential: edit(credential as Document, '/name', 'Wielding') })
    expect(report.verdict).toBe('invalid')
    expect(counted(report)).toEqual([])
  })
})

it('a broken one is told in whose name it is, where it says so', async () => {
  const forged = edit(await signed(bound('credential'), college), '/name', 'Blame')
  const undecided = await signed({ ...bound('credential'), credentialStatus: entryAt() }, college)
  const endorsements = [forged, undecided, 'nonsense']
  const report = await verify({ credential: await signed(record), endorsements, now })
  expect(report.checks.filter(isWarning).map(({ message }) => message)).toEqual([
    expect.stringMatching(`^The endorsement in the name of ${college.controller} is invalid. .*signature`),
    expect.stringMatching(`^The endorsement in the name of ${college.controller} is undecided. Whether it was revoked`),
    expect.stringMatching(/^The endorsement is invalid. \S/),
  ])
})

describe('attacks on what is counted', () => {
  const rogue = { key: thief }
  const mine = { ...record, issuer: { id: thief.controller, type: ['Profile'], name: 'Shore School' } }

  it.each(origins)('%s: a record under the id of an endorsed one', async (origin) => {
    const report = await verify(await put(origin, words('credential'), { on: mine, ...rogue }))
    expect(codesOf(report)).toEqual(['valid'])
    expect(counted(report)).toEqual([])
    expect(codesOf(await verify(await put(origin, bound('credential'), { on: mine, ...rogue })))).toEqual([
      'valid',
      'DIGEST_MISMATCH',
    ])
  })

  it.each(origins)('%s: an endorsed achievement, awarded by who did not create it', async (origin) => {
    const report = await verify(await put(origin, bound('achievement'), { on: mine, ...rogue }))
    expect(codesOf(report)).toEqual(['valid'])
    expect(counted(report)).toEqual([])
    expect(counted(report, { looseEndorsements: true })).toEqual([college.controller])
  })

  it('by who signed the record for its issuer, also after its end', async () => {
    const ended = { ...record, validUntil: '2026-10-01T00:00:00Z' }
    const praise = await signed(bound('achievement'), college)
    const inside = { credential: await withProof({ ...ended, endorsement: [praise] }, college) }
    const beside = { credential: await withProof(ended, college), endorsements: [praise] }
    for (const given of [inside, beside]) {
      const report = await verify({ ...given, now, acceptController: () => true })
      expect(report.verdict).toBe('invalid')
      expect(resultOf(report)?.isOwnWord).toBe(true)
      expect(decide(report, recognition({ endorsements: 1, tolerate: ['EXPIRED'] })).decision).toBe('reject')
    }
  })

  it.each(origins)('%s: one that may have been revoked', async (origin) => {
    const given = await put(origin, { ...bound('credential'), credentialStatus: entryAt() })
    const left = await verify({ ...given, skip: ['status'] })
    expect([left.verdict, resultOf(left)?.isStatusOpen]).toEqual(['valid', true])
    expect(counted(left)).toEqual([])
    expect(counted(left, { statusChecked: false })).toEqual([college.controller])
    const looked = await verify({ ...given, statusLists: [await listOf({}, college)] })
    expect(codesOf(looked)).toEqual(['valid'])
    expect(resultOf(looked)?.isStatusOpen).toBeUndefined()
    expect(counted(looked)).toEqual([college.controller])
  })

  it('one as an SD-JWT that may withhold a status', async () => {
    const { name: _, ...payload } = payloadOf(
      await issue({ credential: bound('credential') as never, key: college, now, format: vcJose() }),
    )
    const hidden = hashOf(disclosure('credentialStatus', entryAt()))
    const praise = await sdJwtOf({ ...payload, _sd: [hidden] }, [], {}, college)
    const report = await verify({ credential: await signed(record), endorsements: [praise], now })
    expect([report.verdict, resultOf(report)?.isStatusOpen]).toEqual(['valid', true])
    expect(counted(report)).toEqual([])
    expect(counted(report, { statusChecked: false })).toEqual([college.controller])
  })

  it.each([
    ['in it', (praise: string) => ({ ...record, endorsementJwt: [praise] }), []],
    ['beside it', () => record, [0]],
  ])('a JWT %s whose own claim names a status that may say it was revoked', async (_name, hold, beside) => {
    const payload = payloadOf(
      await issue({ credential: bound('credential') as never, key: college, now, format: vcJose() }),
    )
    const praise = await forge({ ...payload, status: { status_list: { idx, uri } } }, { typ: 'vc+jwt' }, college)
    const given = { credential: await signed(hold(praise)), endorsements: beside.map(() => praise), now }
    const left = await verify({ ...given, skip: ['status'] })
    expect([left.verdict, resultOf(left)?.isStatusOpen]).toEqual(['valid', true])
    expect(counted(left)).toEqual([])
    const looked = await verify({ ...given, loadStatusList: () => token([], { key: college }) })
    expect([codesOf(looked), resultOf(looked)?.isStatusOpen]).toEqual([['valid'], undefined])
    expect(counted(looked)).toEqual([college.controller])
  })

  it.each(origins)('%s: an achievement under the id of its endorsed issuer', async (origin) => {
    const asIssuer = edit(record, '/credentialSubject/achievement/id', school.controller)
    const report = await verify(await put(origin, bound('issuer'), { on: asIssuer }))
    expect(skills(report).flatMap(({ sources }) => sources.flatMap(({ endorsedBy }) => endorsedBy))).toEqual([])
  })

  it.each(origins)('%s: an achievement beside the one that is endorsed', async (origin) => {
    const other = { ...things.achievement, id: 'https://school.example/medicine', name: 'Medicine' }
    const both = edit(record, '/credentialSubject/achievement', [things.achievement, other])
    const report = await verify(await put(origin, bound('achievement'), { on: both }))
    expect(resultOf(report)?.about).toHaveLength(1)
    expect(counted(report)).toEqual([])
  })

  it.each(origins)('%s: the endorsement of another issuer, who is only named', async (origin) => {
    const report = await verify(await put(origin, words('issuer'), { on: mine, ...rogue }))
    expect(resultOf(report)?.about).toEqual([{ id: school.controller, kind: 'other', isBound: false }])
    expect(counted(report, { looseEndorsements: true })).toEqual([])
  })

  it.each(origins)('%s: a changed achievement, and a copy of the endorsed one elsewhere', async (origin) => {
    const changed = edit(record, '/credentialSubject/achievement/name', 'Welding, level 3')
    const copied = { evidence: [subject.achievement], ...edit(changed, '/evidence') }
    expect(codesOf(await verify(await put(origin, bound('achievement'), { on: copied })))).toEqual([
      'valid',
      'DIGEST_MISMATCH',
    ])
    const twice = edit(record, '/credentialSubject', [
      subject,
      { ...subject, id: 'did:example:other', achievement: { ...subject.achievement, name: 'Welding, level 3' } },
    ])
    expect(codesOf(await verify(await put(origin, bound('achievement'), { on: twice })))).toEqual([
      'valid',
      'DIGEST_MISMATCH',
    ])
  })

  it.each(['embedded', 'endorsementJwt'] as const)('%s: one that speaks of another record as well', async (origin) => {
    const both = [{ id }, { id: 'urn:example:another' }]
    const report = await verify(await put(origin, words('credential', { credentialSubject: both })))
    expect(codesOf(report)).toEqual(['valid', 'ENDORSEMENT_MISMATCH'])
    expect(report.checks.find(isWarning)?.message).toContain('neither this credential nor anything in it')
  })

  it.each(origins)('%s: a digest of one thing stands for no other', async (origin) => {
    const both = [{ id }, { id: idOf('achievement') }]
    const text = words('credential', { ...bound('achievement'), credentialSubject: both })
    const report = await verify(await put(origin, text))
    expect(resultOf(report)?.about).toEqual([
      { id, kind: 'credential', isBound: false },
      { id: idOf('achievement'), kind: 'achievement', isBound: true },
    ])
  })

  it.each(origins)('%s: one in the name of another, signed by who issued the record', async (origin) => {
    const { proof: _, ...told } = await signed(bound('credential'), college)
    const praise = await withProof(told, school)
    const text = await issue({ credential: bound('credential') as never, key: college, now, format: vcJose() })
    const jwt = await forge(payloadOf(text), { typ: 'vc+jwt' }, school)
    const given = {
      embedded: { credential: await signed({ ...record, endorsement: [praise] }) },
      endorsementJwt: { credential: await signed({ ...record, endorsementJwt: [jwt] }) },
      detached: { credential: await signed(record), endorsements: [praise] },
    }[origin]
    const report = await verify({ ...given, now, acceptController: () => true })
    expect(codesOf(report)).toEqual(['valid'])
    expect(resultOf(report)).toMatchObject({ endorser: college.controller, isOwnWord: true })
    expect(counted(report)).toEqual([])
  })

  it('one that the learner signed as well', async () => {
    const alone = await signed(bound('credential'), college)
    const { proof, ...told } = alone
    const { proof: second } = await withProof(told, learner)
    const endorsements = [{ ...told, proof: [proof, second] }]
    const report = await verify({ credential: await signed(record), endorsements, now, acceptCosigner: () => true })
    expect(codesOf(report)).toEqual(['valid'])
    expect(resultOf(report)).toMatchObject({ endorser: college.controller, isOwnWord: true })
  })

  it.each(origins)('%s: praise for oneself, who is only named in the record', async (origin) => {
    const on = edit(record, '/credentialSubject/source', { id: college.controller, type: ['Profile'] })
    const self = edit(words('credential'), '/credentialSubject/id', college.controller)
    const report = await verify(await put(origin, self, { on }))
    expect(resultOf(report)).toMatchObject({ about: [{ kind: 'other' }], isOwnWord: true })
    const both = { ...self, credentialSubject: [{ id: college.controller }, { id }] }
    expect(resultOf(await verify(await put(origin, both, { on })))?.isOwnWord).toBe(false)
  })

  it.each(origins)('%s: the creator praises an achievement that stands there twice', async (origin) => {
    const other = { ...things.achievement, creator: { id: college.controller, type: ['Profile'] } }
    const on = edit(record, '/credentialSubject', [
      subject,
      { ...subject, id: 'did:example:other', achievement: other },
    ])
    expect(resultOf(await verify(await put(origin, words('achievement'), { on })))?.isOwnWord).toBe(true)
  })

  it('beside a forged record, and one in the name of another issuer', async () => {
    const endorsements = [await signed(words('credential'), college)]
    const forged = edit(await signed(record), '/name', 'Wielding')
    const unbound = await withProof(record, thief)
    for (const credential of [forged, unbound]) {
      const report = await verify({ credential, endorsements, now })
      expect(codesOf(report)).toEqual(['invalid', 'ENDORSEMENT_MISMATCH'])
      expect(report.checks.find(isWarning)?.message).toContain('nothing that was verified here')
      expect(counted(report, { looseEndorsements: true })).toEqual([])
    }
  })

  it.each(origins)('%s: a genuine badge of the learner in the place of an endorsement', async (origin) => {
    const other = { ...badge(), id: 'urn:example:other' } as unknown as Document
    const report = await verify(await put(origin, other))
    expect(codesOf(report)).toEqual(['valid', 'ENDORSEMENT_MISMATCH'])
    expect(counted(report, { looseEndorsements: true })).toEqual([])
  })

  it('a related resource without a digest, past every check of who issues', async () => {
    const text = { ...words('credential', { relatedResource: [{ id }] }), id: 'urn:x:1', issuer: college.controller }
    const report = await verify({
      credential: await signed(record),
      endorsements: [await withProof(text, college)],
      now,
    })
    expect(codesOf(report)).toEqual(['valid', 'ENDORSEMENT_INVALID'])
    expect(counted(report)).toEqual([])
  })

  it.each(origins)('%s: the creator of an achievement praises it', async (origin) => {
    const on = edit(record, '/credentialSubject/achievement/creator/id', college.controller)
    const report = await verify(await put(origin, words('achievement'), { on }))
    expect(resultOf(report)?.isOwnWord).toBe(true)
    expect(resultOf(await verify(await put(origin, words('credential'), { on })))?.isOwnWord).toBe(false)
  })

  it('praise for a learner, under what they issue themselves', async () => {
    const on = { ...record, issuer: learner.controller }
    const text = edit(words('issuer'), '/credentialSubject/id', learner.controller)
    const report = await verify(await put('embedded', text, { on, key: learner }))
    expect(resultOf(report)?.about).toMatchObject([{ kind: 'subject' }])
    expect(counted(report)).toEqual([])
  })

  it('a file that is not the one of the record', async () => {
    const on = edit(record, '/evidence/0/digestSRI', digestOf('Another piece.\n'))
    expect(codesOf(await verify(await put('embedded', bound('evidence'), { on })))).toEqual([
      'valid',
      'DIGEST_MISMATCH',
    ])
  })

  it('the same endorsement, in the record and beside it', async () => {
    const options = await put('embedded', bound('credential'))
    const again = await put('detached', bound('credential'))
    const report = await verify({ ...again, ...options } as VerifyCredentialOptions)
    const told = report.checks.filter(({ name }) => name === 'endorsement')
    expect(told.map(({ outcome, path, endorsement: each }) => [outcome, path, each?.index])).toEqual([
      ['passed', '/endorsement/0', undefined],
      ['passed', undefined, 0],
    ])
    expect(counted(report)).toEqual([college.controller])
  })
})

describe('beside a record', async () => {
  const praise = await signed(bound('credential'), college)

  it('each may come as any credential may, and is named by its place', async () => {
    const jwt = await issue({ credential: bound('issuer') as never, key: thief, now, format: vcJwt() })
    const endorsements = [JSON.stringify(praise), new TextEncoder().encode(jwt), 'nonsense', 7]
    const report = await verify({ credential: await signed(record), endorsements, now })
    const told = report.checks.filter(({ name }) => name === 'endorsement')
    expect(told.map(({ outcome, endorsement: each }) => [each?.index, outcome])).toEqual([
      [0, 'passed'],
      [1, 'passed'],
      [2, 'failed'],
      [3, 'failed'],
    ])
    expect(report.endorsements?.map(({ verdict }) => verdict)).toEqual(['valid', 'valid', 'invalid', 'invalid'])
  })

  it('finds its record inside another, and what is wrong there is seen at the top', async () => {
    const other = edit(bound('credential'), '/relatedResource/0/digestSRI', digestOfJson({}))
    const credential = await recordOf([await signedBadge({ id: 'urn:example:other' }), await signed(record)])
    const good = await verify({ credential, endorsements: [praise], now })
    const inside = good.nested[1]?.report as CredentialReport
    expect([resultOf(good), resultOf(inside)?.endorser, good.nested[0]?.report.checks.length]).toEqual([
      undefined,
      college.controller,
      inside.checks.length - 1,
    ])
    const alone = await verify({ credential, now })
    expect(good.checks).toEqual(alone.checks)
    expect(alone.checks).not.toContainEqual(expect.any(String))
    const bad = await verify({ credential, endorsements: [await signed(other, college)], now })
    expect(bad.verdict).toBe('valid')
    const notes = [expect.stringMatching(/^\/credentialSubject\/verifiableCredential\/1: .*digest/)]
    expect(bad.checks).toEqual(alone.checks.map((check) => (check.name === 'contents' ? { ...check, notes } : check)))
  })

  it('leaves the check of what is inside as it was, and names there only what is new', async () => {
    const broken = edit(await signed(bound('issuer'), college), '/name', 'Blame')
    const other = edit(bound('credential'), '/relatedResource/0/digestSRI', digestOfJson({}))
    const inner = await signed({ ...record, endorsement: [broken] })
    const endorsements = [await signed(other, college)]
    const notesOf = async (more: object) => {
      const { checks } = await verify({ credential: await recordOf([inner]), now, ...more })
      return checks.find(({ name }) => name === 'contents')?.notes
    }
    expect(await notesOf({})).toEqual([expect.stringContaining('is invalid')])
    expect(await notesOf({ endorsements })).toEqual([
      expect.stringContaining('is invalid'),
      expect.stringContaining('gives a digest'),
    ])
    const credential = await recordOf([inner, edit(inner, '/name', 'Wielding')])
    const alone = await verify({ credential, now })
    expect((await verify({ credential, endorsements, now })).checks).toEqual(alone.checks)
  })

  it('finds its record in a presentation', async () => {
    const presentation = await presented([await signed(record)])
    const endorsements = [praise, await signed(words('credential', { credentialSubject: { id: 'urn:x:1' } }), college)]
    const report = await verify({ presentation, challenge, endorsements, now })
    expect([report.verdict, report.checks.filter(isWarning).map(({ code }) => code)]).toEqual([
      'valid',
      ['ENDORSEMENT_MISMATCH'],
    ])
    expect(resultOf(report.credentials[0] as CredentialReport)?.about).toMatchObject([{ id, isBound: true }])
  })

  it('may be of the very bytes that came', async () => {
    const text = JSON.stringify(await signed(record), null, 2)
    const of = (content: string) =>
      signed(words('credential', { relatedResource: [{ id, digestSRI: digestOf(content) }] }), college)
    const judge = async (content: string) =>
      codesOf(await verify({ credential: text, endorsements: [await of(content)], now }))
    expect(await judge(text)).toEqual(['valid'])
    expect(await judge(`${text} `)).toEqual(['valid', 'DIGEST_MISMATCH'])
  })

  it('may be of a JWT, by its text, also inside another', async () => {
    const jwt = await jwtBadge()
    const { id: endorsed } = payloadOf(jwt)
    const text = endorsement({ name: 'Praise', endorsed: String(endorsed), content: jwt })
    const endorsements = [await signed(text, college)]
    expect(resultOf(await verify({ credential: jwt, endorsements, now }))?.about).toMatchObject([{ isBound: true }])
    const presentation = await presented([jwt])
    const { credentials } = await verify({ presentation, challenge, endorsements, now })
    expect(credentials.map((each) => resultOf(each)?.about)).toMatchObject([[{ isBound: true }]])
    const after = { challenge, endorsements, now: new Date('2027-01-01T00:00:00Z') }
    const ended = await jwtBadge({ validUntil: '2026-12-01T00:00:00Z' })
    const digest = endorsement({ name: 'Praise', endorsed: String(payloadOf(ended)['id']), content: ended })
    const late = await verify({
      ...after,
      presentation: await presented([ended], { now: after.now }),
      endorsements: [await signed(digest, college)],
    })
    expect(late.credentials.map((each) => [codesOf(each), resultOf(each)?.about])).toMatchObject([
      [['invalid'], [{ isBound: true }]],
    ])
  })

  it('of what is withheld cannot be judged, as in the record', async () => {
    const disclosable = ['/credentialSubject/achievement', '/evidence']
    const issued = async (more: object = {}) => {
      const format = vcSdJwt({ disclosable })
      const credential = { ...record, ...more } as never
      return `${(await issue({ credential, key: school, now, format, conformance: 'noted' })).split('~')[0]}~`
    }
    for (const [kind, message] of [
      ['achievement', 'not in the part of the credential that is shown'],
      ['credential', 'may be shown in part only'],
    ] as const) {
      const given = await signed(bound(kind), college)
      for (const options of [
        { credential: await issued({ endorsement: [given] }) },
        { credential: await issued(), endorsements: [given] },
      ]) {
        const report = await verify({ ...options, now })
        const told = report.checks.filter(({ name }) => name === 'endorsement')
        expect([report.verdict, told.map(({ outcome }) => outcome)]).toEqual(['valid', ['skipped']])
        expect(told[0]?.message).toContain(message)
      }
    }
  })

  it('of several records is told at each', async () => {
    const second = { ...record, id: 'urn:example:second' }
    const both = [{ id }, { id: 'urn:example:second' }, { id: 'urn:example:elsewhere' }]
    const credential = await recordOf([await signed(record), await signed(second)])
    const endorsements = [await signed(words('credential', { credentialSubject: both }), college)]
    const report = await verify({ credential, endorsements, now })
    expect(report.nested.map((each) => resultOf(each.report)?.about.map((thing) => thing.id))).toEqual([
      [id],
      ['urn:example:second'],
    ])
    expect(codesOf(report)).toEqual(['valid'])
  })

  it('that was issued anew no longer counts, wherever the older one is', async () => {
    const first = await signed({ ...bound('credential'), id: 'urn:example:praise' }, college)
    const later = await signed(
      {
        ...bound('credential'),
        id: 'urn:example:praise',
        validFrom: '2026-11-02T00:00:00Z',
        credentialSubject: { id: 'urn:example:another', type: ['EndorsementSubject'] },
        relatedResource: undefined,
      },
      college,
    )
    const credential = await signed({ ...record, endorsement: [first] })
    expect(counted(await verify({ credential, now }))).toEqual([college.controller])
    expect(counted(await verify({ credential, endorsements: [later], now }))).toEqual([])
    const beside = await verify({ credential: await signed(record), endorsements: [first, later], now })
    expect(counted(beside)).toEqual([])
  })

  it('is not replaced by what stands as evidence', async () => {
    const first = await signed({ ...bound('issuer'), id: 'urn:example:praise' }, college)
    const later = await signed(
      { ...words('evidence'), id: 'urn:example:praise', validFrom: '2026-11-02T00:00:00Z' },
      college,
    )
    const credential = await signed({ ...record, endorsement: [first], evidence: [later] })
    for (const endorsements of [[], [await signed(bound('issuer'), thief)]]) {
      expect(counted(await verify({ credential, endorsements, now }))).toContain(college.controller)
    }
  })

  it('that was issued anew is told with where the later one is', async () => {
    const as = (more: object) => signed({ ...bound('issuer'), id: 'urn:example:praise', ...more }, college)
    const [first, later] = [await as({}), await as({ validFrom: '2026-11-02T00:00:00Z' })]
    const other = await signedBadge({ id: 'urn:example:other' })
    const told = async (more: object, endorsements?: readonly unknown[]) => {
      const credential = await signed({ ...record, ...more })
      const report = await verify({ credential, now, ...(endorsements && { endorsements }) })
      const checks = report.checks.filter(({ name }) => name === 'endorsement')
      return checks.map(({ outcome, path, message, endorsement: each }) => [
        outcome,
        path ?? each?.index,
        each?.about.length,
        /anew, as (\S+)\.$/.exec(message)?.[1],
      ])
    }
    expect(await told({ endorsement: [first, later] })).toEqual([
      ['skipped', '/endorsement/0', 0, '/endorsement/1'],
      ['passed', '/endorsement/1', 1, undefined],
    ])
    expect(await told({ endorsement: [praise, first] }, [later])).toEqual([
      ['passed', '/endorsement/0', 1, undefined],
      ['skipped', '/endorsement/1', 0, 'endorsements[0]'],
      ['passed', 0, 1, undefined],
    ])
    expect(await told({ endorsement: [later], evidence: [other] }, [first])).toEqual([
      ['passed', '/endorsement/0', 1, undefined],
      ['skipped', 0, 0, '/endorsement/0'],
    ])
    expect(await told({}, [later, first])).toEqual([
      ['passed', 0, 1, undefined],
      ['skipped', 1, 0, 'endorsements[0]'],
    ])
  })

  it('are at most as many as credentials may be inside', async () => {
    const options = { credential: await signed(record), endorsements: [praise, praise], now }
    const report = await verify({ ...options, limits: { credentials: 1 } })
    expect(codesOf(report)).toEqual(['valid', 'LIMIT_EXCEEDED'])
    expect(report.checks.find(isWarning)?.detail).toEqual({ limit: 'credentials', allowed: 1, found: 2 })
    expect(report.endorsements).toEqual([])
    const asMany = await verify({ ...options, limits: { credentials: 2 } })
    expect(asMany.checks.filter(({ name }) => name === 'endorsement')).toHaveLength(2)
  })

  it('takes no time from the record', async () => {
    const slow = await signed({ ...bound('credential'), credentialStatus: entryAt() }, college)
    const report = await verify({
      credential: await signed(record),
      endorsements: [slow],
      limits: { time: 2_000 },
      loadStatusList: (_url, options) =>
        new Promise((_, reject) => options?.signal?.addEventListener('abort', () => reject(options.signal?.reason))),
      now,
    })
    expect(codesOf(report)).toEqual(['valid', 'ENDORSEMENT_INDETERMINATE'])
    expect(report.endorsements?.[0]?.checks).toEqual([expect.objectContaining({ code: 'LIMIT_EXCEEDED' })])
    expect(report.checks.find(isWarning)?.message).toContain('not verified to the end')
  })

  it('must be a list', async () => {
    await expect(verify({ credential: record, endorsements: praise as never, now })).rejects.toThrow(
      'verify: endorsements must be a list',
    )
  })
})

describe('judged by itself', () => {
  const good = (credential: object): CredentialReport =>
    ({ verified: true, issuer: 'did:example:a', signers: [], checks: [], credential }) as never
  const judge = (credential: object, path = '/endorsement/0', text: object = {}) => {
    const report = good({ type: 'EndorsementCredential', credentialSubject: { id: 'urn:x:1' }, ...text })
    return checkEndorsements(credential as never, [{ path, report }], [], false)
  }

  it.each([
    ['/endorsement', 'embedded'],
    ['/endorsementJwt', 'endorsementJwt'],
    ['/credentialSubject/achievement/endorsementJwt/12', 'endorsementJwt'],
    ['/endorsementJwts/endorsement/0', 'embedded'],
  ])('at %s it is %s', (path, origin) => {
    expect(judge({ id: 'urn:x:1' }, path).map(({ endorsement: each }) => each?.origin)).toEqual([origin])
  })

  it.each([[{}], [[]], [[{ name: 'x' }, null]]])('of %j, without an id, it is skipped', (credentialSubject) => {
    const [check] = judge({ id: 'urn:x:1' }, undefined, { credentialSubject })
    expect([check?.outcome, check?.endorsement?.about]).toEqual(['skipped', []])
    expect(check?.message).toContain('does not say by an id what it speaks of')
  })

  it('a resource without a digest binds nothing', () => {
    const [check] = judge({ id: 'urn:x:1' }, undefined, { relatedResource: { id: 'urn:x:1' } })
    expect(check?.endorsement?.about).toEqual([{ id: 'urn:x:1', kind: 'credential', isBound: false }])
  })
})
