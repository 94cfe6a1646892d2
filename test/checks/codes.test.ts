/** Every code that the package can answer with or throw, each with a scenario that yields it. */

import {
  bbs2023,
  type CredentialError,
  type CredentialReport,
  createStatusMemory,
  createStatusRegistry,
  digestOfJson,
  disclose,
  type ErrorCode,
  ecdsaSd2023,
  ed25519Signature2020,
  eddsaRdfc2022,
  endorsement,
  generateKey,
  importKey,
  issue,
  isWarning,
  logStatusStore,
  memoryStatusStore,
  type PresentationReport,
  type ProblemCode,
  problemCodes,
  problemType,
  type StatusStore,
  verify,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import { createWorkerPool } from '../../src/adapters/workers.ts'
import { assembleClr } from '../../src/records/clr.ts'
import { encodeBitstring } from '../../src/status/bitstring.ts'
import {
  badge,
  challenge,
  college,
  copyOf,
  type Document,
  didDocument,
  edit,
  learner,
  now,
  plainCredential,
  presented,
  recordOf,
  school,
  signed,
  signedBadge,
  thief,
  withProof,
} from '../helpers/fixtures.ts'
import { proofOver } from '../helpers/hand-made.ts'
import { forge, jwtBadge, payloadOf } from '../helpers/jwt.ts'
import { badgeSignedAnyway, bitsOf, entryAt, listOf, listUrl, place, signedAnyway } from '../helpers/status.ts'

type Report = CredentialReport | PresentationReport
const good = await signedBadge()
const credential = (document: unknown, more: object = {}) => verify({ credential: document, now, ...more })
const presentation = (document: unknown, more: object = {}) =>
  verify({ presentation: document, challenge, now, ...more })
const fails = () => Promise.reject(new Error('the line is down'))
const schemaOf = (id: string) => plainCredential({ credentialSchema: { id, type: 'JsonSchema' } })
const status = entryAt()
const revoked = await listOf({ set: [[place, 1]] })
const withStatus = async (lists: readonly unknown[], more: object = {}, entry: object = status) =>
  credential(await badgeSignedAnyway(entry), { statusLists: lists, ...more })

async function related(associationType: string, targetId: string): Promise<object> {
  const { proof: _, ...record } = await recordOf([good])
  const association = { type: 'Association', associationType, sourceId: good.id, targetId }
  return withProof(edit(record, '/credentialSubject/association', [association]), learner)
}

async function endorsed(id: string, more: object = {}): Promise<object> {
  const praise = await signed({ ...endorsement({ name: 'Praise', endorsed: id }), ...more }, college)
  return signed({ ...badge(), endorsement: [praise] })
}

const problems: Readonly<Record<ProblemCode, () => Promise<Report>>> = {
  INPUT_MALFORMED: () => credential('{'),
  LIMIT_EXCEEDED: () => credential('['.repeat(200) + ']'.repeat(200)),
  MEMBER_DUPLICATE: () => credential(JSON.stringify(good).replace('"name":', '"name":"Diving","name":')),
  MEMBER_FORBIDDEN: () => credential('{"__proto__":{}}'),
  SURROGATE_UNPAIRED: () => credential(edit(good, '/name', '\ud800')),
  INTEGER_UNSAFE: () => credential(edit(good, '/name', 2 ** 53)),
  NUMBER_INEXACT: () => credential('{"name":1e400}'),
  CREDENTIAL_MISSING: () => credential('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  CREDENTIAL_MALFORMED: () => credential(edit(good, '/issuer')),
  PRESENTATION_MALFORMED: () => presentation(good),
  TERM_UNDEFINED: () => credential(edit(good, '/grade', 'A')),
  NOT_COMPACTED: () => credential(edit(good, '/@index', 'with honours')),
  CONTEXT_UNKNOWN: () => credential(edit(good, '/@context/2', 'https://context.example/v1')),
  PROOF_MISSING: () => credential(edit(good, '/proof')),
  PROOF_MALFORMED: () => credential(edit(good, '/proof/proofValue')),
  PROOF_INVALID: () => credential(edit(good, '/name', 'Wielding')),
  CLAIM_MISMATCH: async () => credential(await forge({ ...payloadOf(await jwtBadge()), jti: 'urn:x:1' })),
  PROOF_UNAVAILABLE: () => credential(good, { formats: [{ ...eddsaRdfc2022(), verify: fails }] }),
  PROOF_DISPUTED: () => credential(good, { crossCheck: [{ ...eddsaRdfc2022(), verify: async () => false }] }),
  PROOF_IS_BASE: async () =>
    credential(await issue({ credential: badge(), key: await ecdsaKey, now, format: ecdsaSd2023() })),
  PROOF_FORMAT_UNKNOWN: () => credential(good, { formats: [ed25519Signature2020()] }),
  PROOF_FEATURE_UNKNOWN: async () => credential(await withPseudonym('u2V0H'), { formats: [bbs2023()] }),
  PROOF_PURPOSE_MISMATCH: async () => credential(await withProof(badgeOfSchool, school, { purpose: 'authentication' })),
  PROOF_EXPIRED: async () => {
    const proof = await proofOver(badgeOfSchool, school, { expires: '2026-11-01T00:00:00Z' })
    return credential({ ...badgeOfSchool, proof })
  },
  KEY_NOT_FOUND: () => credential(edit(good, '/proof/verificationMethod', 'https://school.example/#key')),
  KEY_UNAVAILABLE: () => credential(good, { resolveDid: fails }),
  KEY_UNSUPPORTED: async () => {
    const other = await generateKey({ algorithm: 'P-256' })
    return credential(edit(good, '/proof/verificationMethod', other.id))
  },
  KEY_PURPOSE_MISMATCH: () =>
    credential(good, { resolveDid: async () => didDocument(school, { assertionMethod: [] }) }),
  KEY_REVOKED: () =>
    credential(good, { resolveDid: async () => didDocument(school, {}, { revoked: '2026-10-01T00:00:00Z' }) }),
  CONTROLLER_MISMATCH: () => credential(good, { resolveDid: async () => didDocument(college) }),
  ISSUER_MISMATCH: async () => credential(await withProof(badgeOfSchool, thief)),
  HOLDER_MISMATCH: async () => {
    const { proof: _, ...unsigned } = await presented([good])
    return presentation(await withProof(unsigned, thief, { purpose: 'authentication' }))
  },
  SUBJECT_MISMATCH: async () => nestedOf(await presentation(await presented([good], { key: thief }))),
  SUBJECT_UNKNOWN: async () => {
    const unnamed = await signedBadge({ recipient: { email: 'ada@school.example' } })
    return nestedOf(await presentation(await presented([unnamed])))
  },
  CHALLENGE_MISMATCH: async () => presentation(await presented([good]), { challenge: 'another' }),
  DOMAIN_MISMATCH: async () => presentation(await presented([good]), { domain: 'hr.example' }),
  NOT_YET_VALID: () => credential(good, { now: new Date('2026-08-01T00:00:00Z') }),
  EXPIRED: async () => credential(await signedBadge({ validUntil: '2026-10-01T00:00:00Z' })),
  REVOKED: () => withStatus([revoked]),
  SUSPENDED: async () => {
    const list = await listOf({ set: [[place, 1]], subject: { statusPurpose: 'suspension' } })
    return withStatus([list], {}, entryAt(place, { statusPurpose: 'suspension' }))
  },
  STATUS_ENTRY_INVALID: () => withStatus([revoked], {}, entryAt(place, { statusListIndex: '-1' })),
  STATUS_INDEX_OUT_OF_RANGE: () => withStatus([revoked], {}, entryAt(131_072)),
  STATUS_LIST_INVALID: () => withStatus([edit(revoked, '/validFrom', '2026-11-22T11:30:00Z')]),
  STATUS_LIST_MISMATCH: async () => {
    const list = await listOf({ more: { id: `${listUrl}/2` } })
    return withStatus([], { statusLists: { [listUrl]: list } })
  },
  STATUS_LIST_SHORT: async () =>
    withStatus([await signedAnyway({ encodedList: await encodeBitstring(bitsOf({ entries: 100_000 })) })]),
  STATUS_ISSUER_MISMATCH: async () => withStatus([await listOf({}, college)]),
  STATUS_STALE: () => withStatus([revoked], { maxStatusAge: 60 }),
  STATUS_ROLLBACK: async () => {
    const statusMemory = createStatusMemory()
    await withStatus([revoked], { statusMemory })
    const before = new Date('2026-11-22T10:00:00Z')
    const older = await listOf({ more: { validFrom: '2026-11-22T10:00:00Z' } }, school, before)
    return withStatus([older], { statusMemory })
  },
  STATUS_UNAVAILABLE: async () => credential(await signed({ ...badge(), credentialStatus: status })),
  SCHEMA_MISMATCH: async () =>
    credential(await signed(schemaOf('https://schema.example/1')), {
      schemas: { 'https://schema.example/1': { required: ['name'] } },
    }),
  SCHEMA_UNAVAILABLE: async () => credential(await signed(schemaOf('https://schema.example/2')), { schemas: {} }),
  ISSUER_UNTRUSTED: () => credential(good, { trust: async () => undefined }),
  TRUST_UNAVAILABLE: () => credential(good, { trust: fails }),
  CONTENT_INVALID: async () => credential(await recordOf([edit(good, '/name', 'Wielding')])),
  CONTENT_INDETERMINATE: async () =>
    credential(await recordOf([await signed({ ...badge(), credentialStatus: status })])),
  RESULT_MISMATCH: async () => credential(await withResult({ resultDescription: 'urn:example:grade', value: '120' })),
  RESULT_DANGLING: async () =>
    credential(await withResult({ resultDescription: 'urn:example:other', value: '1' }), { conformance: 'lenient' }),
  ASSOCIATION_DANGLING: async () =>
    credential(await related('isPeerOf', 'urn:example:elsewhere'), { conformance: 'lenient' }),
  ASSOCIATION_CYCLIC: async () => credential(await related('isChildOf', good.id as string)),
  ENDORSEMENT_MISMATCH: async () => credential(await endorsed('urn:example:another')),
  ENDORSEMENT_INVALID: async () => credential(good, { endorsements: [edit(good, '/name', 'Wielding')] }),
  ENDORSEMENT_INDETERMINATE: async () =>
    credential(good, { endorsements: [await signed({ ...badge(), credentialStatus: status })] }),
  DIGEST_MISMATCH: async () =>
    credential(await endorsed(good.id as string, { relatedResource: [{ id: good.id, digestSRI: digestOfJson({}) }] })),
  CHECK_UNAVAILABLE: () => credential(good, { checks: [fails] }),
}

const withResult = async (result: object) => {
  const description = {
    id: 'urn:example:grade',
    type: ['ResultDescription'],
    name: 'Grade',
    resultType: 'Percent',
    valueMax: '100',
  }
  const described = edit(badge(), '/credentialSubject/achievement/resultDescription', [description])
  return signed(edit(described, '/credentialSubject/result', [{ type: ['Result'], ...result }]))
}

const badgeOfSchool = { ...badge(), issuer: school.controller }

describe('problem codes', () => {
  it('the table has every code', () => {
    expect(Object.keys(problems).sort()).toEqual([...problemCodes].sort())
  })

  it.each(problemCodes)('%s', async (code) => {
    const report = await problems[code]()
    const found = report.checks.find((check) => 'code' in check && check.code === code)
    // An endorsement that is broken says nothing against what it stands in.
    expect(report.verified).toBe(report.checks.some(isWarning))
    expect(found).toMatchObject({
      code,
      outcome: /UNKNOWN|UNAVAILABLE|INDETERMINATE|^DIGEST_|^STATUS_/.test(code) ? 'inconclusive' : 'failed',
    })
    expect(found?.message).toMatch(/\w \w/)
    expect((found as { problemType?: string }).problemType).toBe(problemType(code))
  })
})

const ecdsaKey = generateKey({ algorithm: 'P-256' })

/** A credential whose proof is of bbs-2023 with a pseudonym, by the beginning of its proof value. */
async function withPseudonym(proofValue: string): Promise<Document> {
  const key = await generateKey({ algorithm: 'Bls12381G2' })
  return edit(
    copyOf(await issue({ credential: badge(), key, now, format: bbs2023() })),
    '/proof/0/proofValue',
    proofValue,
  )
}

const errors: Readonly<Record<ErrorCode, () => unknown>> = {
  OPTION_INVALID: () => verify({} as never),
  CREDENTIAL_MALFORMED: () => issue({ credential: { ...badge(), grade: 'A' }, key: school, now }),
  CREDENTIAL_SECURED: () => issue({ credential: good as never, key: school, now }),
  CREDENTIAL_UNVERIFIED: () =>
    assembleClr({ name: 'Record', learner: { id: learner.controller }, credentials: [good as never] }),
  CONTEXT_UNKNOWN: () =>
    issue({ credential: plainCredential({ '@context': [v2, 'https://context.example/v1'] }), key: school, now }),
  KEY_MALFORMED: () => importKey('z123'),
  KEY_UNSUPPORTED: () => issue({ credential: badge(), key: school, now, format: [ecdsaOnly] }),
  POOL_ENDED: async () => {
    const pool = createWorkerPool({ size: 1 })
    await pool.close()
    for await (const _ of pool.verifyMany({ credentials: ['{}'] })) break
  },
  PROOF_MISSING: () => disclose({ credential: good, reveal: ['/name'] }),
  PROOF_UNSUPPORTED: async () =>
    disclose({ credential: await withPseudonym('u2V0G'), reveal: ['/name'], format: bbs2023() }),
  SIGNATURE_WRONG: () => issue({ credential: badge(), key: { ...school, sign: thief.sign }, now }),
  STATUS_UNKNOWN: () => registryOn(memoryStatusStore()).get({ credentialId: 'urn:example:1' }),
  STATUS_LIST_FULL: () =>
    registryOn({ ...memoryStatusStore(), allocate: async () => [undefined], lists: full }).allocate({ id: 'a' }),
  STORE_CONFLICT: () =>
    registryOn(logStatusStore({ read: async () => [], append: async () => false })).allocate({ id: 'a' }),
  STORE_CORRUPT: () =>
    registryOn(logStatusStore({ read: async () => [changedRecord], append: fails })).allocate({ id: 'a' }),
  STORE_UNAVAILABLE: () => registryOn(logStatusStore({ read: fails, append: fails })).allocate({ id: 'a' }),
}

const registryOn = (store: StatusStore) =>
  createStatusRegistry({ store, url: 'https://school.example/status', maxLists: 1 })
const list = {
  id: 'a',
  tenant: 'default',
  purpose: 'revocation',
  number: 1,
  length: 131_072,
  statusSize: 1,
  secret: 'A'.repeat(43),
} as const
const full = async () => [{ ...list, allocated: 131_072, seq: 2, version: 0 }]
const changedRecord = JSON.stringify({ opened: list, event: { list: 'a', seq: 1, body: '{}', hash: 'b' } })

const v2 = 'https://www.w3.org/ns/credentials/v2'
const ecdsaOnly = { ...ed25519Signature2020(), algorithms: ['P-256' as const] }

describe('error codes', () => {
  it.each(Object.keys(errors) as ErrorCode[])('%s', async (code) => {
    const error = await Promise.resolve()
      .then(errors[code])
      .catch((cause: CredentialError) => cause)
    expect(error).toMatchObject({ name: 'CredentialError', code })
  })
})

/** The report on the first credential of a presentation. */
function nestedOf(report: PresentationReport): CredentialReport {
  const [first] = report.credentials
  if (!first) throw new Error('there is no credential in this report')
  return first
}
