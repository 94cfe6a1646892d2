/** Work on a stream of items, several at once, with the results in the order of the items. */

/** A stream or list of items. */
export type Items<T> = Iterable<T> | AsyncIterable<T>

/**
 * Runs `work` on each item, at most `concurrency` at once, and yields the results in order. Items are taken only as results
 * are taken, so that neither side runs away from the other. Leaving the loop early closes the source.
 */
export async function* mapInOrder<T, R>(
  items: Items<T>,
  concurrency: number,
  work: (item: T, index: number) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R, void, undefined> {
  const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  const running: Promise<R>[] = []
  let next: Promise<IteratorResult<T>> | undefined
  let index = 0
  let isDone = false
  try {
    for (;;) {
      signal?.throwIfAborted()
      if (!isDone && running.length < concurrency) next ??= Promise.resolve(source.next())
      const first = running[0]
      if (!first && !next) return
      if (await isResultFirst(first, next)) {
        yield await (running.shift() as Promise<R>)
        continue
      }
      const item = await (next as Promise<IteratorResult<T>>)
      next = undefined
      if (item.done) isDone = true
      else running.push(silent(work(item.value, index++)))
    }
  } finally {
    if (!isDone) await source.return?.()
  }
}

/** A slow source must not hold back results that are ready. */
async function isResultFirst(
  result: Promise<unknown> | undefined,
  next: Promise<unknown> | undefined,
): Promise<boolean> {
  if (!result) return false
  if (!next) return true
  return Promise.race([result.then(yes, yes), next.then(no, no)])
}

const yes = (): boolean => true
const no = (): boolean => false

/** A failure is thrown where its result is taken, not before. */
function silent<R>(promise: Promise<R>): Promise<R> {
  promise.catch(() => {})
  return promise
}
