/** The work of a short list, several at once: what one waits for, a look-up or a signature, holds up none of the others. */

/** More would only hold more of what was read in memory. */
const AT_ONCE = 16

/**
 * What `work` makes of each item, in the order of the items, so many of them at once. Throws what the first of them throws; the others are
 * left alone.
 */
export async function mapSeveral<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  atOnce: number = AT_ONCE,
): Promise<readonly R[]> {
  const running: Promise<R>[] = []
  const results: R[] = []
  for (const item of items) {
    if (running.length === atOnce) results.push(await (running.shift() as Promise<R>))
    const made = work(item)
    // It is thrown where its result is taken.
    made.catch(() => {})
    running.push(made)
  }
  for (const each of running) results.push(await each)
  return results
}
