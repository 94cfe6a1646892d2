/**
 * From JSON to RDF in one synchronous walk (the expansion and RDF algorithms of JSON-LD 1.1 in one), for documents in the
 * plain form: compacted under their own contexts, as every issuer writes them.
 *
 * The same graph has many spellings, and the signature is over the graph while applications read the JSON. So the walk
 * also tells every place where the document is spelled in another way than the plain one; such a document is not accepted.
 *
 * What a key means is worked out once for each active context and kept with it.
 */

import { canonicalJson } from '../encoding/canonical-json.ts'
import { asArray, isObject, locate, pointer } from '../encoding/json.ts'
import { type Budget, createBudget, limitDetail } from '../encoding/limits.ts'
import type { Finding, JsonObject, JsonValue } from '../types.ts'
import {
  type ActiveContext,
  type ApplyOptions,
  applyContext,
  initialContext,
  isLanguageTag,
  type TermDefinition,
} from './active-context.ts'
import { bundledNames } from './bundled-names.ts'
import {
  type Dataset,
  escapeIri,
  type Quad,
  quoteLiteral,
  surrogate,
  type Term,
  unsafeInIri,
  unusualInLiteral,
  usualIri,
} from './dataset.ts'
import { expandIri, isAbsoluteIri, isKeyword } from './iri.ts'
import type { ContextProblem, LoadedContexts } from './local-context.ts'

/**
 * What came of the walk.
 *
 * - `dataset`: the document's RDF, with the places where it is not in plain form.
 * - `missing`: contexts that must be loaded first.
 * - `unsupported`: the document is in plain form but for what `notCompacted` tells, and uses what this walk does not do.
 * - `stopped`: the document is unsound, or so far from the plain form that the walk could not go on.
 */
export type Expanded =
  | (Walked & { readonly dataset: Dataset })
  | { readonly missing: readonly string[] }
  | (Walked & { readonly unsupported: string })
  | { readonly stopped: string; readonly notCompacted: readonly Spelling[]; readonly problem?: ContextProblem }

/** A place that is not in plain form; or where a value stands a second time in a list, which RDF does not tell. */
export interface Spelling extends Finding {
  readonly isRepeated: boolean
}

/** What is told of a document that was walked to its end. */
interface Walked {
  readonly notCompacted: readonly Spelling[]
  readonly ownWords: OwnWords
  /** Statements and blank nodes, as they count against the limit. */
  readonly work: number
}

/** Words that contexts written in the document define; `undefined` where there are none. */
export type OwnWords = ReadonlySet<string> | undefined

/**
 * Walks a frozen document of bounded depth. Never throws, whatever it holds. `origins` is filled with what each blank node stands
 * for, in the order of their numbers: see `originOf`.
 */
export function expandToDataset(
  document: JsonObject,
  loaded: LoadedContexts,
  budget: Budget = createBudget(),
  origins?: string[],
): Expanded {
  const walk: Walk = {
    loaded,
    quads: [],
    plans: new Map(),
    path: [],
    notCompacted: [],
    ownWords: undefined,
    unsupported: undefined,
    rootId: undefined,
    blanks: 0,
    origins,
    astral: false,
    length: 0,
    budget,
  }
  try {
    walkNode(walk, initialContext, undefined, document, '')
    const { notCompacted, ownWords, unsupported, quads, blanks, astral } = walk
    const walked: Walked = { notCompacted, ownWords, work: quads.length + blanks }
    if (unsupported !== undefined) {
      if (quads.length > MAX_QUADS_UNSUPPORTED)
        stop(`${unsupported}, in a document of more than ${MAX_QUADS_UNSUPPORTED} statements`)
      return { ...walked, unsupported }
    }
    if (quads.length === 0) refuse(walk, 'the document says nothing')
    return { ...walked, dataset: { quads, blanks, astral } }
  } catch (cause) {
    if (cause instanceof Missing) return { missing: cause.urls }
    if (cause instanceof Stop) {
      const { message, problem } = cause
      return { stopped: message, notCompacted: walk.notCompacted, ...(problem && { problem }) }
    }
    throw cause
  }
}

/** The full algorithms are slow: what they are given is bounded. */
const MAX_QUADS_UNSUPPORTED = 2000

/** Most findings that are told. */
export const MAX_FINDINGS = 20

/** Most characters of RDF: a context can make an IRI of any length out of a few letters, as often as they are written. */
const MAX_RDF_LENGTH = 33_554_432

interface Walk {
  readonly loaded: LoadedContexts
  readonly quads: Quad[]
  readonly plans: Map<ActiveContext, Map<string, Plan>>
  readonly path: (string | number)[]
  readonly notCompacted: Spelling[]
  ownWords: Set<string> | undefined
  /** What only the full algorithms do; the walk goes on, to see that all is in plain form. */
  unsupported: string | undefined
  rootId: string | undefined
  blanks: number
  readonly origins: string[] | undefined
  /** Whether a term holds a surrogate. */
  astral: boolean
  length: number
  readonly budget: Budget
}

/** Thrown to leave the walk; neither is seen outside. */
class Missing {
  readonly urls: readonly string[]
  constructor(urls: readonly string[]) {
    this.urls = urls
  }
}
class Stop extends Error {
  readonly problem: ContextProblem | undefined
  constructor(reason: string, problem?: ContextProblem) {
    super(reason)
    this.problem = problem
  }
}

function stop(reason: string): never {
  throw new Stop(reason)
}

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const XSD = 'http://www.w3.org/2001/XMLSchema#'
const rdfType = `<${RDF}type>`
const rdfFirst = `<${RDF}first>`
const rdfRest = `<${RDF}rest>`
const rdfNil = `<${RDF}nil>`
const rdfJson = `^^<${RDF}JSON>`
const xsdString = `${XSD}string`
const xsdDouble = `${XSD}double`

/** What one key means under one active context. */
interface Plan {
  readonly key: string
  readonly kind: 'id' | 'type' | 'property'
  /** The property in angle brackets. */
  readonly predicate: string
  readonly definition: TermDefinition | undefined
  /** The active context for the values: the property's own scoped context is in it. */
  readonly inner: ActiveContext
  /** How the plain form would spell it, where this key is another spelling. */
  readonly spelling: string | undefined
  readonly container: Container
  readonly text: TextPlan
  /** The active context of a node object that is a value, before its own context and types. */
  node: ActiveContext | undefined
  /** Whether its terms hold a surrogate. */
  readonly astral: boolean
}

/** What decides how values are walked. */
type Container = 'none' | 'json' | 'list' | 'graph' | 'language' | 'index' | 'map'

/** What text means as a value: a reference, the name of something, or a literal that ends in `suffix`. */
interface TextPlan {
  readonly as: 'reference' | 'name' | 'literal' | 'number'
  readonly suffix: string
}

interface Compiled {
  readonly plans: Map<string, Plan>
  readonly types: Map<string, Type>
  /** The active context after one type. */
  readonly scopes: Map<string, ActiveContext>
  /** The keys that stand for `@id`, and for `@type`. */
  readonly idKeys: readonly string[]
  readonly typeKeys: readonly string[]
  /**
   * Terms of pinned contexts by what they stand for. Some vocabularies call a class and a property by the same IRI: the
   * class begins with a capital letter.
   */
  readonly properties: ReadonlyMap<string, string>
  readonly classes: ReadonlyMap<string, string>
  /** The document's own terms by what they stand for. */
  readonly own: ReadonlyMap<string, string>
}

interface Type {
  readonly iri: string
  readonly astral: boolean
  readonly spelling: string | undefined
}

/** Properties that verification decides on. They have one name, in whatever context an alias may be defined. */
const decisive: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'https://www.w3.org/2018/credentials#': [
      'issuer',
      'issuanceDate',
      'expirationDate',
      'validFrom',
      'validUntil',
      'credentialStatus',
      'credentialSchema',
      'credentialSubject',
      'holder',
      'verifiableCredential',
      'evidence',
      'termsOfUse',
      'refreshService',
    ],
    'https://w3id.org/security#': [
      'proof',
      'proofPurpose',
      'verificationMethod',
      'challenge',
      'domain',
      'previousProof',
    ],
  }).flatMap(([vocabulary, names]) => names.map((name) => [vocabulary + name, name] as const)),
).set('https://w3id.org/security#expiration', 'expires')
const decisiveNames: ReadonlySet<string> = new Set(decisive.values())

/** Kept for as long as the active context is. */
const compiledContexts = new WeakMap<ActiveContext, Compiled>()

function compile(active: ActiveContext): Compiled {
  const known = compiledContexts.get(active)
  if (known) return known
  const properties = new Map<string, string>()
  const classes = new Map<string, string>()
  const own = new Map<string, string>()
  const idKeys = ['@id']
  const typeKeys = ['@type']
  for (const [term, { id, source }] of active.terms) {
    if (id === null) continue
    if (id === '@id') idKeys.push(term)
    if (id === '@type' && term !== '@type') typeKeys.push(term)
    if (source === undefined) own.set(id, term)
    else if (!isClassName(term)) properties.set(id, shorter(term, properties.get(id)))
    else if (!classes.has(id)) classes.set(id, term)
  }
  const tables = { plans: new Map(), types: new Map(), scopes: new Map() }
  const made: Compiled = { ...tables, idKeys, typeKeys, properties, classes, own }
  compiledContexts.set(active, made)
  return made
}

function isClassName(term: string): boolean {
  const first = term.charCodeAt(0)
  return first >= 0x41 && first <= 0x5a
}

/** Of two names for one property the shorter is the plain one, as in compaction; then the one that comes first. */
function shorter(one: string, other: string | undefined): string {
  if (other === undefined || one.length < other.length) return one
  return one.length === other.length && one < other ? one : other
}

/** Plans of terms are kept with the active context. Others are kept with the walk: keys are as many as a stranger likes. */
function planFor(walk: Walk, active: ActiveContext, key: string): Plan {
  const known = compile(active).plans.get(key) ?? walk.plans.get(active)?.get(key)
  if (known) return known
  const made = makePlan(walk, active, key)
  // What hangs on a URL hangs on this document's loader.
  if (active.terms.has(key) && isSelfContained(made.definition?.context)) compile(active).plans.set(key, made)
  else plansOf(walk, active).set(key, made)
  return made
}

function plansOf(walk: Walk, active: ActiveContext): Map<string, Plan> {
  const known = walk.plans.get(active)
  if (known) return known
  const made = new Map<string, Plan>()
  walk.plans.set(active, made)
  return made
}

function makePlan(walk: Walk, active: ActiveContext, key: string): Plan {
  const definition = active.terms.get(key)
  const iri = expandIri(active, key, true, false)
  if (iri === null) return stop(`"${key}" means nothing`)
  weigh(walk, iri.length)
  const base = { key, definition, spelling: propertySpelling(active, key, iri), node: undefined }
  const none = { container: 'none', text: { as: 'literal', suffix: '' }, astral: false } as const
  if (iri === '@id' || iri === '@type') {
    return { ...base, ...none, kind: iri === '@id' ? 'id' : 'type', predicate: '', inner: active }
  }
  if (isKeyword(iri)) return refuse(walk, `"${key}" has no place in a credential's plain form`)
  if (iri.startsWith('_:')) return refuse(walk, `"${key}" is the name of a blank node, which is no property`)
  if (!isAbsoluteIri(iri)) return stop(`"${key}" is not defined`)
  if (iri.startsWith(RDF)) return refuse(walk, `"${key}" says in RDF's own terms what JSON-LD says in others`)
  if (definition?.reverse) return refuse(walk, `"${key}" points backwards`)
  if (unsafeInIri.test(iri)) return refuse(walk, `the property ${iri} would have to be escaped`)
  const inner = applyScoped(walk, active, definition, 'property')
  const text = textPlan(inner, inner.terms.get(key))
  const astral = surrogate.test(iri) || surrogate.test(text.suffix)
  const container = containerOf(definition)
  return { ...base, kind: 'property', predicate: `<${iri}>`, inner, container, text, astral }
}

function containerOf(definition: TermDefinition | undefined): Container {
  if (definition?.type === '@json') return 'json'
  const has = (name: string): boolean => definition?.container.includes(name) === true
  if (has('@list')) return 'list'
  if (has('@graph')) return 'graph'
  if (has('@language')) return 'language'
  if (has('@index')) return 'index'
  return has('@id') || has('@type') ? 'map' : 'none'
}

function textPlan(inner: ActiveContext, definition: TermDefinition | undefined): TextPlan {
  const type = definition?.type
  if (type === '@id' || type === '@vocab') return { as: type === '@id' ? 'reference' : 'name', suffix: '' }
  if (type === undefined || type === '@none') return { as: 'literal', suffix: plainSuffix(inner, definition) }
  const isNumber = booleanType.test(type) || numericType.test(type)
  return { as: isNumber ? 'number' : 'literal', suffix: typeSuffix(type) }
}

/** How the plain form spells a property, where the key is another spelling. */
function propertySpelling(active: ActiveContext, key: string, iri: string): string | undefined {
  const { properties, classes } = compile(active)
  const plain = decisive.get(iri) ?? properties.get(iri) ?? classes.get(iri)
  if (plain !== undefined) return plain === key ? undefined : plain
  return otherName(active, key, iri, (name) => !isClassName(name))
}

/** How the plain form spells a type. A class may have two names, each as plain as the other. */
function typeSpelling(active: ActiveContext, type: string, iri: string): string | undefined {
  const { properties, classes } = compile(active)
  const className = classes.get(iri)
  const plain = className ?? properties.get(iri)
  const isPlain = active.terms.get(type)?.source !== undefined && (isClassName(type) || className === undefined)
  if (plain !== undefined) return plain === type || isPlain ? undefined : plain
  return otherName(active, type, iri, isClassName)
}

/** The name of what no pinned context of the document has a term for: that of a bundled one, its own, or what `@vocab` leaves. */
function otherName(
  active: ActiveContext,
  name: string,
  iri: string,
  isPreferred: (name: string) => boolean,
): string | undefined {
  // A context of the document may say once more that "id" is "@id" and "type" is "@type".
  if (iri.startsWith('@')) return name === iri || name === iri.slice(1) ? undefined : iri
  const known = bundledNames(iri)
  if (known) return known.has(name) ? undefined : ([...known].find(isPreferred) ?? [...known][0])
  const { terms, vocab } = active
  if (terms.has(name)) return undefined
  const own = compile(active).own.get(iri)
  if (own !== undefined || vocab === undefined || !iri.startsWith(vocab)) return own
  const rest = iri.slice(vocab.length)
  return rest === name || rest === '' || rest.includes(':') || terms.has(rest) ? undefined : rest
}

/** The scoped context of a term, applied. */
function applyScoped(
  walk: Walk,
  active: ActiveContext,
  definition: TermDefinition | undefined,
  of: 'property' | 'type',
): ActiveContext {
  const scoped = definition?.context
  if (scoped === undefined) return active
  const kind = of === 'property' ? { overrideProtected: true } : { propagate: false }
  return apply(walk, active, scoped, { source: definition?.source, ...kind })
}

function isSelfContained(context: JsonValue | undefined): boolean {
  if (Array.isArray(context)) return (context as readonly JsonValue[]).every(isSelfContained)
  return context === undefined || context === null || (isObject(context) && !Object.hasOwn(context, '@import'))
}

function bracket(iri: string): string {
  return unsafeInIri.test(iri) ? `<${escapeIri(iri)}>` : `<${iri}>`
}

function apply(walk: Walk, active: ActiveContext, local: JsonValue, options: ApplyOptions = {}): ActiveContext {
  return activeOf(applyContext(active, local, walk.loaded, options))
}

function activeOf(applied: ReturnType<typeof applyContext>): ActiveContext {
  if ('active' in applied) return applied.active
  if (applied.missing.length > 0) throw new Missing(applied.missing)
  const [problem] = applied.problems
  throw new Stop(problem?.message ?? 'a context cannot be used', problem)
}

/** The document's own contexts: they may add terms, and must leave those of the pinned ones as they are. */
function applyLocal(walk: Walk, given: ActiveContext, local: JsonValue): ActiveContext {
  const listed = asArray(local)
  const items = listed.some(Array.isArray) ? (listed as readonly unknown[]).flat(Number.POSITIVE_INFINITY) : listed
  if (!items.some(isObject)) return apply(walk, given, local)
  let active = given
  for (const item of items as readonly JsonValue[]) {
    active = isObject(item) ? applyOwn(walk, active, item) : apply(walk, active, item)
  }
  return active
}

/** What it may not do is told also where the context cannot be used. */
function applyOwn(walk: Walk, active: ActiveContext, context: JsonObject): ActiveContext {
  const applied = applyContext(active, context, walk.loaded)
  const repeated = 'active' in applied ? repeatedIn(context, active, applied.active) : new Set<string>()
  refuseOverrides(walk, active, context, (word) => repeated.has(word))
  const words = walk.ownWords ?? new Set<string>()
  walk.ownWords = words
  for (const word of Object.keys(context)) if (!word.startsWith('@') && !repeated.has(word)) words.add(word)
  return activeOf(applied)
}

/** Words of which a context of the document says once more what a pinned one has said. */
function repeatedIn(context: JsonObject, before: ActiveContext, after: ActiveContext): ReadonlySet<string> {
  const isRepeated = (word: string): boolean => {
    const known = before.terms.get(word)
    return known?.source !== undefined && after.terms.get(word) === known
  }
  return new Set(Object.keys(context).filter(isRepeated))
}

/** Without `isRepeated` the context is that of a term, so that it holds only within what the document's own words speak of. */
function refuseOverrides(
  walk: Walk,
  active: ActiveContext,
  context: JsonValue | undefined,
  isRepeated?: (word: string) => boolean,
): void {
  for (const item of asArray(context)) {
    if (!isObject(item)) continue
    for (const [term, definition] of Object.entries(item)) {
      if (term === '@propagate' || term === '@import' || term === '@base')
        refuse(walk, `"${term}" in a context of the document`)
      const known = active.terms.get(term)
      // Some words of the data model have their meaning within a credential only; they are taken all the same.
      const source = known?.source ?? (decisiveNames.has(term) && isRepeated ? 'the data model' : undefined)
      // "id": "@id" says once more what holds already.
      const isAlias = known?.id !== undefined && known.id === definition && isKeyword(definition)
      if (source !== undefined && !isAlias && !isRepeated?.(term))
        tell(walk, `"${term}" is defined by ${source}; a context of the document may not define it anew`)
      if (isObject(definition)) refuseOverrides(walk, active, definition['@context'])
    }
  }
}

/** Walks a node object and returns its subject. `plan` is that of the property that leads here. */
function walkNode(walk: Walk, given: ActiveContext, plan: Plan | undefined, element: JsonObject, graph: Term): Term {
  const typeScoped = enter(walk, given, plan, element)
  const active = applyTypes(walk, typeScoped, element)
  const { plans, idKeys } = compile(active)
  const isRoot = plan === undefined
  const subject = subjectOf(walk, { typeScoped, active }, idKeys, element, isRoot)
  for (const key of Object.keys(element)) {
    if (key === '@context') continue
    const own = plans.get(key) ?? planFor(walk, active, key)
    walk.path.push(key)
    tellSpelling(walk, active, own)
    const value = element[key] as JsonValue
    if (own.kind === 'property') walkProperty(walk, own, value, subject, graph)
    else if (own.kind === 'type') walkTypes(walk, typeScoped, value, subject, graph)
    walk.path.pop()
  }
  return subject
}

function tellSpelling(walk: Walk, active: ActiveContext, { key, spelling }: Plan): void {
  if (spelling === undefined) return
  const iri = expandIri(active, spelling, true, false) ?? ''
  const where = isKeyword(iri) || isAbsoluteIri(iri) ? '' : ', under a published context that defines it'
  tell(walk, `"${key}" must be written as "${spelling}"${where}`)
}

/** The active context of a node object before its types: scoped contexts of types end here, that of the property begins. */
function enter(walk: Walk, given: ActiveContext, plan: Plan | undefined, element: JsonObject): ActiveContext {
  const scope = scopeOf(walk, given, plan)
  if (!Object.hasOwn(element, '@context')) return scope
  walk.path.push('@context')
  const active = applyLocal(walk, scope, element['@context'] ?? null)
  walk.path.pop()
  return active
}

function scopeOf(walk: Walk, given: ActiveContext, plan: Plan | undefined): ActiveContext {
  if (!plan) return given
  if (plan.node) return plan.node
  plan.node = applyScoped(walk, given.previous ?? given, given.terms.get(plan.key), 'property')
  return plan.node
}

function applyTypes(walk: Walk, typeScoped: ActiveContext, element: JsonObject): ActiveContext {
  let scoped: string[] | undefined
  for (const key of compile(typeScoped).typeKeys) {
    if (!Object.hasOwn(element, key)) continue
    for (const type of asArray(element[key])) {
      if (typeof type !== 'string' || typeScoped.terms.get(type)?.context === undefined) continue
      if (scoped) scoped.push(type)
      else scoped = [type]
    }
  }
  if (!scoped) return typeScoped
  let active = typeScoped
  for (const type of scoped.sort()) active = applyType(walk, active, type, typeScoped.terms.get(type))
  return active
}

function applyType(
  walk: Walk,
  active: ActiveContext,
  type: string,
  definition: TermDefinition | undefined,
): ActiveContext {
  if (!isSelfContained(definition?.context) || active.terms.get(type) !== definition) {
    return applyScoped(walk, active, definition, 'type')
  }
  const { scopes } = compile(active)
  const known = scopes.get(type)
  if (known) return known
  const made = applyScoped(walk, active, definition, 'type')
  scopes.set(type, made)
  return made
}

/** A fresh blank node. */
function nameBlank(walk: Walk, role: BlankRole, index = 0): number {
  walk.origins?.push(originOf(role, walk.path.reduce<string>(pointer, ''), index))
  walk.blanks += 1
  return walk.blanks - 1
}

/** What a blank node stands for: a node object, the graph that holds one, or the cell of a list. */
export type BlankRole = 'node' | 'graph' | 'list'

/** One text for one blank node: its role, the JSON Pointer of the object or list, and the place in the list. */
export function originOf(role: BlankRole, path: string, index: number): string {
  return `${role} ${index} ${path}`
}

/** The active contexts of one node object: that of its types, and that of its other members. */
interface Scopes {
  readonly typeScoped: ActiveContext
  readonly active: ActiveContext
}

function subjectOf(walk: Walk, scopes: Scopes, idKeys: readonly string[], element: JsonObject, isRoot: boolean): Term {
  let id: string | undefined
  for (const key of idKeys) {
    if (!Object.hasOwn(element, key)) continue
    if (id !== undefined) stop('a node has two identifiers')
    const value = element[key]
    if (typeof value !== 'string') return stop('an identifier must be text')
    walk.path.push(key)
    id = reference(walk, scopes.active, value, false)
    walk.path.pop()
  }
  if (id === undefined) return nameBlank(walk, 'node')
  if (isRoot) walk.rootId = id
  else if (id === walk.rootId) tellMoved(walk, scopes, element)
  return id
}

/** What may be said of the document inside it: by an endorsement of it, or with its digest. */
const sayableInside = new Set([
  '<https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementComment>',
  '<https://www.w3.org/2018/credentials#digestSRI>',
  '<https://w3id.org/security#digestMultibase>',
  '<https://schema.org/encodingFormat>',
])
/** Types that only a whole document has. What is endorsed, or refreshed at its own address, may have others inside. */
const documentType = /(Credential|Presentation)>$/

/** To the graph it is all one where a statement about the document stands; who reads the JSON looks for it at the root. */
function tellMoved(walk: Walk, scopes: Scopes, element: JsonObject): void {
  for (const key of Object.keys(element)) {
    if (key === '@context') continue
    const { kind, predicate } = planFor(walk, scopes.active, key)
    const isMoved =
      kind === 'property'
        ? !sayableInside.has(predicate)
        : kind === 'type' && typesOf(walk, scopes.typeScoped, element[key]).some((type) => documentType.test(type))
    if (isMoved) tell(walk, `"${key}" is said of the document itself, and must stand at its root`)
  }
}

function typesOf(walk: Walk, typeScoped: ActiveContext, value: JsonValue | undefined): readonly string[] {
  return asArray(value).map((type) => (typeof type === 'string' ? typeFor(walk, typeScoped, type).iri : ''))
}

/** An IRI in angle brackets. Plain is what needs no context to be understood. */
function reference(walk: Walk, active: ActiveContext, value: string, vocab: boolean): string {
  if (!vocab && isPlainReference(active, value)) {
    weigh(walk, value.length)
    return `<${value}>`
  }
  const iri = expandIri(active, value, vocab, true)
  if (iri?.startsWith('_:'))
    refuse(walk, 'the name of a blank node ties together what stands in different places; leave it out')
  if (iri === '') refuse(walk, 'an empty identifier is not signed; leave it out')
  if (iri === null) return refuse(walk, `"${value}" means nothing`)
  if (!isAbsoluteIri(iri)) return stop('an identifier is not an absolute IRI')
  weigh(walk, iri.length)
  const name = vocab ? typeSpelling(active, value, iri) : undefined
  if (name !== undefined) tell(walk, `"${value}" must be written as "${name}"`)
  else if (iri !== value && !(vocab && active.terms.has(value)))
    tell(walk, `"${value}" must be written in full, as "${iri}"`)
  walk.astral ||= surrogate.test(iri)
  return bracket(iri)
}

/** An absolute IRI whose scheme is no prefix stands for itself, as nearly all do. */
function isPlainReference({ terms }: ActiveContext, value: string): boolean {
  if (!usualIri.test(value)) return false
  const colon = value.indexOf(':')
  return value.startsWith('//', colon + 1) || terms.get(value.slice(0, colon))?.prefix !== true
}

function walkTypes(walk: Walk, typeScoped: ActiveContext, value: JsonValue, subject: Term, graph: Term): void {
  const types = asArray(value)
  const said = types.length > 1 ? new Set<Term>() : undefined
  for (const type of types) {
    if (typeof type !== 'string') stop('a type must be text')
    const { iri, spelling, astral } = typeFor(walk, typeScoped, type)
    if (spelling !== undefined) tell(walk, `the type "${type}" must be written as "${spelling}"`)
    walk.astral ||= astral
    // A published context may have two names for one class, each of them plain; both at once are no repetition.
    if (said) sayOnce(walk, said, typeScoped.terms.get(type)?.source === undefined ? iri : type)
    emit(walk, subject, rdfType, iri, graph)
  }
}

function typeFor(walk: Walk, active: ActiveContext, type: string): Type {
  const { types } = compile(active)
  const known = types.get(type)
  if (known) return known
  const iri = expandIri(active, type, true, true)
  if (iri?.startsWith('_:')) refuse(walk, 'the name of a blank node is no type')
  if (iri === null || !isAbsoluteIri(iri)) return stop(`the type "${type}" is not defined`)
  weigh(walk, iri.length)
  const made = { iri: bracket(iri), spelling: typeSpelling(active, type, iri), astral: surrogate.test(iri) }
  if (active.terms.has(type)) types.set(type, made)
  return made
}

/** RDF knows no repetitions: what stands twice in one list is signed once. */
function sayOnce(walk: Walk, said: Set<Term>, term: Term | undefined): void {
  if (term === undefined || typeof term === 'number') return
  if (said.has(term)) tell(walk, 'the same value stands here twice; only one of them is signed', true)
  said.add(term)
}

function walkProperty(walk: Walk, plan: Plan, value: JsonValue, subject: Term, graph: Term): void {
  const { predicate } = plan
  walk.astral ||= plan.astral
  switch (plan.container) {
    case 'json':
      emit(walk, subject, predicate, quote(walk, canonicalJson(value)) + rdfJson, graph)
      return
    case 'list':
      if (value !== null) emit(walk, subject, predicate, walkList(walk, plan, asArray(value), graph), graph)
      return
    case 'graph':
      if (value === null) return
      if (plan.definition?.container.some((name) => name === '@id' || name === '@index'))
        refuse(walk, 'a map of graphs has names that nobody signed')
      walkGraphs(walk, plan, value, subject, graph)
      return
    case 'language':
      if (isObject(value)) walkLanguages(walk, plan, value, subject, graph)
      else walkValues(walk, plan, value, subject, graph)
      return
    case 'index':
      if (isObject(value)) refuse(walk, 'the names of an index map are not signed; use a list')
      walkValues(walk, plan, value, subject, graph)
      return
    case 'map':
      if (isObject(value)) walkMap(walk, plan, value, subject, graph)
      else walkValues(walk, plan, value, subject, graph)
      return
    default:
      walkValues(walk, plan, value, subject, graph)
  }
}

function walkValues(walk: Walk, plan: Plan, value: JsonValue, subject: Term, graph: Term): void {
  if (!Array.isArray(value)) {
    emitValue(walk, plan, value, subject, graph)
    return
  }
  const said = value.length > 1 ? new Set<Term>() : undefined
  for (let index = 0; index < value.length; index += 1) {
    const item = value[index] as JsonValue
    walk.path.push(index)
    const term = emitValue(walk, plan, item, subject, graph)
    if (said && !isCredential(item)) sayOnce(walk, said, term)
    walk.path.pop()
  }
}

/** Each credential inside is read for itself; two of one name are two. */
function isCredential(value: JsonValue): boolean {
  return isObject(value) && asArray(value['type']).includes('VerifiableCredential')
}

function emitValue(walk: Walk, plan: Plan, value: JsonValue, subject: Term, graph: Term): Term | undefined {
  if (value === null) return undefined
  if (Array.isArray(value)) {
    tell(walk, 'a list within a list must be written as one list')
    for (const item of value as readonly JsonValue[]) emitValue(walk, plan, item, subject, graph)
    return undefined
  }
  const term = walkValue(walk, plan, value, graph)
  emit(walk, subject, plan.predicate, term, graph)
  return term
}

function walkValue(walk: Walk, plan: Plan, value: JsonValue, graph: Term): Term {
  if (typeof value === 'string') return walkText(walk, plan, value)
  const { inner } = plan
  if (!isObject(value)) return walkScalar(walk, inner.terms.get(plan.key)?.type, value as boolean | number)
  if (Object.hasOwn(value, '@value')) return walkValueObject(walk, inner, inner.terms.get(plan.key), value)
  return onlyIdentifier(walk, plan, value) ?? walkNode(walk, inner, plan, value, graph)
}

/** A mere reference stays in the scope of the types around it. */
function onlyIdentifier(walk: Walk, { inner, text }: Plan, value: JsonObject): Term | undefined {
  if (inner.previous === undefined && text.as !== 'name') return undefined
  const keys = Object.keys(value)
  const [key] = keys
  if (keys.length !== 1 || key === undefined || expandIri(inner, key, true, false) !== '@id') return undefined
  if (text.as === 'name')
    tell(walk, 'an object with nothing but an identifier must be written as the name that stands for it')
  if (inner.previous === undefined) return undefined
  tellSpelling(walk, inner, planFor(walk, inner, key))
  return subjectOf(walk, { typeScoped: inner, active: inner }, keys, value, false)
}

function walkText(walk: Walk, plan: Plan, value: string): Term {
  const { inner, text } = plan
  switch (text.as) {
    case 'literal':
      return quote(walk, value) + text.suffix
    case 'number':
      return walkTyped(walk, value, inner.terms.get(plan.key)?.type as string)
    default:
      return reference(walk, inner, value, text.as === 'name')
  }
}

/** A literal without its type or language. */
function quote(walk: Walk, text: string): string {
  if (!unusualInLiteral.test(text)) return `"${text}"`
  walk.astral ||= surrogate.test(text)
  return quoteLiteral(text)
}

/** The language and direction that the context gives to text. */
function plainSuffix(inner: ActiveContext, definition: TermDefinition | undefined): string {
  const language = definition?.language === undefined ? inner.language : definition.language
  const direction = definition?.direction === undefined ? inner.direction : definition.direction
  return tag(language ?? undefined, direction ?? undefined)
}

/** Text of a number or boolean type. Where a number or a boolean would be signed in the same way, it must be written as one. */
function walkTyped(walk: Walk, value: string, type: string): string {
  if (type === xsdDouble) {
    tell(walk, `a value of ${type} must be written as a number, not as text`)
    return doubleLiteral(Number.parseFloat(value), type)
  }
  const text = quote(walk, value) + typeSuffix(type)
  if (text === unquoted(value, type)) tell(walk, `a value of ${type} must be written without quotes`)
  return text
}

/** The literal of the number or boolean that the text could be taken for. */
function unquoted(value: string, type: string): string | undefined {
  if (booleanType.test(type)) return value === 'true' || value === 'false' ? literal(value, type) : undefined
  const number = numericType.test(type) ? Number(value) : Number.NaN
  return Number.isFinite(number) ? numberLiteral(number, type) : undefined
}

const booleanType = /[#/:]boolean$/
const numericType = /[#/:](decimal|float|double|(non)?(positive|negative)?integer|(unsigned)?(long|int|short|byte))$/i

function literal(value: string, type: string): string {
  return quoteLiteral(value) + typeSuffix(type)
}

function typeSuffix(type: string): string {
  return type === xsdString ? '' : `^^${bracket(type)}`
}

function tag(language: string | undefined, direction: string | undefined): string {
  if (direction !== undefined) return `^^<https://www.w3.org/ns/i18n#${language ?? ''}_${direction}>`
  return language === undefined ? '' : `@${language}`
}

/** Booleans and numbers in their canonical lexical forms (JSON-LD 1.1 API section 8.6). */
function walkScalar(walk: Walk, type: string | undefined, value: boolean | number): string {
  const own = type === undefined || type.startsWith('@') ? undefined : type
  const isBoolean = typeof value === 'boolean'
  if (own !== undefined && !(isBoolean ? booleanType : numericType).test(own)) {
    tell(walk, `a value of ${own} must be written as text, in quotes`)
  }
  if (isBoolean) return literal(String(value), own ?? `${XSD}boolean`)
  const text = numberLiteral(value, own)
  const signed = Number(text.slice(1, text.lastIndexOf('"')))
  // Sixteen digits are signed; what a division leaves may have a seventeenth.
  if (Math.abs(signed - value) > Math.abs(value) * 1e-15) tell(walk, `${value} is signed as another number, ${signed}`)
  return text
}

function numberLiteral(value: number, type: string | undefined): string {
  const isWhole = Number.isInteger(value) && Math.abs(value) < 1e21
  // Numbers like 1e-7 lose their value in some libraries; nothing signed by those verifies here.
  if (type === xsdDouble || !isWhole) return doubleLiteral(value, type ?? xsdDouble)
  return literal(value.toFixed(0), type ?? `${XSD}integer`)
}

function doubleLiteral(value: number, type: string): string {
  return literal(value.toExponential(15).replace(/(\d)0*e\+?/, '$1E'), type)
}

/** Text with a language or a direction of its own: the one use that the plain form has for value objects. */
function walkValueObject(
  walk: Walk,
  inner: ActiveContext,
  definition: TermDefinition | undefined,
  object: JsonObject,
): Term {
  const { '@value': value, '@language': language, '@direction': direction, ...rest } = object
  if (Object.keys(rest).length > 0)
    refuse(walk, 'a value object may have a "@language" and a "@direction", and nothing else')
  if (typeof value !== 'string') return refuse(walk, 'a value that is no text must be written as it is')
  if (language === null || direction === null) refuse(walk, 'a "@language" or "@direction" of null must be left out')
  if (language !== undefined && (typeof language !== 'string' || !isLanguageTag(language))) stop('not a language tag')
  if (direction !== undefined && direction !== 'ltr' && direction !== 'rtl') stop('not a direction')
  const suffix = tag((language as string | undefined)?.toLowerCase(), direction as string | undefined)
  const isPlain = definition?.type === undefined && suffix === plainSuffix(inner, definition)
  if (isPlain || (language === undefined && direction === undefined))
    tell(walk, 'a value object must be written as its value')
  else if (direction === undefined && definition?.container.includes('@language'))
    tell(walk, 'text with a language must be written in the language map')
  return quote(walk, value) + suffix
}

function walkLanguages(walk: Walk, plan: Plan, map: JsonObject, subject: Term, graph: Term): void {
  const direction = plan.definition?.direction === undefined ? plan.inner.direction : plan.definition.direction
  const tags = new Set<string>()
  const said = new Set<Term>()
  for (const [key, value] of Object.entries(map)) {
    const isNone = expandIri(plan.inner, key, true, false) === '@none'
    if (!isNone && !isLanguageTag(key)) refuse(walk, `"${key}" is not a language tag such as "en"`)
    if (isNone && key !== '@none') tell(walk, `"${key}" must be written as "@none"`)
    if (tags.has(key.toLowerCase())) tell(walk, `the language "${key}" stands here twice`)
    tags.add(key.toLowerCase())
    for (const text of asArray(value)) {
      if (text === null) continue
      if (typeof text !== 'string') stop('a language map holds text')
      const language = isNone ? undefined : key.toLowerCase()
      const term = quote(walk, text) + tag(language, direction ?? undefined)
      sayOnce(walk, said, term)
      emit(walk, subject, plan.predicate, term, graph)
    }
  }
}

/** Maps by id or type are told by the full algorithms; only their plain form is looked at here. */
function walkMap(walk: Walk, plan: Plan, map: JsonObject, subject: Term, graph: Term): void {
  walk.unsupported = 'a map by id or type'
  const byType = plan.definition?.container.includes('@type') === true
  const outer = byType ? (plan.inner.previous ?? plan.inner) : plan.inner
  for (const [key, value] of Object.entries(map)) {
    walk.path.push(key)
    if (key !== '@none') walkMapKey(walk, outer, key, byType)
    // The types around a map go on to hold for what is in it.
    const inner = byType ? applyScoped(walk, outer, outer.terms.get(key), 'type') : outer
    const node = applyScoped(walk, inner, inner.terms.get(plan.key), 'property')
    const own = { ...plan, inner, node, text: textPlan(inner, inner.terms.get(plan.key)) }
    for (const item of asArray(value)) emitValue(walk, own, item, subject, graph)
    walk.path.pop()
  }
}

function walkMapKey(walk: Walk, active: ActiveContext, key: string, byType: boolean): void {
  if (byType) {
    const { spelling } = typeFor(walk, active, key)
    if (spelling !== undefined) tell(walk, `the type "${key}" must be written as "${spelling}"`)
    return
  }
  const iri = expandIri(active, key, false, true)
  if (iri !== key || !isAbsoluteIri(iri)) refuse(walk, `"${key}" must be an identifier written in full`)
}

function walkList(walk: Walk, plan: Plan, items: readonly JsonValue[], graph: Term): Term {
  const values = items.filter((item) => item !== null)
  if (values.length < items.length) tell(walk, 'null is not signed; leave it out of the list')
  let next: Term = rdfNil
  for (let index = values.length - 1; index >= 0; index -= 1) {
    const item = values[index] as JsonValue
    const cell = nameBlank(walk, 'list', index)
    walk.path.push(index)
    const first = Array.isArray(item)
      ? walkList(walk, plan, item as readonly JsonValue[], graph)
      : walkValue(walk, plan, item, graph)
    emit(walk, cell, rdfFirst, first, graph)
    walk.path.pop()
    emit(walk, cell, rdfRest, next, graph)
    next = cell
  }
  return next
}

/** Each value is a graph of its own, with a blank node for its name. */
function walkGraphs(walk: Walk, plan: Plan, value: JsonValue, subject: Term, graph: Term): void {
  const values = asArray(value)
  for (let index = 0; index < values.length; index += 1) {
    const item = values[index] as JsonValue
    if (item === null) continue
    if (Array.isArray(item)) refuse(walk, 'a list within a list must be written as one list')
    if (!isObject(item)) stop('a graph must be a node object')
    if (Object.hasOwn(item, '@value')) refuse(walk, 'a graph must be a node object')
    if (Array.isArray(value)) walk.path.push(index)
    const name = nameBlank(walk, 'graph')
    const before = walk.quads.length
    walkNode(walk, plan.inner, plan, item, name)
    if (walk.quads.length === before) refuse(walk, 'a graph that says nothing must be left out')
    if (Array.isArray(value)) walk.path.pop()
    emit(walk, subject, plan.predicate, name, graph)
  }
}

function emit(walk: Walk, s: Term, p: string, o: Term, g: Term): void {
  weigh(walk, lengthOf(s) + p.length + lengthOf(o) + lengthOf(g))
  walk.quads.push({ s, p, o, g })
}

function lengthOf(term: Term): number {
  return typeof term === 'string' ? term.length : 1
}

function weigh(walk: Walk, length: number): void {
  walk.length += length
  const { limits, statements } = walk.budget
  if (walk.quads.length + walk.blanks >= statements) {
    const message = `the document takes more than the ${limits.statements} statements and blank nodes that are worked on`
    const detail = limitDetail('statements', limits.statements)
    throw new Stop(message, { code: 'LIMIT_EXCEEDED', message, detail })
  }
  if (walk.length > MAX_RDF_LENGTH) refuse(walk, `the document makes more than ${MAX_RDF_LENGTH} characters of RDF`)
}

function refuse(walk: Walk, message: string): never {
  tell(walk, message)
  return stop(message)
}

function tell(walk: Walk, message: string, isRepeated = false): void {
  if (walk.notCompacted.length >= MAX_FINDINGS) return
  const path = walk.path.reduce<string>(pointer, '')
  walk.notCompacted.push({ path, message: locate(path, message), isRepeated })
}
