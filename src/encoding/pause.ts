/** Pauses in long work: promises alone give timers, requests and the abort signal no turn. */

/** Longest time, in milliseconds, for which work keeps everything else in the thread waiting. */
const BREATH = 10

/** Gives the others their turn where it is due. */
export type Pause = () => Promise<void>

/** For one piece of work, which calls it again and again. */
export function createPause(): Pause {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < BREATH) return
    await new Promise<void>((resolve) => setTimeout(resolve, 0))
    last = performance.now()
  }
}
