/** Attack: a DID document publishes a private key, with which by now anybody signs; or a key in two notations that differ. */

import { type CurvePrivateJwk, exportKey } from 'testamur'
import { expect, it } from 'vitest'
import { didDocument, judge, multikeyOf, school, signedBadge, thief } from '../helpers/fixtures.ts'

const badge = await signedBadge()
const { d, ...publicKeyJwk } = (await exportKey(school)) as CurvePrivateJwk
const withJwk = (jwk: object, more: object = {}) => ({
  resolveDid: async () =>
    didDocument(school, {}, { type: 'JsonWebKey', publicKeyMultibase: undefined, publicKeyJwk: jwk, ...more }),
})

it('a JWK with its private part is refused', async () => {
  expect(await judge(badge, withJwk({ ...publicKeyJwk, d }))).toEqual(['KEY_UNSUPPORTED'])
  expect(await judge(badge, withJwk({ ...publicKeyJwk, d: '' }))).toEqual(['KEY_UNSUPPORTED'])
})

it('two notations at once are refused', async () => {
  const more = { publicKeyMultibase: multikeyOf(thief) }
  expect(await judge(badge, withJwk(publicKeyJwk, more))).toEqual(['KEY_UNSUPPORTED'])
})

it.each([
  { kty: 'EC' },
  { crv: 'P-256' },
  { crv: 'constructor' },
  { x: 'AAAA' },
  { x: `${publicKeyJwk.x}=` },
  { x: undefined },
  { x: 7 },
])('a JWK with %j is refused', async (change) => {
  expect(await judge(badge, withJwk({ ...publicKeyJwk, ...change }))).toEqual(['KEY_UNSUPPORTED'])
})

it('the public JWK alone is good', async () => {
  expect(await judge(badge, withJwk(publicKeyJwk))).toEqual(['valid'])
})
