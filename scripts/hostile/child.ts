// Verifies one document and answers with what it took: `child.ts file credential|presentation text|object`. Run by hostile.ts.

import { readFileSync } from 'node:fs'
import { verify } from 'testamur'
import { challenge, now, presented, signedBadge } from '../../test/helpers/fixtures.ts'

/** What one run took: CPU time and wall time in milliseconds, memory in MiB. */
export interface Answer {
  readonly cpu: number
  readonly wall: number
  readonly memory: number
  readonly verdict: string
  readonly codes: readonly string[]
}

const [file = '', kind, form] = process.argv.slice(2)
const text = readFileSync(file, 'utf8')
const input: unknown = form === 'object' ? JSON.parse(text) : text
const signed = await signedBadge()
const badge = JSON.stringify(signed)
const presentation = JSON.stringify(await presented([signed]))
// A server is warm when the attacker comes: it has seen forgeries and what cannot be read, and every piece of the code is loaded.
for (let round = 0; round < 60; round += 1) {
  await verify({ credential: badge, now })
  await verify({ credential: badge.replace('Welding', 'Diving'), now })
  await verify({ credential: badge.replace('"name"', '"nmae"'), now })
  await verify({ credential: badge.slice(1), now })
  await verify({ presentation, challenge, now })
}
const before = process.resourceUsage().maxRSS
const start = performance.now()
const used = process.cpuUsage()
const report =
  kind === 'presentation'
    ? await verify({ presentation: input, challenge, now })
    : await verify({ credential: input, now })
const { user, system } = process.cpuUsage(used)
const wall = performance.now() - start
const memory = (process.resourceUsage().maxRSS - before) / 1024
const codes = [...new Set(report.checks.flatMap((check) => ('code' in check ? [check.code] : [])))]
const answer: Answer = { cpu: (user + system) / 1000, wall, memory, verdict: report.verdict, codes }
process.stdout.write(JSON.stringify(answer))
