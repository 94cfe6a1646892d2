/** A run: workers that are killed and started again until their work is done, readers all the while, and the audit. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createStatusRegistry, generateKey, publish, type StatusRegistry, verifyEventLog } from 'testamur'
import { bundle } from '../../test/helpers/bundle.ts'
import { connect, createPlace, type Engine } from '../../test/helpers/engines.ts'
import { audit, type Findings } from './audit.ts'
import { countDone, type Line, readJournal } from './journal.ts'
import type { Reading, Seen } from './reader.ts'
import { type Step, stepsOf } from './steps.ts'
import type { Life } from './worker.ts'

/** What a run is to be. */
export interface SoakOptions {
  readonly engine: Engine
  /** Number of workers that run at once. */
  readonly processes: number
  /** Number of operations of each worker. */
  readonly operations: number
  /** Number of kills of all workers together. */
  readonly kills: number
  /** Milliseconds after which the run is given up. */
  readonly timeout: number
  readonly progress?: (line: string) => void
}

/** What came of it. */
export interface SoakResult extends Findings {
  readonly operations: number
  readonly kills: number
  readonly versions: number
  readonly seconds: number
}

const READERS = 2
/** A worker that is to die must have so much work left that it does not end before. */
const REST = 30

/** Runs it. Everything that was written is removed afterwards. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { engine, processes, operations } = options
  const start = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'testamur-soak-'))
  const { place, remove } = createPlace(engine)
  const dying = { 'node:fs/promises': join(process.cwd(), 'scripts/soak/dying-fs.ts') }
  const [worker, reader] = [await bundle('scripts/soak/worker.ts', dying), await bundle('scripts/soak/reader.ts')]
  const running = new Set<ChildProcess>()
  let late = false
  const timer = setTimeout(() => {
    late = true
    for (const child of running) child.kill('SIGKILL')
  }, options.timeout)
  const begin = <T>(program: string, given: T): ChildProcess => {
    const child = spawn(process.execPath, [program, JSON.stringify(given)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    running.add(child)
    child.once('exit', () => running.delete(child))
    return child
  }
  try {
    const seenFiles = Array.from({ length: READERS }, (_, at) => join(folder, `seen-${at}`))
    const readers = seenFiles.map((seen) => begin<Reading>(reader.file, { engine, place, seen }))
    const readersEnd = readers.map((child) => once(child, 'exit'))

    const journals = Array.from({ length: processes }, (_, at) => join(folder, `journal-${at}`))
    let kills = 0
    const done = journals.map(() => 0)
    const report = () => options.progress?.(`${sum(done)} operations, ${kills} kills`)
    await Promise.all(
      journals.map(async (journal, at) => {
        const deaths = planDeaths(engine, operations, share(options.kills, processes, at))
        for (;;) {
          done[at] = countDone(readJournal(journal))
          if (late) throw new Error(`the run took longer than ${options.timeout / 1000} s`)
          if (done[at] >= operations) return
          const [death] = deaths
          const life: Life = { engine, place, journal, worker: at, operations, ...(death && { death }) }
          const signal = await live(begin(worker.file, life))
          if (signal === 'SIGKILL') {
            kills += 1
            deaths.shift()
            report()
          } else if (signal !== null) throw new Error(`a worker ended with ${signal}`)
        }
      }),
    )
    for (const child of readers) child.send('stop')
    await Promise.all(readersEnd)

    const lines = journals.map(readJournal)
    const seen = seenFiles.flatMap(readSeen)
    const findings = await lookThrough(engine, place, lines, seen)
    const seconds = (performance.now() - start) / 1_000
    return {
      ...findings,
      operations: sum(lines.map(countDone)),
      kills,
      versions: new Set(seen.map((each) => `${each.list} ${each.version}`)).size,
      seconds,
    }
  } finally {
    clearTimeout(timer)
    for (const child of running) child.kill('SIGKILL')
    worker.remove()
    reader.remove()
    rmSync(folder, { recursive: true, force: true })
    await remove()
  }
}

/** Waits for the end of a worker, and kills it some time after it asked for that. Says by what it ended. */
async function live(child: ChildProcess): Promise<string | null> {
  child.once('message', () => setTimeout(() => child.kill('SIGKILL'), Math.random() * 20))
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  if (code !== null && code !== 0) throw new Error(`a worker failed with code ${code}`)
  return signal
}

/** When and how one worker dies: half of the times wherever it is, else at each of the steps in turn. */
function planDeaths(engine: Engine, operations: number, count: number): { at: number; step?: Step }[] {
  const steps = stepsOf[engine]
  const last = Math.max(1, operations - REST)
  const times = Array.from({ length: count }, () => Math.floor(Math.random() * last)).sort((a, b) => a - b)
  const first = Math.floor(Math.random() * steps.length)
  return times.map((at, turn) => {
    const step = steps[(first + turn) % steps.length]
    return turn % 2 === 0 && step ? { at, step } : { at }
  })
}

/** So many of the whole for one of several. */
function share(whole: number, parts: number, part: number): number {
  return Math.floor(whole / parts) + (part < whole % parts ? 1 : 0)
}

async function lookThrough(
  engine: Engine,
  place: string,
  journals: readonly (readonly Line[])[],
  seen: readonly Seen[],
): Promise<Findings> {
  const { store, close } = connect(engine, place)
  const registry = createStatusRegistry({ store, url: 'https://school.example/status', purposes: ['suspension'] })
  await publish({ registry, key: await generateKey({ seed: new Uint8Array(32).fill(7) }) })
  const ids = [
    ...new Set(journals.flat().flatMap((line) => (line[0] === 'allocated' ? line[2].map(([id]) => id) : []))),
  ]
  const entries = await registry.allocateMany(ids)
  const byId = new Map(
    entries.map(([entry], at) => [
      ids[at] as string,
      { list: entry?.statusListCredential.split('/').at(-1) ?? '', index: Number(entry?.statusListIndex) },
    ]),
  )
  const lists = await registry.lists()
  const final = new Map<string, string>()
  for (const { id } of lists) {
    const { credential } = (await store.published(id)) ?? {}
    final.set(
      id,
      (JSON.parse(credential ?? '') as { credentialSubject: { encodedList: string } }).credentialSubject.encodedList,
    )
  }
  const logProblems = await logProblemsOf(
    registry,
    lists.map(({ id }) => id),
  )
  await close()
  return audit({ journals, seen, entryOf: (id) => byId.get(id), final, logProblems })
}

async function logProblemsOf(registry: StatusRegistry, lists: readonly string[]): Promise<readonly string[]> {
  const problems: string[] = []
  for (const list of lists) {
    const report = await verifyEventLog(registry.events(list))
    if (!report.intact) problems.push(`the log of ${list}, event ${report.seq}: ${report.problem}`)
  }
  return problems
}

function readSeen(file: string): readonly Seen[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Seen)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
