// Changes genuine documents by chance, as text and as trees, and shows them to `verify`: `npm run fuzz -- --runs N [--seed S]`.
// Every one must be refused, or read exactly as what was signed. Exit code 1 when one is not, when `verify` throws, or when one
// takes more than a second of processor time.

import { parseArgs } from 'node:util'
import { type Attack, attack, type Outcome } from '../test/fuzz/attack.ts'
import { makeSubjects } from '../test/fuzz/subjects.ts'

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } })
const runs = Number(values.runs ?? 2000)
const first = Number(values.seed ?? Date.now() % 1_000_000_000)
if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(first)) {
  throw new Error('--runs and --seed take whole numbers, such as --runs 2000 --seed 1')
}

/** Microseconds of processor time for one document. */
const BUDGET = 1_000_000
const SHOWN = 10

const counts = new Map<Outcome, number>()
const seen = new Map<string, number>()
let overBudget = 0
let shown = 0
let told = performance.now()

const subjects = await makeSubjects()
for (let seed = first; seed < first + runs; seed += 1) {
  const before = process.cpuUsage()
  const result = await attack(subjects, seed)
  const { user, system } = process.cpuUsage(before)
  counts.set(result.outcome, count(result.outcome) + 1)
  if (result.outcome === 'identical') for (const name of result.changes) seen.set(name, (seen.get(name) ?? 0) + 1)
  if (user + system > BUDGET) {
    overBudget += 1
    show(seed, result, `took ${Math.round((user + system) / 1000)} ms of processor time`)
  }
  if (result.outcome === 'differs' || result.outcome === 'threw') show(seed, result, result.detail ?? '')
  if (performance.now() - told > 30_000) {
    told = performance.now()
    console.error(`${seed - first + 1} of ${runs} …`)
  }
}

console.log(`seeds from ${first}; ${count('unchanged')} left as they were; accepted as identical after:`)
console.log([...seen].map(([name, times]) => `  ${name} ${times}`).join('\n'))
console.log(
  `fuzz: ${runs} runs, ${count('refused')} refused, ${count('identical')} identical views, ` +
    `${count('differs')} accepted with a differing view, ${count('threw')} throws, ${overBudget} over budget`,
)
if (count('differs') + count('threw') + overBudget > 0) process.exitCode = 1

function count(outcome: Outcome): number {
  return counts.get(outcome) ?? 0
}

function show(seed: number, { subject, changes, input }: Attack, what: string): void {
  shown += 1
  if (shown > SHOWN) return
  console.log(`seed ${seed}, ${subject}, ${changes.join(' + ')}: ${what.slice(0, 3000)}`)
  console.log(`  ${(typeof input === 'string' ? input : JSON.stringify(input)).slice(0, 6000)}`)
}
