/** The work of a short list, several at once: what one waits for, a look-up or a signature, holds up none of the others. */

/** More would only hold more of what was read in memory. */
const AT_ONCE = 16

/**
 * What `work` makes of each item, in the order of the items, so many of them at once. Where one throws, none is begun any more; it is thrown when
 * those that were begun have ended, so that nothing goes on behind the caller's back. Of several it is the one that stands first.
 */
export async function mapSeveral<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  atOnce: number = AT_ONCE,
): Promise<readonly R[]> {
  const results: R[] = []
  let next = 0
  const failures: { readonly index: number; readonly cause: unknown }[] = []
  const goOn = async (): Promise<void> => {
    while (next < items.length && failures.length === 0) {
      const index = next++
      try {
        results[index] = await work(items[index] as T)
      } catch (cause) {
        failures.push({ index, cause })
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, goOn))
  const [first] = failures.sort((one, other) => one.index - other.index)
  if (first) throw first.cause
  return results
}

/** Runs work when it is its turn. */
export type InTurn = <R>(work: () => Promise<R>) => Promise<R>

/** Lets so many works run at once, whoever asks for them; the others wait in the order in which they came. */
export function createTurns(atOnce: number = AT_ONCE): InTurn {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running < atOnce) running += 1
    else await new Promise<void>((begin) => waiting.push(begin))
    try {
      return await work()
    } finally {
      const begin = waiting.shift()
      if (begin) begin()
      else running -= 1
    }
  }
}
