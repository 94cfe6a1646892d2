/**
 * `npm run bench`: measures the built package against the reference, JWTs and the raw limit, and writes bench/RESULTS.md.
 *
 *   npm run bench                    everything, some six minutes
 *   npm run bench -- --quick         the main rows with few runs, on screen only
 *   npm run --silent bench -- --json the main rows as one JSON object; goes with --quick
 *
 * What was measured never makes the command fail.
 */

import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { bundlePage, measureChromium, weigh } from './browser.ts'
import { type Built, build, root } from './built.ts'
import { type Course, type Measured, prepareCourse } from './credentials.ts'
import type { Effort } from './paired.ts'
import { measureColdStart, measureMemory, measurePure, measureWorkers, writeInput } from './processes.ts'
import { contextsOf } from './reference-contexts.ts'
import { credentialTable, type Further, report, summarize } from './results.ts'
import { measureShare } from './share.ts'
import { makeWorkloads, type Workloads } from './workloads.ts'

const fullEffort: Effort = { rounds: 9, warmUp: 3000, perRound: 250, onceFrom: 5000 }
const quickEffort: Effort = { rounds: 3, warmUp: 600, perRound: 60, onceFrom: 1000 }

const flags = process.argv.slice(2)
const odd = flags.find((flag) => flag !== '--json' && flag !== '--quick')
if (odd !== undefined) throw new Error(`there is no option ${odd}; the options are --json and --quick`)
const effort = flags.includes('--quick') ? quickEffort : fullEffort
const loadBefore = loadavg()

const built = await build()
try {
  const workloads = await makeWorkloads(built)
  const course = await prepareCourse(built, workloads, effort)
  const main = await measureMain(course, workloads)
  if (flags.includes('--json')) {
    const rows = Object.entries(main).map(([name, measured]) => [name, summarize(measured)])
    process.stdout.write(`${JSON.stringify(Object.fromEntries(rows))}\n`)
  } else if (flags.includes('--quick')) {
    process.stdout.write(`${credentialTable(Object.values(main))}\n`)
  } else {
    const rows = await measureOthers(course, workloads, main)
    const text = report(rows, await measureFurther(built, workloads), loadBefore)
    writeFileSync(join(root, 'bench/RESULTS.md'), text)
    process.stdout.write(text)
  }
} finally {
  built.remove()
}

type Main = Readonly<
  Record<'verify.small' | 'verify.badge' | 'verify.clr100' | 'verify.clr1000' | 'issue.badge', Measured>
>

async function measureMain(course: Course, { small, badge, clr100, clr1000 }: Workloads): Promise<Main> {
  return {
    'verify.small': await course.verify(small),
    'verify.badge': await course.verify(badge),
    'verify.clr100': await course.verify(clr100),
    'verify.clr1000': await course.verify(clr1000),
    'issue.badge': await course.issueBadge(),
  }
}

async function measureOthers(course: Course, workloads: Workloads, main: Main): Promise<readonly Measured[]> {
  const { badge2020, clr10, transcript } = workloads
  return [
    main['verify.small'],
    main['verify.badge'],
    await course.verify(badge2020),
    await course.verify(clr10),
    main['verify.clr100'],
    main['verify.clr1000'],
    ...(transcript ? [await course.verify(transcript)] : []),
    main['issue.badge'],
  ]
}

async function measureFurther(built: Built, { badge, clr1000 }: Workloads): Promise<Further> {
  process.stderr.write('cold start, memory, browser …\n')
  const contexts = contextsOf([badge.text])
  const badgeInput = writeInput(built, 'badge', badge.text, contexts)
  const clrInput = writeInput(built, 'clr1000', clr1000.text, contextsOf([clr1000.text]))
  const page = await bundlePage(built)
  return {
    coldStart: measureColdStart(built, badgeInput, 15),
    badgeMemory: measureMemory(built, badgeInput, 300),
    clrMemory: measureMemory(built, clrInput, 1),
    workers: measureWorkers(built, badgeInput),
    share: await measureShare(badge.text, effort),
    pure: measurePure(built, page, badge.text, contexts, effort),
    chromium: await measureChromium(page, badge.text, contexts, effort),
    weight: await weigh(built),
  }
}
