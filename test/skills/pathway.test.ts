import { type AssociationInput, verify } from 'testamur'
import { type PathwayOptions, pathway } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { college, edit, learner, now, recordOf, school, signed, thief } from '../helpers/fixtures.ts'
import { course, courseId, programme } from '../helpers/transcript.ts'

const steps = [1, 2, 3, 4].map((number) => ({ id: courseId(number), name: `Course ${number}` }))
const edge = (sourceId: string, associationType: AssociationInput['associationType'], targetId: string) => ({
  sourceId,
  associationType,
  targetId,
})
const chain = [1, 2, 3].map((number) => edge(courseId(number), 'precedes', courseId(number + 1)))
const award = async (number: number, key = school) => signed({ ...course(number), issuer: key.controller }, key)
const [one, two] = [await award(1), await award(2)]
const reportOn = async (...credentials: readonly object[]) => verify({ credential: await recordOf(credentials), now })
const report = await reportOn(one, two)

function states(more: Partial<PathwayOptions> = {}): readonly string[] {
  const options = { report, achievements: steps, association: chain, acceptIssuer: () => true, ...more }
  return pathway(options).map(({ state, missing }) => [state, ...missing.map((id) => id.split('/').at(-1))].join(' '))
}

describe('pathway', () => {
  it('says what is proved, what comes next, and what is missing before the rest', () => {
    expect(states()).toEqual(['proved', 'proved', 'next', 'later 3'])
    const [first] = pathway({ report, achievements: steps, acceptIssuer: () => true })
    expect(first).toEqual({
      id: courseId(1),
      name: 'Course 1',
      state: 'proved',
      proofs: [
        { path: '/credentialSubject/verifiableCredential/0', issuer: school.controller, learner: learner.controller },
      ],
      missing: [],
    })
  })

  it('without order everything may come next', () => {
    expect(states({ association: [] })).toEqual(['proved', 'proved', 'next', 'next'])
  })

  it.each(['isPartOf', 'isChildOf', 'isParentOf'] as const)('a programme needs its parts (%s)', (type) => {
    const parts = [1, 2, 3].map((number) =>
      type === 'isParentOf' ? edge(programme, type, courseId(number)) : edge(courseId(number), type, programme),
    )
    expect(states({ achievements: [...steps, { id: programme }], association: parts }).at(-1)).toBe('later 3')
    expect(states({ achievements: [...steps, { id: programme }], association: parts.slice(0, 2) }).at(-1)).toBe('next')
  })

  it('takes the word of those alone whose word counts', async () => {
    expect(states({ acceptIssuer: ({ issuer }) => issuer === college.controller })).toEqual([
      'next',
      'later 1',
      'later 2',
      'later 3',
    ])
    const asked: string[] = []
    states({
      acceptIssuer: ({ issuer, achievement }) => {
        asked.push(`${issuer === school.controller} ${achievement}`)
        return false
      },
    })
    expect(asked).toEqual([`true ${courseId(1)}`, `true ${courseId(2)}`])
    const stranger = await award(3, thief)
    const mixed = await reportOn(one, two, stranger)
    expect(states({ report: mixed, acceptIssuer: ({ issuer }) => issuer === school.controller })[2]).toBe('next')
  })

  it('knows what is the same by exactMatchOf, in both directions, and by a credential in a registry', () => {
    const other = { id: 'https://other.example/1' }
    const matches = [edge(courseId(1), 'exactMatchOf', other.id), edge(other.id, 'exactMatchOf', courseId(1))]
    for (const match of matches) expect(states({ achievements: [other], association: [match] })).toEqual(['proved'])
    expect(states({ achievements: [other], association: [edge(courseId(1), 'isPeerOf', other.id)] })).toEqual(['next'])
    const same = { ...other, alignment: [{ targetUrl: courseId(1), targetType: 'ceterms:Credential' }] }
    expect(states({ achievements: [same], association: [] })).toEqual(['proved'])
    const skill = { ...other, alignment: [{ targetUrl: courseId(1), targetType: 'ceasn:Competency' }] }
    expect(states({ achievements: [skill], association: [] })).toEqual(['next'])
  })

  it('counts neither what is unverified, nor superseded, nor under way', async () => {
    expect(states({ report: await reportOn(one, edit(two, '/name', 'x')) })).toEqual([
      'proved',
      'next',
      'later 2',
      'later 3',
    ])
    const state = { id: 'urn:example:state', type: ['ResultDescription'], name: 'State', resultType: 'Status' }
    const described = edit(course(2), '/credentialSubject/achievement/resultDescription', [state])
    const begun = edit(described, '/credentialSubject/result', [
      { type: ['Result'], resultDescription: state.id, status: 'InProgress' },
    ])
    expect(states({ report: await reportOn(one, await signed(begun)) })[1]).toBe('next')
    const older = await signed({ ...course(3), validFrom: '2026-01-01T00:00:00Z' })
    const renamed = await signed({ ...course(4), id: 'urn:example:award-3' })
    expect(states({ report: await reportOn(one, two, older, renamed) })).toEqual([
      'proved',
      'proved',
      'next',
      'proved 3',
    ])
  })

  it('takes thousands of steps in the order that is worst, with thousands of awards', () => {
    const many = Array.from({ length: 3000 }, (_, number) => ({ id: `urn:example:${number}` }))
    const back = many.slice(1).map(({ id }, number) => edge(id, 'precedes', `urn:example:${number}`))
    const same = many.slice(1).map(({ id }, number) => edge(id, 'exactMatchOf', `urn:other:${number}`))
    const kept = JSON.parse(JSON.stringify(report))
    kept.nested[0].report.credential.credentialSubject.achievement = many
    let reads = 0
    const counted = [...back, ...same].map(({ associationType, ...ends }) => ({
      ...ends,
      get associationType() {
        reads += 1
        return associationType
      },
    }))
    const found = pathway({ report: kept, achievements: many, association: counted, acceptIssuer: () => true })
    expect(found.every(({ state }) => state === 'proved')).toBe(true)
    expect(reads).toBeLessThan(5 * counted.length)
  })

  it.each<[object, string]>([
    [{ report: {} }, 'report must be'],
    [{ achievements: [{}] }, 'achievements must be'],
    [{ association: {} }, 'association must be a list'],
    [{ association: [null] }, 'each with its associationType'],
    [{ association: [{ ...edge('a', 'precedes', 'b'), targetId: { toString: 1 } }] }, 'each with its associationType'],
    [{ acceptIssuer: true }, 'acceptIssuer must be'],
    [{ acceptLearner: 'did:key:z6Mk' }, 'acceptLearner must be a function'],
    [{ association: [edge(courseId(1), 'precedes', 'urn:gone')] }, 'urn:gone is not among'],
    [{ association: [...chain, edge(courseId(4), 'precedes', courseId(2))] }, 'back to itself'],
    [{ association: [edge(courseId(1), 'precedes', courseId(1))] }, 'back to itself'],
  ])('refuses %#', (more, message) => {
    expect(() => states(more as Partial<PathwayOptions>)).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(message) }),
    )
  })
})
