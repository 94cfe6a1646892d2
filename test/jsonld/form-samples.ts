/** Records as their issuers would write them, for tests of the plain form: of both data models, with all that is decided on. */

import type { JsonObject } from '../../src/types.ts'
import { freeze } from './expand-documents.ts'

export const v1 = 'https://www.w3.org/2018/credentials/v1'
export const v2 = 'https://www.w3.org/ns/credentials/v2'
export const ob = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
export const obFirst = 'https://purl.imsglobal.org/spec/ob/v3p0/context.json'
export const extensions = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
export const clr = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json'

const course = { course: 'https://school.example/terms#course', hours: 'https://school.example/terms#hours' }

/** A badge of data model 2.0. */
export const badge = freeze({
  '@context': [v2, ob, extensions, course],
  id: 'urn:uuid:2f1b5c5e-5d0c-4b0e-9d57-1f6f1c6ab001',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Welding',
  issuer: { id: 'did:example:school', type: ['Profile'], name: 'School of Metal', url: 'https://school.example/' },
  validFrom: '2026-09-01T00:00:00Z',
  validUntil: '2031-09-01T00:00:00Z',
  credentialSubject: {
    id: 'did:example:learner',
    type: ['AchievementSubject'],
    course: 'MET-201',
    hours: 40,
    creditsEarned: 0.3,
    activityStartDate: '2026-01-10',
    achievement: {
      id: 'urn:uuid:2f1b5c5e-5d0c-4b0e-9d57-1f6f1c6ab002',
      type: ['Achievement'],
      name: { '@value': 'Schweißen', '@language': 'de' },
      description: 'Welds steel plates in all positions.',
      criteria: { narrative: 'Three pieces and an exam.' },
      creditsAvailable: 5,
      tag: ['metal', 'welding'],
      alignment: [
        { type: ['Alignment'], targetName: 'Joining', targetUrl: 'https://frame.example/joining' },
        { type: ['Alignment'], targetName: 'Safety', targetUrl: 'https://frame.example/safety' },
      ],
    },
    identifier: [{ type: 'IdentityObject', identityHash: 'a1', identityType: 'emailAddress', hashed: false }],
    result: [{ type: ['Result'], resultDescription: 'urn:uuid:2f1b5c5e-5d0c-4b0e-9d57-1f6f1c6ab003', value: '87' }],
  },
  evidence: [{ id: 'https://school.example/evidence/1', type: ['Evidence'], narrative: 'A photograph.' }],
  credentialStatus: {
    id: 'https://school.example/status/1#94567',
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '94567',
    statusListCredential: 'https://school.example/status/1',
  },
  credentialSchema: { id: 'https://school.example/schema.json', type: '1EdTechJsonSchemaValidator2019' },
  termsOfUse: { id: 'https://school.example/terms', type: 'https://school.example/terms#Policy' },
  refreshService: { id: 'https://school.example/refresh', type: '1EdTechCredentialRefresh' },
}) as JsonObject

/** A badge of data model 1.1, under the first Open Badges context, whose terms are not protected. */
export const oldBadge = freeze({
  '@context': [v1, obFirst, course],
  id: 'urn:uuid:2f1b5c5e-5d0c-4b0e-9d57-1f6f1c6ab011',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Welding',
  issuer: { id: 'did:example:school', type: ['Profile'], name: 'School of Metal' },
  issuanceDate: '2026-09-01T00:00:00Z',
  expirationDate: '2031-09-01T00:00:00Z',
  credentialSubject: {
    id: 'did:example:learner',
    type: ['AchievementSubject'],
    course: 'MET-201',
    achievement: {
      id: 'urn:uuid:2f1b5c5e-5d0c-4b0e-9d57-1f6f1c6ab012',
      type: ['Achievement'],
      name: 'Welding, level 2',
      description: 'Welds steel plates in all positions.',
      criteria: { narrative: 'Three pieces and an exam.' },
      humanCode: '201',
    },
  },
}) as JsonObject

/** A badge that is refreshed at its own address, and says little. */
export const small = freeze({
  '@context': [v2, ob, extensions, { steps: { '@id': 'https://school.example/terms#steps', '@container': '@list' } }],
  id: 'https://school.example/badges/7',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Welding',
  issuer: 'did:example:school',
  validFrom: '2026-09-01T00:00:00Z',
  credentialSubject: {
    id: 'did:example:learner',
    type: 'AchievementSubject',
    steps: ['cut', 'join'],
    achievement: {
      id: 'urn:uuid:2f1b5c5e-5d0c-4b0e-9d57-1f6f1c6ab031',
      type: 'Achievement',
      humanCode: 'MET-201',
      fieldOfStudy: 'Metal',
    },
  },
  refreshService: { id: 'https://school.example/badges/7', type: '1EdTechCredentialRefresh' },
}) as JsonObject

/** A comprehensive learner record with a badge inside, and an endorsement of the record. */
export const record = freeze({
  '@context': [v2, clr, ob],
  id: 'urn:uuid:2f1b5c5e-5d0c-4b0e-9d57-1f6f1c6ab021',
  type: ['VerifiableCredential', 'ClrCredential'],
  name: 'Transcript',
  issuer: 'did:example:school',
  validFrom: '2026-09-02T00:00:00Z',
  partial: false,
  credentialSubject: {
    id: 'did:example:learner',
    type: ['ClrSubject'],
    verifiableCredential: [badge],
  },
  endorsement: [
    {
      '@context': [v2, ob],
      id: 'urn:uuid:2f1b5c5e-5d0c-4b0e-9d57-1f6f1c6ab023',
      type: ['VerifiableCredential', 'EndorsementCredential'],
      issuer: 'did:example:guild',
      validFrom: '2026-09-03T00:00:00Z',
      credentialSubject: {
        id: 'urn:uuid:2f1b5c5e-5d0c-4b0e-9d57-1f6f1c6ab021',
        type: ['EndorsementSubject'],
        endorsementComment: 'We know this school.',
      },
    },
  ],
}) as JsonObject

/** Options of a proof, as they are canonicalised. */
export const proofOptions = freeze({
  '@context': [v2, ob],
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2026-09-01T00:00:00Z',
  expires: '2027-09-01T00:00:00Z',
  verificationMethod: 'did:example:school#key-1',
  proofPurpose: 'assertionMethod',
  challenge: 'b1946ac9',
}) as JsonObject
