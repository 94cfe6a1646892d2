/** Work on a stream of items, several at once, with the results in the order of the items. */

import { createPause } from './pause.ts'

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
  const breathe = createPause()
  let next: Promise<Taken<T>> | undefined
  let index = 0
  let ended: Taken<T> | undefined
  try {
    for (;;) {
      await breathe()
      signal?.throwIfAborted()
      if (!ended && running.length < concurrency) next ??= take(source)
      const first = running[0]
      if (!first && !next) break
      if (await isResultFirst(first, next)) {
        yield await (running.shift() as Promise<R>)
        continue
      }
      const taken = await (next as Promise<Taken<T>>)
      next = undefined
      if ('item' in taken) running.push(silent(work(taken.item, index++)))
      else ended = taken
    }
  } finally {
    if (!ended) await source.return?.()
  }
  // What was taken before has been worked on and handed out; only now is it told that the source broke.
  if (ended && 'error' in ended) throw ended.error
}

/** An item, the end, or what the source threw. */
type Taken<T> = { readonly item: T } | { readonly end: true } | { readonly error: unknown }

async function take<T>(source: Iterator<T> | AsyncIterator<T>): Promise<Taken<T>> {
  try {
    const result = await source.next()
    return result.done ? { end: true } : { item: result.value }
  } catch (error) {
    return { error }
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
