/** Verifies the file many times on pools of one and of two threads in turns; prints the median rates as JSON. */

import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type * as Workers from '../../src/adapters/workers.ts'
import { median } from '../median.ts'

const COUNT = 2000
const ROUNDS = 9

const [workers = '', file = ''] = process.argv.slice(2)
const { createWorkerPool } = (await import(pathToFileURL(workers).href)) as typeof Workers
const credentials = new Array<string>(COUNT).fill(readFileSync(file, 'utf8'))
const pools = [createWorkerPool({ size: 1 }), createWorkerPool({ size: 2 })]
const rates: number[][] = [[], []]
// The first round warms up.
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const [index, pool] of pools.entries()) {
    const start = performance.now()
    for await (const { report } of pool.verifyMany({ credentials })) {
      if (!report.verified) throw new Error('the credential is not valid')
    }
    if (round > 0) rates[index]?.push((COUNT * 1000) / (performance.now() - start))
  }
}
await Promise.all(pools.map((pool) => pool.close()))
const [one, two] = rates.map(median)
process.stdout.write(JSON.stringify({ one, two }))
