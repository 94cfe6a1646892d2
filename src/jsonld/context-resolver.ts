/**
 * Hands contexts to the `jsonld` library in place of its own resolver.
 *
 * The library's own one remembers contexts by URL for the whole process, so that one caller's document for a URL can
 * become another's. Here a URL is looked up for each document anew, and what is remembered hangs on the content of a
 * context alone: on the identity of a frozen object, or on its JSON text.
 */

import type { ContextResolver, ResolvedContext } from 'jsonld'
import QuickLRU from 'quick-lru'
import type { DocumentLoader, JsonObject, JsonValue } from '../types.ts'
import { isDeepFrozen } from './frozen.ts'
import { type ContextProblem, flattenContext, type LoadedContexts, loadContexts } from './local-context.ts'

/** Contexts remembered by their text, and the longest text that is. */
const MAX_REMEMBERED = 200
const MAX_TEXT_LENGTH = 32_768
/** Most times that one document may apply contexts; without it, contexts that name each other would run for ever. */
const MAX_RESOLUTIONS = 30_000

const byIdentity = new WeakMap<object, ResolvedContext>()
const byText = new QuickLRU<string, ResolvedContext>({ maxSize: MAX_REMEMBERED })

export interface CallResolver extends ContextResolver {
  /** Why `resolve` threw, if it did: the library hides the reason behind errors of its own. */
  problem(): ContextProblem | undefined
}

/** A resolver for one document. */
export function createContextResolver(loadDocument: DocumentLoader): CallResolver {
  const loaded: LoadedContexts = new Map()
  let resolutions = 0
  let first: ContextProblem | undefined

  const refuse = (problem: ContextProblem): never => {
    first ??= problem
    throw new Error(problem.message)
  }

  const flatten = async (context: JsonValue) => {
    for (;;) {
      const flat = flattenContext(context, loaded)
      if (flat.missing.length === 0) return flat
      await loadContexts(flat.missing, loaded, loadDocument)
    }
  }

  return {
    problem: () => first,
    async resolve({ context }) {
      resolutions += 1
      if (resolutions > MAX_RESOLUTIONS)
        refuse({ code: 'CONTEXT_INVALID', message: 'the contexts never come to an end' })
      const { steps, problems } = await flatten(context as JsonValue)
      const [problem] = problems
      if (problem !== undefined) refuse(problem)
      return steps.map((step) => (step.context === null ? { ...forget, document: null } : resolved(step.context)))
    },
  }
}

const forget = { getProcessed: (): undefined => undefined, setProcessed: (): void => {} }

function resolved(context: JsonObject): ResolvedContext {
  if (isDeepFrozen(context)) return remember(byIdentity, context, context)
  const text = JSON.stringify(context)
  return text.length > MAX_TEXT_LENGTH ? fresh(context) : remember(byText, text, context)
}

function remember<K>(
  memory: { get(key: K): ResolvedContext | undefined; set(key: K, value: ResolvedContext): unknown },
  key: K,
  context: JsonObject,
): ResolvedContext {
  const known = memory.get(key)
  if (known !== undefined) return known
  const made = fresh(context)
  memory.set(key, made)
  return made
}

function fresh(context: JsonObject): ResolvedContext {
  const processed = new WeakMap<object, object>()
  return {
    document: context,
    getProcessed: (active) => processed.get(active),
    setProcessed: (active, result) => {
      processed.set(active, result)
    },
  }
}
