/** The body of one thread of the pool. */

import { parentPort } from 'node:worker_threads'
import { type CredentialReport, isCredentialError, verify } from '../index.ts'
import type { Answer, Task } from './workers.ts'

parentPort?.on('message', async ({ id, settings, credentials }: Task) => {
  const answer: Answer = await verifyAll(settings, credentials).then(
    (reports) => ({ id, reports: JSON.stringify(reports) }),
    (error: unknown) => ({ id, error: isCredentialError(error) ? error.message : String(error) }),
  )
  parentPort?.postMessage(answer)
})

async function verifyAll(settings: Task['settings'], credentials: readonly unknown[]): Promise<CredentialReport[]> {
  const reports: CredentialReport[] = []
  for (const credential of credentials) reports.push(await verify({ ...settings, credential }))
  return reports
}
