/** Attack: who presents brings along the list that suits them. */

import { createStatusMemory, issue, type PresentationReport, present, vcJose, verify } from 'testamur'
import { decide } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import {
  badge,
  challenge,
  codesOf,
  edit,
  learner,
  now,
  presented,
  school,
  signed,
  thief,
  withProof,
} from '../helpers/fixtures.ts'
import { badgeWith, entryAt, listOf, listTime, listUrl, place, signedAnyway, unsignedList } from '../helpers/status.ts'
import { token, uri } from '../helpers/token-status.ts'

const diploma = await badgeWith()
const old = await listOf({}, undefined, new Date('2026-11-19T12:00:00Z'))
const dated = await listOf({ more: { validFrom: '2026-11-19T12:00:00Z' } }, undefined, new Date('2026-11-19T12:00:00Z'))
const revoked = await listOf({ set: [[place, 1]] })

async function show(credentials: readonly object[], more: object = {}): Promise<PresentationReport> {
  return verify({ presentation: await presented(credentials), challenge, now, ...more })
}
/** The same past every check of `present`. */
async function showAnyway(credentials: readonly object[], more: object = {}): Promise<PresentationReport> {
  const { proof: _, ...empty } = await presented([diploma])
  const unsigned = { ...empty, verifiableCredential: credentials }
  const presentation = await withProof(unsigned, learner, { purpose: 'authentication' })
  return verify({ presentation, challenge, now, ...more })
}
const codes = (report: PresentationReport) =>
  report.credentials.flatMap((credential) => (credential.verified ? ['valid'] : codesOf(credential)))

it('a genuine list works with no network, with its age in the report, and is no record of theirs', async () => {
  const report = await show([diploma, dated], { maxStatusAge: 3 * 86_400 })
  expect(report.verdict).toBe('valid')
  expect(report.credentials).toHaveLength(1)
  expect(report.credentials[0]?.checks).toContainEqual(
    expect.objectContaining({
      name: 'status',
      outcome: 'passed',
      status: expect.objectContaining({
        source: { url: listUrl, origin: 'stapled', asOf: '2026-11-19T12:00:00Z', age: 3 * 86_400 },
      }),
    }),
  )
  expect(report.nested).toEqual([
    { path: '/verifiableCredential/1', report: expect.objectContaining({ verdict: 'valid' }) },
  ])
})

it('it says what it says', async () => {
  expect(codes(await show([diploma, revoked], { maxStatusAge: 30 * 86_400 }))).toEqual(['REVOKED'])
})

it('one of any age does not do: it holds as long as its issuer says, or the verifier', async () => {
  const made = new Date('2025-11-19T12:00:00Z')
  const ofLastYear = await listOf({ more: { validFrom: '2025-11-19T12:00:00Z' } }, undefined, made)
  const report = await show([diploma, ofLastYear])
  expect(codes(report)).toEqual(['STATUS_STALE'])
  expect(JSON.stringify(report)).toContain('give maxStatusAge')
  const within = { validFrom: '2025-11-19T12:00:00Z', validUntil: '2026-12-01T00:00:00Z' }
  expect(codes(await show([diploma, await listOf({ more: within }, undefined, made)]))).toEqual(['valid'])
})

it('an old one does not stand where a new one can be had, unless its age is within bounds', async () => {
  const judgeWith = async (more: object) =>
    codes(await show([diploma, dated], { loadStatusList: async () => revoked, ...more }))
  expect(await judgeWith({})).toEqual(['REVOKED'])
  expect(await judgeWith({ maxStatusAge: 3 * 86_400 - 1 })).toEqual(['REVOKED'])
  expect(await judgeWith({ maxStatusAge: 3 * 86_400 })).toEqual(['valid'])
})

it('nor once a newer one was seen', async () => {
  const loadStatusList = async () => revoked
  expect(codes(await show([diploma], { loadStatusList }))).toEqual(['REVOKED'])
  expect(codes(await show([diploma, dated], { loadStatusList, maxStatusAge: 3 * 86_400 }))).toEqual(['REVOKED'])
})

it('nor does it where the new one cannot be had', async () => {
  const loadStatusList = () => Promise.reject(new Error('the line is cut'))
  const report = await show([diploma, dated], { loadStatusList })
  expect(codes(report)).toEqual(['STATUS_UNAVAILABLE'])
  expect(JSON.stringify(report)).toContain('counts only with maxStatusAge')
})

it('too old is too old without a network as well', async () => {
  expect(codes(await show([diploma, dated], { maxStatusAge: 3_600 }))).toEqual(['STATUS_STALE'])
})

it.each([
  ['unsigned', async () => edit(old, '/proof'), 'STATUS_LIST_INVALID'],
  ['changed', async () => edit(old, '/validFrom', '2026-11-22T11:59:00Z'), 'STATUS_LIST_INVALID'],
  ["in the school's name", () => signedAnyway({}, {}, thief), 'STATUS_LIST_INVALID'],
  ["the presenter's own", () => listOf({}, learner), 'STATUS_ISSUER_MISMATCH'],
] as const)('%s', async (_, make, code) => {
  expect(codes(await showAnyway([diploma, await make()]))).toEqual([code])
})

it('a list without a proof is never taken from who presents', async () => {
  const url = 'https://school.example/revocations'
  const credential = await signed({
    ...badge(),
    '@context': [...badge()['@context'], 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'],
    credentialStatus: { id: url, type: '1EdTechRevocationList' },
  })
  const unsigned = { ...(await signedAnyway({}, {}, learner)), id: url, revokedCredential: [] }
  expect(codes(await showAnyway([credential, edit(unsigned, '/revokedCredential')]))).toEqual(['STATUS_UNAVAILABLE'])
})

it('a stolen record that calls itself a list as well is held against its holder', async () => {
  const both = await listOf({
    more: {
      type: ['VerifiableCredential', 'BitstringStatusListCredential', 'Diploma'],
      '@context': ['https://www.w3.org/ns/credentials/v2', { Diploma: 'urn:x:Diploma' }],
    },
  })
  const report = await show([both])
  expect(report.verified).toBe(false)
  expect(codes(report)).toEqual(['SUBJECT_MISMATCH'])
})

it('a list for somebody else decides on nothing', async () => {
  const other = await listOf({ more: { id: `${listUrl}/2` }, subject: { id: `${listUrl}/2#list` } })
  expect(codes(await show([diploma, other]))).toEqual(['STATUS_UNAVAILABLE'])
  const plain = await badgeWith([])
  const bad = await showAnyway([plain, edit(old, '/proof')])
  expect(bad.verdict).toBe('valid')
  expect(bad.nested).toEqual([expect.objectContaining({ report: expect.objectContaining({ verdict: 'invalid' }) })])
  expect(await codesOf(await show([await badgeWith(entryAt())]))).toEqual(['CONTENT_INDETERMINATE'])
})

describe('many of them', () => {
  const within = { maxStatusAge: 3 * 86_400 }
  const leftOut = (report: PresentationReport) => report.checks.filter(({ name }) => name === 'status')
  const makeOthers = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        listOf({ more: { id: `${listUrl}/${index}` }, subject: { id: `${listUrl}/${index}#list` } }),
      ),
    )

  it('more than are verified are refused, nothing else is looked at, and nobody presents them', async () => {
    const others = await makeOthers(40)
    const most = await show([diploma, dated, ...others.slice(1)], within)
    expect([most.verdict, most.nested.length, leftOut(most)]).toEqual(['valid', 40, []])
    const more = await showAnyway([diploma, dated, ...others], within)
    expect([more.verdict, more.credentials, more.nested]).toEqual(['invalid', [], []])
    expect(codesOf(more)).toEqual(['LIMIT_EXCEEDED'])
    const texts = others.map((list) => JSON.stringify(list))
    await expect(present({ credentials: [diploma, dated, ...texts], key: learner, challenge, now })).rejects.toThrow(
      'present: there are 41 different status lists among the credentials, and at most 40 are verified; leave out those',
    )
  })

  it('those in envelopes are counted as well', async () => {
    const lists = await Promise.all(
      Array.from({ length: 41 }, (_, index) => token([], { claims: { sub: `${uri}/${index}` } })),
    )
    const plain = await badgeWith([])
    const most = await verify({
      presentation: await present({ credentials: [...lists.slice(1), plain], key: learner, challenge, now }),
      challenge,
      now,
    })
    expect([most.verdict, most.nested.length]).toEqual(['valid', 40])
    await expect(present({ credentials: [...lists, plain], key: learner, challenge, now })).rejects.toThrow(
      'there are 41 different status lists',
    )
  })

  it('copies of one are one: the last is verified, and what is left out is told', async () => {
    const copies = Array(41).fill(dated)
    const report = await show([diploma, ...copies], within)
    expect([report.verdict, report.nested.map(({ path }) => path)]).toEqual(['valid', ['/verifiableCredential/41']])
    expect(leftOut(report)).toEqual([
      {
        name: 'status',
        outcome: 'skipped',
        message: '40 status lists stapled to it were not verified: another stands behind under the same id.',
      },
    ])
    const two = await show([diploma, dated, revoked], within)
    expect([codes(two), leftOut(two)]).toEqual([
      ['REVOKED'],
      [expect.objectContaining({ message: expect.stringMatching(/^A status list stapled to it was not verified: /) })],
    ])
  })

  it('of those that are left out none is used', async () => {
    const forged = edit(dated, '/validFrom', '2026-11-22T11:59:00Z')
    expect(codes(await showAnyway([diploma, dated, forged], within))).toEqual(['STATUS_LIST_INVALID'])
    const others = await makeOthers(41)
    const report = await showAnyway([diploma, revoked, ...others], { ...within, skip: ['status'] })
    expect([report.verdict, report.nested, leftOut(report)]).toEqual([
      'valid',
      [],
      [
        expect.objectContaining({
          outcome: 'skipped',
          message: '42 status lists stapled to it were not verified: left out on request.',
        }),
      ],
    ])
    expect(decide(report, { name: 'looked up', statusChecked: true }).decision).toBe('review')
  })
})

it('a list in an envelope is found, and judged like any other', async () => {
  const enveloped = async (set: readonly (readonly [number, number])[]) => {
    const credential = { ...(await unsignedList({ set })), validUntil: '2026-12-01T00:00:00Z' }
    const text = await issue({ credential: credential as never, key: school, now: listTime, format: vcJose() })
    return {
      '@context': 'https://www.w3.org/ns/credentials/v2',
      id: `data:application/vc+jwt,${text}`,
      type: 'EnvelopedVerifiableCredential',
    }
  }
  const good = await show([diploma, await enveloped([])])
  expect([good.verdict, good.credentials.length, good.nested.length]).toEqual(['valid', 1, 1])
  expect(codes(await show([diploma, await enveloped([[place, 1]])]))).toEqual(['REVOKED'])
  const forged = await enveloped([])
  forged.id = forged.id.replace(/.{8}$/, 'AAAAAAAA')
  expect((await showAnyway([diploma, forged])).verdict).not.toBe('valid')
})

it.each([
  ['that cannot be opened', { id: 'data:application/vc+jwt,ee.bb.cc', type: 'EnvelopedVerifiableCredential' }],
  ['of another format', { id: 'data:application/vc+cose,2oRDoQ', type: 'EnvelopedVerifiableCredential' }],
  ['of another type', { ...edit(dated, '/proof'), type: ['VerifiableCredential', 'EnvelopedVerifiablePresentation'] }],
])('an envelope %s is no list, but a record that is not good', async (_, more) => {
  const report = await showAnyway([diploma, dated, { '@context': 'https://www.w3.org/ns/credentials/v2', ...more }], {
    maxStatusAge: 3 * 86_400,
  })
  expect([report.verified, report.credentials.map(({ verified }) => verified)]).toEqual([false, [true, false]])
  expect(report.nested).toHaveLength(1)
})

it('a proof that nobody verified, put beside the genuine one, makes an old list neither newer nor longer-lived', async () => {
  const made = new Date('2025-11-19T12:00:00Z')
  const genuine = await listOf({ more: { validFrom: '2025-11-19T12:00:00Z' } }, undefined, made)
  const foreign = {
    type: 'DataIntegrityProof',
    cryptosuite: 'x-none',
    created: '2026-11-22T11:59:00Z',
    expires: '2030-01-01T00:00:00Z',
    verificationMethod: school.id,
    proofPurpose: 'assertionMethod',
    proofValue: 'z1',
  }
  const redated = { ...genuine, proof: [genuine['proof'], foreign] }
  const revokedNow = await listOf({ set: [[place, 1]] })
  const loadStatusList = async () => revokedNow
  expect(codes(await showAnyway([diploma, redated]))).toEqual(['STATUS_STALE'])
  expect(codes(await showAnyway([diploma, redated], { maxStatusAge: 3_600, loadStatusList }))).toEqual(['REVOKED'])
  const statusMemory = createStatusMemory()
  expect(codes(await showAnyway([diploma, revokedNow], { maxStatusAge: 86_400, statusMemory }))).toEqual(['REVOKED'])
  const older = { maxStatusAge: Number.MAX_SAFE_INTEGER, statusMemory }
  expect(codes(await showAnyway([diploma, redated], older))).toEqual(['STATUS_ROLLBACK'])
})
