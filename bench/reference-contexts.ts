/** The contexts that the reference is given: those that the documents name, from the same pinned copies as ours. */

import { bundledContext } from '../src/jsonld/bundled-contexts.ts'
import type { Contexts } from './reference.ts'

/** The contexts of these documents. */
export function contextsOf(texts: readonly string[]): Contexts {
  const urls = new Set(texts.flatMap((text) => text.match(/(?<=")https:[^"]+(?=")/g) ?? []))
  return [...urls].flatMap((url) => {
    const context = bundledContext(url)
    return context ? [[url, context] as const] : []
  })
}
