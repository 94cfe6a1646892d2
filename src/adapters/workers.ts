/** Verification on several cores: a pool of Node's worker threads. Each has the whole SDK and its own caches. */

import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import {
  CredentialError,
  type CredentialReport,
  type JsonObject,
  type VerifiedItem,
  type VerifyManyOptions,
  verifyMany as verifyManyHere,
} from '../index.ts'
import { readItems } from '../many.ts'
import { assertOptions } from '../options.ts'
import { batches } from './batches.ts'
import { unpack } from './sent-report.ts'

/** Settings that can be sent to another thread: data, not functions. */
export type WorkerSettings = Pick<
  VerifyManyOptions,
  'now' | 'clockTolerance' | 'skip' | 'conformance' | 'statusLists' | 'maxStatusAge'
> & {
  readonly contexts?: { readonly [url: string]: JsonObject }
  readonly schemas?: { readonly [url: string]: JsonObject }
}

/** Options of the pool's `verifyMany`. */
export interface WorkerVerifyOptions extends WorkerSettings {
  /** JSON text, UTF-8 bytes or plain objects. */
  readonly credentials: VerifyManyOptions['credentials']
  /** Ends the run: the iteration then throws the signal's reason. */
  readonly signal?: AbortSignal
}

/** A pool. Close it, or the process will not end. */
export interface WorkerPool {
  /**
   * As `verifyMany`, on the pool's threads.
   *
   * @throws CredentialError `POOL_ENDED` once the pool is closed, or a thread ended with an error; and what `verifyMany` throws.
   */
  verifyMany(options: WorkerVerifyOptions): AsyncGenerator<VerifiedItem, void, undefined>
  close(): Promise<void>
}

/** What a thread is asked, and what it answers. */
export interface Task {
  readonly id: number
  /** Absent where they are those of the task before: status lists are long, and to be read once. */
  readonly settings?: WorkerSettings
  readonly credentials: readonly unknown[]
}
/** Reports go as JSON text: cheaper to write and to read than the clone that threads are sent otherwise. */
export type Answer = { readonly id: number; readonly reports: string } | { readonly id: number; readonly error: string }

/**
 * Starts threads that verify.
 *
 * @param options.size Number of threads. Default: as many as there are cores.
 * @throws CredentialError `OPTION_INVALID` for a size that is no whole number from 1 on.
 */
export function createWorkerPool(options: { readonly size?: number } = {}): WorkerPool {
  assertOptions('createWorkerPool', options, ['size'])
  const { size = availableParallelism() } = options
  if (!Number.isInteger(size) || size < 1) {
    throw new CredentialError('OPTION_INVALID', 'createWorkerPool: size must be a whole number from 1 on')
  }
  const threads = Array.from({ length: size }, startThread)
  return {
    verifyMany: (given) => verifyMany(threads, given),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}

async function* verifyMany(
  threads: readonly Thread[],
  options: WorkerVerifyOptions,
): AsyncGenerator<VerifiedItem, void, undefined> {
  assertOptions('verifyMany of a pool', options, ['credentials', 'signal', ...settingNames])
  const { credentials, signal, ...settings } = options
  readItems('verifyMany of a pool', credentials)
  let index = 0
  // Results come in order: while one thread is late, the others need something to do.
  for await (const { batch, reports } of batches(credentials, 4 * threads.length, signal, (batch, number) => {
    const thread = threads[number % threads.length] as Thread
    return thread.run(settings, batch)
  })) {
    for (const [place, given] of batch.entries()) {
      yield { index, report: unpack(reports[place] as CredentialReport, given) }
      index += 1
    }
  }
}

/** What `verifyMany` of a pool takes besides the credentials. */
const settingNames = [
  'now',
  'clockTolerance',
  'skip',
  'conformance',
  'statusLists',
  'maxStatusAge',
  'contexts',
  'schemas',
]

async function verifyHere(settings: WorkerSettings, credentials: readonly unknown[]): Promise<CredentialReport[]> {
  const reports: CredentialReport[] = []
  for await (const { report } of verifyManyHere({ ...settings, credentials })) reports.push(report)
  return reports
}

interface Thread {
  run(settings: WorkerSettings, credentials: readonly unknown[]): Promise<readonly CredentialReport[]>
  close(): Promise<void>
}

interface Waiting {
  readonly resolve: (reports: readonly CredentialReport[]) => void
  readonly reject: (error: Error) => void
}

function startThread(): Thread {
  const worker = new Worker(new URL('./verify-worker.js', import.meta.url))
  const waiting = new Map<number, Waiting>()
  let trouble: Error | undefined
  let next = 0
  let sent: WorkerSettings | undefined
  const end = (error: Error): void => {
    trouble ??= error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', (answer: Answer) => {
    const task = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) task?.reject(new CredentialError('OPTION_INVALID', answer.error))
    else task?.resolve(JSON.parse(answer.reports) as readonly CredentialReport[])
  })
  worker.on('error', (cause) => end(ended('a thread of the pool ended with an error', { cause })))
  worker.on('exit', () => end(ended('the pool is closed; make another with createWorkerPool()')))
  return {
    run: (settings, credentials) =>
      new Promise((resolve, reject) => {
        if (trouble) {
          reject(trouble)
          return
        }
        const id = next++
        waiting.set(id, { resolve, reject })
        try {
          worker.postMessage({ id, ...(settings !== sent && { settings }), credentials } satisfies Task)
          sent = settings
        } catch {
          // Something in it cannot be sent, such as a function: it is told as it would be here.
          waiting.delete(id)
          resolve(verifyHere(settings, credentials))
        }
      }),
    close: async () => {
      await worker.terminate()
    },
  }
}

function ended(why: string, options: { readonly cause?: unknown } = {}): CredentialError {
  return new CredentialError('POOL_ENDED', `verifyMany of a pool: ${why}`, options)
}
