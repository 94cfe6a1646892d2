/** What the record functions make is accepted by others: JSON-LD without a lost term, and the published JSON Schemas. */

import { existsSync, readFileSync } from 'node:fs'
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../src/encoding/json.ts'
import { markVerified } from '../../src/encoding/verified.ts'
import { canonize } from '../../src/jsonld/canonize.ts'
import { createDocumentLoader } from '../../src/jsonld/loader.ts'
import { caseAlignment, ctdlAlignment } from '../../src/records/alignment.ts'
import { assembleClr } from '../../src/records/clr.ts'
import { digestOfJson } from '../../src/records/digest.ts'
import { endorsement } from '../../src/records/endorsement.ts'
import { openBadge } from '../../src/records/open-badge.ts'
import type { Credential, JsonObject } from '../../src/types.ts'
import { asIssued, fullBadge, learnerId, leastBadge } from './samples.ts'

const folder = '../shared/oracle/schemas/derived'
const proof = {
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2026-07-01T00:00:00Z',
  verificationMethod: 'did:example:school#key-1',
  proofPurpose: 'assertionMethod',
  proofValue: 'z3FXQjecWufY46yg5abdVZsXqLhxhueuSoZgNSARiKBk9czhSePTFehP8c3PGfb6a22gkfUKods5D2UAUL5n2Brbx',
}
const endorsed = 'urn:uuid:7a6f6b1e-3a54-4d0b-9a52-0d7a0f6f0a11'
const least = asIssued(openBadge(leastBadge))
const boundEndorsement = asIssued(
  endorsement({
    name: 'Endorsed',
    description: 'By the Field Station.',
    issuer: { id: 'did:example:station', name: 'Field Station' },
    endorsed,
    endorsementComment: 'We saw it.',
    digestSRI: digestOfJson(least),
    mediaType: 'application/vc',
  }),
)
const full = openBadge({
  ...fullBadge,
  achievement: {
    ...fullBadge.achievement,
    alignment: [
      caseAlignment({
        uri: 'https://case.example/CFItems/1',
        fullStatement: 'Describes a food web.',
        abbreviatedStatement: 'Food webs',
        humanCodingScheme: 'SCI.7',
        CFDocumentURI: { title: 'Science' },
      }),
      ctdlAlignment({ url: 'https://ctdl.example/ce-1', competencyText: 'Surveys.', frameworkName: 'Shore' }),
      ctdlAlignment({ url: 'https://ctdl.example/ce-2', name: 'Surveyor', description: 'A licence.', ctid: 'ce-2' }),
    ],
  },
  endorsement: [{ ...boundEndorsement, proof: [proof] }],
  endorsementJwt: ['eyJhbGciOiJFUzI1NiJ9.e30.c2ln'],
})
const clr = assembleClr({
  name: 'Transcript',
  description: 'All there is.',
  learner: { id: learnerId, email: 'ada@school.example', plainName: 'Ada Álvares' },
  credentials: [verified({ ...least, proof: [proof] }), verified({ ...asIssued(full), proof: [proof] })],
  achievement: {
    id: 'https://school.example/achievements/marine-biology',
    name: 'Marine Biology',
    description: 'A programme.',
    criteria: 'All courses.',
    achievementType: 'LearningProgram',
  },
  association: {
    associationType: 'isChildOf',
    sourceId: 'https://school.example/achievements/tidal-pools',
    targetId: 'https://school.example/achievements/marine-biology',
  },
  partial: false,
  image: 'https://school.example/seal.png',
  awardedDate: '2026-06-01T00:00:00Z',
})
const records = [
  ['the least badge', 'ob_v3p0_achievementcredential', least],
  ['a badge with every member', 'ob_v3p0_achievementcredential', asIssued(full)],
  ['a badge by e-mail address', 'ob_v3p0_achievementcredential', byEmail()],
  ['an endorsement', 'ob_v3p0_endorsementcredential', boundEndorsement],
  ['a learner record', 'clr_v2p0_clrcredential', asIssued(clr)],
] as const

describe('JSON-LD', () => {
  const loadDocument = createDocumentLoader()
  const rdf = (record: object) => canonize(record as JsonObject, { loadDocument })

  it.each(records)('loses no term of %s', async (_, __, record) => {
    const quads = await rdf(record)
    for (const value of textsIn(record)) expect(quads).toContain(value)
  })

  it('carries the digest of a file, and notices another one', async () => {
    const quads = await rdf(asIssued(full))
    const digest = full.evidence?.[0]?.digestSRI
    expect(quads).toContain(
      `<https://school.example/notes.pdf> <https://www.w3.org/2018/credentials#digestSRI> "${digest}"`,
    )
    expect(await rdf(boundEndorsement)).toContain(`<${endorsed}> <https://www.w3.org/2018/credentials#digestSRI>`)
  })

  it('carries the identifier of the learner of a learner record', async () => {
    expect(await rdf(asIssued(clr))).toContain('<https://purl.imsglobal.org/spec/vc/clr/vocab.html#identifier-1>')
  })

  it('does not take inner credentials that assembleClr refuses for their contexts', async () => {
    for (const context of [
      ['https://www.w3.org/2018/credentials/v1', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
      ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json'],
    ]) {
      const child = { ...least, '@context': context, proof }
      const credentialSubject = { ...clr.credentialSubject, verifiableCredential: [child] }
      await expect(rdf({ ...asIssued(clr), credentialSubject })).rejects.toThrow()
    }
  })
})

describe.skipIf(!existsSync(folder))('the strict published schemas (skipped where their folder is absent)', () => {
  it.each(records)('take %s', (_, schema, record) => {
    const validate = compile(schema)
    validate(record)
    expect(validate.errors ?? []).toEqual([])
  })

  it('refuse a badge that was spoilt, so that the above says something', () => {
    const validate = compile('ob_v3p0_achievementcredential')
    expect(validate({ ...least, evidence: [{ type: ['Essay'] }] })).toBe(false)
    expect(validate({ ...least, image: 'https://school.example/badge.png' })).toBe(false)
  })
})

function byEmail(): object {
  return asIssued(openBadge({ ...leastBadge, recipient: { email: 'ada@school.example' } }))
}

function verified(credential: object) {
  const result = readJson(credential)
  return markVerified(('value' in result ? result.value : undefined) as unknown as Credential)
}

function compile(schema: string): ValidateFunction {
  const ajv = new Ajv2019({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const text = readFileSync(`${folder}/${schema}_strict_schema.json`, 'utf8').replaceAll(
    'draft/2019-09/schema#',
    'draft/2019-09/schema',
  )
  return ajv.compile(JSON.parse(text) as object)
}

/** The plain ASCII texts in a record, but for contexts, types and what is written in another way in N-Quads. */
function textsIn(value: unknown, name = ''): readonly string[] {
  if (name === '@context' || name === 'type') return []
  if (typeof value === 'string') return /^[ -~]+$/.test(value) && !value.includes('"') ? [value] : []
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, name))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => textsIn(member, key))
}
