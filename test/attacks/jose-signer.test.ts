/** Attack: a JWT signed with a good key that is not the issuer's, or not for this (RFC 8725 section 3.8). */

import { expect, it } from 'vitest'
import { didDocument, judge, judgePresentation, learner, presented, school, thief } from '../helpers/fixtures.ts'
import { forge, joseBadge, jwtBadge, payloadOf } from '../helpers/jwt.ts'

const [jwt, jose] = [payloadOf(await jwtBadge()), payloadOf(await joseBadge())]
const asJose = { typ: 'vc+jwt' }

it("the thief's own key over the school's badge", async () => {
  expect(await judge(await forge(jwt, {}, thief))).toEqual(['CONTROLLER_MISMATCH'])
  expect(await judge(await forge(jose, asJose, thief))).toEqual(['ISSUER_MISMATCH'])
  expect(await judge(await forge({ ...jwt, iss: thief.controller }, {}, thief))).toEqual(['ISSUER_MISMATCH'])
  expect(await judge(await forge(jwt))).toEqual(['valid'])
  expect(await judge(await forge(jose, asJose))).toEqual(['valid'])
})

it("the school's key in name, the thief's in fact", async () => {
  expect(await judge(await forge(jwt, { kid: school.id }, thief))).toEqual(['PROOF_INVALID'])
  expect(await judge(await forge(jose, { ...asJose, kid: school.id }, thief))).toEqual(['PROOF_INVALID'])
})

it('no name of a key: the issuer must have only one', async () => {
  const bare = await forge(jwt, { kid: undefined })
  const method = { id: `${school.controller}#2`, type: 'Multikey', controller: school.controller }
  const two = didDocument(school)
  const second = { ...method, publicKeyMultibase: thief.id.split('#')[1] as string }
  const methods = [...(two.verificationMethod ?? []), second]
  const resolveDid = async () => ({ ...two, verificationMethod: methods })
  expect(await judge(bare)).toEqual(['valid'])
  expect(await judge(bare, { resolveDid })).toEqual(['KEY_NOT_FOUND'])
  expect(await judge(await forge(jwt, { kid: undefined }, thief))).toEqual(['PROOF_INVALID'])
})

it.each([
  ['a fragment of the issuer', `#${school.id.split('#')[1]}`, 'valid'],
  ["the issuer's DID", school.controller, 'valid'],
  ['a fragment that is not there', '#key-9', 'KEY_NOT_FOUND'],
  ['a name that is no DID URL', 'key-1', 'KEY_NOT_FOUND'],
  ['nothing', '', 'KEY_NOT_FOUND'],
  ['a path', '../../etc/passwd', 'KEY_NOT_FOUND'],
  ['an address', 'https://school.example/key', 'KEY_NOT_FOUND'],
])('kid is %s', async (_name, kid, code) => {
  expect(await judge(await forge(jwt, { kid }))).toEqual([code])
})

it('a key that is not for this purpose, or no longer', async () => {
  const [text, document] = [await forge(jwt), didDocument(school)]
  const withDocument = (more: object, method: object = {}) =>
    judge(text, { resolveDid: async () => ({ ...didDocument(school, {}, method), ...more }) })
  expect(await withDocument({ assertionMethod: [] })).toEqual(['KEY_PURPOSE_MISMATCH'])
  expect(await withDocument({}, { revoked: '2026-01-01T00:00:00Z' })).toEqual(['KEY_REVOKED'])
  expect(await withDocument({ deactivated: true })).toEqual(['KEY_REVOKED'])
  expect(await withDocument({ id: thief.controller })).toEqual(['CONTROLLER_MISMATCH'])
  expect(await judge(text, { resolveDid: async () => document })).toEqual(['valid'])
  expect(await judge(text, { resolveDid: () => Promise.reject(new Error('down')) })).toEqual(['KEY_UNAVAILABLE'])
})

it('a stolen badge, presented by the thief', async () => {
  const text = await forge(jwt)
  expect(await judgePresentation(await presented([text]))).toEqual(['valid'])
  expect(await judgePresentation(await presented([text], { key: thief }))).toEqual(['CONTENT_INVALID'])
})

it('an issuer that stands only in the claim, or only in the badge', async () => {
  const { issuer: _, ...without } = jwt
  expect(await judge(await forge(without))).toEqual(['CREDENTIAL_MALFORMED'])
  const { iss: __, ...only } = jwt
  expect(await judge(await forge(only))).toEqual(['valid'])
  expect(await judge(await forge({ ...only, issuer: learner.controller }))).toEqual(['ISSUER_MISMATCH'])
})
