/** Work that several wait for is done once, and given up when none of them waits any more. */

import { untilAborted } from '../encoding/until-aborted.ts'

/** Joins the work of this name that is under way, or begins it. Who waits may leave by the signal. */
export type ShareWork<T> = (
  name: string,
  work: (controller: AbortController) => Promise<T>,
  signal: AbortSignal | undefined,
) => Promise<T>

interface Running<T> {
  readonly promise: Promise<T>
  readonly controller: AbortController
  waiting: number
}

/** A place for shared work. */
export function createSharedWork<T>(): ShareWork<T> {
  const running = new Map<string, Running<T>>()
  return async (name, work, signal) => {
    const known = running.get(name) ?? begin(work)
    running.set(name, known)
    known.waiting += 1
    try {
      return await untilAborted(known.promise, signal)
    } finally {
      known.waiting -= 1
      if (known.waiting === 0) {
        known.controller.abort()
        running.delete(name)
      }
    }
  }
}

function begin<T>(work: (controller: AbortController) => Promise<T>): Running<T> {
  const controller = new AbortController()
  return { controller, promise: work(controller), waiting: 0 }
}
