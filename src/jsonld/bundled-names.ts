/**
 * What the bundled contexts call each IRI, wherever in them. A context written in a document may leave a bundled one out
 * and give its terms other names, or each other's; what is signed would be the same.
 */

import { type ActiveContext, applyContext, initialContext } from './active-context.ts'
import { bundledContext, bundledContextUrls } from './bundled-contexts.ts'
import type { LoadedContexts } from './local-context.ts'

/** The names of an IRI in bundled contexts, worked out when first asked for. `undefined` where none has a term for it. */
export function bundledNames(iri: string): ReadonlySet<string> | undefined {
  table ??= readNames()
  return table.get(iri)
}

let table: ReadonlyMap<string, ReadonlySet<string>> | undefined

function readNames(): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>()
  const seen = new Set<unknown>()
  const loaded: LoadedContexts = new Map(
    bundledContextUrls.map((url) => [url, { document: bundledContext(url) ?? {} }] as const),
  )
  const visit = (active: ActiveContext): void => {
    for (const [term, { id, context, source }] of active.terms) {
      if (id === null) continue
      names.set(id, (names.get(id) ?? new Set()).add(term))
      if (context === undefined || seen.has(context)) continue
      seen.add(context)
      const applied = applyContext(active, context, loaded, { source, overrideProtected: true })
      if ('active' in applied) visit(applied.active)
    }
  }
  for (const url of bundledContextUrls) {
    const applied = applyContext(initialContext, url, loaded)
    if ('active' in applied) visit(applied.active)
  }
  return names
}
