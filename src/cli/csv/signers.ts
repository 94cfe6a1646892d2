/** Threads that sign, and the body of one of them. */

import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { describe } from '../../encoding/json.ts'
import { createSign, type Sign, type Signed, type SignSettings, type SignTask } from './sign.ts'

/** Signs on several threads. Close it, or the process will not end. */
export interface Signers {
  readonly size: number
  readonly sign: Sign
  close(): Promise<void>
}

/**
 * Starts signers. One is this thread itself.
 *
 * @param program The file of the program, which a thread runs as well.
 */
export async function createSigners(settings: SignSettings, size: number, program: URL): Promise<Signers> {
  if (size === 1) return { size, sign: await createSign(settings), close: async () => {} }
  const threads = Array.from({ length: size }, () => startThread(settings, program))
  let next = 0
  return {
    size,
    sign: (tasks) => (threads[next++ % size] as Thread).sign(tasks),
    close: async () => {
      await Promise.all(threads.map(({ close }) => close()))
    },
  }
}

/** A thread needs little, and would otherwise take what there is before it tidies up. Megabytes. */
const bounds = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 }

interface Thread {
  readonly sign: Sign
  close(): Promise<unknown>
}

interface Answer {
  readonly signed?: readonly Signed[]
  readonly error?: string
}

interface Waiting {
  resolve(signed: readonly Signed[]): void
  reject(error: Error): void
}

function startThread(settings: SignSettings, program: URL): Thread {
  const worker = new Worker(program, { workerData: settings, resourceLimits: bounds })
  // Answers come in the order of what was asked.
  const waiting: Waiting[] = []
  let ended: Error | undefined
  const end = (error: Error): void => {
    ended ??= error
    for (const { reject } of waiting.splice(0)) reject(error)
  }
  worker.on('message', ({ signed, error }: Answer) => {
    const first = waiting.shift()
    if (signed) first?.resolve(signed)
    else first?.reject(new Error(error))
  })
  worker.on('error', (cause) => end(new Error(`a signing thread ended with an error: ${describe(cause)}`, { cause })))
  worker.on('exit', () => end(new Error('a signing thread ended')))
  return {
    sign: (tasks) =>
      new Promise((resolve, reject) => {
        if (ended) {
          reject(ended)
          return
        }
        waiting.push({ resolve, reject })
        worker.postMessage(tasks)
      }),
    close: () => worker.terminate(),
  }
}

/** The body of a thread. True where this is one. */
export function serveAsThread(): boolean {
  if (isMainThread || !parentPort) return false
  const port = parentPort
  const ready = createSign(workerData as SignSettings)
  let last: Promise<void> = Promise.resolve()
  port.on('message', (tasks: readonly SignTask[]) => {
    last = last.then(async () => {
      const answer = await ready
        .then((sign) => sign(tasks))
        .then(
          (signed): Answer => ({ signed }),
          (error: unknown): Answer => ({ error: describe(error) }),
        )
      port.postMessage(
        answer,
        (answer.signed ?? []).flatMap(({ bytes }) => (bytes ? [bytes.buffer] : [])),
      )
    })
  })
  return true
}
