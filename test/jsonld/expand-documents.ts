/**
 * Documents made by chance, for comparing the walk with the library: mostly sound records over the bundled contexts, with
 * every term and container that is in scope where they stand, and something odd now and then. One number makes one document.
 */

import {
  type ActiveContext,
  applyContext,
  initialContext,
  type TermDefinition,
} from '../../src/jsonld/active-context.ts'
import { bundledContext, bundledContextUrls } from '../../src/jsonld/bundled-contexts.ts'
import { isKeyword } from '../../src/jsonld/iri.ts'
import type { LoadedContexts } from '../../src/jsonld/local-context.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'

const v1 = 'https://www.w3.org/2018/credentials/v1'
const v2 = 'https://www.w3.org/ns/credentials/v2'
const ob = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const clr = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json'

/** Every bundled context, as the walk wants them: one table for each document, since its work is counted there. */
export function bundled(): LoadedContexts {
  return new Map(bundledContextUrls.map((url) => [url, { document: bundledContext(url) as JsonObject }]))
}

/** Draws of one document: the same number gives the same draws. */
export interface Dice {
  /** A whole number below `limit`. */
  below(limit: number): number
  /** True so many times in a hundred. */
  chance(percent: number): boolean
  pick<T>(items: readonly T[]): T
}

export function dice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    chance: (percent) => next() * 100 < percent,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
  }
}

const texts: readonly string[] = [
  ...['text', '', ' ', '5', 'true', 'null', '1.0', '2026-06-30T12:00:00Z', '@id', '@type', '@none', '_:b0', 'a b'],
  ...[
    'שלום עולם',
    'Ａx',
    '😀x',
    '\uE000',
    '\uFFFF',
    '\u{10FFFF}',
    '\u0000\u001F\u007F',
    '"\\\n\r\t\b\f',
    '\u0080\u2028',
  ],
  ...['é', 'e\u0301', '<b>&amp;</b>', '_:c14n0', 'x'.repeat(200)],
]
const iris: readonly string[] = [
  ...['urn:uuid:0b6ab3a0-4f6c-4bd0-9e3c-3d5e7f9c1a11', 'did:example:1', 'https://school.example/a?b=c#d', 'urn:x:1'],
  ...[
    'https://ünïcode.example/ß',
    'mailto:a@b.example',
    'data:image/png;base64,AA==',
    'https://a.example/%7Eb',
    'urn:x:2',
  ],
]
const oddIris: readonly string[] = [
  ...[
    '',
    'relative',
    '#a',
    '/a',
    '//a.example/b',
    '_:b1',
    'a b',
    'https://a.example/<b>',
    'urn:x:"q"',
    'urn:x:{a}|^`\\',
  ],
  ...[
    '@id',
    '@foo',
    'urn:',
    ':',
    'ext:a',
    'xsd:string',
    'urn:x:\u0000',
    'urn:x:\u00A0',
    'urn:x:😀',
    '1a:b',
    'a+b:c',
    'http://',
  ],
]
const numbers: readonly number[] = [0, -0, 1, -1, 5, 4.5, 0.1, 1 / 3, 1e15, 1e21, 2 ** 53 - 1, 1.5e-7, -2.5e300]
const languages: readonly string[] = ['en', 'DE', 'de-CH-1996', 'x-y', '@none']

const tops: readonly (readonly string[])[] = [
  [v2, ob],
  [v2, ob],
  [v2, clr, ob],
  [v2, clr, ob],
  [v1, ob],
  [v1, clr, ob],
  [v2],
  [v1],
  ...bundledContextUrls.flatMap((url) => [[v2, url], [v1, url], [url]]),
]

/** A frozen document. `oddity` is how many times in a hundred something odd stands at one place. */
export function makeDocument(seed: number, oddity = 4): JsonObject {
  const draw = dice(seed)
  const contexts: JsonValue[] = [...draw.pick(tops)]
  if (draw.chance(25)) contexts.push(inlineContext(draw))
  const one = contexts.length === 1 && draw.chance(50)
  const context = one ? (contexts[0] as JsonValue) : contexts
  const root: Place = { draw, oddity, depth: 0, budget: { nodes: 12 } }
  const body = nodeMembers(root, step(initialContext, context), true)
  return freeze({ '@context': context, ...body }) as JsonObject
}

interface Place {
  readonly draw: Dice
  readonly oddity: number
  readonly depth: number
  readonly budget: { nodes: number }
}

/** Frozen, with all that is in it. */
export function freeze(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  for (const item of Object.values(value)) freeze(item as JsonValue)
  return Object.freeze(value)
}

function step(active: ActiveContext, local: JsonValue | undefined, options = {}): ActiveContext {
  if (local === undefined) return active
  const applied = applyContext(active, freeze(local), bundled(), options)
  return 'active' in applied ? applied.active : active
}

/** Mostly terms that only add; now and then what may not be. */
function inlineContext(draw: Dice): JsonObject {
  const kinds: readonly JsonValue[] = [
    'https://ext.example/#a',
    { '@id': 'https://ext.example/#b', '@type': '@id' },
    { '@id': 'ext:c', '@container': '@list' },
    { '@id': 'ext:c2', '@container': '@list', '@type': '@id' },
    { '@id': 'ext:d', '@container': '@set' },
    { '@id': 'ext:e', '@container': '@language' },
    { '@id': 'ext:e2', '@container': ['@language', '@set'], '@direction': 'rtl' },
    { '@id': 'ext:f', '@container': '@index' },
    { '@id': 'ext:g', '@container': '@graph' },
    { '@id': 'ext:g2', '@container': ['@graph', '@set'] },
    { '@id': 'ext:h', '@type': '@json' },
    { '@id': 'ext:i', '@type': '@vocab' },
    { '@id': 'ext:j', '@language': 'he', '@direction': 'rtl' },
    { '@id': 'ext:k', '@language': null },
    { '@id': 'ext:l', '@type': 'http://www.w3.org/2001/XMLSchema#double' },
    { '@id': 'ext:m', '@type': 'http://www.w3.org/2001/XMLSchema#integer' },
    { '@id': 'ext:n', '@type': 'http://www.w3.org/2001/XMLSchema#boolean' },
    { '@id': 'ext:o', '@type': 'http://www.w3.org/2001/XMLSchema#string' },
    { '@id': 'ext:p', '@type': 'ext:Datatype' },
    { '@id': 'ext:q', '@type': '@none' },
    { '@id': 'ext:r', '@container': '@id' },
    { '@id': 'ext:s', '@container': '@type' },
    { '@id': 'ext:t', '@context': { extInner: 'ext:inner', ext: 'https://ext.example/#' } },
    { '@id': 'ext:u', '@context': { ext: 'https://ext.example/2#' } },
    { '@reverse': 'ext:v' },
    { '@id': 'ext:w', '@protected': true },
    { '@id': 'ext:x', '@container': '@list', '@context': { extInner: 'ext:inner' } },
  ]
  const types: readonly JsonValue[] = [
    'ext:Plain',
    { '@id': 'ext:Scoped', '@context': { extOfType: 'ext:ofType', extA: 'ext:otherA' } },
    { '@id': 'ext:Kept', '@context': { '@propagate': true, extOfType: { '@id': 'ext:ofType', '@type': '@id' } } },
  ]
  const context: { [term: string]: JsonValue } = { ext: 'https://ext.example/#' }
  for (let left = 1 + draw.below(5); left > 0; left -= 1) context[`ext${draw.pick([...'ABCDEF'])}`] = draw.pick(kinds)
  for (let left = draw.below(3); left > 0; left -= 1) context[`Ext${draw.pick([...'ABC'])}`] = draw.pick(types)
  const odd: readonly (readonly [string, JsonValue])[] = [
    ['@vocab', 'https://vocab.example/#'],
    ['@language', 'de'],
    ['@direction', 'rtl'],
    ['@base', 'https://base.example/'],
    ['@propagate', false],
    ['@import', v2],
    ['name', 'https://ext.example/#name'],
    ['alias', 'https://schema.org/name'],
    ['kind', '@type'],
    ['none', '@none'],
    ['value', '@value'],
    ['extZ', null],
  ]
  if (draw.chance(25)) {
    const [name, value] = draw.pick(odd)
    context[name] = value
  }
  return context
}

function nodeMembers(place: Place, typeScoped: ActiveContext, isRoot: boolean): { [name: string]: JsonValue } {
  const { draw, oddity, budget } = place
  budget.nodes -= 1
  const terms = [...typeScoped.terms]
  const types = terms.filter(([term, { id }]) => id !== null && /^[A-Z1]/.test(term)).map(([term]) => term)
  const chosen = Array.from({ length: isRoot || draw.chance(60) ? 1 + draw.below(2) : 0 }, () =>
    types.length > 0 && !draw.chance(oddity / 2) ? draw.pick(types) : draw.pick([...iris, ...oddIris]),
  )
  if (isRoot && types.includes('VerifiableCredential') && draw.chance(70)) chosen.push('VerifiableCredential')
  let active = typeScoped
  for (const type of [...chosen].sort()) {
    const definition = typeScoped.terms.get(type)
    active = step(active, definition?.context, { propagate: false, source: definition?.source })
  }
  const members: { [name: string]: JsonValue } = {}
  const isOne = chosen.length === 1 && draw.chance(30)
  if (chosen.length > 0) members[nameOf(typeScoped, '@type', draw, oddity)] = isOne ? (chosen[0] as string) : chosen
  if (isRoot ? draw.chance(90) : draw.chance(40)) {
    members[nameOf(active, '@id', draw, oddity)] = draw.pick(draw.chance(oddity) ? oddIris : iris)
  }
  const usable = [...active.terms].filter(
    ([term, { id }]) => id !== null && !isKeyword(id) && !/^[A-Z1]/.test(term) && !/[#/:]$/.test(id),
  )
  // Terms of a type's own context and of the document are few, so they get a chance of their own.
  const near = usable.filter(([term, { source }]) => !typeScoped.terms.has(term) || source === undefined)
  for (let left = 1 + draw.below(isRoot ? 6 : 3); left > 0; left -= 1) {
    const from = near.length > 0 && draw.chance(70) ? near : usable
    if (from.length === 0) break
    const [term, definition] = draw.pick(from)
    members[keyOf(term, definition, draw, oddity)] = valueFor(place, active, term, definition)
  }
  if (draw.chance(oddity)) members[draw.pick(oddKeys)] = draw.pick<JsonValue>([null, 'x', 5, { id: 'urn:x:3' }, []])
  return members
}

const oddKeys: readonly string[] = [
  ...[
    '@index',
    '@graph',
    '@included',
    '@nest',
    '@reverse',
    '@set',
    '@list',
    '@value',
    '@language',
    '@json',
    '@none',
    '@foo',
  ],
  ...[
    'ext:z',
    'urn:x:p',
    '_:p',
    'nothing',
    'https://schema.org/name',
    'xsd:string',
    'constructor',
    'toString',
    '@id',
    'type',
  ],
]

function nameOf(active: ActiveContext, keyword: '@id' | '@type', draw: Dice, oddity: number): string {
  const alias = keyword.slice(1)
  return active.terms.get(alias)?.id === keyword && !draw.chance(oddity / 2) ? alias : keyword
}

function keyOf(term: string, { id }: TermDefinition, draw: Dice, oddity: number): string {
  return id !== null && draw.chance(oddity / 2) ? id : term
}

function valueFor(place: Place, active: ActiveContext, term: string, definition: TermDefinition): JsonValue {
  const { draw, oddity } = place
  if (draw.chance(oddity)) return oddValue(place, active, term, definition)
  const { container, type } = definition
  if (container.includes('@language') && draw.chance(70)) {
    return Object.fromEntries(
      Array.from({ length: draw.below(3) }, () => [
        draw.pick(languages),
        draw.chance(70) ? draw.pick(texts) : ['a', 'b'],
      ]),
    )
  }
  if (type === '@json') return draw.pick<JsonValue>([{ b: [1, 4.5, 'é', null], a: {} }, [], {}, 'x', 5, true])
  if ((container.includes('@id') || container.includes('@type')) && draw.chance(70)) {
    return { [draw.pick([...iris, 'ExtA', '@none'])]: nodeFor(place, active, term, definition) }
  }
  const count = draw.chance(65) ? 1 : draw.below(4)
  const values = Array.from({ length: count }, () => oneValue(place, active, term, definition))
  return count === 1 && draw.chance(70) ? (values[0] as JsonValue) : values
}

function oneValue(place: Place, active: ActiveContext, term: string, definition: TermDefinition): JsonValue {
  const { draw } = place
  const { type, container } = definition
  if (container.includes('@graph')) return nodeFor(place, active, term, definition)
  if (type === '@id') return draw.chance(40) ? draw.pick(iris) : nodeFor(place, active, term, definition)
  if (type === '@vocab') {
    const names = [
      ...step(active, definition.context, { overrideProtected: true, source: definition.source }).terms.keys(),
    ]
    return draw.pick(draw.chance(60) ? names : iris)
  }
  const wantsNode = type === undefined || /#[A-Z]/.test(type) || definition.context !== undefined
  if (wantsNode && draw.chance(55)) return nodeFor(place, active, term, definition)
  if (type === undefined && draw.chance(12)) {
    return {
      '@value': draw.pick(texts),
      ...(draw.chance(70) && { '@language': draw.pick(languages) }),
      ...(draw.chance(40) && { '@direction': draw.pick(['ltr', 'rtl']) }),
    }
  }
  return draw.pick<JsonValue>(draw.chance(70) ? texts : [...numbers, true, false])
}

function nodeFor(place: Place, active: ActiveContext, term: string, definition: TermDefinition): JsonValue {
  const { draw, budget, depth } = place
  if (depth > 5 || budget.nodes <= 0) return { [active.terms.has('id') ? 'id' : '@id']: draw.pick(iris) }
  if (draw.chance(6)) return {}
  const scope = active.previous ?? active
  const inner = step(scope, definition.context, { overrideProtected: true, source: definition.source })
  const below = { ...place, depth: depth + 1 }
  const isCredential = term === 'verifiableCredential' || term === 'endorsement'
  if (draw.chance(isCredential ? 80 : 3)) {
    const context: JsonValue = draw.chance(80) ? [...draw.pick(tops)] : [v2, inlineContext(draw)]
    return { '@context': context, ...nodeMembers(below, step(inner, context), isCredential) }
  }
  return nodeMembers(below, inner, false)
}

function oddValue(place: Place, active: ActiveContext, term: string, definition: TermDefinition): JsonValue {
  const { draw } = place
  const node = (): JsonValue => nodeFor(place, active, term, definition)
  const odd: readonly (() => JsonValue)[] = [
    () => null,
    () => [],
    () => [null, 'x', null],
    () => [['x', 'y'], ['x']],
    () => [[], [[5]]],
    () => ({}),
    () => draw.pick(oddIris),
    () => draw.pick(texts),
    () => draw.pick(numbers),
    () => draw.pick([true, false]),
    () => ['x', 'x'],
    () => [node(), 'x', 5],
    () => ({ '@value': 'x' }),
    () => ({
      '@value': draw.pick<JsonValue>([5, true, null, {}, ['x'], 'x']),
      '@type': draw.pick([...iris, '@json', '@id']),
    }),
    () => ({ '@value': 'x', '@language': draw.pick<JsonValue>(['e n', null, 5, 'EN']) }),
    () => ({ '@value': draw.pick<JsonValue>([5, true]), '@direction': 'rtl' }),
    () => ({ '@value': 'x', '@direction': draw.pick<JsonValue>(['up', null]) }),
    () => ({ '@value': 'x', '@index': 'one' }),
    () => ({ '@set': ['x', node()] }),
    () => ({ '@list': ['x', 'y'] }),
    () => ({ '@list': [] }),
    () => ({ '@id': draw.pick([...iris, ...oddIris]) }),
    () => ({ '@language': 'en' }),
    () => ({ '@graph': [node()] }),
    () => ({ en: 'x', de: ['y', null], '@none': 'z' }),
    () => ({ one: node(), two: ['x'] }),
    () => ({ id: draw.pick(iris), '@index': 'one' }),
    () => ({ '@context': draw.pick<JsonValue>([null, {}, [], v2, { name: 'urn:x:other' }, 5]), type: 'urn:x:T' }),
    () => ({ '@reverse': { [term]: node() } }),
    () => ({ type: [], id: 'urn:x:1' }),
    () => ({ '@type': null }),
  ]
  return draw.pick(odd)()
}
