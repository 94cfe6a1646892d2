/** Attack: a proof brings contexts of its own, so that the words of its options mean something else than they say. */

import { ed25519Signature2020, type JsonObject, withoutChallenge } from 'testamur'
import { expect, it } from 'vitest'
import { canonize } from '../../src/jsonld/canonize.ts'
import {
  badge,
  bundledLoader,
  type Document,
  judge,
  judgePresentation,
  presented,
  school,
  signedBadge,
} from '../helpers/fixtures.ts'
import { proofOver } from '../helpers/hand-made.ts'

const security = 'https://w3id.org/security#'
const dateTime = 'http://www.w3.org/2001/XMLSchema#dateTime'
const words = {
  id: '@id',
  type: '@type',
  DataIntegrityProof: `${security}DataIntegrityProof`,
  Ed25519Signature2020: `${security}Ed25519Signature2020`,
  cryptosuite: { '@id': `${security}cryptosuite`, '@type': `${security}cryptosuiteString` },
  created: { '@id': 'http://purl.org/dc/terms/created', '@type': dateTime },
  proofPurpose: { '@id': `${security}proofPurpose`, '@type': '@vocab' },
  authentication: `${security}authenticationMethod`,
  assertionMethod: `${security}assertionMethod`,
  verificationMethod: { '@id': `${security}verificationMethod`, '@type': '@id' },
}

it('an end date under another name is refused', async () => {
  const unsigned = { ...badge(), issuer: school.controller }
  const { expires, ...rest } = await proofOver(unsigned, school, { expires: '2026-11-01T00:00:00Z' })
  const until = { '@id': `${security}expiration`, '@type': dateTime }
  const proof = { ...rest, '@context': { ...words, until }, until: expires }
  expect(await judge({ ...unsigned, proof })).not.toContain('valid')
})

it.each(['in the proof', 'in the document'])(
  'an end date under its other name of a published context, %s, is refused',
  async (where) => {
    const unsigned = { ...badge(), issuer: school.controller }
    const older = [...unsigned['@context'], 'https://w3id.org/security/v1']
    const { proofValue, expires, ...options } = await proofOver(unsigned, school, { expires: '2026-11-01T00:00:00Z' })
    const renamed = { ...options, expiration: expires }
    const signed = (contexts: readonly string[], given: object) =>
      canonize({ '@context': contexts, ...given } as JsonObject, { loadDocument: bundledLoader })
    expect(await signed(older, renamed)).toBe(await signed(unsigned['@context'], { ...options, expires }))
    const own = where === 'in the proof' ? { '@context': older } : {}
    const document = where === 'in the proof' ? unsigned : { ...unsigned, '@context': older }
    expect(await judge({ ...document, proof: { ...renamed, ...own, proofValue } })).toEqual(['PROOF_INVALID'])
  },
)

it('a proof without contexts of its own is good', async () => {
  const unsigned = { ...badge(), issuer: school.controller }
  const proof = await proofOver(unsigned, school)
  expect(await judge({ ...unsigned, proof })).toEqual(['valid'])
})

it.each([{}, { format: ed25519Signature2020() }])(
  'challenge and domain exchanged, or dropped, are refused (%#)',
  async (more) => {
    const made = await presented([await signedBadge()], { challenge: 'bank.example', domain: 'shop.example', ...more })
    const { challenge, domain, ...rest } = made['proof'] as Document
    const exchanged = { ...words, challenge: `${security}domain`, domain: `${security}challenge` }
    const proof = { ...rest, '@context': exchanged, challenge: domain, domain: challenge }
    expect(
      await judgePresentation({ ...made, proof }, { challenge: withoutChallenge, domain: 'bank.example' }),
    ).not.toContain('valid')
    const renamed = {
      ...rest,
      '@context': { ...words, c: `${security}challenge`, d: `${security}domain` },
      c: challenge,
      d: domain,
    }
    expect(await judgePresentation({ ...made, proof: renamed }, { challenge: withoutChallenge })).not.toContain('valid')
  },
)
