/** Calls that come while an earlier one is under way go out together, so that a store has one thing to do for many callers. */

/**
 * One call for many. `work` answers for each item, in order; what it throws is thrown to all whose items it had.
 */
export function gather<T, R>(
  most: number,
  work: (items: readonly T[]) => Promise<readonly R[]>,
): (item: T) => Promise<R> {
  interface Waiting {
    readonly item: T
    readonly resolve: (result: R) => void
    readonly reject: (cause: unknown) => void
  }
  const waiting: Waiting[] = []
  let working = false

  async function goOn(): Promise<void> {
    working = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most)
      try {
        const results = await work(batch.map(({ item }) => item))
        for (const [index, { resolve }] of batch.entries()) resolve(results[index] as R)
      } catch (cause) {
        for (const { reject } of batch) reject(cause)
      }
    }
    working = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!working) void goOn()
    })
}
