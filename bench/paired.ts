/**
 * Paired runs: the contenders take turns in one process, A B C A B C, so that whatever else the machine does strikes all of
 * them. The answer is the median over the rounds of each round's median.
 */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Bench } from 'tinybench'
import { median } from './median.ts'

/** What takes part. */
export interface Contender {
  readonly name: string
  readonly run: () => Promise<unknown>
}

/** How long to measure. */
export interface Effort {
  readonly rounds: number
  /** Milliseconds that a contender runs before it is measured, and in each round. At least one run, however long it is. */
  readonly warmUp: number
  readonly perRound: number
  /** Milliseconds from which one run is so long that its warm-up is its only measurement. */
  readonly onceFrom: number
}

/** Milliseconds for one run. */
export interface Timing {
  readonly wall: number
  readonly cpu: number
  /** Runs that were measured. */
  readonly runs: number
}

interface Candidate extends Contender {
  readonly iterations: number
  readonly rounds: Timing[]
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Times each contender, in the order given. */
export async function measurePaired(contenders: readonly Contender[], effort: Effort): Promise<readonly Timing[]> {
  const candidates: Candidate[] = []
  // Once: each collection throws compiled code away, which then comes back in steps, while the raw limit has none to lose.
  collectGarbage()
  for (const contender of contenders) candidates.push(await warmUp(contender, effort))
  for (let round = 0; round < effort.rounds; round += 1) {
    for (const candidate of candidates) {
      if (candidate.iterations > 0) candidate.rounds.push(await measure(candidate, candidate.iterations))
    }
  }
  return candidates.map(({ rounds }) => ({
    wall: median(rounds.map(({ wall }) => wall)),
    cpu: median(rounds.map(({ cpu }) => cpu)),
    runs: rounds.reduce((sum, { runs }) => sum + runs, 0),
  }))
}

async function warmUp(contender: Contender, effort: Effort): Promise<Candidate> {
  const first = await measure(contender, 1)
  if (first.wall >= effort.onceFrom) return { ...contender, iterations: 0, rounds: [first] }
  const end = performance.now() + effort.warmUp - first.wall
  let runs = 0
  let last = first.wall
  while (performance.now() < end || runs === 0) {
    const start = performance.now()
    await contender.run()
    last = performance.now() - start
    runs += 1
  }
  const settled = runs > 3 ? (await measure(contender, Math.min(runs, 20))).wall : last
  return { ...contender, iterations: Math.max(1, Math.round(effort.perRound / settled)), rounds: [] }
}

async function measure({ name, run }: Contender, iterations: number): Promise<Timing> {
  const bench = new Bench({ iterations, time: 0, warmup: false })
  bench.add(name, run, { async: true })
  const before = process.cpuUsage()
  const [task] = await bench.run()
  const { user, system } = process.cpuUsage(before)
  const result = task?.result
  if (result?.state !== 'completed') {
    throw new Error(`${name} failed`, { cause: result?.state === 'errored' ? result.error : undefined })
  }
  return { wall: result.latency.p50, cpu: (user + system) / 1000 / iterations, runs: iterations }
}
