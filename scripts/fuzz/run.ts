/** Runs one target on texts made by chance, and tells the texts for which its promise did not hold. */

import { dice, mutate } from './mutate.ts'
import type { Target } from './targets.ts'

export interface Failure {
  readonly target: string
  readonly text: string
  readonly why: string
}

export async function runTarget(target: Target, runs: number, seed: number): Promise<readonly Failure[]> {
  const roll = dice(seed)
  const failures: Failure[] = []
  for (let run = 0; run < runs; run += 1) {
    const text = mutate(target.seeds[roll(target.seeds.length)] ?? '', roll)
    const why = await ask(target, text)
    if (why !== undefined) failures.push({ target: target.name, text, why })
  }
  return failures
}

async function ask(target: Target, text: string): Promise<string | undefined> {
  try {
    return await target.check(text)
  } catch (cause) {
    return `threw ${String(cause)}`
  }
}
