/** The walk must agree with safe mode: findings where it refuses, none where it accepts; and survive any JSON value. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bundledContext, bundledContextUrls } from '../../src/jsonld/bundled-contexts.ts'
import { canonizeWithLibrary as canonize } from '../../src/jsonld/library.ts'
import { createDocumentLoader } from '../../src/jsonld/loader.ts'
import { findTermProblems } from '../../src/jsonld/terms.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'

const v2 = 'https://www.w3.org/ns/credentials/v2'
const v1 = 'https://www.w3.org/2018/credentials/v1'
const badges = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const clr = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json'

const shared = 'https://example.org/contexts/shared'
const loop = 'https://example.org/contexts/loop'
const imported = 'https://example.org/contexts/import'
/** Terms that most random contexts have, so that most random documents mean something. */
const base = {
  ex: 'https://example.org/ns#',
  id: '@id',
  type: '@type',
  name: 'ex:name',
  a: 'ex:a',
  b: { '@id': 'ex:b', '@type': '@id' },
  c: { '@id': 'ex:c', '@container': '@set' },
  g: { '@id': 'ex:g', '@container': '@graph' },
  v: { '@id': 'ex:v', '@type': '@vocab' },
  Node: 'ex:Node',
}
const loadDocument = createDocumentLoader({
  documents: {
    [shared]: {
      '@context': [{ '@version': 1.1 }, { name: 'https://example.org/name', Node: 'https://example.org/Node' }],
    },
    [loop]: { '@context': loop },
    [imported]: {
      '@context': { link: { '@id': 'https://example.org/link', '@type': '@id' } },
    },
  },
})

function termsOf(context: JsonValue | undefined): string[] {
  if (Array.isArray(context)) return context.flatMap(termsOf)
  if (typeof context !== 'object' || context === null) return []
  return Object.entries(context as JsonObject).flatMap(([term, value]) => [
    ...(term.startsWith('@') ? [] : [term]),
    ...(typeof value === 'object' && value !== null ? termsOf((value as JsonObject)['@context']) : []),
  ])
}

const bundledTerms = [...new Set([v2, badges, clr].flatMap((url) => termsOf(bundledContext(url)?.['@context'])))]
const typo = (term: string): string => `${term.slice(0, 2)}${term.slice(3)}`

const iri = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('https://example.org/1', 'urn:uuid:1', 'did:example:1', '_:b1', 'schema:x') },
  { weight: 1, arbitrary: fc.constantFrom('123', 'foo bar', '#a', '', '@foo', '@type') },
)
const scalar = fc.oneof(
  iri,
  fc.constantFrom<JsonValue>('text', 0, 5, 1.5, true, null, '2026-01-01T00:00:00Z', 'Node', 'ex:T'),
)

/** The term or nothing: each member is there with its own chance in a hundred. */
function members(chances: {
  readonly [name: string]: readonly [number, fc.Arbitrary<JsonValue>]
}): fc.Arbitrary<JsonObject> {
  const entries = Object.entries(chances).map(([name, [chance, value]]) =>
    fc.oneof(
      { weight: 100 - chance, arbitrary: fc.constant([]) },
      { weight: chance, arbitrary: value.map((given) => [[name, given] as const]) },
    ),
  )
  return fc.tuple(...entries).map((lists) => Object.fromEntries(lists.flat()))
}

/** Objects from the given keys, with the types given, and now and then something odd. */
function trees(
  keys: fc.Arbitrary<string>,
  types: fc.Arbitrary<string>,
  contexts: fc.Arbitrary<JsonValue>,
): fc.Arbitrary<JsonObject> {
  return fc.letrec<{ value: JsonValue; node: JsonObject }>((tie) => ({
    value: fc.oneof({ maxDepth: 4, depthSize: 'small' }, scalar, tie('node'), fc.array(tie('value'), { maxLength: 3 })),
    node: fc
      .tuple(
        fc.dictionary(keys, tie('value'), { maxKeys: 3, noNullPrototype: true }),
        fc.option(fc.oneof(types, fc.array(types, { maxLength: 2 })), { freq: 2, nil: undefined }),
        fc.option(iri, { nil: undefined }),
        fc.option(contexts, { freq: 8, nil: undefined }),
        fc.boolean(),
      )
      .map(([members, type, id, context, odd]) => ({
        ...members,
        ...(type !== undefined && { [odd ? '@type' : 'type']: type }),
        ...(id !== undefined && { [odd ? 'id' : '@id']: id }),
        ...(context !== undefined && { '@context': context }),
      })),
  })).node
}

/** The same documents in every run, so that a red build means a change; `RUNS=100000` looks for new ones. */
function runs(usual: number): fc.Parameters<unknown> {
  const asked = process.env['RUNS']
  return asked === undefined ? { numRuns: usual, seed: 20260630 } : { numRuns: Number(asked) }
}

async function refusal(document: JsonObject): Promise<string | undefined> {
  try {
    await canonize(document, { loadDocument })
    return undefined
  } catch (error) {
    const { message, details } = error as Error & { readonly details?: unknown }
    return `${message} ${JSON.stringify(details)?.slice(0, 300)}`
  }
}

async function agrees(document: JsonObject): Promise<void> {
  const refused = await refusal(document)
  const findings = await findTermProblems(document, { loadDocument })
  if (refused?.startsWith('Maximum deep iterations')) return
  expect({ refused: refused ?? 'no', findings }).toEqual(
    refused === undefined
      ? { refused: 'no', findings: [] }
      : { refused, findings: expect.arrayContaining([expect.objectContaining({ path: expect.any(String) })]) },
  )
}

describe('agrees with safe mode', () => {
  const types = fc.constantFrom(
    'Achievement',
    'AchievementSubject',
    'Profile',
    'Result',
    'ClrSubject',
    'Nothing',
    'ex:Type',
  )
  const known = fc.constantFrom(...bundledTerms)
  const keys = fc.oneof({ weight: 9, arbitrary: known }, { weight: 1, arbitrary: known.map(typo) })
  const contexts = fc.constantFrom<JsonValue>(v2, badges, clr, null, { ex: 'https://example.org/' })
  const tops = fc.constantFrom<JsonValue>([v2, badges], [v2, clr, badges], [v1, badges], v2, [
    badges,
    { '@vocab': 'https://x.example/' },
  ])

  it('over records built from bundled contexts', { timeout: 240_000 }, async () => {
    const records = fc.record({ body: trees(keys, types, contexts), top: tops }).map(({ body, top }) => ({
      ...body,
      '@context': top,
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
    }))
    await fc.assert(fc.asyncProperty(records, agrees), runs(1000))
  })

  const sound = fc.constantFrom<JsonValue>(
    'https://example.org/p',
    'ex:p',
    'https://example.org/ns#',
    'https://example.org/Node',
  )
  const odd = fc.constantFrom<JsonValue>(
    ...['@id', '@type', '@value', '@set', '@list', '@graph', '@nest', '@index', '@language', '@reverse', '@included'],
    ...['ex', 'a', 'b', '@foo', 'relative', '_:p', null, 5],
  )
  const container = fc.constantFrom<JsonValue>(
    ...['@set', '@list', '@language', '@index', '@id', '@type', '@graph', '@none'],
    ...[['@graph', '@id'], ['@graph', '@index'], ['@set', '@index'], ['@list', '@set'], []],
  )
  const type = fc.constantFrom<JsonValue>(
    '@id',
    '@id',
    '@vocab',
    '@json',
    '@none',
    'https://example.org/dt',
    'ex:dt',
    'ex',
    '_:t',
  )
  const names = fc.constantFrom('a', 'b', 'c', 'Node', 'ex', 'ex:q', 'id', 'type', 'name', 'g', 'v')
  const inline: fc.Arbitrary<JsonValue> = fc.letrec<{ context: JsonValue; local: JsonValue; definition: JsonValue }>(
    (tie) => ({
      definition: members({
        '@id': [90, fc.oneof({ weight: 9, arbitrary: sound }, { weight: 1, arbitrary: odd })],
        '@type': [35, type],
        '@container': [35, container],
        '@context': [20, tie('context')],
        '@protected': [10, fc.boolean()],
        '@prefix': [5, fc.boolean()],
        '@language': [5, fc.constantFrom<JsonValue>('en', null, 5)],
        '@direction': [5, fc.constantFrom<JsonValue>('rtl', null, 'up')],
        '@index': [5, fc.constantFrom<JsonValue>('ex:q', 'a', 'nothing', '@index')],
        '@nest': [3, fc.constantFrom<JsonValue>('@nest', 'b', '@id')],
        '@reverse': [5, fc.constantFrom<JsonValue>('ex:r', 'https://example.org/r', 'r')],
      }),
      local: fc
        .tuple(
          fc.dictionary(
            names,
            fc.oneof(
              { maxDepth: 3, depthSize: 'small' },
              { weight: 10, arbitrary: sound },
              { weight: 1, arbitrary: odd },
              { weight: 14, arbitrary: tie('definition') },
            ),
            { maxKeys: 4, noNullPrototype: true },
          ),
          members({
            '@vocab': [
              10,
              fc.constantFrom<JsonValue>('https://example.org/v#', 'https://example.org/v#', 'ex:', null, 'rel', ''),
            ],
            '@base': [
              15,
              fc.constantFrom<JsonValue>('https://example.org/base/', 'https://example.org/base/', null, 'rel'),
            ],
            '@protected': [8, fc.constantFrom<JsonValue>(true, true, false)],
            '@propagate': [8, fc.boolean()],
            '@version': [20, fc.constantFrom<JsonValue>(1.1, 1.1, 1.1, 1.1, 1)],
            '@language': [5, fc.constantFrom<JsonValue>('en', null, 'e n')],
            '@import': [4, fc.constantFrom<JsonValue>(imported, imported, shared, 5)],
          }),
        )
        .map(([terms, rest]) => ({ ...base, ...rest, ...terms })),
      context: fc.oneof(
        { maxDepth: 3, depthSize: 'small' },
        { weight: 20, arbitrary: tie('local') },
        {
          weight: 1,
          arbitrary: fc.constantFrom<JsonValue>(null, shared, shared, loop, 'https://example.org/unknown', 7),
        },
        { weight: 3, arbitrary: fc.array(tie('local'), { maxLength: 2 }) },
      ),
    }),
  ).context

  const keywords = fc.constantFrom(
    ...['@id', '@type', '@value', '@language', '@direction', '@index', '@set', '@list', '@graph', '@reverse'],
    ...['@included', '@nest', '@foo'],
  )
  const inlineKeys = fc.oneof(
    { weight: 16, arbitrary: fc.constantFrom('a', 'b', 'c', 'g', 'v', 'name', 'ex:q') },
    { weight: 2, arbitrary: keywords },
    { weight: 1, arbitrary: fc.constantFrom('ex:z', 'https://example.org/p', '_:k', 'nothing', 'en') },
  )
  const inlineTypes = fc.constantFrom('Node', 'Node', 'ex:T', 'ex:T', 'a', 'None', '@json')

  it('over documents with contexts of their own', { timeout: 240_000 }, async () => {
    const documents = fc
      .record({ body: trees(inlineKeys, inlineTypes, inline), top: inline })
      .map(({ body, top }) => ({ ...body, '@context': top }))
    await fc.assert(fc.asyncProperty(documents, agrees), runs(3000))
  })
})

describe('any JSON value', () => {
  it('is survived', async () => {
    const documents = fc.oneof(
      fc.jsonValue(),
      fc.record({ '@context': fc.jsonValue() }),
      fc.record({ '@context': fc.constant(v2), '@type': fc.jsonValue(), id: fc.jsonValue(), evidence: fc.jsonValue() }),
    )
    await fc.assert(
      fc.asyncProperty(documents, async (value) => {
        const findings = await findTermProblems(value as JsonObject, { loadDocument })
        for (const { path, message } of findings) expect(message.startsWith(path === '' ? '' : `${path}: `)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

it('knows every bundled context', async () => {
  for (const url of bundledContextUrls) await agrees({ '@context': url, '@id': 'urn:x:1', '@type': 'urn:x:t' })
})
