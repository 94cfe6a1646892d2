import { describe, expect, it } from 'vitest'
import { readJson } from '../../src/encoding/json.ts'
import { markVerified } from '../../src/encoding/verified.ts'
import { assembleClr, type ClrInput } from '../../src/records/clr.ts'
import { openBadge } from '../../src/records/open-badge.ts'
import type { Credential, Verified } from '../../src/types.ts'
import { asIssued, learnerId, leastBadge, refusal } from './samples.ts'

const course = 'https://school.example/achievements/tidal-pools'
const programme = 'https://school.example/achievements/marine-biology'

/** A signed badge as `verify` hands it out, with members exchanged. */
function verifiedBadge(changes: object = {}): Verified<Credential> {
  return markVerified(signedBadge(changes))
}

function signedBadge(changes: object = {}): Credential {
  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: '2026-07-01T00:00:00Z',
    verificationMethod: 'did:example:school#key-1',
    proofPurpose: 'assertionMethod',
    proofValue: 'z3FXQjecWufY46yg5abdVZsXqLhxhueuSoZgNSARiKBk9czhSePTFehP8c3PGfb6a22gkfUKods5D2UAUL5n2Brbx',
  }
  const result = readJson({ ...asIssued(openBadge(leastBadge)), proof, ...changes })
  return ('value' in result ? result.value : undefined) as unknown as Credential
}

const least: ClrInput = { name: 'Transcript', learner: { id: learnerId }, credentials: [verifiedBadge()] }

describe('assembleClr', () => {
  it('puts the contexts in order and the credentials in as they are', () => {
    const credential = verifiedBadge()
    expect(assembleClr({ ...least, credentials: [credential] })).toEqual({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      type: ['VerifiableCredential', 'ClrCredential'],
      name: 'Transcript',
      credentialSubject: { id: learnerId, type: ['ClrSubject'], verifiableCredential: [credential] },
    })
  })

  it('ties achievements of its own and of its credentials together', () => {
    const clr = assembleClr({
      ...least,
      learner: { id: learnerId, email: 'ada@school.example' },
      partial: true,
      image: 'https://school.example/seal.png',
      achievement: { id: programme, name: 'Marine Biology', description: 'A programme.', criteria: 'All courses.' },
      association: [{ associationType: 'isChildOf', sourceId: course, targetId: programme }],
    })
    expect(clr).toMatchObject({ partial: true, image: { type: 'Image' } })
    expect(clr.credentialSubject.achievement?.[0]).toMatchObject({ id: programme, type: ['Achievement'] })
    expect(clr.credentialSubject.association).toEqual([
      { type: 'Association', associationType: 'isChildOf', sourceId: course, targetId: programme },
    ])
    expect(clr.credentialSubject.identifier?.[0]).toMatchObject({ identityType: 'emailAddress', hashed: true })
  })

  it('takes a credential that names the learner by a hash only', () => {
    const { id, ...subject } = openBadge({
      ...leastBadge,
      recipient: { email: 'ada@school.example' },
    }).credentialSubject
    expect(id).toBeUndefined()
    const credentials = [verifiedBadge({ credentialSubject: subject })]
    expect(assembleClr({ ...least, credentials }).credentialSubject.verifiableCredential).toHaveLength(1)
    const learner = { email: 'ada@school.example' }
    expect(assembleClr({ ...least, learner, credentials }).credentialSubject.id).toBeUndefined()
  })
})

describe('assembleClr refuses', () => {
  const unverified = 'credentials[1] was not vouched for by verify; verify it first and pass report.credential itself'

  it.each([
    ['a credential that nobody verified', signedBadge()],
    ['a copy of one that was', { ...verifiedBadge() }],
    ['one that was read again', JSON.parse(JSON.stringify(verifiedBadge()))],
    ['text', 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln'],
    ['nothing', null],
  ])('%s', (_, credential) => {
    const credentials = [verifiedBadge(), credential as Verified<Credential>]
    expect(refusal(() => assembleClr({ ...least, credentials }))).toContain(`CREDENTIAL_UNVERIFIED: ${unverified}`)
  })

  const subject = openBadge(leastBadge).credentialSubject
  const thief = { ...subject, id: 'did:example:thief' }
  const v1 = ['https://www.w3.org/2018/credentials/v1', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json']
  const older = ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json']
  const association = { associationType: 'isChildOf', sourceId: course, targetId: programme }

  it.each<[object, string]>([
    [{ credentials: [] }, 'credentials is empty; give a list with at least one report.credential of verify'],
    [{ credentials: verifiedBadge() }, 'credentials is empty'],
    [{ learner: {} }, 'learner names no one; give { id: "did:…" }'],
    [{ name: undefined }, 'name is missing'],
    [{ children: [] }, 'assembleClr: there is no option "children"'],
    [{ partial: 'yes' }, 'partial is not a boolean'],
    [
      { credentials: [verifiedBadge(), verifiedBadge({ credentialSubject: thief })] },
      `credentials[1] is about "did:example:thief", but learner.id is "${learnerId}"; leave out what is about somebody`,
    ],
    [
      { credentials: [verifiedBadge({ credentialSubject: [subject, thief] })] },
      'credentials[0] is about "did:example:thief"',
    ],
    [
      { learner: { email: 'ada@school.example' } },
      `credentials[0] is about "${learnerId}", but learner has no id; give`,
    ],
    [
      { credentials: [verifiedBadge({ proof: undefined })] },
      'credentials[0] has no proof of its own; ask its issuer for one',
    ],
    [
      { credentials: [verifiedBadge({ '@context': v1 })] },
      'credentials[0] is not of VC Data Model 2.0, its first context',
    ],
    [
      { credentials: [verifiedBadge({ '@context': older })] },
      `credentials[0] has context "${older[1]}", the record has`,
    ],
    [{ association }, `association.targetId: "${programme}" is no achievement of this record; give the id of one`],
    [
      { association: [{ ...association, associationType: 'childOf' }] },
      'association[0].associationType: "childOf" is not',
    ],
    [{ association: { ...association, sourceId: undefined } }, 'association.sourceId is missing'],
  ])('%#', (changes, message) => {
    expect(refusal(() => assembleClr({ ...least, ...changes } as ClrInput))).toContain(`OPTION_INVALID: ${message}`)
  })
})
