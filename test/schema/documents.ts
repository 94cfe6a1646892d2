/** Learner records of our own that use every member of every class, and what they look like under VC Data Model 1.1. */

import type { JsonObject, JsonValue } from '../../src/types.ts'

const v2 = 'https://www.w3.org/ns/credentials/v2'
const ob = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const clrContext = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json'
const did = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'

const image = { id: 'https://school.example/seal.png', type: 'Image', caption: 'The seal of the school' }
const alignment = {
  type: ['Alignment'],
  targetCode: 'MA.7',
  targetDescription: 'Solves linear equations',
  targetName: 'Linear equations',
  targetFramework: 'State standards',
  targetType: 'CFItem',
  targetUrl: 'https://standards.example/ma/7',
}
const identifier = { type: 'IdentifierEntry', identifier: 'S-77', identifierType: 'sourcedId' }
const learner = {
  type: 'IdentityObject',
  hashed: true,
  identityHash: 'sha256$0f1e2d',
  identityType: 'emailAddress',
  salt: 'pepper',
}
const proof = {
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2026-06-30T12:00:00Z',
  verificationMethod: `${did}#key`,
  proofPurpose: 'assertionMethod',
  proofValue: 'z3FXQ',
  challenge: 'c',
  domain: 'd',
  nonce: 'n',
}

const person = {
  id: did,
  type: ['Profile'],
  name: 'Ada School',
  url: 'https://school.example',
  phone: '+1 555 0100',
  description: 'A school',
  image,
  email: 'office@school.example',
  address: {
    type: ['Address'],
    addressCountry: 'Utopia',
    addressCountryCode: 'UT',
    addressRegion: 'North',
    addressLocality: 'Hill',
    streetAddress: '1 Road',
    postOfficeBoxNumber: '12',
    postalCode: '12345',
    geo: { type: 'GeoCoordinates', latitude: 1.5, longitude: -2 },
  },
  otherIdentifier: [identifier],
  official: 'The head',
  parentOrg: { id: 'https://district.example', type: ['Profile'] },
  familyName: 'Lovelace',
  givenName: 'Ada',
  additionalName: 'King',
  patronymicName: 'P',
  honorificPrefix: 'Dr',
  honorificSuffix: 'BSc',
  familyNamePrefix: 'van',
  dateOfBirth: '2001-12-31',
}

const common = {
  validFrom: '2026-06-30T12:00:00Z',
  validUntil: '2030-06-30T12:00:00.5+02:00',
  proof: [proof],
  credentialSchema: [{ id: 'https://school.example/schema.json', type: 'JsonSchema' }],
  credentialStatus: { id: 'https://school.example/list#7', type: 'BitstringStatusListEntry' },
  refreshService: { id: 'https://school.example/refresh', type: 'Refresh' },
  termsOfUse: [{ id: 'https://school.example/terms', type: 'Terms' }],
  evidence: [
    {
      id: 'https://school.example/essay',
      type: ['Evidence'],
      narrative: 'Wrote it',
      name: 'Essay',
      description: 'An essay',
      genre: 'Prose',
      audience: 'Class',
    },
  ],
}

const endorsement: JsonObject = {
  '@context': [v2, ob],
  id: 'urn:uuid:2b8a0a5c-6a4e-4f53-8a52-0d9a5d2b6b01',
  type: ['VerifiableCredential', 'EndorsementCredential'],
  name: 'Well made',
  description: 'We looked at it',
  awardedDate: '2026-06-30T12:00:00Z',
  credentialSubject: { id: did, type: ['EndorsementSubject'], endorsementComment: 'Good' },
  issuer: person,
  ...common,
}

/** The same, small enough to be held by others. */
const held: JsonObject = { ...endorsement, issuer: did }

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln'

const achievement: JsonObject = {
  id: 'https://school.example/badges/1',
  type: ['Achievement'],
  name: 'Equations',
  description: 'Solves equations',
  criteria: { id: 'https://school.example/badges/1/criteria', narrative: 'Pass the test' },
  achievementType: 'Course',
  alignment: [alignment],
  creator: { ...person, endorsement: [held], endorsementJwt: [jwt] },
  creditsAvailable: 3,
  endorsement: [held],
  endorsementJwt: [jwt],
  fieldOfStudy: 'Mathematics',
  humanCode: 'MATH 101',
  image,
  inLanguage: 'en-GB',
  otherIdentifier: [identifier],
  related: [{ id: 'https://school.example/badges/2', type: ['Related'], inLanguage: 'de', version: '2' }],
  resultDescription: [
    {
      id: 'urn:uuid:2b8a0a5c-6a4e-4f53-8a52-0d9a5d2b6b02',
      type: ['ResultDescription'],
      alignment: [alignment],
      allowedValue: ['A', 'B'],
      name: 'Grade',
      requiredLevel: 'urn:uuid:2b8a0a5c-6a4e-4f53-8a52-0d9a5d2b6b03',
      requiredValue: 'B',
      resultType: 'LetterGrade',
      rubricCriterionLevel: [
        {
          id: 'urn:uuid:2b8a0a5c-6a4e-4f53-8a52-0d9a5d2b6b03',
          type: ['RubricCriterionLevel'],
          alignment: [alignment],
          description: 'All right',
          level: '1',
          name: 'Good',
          points: '5',
        },
      ],
      valueMax: 'A',
      valueMin: 'F',
    },
  ],
  specialization: 'Algebra',
  tag: ['mathematics'],
  version: '1',
}

const badge: JsonObject = {
  '@context': [v2, ob],
  id: 'urn:uuid:2b8a0a5c-6a4e-4f53-8a52-0d9a5d2b6b04',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Equations',
  description: 'For Ada',
  image,
  awardedDate: '2026-06-30T12:00:00Z',
  credentialSubject: {
    id: did,
    type: ['AchievementSubject'],
    identifier: [learner],
    achievement,
    activityStartDate: '2026-01-01T00:00:00Z',
    activityEndDate: '2026-06-01T00:00:00Z',
    creditsEarned: 3,
    image,
    licenseNumber: 'L1',
    narrative: 'Did it',
    result: [
      {
        type: ['Result'],
        achievedLevel: 'urn:uuid:2b8a0a5c-6a4e-4f53-8a52-0d9a5d2b6b03',
        alignment: [alignment],
        resultDescription: 'urn:uuid:2b8a0a5c-6a4e-4f53-8a52-0d9a5d2b6b02',
        status: 'Completed',
        value: 'A',
      },
    ],
    role: 'Author',
    source: person,
    term: 'Spring',
  },
  endorsement: [held],
  endorsementJwt: [jwt],
  issuer: person,
  ...common,
}

const clr: JsonObject = {
  '@context': [v2, clrContext, ob],
  id: 'urn:uuid:2b8a0a5c-6a4e-4f53-8a52-0d9a5d2b6b05',
  type: ['VerifiableCredential', 'ClrCredential'],
  name: 'Transcript',
  description: 'All of it',
  image,
  awardedDate: '2026-06-30T12:00:00Z',
  partial: false,
  credentialSubject: {
    id: did,
    type: ['ClrSubject'],
    identifier: [learner],
    achievement: [achievement],
    verifiableCredential: [{ ...held, type: ['VerifiableCredential'], credentialSubject: { id: did } }],
    association: [{ type: 'Association', associationType: 'isPartOf', sourceId: 'urn:a', targetId: 'urn:b' }],
  },
  endorsement: [held],
  endorsementJwt: [jwt],
  issuer: did,
  ...common,
}

const credential: JsonObject = {
  '@context': [v2, { mark: 'https://school.example/vocab#mark' }],
  id: 'urn:uuid:2b8a0a5c-6a4e-4f53-8a52-0d9a5d2b6b06',
  type: ['VerifiableCredential', 'DegreeCredential'],
  issuer: { id: did, name: 'Ada School' },
  credentialSubject: { id: did, mark: 'A' },
  ...common,
}

const presentation: JsonObject = {
  '@context': [v2],
  id: 'urn:uuid:2b8a0a5c-6a4e-4f53-8a52-0d9a5d2b6b07',
  type: ['VerifiablePresentation'],
  holder: did,
  verifiableCredential: [credential],
  proof: [{ ...proof, proofPurpose: 'authentication' }],
}

/** By the name of the schema they are for. */
export const documents: ReadonlyMap<string, JsonObject> = new Map([
  ['achievement-credential', badge],
  ['endorsement-credential', endorsement],
  ['clr-credential', clr],
  ['verifiable-credential', credential],
  ['verifiable-presentation', presentation],
])

/** The document of that name, under the given data model. */
export function sample(name: string, model: '1.1' | '2.0'): JsonObject {
  const document = documents.get(name)
  if (!document) throw new Error(`no sample "${name}"`)
  // Through text, so that no part is shared: what happens to one copy of an image must not happen to all.
  return JSON.parse(JSON.stringify(model === '2.0' ? document : older(document))) as JsonObject
}

const olderNames: ReadonlyMap<string, string> = new Map([
  ['validFrom', 'issuanceDate'],
  ['validUntil', 'expirationDate'],
])

function older(value: JsonValue | undefined): JsonValue {
  if (value === v2) return 'https://www.w3.org/2018/credentials/v1'
  if (Array.isArray(value)) return value.map(older)
  if (typeof value !== 'object' || value === null) return value ?? null
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [olderNames.get(key) ?? key, older(item)]))
}
