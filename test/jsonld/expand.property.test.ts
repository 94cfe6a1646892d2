/** The walk and the full algorithms of the library give the same text, byte for byte, wherever the walk gives one. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/encoding/hash.ts'
import { readJson } from '../../src/encoding/json.ts'
import { expandToDataset } from '../../src/jsonld/expand.ts'
import { canonicalLines } from '../../src/jsonld/rdfc.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'
import { askLibrary, askWalk, type Comparison, compare } from './expand-compare.ts'
import { bundled, freeze, makeDocument } from './expand-documents.ts'

/** The same documents in every run, so that a red build means a change; scripts/fuzz-canon.ts looks for new ones. */
const seeds = { numRuns: 800, seed: 20260630 }
const counts = new Map<Comparison['outcome'], number>()

describe('agrees with the full algorithms', () => {
  it.each([
    ['over sound documents', 0, 'SHA-256'],
    ['over sound documents, with the longer hash', 1, 'SHA-384'],
    ['over documents with something odd', 5, 'SHA-256'],
  ] as const)('%s', { timeout: 240_000 }, async (_, oddity, digest) => {
    const agrees = async (seed: number): Promise<void> => {
      const { outcome, why } = await compare(makeDocument(seed, oddity), digest)
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
      expect({ outcome, why }).not.toMatchObject({ outcome: expect.stringMatching(/^(differs|stopped)$/) })
    }
    await fc.assert(fc.asyncProperty(fc.nat(), agrees), seeds)
  })

  it('and most documents are accepted by both', () => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    expect((counts.get('same') ?? 0) / total).toBeGreaterThan(0.4)
  })
})

const context = {
  p: 'urn:x:p',
  double: { '@id': 'urn:x:double', '@type': 'http://www.w3.org/2001/XMLSchema#double' },
}
const lines = async (members: JsonObject, local: JsonValue = context) => {
  const document = freeze({ '@context': local, '@id': 'urn:x:1', ...members }) as JsonObject
  const form = await askWalk(document)
  const library = await askLibrary(document, 'SHA-256')
  const ours = 'dataset' in form ? canonicalLines(form.dataset, sha256).join('') : JSON.stringify(form)
  return { ours, theirs: 'text' in library ? library.text : library.refusal }
}
const xsd = 'http://www.w3.org/2001/XMLSchema#'

describe('where the specification and the library part, the specification is followed', () => {
  it.each([
    [1e-7, '1.0E-7', '0'],
    [-5e-324, '-4.940656458412465E-324', '-0'],
  ])('%d is a double, not an integer', async (value, ours, theirs) => {
    const statement = (text: string, type: string) => `<urn:x:1> <urn:x:p> "${text}"^^<${xsd}${type}> .\n`
    expect(await lines({ p: value })).toEqual({
      ours: statement(ours, 'double'),
      theirs: statement(theirs, 'integer'),
    })
  })

  it('a default direction holds also behind another context', async () => {
    const { ours, theirs } = await lines({ p: 'שלום' }, [{ '@direction': 'rtl' }, context])
    expect(ours).toBe('<urn:x:1> <urn:x:p> "שלום"^^<https://www.w3.org/ns/i18n#_rtl> .\n')
    expect(theirs).toBe('<urn:x:1> <urn:x:p> "שלום" .\n')
  })

  it('statements stand in the order of code points', async () => {
    const { ours, theirs } = await lines({ p: ['😀x', 'Ａx'] })
    expect(ours.split('\n').reverse().join('\n').trim()).toBe(theirs.trim())
  })
})

describe('numbers and booleans have the lexical forms of the specification', () => {
  it.each<[JsonValue, string]>([
    [0, `"0"^^<${xsd}integer>`],
    [-0, `"0"^^<${xsd}integer>`],
    [2 ** 53 - 1, `"9007199254740991"^^<${xsd}integer>`],
    [0.1, `"1.0E-1"^^<${xsd}double>`],
    [-12.5, `"-1.25E1"^^<${xsd}double>`],
    [1.5e-7, `"1.5E-7"^^<${xsd}double>`],
    [1e21, `"1.0E21"^^<${xsd}double>`],
    [-2e300, `"-2.0E300"^^<${xsd}double>`],
    [true, `"true"^^<${xsd}boolean>`],
  ])('%j', async (value, expected) => {
    const { ours, theirs } = await lines({ p: value })
    expect(ours).toBe(`<urn:x:1> <urn:x:p> ${expected} .\n`)
    expect(theirs).toBe(ours)
  })
})

describe('any JSON object', () => {
  const survives = (value: unknown): void => {
    const read = readJson(value)
    if (!('value' in read)) return
    const expanded = expandToDataset(read.value as JsonObject, bundled())
    expect(Object.keys(expanded).some((name) => ['dataset', 'missing', 'unsupported', 'stopped'].includes(name))).toBe(
      true,
    )
    if ('dataset' in expanded && expanded.dataset.quads.length < 100) canonicalLines(expanded.dataset, sha256)
  }
  const keys = fc.constantFrom(
    ...['@context', '@id', '@type', '@value', '@language', '@direction', '@list', '@set', '@graph', '@nest', '@index'],
    ...[
      '@included',
      '@reverse',
      '@vocab',
      '@container',
      'id',
      'type',
      'name',
      'proof',
      'issuer',
      'a',
      'constructor',
      '',
    ],
  )
  const scalars = fc.oneof(
    fc.constantFrom<JsonValue>(
      null,
      true,
      0,
      1e-7,
      '',
      '@id',
      '@type',
      '@vocab',
      '@list',
      '_:b',
      'urn:x:1',
      'a:b',
      '\ud800',
    ),
    fc.constantFrom<JsonValue>('https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/2018/credentials/v1'),
  )
  const { value: trees } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium', maxDepth: 6 },
      scalars,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(keys, tie('value'), { maxKeys: 5, noNullPrototype: true }),
    ),
  }))

  it('is survived', () => {
    fc.assert(fc.property(fc.dictionary(keys, trees, { maxKeys: 6, noNullPrototype: true }), survives), {
      numRuns: 4000,
      seed: 20260630,
    })
    fc.assert(fc.property(fc.object({ maxDepth: 4 }), survives), { numRuns: 500, seed: 20260630 })
  })

  const nested = (depth: number, wrap: (inner: JsonValue) => JsonValue): JsonObject => {
    let value: JsonValue = 'x'
    for (let level = 0; level < depth; level += 1) value = wrap(value)
    return { '@context': { p: 'urn:x:p', l: { '@id': 'urn:x:l', '@container': '@list' } }, p: value }
  }

  it.each<[string, () => JsonObject]>([
    ['objects as deep as is read', () => nested(98, (p) => ({ p }))],
    ['lists as deep as is read', () => nested(98, (item) => [item])],
    ['lists of lists of RDF', () => nested(48, (l) => ({ l: [[l]] }))],
    [
      'fifty contexts',
      () => ({ '@context': Array.from({ length: 50 }, (_, n) => ({ [`t${n}`]: `urn:x:${n}` })), t49: 'x' }),
    ],
    ['contexts as deep as is read', () => nested(45, (p) => ({ '@context': { p: 'urn:x:q' }, p }))],
    ['many values', () => ({ '@context': context, p: Array.from({ length: 200_000 }, (_, n) => n) })],
    ['many empty nodes', () => ({ '@context': context, p: Array.from({ length: 200_000 }, () => ({})) })],
    ['many keys', () => Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`urn:x:${n}`, n]))],
    [
      'a long prefix used often',
      () => ({
        '@context': { long: `urn:x:${'x'.repeat(500_000)}/` },
        ...Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`long:${n}`, n])),
      }),
    ],
    [
      'a long identifier said much of',
      () => ({ '@id': `urn:x:${'x'.repeat(500_000)}`, 'urn:x:p': Array.from({ length: 50_000 }, (_, n) => n) }),
    ],
    [
      'a long type used often',
      () => ({
        '@context': { p: { '@id': 'urn:x:p', '@type': `urn:x:${'x'.repeat(500_000)}` } },
        p: Array.from({ length: 50_000 }, (_, n) => `${n}`),
      }),
    ],
  ])('%s, within bounds', { timeout: 20_000 }, (_, make) => {
    const document = make()
    survives(document)
  })
})
