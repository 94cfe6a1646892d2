/** What only a process of its own can show: cold start, peak memory, and the path without Node's crypto. */

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Built } from './built.ts'
import { median } from './median.ts'
import type { InPage } from './page.ts'
import type { Effort } from './paired.ts'
import type { Contexts } from './reference.ts'

/** Ours and theirs, and what Node alone takes. */
export interface Comparison {
  readonly node: number
  readonly ours: number
  readonly reference: number
}

/** A credential in a file, and the contexts that the reference needs for it. */
export interface Input {
  readonly credential: string
  readonly contexts: string
}

/** Writes the files that the programs read. */
export function writeInput({ folder }: Built, name: string, text: string, contexts: Contexts): Input {
  const input = { credential: join(folder, `${name}.json`), contexts: join(folder, `${name}.contexts.json`) }
  writeFileSync(input.credential, text)
  writeFileSync(input.contexts, JSON.stringify(contexts))
  return input
}

/** Milliseconds from the start of the process to its end, after one verdict; medians of runs that take turns. */
export function measureColdStart(built: Built, input: Input, rounds: number): Comparison {
  const runs = Array.from({ length: rounds }, () => compare(built, input, 1, ({ elapsed }) => elapsed))
  const of = (name: keyof Comparison) => median(runs.map((run) => run[name]))
  return { node: of('node'), ours: of('ours'), reference: of('reference') }
}

/** Most memory in megabytes while the credential is verified so many times. */
export function measureMemory(built: Built, input: Input, times: number): Comparison {
  return compare(built, input, times, ({ output }) => Number(output) / 1024)
}

/** Milliseconds without Node's crypto, each library bundled as for a browser. */
export function measurePure(built: Built, bundle: string, text: string, contexts: Contexts, effort: Effort): InPage {
  const input = join(built.folder, 'pure.input.json')
  writeFileSync(input, JSON.stringify({ text, contexts, effort }))
  return JSON.parse(run([built.child('pure'), bundle, input]).output) as InPage
}

/** Verified credentials a second, on so many threads. */
export interface Rates {
  readonly one: number
  readonly two: number
}

/** The credential over and over on pools of one and two threads, from JSON text to report. */
export function measureWorkers(built: Built, input: Input): Rates {
  const program = join(built.folder, 'workers.js')
  return JSON.parse(run([built.child('workers'), program, input.credential]).output) as Rates
}

interface Ran {
  readonly elapsed: number
  readonly output: string
}

function compare(built: Built, input: Input, times: number, read: (ran: Ran) => number): Comparison {
  return {
    node: read(run([built.child('empty')])),
    ours: read(run([built.child('ours'), input.credential, String(times)])),
    reference: read(run([built.child('reference'), input.credential, String(times), input.contexts])),
  }
}

function run(args: readonly string[]): Ran {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const elapsed = performance.now() - start
  if (status !== 0) throw new Error(`${args[0]} failed: ${stderr}`)
  return { elapsed, output: stdout }
}
