/** Puts items together so that messages between threads are few, and keeps their order. */

import { type Items, mapInOrder } from '../encoding/in-order.ts'
import type { CredentialReport } from '../index.ts'

/** Items in one message: enough to make its cost small, few enough to spread a short run over all threads. */
const SIZE = 16

/** One batch with its reports. */
export interface VerifiedBatch {
  readonly batch: readonly unknown[]
  readonly reports: readonly CredentialReport[]
}

/** Runs each batch, at most `concurrency` at once, in order. */
export function batches(
  items: Items<unknown>,
  concurrency: number,
  signal: AbortSignal | undefined,
  run: (batch: readonly unknown[], number: number) => Promise<readonly CredentialReport[]>,
): AsyncGenerator<VerifiedBatch, void, undefined> {
  const work = async (batch: readonly unknown[], number: number) => ({ batch, reports: await run(batch, number) })
  return mapInOrder(grouped(items), concurrency, work, signal)
}

async function* grouped(items: Items<unknown>): AsyncGenerator<readonly unknown[], void, undefined> {
  let group: unknown[] = []
  for await (const item of items) {
    group.push(item)
    if (group.length === SIZE) {
      yield group
      group = []
    }
  }
  if (group.length > 0) yield group
}
