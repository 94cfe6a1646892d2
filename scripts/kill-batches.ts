// Kills batches at random moments (SIGKILL), starts the same command again until it is done, and counts what is there. Each kind of
// output in turn. Run it as `npm run kill:batches -- --kills 20`.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { audit, batchWords, expected, prepare, runAndKill } from '../test/helpers/batches.ts'
import { bundle } from '../test/helpers/bundle.ts'

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, rows: { type: 'string', default: '1000' } },
})
const [wanted, rows] = [Number(values.kills), Number(values.rows)]
const program = await bundle('src/cli/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'testamur-kills-'))
const never = 600_000
let [kills, batches] = [0, 0]
try {
  await prepare(folder, rows, (words) => runAndKill(program.file, folder, words, never))
  let shortest = never
  const batch = async (out: string, after: () => number): Promise<number> => {
    const words = batchWords(out, 1 + (batches % 2))
    for (let own = 0; ; own += 1) {
      const began = performance.now()
      const ended = await runAndKill(program.file, folder, words, own < 7 && kills < wanted ? after() : never)
      if (ended !== 'killed') {
        if (own === 0) shortest = Math.min(shortest, performance.now() - began)
        return own
      }
      kills += 1
    }
  }
  await batch('first.ndjson', () => never)
  while (kills < wanted) {
    const out = [`b${batches}`, `b${batches}.ndjson`, `b${batches}.zip`][batches % 3] as string
    const own = await batch(out, () => Math.random() * shortest)
    const found = audit(folder, out)
    const isRight = isDeepStrictEqual(found, expected(rows))
    const text = `${found.credentials} credentials, ${found.indices} distinct indices, ${found.failedLines.length} failed rows`
    console.log(`${isRight ? 'right' : 'WRONG'}  ${out}: killed ${own} times; ${text}`)
    if (!isRight) process.exitCode = 1
    batches += 1
  }
  console.log(
    `${kills} kills in ${batches} batches of ${rows} rows; one without kills takes ${Math.round(shortest)} ms`,
  )
} finally {
  program.remove()
  rmSync(folder, { recursive: true, force: true })
}
