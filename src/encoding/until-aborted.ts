/** Waiting that ends when a signal says so, also where what is waited for takes no notice of it. */

/** What is to be done when a signal says so. Platforms warn of many listeners: there is one for all who wait. */
const waiting = new WeakMap<EventTarget, Set<() => void>>()

function stopAll({ currentTarget }: Event): void {
  for (const stop of waiting.get(currentTarget as AbortSignal) ?? []) stop()
}

/** Does this when the signal says so, until what is answered is called. */
export function whenAborted(signal: AbortSignal, stop: () => void): () => void {
  const stops = waiting.get(signal) ?? new Set()
  waiting.set(signal, stops.add(stop))
  // The same function again makes no second listener.
  signal.addEventListener('abort', stopAll)
  return () => {
    stops.delete(stop)
    if (stops.size === 0) signal.removeEventListener('abort', stopAll)
  }
}

/** The promise's result, or the signal's reason, whichever comes first. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  // Nobody may be left to hear of a failure after the signal.
  promise.catch(() => {})
  signal.throwIfAborted()
  let leave = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    leave = whenAborted(signal, () => reject(signal.reason))
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    leave()
  }
}
