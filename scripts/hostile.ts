// Verifies documents built to keep a verifier busy, each in a process of its own, and tells what each took:
// `npm run hostile -- [--only words-of-the-name] [--times 3]`. Exit code 1 when one is over budget: 1 s and 128 MiB for an input of up to
// 1 MiB, 10 ms for one that is over a limit. The time is the lesser of two, each of which is at least what the thread works that answers: CPU
// time has collectors of garbage in it that run beside, wall time what else the machine does. `--times` stretches the times, for slow machines. What is measured is built as
// users have it: run from its sources, each function that is made is named as well, which takes as long as what it does.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import type { Answer } from './hostile/child.ts'
import { type Shape, shapes } from './hostile/shapes.ts'

/** Milliseconds, and MiB. */
const budget = { time: 1000, timeOver: 10, memory: 128 }

const { values } = parseArgs({ options: { only: { type: 'string' }, times: { type: 'string' } } })
const times = Number(values.times ?? 1)
const chosen = shapes.filter(({ name }) => name.includes(values.only ?? ''))
const root = fileURLToPath(new URL('..', import.meta.url))
// Under node_modules, so that the dependencies are found from there.
const cache = join(root, 'node_modules/.cache')
mkdirSync(cache, { recursive: true })
const folder = mkdtempSync(join(cache, 'hostile-'))
const child = join(folder, 'child.js')

async function buildChild(): Promise<void> {
  const { type, imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type, imports }))
  await build({
    entryPoints: [join(root, 'scripts/hostile/child.ts')],
    outdir: folder,
    alias: { testamur: join(root, 'src/index.ts') },
    external: ['#*'],
    packages: 'external',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
  })
}

function runOnce({ name, kind, asObject }: Shape, file: string): Answer {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [child, file, kind ?? 'credential', asObject ? 'object' : 'text'],
    { encoding: 'utf8', timeout: 120_000 },
  )
  if (status !== 0) throw new Error(`${name}: ${stderr || 'no answer within two minutes'}`)
  return JSON.parse(stdout) as Answer
}

/** Runs it again where it was over budget: what else the machine does shows in one run, not in three. */
function run(shape: Shape, file: string, time: number): Answer {
  let answer = runOnce(shape, file)
  for (let again = 0; again < 2 && isOver(answer, time); again += 1) {
    const next = runOnce(shape, file)
    answer = {
      ...next,
      cpu: Math.min(next.cpu, answer.cpu),
      wall: Math.min(next.wall, answer.wall),
      memory: Math.min(next.memory, answer.memory),
    }
  }
  return answer
}

function timeOf({ cpu, wall }: Answer): number {
  return Math.min(cpu, wall)
}

function isOver(answer: Answer, time: number): boolean {
  return timeOf(answer) > time || answer.memory > budget.memory
}

function problemsOf(shape: Shape, answer: Answer, time: number): readonly string[] {
  return [
    ...(isOver(answer, time) ? ['OVER BUDGET'] : []),
    ...(answer.verdict === 'valid' && !shape.isSigned ? ['ACCEPTED'] : []),
    ...(shape.isOver && !answer.codes.includes('LIMIT_EXCEEDED') ? ['NOT LIMIT_EXCEEDED'] : []),
  ]
}

let bad = 0
const worst = {
  time: { name: 'none', value: 0 },
  timeOver: { name: 'none', value: 0 },
  memory: { name: 'none', value: 0 },
}
const note = (which: keyof typeof worst, name: string, value: number): void => {
  if (value > worst[which].value) worst[which] = { name, value }
}
try {
  await buildChild()
  for (const shape of chosen) {
    const file = join(folder, 'input.json')
    const text = await shape.make()
    writeFileSync(file, text)
    const time = (shape.isOver ? budget.timeOver : budget.time) * times
    const answer = run(shape, file, time)
    const problems = problemsOf(shape, answer, time)
    if (problems.length > 0) bad += 1
    const { cpu, wall, memory, verdict, codes } = answer
    const figures = [
      `${Math.round(text.length / 1024)} KiB`.padStart(9),
      `${cpu.toFixed(1)} ms CPU`.padStart(13),
      `${wall.toFixed(1)} ms`.padStart(10),
      `${memory.toFixed(0)} MiB`.padStart(8),
    ]
    console.log(shape.name.padEnd(40), ...figures, '', codes.join(' ') || verdict, problems.join(', '))
    note(shape.isOver ? 'timeOver' : 'time', shape.name, timeOf(answer))
    note('memory', shape.name, memory)
  }
} finally {
  rmSync(folder, { recursive: true })
}
console.log(`hostile: ${chosen.length} shapes, ${bad} over budget or not answered as they should be`)
console.log(`worst time: ${worst.time.value.toFixed(0)} ms (${worst.time.name})`)
console.log(`worst time over a limit: ${worst.timeOver.value.toFixed(1)} ms (${worst.timeOver.name})`)
console.log(`worst memory: ${worst.memory.value.toFixed(0)} MiB (${worst.memory.name})`)
if (bad > 0) process.exitCode = 1
