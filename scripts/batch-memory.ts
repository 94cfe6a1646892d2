/**
 * `npm run memory:batches`: the most memory that a batch had, for ever more rows; and once more into status lists that already hold as
 * many. It fails where the most is above the limit. `-- --rows 1000,100000 --workers 2 --limit 250 --store file` are the defaults.
 */

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { batchWords, prepare, table } from '../test/helpers/batches.ts'
import { bundle } from '../test/helpers/bundle.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000,100000' },
    workers: { type: 'string', default: '2' },
    limit: { type: 'string', default: '250' },
    store: { type: 'string', default: 'file' },
  },
})
const [workers, limit] = [Number(values.workers), Number(values.limit)]

interface Run {
  readonly megabytes: number
  readonly seconds: number
}

const program = await bundle('src/cli/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'testamur-memory-'))
try {
  await prepare(folder, 1, run)
  console.log('| rows | status lists | most memory, MB | rows a second |\n|---:|---|---:|---:|')
  for (const rows of values.rows.split(',').map(Number)) {
    rmSync(join(folder, 'lists'), { recursive: true, force: true })
    await run(['status', 'init', 'lists', '--url', 'https://school.example/status', '--store', values.store])
    writeFileSync(join(folder, 'rows.csv'), table(rows))
    for (const lists of ['new', `with ${whole(rows)} rows`]) {
      const { megabytes, seconds } = await run([...batchWords('out.ndjson', workers), '--force'])
      console.log(`| ${whole(rows)} | ${lists} | ${megabytes.toFixed(0)} | ${whole(rows / seconds)} |`)
      if (megabytes > limit) process.exitCode = 1
    }
  }
  if (process.exitCode === 1) console.error(`a batch took more than ${limit} MB`)
} finally {
  program.remove()
  rmSync(folder, { recursive: true, force: true })
}

function run(words: readonly string[]): Promise<Run> {
  const began = performance.now()
  const child = spawn(process.execPath, [program.file, ...words], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  let [said, most] = ['', 0]
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const timer = setInterval(() => {
    most = Math.max(most, peakOf(child.pid as number))
  }, 20)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      clearInterval(timer)
      if (code === 0 || code === 1) resolve({ megabytes: most / 1_000, seconds: (performance.now() - began) / 1_000 })
      else reject(new Error(`testamur ${words[0]} ended with ${code}: ${said}`))
    })
  })
}

/** Kilobytes. The system keeps the most that a process had; where it does not (outside Linux), 0. */
function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en')
}
