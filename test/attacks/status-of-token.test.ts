/** Attack: a revoked JWT or SD-JWT, whose status stands in its claim `status`, hopes for a list that says otherwise, or for none. */

import { deflateSync } from 'node:zlib'
import { createDidResolver, present, type VerifySettings, verify } from 'testamur'
import { expect, it } from 'vitest'
import { writeTokenStatusList } from '../../src/status/token-status-list.ts'
import {
  challenge,
  codesOf,
  didDocument,
  judge,
  judgePresentation,
  learner,
  multikeyOf,
  now,
  school,
  thief,
} from '../helpers/fixtures.ts'
import { forge, headerOf, joseBadge, part, payloadOf } from '../helpers/jwt.ts'
import { digestOf, disclosure, sdJwtOf } from '../helpers/sd-jwt.ts'
import { badgeWithStatus, idx, seconds, token, uri } from '../helpers/token-status.ts'

const revoked = await badgeWithStatus()
const saysSo = await token([[idx, 1]])
const clear = await token()
const at = (list: unknown, more: VerifySettings = {}): VerifySettings => ({ loadStatusList: async () => list, ...more })

it('the list that is attacked revokes this badge, and not the next', async () => {
  expect(await judge(revoked, at(saysSo))).toEqual(['REVOKED'])
  expect(await judge(await badgeWithStatus({ status_list: { idx: idx + 1, uri } }), at(saysSo))).toEqual(['valid'])
})

it('the claim taken out, or pointing elsewhere', async () => {
  const [head, body, tail] = revoked.split('.') as [string, string, string]
  const payload = payloadOf(revoked)
  const { status: _, ...without } = payload
  for (const other of [without, { ...payload, status: { status_list: { idx: idx + 1, uri } } }]) {
    expect(await judge(`${head}.${part(other)}.${tail}`, at(saysSo))).toEqual(['PROOF_INVALID'])
  }
  expect(await judge(`${head}.${body}.${tail}`, at(saysSo))).toEqual(['REVOKED'])
})

it('the claim as something that the holder of an SD-JWT could withhold, in whole or in part', async () => {
  const payload = payloadOf(await joseBadge())
  const whole = disclosure('status', { status_list: { idx, uri } })
  const inside = disclosure('status_list', { idx, uri })
  for (const [claims, disclosed] of [
    [{ ...payload, _sd: [digestOf(whole)] }, whole],
    [{ ...payload, status: { _sd: [digestOf(inside)] } }, inside],
    [{ ...payload, status: { identifier_list: {}, _sd: [digestOf(inside)] } }, inside],
  ] as const) {
    expect(await judge(await sdJwtOf(claims, [disclosed]), at(clear))).toEqual(['PROOF_MALFORMED'])
  }
  expect(await judge(await sdJwtOf({ ...payload, status: { _sd: [digestOf(inside)] } }, []), at(clear))).toEqual([
    'PROOF_MALFORMED',
  ])
})

it.each<[string, () => Promise<string> | string]>([
  ['of another type', () => token([], { header: { typ: 'JWT' } })],
  ['of no type', () => token([], { header: { typ: undefined } })],
  [
    'a credential of the issuer with the same claims',
    async () => {
      const claims = { sub: uri, iat: seconds, status_list: payloadOf(clear)['status_list'], id: uri }
      return forge({ ...payloadOf(await joseBadge()), ...claims, sub: undefined }, { typ: 'vc+jwt' })
    },
  ],
  ['not signed', () => `${part({ ...headerOf(clear), alg: 'none' })}.${part(payloadOf(clear))}.`],
  ['signed with a shared secret', () => `${part({ ...headerOf(clear), alg: 'HS256' })}.${part(payloadOf(clear))}.AAAA`],
  ['with the body of another', () => [saysSo, clear, saysSo].map((text, index) => text.split('.')[index]).join('.')],
  ["by the thief, under the school's key name", () => token([], { key: thief, header: { kid: school.id } })],
  [
    'by the thief, who brings along a key',
    () =>
      token([], {
        key: thief,
        header: {
          kid: undefined,
          jwk: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(thief.publicKey).toString('base64url') },
        },
        claims: { iss: school.controller },
      }),
  ],
  ['by the thief, in the name of the school', () => token([], { key: thief, claims: { iss: school.controller } })],
  ['by the thief, for whom no option speaks', () => token([], { key: thief })],
])('a list %s', async (_, make) => {
  const codes = await judge(revoked, at(await make()))
  expect(codes).toHaveLength(1)
  expect(['STATUS_LIST_INVALID', 'STATUS_ISSUER_MISMATCH']).toContain(codes[0])
})

it('a list by a key of the issuer that is not for such things', async () => {
  const did = 'did:web:school.example' as const
  const key = { ...school, controller: did, id: `${did}#key` }
  const method = { id: key.id, type: 'Multikey', controller: did, publicKeyMultibase: multikeyOf(school) }
  const signs = { ...didDocument(school), id: did, verificationMethod: [method], assertionMethod: [key.id] }
  const logsIn = { ...signs, authentication: [`${did}#other`], assertionMethod: [key.id] }
  const other = { ...method, id: `${did}#other`, publicKeyMultibase: multikeyOf(thief) }
  const document = { ...logsIn, verificationMethod: [method, other] }
  const resolveDid = createDidResolver({ web: async () => document as never })
  const claims = { ...payloadOf(await joseBadge()), issuer: did, status: { status_list: { idx, uri } } }
  const credential = await forge(claims, { typ: 'vc+jwt' }, key)
  expect(await judge(credential, at(await token([], { key }), { resolveDid }))).toEqual(['valid'])
  const odd = { ...thief, controller: did, id: `${did}#other` }
  expect(await judge(credential, at(await token([], { key: odd }), { resolveDid }))).toEqual(['STATUS_LIST_INVALID'])
})

it('a list that fills the memory, is cut short, or goes on behind its end', async () => {
  const lst = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
  const judgeList = async (list: unknown) => judge(revoked, at(await token([], { claims: { status_list: list } })))
  const whole = deflateSync(new Uint8Array(1_000))
  expect(await judgeList({ bits: 1, lst: lst(whole) })).toEqual(['valid'])
  expect(await judgeList({ bits: 1, lst: lst(whole.subarray(0, -5)) })).toEqual(['STATUS_LIST_INVALID'])
  expect(await judgeList({ bits: 1, lst: lst(Buffer.concat([whole, whole])) })).toEqual(['STATUS_LIST_INVALID'])
  expect(await judgeList({ bits: 1, lst: lst(deflateSync(new Uint8Array(100_000_000))) })).toEqual([
    'STATUS_LIST_INVALID',
  ])
  const { lst: short } = await writeTokenStatusList({ bits: 1, bytes: new Uint8Array(51) })
  expect(await judgeList({ bits: 1, lst: short })).toEqual(['STATUS_INDEX_OUT_OF_RANGE'])
})

it.each([412.5, '412', -1, 2 ** 53, null, [idx], true])(
  'the index %j, which two programs read in two ways',
  async (odd) => {
    const codes = await judge(await badgeWithStatus({ status_list: { idx: odd, uri } }), at(clear))
    expect(codes).not.toContain('valid')
  },
)

it('a list that is shown as a credential, or as a presentation', async () => {
  expect(await judge(clear)).toEqual(['PROOF_FORMAT_UNKNOWN'])
  expect(await judgePresentation(clear)).toEqual(['PROOF_FORMAT_UNKNOWN'])
})

it('the list of yesterday, stapled, in the place of that of today', async () => {
  const presentation = await present({ credentials: [revoked, clear], key: learner, challenge, now })
  const judgeWith = async (more: VerifySettings) => {
    const { credentials, nested } = await verify({ presentation, challenge, now, ...more })
    expect(nested).toMatchObject([
      {
        path: '/verifiableCredential/1',
        report: { verified: true, nested: [], envelope: { mediaType: 'application/statuslist+jwt', text: clear } },
      },
    ])
    return credentials.flatMap((report) => (report.verified ? ['valid'] : codesOf(report)))
  }
  const newer = await token([[idx, 1]], { claims: { iat: seconds - 60 } })
  const settings = at(newer)
  expect(await judgeWith(settings)).toEqual(['REVOKED'])
  expect(await judgeWith({ ...settings, maxStatusAge: 86_400 })).toEqual(['REVOKED'])
  expect(await judgeWith({ maxStatusAge: 3_599 })).toEqual(['STATUS_STALE'])
  expect(await judgeWith({ maxStatusAge: 86_400 })).toEqual(['valid'])
})

it('a forged badge has nobody ask at a URL of its choice', async () => {
  const asked: string[] = []
  const loadStatusList = async (url: string) => {
    asked.push(url)
    return clear
  }
  const forged = await badgeWithStatus({ status_list: { idx, uri: 'https://tracker.example/1' } }, thief)
  const payload = { ...payloadOf(forged), issuer: school.controller }
  expect(await judge(await forge(payload, { typ: 'vc+jwt' }, thief), { loadStatusList })).toEqual(['ISSUER_MISMATCH'])
  expect(await judge(`${forged.slice(0, -8)}AAAAAAAA`, { loadStatusList })).toEqual(['PROOF_INVALID'])
  expect(asked).toEqual([])
  expect(await judge(revoked, { loadStatusList })).toEqual(['valid'])
  expect(asked).toEqual([uri])
})
