/**
 * `npm run soak -- --store postgres|sqlite|file --processes N --operations M --kills K`: N workers do M operations each on one store,
 * and are killed K times on the way; readers poll what is published. Its last line says what was lost; it fails unless that is nothing.
 *
 * PostgreSQL is the one that TESTAMUR_POSTGRES_URL names, or else this machine's own. SQLite is that of Node, or better-sqlite3, which is installed if need be.
 */

import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { type Engine, missing } from '../../test/helpers/engines.ts'
import { soak } from './soak.ts'

const { values } = parseArgs({
  options: {
    store: { type: 'string', default: 'file' },
    processes: { type: 'string', default: '4' },
    operations: { type: 'string', default: '500' },
    kills: { type: 'string', default: '20' },
    minutes: { type: 'string', default: '60' },
  },
})
if (!['file', 'sqlite', 'postgres'].includes(values.store)) {
  throw new Error(`--store is file, sqlite or postgres, not ${values.store}`)
}
const engine = values.store as Engine
process.env['TESTAMUR_POSTGRES_URL'] ||= 'postgres://postgres@127.0.0.1:5432/test'
if (engine === 'sqlite') execFileSync(process.execPath, ['scripts/install-sqlite.mjs'], { stdio: 'inherit' })
const why = missing(engine)
if (why !== undefined) throw new Error(why)

let shown = 0
const result = await soak({
  engine,
  processes: whole('processes'),
  operations: whole('operations'),
  kills: whole('kills'),
  timeout: whole('minutes') * 60_000,
  progress: (line) => {
    if (performance.now() - shown < 10_000) return
    shown = performance.now()
    console.error(line)
  },
})
const { operations, kills, duplicates, lost, torn, versions, seconds } = result
for (const finding of [...duplicates, ...lost, ...torn].slice(0, 50)) console.error(finding)
console.log(`${engine}: ${versions} versions were read and verified, ${seconds.toFixed(0)} s`)
console.log(
  `soak: ${operations} operations, ${kills} kills, ${duplicates.length} duplicates, ${lost.length} lost, ${torn.length} torn`,
)
process.exit(duplicates.length + lost.length + torn.length === 0 ? 0 : 1)

function whole(name: 'processes' | 'operations' | 'kills' | 'minutes'): number {
  const number = Number(values[name])
  if (Number.isInteger(number) && number >= (name === 'kills' ? 0 : 1)) return number
  throw new Error(`--${name} is a whole number, not ${values[name]}`)
}
