/**
 * Everything that safe mode would refuse in a JSON-LD document, found at once and told in words: terms that no context
 * defines, references without a scheme, contexts that are not at hand, values that would be lost.
 *
 * The walk follows the Expansion Algorithm (JSON-LD 1.1 API section 5.1) without building its output: of each value it
 * keeps the set of keywords that the expanded value would have, as bits.
 */

import { quote } from '../encoding/clip.ts'
import { asArray, isObject, locate, pointer, readJson } from '../encoding/json.ts'
import type { DocumentLoader, Finding, JsonObject, JsonValue } from '../types.ts'
import {
  type ActiveContext,
  type ApplyOptions,
  applyContext,
  initialContext,
  isLanguageTag,
  type TermDefinition,
} from './active-context.ts'
import { adviseOnTerm } from './advice.ts'
import { expandIri, isAbsoluteIri, isKeyword, looksLikeKeyword } from './iri.ts'
import { type ContextProblemCode, type LoadedContexts, loadContexts } from './local-context.ts'

/**
 * - `CONTEXT_UNKNOWN`: a context is not at hand. What is below it cannot be judged.
 * - `CONTEXT_UNAVAILABLE`: a context could not be looked up, because the loader threw.
 * - `CONTEXT_INVALID`: a context is not well-formed, or redefines protected terms.
 * - `TERM_UNDEFINED`: a property that no context defines.
 * - `TYPE_UNDEFINED`: a type that no context defines.
 * - `IRI_RELATIVE`: an identifier that is not an absolute IRI.
 * - `VALUE_INVALID`: a value that JSON-LD does not allow there, or that would be lost.
 * - `LIMIT_EXCEEDED`: the document is too large or too deep.
 */
export type TermFindingCode =
  | ContextProblemCode
  | 'TERM_UNDEFINED'
  | 'TYPE_UNDEFINED'
  | 'IRI_RELATIVE'
  | 'VALUE_INVALID'
  | 'LIMIT_EXCEEDED'

export interface TermFinding extends Finding {
  readonly code: TermFindingCode
}

export interface FindTermProblemsOptions {
  readonly loadDocument: DocumentLoader
  /** Most findings to return. Default: 100. */
  readonly limit?: number
}

/** Finds all at once. Never throws, whatever the document is; empty where safe mode has nothing to refuse. */
export async function findTermProblems(
  document: JsonObject,
  options: FindTermProblemsOptions,
): Promise<readonly TermFinding[]> {
  const { loadDocument, limit = 100 } = options
  const read = readJson(document)
  if (!('value' in read)) {
    const { code, path, problem } = read
    return [{ code: code === 'LIMIT_EXCEEDED' ? code : 'VALUE_INVALID', path, message: locate(path, problem) }]
  }
  if (!isObject(read.value)) return [{ code: 'VALUE_INVALID', path: '', message: 'the document must be a JSON object' }]
  const loaded: LoadedContexts = new Map()
  for (;;) {
    const walk: Walk = { loaded, limit, findings: [], missing: new Set(), path: [] }
    expand(walk, initialContext, null, read.value, plain)
    if (walk.missing.size === 0) return walk.findings
    await loadContexts([...walk.missing], loaded, loadDocument)
  }
}

interface Walk {
  readonly loaded: LoadedContexts
  readonly limit: number
  readonly findings: TermFinding[]
  readonly missing: Set<string>
  /** Where the walk is, as the steps of a JSON Pointer. */
  readonly path: (string | number)[]
}

/** Where a value stands. */
interface Place {
  readonly insideList: boolean
  readonly insideIndex: boolean
  readonly typeScoped: ActiveContext | null
}

const plain: Place = { insideList: false, insideIndex: false, typeScoped: null }
const indexed: Place = { ...plain, insideIndex: true }
const listed: Place = { ...plain, insideList: true }

/** The keywords an expanded object has; `other` stands for properties, `empty` for having nothing; `raw` is no object. */
const bit = {
  id: 1,
  value: 2,
  list: 4,
  set: 8,
  graph: 16,
  type: 32,
  index: 64,
  language: 128,
  direction: 256,
  included: 512,
  reverse: 1024,
  other: 2048,
  empty: 4096,
  raw: 8192,
} as const

const bitOf: ReadonlyMap<string, number> = new Map(
  ['id', 'value', 'list', 'set', 'graph', 'type', 'index', 'language', 'direction', 'included', 'reverse'].map(
    (name) => [`@${name}`, bit[name as keyof typeof bit]],
  ),
)

/** What a value expands to: the bits of an object, a list of them, or 0 for nothing. */
type Shape = number | readonly number[]

/** A node or value object while its members are walked through. */
interface Target {
  bits: number
  types: (string | null)[]
  /** `@value` as it was written. */
  value: JsonValue | undefined
}

function expand(
  walk: Walk,
  active: ActiveContext,
  property: string | null,
  element: JsonValue | undefined,
  place: Place,
): Shape {
  if (element === null || element === undefined) return 0
  if (Array.isArray(element)) return expandArray(walk, active, property, element, place)
  if (isObject(element)) return expandObject(walk, active, property, element, place)
  if (property === null || expandIri(active, property, true, false) === '@graph') {
    if (!place.insideList) return lost(walk, `${quote(element)} stands alone`)
  }
  return expandScalar(walk, active, property, element)
}

function expandArray(
  walk: Walk,
  active: ActiveContext,
  property: string | null,
  element: readonly JsonValue[],
  place: Place,
): Shape {
  const insideList = place.insideList || containerOf(active, property).includes('@list')
  const within = place.insideList ? { ...place, insideList: false } : place
  const result: number[] = []
  for (let index = 0; index < element.length; index += 1) {
    const shape = at(walk, index, () => expand(walk, active, property, element[index], within))
    if (insideList && typeof shape !== 'number') result.push(bit.list)
    else if (typeof shape !== 'number') result.push(...shape)
    else if (shape !== 0) result.push(shape)
  }
  return result
}

function expandScalar(walk: Walk, active: ActiveContext, property: string | null, value: JsonValue): Shape {
  const definition = property === null ? undefined : active.terms.get(property)
  const expanded = property === null ? null : expandIri(active, property, true, false)
  // A scoped context may turn the very property that leads here into an alias.
  if (expanded === '@id' || expanded === '@type') return expandAlias(walk, active, value, expanded === '@type')
  if (typeof value === 'string') {
    if (definition?.type === '@id' || expanded === '@graph') return expandReference(walk, active, value, false)
    if (definition?.type === '@vocab') return expandReference(walk, active, value, true)
  }
  return expanded !== null && isKeyword(expanded) ? bit.raw : bit.value
}

function expandAlias(walk: Walk, active: ActiveContext, value: JsonValue, vocab: boolean): Shape {
  const iri = typeof value === 'string' ? expandIri(active, value, vocab, true) : undefined
  if (iri === null) return 0
  if (iri === undefined || !isAbsoluteIri(iri)) report(walk, 'IRI_RELATIVE', `${quote(value)} is not an absolute IRI`)
  return bit.raw
}

/** The empty reference is no finding: the library leaves it out without a word, in safe mode as well. */
function expandReference(walk: Walk, active: ActiveContext, value: string, vocab: boolean): Shape {
  const iri = expandIri(active, value, vocab, true)
  const dropped = iri === null ? vocab || !looksLikeKeyword(value) : iri === ''
  if (!dropped && (iri === null || !isAbsoluteIri(iri))) relative(walk, value)
  return bit.id
}

function expandObject(
  walk: Walk,
  given: ActiveContext,
  property: string | null,
  element: JsonObject,
  place: Place,
): Shape {
  const keys = Object.keys(element).sort()
  const before = walk.findings.length
  const definition = property === null ? undefined : given.terms.get(property)
  let active = applyProperty(walk, enter(given, keys, place), definition)
  if (active !== undefined && Object.hasOwn(element, '@context')) {
    const local = element['@context'] ?? null
    const outer: ActiveContext = active
    active = at(walk, '@context', () => apply(walk, outer, local))
  }
  if (active === undefined) return bit.other
  const typeScoped = active
  active = applyTypes(walk, typeScoped, keys, element)
  if (active === undefined) return bit.other

  const role = property === null ? null : expandIri(given, property, true, false)
  const target: Target = { bits: 0, types: [], value: undefined }
  expandMembers(walk, { active, typeScoped, property, role, place }, element, keys, target)
  const shape = finish(walk, target)
  if (typeof shape !== 'number' || shape === 0 || place.insideList) return shape
  const bare = property === null || role === '@graph' || containerOf(active, property).includes('@graph')
  if (!bare || !isUnsafe(shape)) return shape
  // Where something below was found already, that it is lost is no news.
  return walk.findings.length > before ? 0 : lostShape(walk, shape)
}

/** A type-scoped context ends at the next node object, not at a value object or a mere reference. */
function enter(active: ActiveContext, keys: readonly string[], place: Place): ActiveContext {
  if (place.insideIndex) return active
  const typeScoped = place.typeScoped ?? (active.previous === undefined ? null : active)
  if (typeScoped !== null && keys.length <= 2 && !keys.includes('@context')) {
    for (const key of keys) {
      const expanded = expandIri(typeScoped, key, true, false)
      if (expanded === '@value') return typeScoped
      if (expanded === '@id' && keys.length === 1) return active
    }
  }
  return active.previous ?? active
}

function applyTypes(
  walk: Walk,
  typeScoped: ActiveContext,
  keys: readonly string[],
  element: JsonObject,
): ActiveContext | undefined {
  let active: ActiveContext | undefined = typeScoped
  for (const key of keys) {
    if (active === undefined) return undefined
    if (expandIri(active, key, true, false) !== '@type') continue
    const given = asArray(element[key])
    for (const type of given.filter((each) => typeof each === 'string').sort()) {
      if (active !== undefined && typeof type === 'string') active = applyType(walk, active, typeScoped.terms.get(type))
    }
  }
  return active
}

function apply(walk: Walk, active: ActiveContext, local: JsonValue, options?: ApplyOptions): ActiveContext | undefined {
  const applied = applyContext(active, local, walk.loaded, options)
  if ('active' in applied) return applied.active
  for (const url of applied.missing) walk.missing.add(url)
  for (const { code, message } of applied.problems) report(walk, code, message)
  return undefined
}

/** A property's scoped context, for its values and all below. */
function applyProperty(
  walk: Walk,
  active: ActiveContext,
  definition: TermDefinition | undefined,
): ActiveContext | undefined {
  if (definition?.context === undefined) return active
  return apply(walk, active, definition.context, { overrideProtected: true, source: definition.source })
}

/** A type's scoped context, for one node. */
function applyType(
  walk: Walk,
  active: ActiveContext,
  definition: TermDefinition | undefined,
): ActiveContext | undefined {
  if (definition?.context === undefined) return active
  return apply(walk, active, definition.context, { propagate: false, source: definition.source })
}

/** What the members of one object are read with. */
interface Reading {
  readonly active: ActiveContext
  readonly typeScoped: ActiveContext
  readonly property: string | null
  /** What the property that leads here expands to. */
  readonly role: string | null
  readonly place: Place
}

function expandMembers(
  walk: Walk,
  reading: Reading,
  element: JsonObject,
  keys: readonly string[],
  target: Target,
): void {
  const nests: string[] = []
  for (const key of keys) {
    if (key === '@context') continue
    const expanded = expandIri(reading.active, key, true, false)
    if (expanded === '@nest') nests.push(key)
    walk.path.push(key)
    expandMember(walk, reading, key, expanded, element[key], target)
    walk.path.pop()
  }
  for (const key of nests) at(walk, key, () => expandNested(walk, reading, element[key], target))
}

function expandNested(walk: Walk, reading: Reading, value: JsonValue | undefined, target: Target): void {
  for (const nested of Array.isArray(value) ? value : [value]) {
    const keys = isObject(nested) ? Object.keys(nested).sort() : []
    if (isObject(nested) && !keys.some((key) => expandIri(reading.active, key, true, false) === '@value')) {
      expandMembers(walk, reading, nested, keys, target)
    } else {
      invalid(walk, 'the value of "@nest" must be an object that is no value object')
    }
  }
}

function expandMember(
  walk: Walk,
  reading: Reading,
  key: string,
  expanded: string | null,
  value: JsonValue | undefined,
  target: Target,
): void {
  if (expanded === null || !(isKeyword(expanded) || isAbsoluteIri(expanded))) {
    undefinedTerm(walk, reading.active, key)
    return
  }
  if (!isKeyword(expanded)) {
    expandProperty(walk, reading, key, expanded, value, target)
    return
  }
  if (reading.role === '@reverse') invalid(walk, `the keyword "${key}" has no place inside "@reverse"`)
  const own = bitOf.get(expanded) ?? 0
  if ((target.bits & own) !== 0 && expanded !== '@included' && expanded !== '@type') {
    invalid(walk, `"${key}" says "${expanded}" a second time`)
  }
  if (expanded !== '@nest') expandKeyword(walk, reading, key, expanded, value, target)
}

function expandKeyword(
  walk: Walk,
  reading: Reading,
  key: string,
  keyword: string,
  value: JsonValue | undefined,
  target: Target,
): void {
  switch (keyword) {
    case '@id':
      target.bits |= bit.id
      expandId(walk, reading.active, value)
      break
    case '@type':
      if (!Array.isArray(value) || value.length > 0) target.bits |= bit.type
      expandTypes(walk, reading.typeScoped, value, target)
      break
    case '@value':
      expandValue(target, value)
      break
    case '@included':
      target.bits |= bit.included
      expandIncluded(walk, reading, value)
      break
    case '@language':
      if (value === null) break
      target.bits |= bit.language
      if (typeof value !== 'string' || !isLanguageTag(value))
        invalid(walk, `"${key}" must be a language tag such as "en"`)
      break
    case '@direction':
      target.bits |= bit.direction
      if (value !== 'ltr' && value !== 'rtl') invalid(walk, `"${key}" must be "ltr" or "rtl"`)
      break
    case '@index':
      target.bits |= bit.index
      if (typeof value !== 'string') invalid(walk, `"${key}" must be text`)
      break
    case '@reverse':
      expandReverse(walk, reading, value, target)
      break
    case '@graph':
      if (typeof value === 'object' && value !== null) expandProperty(walk, reading, key, keyword, value, target)
      else invalid(walk, `"${key}" must be an object or a list`)
      break
    case '@list':
    case '@set':
      expandProperty(walk, reading, key, keyword, value, target)
      break
    default:
      // Stricter than safe mode, which leaves such members out without a word: anyone could add them to a signed record.
      lost(walk, `the keyword "${key}" has no place here`)
  }
}

function expandId(walk: Walk, active: ActiveContext, value: JsonValue | undefined): void {
  const iri = typeof value === 'string' ? expandIri(active, value, false, true) : null
  if (typeof value !== 'string') invalid(walk, `an identifier must be text, not ${quote(value)}`)
  else if (iri === null || !isAbsoluteIri(iri)) relative(walk, value)
}

function expandTypes(walk: Walk, typeScoped: ActiveContext, value: JsonValue | undefined, target: Target): void {
  asArray(value).forEach((type, index) => {
    if (Array.isArray(value)) walk.path.push(index)
    if (typeof type === 'string') target.types.push(expandType(walk, typeScoped, type))
    else invalid(walk, `a type must be text, not ${quote(type)}`)
    if (Array.isArray(value)) walk.path.pop()
  })
}

function expandType(walk: Walk, typeScoped: ActiveContext, type: string): string | null {
  const expanded = expandIri(typeScoped, type, true, true)
  const sound = expanded !== null && (expanded === '@json' || isAbsoluteIri(expanded))
  if (!sound) undefinedType(walk, typeScoped, type)
  return expanded
}

/** An empty list is no value at all, unless the type is `@json`. */
function expandValue(target: Target, value: JsonValue | undefined): void {
  if (Array.isArray(value) && value.flat(Number.POSITIVE_INFINITY).length === 0 && !isJson(target)) return
  target.bits |= bit.value
  target.value = value
}

function isJson({ types }: Target): boolean {
  return types.length === 1 && types[0] === '@json'
}

function expandIncluded(walk: Walk, { active, property }: Reading, value: JsonValue | undefined): void {
  const before = walk.findings.length
  const shape = expand(walk, active, property, value, plain)
  if (walk.findings.length > before) return
  if (!asShapes(shape).every(isNode) || shape === 0) invalid(walk, 'the values of "@included" must be node objects')
}

function isNode(shape: number): boolean {
  return (shape & (bit.value | bit.set | bit.list | bit.raw)) === 0 && shape !== bit.id && shape !== 0
}

function expandReverse(walk: Walk, { active }: Reading, value: JsonValue | undefined, target: Target): void {
  const shape = isObject(value) ? expand(walk, active, '@reverse', value, plain) : undefined
  if (shape === undefined) invalid(walk, 'the value of "@reverse" must be an object')
  if (typeof shape === 'number' && (shape & bit.reverse) !== 0) target.bits |= bit.other
  if (typeof shape === 'number' && (shape & bit.other) !== 0) target.bits |= bit.reverse
}

function expandProperty(
  walk: Walk,
  reading: Reading,
  key: string,
  expanded: string,
  value: JsonValue | undefined,
  target: Target,
): void {
  const { active } = reading
  const definition = active.terms.get(key)
  const inner = applyProperty(walk, active, definition)
  if (inner === undefined) return
  const before = walk.findings.length
  let shape = expandPropertyValue(walk, reading, inner, key, expanded, value)
  if (shape === 0) return
  const container = definition?.container ?? []
  if (container.includes('@list') && expanded !== '@list' && shape !== bit.list) shape = bit.list
  if (container.includes('@graph') && !container.includes('@id') && !container.includes('@index')) {
    if (asShapes(shape).includes(bit.raw)) invalid(walk, 'an identifier alone is no graph')
    const kept = asShapes(shape).filter(
      (item) => !isUnsafe(item) || (walk.findings.length === before && lostShape(walk, item) !== 0),
    )
    if (kept.length === 0) return
    shape = kept.map(() => bit.graph)
  }
  const items = asShapes(shape)
  const reverse = inner.terms.get(key)?.reverse === true
  if ((reverse || reading.role === '@reverse') && items.some((item) => (item & (bit.value | bit.list)) !== 0)) {
    invalid(walk, `"${key}" points backwards, so its values must be node objects or identifiers`)
  }
  if (expanded.startsWith('_:') && items.length > 0) undefinedTerm(walk, active, key)
  target.bits |= reverse ? bit.reverse : (bitOf.get(expanded) ?? bit.other)
}

function expandPropertyValue(
  walk: Walk,
  reading: Reading,
  inner: ActiveContext,
  key: string,
  expanded: string,
  value: JsonValue | undefined,
): Shape {
  const { active, property, role } = reading
  const definition = active.terms.get(key)
  const container = definition?.container ?? []
  if (isObject(value)) {
    if (container.includes('@language')) return expandLanguageMap(walk, inner, value)
    if (container.includes('@index')) return expandIndexMap(walk, reading, inner, key, value, '@index')
    if (container.includes('@id')) return expandIndexMap(walk, reading, inner, key, value, '@id')
    if (container.includes('@type')) return expandIndexMap(walk, reading, inner.previous ?? inner, key, value, '@type')
  }
  if (expanded === '@list') return expand(walk, inner, role === '@graph' ? null : property, value, listed)
  if (expanded === '@set') return expand(walk, inner, property, value, plain)
  if (definition?.type === '@json') return bit.value
  return expand(walk, inner, key, value, plain)
}

function expandLanguageMap(walk: Walk, active: ActiveContext, map: JsonObject): Shape {
  const result: number[] = []
  for (const [key, value] of Object.entries(map)) {
    const untagged = expandIri(active, key, true, false) === '@none'
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === null) continue
      if (typeof item !== 'string') at(walk, key, () => invalid(walk, `must be text, not ${quote(item)}`))
      else if (!untagged && !isLanguageTag(key))
        at(walk, key, () => invalid(walk, `"${key}" is not a language tag such as "en"`))
      result.push(bit.value)
    }
  }
  return result
}

function expandIndexMap(
  walk: Walk,
  reading: Reading,
  inner: ActiveContext,
  property: string,
  map: JsonObject,
  kind: '@index' | '@id' | '@type',
): Shape {
  const asGraph = kind !== '@type' && containerOf(reading.active, property).includes('@graph')
  const indexKey = kind === '@index' ? (inner.terms.get(property)?.index ?? '@index') : kind
  const result: number[] = []
  let active: ActiveContext | undefined = inner
  for (const key of Object.keys(map).sort()) {
    if (kind === '@type') active = applyType(walk, active, active.terms.get(key))
    if (active === undefined) return [bit.other]
    const within: ActiveContext = active
    const items = at(walk, key, () => {
      const shapes = asShapes(expand(walk, within, property, map[key], indexed)).filter((shape) => shape !== 0)
      return shapes.map((item) =>
        indexItem(walk, reading, within, indexKey, key, asGraph && !isGraph(item) ? bit.graph : item),
      )
    })
    result.push(...items)
  }
  return result
}

/** One value of an index, id or type map, with what its key adds to it. */
function indexItem(
  walk: Walk,
  { active: outer }: Reading,
  active: ActiveContext,
  indexKey: string,
  key: string,
  item: number,
): number {
  const expanded = expandIri(active, key, true, false)
  if (item === bit.raw) invalid(walk, 'an identifier alone cannot stand in a map')
  if (indexKey === '@type') {
    if (expanded !== '@none' && (expanded === null || !isAbsoluteIri(expanded))) undefinedType(walk, active, key)
    return item | bit.type
  }
  if ((item & bit.value) !== 0 && indexKey !== '@index')
    invalid(walk, `a plain value cannot have the ${indexKey} "${key}"`)
  if (indexKey === '@index') return item | bit.index
  if (indexKey === '@id') {
    const iri = expandIri(active, key, false, true)
    if (expanded !== '@none' && (item & bit.id) === 0 && iri !== null && iri !== '' && !isAbsoluteIri(iri))
      relative(walk, key)
    return item | bit.id
  }
  const property = expandIri(outer, indexKey, true, false)
  if (key === '@none' && property !== null) return item
  if (property === null || !isAbsoluteIri(property)) undefinedTerm(walk, outer, indexKey)
  else expandScalar(walk, active, indexKey, key)
  return item | bit.other
}

function isGraph(shape: number): boolean {
  return (shape & ~(bit.id | bit.index)) === bit.graph
}

/** What may stand together in one object (section 5.1.2, steps 15 to 19). */
function finish(walk: Walk, target: Target): Shape {
  const { bits, types } = target
  if ((bits & bit.value) !== 0) return finishValue(walk, target)
  if (types.includes('@json')) undefinedType(walk, initialContext, '@json')
  if ((bits & (bit.set | bit.list)) !== 0) return finishCollection(walk, target)
  if (bits === bit.language) return lost(walk, 'an object with nothing but "@language" says nothing')
  return bits === 0 ? bit.empty : bits
}

/** With a single type beside it the library lets "@list" through here, and "@set" if there is an identifier, too. */
function finishCollection(walk: Walk, { bits, types }: Target): Shape {
  const typed = (bits & bit.type) !== 0 && types.length === 1
  const alone = (bits & (bit.set | bit.list)) === (bits & ~bit.index)
  const tolerated = typed && ((bits & bit.set) === 0 || (bits & bit.id) !== 0)
  if (!alone && !tolerated) invalid(walk, 'an object with "@set" or "@list" may have only "@index" beside it')
  return alone && (bits & bit.set) !== 0 ? [] : bits
}

function finishValue(walk: Walk, target: Target): Shape {
  const { bits, types, value } = target
  const json = isJson(target)
  const tagged = (bits & (bit.language | bit.direction)) !== 0
  const allowed = bit.value | bit.type | bit.index | bit.language | bit.direction
  if ((bits & ~allowed) !== 0 || (tagged && (bits & bit.type) !== 0)) {
    invalid(walk, '"@value" may have only "@index" beside it, and either "@type" or "@language" and "@direction"')
  } else if (!json && typeof value === 'object' && value !== null) {
    invalid(walk, '"@value" must be text, a number, true or false')
  } else if (!json && value === null) {
    return lost(walk, 'an object whose "@value" is null says nothing')
  } else if (!json && (bits & bit.language) !== 0 && typeof value !== 'string') {
    invalid(walk, `only text can have a language, not ${quote(value)}`)
  } else if (!json && !types.every((type) => type !== null && isAbsoluteIri(type) && !type.startsWith('_:'))) {
    invalid(walk, 'the "@type" of a "@value" must be an absolute IRI')
  }
  return bits
}

/** Objects that say nothing where they stand alone. */
function isUnsafe(shape: number): boolean {
  return shape === bit.empty || (shape & (bit.value | bit.list)) !== 0 || shape === bit.id
}

function lostShape(walk: Walk, shape: number): 0 {
  const reason =
    shape === bit.empty
      ? 'an empty object'
      : shape === bit.id
        ? 'an object with nothing but an identifier'
        : 'a value without a property'
  return lost(walk, `${reason} says nothing`)
}

function asShapes(shape: Shape): readonly number[] {
  return typeof shape === 'number' ? [shape] : shape
}

function containerOf(active: ActiveContext, property: string | null): TermDefinition['container'] {
  return (property === null ? undefined : active.terms.get(property)?.container) ?? []
}

function at<T>(walk: Walk, step: string | number, visit: () => T): T {
  walk.path.push(step)
  const result = visit()
  walk.path.pop()
  return result
}

function report(walk: Walk, code: TermFindingCode, message: string): void {
  if (walk.findings.length >= walk.limit) return
  const path = walk.path.reduce<string>(pointer, '')
  walk.findings.push({ code, path, message: locate(path, message) })
}

function invalid(walk: Walk, message: string): void {
  report(walk, 'VALUE_INVALID', message)
}

function lost(walk: Walk, message: string): 0 {
  report(walk, 'VALUE_INVALID', `${message} and would be lost`)
  return 0
}

function relative(walk: Walk, value: string): void {
  report(
    walk,
    'IRI_RELATIVE',
    `${quote(value)} is not an absolute IRI; write it with its scheme, like https://… or urn:uuid:…`,
  )
}

function undefinedTerm(walk: Walk, active: ActiveContext, term: string): void {
  if (walk.findings.length >= walk.limit) return
  const advice = adviseOnTerm(term, active, false)
  report(walk, 'TERM_UNDEFINED', `${quote(term)} is not defined by any @context of this credential${advice}`)
}

function undefinedType(walk: Walk, active: ActiveContext, type: string): void {
  if (walk.findings.length >= walk.limit) return
  const advice = adviseOnTerm(type, active, true)
  report(walk, 'TYPE_UNDEFINED', `the type ${quote(type)} is not defined by any @context of this credential${advice}`)
}
