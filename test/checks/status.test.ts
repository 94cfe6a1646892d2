import { type Check, type CredentialReport, type VerifySettings, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { checkStatus, MAX_STATUS_ENTRIES } from '../../src/checks/status.ts'
import { checkPresentationStatus, hasStatusForm, skipStatus } from '../../src/checks/status-need.ts'
import { encodeBitstring } from '../../src/status/bitstring.ts'
import type { JsonObject } from '../../src/types.ts'
import { college, edit, judge, now, school, signed, badge as unsignedBadge } from '../helpers/fixtures.ts'
import { settings } from '../helpers/settings.ts'
import {
  badgeSignedAnyway,
  badgeWith,
  bitsOf,
  entryAt,
  listOf,
  listUrl,
  loaderOf,
  olderList,
  place,
  signedAnyway,
} from '../helpers/status.ts'

const never = () => Promise.reject(new Error('nothing may be verified'))
const check = (credentialStatus: unknown) =>
  checkStatus({ credentialStatus } as never, school.controller, settings(), never)

const clear = await listOf()
const revoked = await listOf({ set: [[place, 1]] })
const badge = await badgeWith()

async function statusOf(credential: unknown, more: VerifySettings): Promise<readonly Check[]> {
  const report: CredentialReport = await verify({ credential, now, ...more })
  return report.checks.filter(({ name }) => name === 'status')
}

describe('without a look-up', () => {
  it('none: skipped, and says what that means', () => {
    for (const credential of [{}, { credentialStatus: [] }]) {
      const checks = skipStatus(credential, settings())
      expect(checks).toEqual([expect.objectContaining({ name: 'status', outcome: 'skipped' })])
      expect(checks?.[0]?.message).toContain('revocable')
    }
  })

  it('left out on request: skipped, but seen', () => {
    expect(skipStatus({ credentialStatus: entryAt() as never }, settings({ skip: ['status'] }))).toEqual([
      expect.objectContaining({
        outcome: 'skipped',
        path: '/credentialStatus',
        status: { type: 'BitstringStatusListEntry', purpose: 'unknown' },
      }),
    ])
    expect(skipStatus({ credentialStatus: entryAt() as never }, settings())).toBeUndefined()
  })

  it.each<[string, JsonObject, JsonObject | undefined, string, string | undefined]>([
    ['that of a JWT alone', {}, { status_list: {} }, 'status_list', undefined],
    ['that of a JWT that names nothing', { credentialStatus: [] }, {}, 'unknown', undefined],
    ['one of each', { credentialStatus: { type: ['A', 'B'] } }, { c: {} }, 'A, B, c', '/credentialStatus'],
    ['what is no entry', { credentialStatus: [null, 'A', { type: 7 }, {}] }, undefined, 'unknown', '/credentialStatus'],
  ])('left out on request, %s: what it is can be told from none', (_name, credential, ofToken, type, path) => {
    expect(skipStatus(credential, settings(), ofToken)).toBeUndefined()
    const [check, ...others] = skipStatus(credential, settings({ skip: ['status'] }), ofToken) ?? []
    expect(others).toEqual([])
    expect(check).toEqual({
      name: 'status',
      outcome: 'skipped',
      message: 'Whether it was revoked was not looked up: left out on request.',
      ...(path !== undefined && { path }),
      status: { type, purpose: 'unknown' },
    })
  })

  it('that of a presentation: only where its JWT has one, and never looked up', () => {
    const ofToken = { status_list: {} }
    expect(checkPresentationStatus(undefined, settings())).toEqual([])
    expect(checkPresentationStatus(undefined, settings({ skip: ['status'] }))).toEqual([])
    expect(checkPresentationStatus(ofToken, settings())).toEqual([
      expect.objectContaining({ name: 'status', outcome: 'inconclusive', code: 'STATUS_UNAVAILABLE' }),
    ])
    expect(checkPresentationStatus(ofToken, settings({ skip: ['status'] }))).toEqual([
      expect.objectContaining({ name: 'status', outcome: 'skipped' }),
    ])
  })

  it('what is to be signed is looked at where it has a status or is a list', () => {
    expect(hasStatusForm({ type: 'VerifiableCredential' })).toBe(false)
    expect(hasStatusForm({ credentialStatus: [] })).toBe(true)
    expect(hasStatusForm({ type: ['VerifiableCredential', 'BitstringStatusListCredential'] })).toBe(true)
  })

  it.each([[[]], [['status']]] as const)('none in what is shown: skipped, and not known (skip: %j)', (skip) => {
    expect(skipStatus({}, settings({ skip }), undefined, true)).toEqual([
      {
        name: 'status',
        outcome: 'skipped',
        message: 'What is shown of the credential has no credentialStatus; whether one is withheld is not known.',
        status: { type: 'unknown', purpose: 'unknown' },
      },
    ])
    expect(skipStatus({}, settings({ skip }))?.[0]).not.toHaveProperty('status')
  })

  it('no list at hand: inconclusive, each with its place, type and purpose', async () => {
    const outcome = { outcome: 'inconclusive', code: 'STATUS_UNAVAILABLE' }
    expect(await check(entryAt())).toEqual([
      expect.objectContaining({
        ...outcome,
        path: '/credentialStatus',
        message: expect.stringContaining('no loadStatusList was given'),
        status: { type: 'BitstringStatusListEntry', purpose: 'revocation' },
      }),
    ])
    expect((await check([entryAt(), entryAt(3)])).map(({ path }) => path)).toEqual([
      '/credentialStatus/0',
      '/credentialStatus/1',
    ])
  })

  it('a type that nothing reads: inconclusive, and named', async () => {
    expect(await check({ type: 'SmartContractStatus' })).toEqual([
      expect.objectContaining({ code: 'STATUS_UNAVAILABLE', message: expect.stringContaining('SmartContractStatus') }),
    ])
    const badgeOfMany = await badgeWith([entryAt(), entryAt(5)])
    expect(await judge(badgeOfMany, { statusMethods: [], statusLists: [clear] })).toEqual([
      'STATUS_UNAVAILABLE',
      'STATUS_UNAVAILABLE',
    ])
  })

  it(`more than ${MAX_STATUS_ENTRIES} entries are not looked up`, async () => {
    expect(await check(Array.from({ length: MAX_STATUS_ENTRIES + 1 }, () => entryAt()))).toEqual([
      expect.objectContaining({ code: 'LIMIT_EXCEEDED', outcome: 'failed' }),
    ])
    expect(await check(Array.from({ length: MAX_STATUS_ENTRIES }, () => entryAt()))).toHaveLength(MAX_STATUS_ENTRIES)
  })
})

describe('a list by hand', () => {
  it('says that it is not revoked, with what was read and how old it is', async () => {
    expect(await statusOf(badge, { statusLists: [clear] })).toEqual([
      {
        name: 'status',
        outcome: 'passed',
        message: `Not set for revocation, by the list ${listUrl} of 2026-11-22T11:00:00Z.`,
        path: '/credentialStatus',
        status: {
          type: 'BitstringStatusListEntry',
          purpose: 'revocation',
          value: 0,
          source: { url: listUrl, origin: 'given', asOf: '2026-11-22T11:00:00Z', age: 3600 },
        },
      },
    ])
  })

  it('says that it is revoked', async () => {
    const report = await verify({ credential: badge, now, statusLists: [revoked] })
    expect(report).toMatchObject({ verified: false, verdict: 'invalid' })
    expect(await statusOf(badge, { statusLists: [revoked] })).toEqual([
      expect.objectContaining({ outcome: 'failed', code: 'REVOKED', status: expect.objectContaining({ value: 1 }) }),
    ])
  })

  it.each([
    ['a list', (list: unknown) => [list]],
    ['a list of text', (list: unknown) => [JSON.stringify(list)]],
    ['a Map', (list: unknown) => new Map([[listUrl, list]])],
    ['an object', (list: unknown) => ({ [listUrl]: list })],
    ['bytes', (list: unknown) => ({ [listUrl]: new TextEncoder().encode(JSON.stringify(list)) })],
  ])('is found in %s', async (_, form) => {
    expect(await judge(badge, { statusLists: form(clear) })).toEqual(['valid'])
    expect(await judge(badge, { statusLists: form(revoked) })).toEqual(['REVOKED'])
  })

  it('another list in the place of the first is seen', async () => {
    const lists = new Map([[listUrl, clear]])
    expect(await judge(badge, { statusLists: lists })).toEqual(['valid'])
    lists.set(listUrl, revoked)
    expect(await judge(badge, { statusLists: lists })).toEqual(['REVOKED'])
    const array = [clear]
    expect(await judge(badge, { statusLists: array })).toEqual(['valid'])
    array[0] = revoked
    expect(await judge(badge, { statusLists: array })).toEqual(['REVOKED'])
  })

  it('every entry counts', async () => {
    const suspension = { statusPurpose: 'suspension', statusListCredential: `${listUrl}/s`, id: `${listUrl}/s#7` }
    const both = await badgeWith([entryAt(), entryAt(7, suspension)])
    const lists = async (set: readonly (readonly [number, number])[]) => [
      clear,
      await listOf({
        set,
        more: { id: `${listUrl}/s` },
        subject: { id: `${listUrl}/s#list`, statusPurpose: 'suspension' },
      }),
    ]
    expect(await judge(both, { statusLists: await lists([]) })).toEqual(['valid'])
    expect(await judge(both, { statusLists: await lists([[7, 1]]) })).toEqual(['SUSPENDED'])
    expect(await judge(both, { statusLists: [clear] })).toEqual(['STATUS_UNAVAILABLE'])
  })

  it('a list for many purposes serves each of them', async () => {
    const both = await badgeWith([entryAt(), entryAt(7, { statusPurpose: 'suspension' })])
    const list = await listOf({ set: [[7, 1]], subject: { statusPurpose: ['revocation', 'suspension'] } })
    expect(await judge(both, { statusLists: [list] })).toEqual(['SUSPENDED'])
    expect(await judge(both, { statusLists: [clear] })).toEqual(['STATUS_LIST_INVALID'])
  })
})

describe('purposes that decide nothing', () => {
  const messages = ['pending', 'accepted', 'rejected', 'withdrawn'].map((message, value) => ({
    status: `0x${value}`,
    message,
  }))

  it('a message is told', async () => {
    const entry = entryAt(place, { statusPurpose: 'message', statusSize: 2, statusMessage: messages })
    const list = await listOf({ size: 2, set: [[place, 2]], subject: { statusPurpose: 'message' } })
    const report = await verify({ credential: await badgeWith(entry), now, statusLists: [list] })
    expect(report.verified).toBe(true)
    expect(report.checks).toContainEqual(
      expect.objectContaining({
        name: 'status',
        outcome: 'passed',
        message: expect.stringContaining('Its message is rejected'),
        status: expect.objectContaining({ purpose: 'message', value: 2, meaning: 'rejected' }),
      }),
    )
  })

  it('so is that a newer version is to be had', async () => {
    const credential = await badgeWith(entryAt(place, { statusPurpose: 'refresh' }))
    const list = await listOf({ set: [[place, 1]], subject: { statusPurpose: 'refresh' } })
    const [told] = await statusOf(credential, { statusLists: [list] })
    expect(told).toMatchObject({ outcome: 'passed', message: expect.stringContaining('newer version') })
  })

  it('a purpose that is not known is undecided when it is set', async () => {
    const credential = await badgeWith(entryAt(place, { statusPurpose: 'expulsion' }))
    const list = (set: readonly (readonly [number, number])[]) =>
      listOf({ set, subject: { statusPurpose: 'expulsion' } })
    expect(await judge(credential, { statusLists: [await list([[place, 1]])] })).toEqual(['STATUS_UNAVAILABLE'])
    expect(await judge(credential, { statusLists: [await list([])] })).toEqual(['valid'])
  })
})

describe('older forms', () => {
  it.each([
    ['StatusList2021', 'https://w3id.org/vc/status-list/2021/v1', entryAt(place, { type: 'StatusList2021Entry' })],
    [
      'RevocationList2020',
      'https://w3id.org/vc-revocation-list-2020/v1',
      {
        id: `${listUrl}#${place}`,
        type: 'RevocationList2020Status',
        revocationListIndex: String(place),
        revocationListCredential: listUrl,
      },
    ],
  ] as const)('%s', async (type, context, credentialStatus) => {
    const credential = await signed({
      '@context': ['https://www.w3.org/2018/credentials/v1', context],
      type: ['VerifiableCredential'],
      issuanceDate: '2026-11-01T00:00:00Z',
      credentialSubject: { id: college.controller },
      credentialStatus,
    })
    expect(await judge(credential, { statusLists: [await olderList(type)] })).toEqual(['valid'])
    expect(await judge(credential, { statusLists: [await olderList(type, { set: [[place, 1]] })] })).toEqual([
      'REVOKED',
    ])
    expect(await judge(credential, { statusLists: [clear] })).toEqual(['STATUS_LIST_INVALID'])
  })

  describe('1EdTech revocation list', () => {
    const url = 'https://school.example/revocations'
    const list = (...revokedCredential: readonly object[]) => ({
      id: url,
      issuer: school.controller,
      revokedCredential,
    })
    const context = [...unsignedBadge()['@context'], 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json']
    const credential = signed({
      ...unsignedBadge(),
      '@context': context,
      credentialStatus: { id: url, type: '1EdTechRevocationList' },
    })
    const id = 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c02'

    it('has the id, and may say why', async () => {
      const entry = { id, revoked: true, revocationReason: 'Awarded in error' }
      expect(await statusOf(await credential, { statusLists: [list({ id: 'urn:x:1' }, entry)] })).toEqual([
        expect.objectContaining({
          code: 'REVOKED',
          message: expect.stringContaining('Awarded in error'),
          notes: [expect.stringContaining('not signed')],
        }),
      ])
      expect(await judge(await credential, { statusLists: [list({ id })] })).toEqual(['REVOKED'])
      expect(await judge(await credential, { statusLists: [list({ id, revoked: false })] })).toEqual(['valid'])
      expect(await judge(await credential, { statusLists: [list()] })).toEqual(['valid'])
    })

    it('is of the same issuer and URL', async () => {
      const other = { ...list(), issuer: college.controller }
      expect(await judge(await credential, { statusLists: [other] })).toEqual(['STATUS_ISSUER_MISMATCH'])
      const renamed = { [url]: { ...list(), id: `${url}/2` } }
      expect(await judge(await credential, { statusLists: renamed })).toEqual(['STATUS_LIST_MISMATCH'])
    })

    it.each([{ revokedCredential: undefined }, { revokedCredential: [{}] }, { revokedCredential: [7] }])(
      'not in order: %j',
      async (odd) => {
        expect(await judge(await credential, { statusLists: { [url]: { ...list(), ...odd } } })).toEqual([
          'STATUS_LIST_INVALID',
        ])
      },
    )

    it('has no date, so that its age is only known when it was loaded or said', async () => {
      const settings = { maxStatusAge: 60 }
      expect(await judge(await credential, { ...settings, statusLists: [list()] })).toEqual(['STATUS_STALE'])
      const fetched = { document: list(), fetchedAt: now.getTime() - 30_000 }
      expect(await judge(await credential, { ...settings, statusLists: [fetched] })).toEqual(['valid'])
      const { load } = loaderOf({ [url]: list() })
      expect(await judge(await credential, { ...settings, loadStatusList: load })).toEqual(['valid'])
    })
  })
})

describe('what a list departs in', () => {
  it('another issuer: seen, and accepted only by option', async () => {
    const list = await listOf({ set: [[place, 1]] }, college)
    expect(await judge(badge, { statusLists: [list] })).toEqual(['STATUS_ISSUER_MISMATCH'])
    const seen: object[] = []
    const accept = (answer: unknown) => (pair: object) => {
      seen.push(pair)
      return answer as boolean
    }
    expect(await judge(badge, { statusLists: [list], acceptStatusIssuer: accept(true) })).toEqual(['REVOKED'])
    expect(await judge(badge, { statusLists: [list], acceptStatusIssuer: accept('yes') })).toEqual([
      'STATUS_ISSUER_MISMATCH',
    ])
    expect(seen[0]).toEqual({ issuer: school.controller, listIssuer: college.controller, url: listUrl })
    const [told] = await statusOf(badge, { statusLists: [list], acceptStatusIssuer: () => true })
    expect(told?.notes).toEqual([expect.stringContaining(college.controller)])
  })

  it('another id: seen, and accepted only by option', async () => {
    const lists = { [listUrl]: await listOf({ more: { id: 'https://school.example/status/2' } }) }
    expect(await judge(badge, { statusLists: lists })).toEqual(['STATUS_LIST_MISMATCH'])
    expect(await judge(badge, { statusLists: lists, acceptStatusListId: () => true })).toEqual(['valid'])
  })

  it('an index written as a number is read, with a note', async () => {
    const entry = await badgeSignedAnyway(entryAt(place, { statusListIndex: place }))
    const [told] = await statusOf(entry, { statusLists: [revoked] })
    expect(told).toMatchObject({ code: 'REVOKED', notes: [expect.stringContaining('should be text')] })
  })

  it('too short: seen, and accepted only by option', async () => {
    const encodedList = await encodeBitstring(bitsOf({ entries: 100_000, set: [[place, 1]] }))
    const lists = [await signedAnyway({ encodedList })]
    expect(await judge(badge, { statusLists: lists })).toEqual(['STATUS_LIST_SHORT'])
    const accepted = await statusOf(badge, { statusLists: lists, acceptShortStatusList: () => true })
    expect(accepted).toEqual([
      expect.objectContaining({ code: 'REVOKED', notes: [expect.stringContaining('100000 entries')] }),
    ])
  })
})

describe('nothing unproven steers a look-up', () => {
  it('a badge that was changed, or that its issuer did not sign, asks for no list', async () => {
    const { load, asked } = loaderOf({ [listUrl]: clear })
    expect(await judge(edit(badge, '/name', 'Wielding'), { loadStatusList: load })).toEqual(['PROOF_INVALID'])
    const forged = await badgeSignedAnyway(entryAt(), college)
    expect(await judge(forged, { loadStatusList: load })).toEqual(['ISSUER_MISMATCH'])
    expect(asked).toEqual([])
    expect(await judge(badge, { loadStatusList: load })).toEqual(['valid'])
    expect(asked).toEqual([listUrl])
  })
})
