/** The body of one thread of the pool. */

import { parentPort } from 'node:worker_threads'
import { type CredentialReport, isCredentialError, verify } from '../index.ts'
import { pack } from './sent-report.ts'
import type { Answer, Task, WorkerSettings } from './workers.ts'

let current: WorkerSettings = {}

parentPort?.on('message', async ({ id, settings = current, credentials }: Task) => {
  current = settings
  const answer: Answer = await verifyAll(settings, credentials).then(
    (reports) => ({ id, reports: JSON.stringify(reports) }),
    (error: unknown) => {
      // Any other is a mistake in this package: it ends the thread, and the pool says so.
      if (!isCredentialError(error)) throw error
      return { id, error: error.message }
    },
  )
  parentPort?.postMessage(answer)
})

async function verifyAll(settings: WorkerSettings, credentials: readonly unknown[]): Promise<CredentialReport[]> {
  const reports: CredentialReport[] = []
  for (const credential of credentials) reports.push(pack(await verify({ ...settings, credential }), credential))
  return reports
}
