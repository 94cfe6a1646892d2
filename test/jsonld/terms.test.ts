import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { UnknownContextError } from '../../src/jsonld/context-errors.ts'
import { canonizeWithLibrary as canonize } from '../../src/jsonld/library.ts'
import { createDocumentLoader } from '../../src/jsonld/loader.ts'
import { findTermProblems, type TermFindingCode } from '../../src/jsonld/terms.ts'
import type { DocumentLoader, JsonObject, JsonValue } from '../../src/types.ts'

const v2 = 'https://www.w3.org/ns/credentials/v2'
const badges = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const clr = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json'
const loadDocument = createDocumentLoader()
const find = (document: JsonObject, loader: DocumentLoader = loadDocument) =>
  findTermProblems(document, { loadDocument: loader })
const places = async (document: JsonObject, loader?: DocumentLoader) =>
  (await find(document, loader)).map(({ code, path }) => `${code} ${path}`)

const badge = (members: JsonObject = {}, achievement: JsonObject = {}): JsonObject => ({
  '@context': [v2, badges],
  id: 'urn:uuid:0b6ab3a0-4f6c-4bd0-9e3c-3d5e7f9c1a11',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: 'did:example:school', type: ['Profile'], name: 'School of Examples' },
  validFrom: '2026-06-30T12:00:00Z',
  name: 'Teamwork',
  credentialSubject: {
    id: 'did:example:learner',
    type: ['AchievementSubject'],
    achievement: {
      id: 'https://school.example/achievements/teamwork',
      type: ['Achievement'],
      name: 'Teamwork',
      description: 'Works well with others.',
      achievementType: 'Badge',
      criteria: { narrative: 'Was observed to.' },
      ...achievement,
    },
  },
  ...members,
})

describe('a sound record', () => {
  it('has no findings', async () => {
    expect(await find(badge())).toEqual([])
    await canonize(badge(), { loadDocument })
  })
})

describe('a term that nothing defines', () => {
  it('is named with its place, the nearest term and the context that has it', async () => {
    expect(await find(badge({}, { achievmentType: 'Badge' }))).toEqual([
      {
        code: 'TERM_UNDEFINED',
        path: '/credentialSubject/achievement/achievmentType',
        message:
          '/credentialSubject/achievement/achievmentType: "achievmentType" is not defined by any @context of this ' +
          `credential; did you mean "achievementType" (${badges})?`,
      },
    ])
  })

  it.each<[string, JsonObject, string]>([
    [
      'a context that is not named',
      badge({ '@context': v2, type: 'VerifiableCredential', credentialSubject: { association: 'x' } }),
      clr,
    ],
    [
      'a type that is not named',
      badge({ credentialSubject: { id: 'did:example:1', achievement: [] } }),
      '"AchievementSubject"',
    ],
    ['a type of a context that is not named', { '@context': v2, id: 'urn:x:1', type: 'ClrSubject' }, clr],
    [
      'a context written in the document',
      { '@context': { colour: 'urn:x:colour' }, '@id': 'urn:x:1', color: 'x' },
      '"colour" (an @context',
    ],
  ])('gets advice that names %s', async (_, document, expected) => {
    const messages = (await find(document)).map(({ message }) => message)
    expect(messages).toContainEqual(expect.stringContaining(expected))
  })

  it('gets no far-fetched advice', async () => {
    const [finding] = await find(badge({ zzz: 'x' }))
    expect(finding?.message).toBe('/zzz: "zzz" is not defined by any @context of this credential')
  })

  it('is found beside all others, up to the limit', async () => {
    const document = badge(
      { id: '123', nmae: 'x', type: ['VerifiableCredential', 'OpenBadge'] },
      { image: { id: 'foo bar', type: 'Image' }, 'a/b~c': 1 },
    )
    expect(await places(document)).toEqual([
      'TERM_UNDEFINED /credentialSubject/achievement/a~1b~0c',
      'IRI_RELATIVE /credentialSubject/achievement/image/id',
      'IRI_RELATIVE /id',
      'TERM_UNDEFINED /nmae',
      'TYPE_UNDEFINED /type/1',
    ])
    expect(await findTermProblems(document, { loadDocument, limit: 2 })).toHaveLength(2)
  })
})

describe('each rule of JSON-LD', () => {
  const p = 'https://example.org/p'
  const check = (context: JsonValue, members: JsonObject) =>
    places({ '@context': context, '@id': 'urn:x:1', ...members })

  it.each<[string, JsonValue, JsonObject, string[]]>([
    ['a term mapped to null', { a: null }, { a: 'x', [p]: 'x' }, ['TERM_UNDEFINED /a']],
    ['@vocab defines the rest', { '@vocab': 'urn:v:' }, { anything: 'x', '@type': 'Any' }, []],
    [
      '@vocab does not define identifiers',
      { '@vocab': 'urn:v:' },
      { a: { '@id': 'b', c: 'x' } },
      ['IRI_RELATIVE /a/@id'],
    ],
    ['a compact IRI with a known prefix', { ex: 'urn:ex:' }, { 'ex:a': 'x', '@type': 'ex:T' }, []],
    ['an absolute IRI as key', {}, { [p]: 'x' }, []],
    ['@base', { '@base': 'https://example.org/', a: { '@id': p, '@type': '@id' } }, { '@id': 'b', a: 'c' }, []],
    [
      '@base null',
      [{ '@base': 'https://example.org/' }, { '@base': null }],
      { '@id': 'b', [p]: 'x' },
      ['IRI_RELATIVE /@id'],
    ],
    [
      'an alias',
      { id: '@id', type: '@type' },
      { [p]: { id: 'b', type: 'T' } },
      [`IRI_RELATIVE /${p.replaceAll('/', '~1')}/id`, `TYPE_UNDEFINED /${p.replaceAll('/', '~1')}/type`],
    ],
    ['@type: @id', { a: { '@id': p, '@type': '@id' } }, { a: ['urn:x:2', '123', 5] }, ['IRI_RELATIVE /a/1']],
    ['@type: @vocab', { a: { '@id': p, '@type': '@vocab' }, T: 'urn:x:T' }, { a: ['T', 'U'] }, ['IRI_RELATIVE /a/1']],
    ['@json is not looked into', { a: { '@id': p, '@type': '@json' } }, { a: { nothing: { '@id': '5' } } }, []],
    ['a @json value is not looked into', { a: p }, { a: { '@type': '@json', '@value': { nothing: 1 } } }, []],
    ['a number as identifier', {}, { [p]: { '@id': 5 } }, [`VALUE_INVALID /${p.replaceAll('/', '~1')}/@id`]],
    ['a type that is no text', {}, { '@type': ['urn:x:T', 5] }, ['VALUE_INVALID /@type/1']],
    [
      'a language map',
      { a: { '@id': p, '@container': '@language' } },
      { a: { en: 'x', 'e n': 'y', de: 5 } },
      ['VALUE_INVALID /a/e n', 'VALUE_INVALID /a/de'],
    ],
    [
      'an index map',
      { a: { '@id': p, '@container': '@index' } },
      { a: { one: { b: 'x' } } },
      ['TERM_UNDEFINED /a/one/b'],
    ],
    ['an id map', { a: { '@id': p, '@container': '@id' } }, { a: { one: { [p]: 'x' } } }, ['IRI_RELATIVE /a/one']],
    [
      'a type map',
      { a: { '@id': p, '@container': '@type' } },
      { a: { T: { '@id': 'urn:x:2' } } },
      ['TYPE_UNDEFINED /a/T'],
    ],
    ['a graph', { a: { '@id': p, '@container': '@graph' } }, { a: { '@id': 'urn:x:2' } }, ['VALUE_INVALID /a']],
    ['a list', { a: { '@id': p, '@container': '@list', '@type': '@id' } }, { a: ['x'] }, ['IRI_RELATIVE /a/0']],
    ['a set', { a: { '@id': p, '@container': '@set' } }, { a: { '@set': [{ b: 1 }] } }, ['TERM_UNDEFINED /a/@set/0/b']],
    ['@nest', { n: '@nest', a: p }, { n: { a: 'x', b: 'y' } }, ['TERM_UNDEFINED /n/b']],
    ['@included', {}, { '@included': 'x', [p]: 'x' }, ['VALUE_INVALID /@included']],
    ['@reverse', { a: { '@reverse': p } }, { a: 'text' }, ['VALUE_INVALID /a']],
    ['a blank node as property', {}, { '_:a': 'x' }, ['TERM_UNDEFINED /_:a']],
    ['two keywords for one', { id: '@id' }, { id: 'urn:x:2' }, ['VALUE_INVALID /id']],
    ['a null @value', {}, { [p]: { '@value': null } }, [`VALUE_INVALID /${p.replaceAll('/', '~1')}`]],
    ['nothing to say', {}, {}, ['VALUE_INVALID ']],
    [
      'a keyword that is no property',
      { a: '@none' },
      { a: 'x', '@json': 'y', [p]: 'z' },
      ['VALUE_INVALID /@json', 'VALUE_INVALID /a'],
    ],
  ])('%s', async (_, context, members, expected) => {
    expect(await check(context, members)).toEqual(expected)
  })

  const scoped = {
    a: { '@id': p, '@context': { b: 'urn:x:b' } },
    c: 'urn:x:c',
    T: { '@id': 'urn:x:T', '@context': { d: 'urn:x:d' } },
  }

  it('a property-scoped context holds for what is below', async () => {
    expect(await check(scoped, { a: { b: 'x', c: { b: 'x' } }, c: { b: 'x' } })).toEqual(['TERM_UNDEFINED /c/b'])
  })

  it('a type-scoped context ends with its node', async () => {
    expect(await check(scoped, { '@type': 'T', d: 'x', c: { d: 'x' } })).toEqual(['TERM_UNDEFINED /c/d'])
  })

  it('unless it propagates', async () => {
    const context = { ...scoped, T: { '@id': 'urn:x:T', '@context': { '@propagate': true, d: 'urn:x:d' } } }
    expect(await check(context, { '@type': 'T', d: 'x', c: { d: 'x' } })).toEqual([])
  })

  it('types are taken in the order of their names', async () => {
    const context = {
      A: { '@id': 'urn:x:A', '@context': { d: 'urn:x:d' } },
      B: { '@id': 'urn:x:B', '@context': { d: null } },
    }
    expect(await check(context, { '@type': ['B', 'A'], d: 'x' })).toEqual(['TERM_UNDEFINED /d'])
  })

  it('a context within takes effect from there', async () => {
    const members = { [p]: { '@context': { a: 'urn:x:a' }, a: { '@context': null, a: 'x', [p]: 'x' } } }
    expect(await check({}, members)).toEqual([`TERM_UNDEFINED /${p.replaceAll('/', '~1')}/a/a`])
  })
})

describe('contexts', () => {
  const unknown = 'https://example.org/unknown'

  it('not at hand are all named, and nothing below is guessed at', async () => {
    const document = { '@context': [v2, unknown, 'https://example.org/other'], id: '123', anything: 'x' }
    const findings = await find(document)
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'CONTEXT_UNKNOWN /@context',
      'CONTEXT_UNKNOWN /@context',
    ])
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining(unknown),
      expect.stringContaining('https://example.org/other'),
    ])
  })

  it('that could not be looked up are told apart', async () => {
    const offline: DocumentLoader = async () => {
      throw new Error('offline')
    }
    const findings = await find({ '@context': unknown }, offline)
    expect(findings).toEqual([
      expect.objectContaining({ code: 'CONTEXT_UNAVAILABLE', message: expect.stringContaining('offline') }),
    ])
  })

  it('are asked for once each', async () => {
    const asked: string[] = []
    await find(badge({ proof: { '@context': v2 } }), async (url) => {
      asked.push(url)
      return loadDocument(url)
    })
    expect(asked.sort()).toEqual([badges, v2].sort())
  })

  it.each<[string, JsonValue]>([
    ['a number', 5],
    ['a protected term redefined', [v2, { VerifiableCredential: 'urn:x:other' }]],
    ['null over protected terms', [v2, null]],
    ['a cyclic definition', { a: 'b:x', b: 'a:x' }],
    ['a keyword redefined', { '@id': 'urn:x:id' }],
    ['a reserved term', { '@future': 'urn:x:f' }],
    ['a relative @vocab', { '@vocab': 'here' }],
    ['an unknown member', { a: { '@id': 'urn:x:a', '@color': 'red' } }],
    ['a scoped context that is none', { a: { '@id': 'urn:x:a', '@context': 5 } }],
  ])('%s is CONTEXT_INVALID', async (_, context) => {
    const document = { '@context': context, '@id': 'urn:x:1', '@type': 'urn:x:T' }
    expect((await find(document)).map(({ code }) => code)).toEqual<TermFindingCode[]>(['CONTEXT_INVALID'])
    await expect(canonize(document, { loadDocument })).rejects.toThrow()
  })

  it('never leak from one loader to the next', async () => {
    const url = 'https://example.org/c'
    const at = (term: string) => createDocumentLoader({ documents: { [url]: { '@context': { [term]: 'urn:x:t' } } } })
    const document = { '@context': url, '@id': 'urn:x:1', a: 'x' }
    expect(await find(document, at('a'))).toEqual([])
    expect(await places(document, at('b'))).toEqual(['TERM_UNDEFINED /a'])
    expect(await find(document, at('a'))).toEqual([])
    const changing = { '@context': { a: 'urn:x:t' } as Record<string, string> }
    expect(await find(document, async () => changing)).toEqual([])
    Reflect.deleteProperty(changing['@context'], 'a')
    expect(await places(document, async () => changing)).toEqual(['TERM_UNDEFINED /a'])
  })

  it('that name each other come to an end', async () => {
    const one = 'https://example.org/1'
    const two = 'https://example.org/2'
    const documents = (map: { readonly [url: string]: JsonValue }) =>
      createDocumentLoader({
        documents: Object.fromEntries(Object.entries(map).map(([url, context]) => [url, { '@context': context }])),
      })
    const document = { '@context': one, '@id': 'urn:x:1', t: 'x' }
    const codes = async (map: { readonly [url: string]: JsonValue }) =>
      (await find(document, documents(map))).map(({ code }) => code)
    expect(await codes({ [one]: two, [two]: one })).toContain('CONTEXT_INVALID')
    expect(await codes({ [one]: { t: { '@id': 'urn:x:t', '@context': [one] } } })).toContain('CONTEXT_INVALID')
    expect(await codes({ [one]: { t: { '@id': 'urn:x:t', '@context': one } } })).toEqual([])
    expect(await codes({ [one]: Array(10).fill(two), [two]: Array(1000).fill({}) })).toContain('LIMIT_EXCEEDED')
  })
})

describe('hostile documents', () => {
  it('ten thousand levels deep', async () => {
    let document: JsonObject = { '@id': 'urn:x:1' }
    for (let level = 0; level < 10_000; level += 1) document = { 'https://example.org/p': document }
    expect((await find(document)).map(({ code }) => code)).toEqual(['LIMIT_EXCEEDED'])
  })

  it('thousands of terms that are defined by each other', async () => {
    const context = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`t${index}`, `t${index + 1}:x`]))
    expect((await find({ '@context': context, '@id': 'urn:x:1' })).map(({ code }) => code)).toEqual(['CONTEXT_INVALID'])
  })

  it('names of the prototype', async () => {
    const document = JSON.parse(
      '{"@context":{},"@id":"urn:x:1","constructor":"x","toString":{"valueOf":1},"hasOwnProperty":"x"}',
    )
    expect(await places(document)).toEqual([
      'TERM_UNDEFINED /constructor',
      'TERM_UNDEFINED /hasOwnProperty',
      'TERM_UNDEFINED /toString',
    ])
    expect(await places(JSON.parse('{"__proto__":{"@id":"urn:x:1"}}'))).toEqual(['VALUE_INVALID '])
  })

  it.each<[unknown]>([[null], [5], ['text'], [[]], [[{}]], [undefined]])('%j is no document', async (value) => {
    expect(await find(value as JsonObject)).toEqual([expect.objectContaining({ code: 'VALUE_INVALID' })])
  })
})

const folder = '../shared/oracle/realworld'
describe.skipIf(!existsSync(folder))('real records (skipped where the oracle folder is absent)', () => {
  const read = (path: string) => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8')) as JsonObject
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
        /^(files|unsigned)\/.*\.json$/.test(path),
      )
    : []

  it('get findings exactly where safe mode refuses', { timeout: 240_000 }, async () => {
    const outcomes = { accepted: 0, refused: 0, unknown: 0 }
    for (const path of files) {
      const refused = await canonize(read(path), { loadDocument }).then(
        () => undefined,
        (error: unknown) => error,
      )
      const codes = (await find(read(path))).map(({ code }) => code)
      expect(codes.length > 0, path).toBe(refused !== undefined)
      expect(codes.includes('CONTEXT_UNKNOWN'), path).toBe(refused instanceof UnknownContextError)
      outcomes[refused === undefined ? 'accepted' : refused instanceof UnknownContextError ? 'unknown' : 'refused'] += 1
    }
    expect(outcomes.accepted).toBeGreaterThan(150)
    expect(outcomes.refused).toBeGreaterThan(5)
  })
})
