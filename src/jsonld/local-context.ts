/**
 * Turns the value of an `@context` into the list of context objects to apply, in order: URLs are replaced by what their
 * documents hold, and `@import` is merged in (JSON-LD 1.1 API section 4.1.2, steps 5.2 and 5.6).
 */

import { describe, isObject } from '../encoding/json.ts'
import type { DocumentLoader, JsonObject, JsonValue } from '../types.ts'

/** Most contexts that one document may name by URL, and longest chain of contexts that name each other. */
export const MAX_CONTEXTS = 50
export const MAX_CONTEXT_CHAIN = 10
/** Most items of one `@context`, those of the contexts it names included: ten that name ten others ten deep are 10^10. */
export const MAX_CONTEXT_ITEMS = 2000

/** One context to apply; `null` takes everything back. `url` is where it comes from, if not from the document itself. */
export interface ContextStep {
  readonly context: JsonObject | null
  readonly url: string | undefined
}

export type ContextProblemCode = 'CONTEXT_UNKNOWN' | 'CONTEXT_UNAVAILABLE' | 'CONTEXT_INVALID' | 'LIMIT_EXCEEDED'

/** Why an `@context` cannot be applied. */
export interface ContextProblem {
  readonly code: ContextProblemCode
  readonly message: string
  readonly url?: string
  readonly cause?: unknown
  /** Which limit was met, where the caller can set it. */
  readonly detail?: JsonObject
}

export interface FlatContext {
  readonly steps: readonly ContextStep[]
  readonly problems: readonly ContextProblem[]
  /** URLs not looked up yet: load them, then ask again. */
  readonly missing: readonly string[]
  /** True where a URL was followed: another loader may give other steps. */
  readonly named: boolean
}

/** What the loader said of each URL. One such table serves one document. */
export type LoadedContexts = Map<string, { readonly document: JsonObject } | { readonly problem: ContextProblem }>

/** Flattens a local context as far as its documents are at hand. `source` is where a scoped context was found. */
export function flattenContext(value: JsonValue | undefined, loaded: LoadedContexts, source?: string): FlatContext {
  const flat: Draft = { steps: [], problems: [], missing: [], items: 0, named: false }
  flattenInto(flat, value, source, [], loaded)
  return flat
}

interface Draft {
  readonly steps: ContextStep[]
  readonly problems: ContextProblem[]
  readonly missing: string[]
  items: number
  named: boolean
}

type Chain = readonly string[]

function flattenInto(
  flat: Draft,
  value: JsonValue | undefined,
  url: string | undefined,
  chain: Chain,
  loaded: LoadedContexts,
): void {
  flat.items += 1
  if (flat.items === MAX_CONTEXT_ITEMS)
    flat.problems.push(excess(`one "@context" has more than ${MAX_CONTEXT_ITEMS} items`, url))
  if (flat.items >= MAX_CONTEXT_ITEMS) return
  if (Array.isArray(value)) {
    for (const item of value) flattenInto(flat, item, url, chain, loaded)
  } else if (typeof value === 'string') {
    flattenUrl(flat, resolveUrl(value, chain.at(-1)), chain, loaded)
  } else if (value === null) {
    flat.steps.push({ context: null, url })
  } else if (!isObject(value)) {
    flat.problems.push(invalid(`a context must be a URL, an object or null, not ${JSON.stringify(value)}`, url))
  } else if (Object.hasOwn(value, '@context')) {
    flattenInto(flat, value['@context'], url, chain, loaded)
  } else if (Object.hasOwn(value, '@import')) {
    flattenImport(flat, value, url, chain, loaded)
  } else {
    flat.steps.push({ context: value, url })
  }
}

function flattenUrl(flat: Draft, url: string, chain: Chain, loaded: LoadedContexts): void {
  const document = lookUp(flat, url, chain, loaded)
  if (document !== undefined) flattenInto(flat, contextOf(document), url, [...chain, url], loaded)
}

function flattenImport(
  flat: Draft,
  context: JsonObject,
  url: string | undefined,
  chain: Chain,
  loaded: LoadedContexts,
): void {
  const { '@import': reference, ...own } = context
  if (typeof reference !== 'string') {
    flat.problems.push(invalid('"@import" must be the URL of one context', url))
    return
  }
  const source = resolveUrl(reference, chain.at(-1))
  const document = lookUp(flat, source, chain, loaded)
  if (document === undefined) return
  const imported = contextOf(document)
  if (!isObject(imported) || Object.hasOwn(imported, '@import') || Object.hasOwn(imported, '@context')) {
    flat.problems.push(invalid('"@import" must name one context object that imports nothing itself', source))
    return
  }
  flat.steps.push({ context: { ...imported, ...own }, url })
}

function lookUp(flat: Draft, url: string, chain: Chain, loaded: LoadedContexts): JsonObject | undefined {
  flat.named = true
  if (chain.includes(url) || chain.length >= MAX_CONTEXT_CHAIN) {
    flat.problems.push(
      invalid(`the context ${url} leads back to itself or through more than ${MAX_CONTEXT_CHAIN} others`, url),
    )
    return undefined
  }
  const found = loaded.get(url)
  if (found === undefined) {
    if (loaded.size + flat.missing.length < MAX_CONTEXTS) flat.missing.push(url)
    else flat.problems.push(excess(`the document names more than ${MAX_CONTEXTS} contexts`, url))
    return undefined
  }
  if ('document' in found) return found.document
  flat.problems.push(found.problem)
  return undefined
}

/** Looks up what is missing. Never throws: a loader that does is a problem of its own kind. */
export async function loadContexts(
  urls: readonly string[],
  loaded: LoadedContexts,
  loadDocument: DocumentLoader,
): Promise<void> {
  await Promise.all(
    urls.map(async (url) => {
      loaded.set(url, await loadContext(url, loadDocument))
    }),
  )
}

async function loadContext(
  url: string,
  loadDocument: DocumentLoader,
): Promise<{ readonly document: JsonObject } | { readonly problem: ContextProblem }> {
  let document: unknown
  try {
    document = await loadDocument(url)
  } catch (cause) {
    const message = `the context ${url} could not be looked up: ${describe(cause)}`
    return { problem: { code: 'CONTEXT_UNAVAILABLE', message, url, cause } }
  }
  if (document === undefined) {
    const message = `the context ${url} is not at hand; give its document in the option contexts`
    return { problem: { code: 'CONTEXT_UNKNOWN', message, url } }
  }
  if (!isObject(document)) return { problem: invalid(`the context document ${url} is not a JSON object`, url) }
  return { document }
}

function contextOf(document: JsonObject): JsonValue | undefined {
  return Object.hasOwn(document, '@context') ? document['@context'] : {}
}

/** A reference in a context document counts from there; the credential itself has no base. */
function resolveUrl(reference: string, base: string | undefined): string {
  return base !== undefined && URL.canParse(reference, base) ? new URL(reference, base).href : reference
}

function invalid(message: string, url: string | undefined): ContextProblem {
  return { code: 'CONTEXT_INVALID', message, ...(url !== undefined && { url }) }
}

function excess(message: string, url: string | undefined): ContextProblem {
  return { code: 'LIMIT_EXCEEDED', message, ...(url !== undefined && { url }) }
}
