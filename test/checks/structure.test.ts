import { createDocumentLoader, type DocumentLoader } from 'testamur'
import { describe, expect, it } from 'vitest'
import {
  checkMembers,
  checkStructure,
  dataModelOf,
  findCredentialProblems,
  readStructure,
} from '../../src/checks/structure.ts'
import { acceptUndefined } from '../../src/checks/undefined-terms.ts'
import { createBudget } from '../../src/encoding/limits.ts'
import { findRelatedProblems } from '../../src/jsonld/related-resources.ts'
import type { Check } from '../../src/report.ts'
import type { JsonObject } from '../../src/types.ts'
import { copyOf, edit, learner, plainCredential, school } from '../helpers/fixtures.ts'

const credential = { ...plainCredential(), issuer: school.controller }
const presentation = {
  '@context': credential['@context'],
  type: 'VerifiablePresentation',
  holder: learner.controller,
  verifiableCredential: [],
}

const v2 = 'https://www.w3.org/ns/credentials/v2'
// VC Data Model 2.0 appendix "Base Context" prints the SHA-256 of the context as it is served; the others are of the same bytes.
const sri = 'sha256-WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ='
const v2Sha384 = 'l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU'
const v2Multihash = 'uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963sknNA'
const v2Bare = 'uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ'
const photo = { id: 'https://a.example', digestSRI: sri }

const check = (document: object, kind: 'credential' | 'presentation' = 'credential') =>
  checkStructure(copyOf(document) as JsonObject, kind, createDocumentLoader())
const read = (document: object) =>
  readStructure(copyOf(document) as JsonObject, 'credential', createDocumentLoader(), createBudget())
const findProblems = (document: JsonObject) => [
  ...findCredentialProblems(document),
  ...(document['relatedResource'] === undefined ? [] : findRelatedProblems(document)),
]
const codesOf = (checks: readonly Check[]) => checks.map((each) => ('code' in each ? each.code : each.outcome))

describe('a credential', () => {
  it('that is well-formed passes, once, and the data model is named', async () => {
    expect(await check(credential)).toEqual([
      { name: 'structure', outcome: 'passed', message: 'A well-formed credential (data model 2.0).' },
    ])
  })

  it.each([
    ['/@context', undefined, '/@context'],
    ['/@context', 'https://www.w3.org/ns/did/v1', '/@context'],
    ['/type', 'OpenBadgeCredential', '/type'],
    ['/type', ['VerifiableCredential', 7], '/type'],
    ['/id', 'badge', '/id'],
    ['/id', 'https://a b', '/id'],
    ['/issuer', undefined, '/issuer'],
    ['/issuer', 'Northfield', '/issuer'],
    ['/issuer', { name: 'Northfield' }, '/issuer/id'],
    ['/issuer', [school.controller], '/issuer'],
    ['/credentialSubject', undefined, '/credentialSubject'],
    ['/credentialSubject', 'did:example:1', '/credentialSubject'],
    ['/credentialSubject', [{ id: 'did:example:1' }, {}], '/credentialSubject/1'],
    ['/credentialSubject', [{ id: 'ada' }], '/credentialSubject/0/id'],
    ['/validFrom', '2026-01-01', '/validFrom'],
    ['/validUntil', '2026-01-01T00:00:00', '/validUntil'],
    ['/credentialStatus', { id: 'https://a.example' }, '/credentialStatus/type'],
    ['/credentialStatus', [{ type: 'A', id: 'x' }], '/credentialStatus/0/id'],
    ['/credentialSchema', { type: 'JsonSchema' }, '/credentialSchema/id'],
    ['/evidence', 'photo', '/evidence'],
    ['/evidence', [{ id: 'urn:example:photo' }], '/evidence/0/type'],
    ['/termsOfUse', { id: 'urn:example:terms' }, '/termsOfUse/type'],
    ['/refreshService', [{ type: 'A' }, { type: 'A', id: 'soon' }], '/refreshService/1/id'],
    ['/@context/1', 7, '/@context/1'],
    ['/@context/1', null, '/@context/1'],
    ['/id', null, '/id'],
    ['/name', 7, '/name'],
    ['/name', ['Welding', { en: 'Welding' }], '/name/1'],
    ['/name', { '@value': 'Welding', '@language': 'en', url: 'https://a.example' }, '/name'],
    ['/description', { '@value': 'Welds.', '@direction': 'up' }, '/description'],
    ['/description', { '@value': 7, '@language': 'en' }, '/description'],
    ['/issuer', { id: school.controller, name: { '@value': 'Northfield', '@language': 7 } }, '/issuer/name'],
    ['/relatedResource', ['https://a.example'], '/relatedResource/0'],
    ['/relatedResource', { digestSRI: sri }, '/relatedResource/id'],
    ['/relatedResource', { id: 'photo', digestSRI: sri }, '/relatedResource/id'],
    ['/relatedResource', { id: 'https://a.example' }, '/relatedResource'],
    ['/relatedResource', { id: 'https://a.example', digestSRI: 7 }, '/relatedResource/digestSRI'],
    ['/relatedResource', { id: 'https://a.example', digestMultibase: '' }, '/relatedResource/digestMultibase'],
    ['/relatedResource', { id: 'https://a.example', digestSRI: sri, mediaType: 'png' }, '/relatedResource/mediaType'],
    ['/relatedResource', [photo, photo], '/relatedResource/1/id'],
  ])('with %s = %j has a finding at %s', (path, value, at) => {
    const found = findProblems(edit(credential, path, value) as JsonObject)
    expect(found.map((finding) => finding.path)).toContain(at)
    for (const { path: where, message } of found) expect(message.startsWith(`${where}: `)).toBe(true)
  })

  it.each([
    ['/name', 'Welding'],
    ['/name', { '@value': 'Welding', '@direction': 'ltr' }],
    ['/name', { '@value': 'Welding', '@language': 'en' }],
    [
      '/name',
      [
        { '@value': 'Welding', '@language': 'en' },
        { '@value': 'لحام', '@language': 'ar', '@direction': 'rtl' },
      ],
    ],
    ['/description', { '@value': 'Welds.', '@language': 'en', '@direction': 'ltr' }],
    ['/issuer', { id: school.controller, name: { '@value': 'Northfield', '@language': 'en', '@direction': 'ltr' } }],
    ['/relatedResource', photo],
    ['/relatedResource', [photo, { id: 'https://b.example', digestMultibase: 'uEiB-', mediaType: 'image/png' }]],
    ['/relatedResource', { id: v2, digestSRI: `${sri} sha384-${v2Sha384}`, digestMultibase: v2Multihash }],
    ['/relatedResource', { id: v2, digestMultibase: v2Bare }],
    ['/termsOfUse', [{ type: 'https://a.example#Policy', id: 'urn:example:terms' }]],
  ])('with %s = %j has none', async (path, value) => {
    expect(await check(edit(credential, path, value))).toEqual([expect.objectContaining({ outcome: 'passed' })])
  })

  it.each([
    { digestSRI: 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' },
    { digestSRI: `sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= sha384-${v2Sha384}` },
    { digestSRI: `sha384-${v2Sha384.replace('l/', 'm/')}` },
    { digestMultibase: 'uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ' },
    { digestSRI: sri, digestMultibase: 'uZTQ0MjM1NiAgcmVwb3J0cc5jZWxhdGVk' },
  ])('with another digest of a known context is refused: %j', async (digest) => {
    expect(await check({ ...credential, relatedResource: [photo, { id: v2, ...digest }] })).toEqual([
      expect.objectContaining({ code: 'DIGEST_MISMATCH', outcome: 'failed' }),
    ])
  })

  it('may not end before it begins', () => {
    const dates = (validFrom: string, validUntil: string) =>
      findCredentialProblems({ ...credential, validFrom, validUntil } as JsonObject).map(({ path }) => path)
    expect(dates('2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')).toEqual([])
    expect(dates('2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00Z')).toEqual([])
    expect(dates('2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z')).toEqual(['/validUntil'])
  })

  it('of data model 1.1 has other words for names and resources', async () => {
    const older = { ...credential, '@context': ['https://www.w3.org/2018/credentials/v1'] }
    const free = { issuanceDate: '2026-01-01T00:00:00Z', name: { en: 'Welding' }, relatedResource: [{}] }
    expect((await checkMembers({ ...older, ...free } as JsonObject, 'credential'))[0]?.outcome).toBe('passed')
    expect(
      (await checkMembers({ ...credential, ...free } as JsonObject, 'credential')).map(({ path }) => path),
    ).toEqual(['/name', '/relatedResource/0/id'])
  })

  it('of data model 1.1 needs its issuanceDate', () => {
    const older = { ...credential, '@context': ['https://www.w3.org/2018/credentials/v1'] } as JsonObject
    expect(findCredentialProblems(older).map(({ path }) => path)).toEqual(['/issuanceDate'])
    expect(findCredentialProblems({ ...older, issuanceDate: '2026-01-01T00:00:00Z' })).toEqual([])
  })
})

describe('a presentation', () => {
  it.each([
    ['/holder', 'me', '/holder'],
    ['/verifiableCredential', [{}, 7], '/verifiableCredential/1'],
    ['/type', 'Presentation', '/type'],
    ['/termsOfUse', { id: 'urn:example:terms' }, '/termsOfUse/type'],
    ['/@context', [v2, 123], '/@context/1'],
  ])('with %s = %j has a finding at %s', async (path, value, at) => {
    const checks = await check(edit(presentation, path, value), 'presentation')
    expect(checks.map((each) => each.path)).toContain(at)
    expect(checks).toContainEqual(expect.objectContaining({ code: 'PRESENTATION_MALFORMED' }))
  })

  it('needs neither holder nor credentials', async () => {
    expect(await check(presentation, 'presentation')).toEqual([expect.objectContaining({ outcome: 'passed' })])
    const { holder: _, verifiableCredential: __, ...least } = presentation
    expect(await check(least, 'presentation')).toEqual([expect.objectContaining({ outcome: 'passed' })])
  })
})

describe('in an envelope', () => {
  const codesIn = async (document: object, kind: 'credential' | 'presentation') =>
    (await checkMembers(document as JsonObject, kind)).map((each) =>
      'code' in each ? `${each.code} ${each.path}` : `${each.outcome} ${each.notes?.join() ?? ''}`,
    )

  it('a presentation may have any text as id, which is told', async () => {
    const [told] = await codesIn({ ...presentation, id: 'no IRI' }, 'presentation')
    expect(told).toMatch(/^passed \/id: "no IRI" is not an absolute IRI/)
    expect(await codesIn({ ...presentation, id: 'urn:example:1' }, 'presentation')).toEqual(['passed '])
    expect(await codesIn({ ...presentation, id: 7 }, 'presentation')).toEqual(['PRESENTATION_MALFORMED /id'])
    expect(await codesIn({ ...presentation, id: 'no IRI', holder: 'me' }, 'presentation')).toEqual([
      'PRESENTATION_MALFORMED /holder',
    ])
  })

  it('a credential may not', async () => {
    expect(await codesIn({ ...credential, id: 'no IRI' }, 'credential')).toEqual(['CREDENTIAL_MALFORMED /id'])
    expect(await codesIn({ ...credential, words: 'of no context' }, 'credential')).toEqual(['passed '])
  })
})

describe('a finding', () => {
  it('is told once at a place', async () => {
    const checks = await check({ ...credential, id: 'badge' })
    expect(checks.map((each) => each.path)).toEqual(['/id'])
  })

  it('shows what is there, and not all of something long', () => {
    const messageOf = (id: string) => findCredentialProblems({ ...credential, id } as JsonObject)[0]?.message
    expect(messageOf('x'.repeat(118))).toContain(`"${'x'.repeat(118)}" is not`)
    expect(messageOf('x'.repeat(119))).toContain(`"${'x'.repeat(118)}… is not`)
    expect(findProblems({ ...credential, relatedResource: {} } as JsonObject)[0]?.message).toContain('nothing')
  })

  it('is one of shape also where only one of several is wrong', () => {
    const pathsIn = (more: object) => findProblems({ ...credential, ...more } as JsonObject).map(({ path }) => path)
    expect(pathsIn({ evidence: { type: ['A', 7] } })).toEqual(['/evidence/type'])
    expect(pathsIn({ relatedResource: { ...photo, digestSRI: [sri, 7] } })).toEqual(['/relatedResource/digestSRI'])
    expect(pathsIn({ relatedResource: { ...photo, digestSRI: [] } })).toEqual(['/relatedResource/digestSRI'])
    expect(pathsIn({ relatedResource: { ...photo, digestSRI: `!${sri}` } })).toEqual(['/relatedResource/digestSRI'])
    for (const digestSRI of [[[sri]], [[sri], sri]])
      expect(pathsIn({ relatedResource: { ...photo, digestSRI } })).toEqual(['/relatedResource/digestSRI'])
    for (const mediaType of [7, '!image/png', 'image/', ['image/png']]) {
      expect(pathsIn({ relatedResource: { ...photo, mediaType } })).toEqual(['/relatedResource/mediaType'])
    }
    for (const digestMultibase of ['!uEiB', 'uEi B', 'u'])
      expect(pathsIn({ relatedResource: { ...photo, digestMultibase } })).toEqual(['/relatedResource/digestMultibase'])
  })

  it('says what an issuer that is none lacks', () => {
    const messageOf = (issuer: unknown) => findCredentialProblems({ ...credential, issuer } as JsonObject)[0]?.message
    expect(messageOf(undefined)).toContain('is missing')
    expect(messageOf([school.controller])).toContain('not a list')
  })
})

describe('contexts by URL', () => {
  it('are counted, and those that are written out are not', async () => {
    const contexts = (count: number) => Array.from({ length: count }, (_, index) => `https://context.example/${index}`)
    const own = { shoeSize: 'https://shop.example/size' }
    const over = await check({ ...credential, '@context': [v2, own, ...contexts(50)] })
    expect(over).toContainEqual(
      expect.objectContaining({
        code: 'LIMIT_EXCEEDED',
        path: '/@context',
        detail: { limit: 'contexts', allowed: 50, found: 51 },
      }),
    )
    const many = await check({ ...credential, '@context': [v2, ...Array(60).fill(own)] })
    expect(many.map(({ outcome }) => outcome)).toEqual(['passed'])
  })

  it('that are not at hand are told where they are named, and what is too much beside them is', async () => {
    const unknown = 'https://context.example/v1'
    expect(await check({ ...credential, '@context': [v2, unknown] })).toEqual([
      expect.objectContaining({ outcome: 'inconclusive', code: 'CONTEXT_UNKNOWN', path: '/@context' }),
    ])
    const endless = await read({ ...credential, '@context': [v2, unknown, ...Array(2000).fill({})] })
    expect(codesOf(endless.checks)).toEqual(['CONTEXT_UNKNOWN', 'LIMIT_EXCEEDED'])
    expect(acceptUndefined(endless, 'credential')).toBe(endless.checks)
  })

  it.each([
    ['could not be looked up', 'inconclusive', 'CONTEXT_UNKNOWN', () => Promise.reject(new Error('the line is down'))],
    ['is not at hand', 'inconclusive', 'CONTEXT_UNKNOWN', async () => undefined],
    ['is not a JSON object', 'failed', 'TERM_UNDEFINED', async () => 'an error page' as never],
  ])('of which a loader said "%s", and says no more when asked again', async (said, outcome, code, first) => {
    const answers = [first, async () => ({ '@context': {} })]
    const loadDocument: DocumentLoader = async (url) =>
      url === v2 ? createDocumentLoader()(url) : answers[Math.min(asked++, 1)]?.()
    let asked = 0
    const document = { ...credential, '@context': [v2, 'https://context.example/v1'] }
    expect(await checkStructure(copyOf(document) as JsonObject, 'credential', loadDocument)).toEqual([
      expect.objectContaining({ outcome, code, path: '/@context', message: expect.stringContaining(said) }),
    ])
    expect(asked).toBe(2)
  })
})

describe('another spelling', () => {
  it('of a word that no context of the document has is told with what is missing', async () => {
    const v1 = ['https://www.w3.org/2018/credentials/v1', { schema: 'https://schema.org/' }]
    const old = { ...credential, '@context': v1, issuanceDate: '2020-01-01T00:00:00Z' }
    const message = '"schema:givenName" must be written as "givenName", under a published context that defines it'
    const path = '/credentialSubject/schema:givenName'
    expect(await check({ ...old, credentialSubject: { 'schema:givenName': 'Ada' } })).toEqual([
      expect.objectContaining({ code: 'NOT_COMPACTED', path, message: `${path}: ${message}` }),
    ])
  })

  it('is told where it stands', async () => {
    const spelled = edit(credential, '/credentialSubject', { 'https://schema.org/name': 'Ada' })
    expect(await check(spelled)).toEqual([
      expect.objectContaining({
        code: 'NOT_COMPACTED',
        path: '/credentialSubject/https:~1~1schema.org~1name',
      }),
    ])
    // What stops the reading is told with it.
    const both = await check({ ...spelled, words: 'of no context' })
    expect(codesOf(both)).toEqual(['NOT_COMPACTED', 'TERM_UNDEFINED'])
  })

  it('that is read by the full algorithms alone is refused in a document of thousands of statements', async () => {
    const shelf = { '@id': 'https://shop.example/shelf', '@container': '@id' }
    const context = [v2, { shelf, size: 'https://shop.example/size' }]
    const stocked = (count: number) => {
      const held = Array.from({ length: count }, (_, index) => [`urn:example:${index}`, { size: `${index}` }])
      return check({ ...credential, '@context': context, credentialSubject: { shelf: Object.fromEntries(held) } })
    }
    expect((await stocked(100)).map(({ outcome }) => outcome)).toEqual(['passed'])
    expect(await stocked(2000)).toEqual([
      expect.objectContaining({ outcome: 'failed', code: 'NOT_COMPACTED', path: '' }),
    ])
  })
})

describe('words of its own', () => {
  it('are named up to twenty', async () => {
    const words = Array.from({ length: 30 }, (_, index) => `word${index}`)
    const own = Object.fromEntries(words.map((word) => [word, `https://shop.example/${word}`]))
    const [told] = await check({ ...credential, '@context': [v2, own] })
    expect(told?.notes?.[0]?.match(/word\d+/g)).toHaveLength(20)
  })

  it('are none in a context that defines nothing', async () => {
    expect((await check({ ...credential, '@context': [v2, {}] }))[0]).not.toHaveProperty('notes')
  })

  it('without a meaning are accepted where JSON is signed, and twenty of them told', async () => {
    const words = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`word${index}`, 1]))
    const [accepted] = acceptUndefined(await read({ ...credential, credentialSubject: words }), 'credential')
    expect(accepted?.outcome).toBe('passed')
    expect(accepted?.notes).toHaveLength(20)
    expect(acceptUndefined({ checks: [], repeated: [] }, 'credential')).toEqual([])
    const malformed = await read({ ...credential, id: 'badge', word: 1 })
    expect(acceptUndefined(malformed, 'credential')).toBe(malformed.checks)
  })
})

describe('a value twice in a list, where JSON is signed,', () => {
  const of = (subject: object) => read({ ...credential, credentialSubject: subject })
  const twice = { name: ['Ada', 'Lovelace', 'Ada'] }
  const note = '/credentialSubject/name/2: the same value stands here twice, and is signed so.'

  it('is accepted with a note, also beside a word without a meaning', async () => {
    expect(acceptUndefined(await of(twice), 'credential')).toEqual([
      { name: 'structure', outcome: 'passed', message: 'A well-formed credential.', notes: [note] },
    ])
    const [accepted] = acceptUndefined(await of({ ...twice, word: 1 }), 'credential')
    expect(accepted).toMatchObject({ outcome: 'passed', message: expect.stringContaining('not every word') })
    expect(accepted?.notes).toEqual([expect.stringContaining('"word"'), note])
  })

  it('is known by what was found, not by the words in which it is told', async () => {
    const { checks, repeated } = await of(twice)
    expect(repeated).toEqual(checks)
    expect(acceptUndefined({ checks, repeated: [] }, 'credential')).toBe(checks)
    const spelled = await of({ ...twice, 'https://schema.org/description': 'x' })
    expect(spelled.checks).toHaveLength(2)
    expect(spelled.repeated).toEqual(checks)
  })

  it('hides nothing that is spelled in another way, however often it stands there', async () => {
    for (const times of [2, 20, 21, 30]) {
      const subject = { name: Array(times).fill('Ada'), 'https://schema.org/description': 'x' }
      expect(codesOf(acceptUndefined(await of(subject), 'credential'))).toContain('NOT_COMPACTED')
    }
  })
})

describe('dataModelOf', () => {
  it.each([
    ['https://www.w3.org/ns/credentials/v2', '2.0'],
    [['https://www.w3.org/2018/credentials/v1', 'https://www.w3.org/ns/credentials/v2'], '1.1'],
    [['https://www.w3.org/ns/did/v1', 'https://www.w3.org/ns/credentials/v2'], undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('goes by the first context: %j', (context, expected) => {
    expect(dataModelOf({ '@context': context } as JsonObject)).toBe(expected)
  })
})
