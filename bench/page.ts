/** What runs in a browser page: ours and the reference verify the same text in turns. Bundled with everything it needs. */

import { verify } from 'testamur'
import { median } from './median.ts'
import type { Effort } from './paired.ts'
import { type Contexts, createReference } from './reference.ts'

/** Medians in milliseconds. */
export interface InPage {
  readonly ours: number
  readonly reference: number
}

/** What the bundle puts on the global object. */
export interface Page {
  measureInPage(text: string, contexts: Contexts, effort: Effort): Promise<InPage>
}

async function measureInPage(text: string, contexts: Contexts, effort: Effort): Promise<InPage> {
  const reference = await createReference(contexts)
  const contenders = [() => verifyOurs(text), () => reference.verify(text)]
  const runs: number[] = []
  for (const run of contenders) {
    await repeat(run, effort.warmUp)
    runs.push(Math.max(1, Math.round(effort.perRound / (await repeat(run, effort.perRound)))))
  }
  const times: number[][] = [[], []]
  for (let round = 0; round < effort.rounds; round += 1) {
    for (const [index, run] of contenders.entries()) {
      const count = runs[index] as number
      const start = performance.now()
      for (let done = 0; done < count; done += 1) await run()
      times[index]?.push((performance.now() - start) / count)
    }
  }
  const [ours = Number.NaN, theirs = Number.NaN] = times.map(median)
  return { ours, reference: theirs }
}

/** Milliseconds for one run, of as many as go into that time. */
async function repeat(run: () => Promise<unknown>, milliseconds: number): Promise<number> {
  const start = performance.now()
  let runs = 0
  do {
    await run()
    runs += 1
  } while (performance.now() - start < milliseconds)
  return (performance.now() - start) / runs
}

async function verifyOurs(credential: string): Promise<void> {
  const report = await verify({ credential })
  if (!report.verified) throw new Error('the credential is not valid')
}

Object.assign(globalThis, { measureInPage } satisfies Page)
