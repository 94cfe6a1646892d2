// Gives every parser texts made by chance: `npm run fuzz:parsers -- [--runs N] [--seed S]`. Exit code 1 when a promise did not hold.

import { parseArgs } from 'node:util'
import { runTarget } from './fuzz/run.ts'
import { targets } from './fuzz/targets.ts'

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } })
const [runs, seed] = [Number(values.runs ?? 2000), Number(values.seed ?? 1)]
let bad = 0
for (const target of targets) {
  const failures = await runTarget(target, runs, seed)
  bad += failures.length
  console.log(`${target.name}: ${runs} texts, ${failures.length} failures`)
  for (const { text, why } of failures.slice(0, 3)) console.log(`  ${why}: ${JSON.stringify(text)}`)
}
console.log(`parsers: ${targets.length} targets, ${bad} failures (seed ${seed})`)
if (bad > 0) process.exitCode = 1
