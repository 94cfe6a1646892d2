/** The status of a token (draft-ietf-oauth-status-list): JWTs and SD-JWTs that point into a Status List Token. */

import {
  createStatusMemory,
  type Envelope,
  exportKey,
  present,
  tokenStatusList,
  type VerifySettings,
  vcJose,
  verify,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import type { TokenStatusSize } from '../../src/status/token-status-list.ts'
import { challenge, codesOf, type Document, judge, learner, now, school } from '../helpers/fixtures.ts'
import { forge, joseBadge, jwtBadge, payloadOf } from '../helpers/jwt.ts'
import { digestOf, disclosure, sdJwtOf } from '../helpers/sd-jwt.ts'
import { badgeWithStatus, idx, seconds, token, uri } from '../helpers/token-status.ts'

const revocable = await badgeWithStatus()
const at = (list: unknown): VerifySettings => ({ loadStatusList: async (url) => (url === uri ? list : undefined) })

async function statusOf(credential: string, settings: VerifySettings) {
  const report = await verify({ credential, now, ...settings })
  return report.checks.filter(({ name }) => name === 'status')
}

describe('what a list says', () => {
  it.each<[string, number, TokenStatusSize, string]>([
    ['0 is valid', 0, 1, 'valid'],
    ['1 is revoked', 1, 1, 'REVOKED'],
    ['1 of two bits', 1, 2, 'REVOKED'],
    ['2 is suspended', 2, 2, 'SUSPENDED'],
    ['3 is the issuer’s own affair', 3, 2, 'STATUS_UNAVAILABLE'],
    ['so is 11 of four bits', 11, 4, 'STATUS_UNAVAILABLE'],
    ['and 255 of eight', 255, 8, 'STATUS_UNAVAILABLE'],
  ])('%s', async (_, value, bits, expected) => {
    expect(await judge(revocable, at(await token([[idx, value]], { bits })))).toEqual([expected])
  })

  it('its neighbours do not matter', async () => {
    expect(
      await judge(
        revocable,
        at(
          await token([
            [idx - 1, 1],
            [idx + 1, 2],
          ]),
        ),
      ),
    ).toEqual(['valid'])
  })

  it('the report says which list, of when, and what it is about', async () => {
    expect(await statusOf(revocable, at(await token([[idx, 2]])))).toEqual([
      {
        name: 'status',
        outcome: 'failed',
        code: 'SUSPENDED',
        message: expect.stringContaining(`Suspended by the list ${uri}`),
        status: {
          type: 'status_list',
          purpose: 'suspension',
          value: 2,
          source: expect.objectContaining({ url: uri, origin: 'loaded', asOf: '2026-11-22T11:00:00Z' }),
        },
      },
    ])
  })

  it('valid says so for each purpose that the list has room for', async () => {
    const purposes = async (bits: TokenStatusSize) =>
      (await statusOf(revocable, at(await token([], { bits })))).map(({ outcome, status }) => [
        outcome,
        status?.purpose,
        status?.value,
        status?.source?.url,
      ])
    expect(await purposes(1)).toEqual([['passed', 'revocation', 0, uri]])
    expect(await purposes(2)).toEqual([
      ['passed', 'revocation', 0, uri],
      ['passed', 'suspension', 0, uri],
    ])
  })

  it('another value is told', async () => {
    const [check] = await statusOf(revocable, at(await token([[idx, 3]])))
    expect(check).toMatchObject({ outcome: 'inconclusive', status: { purpose: 'other', value: 3 } })
    expect(check?.message).toContain('marked with 3')
  })

  it('as SD-JWT', async () => {
    const { name, ...payload } = payloadOf(await joseBadge())
    const shown = disclosure('name', name)
    const claims = { ...payload, _sd: [digestOf(shown)], status: { status_list: { idx, uri } } }
    for (const disclosures of [[shown], []]) {
      const credential = await sdJwtOf(claims, disclosures)
      expect(await judge(credential, at(await token()))).toEqual(['valid'])
      expect(await judge(credential, at(await token([[idx, 1]])))).toEqual(['REVOKED'])
      expect(await judge(credential)).toEqual(['STATUS_UNAVAILABLE'])
    }
  })

  it('as VC-JWT', async () => {
    const credential = await forge({ ...payloadOf(await jwtBadge()), status: { status_list: { idx, uri } } })
    expect(await judge(credential, at(await token()))).toEqual(['valid'])
    expect(await judge(credential, at(await token([[idx, 1]])))).toEqual(['REVOKED'])
  })

  it('counts beside credentialStatus, and every mechanism counts', async () => {
    const both = await badgeWithStatus({ status_list: { idx, uri }, identifier_list: { id: '1', uri } })
    expect(await judge(both, at(await token()))).toEqual(['STATUS_UNAVAILABLE'])
    expect(await judge(both, at(await token([[idx, 1]])))).toEqual(['STATUS_UNAVAILABLE', 'REVOKED'].sort())
    expect(await judge(await badgeWithStatus({}), at(await token()))).toEqual(['STATUS_ENTRY_INVALID'])
  })
})

describe('where a list comes from', () => {
  it('by hand: by URL, or found by its "sub"', async () => {
    const list = await token([[idx, 1]])
    expect(await judge(revocable, { statusLists: { [uri]: list } })).toEqual(['REVOKED'])
    expect(await judge(revocable, { statusLists: [list] })).toEqual(['REVOKED'])
    expect(await judge(revocable, { statusLists: [await token()] })).toEqual(['valid'])
  })

  it('stapled, within its age, to a presentation of whatever form', async () => {
    const show = async (list: string, more: object = {}, format?: Envelope): Promise<readonly unknown[]> => {
      const given = { credentials: [revocable, list], key: learner, challenge, now }
      const presentation = format ? await present({ ...given, format }) : await present(given)
      const report = await verify({ presentation, challenge, now, maxStatusAge: 3_600, ...more })
      const lists = report.nested.map((each) => [each.path, each.report.verdict])
      return [report.credentials.flatMap((each) => (each.verified ? ['valid'] : codesOf(each))), lists]
    }
    const stapled = [['/verifiableCredential/1', 'valid']]
    for (const format of [undefined, vcJose()]) {
      expect(await show(await token(), {}, format)).toEqual([['valid'], stapled])
      expect(await show(await token([[idx, 1]]), {}, format)).toEqual([['REVOKED'], stapled])
    }
    expect(await show(await token(), { maxStatusAge: 3_599 })).toEqual([['STATUS_STALE'], stapled])
    expect(await show(await token([], { key: learner }))).toEqual([['STATUS_ISSUER_MISMATCH'], stapled])
    // Without a bound it counts as long as it says itself.
    const unbounded = { maxStatusAge: Number.POSITIVE_INFINITY }
    expect(await show(await token(), unbounded)).toEqual([['valid'], stapled])
    expect(await show(await token([], { claims: { exp: undefined } }), unbounded)).toEqual([['STATUS_STALE'], stapled])
  })

  it('as text, bytes, or enveloped', async () => {
    const text = await token([[idx, 1]])
    const enveloped = { '@context': 'https://www.w3.org/ns/credentials/v2', type: 'EnvelopedVerifiableCredential' }
    const id = `data:application/statuslist+jwt,${text}`
    for (const list of [text, ` ${text}\n`, new TextEncoder().encode(text), { ...enveloped, id }]) {
      expect(await judge(revocable, at(list))).toEqual(['REVOKED'])
      expect(await judge(revocable, { statusLists: [list] })).toEqual(['REVOKED'])
    }
    const misnamed = { ...enveloped, id: `data:application/vc+jwt,${text}` }
    expect(await judge(revocable, at(misnamed))).toEqual(['STATUS_LIST_INVALID'])
  })

  it('as a CWT: not read, and named', async () => {
    for (const start of [[0xd2], [0xd8, 0x3d, 0xd2], [0x84]]) {
      const [check] = await statusOf(revocable, at(new Uint8Array([...start, 0x84, 0x43, 0xa1, 0x01, 0x26])))
      expect(check).toMatchObject({ outcome: 'inconclusive', code: 'STATUS_UNAVAILABLE' })
      expect(check?.message).toContain('a CWT')
    }
  })

  it('by an issuer with a set of keys, which need not name itself', async () => {
    const issuer = 'https://school.example'
    const jwk = { ...(await exportKey(school)), kid: 'key-7' }
    const { d: _, ...publicJwk } = jwk as Document
    const issuerKeys = async (id: string) => (id === issuer ? { keys: [publicJwk] } : undefined)
    const claims = { ...payloadOf(await joseBadge()), issuer, status: { status_list: { idx, uri } } }
    const credential = await forge(claims, { typ: 'vc+jwt', kid: 'key-7' })
    const judgeList = async (list: string) => judge(credential, { ...at(list), issuerKeys })
    const header = { kid: 'key-7' }
    expect(await judgeList(await token([], { header }))).toEqual(['valid'])
    expect(await judgeList(await token([[idx, 1]], { header, claims: { iss: issuer } }))).toEqual(['REVOKED'])
    expect(await judgeList(await token([], { header, key: learner }))).toEqual(['STATUS_LIST_INVALID'])
    expect(await judgeList(await token([], { header, claims: { iss: 'https://other.example' } }))).toEqual([
      'STATUS_LIST_INVALID',
    ])
    // The same list for a credential of somebody else is theirs to have signed.
    const statusMemory = createStatusMemory()
    const shared = { ...at(await token([], { header })), issuerKeys, statusMemory }
    expect(await judge(credential, shared)).toEqual(['valid'])
    expect(await judge(await badgeWithStatus(undefined, learner), shared)).toEqual(['STATUS_LIST_INVALID'])
    expect(await judge(credential, shared)).toEqual(['valid'])
  })

  it('nowhere: undecided', async () => {
    expect(await judge(revocable)).toEqual(['STATUS_UNAVAILABLE'])
    expect(await judge(revocable, at(undefined))).toEqual(['STATUS_UNAVAILABLE'])
  })

  it('skipped on request, and told', async () => {
    expect(await statusOf(revocable, { skip: ['status'] })).toEqual([
      expect.objectContaining({ outcome: 'skipped', message: expect.stringContaining('not looked up') }),
    ])
  })

  it('it is asked for again when its ttl is over', async () => {
    const asked: string[] = []
    const list = await token([], { claims: { ttl: 30 } })
    const loadStatusList = async (url: string) => {
      asked.push(url)
      return list
    }
    const judgeAt = (later: number) =>
      verify({ credential: revocable, now: new Date(now.getTime() + later * 1000), loadStatusList })
    for (const later of [0, 20, 40]) expect((await judgeAt(later)).verdict).toBe('valid')
    expect(asked).toHaveLength(2)
  })
})

describe('a list that is not to be believed', () => {
  it.each<[string, Parameters<typeof token>[1], string]>([
    ['signed by another', { key: learner }, 'STATUS_ISSUER_MISMATCH'],
    ['another’s under the issuer’s name', { key: learner, claims: { iss: school.controller } }, 'STATUS_LIST_INVALID'],
    ['of another URL', { claims: { sub: `${uri}0` } }, 'STATUS_LIST_MISMATCH'],
    ['that ended', { claims: { exp: seconds - 600 } }, 'STATUS_STALE'],
    ['from tomorrow', { claims: { iat: seconds + 86_400 } }, 'STATUS_LIST_INVALID'],
    ['good from tomorrow', { claims: { nbf: seconds + 86_400 } }, 'STATUS_LIST_INVALID'],
    ['with a ttl that is none', { claims: { ttl: '30' } }, 'STATUS_LIST_INVALID'],
    ['with a ttl below nothing', { claims: { ttl: -1 } }, 'STATUS_LIST_INVALID'],
    ['without "iat"', { claims: { iat: undefined } }, 'STATUS_LIST_INVALID'],
    ['without "sub"', { claims: { sub: undefined } }, 'STATUS_LIST_INVALID'],
    ['without a list', { claims: { status_list: undefined } }, 'STATUS_LIST_INVALID'],
    ['of three bits', { claims: { status_list: { bits: 3, lst: 'eNrbuRgAAhcBXQ' } } }, 'STATUS_LIST_INVALID'],
    ['that is not compressed', { claims: { status_list: { bits: 1, lst: 'AAAA' } } }, 'STATUS_LIST_INVALID'],
    ['of another type of JWT', { header: { typ: 'JWT' } }, 'STATUS_LIST_INVALID'],
    ['with "crit"', { header: { crit: ['x'], x: 1 } }, 'STATUS_LIST_INVALID'],
  ])('%s', async (_, more, expected) => {
    expect(await judge(revocable, at(await token([], more)))).toEqual([expected])
  })

  it('changed after signing, or without a signature', async () => {
    const set = (await token([[idx, 1]])).split('.')
    const clear = (await token()).split('.')
    expect(await judge(revocable, at([set[0], clear[1], set[2]].join('.')))).toEqual(['STATUS_LIST_INVALID'])
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'statuslist+jwt', kid: school.id })).toString(
      'base64url',
    )
    expect(await judge(revocable, at([none, clear[1], ''].join('.')))).toEqual(['STATUS_LIST_INVALID'])
  })

  it('older than one seen before', async () => {
    const statusMemory = createStatusMemory()
    const older = await token([], { claims: { iat: seconds - 7_200 } })
    expect(await judge(revocable, { statusMemory, statusLists: [await token()] })).toEqual(['valid'])
    expect(await judge(revocable, { statusMemory, statusLists: [older] })).toEqual(['STATUS_ROLLBACK'])
  })

  it('of an issuer whom the option names: accepted, and told', async () => {
    const settings = { ...at(await token([], { key: learner })), acceptStatusIssuer: () => true }
    const [check] = await statusOf(revocable, settings)
    expect(check).toMatchObject({ outcome: 'passed', notes: [expect.stringContaining('Accepted by option')] })
  })

  it('too old for maxStatusAge', async () => {
    expect(await judge(revocable, { statusLists: [await token()], maxStatusAge: 3_000 })).toEqual(['STATUS_STALE'])
    expect(await judge(revocable, { statusLists: [await token()], maxStatusAge: 4_000 })).toEqual(['valid'])
  })

  it('that has ended since it was verified', async () => {
    const statusLists = [await token([], { claims: { exp: seconds + 10 } })]
    expect(await judge(revocable, { statusLists })).toEqual(['valid'])
    const later = await verify({ credential: revocable, now: new Date(now.getTime() + 100_000), statusLists })
    expect(later.checks).toContainEqual(expect.objectContaining({ code: 'STATUS_STALE' }))
  })
})

it('the status of a presentation is not looked up, and so not known', async () => {
  const bare = { ...payloadOf(await present({ credentials: [], key: learner, challenge, now, format: vcJose() })) }
  const presentation = await forge({ ...bare, status: { status_list: { idx, uri } } }, { typ: 'vp+jwt' }, learner)
  const judgeWith = async (more: object) => codesOf(await verify({ presentation, challenge, now, ...more }))
  expect(await judgeWith(at(await token([], { key: learner })))).toEqual(['STATUS_UNAVAILABLE'])
  expect(await judgeWith({ skip: ['status'] })).toEqual(['valid'])
})

it.each<[string, unknown]>([
  ['nothing', {}],
  ['a list of references', [{ status_list: { idx, uri } }]],
  ['no object', { status_list: 7 }],
  ['null', { status_list: null }],
  ['text', 'revoked'],
  ['a number', 1],
  ['null altogether', null],
])('a status that is %s: undecided', async (_, status) => {
  expect(await judge(await badgeWithStatus(status), at(await token()))).toEqual(['STATUS_ENTRY_INVALID'])
})

it.each<[string, Document]>([
  ['an index that is no number', { idx: '412', uri }],
  ['a negative index', { idx: -1, uri }],
  ['no URL', { idx, uri: 'list' }],
  ['nothing', {}],
])('an entry with %s: undecided', async (_, entry) => {
  expect(await judge(await badgeWithStatus({ status_list: entry }), at(await token()))).toEqual([
    'STATUS_ENTRY_INVALID',
  ])
})

it('an index beyond the list: undecided', async () => {
  const at4000 = (index: number) => badgeWithStatus({ status_list: { idx: index, uri } })
  expect(await judge(await at4000(3_999), at(await token()))).toEqual(['valid'])
  expect(await judge(await at4000(4_000), at(await token()))).toEqual(['STATUS_INDEX_OUT_OF_RANGE'])
})

it('a bitstring entry does not take a token for its list, nor a token status a credential', async () => {
  expect(tokenStatusList().type).toBe('status_list')
  const entry = {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(idx),
    statusListCredential: uri,
  }
  const credential = await forge({ ...payloadOf(await joseBadge()), credentialStatus: entry }, { typ: 'vc+jwt' })
  expect(await judge(credential, at(await token()))).toEqual(['STATUS_LIST_INVALID'])
  expect(await judge(revocable, at(await joseBadge({ id: uri } as never)))).toEqual(['STATUS_LIST_INVALID'])
})
