/**
 * What the terms of a JSON-LD document mean at one place: the active context, and how a local context changes it
 * (JSON-LD 1.1 API sections 4.1 and 4.2), with the refusals of safe mode.
 *
 * Active contexts never change, so a step from one to the next is worked out once for each pair of active context and
 * frozen local context, and remembered as long as both live.
 */

import { isObject } from '../encoding/json.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { isDeepFrozen } from './frozen.ts'
import { expandIri, isAbsoluteIri, isKeyword, looksLikeKeyword, type TermTable } from './iri.ts'
import {
  type ContextProblem,
  type ContextProblemCode,
  type ContextStep,
  flattenContext,
  type LoadedContexts,
} from './local-context.ts'

/** What a context says about one term. */
export interface TermDefinition {
  /** The IRI or keyword it stands for; `null` when the context takes the term away. */
  readonly id: string | null
  /** May stand before the colon of a compact IRI. */
  readonly prefix: boolean
  readonly protected: boolean
  readonly reverse: boolean
  readonly type: string | undefined
  readonly container: readonly string[]
  /** The scoped context, for the values of a property or the nodes of a type. */
  readonly context: JsonValue | undefined
  readonly language: string | null | undefined
  readonly direction: string | null | undefined
  readonly index: string | undefined
  readonly nest: string | undefined
  /** URL of the context that defines it, `undefined` for one written in the document. */
  readonly source: string | undefined
}

export interface ActiveContext extends TermTable {
  readonly terms: ReadonlyMap<string, TermDefinition>
  readonly protects: boolean
  readonly language: string | undefined
  readonly direction: string | undefined
  /** What holds again in the next node object, where a type-scoped context does not propagate. */
  readonly previous: ActiveContext | undefined
}

export interface ApplyOptions {
  /** False for a type-scoped context: it ends with its node object. Default: true. */
  readonly propagate?: boolean
  /** True for a property-scoped context, which may redefine protected terms. Default: false. */
  readonly overrideProtected?: boolean
  /** URL of the context that a scoped context is part of. */
  readonly source?: string | undefined
}

/** The next active context, what is wrong, or which URLs must be loaded before that can be said. */
export type Applied =
  | { readonly active: ActiveContext }
  | { readonly problems: readonly ContextProblem[]; readonly missing: readonly string[] }

/** Where every document starts. */
export const initialContext: ActiveContext = {
  terms: new Map(),
  vocab: undefined,
  base: undefined,
  protects: false,
  language: undefined,
  direction: undefined,
  previous: undefined,
}

/** Most scoped contexts looked into for one local context; contexts that name each other would never come to an end. */
const MAX_SCOPED_CONTEXTS = 5000
/** Longest chain of terms that are defined by each other, and of scoped contexts within each other. */
const MAX_TERM_CHAIN = 100

const CONTAINERS = new Set(['@list', '@set', '@index', '@language', '@graph', '@id', '@type'])
const DEFINITION_KEYS = new Set([
  '@container',
  '@context',
  '@direction',
  '@id',
  '@index',
  '@language',
  '@nest',
  '@prefix',
  '@protected',
  '@reverse',
  '@type',
])
const CONTEXT_KEYS = new Set(['@base', '@direction', '@language', '@propagate', '@protected', '@version', '@vocab'])
const LANGUAGE_TAG = /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/

/** Applies the value of an `@context`. Never throws, whatever the value is. */
export function applyContext(
  active: ActiveContext,
  local: JsonValue,
  loaded: LoadedContexts,
  options: ApplyOptions = {},
): Applied {
  const { source, propagate = true, overrideProtected = false } = options
  const known = isObject(local) ? recall(entry(active, local, propagate), local, overrideProtected) : undefined
  if (known !== undefined) return { active: known }
  const run: Run = { loaded, problems: [], missing: [], urls: new Set(), left: MAX_SCOPED_CONTEXTS, named: false }
  const next = applyAll(run, active, local, source, propagate, overrideProtected, 0)
  return next === undefined ? { problems: run.problems, missing: run.missing } : { active: next }
}

/** True for a well-formed language tag in the sense of safe mode. */
export function isLanguageTag(text: string): boolean {
  return LANGUAGE_TAG.test(text)
}

interface Run {
  readonly loaded: LoadedContexts
  readonly problems: ContextProblem[]
  readonly missing: string[]
  /** Scoped contexts given by URL that were looked into already. */
  readonly urls: Set<string>
  left: number
  /** A URL was followed, so the outcome hangs on the loader and must not be remembered. */
  named: boolean
}

class ContextFault extends Error {}
class TermLimit extends ContextFault {}

function applyAll(
  run: Run,
  active: ActiveContext,
  local: JsonValue,
  source: string | undefined,
  propagate: boolean,
  overrideProtected: boolean,
  depth: number,
): ActiveContext | undefined {
  const flat = flattenContext(local, run.loaded, source)
  run.named ||= flat.named
  run.problems.push(...flat.problems)
  run.missing.push(...flat.missing)
  if (flat.problems.length > 0 || flat.missing.length > 0) return undefined
  const [first] = flat.steps
  if (first === undefined) return active
  let result: ActiveContext | undefined = entry(active, first.context, propagate)
  for (const step of flat.steps) {
    if (result === undefined) return undefined
    result = applyStep(run, result, step, overrideProtected, depth)
  }
  return result
}

const returningContexts = new WeakMap<ActiveContext, ActiveContext>()

/** Where the first context is applied: one that does not propagate is gone back from at the next node object. */
function entry(active: ActiveContext, first: JsonObject | null, propagate: boolean): ActiveContext {
  const own = first?.['@propagate']
  if ((typeof own === 'boolean' ? own : propagate) || active.previous !== undefined) return active
  const known = returningContexts.get(active)
  if (known !== undefined) return known
  const made = { ...active, previous: active }
  returningContexts.set(active, made)
  return made
}

type Transitions = WeakMap<ActiveContext, WeakMap<JsonObject, ActiveContext>>
let plain: Transitions = new WeakMap()
let overriding: Transitions = new WeakMap()
let remembered = 0

/** Most steps that are remembered: those of the bundled contexts are some hundreds, those of strangers without end. */
const MAX_REMEMBERED = 4000

function recall(active: ActiveContext, context: JsonObject, overrideProtected: boolean): ActiveContext | undefined {
  return (overrideProtected ? overriding : plain).get(active)?.get(context)
}

function remember(active: ActiveContext, context: JsonObject, overrideProtected: boolean, next: ActiveContext): void {
  remembered += 1
  if (remembered > MAX_REMEMBERED) {
    plain = new WeakMap()
    overriding = new WeakMap()
    remembered = 0
  }
  const table = overrideProtected ? overriding : plain
  const from = table.get(active) ?? new WeakMap<JsonObject, ActiveContext>()
  table.set(active, from.set(context, next))
}

function applyStep(
  run: Run,
  active: ActiveContext,
  step: ContextStep,
  overrideProtected: boolean,
  depth: number,
): ActiveContext | undefined {
  const { context } = step
  if (context === null) {
    if (!active.protects || overrideProtected) return initialContext
    return refuse(run, step, 'null cannot take back a context with protected terms')
  }
  const known = recall(active, context, overrideProtected)
  if (known !== undefined) return known
  const outer = { named: run.named, problems: run.problems.length, missing: run.missing.length }
  run.named = false
  let made: ActiveContext
  try {
    made = define(run, active, context, step.url, overrideProtected, depth)
  } catch (error) {
    if (error instanceof ContextFault) {
      return refuse(run, step, error.message, error instanceof TermLimit ? 'LIMIT_EXCEEDED' : 'CONTEXT_INVALID')
    }
    throw error
  }
  const sound = run.problems.length === outer.problems && run.missing.length === outer.missing
  if (sound && !run.named && isDeepFrozen(context)) remember(active, context, overrideProtected, made)
  run.named ||= outer.named
  return sound ? made : undefined
}

function refuse(
  run: Run,
  { url }: ContextStep,
  reason: string,
  code: ContextProblemCode = 'CONTEXT_INVALID',
): undefined {
  const message = `${url === undefined ? 'the context' : `the context ${url}`} cannot be used: ${reason}`
  run.problems.push({ code, message, ...(url !== undefined && { url }) })
}

/** An active context while its terms are being defined. */
interface Draft {
  readonly terms: Map<string, TermDefinition>
  vocab: string | undefined
  base: string | null | undefined
  protects: boolean
  language: string | undefined
  direction: string | undefined
  readonly previous: ActiveContext | undefined
}

/** One local context on its way into a draft. `defined` is false for a term whose definition has begun. */
interface Definition {
  readonly draft: Draft
  readonly local: JsonObject
  readonly defined: Map<string, boolean>
  readonly source: string | undefined
  readonly overrideProtected: boolean
  depth: number
}

function define(
  run: Run,
  active: ActiveContext,
  local: JsonObject,
  source: string | undefined,
  overrideProtected: boolean,
  depth: number,
): ActiveContext {
  charge(run, active.terms.size + Object.keys(local).length)
  const draft: Draft = { ...active, terms: new Map(active.terms) }
  if (Object.hasOwn(local, '@version') && local['@version'] !== 1.1) fault('"@version" must be the number 1.1')
  if (Object.hasOwn(local, '@propagate') && typeof local['@propagate'] !== 'boolean') {
    fault('"@propagate" must be true or false')
  }
  // The jsonld library takes `false` for a term that is defined by itself.
  if (Object.hasOwn(local, '@protected') && !local['@protected']) fault('"@protected" must be true, or left out')
  if (Object.hasOwn(local, '@base')) setBase(draft, local['@base'])
  if (Object.hasOwn(local, '@vocab')) setVocab(draft, local['@vocab'])
  if (Object.hasOwn(local, '@language')) setLanguage(draft, local['@language'])
  if (Object.hasOwn(local, '@direction')) draft.direction = direction(local['@direction']) ?? undefined
  const defined = new Map<string, boolean>()
  const definition: Definition = { draft, local, defined, source, overrideProtected, depth: 0 }
  for (const term of Object.keys(local)) {
    if (CONTEXT_KEYS.has(term)) continue
    defineTerm(definition, term)
    const value = local[term]
    if (isObject(value) && Object.hasOwn(value, '@context'))
      lookInto(run, draft, value['@context'] ?? null, source, term, depth)
  }
  return draft
}

/**
 * Most terms that are copied or defined while the contexts of one document are worked out. What bundled contexts need is worked
 * out once and kept; a document that goes on defining terms of its own would take all time and memory there is.
 */
export const MAX_TERM_WORK = 500_000

const spent = new WeakMap<LoadedContexts, number>()

function charge(run: Run, terms: number): void {
  const total = (spent.get(run.loaded) ?? 0) + terms
  spent.set(run.loaded, total)
  if (total > MAX_TERM_WORK) throw new TermLimit(`the contexts of the document take more than ${MAX_TERM_WORK} steps`)
}

function setBase(draft: Draft, base: JsonValue | undefined): void {
  if (base !== null && typeof base !== 'string') fault('"@base" must be an IRI or null')
  draft.base = typeof base === 'string' && !isAbsoluteIri(base) ? expandIri(draft, base, false, true) : base
}

function setVocab(draft: Draft, vocab: JsonValue | undefined): void {
  if (vocab === null) {
    draft.vocab = undefined
    return
  }
  const expanded = typeof vocab === 'string' ? expandIri(draft, vocab, true, true) : null
  if (expanded === null || !isAbsoluteIri(expanded)) fault('"@vocab" must be an absolute IRI or null')
  draft.vocab = expanded ?? undefined
}

function setLanguage(draft: Draft, language: JsonValue | undefined): void {
  if (language !== null && (typeof language !== 'string' || !isLanguageTag(language))) {
    fault('"@language" must be a language tag such as "en" or null')
  }
  draft.language = typeof language === 'string' ? language.toLowerCase() : undefined
}

/** A scoped context must be sound even where it is never used. */
function lookInto(
  run: Run,
  draft: Draft,
  context: JsonValue,
  source: string | undefined,
  term: string,
  depth: number,
): void {
  if (typeof context === 'string') {
    if (run.urls.has(context)) return
    run.urls.add(context)
  }
  run.left -= 1
  if (run.left < 0 || depth >= MAX_TERM_CHAIN) fault(`the contexts below "${term}" never come to an end`)
  charge(run, draft.terms.size)
  applyAll(run, { ...draft, terms: new Map(draft.terms) }, context, source, true, true, depth + 1)
}

function defineTerm(definition: Definition, term: string): void {
  const { draft, local, defined } = definition
  const state = defined.get(term)
  if (state === true) return
  if (state === false || definition.depth > MAX_TERM_CHAIN) fault(`the definition of "${term}" leads back to itself`)
  defined.set(term, false)
  definition.depth += 1
  const value = local[term]
  checkName(term, value)
  const previous = draft.terms.get(term)
  draft.terms.delete(term)
  const made = definitionOf(definition, term, value)
  const guarded = previous?.protected === true && !definition.overrideProtected
  const final = guarded ? { ...made, protected: true } : made
  draft.protects ||= final.protected
  draft.terms.set(term, repeats(definition, previous, final) ? (previous as TermDefinition) : final)
  if (guarded && !sameDefinition(previous, final)) fault(`the term "${term}" is protected and may not be redefined`)
  definition.depth -= 1
  defined.set(term, true)
}

/** Whether a context of the document says once more what one with a URL has said: the word stays that one's. */
function repeats({ source }: Definition, previous: TermDefinition | undefined, made: TermDefinition): boolean {
  if (source !== undefined || previous?.source === undefined) return false
  return previous.context === undefined && sameDefinition(previous, made)
}

function checkName(term: string, value: JsonValue | undefined): void {
  if (term === '') fault('a term cannot be the empty text')
  // The jsonld library asks contexts for this member by its name.
  if (term === 'hasOwnProperty') fault('"hasOwnProperty" cannot be a term')
  if (term === '@type' && isObject(value) && (value['@container'] ?? '@set') === '@set') {
    const keys = Object.keys(value)
    if (keys.length > 0 && keys.every((key) => ['@container', '@id', '@protected'].includes(key))) return
  }
  if (isKeyword(term)) fault(`the keyword "${term}" cannot be redefined`)
  if (looksLikeKeyword(term)) fault(`the term "${term}" is reserved: it looks like a keyword`)
}

function definitionOf(definition: Definition, term: string, given: JsonValue | undefined): TermDefinition {
  const simple = typeof given === 'string' || given === null
  const value: JsonObject = simple
    ? { '@id': given }
    : isObject(given)
      ? given
      : fault(`the term "${term}" must be an IRI, null or an object`)
  for (const key of Object.keys(value)) {
    if (!DEFINITION_KEYS.has(key)) fault(`the definition of "${term}" has the unknown member "${key}"`)
  }
  const { id, prefix } = identify(definition, term, value, simple)
  // From here on the term may be used by its own definition, as its type for one.
  definition.draft.terms.set(term, { ...bare, id, prefix })
  definition.defined.set(term, true)
  const container = containerOf(term, value['@container'])
  const reverse = Object.hasOwn(value, '@reverse')
  if (reverse && !container.every((item) => item === '@index' || item === '@set')) {
    fault(`the reverse term "${term}" may only have the containers "@index" and "@set"`)
  }
  const type = typeOf(definition, term, value, container)
  const language =
    Object.hasOwn(value, '@language') && !Object.hasOwn(value, '@type')
      ? languageOf(term, value['@language'])
      : undefined
  if (id === '@context' || id === '@preserve') fault(`the keyword "${id}" cannot have the alias "${term}"`)
  return {
    id,
    prefix: prefixOf(term, id, value['@prefix'], prefix),
    protected:
      value['@protected'] === true || (definition.local['@protected'] === true && value['@protected'] !== false),
    reverse,
    type,
    container,
    context: Object.hasOwn(value, '@context') ? (value['@context'] ?? null) : undefined,
    language,
    direction: Object.hasOwn(value, '@direction') ? direction(value['@direction']) : undefined,
    index: Object.hasOwn(value, '@index') ? indexOf(term, value['@index'], container) : undefined,
    nest: Object.hasOwn(value, '@nest') ? nestOf(term, value['@nest']) : undefined,
    source: definition.source,
  }
}

const bare = {
  protected: false,
  reverse: false,
  type: undefined,
  container: [],
  context: undefined,
  language: undefined,
  direction: undefined,
  index: undefined,
  nest: undefined,
  source: undefined,
}

function identify(
  definition: Definition,
  term: string,
  value: JsonObject,
  simple: boolean,
): { readonly id: string | null; readonly prefix: boolean } {
  if (Object.hasOwn(value, '@reverse')) return { id: reverseOf(definition, term, value), prefix: false }
  const id = value['@id']
  if (Object.hasOwn(value, '@id')) {
    if (id === null) return { id: null, prefix: false }
    if (typeof id !== 'string') return fault(`the "@id" of the term "${term}" must be an IRI or null`)
    if (!isKeyword(id) && looksLikeKeyword(id))
      fault(`the "@id" of the term "${term}" is reserved: it looks like a keyword`)
    if (id !== term) {
      const expanded = explicitId(definition, term, id)
      return { id: expanded, prefix: simple && term.indexOf(':') <= 0 && /[:/?#[\]@]$/.test(expanded) }
    }
  }
  return { id: implicitId(definition, term), prefix: false }
}

function explicitId(definition: Definition, term: string, id: string): string {
  const expanded = expandDefining(definition, id)
  if (expanded === null || !(isAbsoluteIri(expanded) || isKeyword(expanded))) {
    return fault(`the "@id" of the term "${term}" must be an absolute IRI or a keyword, not "${id}"`)
  }
  if (/:[^:]|\//.test(term)) {
    const before = definition.defined.get(term)
    definition.defined.set(term, true)
    const own = expandDefining(definition, term)
    definition.defined.set(term, before ?? false)
    if (own !== expanded) fault(`the term "${term}" has the form of an IRI and must stand for that one`)
  }
  return expanded
}

function implicitId(definition: Definition, term: string): string {
  const { draft, local } = definition
  const colon = term.indexOf(':')
  if (colon > 0) {
    const prefix = term.slice(0, colon)
    if (Object.hasOwn(local, prefix)) defineTerm(definition, prefix)
    const known = draft.terms.get(prefix)
    return known === undefined ? term : `${known.id}${term.slice(colon + 1)}`
  }
  if (term === '@type') return term
  return draft.vocab === undefined ? fault(`the term "${term}" must have an "@id"`) : draft.vocab + term
}

function reverseOf(definition: Definition, term: string, value: JsonObject): string {
  const reverse = value['@reverse']
  const expanded =
    typeof reverse !== 'string' ||
    Object.hasOwn(value, '@id') ||
    Object.hasOwn(value, '@nest') ||
    looksLikeKeyword(reverse)
      ? null
      : expandDefining(definition, reverse)
  if (expanded === null || !isAbsoluteIri(expanded)) {
    return fault(`the "@reverse" of the term "${term}" must be an absolute IRI, without "@id" and "@nest" beside it`)
  }
  return expanded
}

/** Expands an IRI within a context, defining first what it is made of. */
function expandDefining(definition: Definition, value: string): string | null {
  const { draft, local, defined } = definition
  if (isKeyword(value)) return value
  if (looksLikeKeyword(value)) return null
  if (Object.hasOwn(local, value) && defined.get(value) !== true) defineOther(definition, value)
  const colon = value.indexOf(':')
  if (colon > 0 && draft.terms.get(value) === undefined) {
    const prefix = value.slice(0, colon)
    if (prefix !== '_' && !value.startsWith('//', colon + 1) && Object.hasOwn(local, prefix))
      defineOther(definition, prefix)
  }
  return expandIri(draft, value, true, false)
}

function defineOther(definition: Definition, term: string): void {
  if (!CONTEXT_KEYS.has(term)) defineTerm(definition, term)
}

function typeOf(
  definition: Definition,
  term: string,
  value: JsonObject,
  container: readonly string[],
): string | undefined {
  const type = Object.hasOwn(value, '@type') ? expandType(definition, term, value['@type']) : undefined
  if (!container.includes('@type')) return type
  if (type !== undefined && type !== '@id' && type !== '@vocab') {
    fault(`the term "${term}" has the container "@type" and must have the type "@id" or "@vocab"`)
  }
  return type ?? '@id'
}

function expandType(definition: Definition, term: string, type: JsonValue | undefined): string {
  if (type === '@id' || type === '@vocab' || type === '@json' || type === '@none') return type
  const expanded = typeof type === 'string' ? expandDefining(definition, type) : null
  if (expanded === null || !isAbsoluteIri(expanded) || expanded.startsWith('_:')) {
    return fault(`the "@type" of the term "${term}" must be an absolute IRI`)
  }
  return expanded
}

function containerOf(term: string, given: JsonValue | undefined): readonly string[] {
  if (given === undefined || given === null || given === false || given === 0) return []
  const items = typeof given === 'string' ? (given === '' ? [''] : [given]) : Array.isArray(given) ? given : ['']
  const has = (name: string): boolean => items.includes(name)
  const rest = items.length - (has('@set') ? 1 : 0)
  const sound =
    items.every((item) => typeof item === 'string' && CONTAINERS.has(item)) &&
    (has('@list')
      ? items.length === 1
      : has('@graph')
        ? items.every((item) => item === '@graph' || item === '@id' || item === '@index' || item === '@set')
        : rest <= 1)
  return sound
    ? (items as readonly string[])
    : fault(`the "@container" of the term "${term}" is not one that JSON-LD knows`)
}

function languageOf(term: string, language: JsonValue | undefined): string | null {
  if (language === null || typeof language === 'string') return language?.toLowerCase() ?? null
  return fault(`the "@language" of the term "${term}" must be a language tag or null`)
}

function direction(value: JsonValue | undefined): string | null {
  return value === null || value === 'ltr' || value === 'rtl'
    ? value
    : fault('"@direction" must be "ltr", "rtl" or null')
}

function prefixOf(term: string, id: string | null, given: JsonValue | undefined, simple: boolean): boolean {
  if (given === undefined) return simple
  if (typeof given !== 'boolean' || /[:/]/.test(term) || isKeyword(id)) {
    return fault(
      `the "@prefix" of the term "${term}" must be true or false, on a term that is no compact IRI or keyword`,
    )
  }
  return given
}

function indexOf(term: string, index: JsonValue | undefined, container: readonly string[]): string {
  if (typeof index === 'string' && !index.startsWith('@') && container.includes('@index')) return index
  return fault(`the "@index" of the term "${term}" must be a property, beside the container "@index"`)
}

function nestOf(term: string, nest: JsonValue | undefined): string {
  if (typeof nest === 'string' && (nest === '@nest' || !nest.startsWith('@'))) return nest
  return fault(`the "@nest" of the term "${term}" must be "@nest" or an alias of it`)
}

function sameDefinition(one: TermDefinition, other: TermDefinition): boolean {
  const plain = ({ source, container, ...rest }: TermDefinition) => [rest, [...container].sort()]
  return one === other || sameJson(plain(one), plain(other))
}

function sameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  if (one === other) return true
  const keys = Object.keys(one)
  if (Array.isArray(one) !== Array.isArray(other) || keys.length !== Object.keys(other).length) return false
  const members = one as JsonObject
  const others = other as JsonObject
  return keys.every((key) => Object.hasOwn(others, key) && sameJson(members[key], others[key]))
}

function fault(message: string): never {
  throw new ContextFault(message)
}
