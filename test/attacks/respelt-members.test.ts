/**
 * Attack: what is signed is written in another way that means the same to JSON-LD, so that the signature holds but programs
 * that read the JSON overlook it: an end date, a status, a credential inside.
 */

import { describe, expect, it } from 'vitest'
import {
  badge,
  copyOf,
  type Document,
  edit,
  judge,
  judgePresentation,
  presented,
  recordOf,
  signed,
  signedBadge,
} from '../helpers/fixtures.ts'

const vocabulary = 'https://www.w3.org/2018/credentials#'
const dateTime = 'http://www.w3.org/2001/XMLSchema#dateTime'
const expired = await signedBadge({ validUntil: '2026-10-01T00:00:00Z' })
const { validUntil, ...open } = expired
const typedDate = { '@type': dateTime, '@value': validUntil }
const contexts = expired['@context'] as unknown[]
const withContext = (context: object) => ({ ...open, '@context': [...contexts, context] })
const inSubject = (more: object) => ({
  ...open,
  credentialSubject: { ...(open['credentialSubject'] as object), ...more },
})

describe('an end date', () => {
  it('as it was signed has passed', async () => {
    expect(await judge(expired)).toEqual(['EXPIRED'])
    expect(await judge(await signedBadge({ validUntil: '2027-10-01T00:00:00Z' }))).toEqual(['valid'])
  })

  const forged: readonly (readonly [string, object])[] = [
    ['as full IRI', { ...open, [`${vocabulary}validUntil`]: typedDate }],
    ['as compact IRI', { ...withContext({ vc: vocabulary }), 'vc:validUntil': typedDate }],
    [
      'under an alias',
      { ...withContext({ until: { '@id': `${vocabulary}validUntil`, '@type': dateTime } }), until: validUntil },
    ],
    ['under @nest', { ...open, '@nest': { validUntil } }],
    ['under an alias of @nest', { ...withContext({ more: '@nest' }), more: { validUntil } }],
    ['under @included', { ...open, '@included': [{ id: open['id'], [`${vocabulary}validUntil`]: typedDate }] }],
    [
      'at the far end of @reverse',
      inSubject({
        '@reverse': { [`${vocabulary}credentialSubject`]: { id: open['id'], [`${vocabulary}validUntil`]: typedDate } },
      }),
    ],
    ['under @graph', { ...open, '@graph': [{ id: open['id'], validUntil }] }],
    ['as a value object', { ...open, validUntil: typedDate }],
    ['in a list', { ...open, validUntil: [validUntil] }],
  ]
  it.each(forged)('%s is refused', async (_name, credential) => {
    expect(await judge(credential)).not.toContain('valid')
  })
})

describe('a status', async () => {
  const entry = {
    id: 'https://school.example/status#5',
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '5',
    statusListCredential: 'https://school.example/status',
  }
  const credential = await signed({ ...badge(), credentialStatus: entry })
  const { credentialStatus: _, ...rest } = credential
  const alias = { status: { '@id': `${vocabulary}credentialStatus`, '@type': '@id' } }

  const forged: readonly (readonly [string, object])[] = [
    ['as full IRI', { ...rest, [`${vocabulary}credentialStatus`]: entry }],
    ['under an alias', { ...rest, '@context': [...contexts, alias], status: entry }],
    ['under @nest', { ...rest, '@nest': { credentialStatus: entry } }],
    [
      'backwards',
      { ...rest, '@included': [{ ...entry, '@reverse': { [`${vocabulary}credentialStatus`]: { id: rest['id'] } } }] },
    ],
  ]
  it.each(forged)('%s is refused', async (_name, document) => {
    expect(await judge(document)).not.toContain('valid')
  })

  it('as it was signed is told', async () => {
    expect(await judge(credential)).toEqual(['STATUS_UNAVAILABLE'])
  })
})

describe('ids and types', async () => {
  const { id, type: _, ...rest } = await signedBadge()
  const forged: readonly (readonly [string, object])[] = [
    ['@id', { ...rest, type: ['VerifiableCredential', 'OpenBadgeCredential'], '@id': id }],
    ['@type', { ...rest, id, type: ['VerifiableCredential'], '@type': ['OpenBadgeCredential'] }],
  ]
  it.each(forged)('by the keyword %s are refused', async (_name, document) => {
    expect(await judge(document)).not.toContain('valid')
  })
})

describe('a credential inside', async () => {
  const record = await recordOf([expired])
  const presentation = await presented([expired])

  it('is refused for itself', async () => {
    expect(await judge(record)).toEqual(['CONTENT_INVALID'])
    expect(await judgePresentation(presentation)).toEqual(['CONTENT_INVALID'])
  })

  it('is refused with its end date moved', async () => {
    const path = '/credentialSubject/verifiableCredential/0'
    const moved = edit(edit(record, `${path}/validUntil`), `${path}/@nest`, { validUntil })
    expect(await judge(moved)).not.toContain('valid')
  })

  it('cannot be hidden in a presentation', async () => {
    const { verifiableCredential: inner, ...rest } = presentation
    const graphs = (inner as Document[]).map((each) => ({ '@graph': [each] }))
    for (const hidden of [
      { ...rest, '@nest': { verifiableCredential: inner } },
      { ...rest, [`${vocabulary}verifiableCredential`]: graphs },
    ]) {
      expect(await judgePresentation(hidden)).not.toContain('valid')
    }
  })
})

describe('what JSON-LD passes over', () => {
  const good = copyOf({ ...open, name: 'Welding' })
  const forged: readonly (readonly [string, object])[] = [
    ['an @index', { ...good, '@index': 'with honours' }],
    ['an alias of @index', { ...good, '@context': [...contexts, { honours: '@index' }], honours: 'cum laude' }],
    ['a language', { ...good, '@language': 'la' }],
    ['an @index of a value', { ...good, name: { '@value': 'Welding', '@index': 'Doctorate' } }],
    ['an empty reference', { ...good, image: '' }],
    ['an empty set', { ...good, credentialSubject: [good['credentialSubject'], { '@set': [] }] }],
    ['an undefined member that is null', { ...good, honours: null }],
  ]
  it.each(forged)('%s is not covered by the signature, and refused', async (_name, document) => {
    expect(await judge(document)).not.toContain('valid')
  })
})

describe('a proof', async () => {
  const good = await presented([await signedBadge()], { challenge: 'old', domain: 'shop.example' })
  const { challenge, domain, ...rest } = good['proof'] as Document
  const security = 'https://w3id.org/security#'

  it('with its challenge and domain as full IRIs is refused', async () => {
    const proof = { ...rest, [`${security}challenge`]: challenge, [`${security}domain`]: domain }
    expect(
      await judgePresentation({ ...good, proof: { ...proof, challenge: 'new' } }, { challenge: 'new' }),
    ).not.toContain('valid')
    expect(await judgePresentation({ ...good, proof }, { challenge: 'old' })).not.toContain('valid')
  })

  it('as it was made is good', async () => {
    expect(await judgePresentation(good, { challenge: 'old', domain: 'shop.example' })).toEqual(['valid'])
  })
})
