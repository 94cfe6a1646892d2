/** RDFC-1.0: names that do not hang on how blank nodes were called, both orders, and an end for every dataset. */

import { describe, expect, it, vi } from 'vitest'
import { sha256 } from '../../src/encoding/hash.ts'
import { hashes } from '../../src/encoding/hashes.ts'
import type { Dataset, Quad } from '../../src/jsonld/dataset.ts'
import {
  CanonicalizationLimitError,
  canonicalLines,
  canonicalLinesByMany,
  canonicalNames,
  ordersDiffer,
} from '../../src/jsonld/rdfc.ts'
import { parseNQuads } from '../helpers/n-quads.ts'
import { hasOracle } from '../helpers/oracle.ts'
import { runRdfCanon } from '../oracle/rdf-canon.ts'

const lines = (text: string, order?: 'utf-16') => canonicalLines(parseNQuads(text), sha256, order).join('')
const p = '<urn:x:p>'

describe('canonical lines', () => {
  it('are sorted, with blank nodes named', () => {
    const text = `_:one ${p} "b" .\n<urn:x:a> ${p} _:one .\n<urn:x:a> ${p} _:two .\n_:two ${p} "a" .\n`
    expect(lines(text)).toBe(
      `<urn:x:a> ${p} _:c14n0 .\n<urn:x:a> ${p} _:c14n1 .\n_:c14n0 ${p} "b" .\n_:c14n1 ${p} "a" .\n`,
    )
  })

  it('do not hang on the order of statements or the labels, also where nodes look alike', () => {
    const ring = (labels: readonly string[]) =>
      labels.map((label, index) => `_:${label} ${p} _:${labels[(index + 1) % labels.length]} .\n`)
    const tails = (one: string, two: string) => [`_:${one} ${p} "end" .\n`, `_:${two} ${p} "end" .\n`]
    const first = [...ring(['a', 'b', 'c', 'd']), ...tails('a', 'c')]
    const second = [...tails('y', 'w'), ...ring(['x', 'w', 'z', 'y'])].reverse()
    expect(lines(first.join(''))).toBe(lines(second.join('')))
    expect(lines(first.join(''))).toContain('_:c14n3')
  })

  it('are the same where many texts are hashed together, and nothing else is hashed one by one', async () => {
    const alike = `_:a ${p} _:b .\n_:b ${p} _:a .\n_:a ${p} "end" .\n_:c ${p} _:d .\n_:d ${p} _:c .\n_:c ${p} "end" .\n`
    const unlike = `_:a ${p} _:b .\n_:b ${p} _:c .\n_:c ${p} "ä" .\n<urn:x:a> ${p} _:a .\n`
    for (const text of [alike, unlike]) {
      const batches: number[] = []
      const hex = vi.fn(sha256.hex)
      const many = async (texts: readonly string[]) => {
        batches.push(texts.length)
        return texts.map((each) => sha256.hex(each))
      }
      const found = await canonicalLinesByMany(parseNQuads(text), { ...sha256, hex }, many)
      expect(found.join('')).toBe(lines(text))
      expect(batches).toEqual([text === alike ? 4 : 3])
      expect(hex.mock.calls.length > 0).toBe(text === alike)
    }
  })

  it('tell apart graphs, positions and predicates', () => {
    const one = lines(`_:a ${p} _:b _:g .\n_:b ${p} _:a _:g .\n_:a ${p} "x" .\n`)
    expect(one).not.toBe(lines(`_:a ${p} _:b _:g .\n_:b ${p} _:a _:g .\n_:b ${p} "x" _:g .\n`))
    expect(one).not.toBe(lines(`_:a ${p} _:b .\n_:b ${p} _:a .\n_:a ${p} "x" .\n`))
  })

  it('stand in the order of code points, or of UTF-16 units on request', () => {
    const text = `<urn:x:a> ${p} "\u{1F600}" .\n<urn:x:a> ${p} "\uFF21" .\n<urn:x:a> ${p} "\uD7FF" .\n`
    const values = (order?: 'utf-16') => [...lines(text, order).matchAll(/"(.*)"/g)].map(([, value]) => value)
    expect(values()).toEqual(['\uD7FF', '\uFF21', '\u{1F600}'])
    expect(values('utf-16')).toEqual(['\uD7FF', '\u{1F600}', '\uFF21'])
    expect(ordersDiffer(canonicalLines(parseNQuads(text), sha256).join(''))).toBe(true)
    expect(ordersDiffer(`"\u{1F600}" "\uD7FF"`)).toBe(false)
  })

  it('keep escapes and drop the type of plain text', () => {
    const xsd = 'http://www.w3.org/2001/XMLSchema#'
    expect(lines(`<urn:x:a> ${p} "\\u0041\\t\\u0007\\"\\\\"^^<${xsd}string> .\n`)).toBe(
      `<urn:x:a> ${p} "A\\t\\u0007\\"\\\\" .\n`,
    )
  })

  it('name every blank node once', () => {
    const names = canonicalNames(parseNQuads(`_:a ${p} _:b .\n_:b ${p} "x" .\n`), hashes.sha384)
    expect([...names.values()].sort()).toEqual(['c14n0', 'c14n1'])
  })
})

type Edge = readonly [subject: number, object: number]

function graph(blanks: number, edges: readonly Edge[]): Dataset {
  return { blanks, quads: edges.map(([s, o]): Quad => ({ s, p, o, g: '' })) }
}

const pairs = (count: number, other: (index: number) => readonly number[]): readonly Edge[] =>
  Array.from({ length: count }, (_, index) => other(index).map((to): Edge => [index, to])).flat()
const upTo = (count: number, from = 0): readonly number[] => Array.from({ length: count }, (_, index) => from + index)

/** The same statements said of two nodes in one graph: the graph is each one's neighbour many times over. */
function statementsInGraph(count: number): Dataset {
  const graphName = 2
  const said = [0, 1].flatMap((s) => upTo(count).map((n): Quad => ({ s, p: `<urn:x:p${n}>`, o: '"x"', g: graphName })))
  return { blanks: 3, quads: [...said, { s: '<urn:x:a>', p, o: graphName, g: '' }] }
}

describe('every dataset comes to an end', () => {
  const hard: readonly (readonly [string, Dataset])[] = [
    [
      'a clique',
      graph(
        10,
        pairs(10, (index) => upTo(10).filter((to) => to !== index)),
      ),
    ],
    [
      'a large clique',
      graph(
        300,
        pairs(300, (index) => upTo(300).filter((to) => to !== index)),
      ),
    ],
    [
      'two nodes with a thousand children each',
      graph(
        2002,
        pairs(2, (hub) => upTo(1000, 2 + hub * 1000)),
      ),
    ],
    [
      'a grid',
      graph(
        900,
        pairs(900, (n) => [(n + 30) % 900, n - (n % 30) + ((n + 1) % 30)]),
      ),
    ],
    [
      'a ring',
      graph(
        100_000,
        pairs(100_000, (n) => [(n + 1) % 100_000]),
      ),
    ],
    [
      'a chain',
      graph(
        100_000,
        pairs(99_999, (n) => [n + 1]),
      ),
    ],
    [
      'a hundred thousand leaves twice',
      graph(
        200_002,
        pairs(2, (hub) => upTo(100_000, 2 + hub * 100_000)),
      ),
    ],
    [
      'long names',
      {
        blanks: 12,
        quads: pairs(12, (index) => upTo(12).filter((to) => to !== index)).map(
          ([s, o]): Quad => ({
            s,
            p: `<urn:x:${'p'.repeat(100_000)}>`,
            o,
            g: '',
          }),
        ),
      },
    ],
  ]
  it.each(hard)('%s is refused', { timeout: 30_000 }, (_, dataset) => {
    expect(() => canonicalLines(dataset, sha256)).toThrow(CanonicalizationLimitError)
  })

  const easy: readonly (readonly [string, Dataset])[] = [
    ['alike nodes that stand in one graph and say much', statementsInGraph(5000)],
    [
      'ten thousand empty nodes',
      {
        blanks: 10_000,
        quads: upTo(10_000).map((o): Quad => ({ s: '<urn:x:a>', p, o, g: '' })),
      },
    ],
    [
      'a thousand rings of five',
      graph(
        5000,
        pairs(5000, (n) => [n - (n % 5) + ((n + 1) % 5)]),
      ),
    ],
    [
      'a list of a hundred',
      graph(
        100,
        pairs(99, (n) => [n + 1]),
      ),
    ],
  ]
  it.each(easy)('%s are named', { timeout: 30_000 }, (_, dataset) => {
    expect(canonicalLines(dataset, sha256)).toHaveLength(dataset.quads.length)
  })
})

describe.skipIf(!hasOracle)('the RDFC-1.0 suite (skipped where the oracle folder is absent)', () => {
  it('agrees whole', async () => {
    const { agree, differ } = await runRdfCanon()
    expect(differ).toEqual([])
    expect(agree).toBe(86)
  })
})
