/** Attack: a JWT signed with a good key that is not the issuer's, or not for this (RFC 8725 section 3.8). */

import { calculateJwkThumbprint, type JWK } from 'jose'
import { type AcceptController, type DidDocument, generateKey, type Key } from 'testamur'
import { describe, expect, it } from 'vitest'
import { didJwkOf } from '../../src/dids/jwk.ts'
import { publicJwkOf } from '../../src/keys/public-jwk.ts'
import {
  challenge,
  didDocument,
  judge,
  judgePresentation,
  learner,
  multikeyOf,
  presented,
  school,
  thief,
} from '../helpers/fixtures.ts'
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
  ['the name behind the fragment alone', school.id.split('#')[1], 'valid'],
  ['a fragment that is not there', '#key-9', 'KEY_NOT_FOUND'],
  ['a name that is not there', 'key-9', 'KEY_NOT_FOUND'],
  ["the name of the thief's key", thief.id.split('#')[1], 'KEY_NOT_FOUND'],
  ['nothing', '', 'KEY_NOT_FOUND'],
  ['only the mark of a fragment', '#', 'KEY_NOT_FOUND'],
  ['a fragment of a fragment', `##${school.id.split('#')[1]}`, 'KEY_NOT_FOUND'],
  ['a path', '../../etc/passwd', 'KEY_NOT_FOUND'],
  ['a query', '?service=keys', 'KEY_NOT_FOUND'],
  ['an address', 'https://school.example/key', 'KEY_NOT_FOUND'],
  ['a URN', 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c01', 'KEY_NOT_FOUND'],
  ["the thief's DID in capitals", thief.id.toUpperCase(), 'KEY_NOT_FOUND'],
])('kid is %s', async (_name, kid, code) => {
  expect(await judge(await forge(jwt, { kid }))).toEqual([code])
})

describe('kid is a name within the DID of the issuer', () => {
  const jwkThumbprint = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'

  it.each(['key-1', jwkThumbprint, '0'])('%s', async (kid) => {
    const own = { ...school, id: `${school.controller}#${kid}` }
    const method = { publicKeyMultibase: multikeyOf(school) }
    const resolveDid = async (did: string) =>
      did === school.controller ? didDocument(own, {}, method) : didDocument(thief)
    expect(await judge(await forge(jwt, { kid }), { resolveDid })).toEqual(['valid'])
    expect(await judge(await forge(jwt, { kid }, thief), { resolveDid })).toEqual(['PROOF_INVALID'])
    const stolen = await forge({ ...jwt, iss: thief.controller }, { kid }, thief)
    expect(await judge(stolen, { resolveDid })).toEqual(['KEY_NOT_FOUND'])
    const unlisted = async () => didDocument(own, { assertionMethod: [] }, method)
    expect(await judge(await forge(jwt, { kid }), { resolveDid: unlisted })).toEqual(['KEY_PURPOSE_MISMATCH'])
    const another = async () => didDocument(own, {}, { ...method, controller: thief.controller })
    expect(await judge(await forge(jwt, { kid }), { resolveDid: another })).toEqual(['CONTROLLER_MISMATCH'])
  })

  it('of the only key of a did:jwk', async () => {
    const key = await generateKey({ algorithm: 'RSA' })
    const payload = payloadOf(await jwtBadge({}, key))
    expect(await judge(await forge(payload, { kid: '0' }, key))).toEqual(['valid'])
    expect(await judge(await forge(payload, { kid: '1' }, key))).toEqual(['KEY_NOT_FOUND'])
  })

  it('of a key that the document keeps for somebody else under an address', async () => {
    const kid = 'https://school.example/key'
    const planted = { ...school, id: `${school.controller}#${kid}` }
    const document = didDocument(planted, {}, { publicKeyMultibase: multikeyOf(school) })
    expect(await judge(await forge(jwt, { kid: planted.id }), { resolveDid: async () => document })).toEqual(['valid'])
    expect(await judge(await forge(jwt, { kid }), { resolveDid: async () => document })).toEqual(['KEY_NOT_FOUND'])
  })
})

const urn = 'urn:ietf:params:oauth:jwk-thumbprint:sha-256:'

describe.each([
  ['alone', ''],
  ['as a URN', urn],
])('kid is the thumbprint of a key, %s', async (_form, before) => {
  const kidOf = async (key: Key) => {
    const jwk = await publicJwkOf({ algorithm: 'Ed25519', bytes: key.publicKey })
    return `${before}${await calculateJwkThumbprint(jwk as JWK)}`
  }
  const kid = await kidOf(school)
  const own = { ...school, id: `${school.controller}#key-1` }
  const method = { publicKeyMultibase: multikeyOf(school) }
  const withDocument = (document: object) => ({
    resolveDid: async (did: string) =>
      did === school.controller
        ? ({ ...didDocument(own, {}, method), ...document } as DidDocument)
        : didDocument(thief),
  })

  it("names that key in the issuer's document, and in that of a did:key or did:jwk", async () => {
    expect(await judge(await forge(jwt, { kid }), withDocument({}))).toEqual(['valid'])
    expect(await judge(await forge(jose, { ...asJose, kid }), withDocument({}))).toEqual(['valid'])
    expect(await judge(await forge(jwt, { kid }))).toEqual(['valid'])
    const generated = await generateKey()
    const did = didJwkOf({ ...(await publicJwkOf({ algorithm: 'Ed25519', bytes: generated.publicKey })) })
    const payload = { ...jwt, iss: did, issuer: did }
    const signer = { ...generated, id: `${did}#0`, controller: did }
    expect(await judge(await forge(payload, { kid: await kidOf(generated) }, signer))).toEqual(['valid'])
    expect(await judge(await forge(payload, { kid }, signer))).toEqual(['KEY_NOT_FOUND'])
  })

  it('and who else signs is found out', async () => {
    for (const settings of [{}, withDocument({})]) {
      expect(await judge(await forge(jwt, { kid }, thief), settings)).toEqual(['PROOF_INVALID'])
      expect(await judge(await forge({ ...jwt, name: 'x' }, { kid: await kidOf(learner) }), settings)).toEqual([
        'KEY_NOT_FOUND',
      ])
    }
  })

  it("of a key that is not in the issuer's document names none, whoever owns it", async () => {
    const stolen = await kidOf(thief)
    expect(await judge(await forge(jwt, { kid: stolen }, thief), withDocument({}))).toEqual(['KEY_NOT_FOUND'])
    expect(await judge(await forge(jose, { ...asJose, kid: stolen }, thief))).toEqual(['KEY_NOT_FOUND'])
    const { iss: _, ...only } = jwt
    expect(await judge(await forge(only, { kid: stolen }, thief))).toEqual(['KEY_NOT_FOUND'])
    expect(await judge(await forge({ ...jwt, iss: thief.controller }, { kid: stolen }, thief))).toEqual([
      'ISSUER_MISMATCH',
    ])
    const vp = { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'] }
    const as = (holder: string) => forge({ ...vp, nonce: challenge, holder }, { typ: 'vp+jwt', kid: stolen }, thief)
    expect(await judgePresentation(await as(thief.controller))).toEqual(['valid'])
    expect(await judgePresentation(await as(learner.controller))).toEqual(['KEY_NOT_FOUND'])
  })

  it('of a key that is for something else, or no longer, or of another, is refused as by its name', async () => {
    const text = await forge(jwt, { kid })
    const [stands] = didDocument(own, {}, method).verificationMethod ?? []
    const withMethod = (more: object) => withDocument({ verificationMethod: [{ ...stands, ...more }] })
    expect(await judge(text, withDocument({ assertionMethod: [] }))).toEqual(['KEY_PURPOSE_MISMATCH'])
    const elsewhere = withDocument({ verificationMethod: [], assertionMethod: [], authentication: [stands] })
    expect(await judge(text, elsewhere)).toEqual(['KEY_NOT_FOUND'])
    expect(await judge(text, withMethod({ revoked: '2026-01-01T00:00:00Z' }))).toEqual(['KEY_REVOKED'])
    expect(await judge(text, withMethod({ controller: thief.controller }))).toEqual(['CONTROLLER_MISMATCH'])
    expect(await judge(text, withDocument({ deactivated: true }))).toEqual(['KEY_REVOKED'])
    expect(await judge(text, withDocument({ id: thief.controller }))).toEqual(['CONTROLLER_MISMATCH'])
    expect(await judge(text, withMethod({ publicKeyMultibase: multikeyOf(thief) }))).toEqual(['KEY_NOT_FOUND'])
    const odd = { verificationMethod: [{ ...stands, id: undefined }, { id: 7 }, 'x', { ...stands, id: '#key-1' }] }
    expect(await judge(text, withDocument(odd))).toEqual(['valid'])
  })

  it('of a key that has two names is good where one of them is for this purpose', async () => {
    const [stands] = didDocument(own, {}, method).verificationMethod ?? []
    const second = { ...stands, id: `${school.controller}#key-2` }
    const methods = { verificationMethod: [second, stands], authentication: [second.id] }
    expect(await judge(await forge(jwt, { kid }), withDocument(methods))).toEqual(['valid'])
    expect(await judge(await forge(jwt, { kid }), withDocument({ ...methods, assertionMethod: [] }))).toEqual([
      'KEY_PURPOSE_MISMATCH',
    ])
  })
})

it('a name in the document comes before a thumbprint that is the same text', async () => {
  const kid = await calculateJwkThumbprint(
    (await publicJwkOf({ algorithm: 'Ed25519', bytes: learner.publicKey })) as JWK,
  )
  const own = { ...school, id: `${school.controller}#${kid}` }
  const document = didDocument(own, {}, { publicKeyMultibase: multikeyOf(school) })
  const [stands] = document.verificationMethod ?? []
  const other = { ...stands, id: `${school.controller}#2`, publicKeyMultibase: multikeyOf(learner) }
  const methods = { verificationMethod: [stands, other], assertionMethod: [own.id, other.id] }
  const resolveDid = async () => ({ ...document, ...methods }) as DidDocument
  expect(await judge(await forge(jwt, { kid }), { resolveDid })).toEqual(['valid'])
  expect(await judge(await forge(jwt, { kid }, learner), { resolveDid })).toEqual(['PROOF_INVALID'])
})

describe('an issuer whose key is under another DID, as its "iss" says too', async () => {
  const issuer = 'https://school.example'
  const payload = { ...jwt, issuer, iss: issuer }
  const text = await forge(payload)
  const acceptController: AcceptController = (pair) => pair.issuer === issuer && pair.controller === school.controller

  it('is good where the verifier accepts that pair, and nowhere else', async () => {
    expect(await judge(text, { acceptController })).toEqual(['valid'])
    expect(await judge(text)).toEqual(['CONTROLLER_MISMATCH'])
    expect(await judge(await forge(payload, {}, thief), { acceptController })).toEqual(['CONTROLLER_MISMATCH'])
    expect(await judge(await forge(payload, { kid: school.id }, thief), { acceptController })).toEqual([
      'PROOF_INVALID',
    ])
  })

  it('asks nobody for a key that decides nothing', async () => {
    const resolveDid = () => Promise.reject(new Error('it was looked up'))
    expect(await judge(text, { resolveDid })).toEqual(['CONTROLLER_MISMATCH'])
    expect(await judge(text, { resolveDid, acceptController })).toEqual(['KEY_UNAVAILABLE'])
  })

  it('is not the one whom "iss" names instead', async () => {
    const accept = { acceptController: () => true }
    const other = { ...payload, iss: 'https://other.example' }
    expect(await judge(await forge(other), accept)).toEqual(['CONTROLLER_MISMATCH'])
  })

  it('presents nothing as somebody else', async () => {
    const vp = { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'] }
    const accept = { acceptController: () => true }
    const as = (more: object) => forge({ ...vp, nonce: challenge, ...more }, {}, thief)
    for (const more of [
      { holder: learner.controller, iss: learner.controller },
      { holder: issuer, iss: issuer },
    ]) {
      expect(await judgePresentation(await as(more), accept)).toEqual(['CONTROLLER_MISMATCH'])
    }
    // An issuer says nothing of a presentation.
    const signedBy = { issuer: learner.controller, iss: learner.controller, holder: thief.controller }
    expect(await judgePresentation(await as(signedBy), accept)).toEqual(['CONTROLLER_MISMATCH'])
    expect(await judgePresentation(await as({ iss: learner.controller }), accept)).toEqual(['CONTROLLER_MISMATCH'])
  })
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
