/** Inputs of our own for the tests of the record functions, from the least to one with every member. */

import type { OpenBadgeInput } from '../../src/records/open-badge.ts'

export const learnerId = 'did:example:learner-1'

export const leastBadge: OpenBadgeInput = {
  name: 'Tidal Pools',
  achievement: {
    id: 'https://school.example/achievements/tidal-pools',
    name: 'Tidal Pools',
    description: 'Surveys the life of a tidal pool.',
    criteria: 'Survey three pools and hand in the notes.',
  },
  recipient: { id: learnerId },
}

export const fullBadge: OpenBadgeInput = {
  id: 'urn:uuid:7a6f6b1e-3a54-4d0b-9a52-0d7a0f6f0a11',
  name: 'Tidal Pools',
  description: 'Awarded for a season of field work.',
  issuer: {
    id: 'did:example:school',
    name: 'Shore School',
    url: 'https://school.example/',
    email: 'office@school.example',
    image: 'https://school.example/logo.svg',
    address: {
      addressLocality: 'Porto',
      addressCountryCode: 'PT',
      geo: { latitude: 41.15, longitude: -8.61 },
    },
    otherIdentifier: { identifier: 'PT-0042', identifierType: 'ext:InstitutionCode' },
    parentOrg: { id: 'did:example:district', name: 'Shore District' },
  },
  validFrom: new Date('2026-06-30T12:00:00.750Z'),
  validUntil: '2031-06-30T12:00:00+01:00',
  awardedDate: '2026-06-01T00:00:00Z',
  image: { id: 'https://school.example/badge.png', caption: 'A starfish' },
  achievement: {
    id: 'https://school.example/achievements/tidal-pools',
    name: 'Tidal Pools',
    description: 'Surveys the life of a tidal pool.',
    criteria: { id: 'https://school.example/criteria/tidal-pools', narrative: 'Survey *three* pools.' },
    achievementType: 'MicroCredential',
    alignment: [
      { targetName: 'Field methods', targetUrl: 'https://frameworks.example/items/7', targetType: 'CFItem' },
      { targetName: 'Ecology', targetUrl: 'https://frameworks.example/items/8', targetCode: 'ECO-8' },
    ],
    creator: { id: 'did:example:faculty', name: 'Faculty of Biology' },
    creditsAvailable: 3,
    fieldOfStudy: 'Biology',
    specialization: 'Marine ecology',
    humanCode: 'BIO-231',
    inLanguage: 'en-GB',
    version: '2',
    image: 'https://school.example/achievement.png',
    otherIdentifier: [{ identifier: 'BIO-231', identifierType: 'identifier' }],
    related: { id: 'https://school.example/achievements/poças', inLanguage: 'pt-PT', version: '2' },
    tag: ['biology', 'field work'],
    resultDescription: [
      {
        id: 'urn:uuid:11111111-1111-4111-8111-111111111111',
        name: 'Grade',
        resultType: 'LetterGrade',
        allowedValue: ['C', 'B', 'A'],
        requiredValue: 'B',
      },
      {
        id: 'urn:uuid:22222222-2222-4222-8222-222222222222',
        name: 'Notebook',
        resultType: 'RubricCriterionLevel',
        rubricCriterionLevel: [
          { id: 'urn:uuid:33333333-3333-4333-8333-333333333333', name: 'Learning', level: '1', points: '5' },
          {
            id: 'urn:uuid:44444444-4444-4444-8444-444444444444',
            name: 'Mastered',
            description: 'Nothing to add.',
            alignment: { targetName: 'Notes', targetUrl: 'https://frameworks.example/items/9' },
          },
        ],
        requiredLevel: 'urn:uuid:44444444-4444-4444-8444-444444444444',
      },
      { id: 'urn:uuid:55555555-5555-4555-8555-555555555555', name: 'State', resultType: 'Status' },
    ],
  },
  recipient: { id: learnerId, email: 'ada@school.example', studentId: '20261234', plainName: 'Ada Álvares' },
  result: [
    { resultDescription: 'urn:uuid:11111111-1111-4111-8111-111111111111', value: 'A' },
    {
      resultDescription: 'urn:uuid:22222222-2222-4222-8222-222222222222',
      achievedLevel: 'urn:uuid:44444444-4444-4444-8444-444444444444',
      alignment: [{ targetName: 'Notes', targetUrl: 'https://frameworks.example/items/9' }],
    },
    { resultDescription: 'urn:uuid:55555555-5555-4555-8555-555555555555', status: 'Completed' },
  ],
  evidence: [
    {
      id: 'https://school.example/notes.pdf',
      name: 'Field notes',
      description: 'Forty pages.',
      narrative: 'Kept from March to June.',
      genre: 'Prose',
      audience: 'Biologists',
      mediaType: 'application/pdf',
      content: new Uint8Array([1, 2, 3]),
    },
    { narrative: 'A talk to the class.' },
  ],
  creditsEarned: 2.5,
  licenseNumber: 'L-77',
  narrative: 'Notes and talk belong together.',
  role: 'Team lead',
  term: 'Spring 2026',
  activityStartDate: new Date('2026-03-01T00:00:00Z'),
  activityEndDate: '2026-06-01T00:00:00Z',
  source: { id: 'did:example:assessor', name: 'Field Station' },
}

/** What `issue` adds before it signs. */
export function asIssued(record: object): object {
  return {
    id: 'urn:uuid:0b7f4e6a-5c64-4f63-8a39-6c3f3d0f9a10',
    issuer: 'did:example:school',
    validFrom: '2026-07-01T00:00:00Z',
    ...record,
  }
}

/** Freezes a value and everything in it, so that a function that writes to its input throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const member of Object.values(value)) deepFreeze(member)
    Object.freeze(value)
  }
  return value
}

/** Calls what must throw, and gives back the error's code and message. */
export function refusal(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string }
    return `${code}: ${message}`
  }
  return 'nothing was thrown'
}
