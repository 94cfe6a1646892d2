/** One answer for all who look up the same thing. */

import type { LookupOptions } from '../types.ts'
import { limitMet } from './limits.ts'

/** How many answers are kept. */
const SHARED = 10_000

/** A look-up by name. */
export type LookUp<A, O extends LookupOptions = LookupOptions> = (name: string, options?: O) => Promise<A>

/**
 * Asks once, and again where no answer could be had. What was too much for one call, or was ended with it, may be had in another, which
 * is known by its options. `nameOf` says what is the same thing, where the name alone does not.
 */
export function share<A, O extends LookupOptions = LookupOptions>(
  lookUp: LookUp<A, O>,
  nameOf: (name: string, options?: O) => string = (name) => name,
): LookUp<A, O> {
  const known = new Map<string, { readonly answer: Promise<A>; readonly options: O | undefined }>()
  return function ask(name, options): Promise<A> {
    const asked = nameOf(name, options)
    const before = known.get(asked)
    if (before) {
      if (before.options === options) return before.answer
      return before.answer.catch((cause: unknown) => {
        const isOfOther = limitMet(cause) !== undefined || before.options?.signal?.aborted === true
        if (!isOfOther || options?.signal?.aborted) throw cause
        return ask(name, options)
      })
    }
    if (known.size >= SHARED) known.clear()
    const answer = (async () => lookUp(name, options))()
    const kept = { answer, options }
    known.set(asked, kept)
    answer.catch(() => {
      if (known.get(asked) === kept) known.delete(asked)
    })
    return answer
  }
}
