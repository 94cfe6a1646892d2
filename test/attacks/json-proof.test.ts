/**
 * Attacks on proofs over canonical JSON: whatever changes the text beyond the order of its members must break the signature,
 * in the document and in the proof's own options; and words must not be given other meanings behind it.
 */

import * as library from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import { digitalBazaar, ecdsaJcs2019, eddsaJcs2022, eddsaRdfc2022, generateKey, issue, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { badge, copyOf, type Document, edit, judge, now, recordOf, school, thief } from '../helpers/fixtures.ts'
import { proofOver } from '../helpers/hand-made.ts'
import { jcsProofOver } from '../helpers/hand-made-jcs.ts'

const dataIntegrity = 'https://w3id.org/security/data-integrity/v2'
const credentials = 'https://www.w3.org/2018/credentials#'
const twoPlaces = [
  { type: ['Evidence'], name: 'First piece' },
  { type: ['Evidence'], name: 'Second piece' },
]
const signed = copyOf(
  await issue({
    credential: { ...badge({ validUntil: '2027-01-01T00:00:00Z' }), evidence: twoPlaces },
    key: school,
    now,
    format: eddsaJcs2022(),
  }),
)
const proof = (signed['proof'] as Document[])[0] as Document
const contexts = signed['@context'] as string[]
const { proof: _, ...unsigned } = signed
const withOptions = (more: object) => ({ ...unsigned, proof: { ...proof, ...more } })
const handMade = async (document: object, more?: object) => ({
  ...document,
  proof: await jcsProofOver(document, school, more),
})

describe('the document', () => {
  it('is good as it was signed, with its members in any order, and through both implementations', async () => {
    const reversed = Object.fromEntries(Object.entries(signed).reverse())
    expect(await judge(signed)).toEqual(['valid'])
    expect(await judge(JSON.stringify(reversed, null, 3))).toEqual(['valid'])
    expect(await judge(signed, { crossCheck: digitalBazaar({ eddsaJcs2022: library }) })).toEqual(['valid'])
    expect(await judge(await handMade(unsigned))).toEqual(['valid'])
  })

  it('with a value twice in a list is good as it was signed, and no other way; nor with another kind of proof beside it', async () => {
    const twice = { ...unsigned, evidence: [...twoPlaces, ...twoPlaces] }
    const tagged = edit(unsigned, '/credentialSubject/achievement/tag', ['a', 'b', 'a'])
    const good = await handMade(tagged)
    expect(await judge(good)).toEqual(['valid'])
    expect(await judge(await handMade(twice))).toEqual(['valid'])
    for (const tag of [
      ['a', 'b'],
      ['a', 'a', 'b'],
      ['a', 'b', 'a', 'a'],
    ]) {
      expect(await judge(edit(good, '/credentialSubject/achievement/tag', tag))).toContain('PROOF_INVALID')
    }
    const both = { ...tagged, proof: [good.proof, await proofOver(tagged, school)] }
    expect(await judge(both)).toContain('NOT_COMPACTED')
  })

  const changes: readonly (readonly [string, Document])[] = [
    ['a member added that a context defines', edit(signed, '/description', 'With honours')],
    ['a member added that no context defines', edit(signed, '/honours', 'cum laude')],
    ['a member added that is null', edit(signed, '/validFromAgain', null)],
    ['an empty list added', edit(signed, '/evidenceToo', [])],
    ['a member taken out', edit(signed, '/validUntil')],
    ['a member renamed', { ...edit(signed, '/validUntil'), expirationDate: '2027-01-01T00:00:00Z' }],
    ['the same moment in another spelling', edit(signed, '/validUntil', '2027-01-01T00:00:00+00:00')],
    ['a list in another order', edit(signed, '/evidence', [...twoPlaces].reverse())],
    ['a list of one as its item', edit(signed, '/credentialSubject/type', 'AchievementSubject')],
    ['a letter of another Unicode form', edit(signed, '/name', 'Weldin\u0067\u0301')],
  ]
  it.each(changes)('with %s is refused', async (_name, document) => {
    expect(await judge(document)).toContain('PROOF_INVALID')
  })

  it('with a member named twice in its text is refused, whichever of the two was signed', async () => {
    const text = JSON.stringify(signed)
    const other = '"validUntil":"2037-01-01T00:00:00Z"'
    expect(await judge(text.replace('"validUntil"', `${other},"validUntil"`))).not.toContain('valid')
    expect(await judge(`${text.slice(0, -1)},${other}}`)).not.toContain('valid')
  })
})

it('a second opinion that was asked for and is not there is told', async () => {
  const { checks } = await verify({ credential: signed, now, crossCheck: digitalBazaar() })
  expect(checks.find(({ name }) => name === 'proof')).toMatchObject({
    outcome: 'passed',
    notes: ['No second implementation of eddsa-jcs-2022 was given: one alone has verified it.'],
  })
})

describe('the proof', () => {
  const changes: readonly (readonly [string, object])[] = [
    ['another time', { created: '2026-11-22T12:00:01Z' }],
    ['no time', { created: undefined }],
    ['an end date', { expires: '2036-01-01T00:00:00Z' }],
    ['a challenge', { challenge: 'x' }],
    ['a domain', { domain: 'shop.example' }],
    ['an id', { id: 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c10' }],
    ['a word that nobody knows', { honours: 'cum laude' }],
    ['the name of the other suite', { cryptosuite: 'eddsa-rdfc-2022' }],
    ['another key of the same kind', { verificationMethod: thief.id }],
    ['no contexts', { '@context': undefined }],
    ['fewer contexts', { '@context': contexts.slice(0, 1) }],
    ['more contexts', { '@context': [...contexts, dataIntegrity] }],
    ['contexts in another order', { '@context': [...contexts].reverse() }],
  ]
  it.each(changes)('with %s is refused', async (_name, more) => {
    const codes = await judge(copyOf(withOptions(more)))
    expect(codes).toEqual(['PROOF_INVALID'])
  })

  it('holds an end date that was signed, and no longer', async () => {
    expect(await judge(await handMade(unsigned, { expires: '2026-11-23T00:00:00Z' }))).toEqual(['valid'])
    expect(await judge(await handMade(unsigned, { expires: '2026-11-21T00:00:00Z' }))).toEqual(['PROOF_EXPIRED'])
  })

  it('without contexts of its own is good where it was signed so', async () => {
    expect(await judge(await handMade(unsigned, { '@context': undefined }))).toEqual(['valid'])
  })

  it('of another document is refused', async () => {
    const other = edit(unsigned, '/id', 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c11')
    expect(await judge({ ...unsigned, proof: await jcsProofOver(other, school) })).toEqual(['PROOF_INVALID'])
  })

  it('of the right text over another curve’s hash is refused', async () => {
    const key = await generateKey({ algorithm: 'P-384' })
    const made = copyOf(await issue({ credential: badge(), key, now, format: ecdsaJcs2019() }))
    expect(await judge(made)).toEqual(['valid'])
    expect(await judge(edit(made, '/name', 'Doctorate'))).toEqual(['PROOF_INVALID'])
  })
})

describe('contexts that nobody signed', () => {
  const words = { honours: 'https://school.example/honours' }

  it('may come behind the signed ones where they define nothing but proofs, as a later proof needs them', async () => {
    expect(await judge({ ...signed, '@context': [...contexts, dataIntegrity] })).toEqual(['valid'])
  })

  const forged: readonly (readonly [string, readonly unknown[]])[] = [
    ['words of the document', [...contexts, words]],
    ['a context by URL', [...contexts, 'https://w3id.org/vc/status-list/2021/v1']],
    ['one in between', [contexts[0], dataIntegrity, ...contexts.slice(1)]],
    ['one less', contexts.slice(0, -1)],
  ]
  it.each(forged)('%s: refused', async (_name, changed) => {
    expect(await judge({ ...signed, '@context': changed })).not.toContain('valid')
  })
})

describe('words without a meaning', async () => {
  const odd = { ...unsigned, honours: 'cum laude' }
  const json = await handMade(odd)
  const structureOf = async (credential: object) =>
    (await verify({ credential, now })).checks.find(({ name }) => name === 'structure')

  it('are told, and good where the proof covers the text', async () => {
    expect(await judge(json)).toEqual(['valid'])
    expect(await structureOf(json)).toMatchObject({ outcome: 'passed', notes: [expect.stringContaining('honours')] })
    expect(await judge(edit(json, '/honours', 'summa cum laude'))).toEqual(['PROOF_INVALID'])
  })

  it('are refused where another proof does not cover them', async () => {
    const rdf = await proofOver(unsigned, school)
    expect(await judge({ ...odd, proof: [rdf] })).toEqual(['TERM_UNDEFINED'])
    expect(await judge({ ...odd, proof: [json.proof, rdf] })).toEqual(['TERM_UNDEFINED'])
    expect(await judge({ ...unsigned, proof: [(await handMade(unsigned)).proof, rdf] })).toEqual(['valid'])
  })

  it('stay refused where no format covers them, or the caller took the suite out', async () => {
    expect(await judge(json, { formats: [eddsaRdfc2022()] })).toEqual(['TERM_UNDEFINED'])
    expect(await judge(edit(json, '/proof/cryptosuite', 'x-json-2022'))).toEqual(['TERM_UNDEFINED'])
  })

  it('may come from a context that is not at hand, if it was signed', async () => {
    const elsewhere = { ...odd, '@context': [...contexts, 'https://school.example/words/v1'] }
    const good = await handMade(elsewhere)
    expect(await judge(good)).toEqual(['valid'])
    expect(await judge(edit(good, '/@context/2', 'https://school.example/words/v2'))).toEqual(['PROOF_INVALID'])
  })

  it('do not excuse other faults', async () => {
    expect(await judge(await handMade(edit(odd, '/validUntil', 'never')))).toContain('CREDENTIAL_MALFORMED')
    expect(await judge(await handMade({ ...odd, '@context': contexts.slice(1) }))).toContain('CREDENTIAL_MALFORMED')
  })
})

it('an end date that was signed under another name is not passed over', async () => {
  const open = edit(unsigned, '/validUntil')
  const renamed = { ...open, [`${credentials}validUntil`]: '2020-01-01T00:00:00Z' }
  expect(await judge(await handMade(renamed))).toEqual(['NOT_COMPACTED'])
  expect(await judge(await handMade({ ...open, validUntil: '2026-10-01T00:00:00Z' }))).toEqual(['EXPIRED'])
})

describe('beside and behind other proofs', async () => {
  const id = 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c10'
  const first = await proofOver(unsigned, school, { id })
  const second = await jcsProofOver({ ...unsigned, proof: [first] }, school, { previousProof: id })
  const chain = { ...unsigned, proof: [first, second] }

  it('a chain is good, whole', async () => {
    expect(await judge(chain)).toEqual(['valid'])
    expect(await judge({ ...unsigned, proof: [second] })).toEqual(['PROOF_MALFORMED'])
    expect(await judge(edit(chain, '/proof/1/previousProof'))).toEqual(['PROOF_INVALID'])
  })

  it('an earlier proof that was exchanged breaks the later one', async () => {
    const other = await proofOver(unsigned, school, { id, created: '2026-11-21T00:00:00Z' })
    expect(await judge({ ...unsigned, proof: [other, second] })).toEqual(['PROOF_INVALID'])
  })

  it('a set is good, and a bad one in it is not', async () => {
    const both = copyOf(
      await issue({ credential: badge(), key: school, now, format: [eddsaRdfc2022(), eddsaJcs2022()] }),
    )
    expect(await judge(both)).toEqual(['valid'])
    expect(await judge(edit(both, '/proof/1/created', '2026-11-21T00:00:00Z'))).toEqual(['PROOF_INVALID'])
    expect(await judge(edit(both, '/proof/0/created', '2026-11-21T00:00:00Z'))).toEqual(['PROOF_INVALID'])
  })

  it('a badge inside a record is read for itself', async () => {
    expect(await judge(await recordOf([edit(signed, '/name', 'Doctorate')]))).toEqual(['CONTENT_INVALID'])
    expect(await judge(await recordOf([signed]))).toEqual(['valid'])
  })
})
