import { describe, expect, it } from 'vitest'
import { matchesIdentity, plainIdentity } from '../../src/records/identity.ts'
import { type OpenBadgeInput, openBadge } from '../../src/records/open-badge.ts'
import { deepFreeze, fullBadge, learnerId, leastBadge, refusal } from './samples.ts'

describe('openBadge', () => {
  it('makes the least badge whole', () => {
    expect(openBadge(leastBadge)).toEqual({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      name: 'Tidal Pools',
      credentialSubject: {
        id: learnerId,
        type: ['AchievementSubject'],
        achievement: {
          id: 'https://school.example/achievements/tidal-pools',
          type: ['Achievement'],
          name: 'Tidal Pools',
          description: 'Surveys the life of a tidal pool.',
          criteria: { narrative: 'Survey three pools and hand in the notes.' },
        },
      },
    })
  })

  it('leaves issuer, id and validFrom to issue', () => {
    expect(Object.keys(openBadge(leastBadge))).toEqual(['@context', 'type', 'name', 'credentialSubject'])
  })

  it('gives every nested object its type, as list or text as the standard has it', () => {
    const badge = openBadge(fullBadge)
    expect(typesIn(badge)).toEqual({
      '/': ['VerifiableCredential', 'OpenBadgeCredential'],
      '/credentialSubject': ['AchievementSubject'],
      '/credentialSubject/achievement': ['Achievement'],
      '/credentialSubject/achievement/alignment': ['Alignment'],
      '/credentialSubject/achievement/creator': ['Profile'],
      '/credentialSubject/achievement/criteria': undefined,
      '/credentialSubject/achievement/image': 'Image',
      '/credentialSubject/achievement/otherIdentifier': 'IdentifierEntry',
      '/credentialSubject/achievement/related': ['Related'],
      '/credentialSubject/achievement/resultDescription': ['ResultDescription'],
      '/credentialSubject/achievement/resultDescription/rubricCriterionLevel': ['RubricCriterionLevel'],
      '/credentialSubject/achievement/resultDescription/rubricCriterionLevel/alignment': ['Alignment'],
      '/credentialSubject/identifier': 'IdentityObject',
      '/credentialSubject/result': ['Result'],
      '/credentialSubject/result/alignment': ['Alignment'],
      '/credentialSubject/source': ['Profile'],
      '/evidence': ['Evidence'],
      '/image': 'Image',
      '/issuer': ['Profile'],
      '/issuer/address': ['Address'],
      '/issuer/address/geo': 'GeoCoordinates',
      '/issuer/image': 'Image',
      '/issuer/otherIdentifier': 'IdentifierEntry',
      '/issuer/parentOrg': ['Profile'],
    })
  })

  it('writes dates as dateTimeStamps, and keeps text as the caller wrote it', () => {
    expect(openBadge(fullBadge)).toMatchObject({
      validFrom: '2026-06-30T12:00:00Z',
      validUntil: '2031-06-30T12:00:00+01:00',
      awardedDate: '2026-06-01T00:00:00Z',
      credentialSubject: { activityStartDate: '2026-03-01T00:00:00Z', activityEndDate: '2026-06-01T00:00:00Z' },
    })
  })

  it('hashes e-mail address and student number, and shows the name that is called plain', () => {
    const badge = openBadge(fullBadge)
    const text = JSON.stringify(badge.credentialSubject)
    expect(text).not.toContain('ada@school.example')
    expect(text).not.toContain('20261234')
    const { identifier } = badge.credentialSubject
    expect(identifier?.map(({ identityType, hashed }) => [identityType, hashed])).toEqual([
      ['emailAddress', true],
      ['ext:studentId', true],
      ['name', false],
    ])
    expect(matchesIdentity(identifier, { email: 'ada@school.example' })).toBe(true)
    expect(matchesIdentity(identifier, { studentId: '20261234' })).toBe(true)
    expect(matchesIdentity(identifier, { studentId: '20261235' })).toBe(false)
  })

  it('takes identifiers that the caller made', () => {
    const identifier = plainIdentity('emailAddress', 'ada@school.example')
    const { credentialSubject } = openBadge({ ...leastBadge, recipient: { identifier } })
    expect(credentialSubject.identifier).toEqual([identifier])
    expect(credentialSubject.id).toBeUndefined()
  })

  it('gives an achievement without id a fresh one', () => {
    const { id, ...achievement } = leastBadge.achievement
    const ids = [1, 2].map(() => openBadge({ ...leastBadge, achievement }).credentialSubject.achievement.id)
    expect(id).toBeDefined()
    expect(ids[0]).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(ids[0]).not.toBe(ids[1])
  })

  it('shares nothing with the input, and cannot be changed afterwards', () => {
    const tag = ['one']
    const badge = openBadge({ ...leastBadge, achievement: { ...leastBadge.achievement, tag } })
    tag.push('two')
    expect(badge.credentialSubject.achievement.tag).toEqual(['one'])
    expect(Object.isFrozen(badge.credentialSubject.achievement.criteria)).toBe(true)
    expect(() => openBadge(deepFreeze(structuredClone(fullBadge)))).not.toThrow()
  })

  it('keeps terms that it does not know inside nested objects: issue reports those without a context', () => {
    const achievement = { ...leastBadge.achievement, workload: 'P3M' }
    expect(openBadge({ ...leastBadge, achievement }).credentialSubject.achievement).toHaveProperty('workload', 'P3M')
  })
})

describe('openBadge refuses', () => {
  const achievement = leastBadge.achievement
  const resultDescription = fullBadge.achievement.resultDescription ?? []
  const grade = 'urn:uuid:11111111-1111-4111-8111-111111111111'
  const scored = {
    ...achievement,
    resultDescription: { id: grade, name: 'Points', resultType: 'RawScore', valueMin: '0', valueMax: '10' },
  }
  const described = { ...achievement, resultDescription }
  const rubric = 'urn:uuid:22222222-2222-4222-8222-222222222222'
  const state = 'urn:uuid:55555555-5555-4555-8555-555555555555'

  it.each<[object | undefined, string]>([
    [undefined, 'openBadge: the options are missing; give one object with name, '],
    [{ ...leastBadge, expires: 1 }, 'openBadge: there is no option "expires"; there are name, description, '],
    [{ ...leastBadge, name: undefined }, 'name is missing; give a name for the record'],
    [{ ...leastBadge, name: ' ' }, 'name is not text with something in it; give'],
    [{ ...leastBadge, id: '42' }, 'id: "42" is not an absolute IRI; give an IRI such as urn:uuid:…'],
    [{ ...leastBadge, description: 5 }, 'description is not text'],
    [{ ...leastBadge, issuer: { name: 'School' } }, 'issuer.id is missing; give a DID or another IRI'],
    [{ ...leastBadge, issuer: 'School' }, 'issuer: "School" is not an absolute IRI'],
    [
      { ...leastBadge, validFrom: '2026-01-01' },
      'validFrom: "2026-01-01" is not a date and time; give a valid Date, or',
    ],
    [{ ...leastBadge, validUntil: new Date('x') }, 'validUntil: a value of type object is not a date and time'],
    [
      { ...leastBadge, validFrom: '2026-01-01T00:00:00Z', validUntil: '2026-01-01T00:59:59+01:00' },
      'validUntil: 2026-01-01T00:59:59+01:00 is before validFrom, 2026-01-01T00:00:00Z; give a later time',
    ],
    [{ ...leastBadge, recipient: undefined }, 'recipient is not an object; give { id: "did:…" }, { email: "…" }, '],
    [{ ...leastBadge, recipient: {} }, 'recipient names no one; give { id: "did:…" }, { email: "…" }, '],
    [{ ...leastBadge, recipient: { identifier: [] } }, 'recipient names no one'],
    [{ ...leastBadge, recipient: { mail: 'a@b' } }, 'recipient: there is no option "mail"; there are id, email, '],
    [{ ...leastBadge, recipient: { id: 'ada' } }, 'recipient.id: "ada" is not an absolute IRI; give a DID such as'],
    [{ ...leastBadge, recipient: { email: 'ada' } }, 'recipient.email is not an e-mail address; write it like'],
    [{ ...leastBadge, recipient: { studentId: 20261234 } }, 'recipient.studentId is not text'],
    [{ ...leastBadge, recipient: { plainName: '' } }, 'recipient.plainName is not text'],
    [
      { ...leastBadge, recipient: { identifier: [{ email: 'a@b' }] } },
      'recipient.identifier[0] is not an IdentityObject',
    ],
    [{ ...leastBadge, achievement: 'Badge' }, 'achievement is not an object; give an achievement such as'],
    [{ ...leastBadge, achievement: { ...achievement, name: undefined } }, 'achievement.name is missing'],
    [{ ...leastBadge, achievement: { ...achievement, description: '' } }, 'achievement.description is not text'],
    [
      { ...leastBadge, achievement: { ...achievement, criteria: undefined } },
      'achievement.criteria is missing; give text',
    ],
    [{ ...leastBadge, achievement: { ...achievement, criteria: '' } }, 'achievement.criteria is empty; give text'],
    [{ ...leastBadge, achievement: { ...achievement, criteria: {} } }, 'achievement.criteria is empty'],
    [{ ...leastBadge, achievement: { ...achievement, criteria: 3 } }, 'achievement.criteria is not an object'],
    [{ ...leastBadge, achievement: { ...achievement, criteria: { id: 'page' } } }, 'achievement.criteria.id: "page"'],
    [{ ...leastBadge, achievement: { ...achievement, id: '/a/1' } }, 'achievement.id: "/a/1" is not an absolute IRI'],
    [{ ...leastBadge, achievement: { ...achievement, inLanguage: 'english' } }, 'achievement.inLanguage: "english"'],
    [
      { ...leastBadge, achievement: { ...achievement, achievementType: 'badge' } },
      'achievement.achievementType: "badge" is not in the vocabulary; use one of Achievement, ApprenticeshipCertificate, ',
    ],
    [
      { ...leastBadge, achievement: { ...achievement, achievementType: 'ext:' } },
      'achievement.achievementType: "ext:"',
    ],
    [
      { ...leastBadge, achievement: { ...achievement, alignment: [{}] } },
      'achievement.alignment[0].targetName is missing',
    ],
    [
      { ...leastBadge, achievement: { ...achievement, image: 'b.png' } },
      'achievement.image: "b.png" is not an absolute IRI',
    ],
    [{ ...leastBadge, achievement: { ...achievement, related: { id: 7 } } }, 'achievement.related.id is not text'],
    [
      { ...leastBadge, achievement: { ...achievement, otherIdentifier: { identifier: 'x', identifierType: 'ISBN' } } },
      'achievement.otherIdentifier.identifierType: "ISBN" is not in the vocabulary',
    ],
    [
      {
        ...leastBadge,
        achievement: { ...achievement, resultDescription: [{ id: grade, name: 'x', resultType: 'Grade' }] },
      },
      'achievement.resultDescription[0].resultType: "Grade" is not in the vocabulary',
    ],
    [{ ...leastBadge, result: {} }, 'result says nothing; give value, status or achievedLevel'],
    [
      { ...leastBadge, result: [{ value: 3 }] },
      'result[0].value is not text with something in it; give text, such as "A"',
    ],
    [
      { ...leastBadge, result: { status: 'Done' } },
      'result.status: "Done" is not in the vocabulary; use one of Completed',
    ],
    [
      { ...leastBadge, result: { value: 'A', resultDescription: grade } },
      `result.resultDescription: "${grade}" is not`,
    ],
    [
      { ...leastBadge, achievement: described, result: { value: 'D', resultDescription: grade } },
      'result.value: "D" is not allowed; give one of C, B, A',
    ],
    [
      { ...leastBadge, achievement: scored, result: { value: '10.5', resultDescription: grade } },
      'result.value: "10.5" is out of bounds; give a value from 0 to 10',
    ],
    [
      { ...leastBadge, achievement: described, result: { value: 'x', resultDescription: state } },
      'result.status is missing, and its description is of type Status',
    ],
    [
      { ...leastBadge, achievement: described, result: { achievedLevel: grade, resultDescription: rubric } },
      `result.achievedLevel: "${grade}" is not a level there; name one of that`,
    ],
    [{ ...leastBadge, creditsEarned: -1 }, 'creditsEarned is not a number of credits'],
    [{ ...leastBadge, creditsEarned: '3' }, 'creditsEarned is not a number of credits'],
    [{ ...leastBadge, term: '' }, 'term is not text'],
    [{ ...leastBadge, endorsement: [new Date(0)] }, 'openBadge: /endorsement/0 cannot be written as JSON'],
  ])('%#', (input, message) => {
    expect(refusal(() => openBadge(input as OpenBadgeInput))).toContain(`OPTION_INVALID: ${message}`)
  })
})

/** The `type` of every object below a value, by path without list indices. */
function typesIn(value: unknown, path = ''): { readonly [path: string]: unknown } {
  if (Array.isArray(value)) return Object.assign({}, ...value.map((item) => typesIn(item, path)))
  if (typeof value !== 'object' || value === null) return {}
  const members = Object.entries(value).map(([name, member]) => typesIn(member, `${path}/${name}`))
  const { type } = value as { readonly type?: unknown }
  return Object.assign({ [path || '/']: type }, ...members)
}
