/**
 * `npm run bench:status`: allocations a second on each store that is here, from eight processes, one at a time and in batches of a
 * thousand; and what it takes to encode a list. On PostgreSQL where TESTAMUR_POSTGRES_URL names one.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpus, loadavg, release, type as system, totalmem } from 'node:os'
import { createBitstring, encodeBitstring, setEntry } from '../src/status/bitstring.ts'
import { listOrder } from '../src/status/order.ts'
import { bundle } from '../test/helpers/bundle.ts'
import { createPlace, type Engine, missing } from '../test/helpers/engines.ts'

const PROCESSES = 8
const SECONDS = 5

const before = loadavg()
  .map((load) => load.toFixed(1))
  .join(' ')
const program = await bundle('bench/children/allocate.ts')
const rows: string[] = []
try {
  for (const engine of ['postgres', 'sqlite', 'file'] as const) {
    const why = missing(engine)
    if (why !== undefined) rows.push(`| ${engine} | ${why} | |`)
    else rows.push(`| ${engine} | ${whole(await measure(engine, 1))} | ${whole(await measure(engine, 1_000))} |`)
  }
} finally {
  program.remove()
}

console.log(
  `Node ${process.version}, ${system()} ${release()}, ${cpus().length} × ${cpus()[0]?.model}, ${gigabytes()} GB,`,
)
console.log(`load before ${before}\n`)
console.log(`Allocations a second from ${PROCESSES} processes for ${SECONDS} s:\n`)
console.log('| store | one at a time | in batches of 1,000 |\n|---|---:|---:|')
console.log(rows.join('\n'))
console.log(`\nEncoding a list of 1,048,576 with 10 % set: ${(await encodingTime()).toFixed(1)} ms (median of 21)`)

/** All processes are started and connected before the clock starts. */
async function measure(engine: Engine, batch: number): Promise<number> {
  const { place, remove } = createPlace(engine)
  try {
    const args = [program.file, engine, place, String(batch), String(SECONDS)]
    const children = Array.from({ length: PROCESSES }, () =>
      spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
    )
    const ends = children.map((child) => once(child, 'exit'))
    await Promise.all(children.map((child) => once(child, 'message')))
    const answers = children.map((child) => once(child, 'message'))
    for (const child of children) child.send('go')
    const rates = (await Promise.all(answers)).map(([message]) => message as number)
    await Promise.all(ends)
    return rates.reduce((sum, rate) => sum + rate, 0)
  } finally {
    await remove()
  }
}

async function encodingTime(): Promise<number> {
  const entries = 1_048_576
  const bits = createBitstring(entries)
  const { indexOf } = await listOrder(new Uint8Array(32), entries)
  for (let place = 0; place < entries / 10; place += 1) setEntry(bits, indexOf(place) as number, 1)
  const times: number[] = []
  for (let run = 0; run < 21; run += 1) {
    const start = performance.now()
    await encodeBitstring(bits)
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[10] as number
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en')
}

function gigabytes(): string {
  return (totalmem() / 2 ** 30).toFixed(0)
}
