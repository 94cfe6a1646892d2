// Installs better-sqlite3 for the tests, the soak test and the benchmark of the SQLite store, where Node has no SQLite of its own.
// It is no package of the project: where there is no ready-made binary it needs a compiler, and `npm ci` must work without one.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../test/sqlite/', import.meta.url))
const built = `${folder}node_modules/better-sqlite3/build/Release/better_sqlite3.node`

if (process.getBuiltinModule?.('node:sqlite')) console.log('sqlite: this Node has its own')
else if (existsSync(built)) console.log('sqlite: better-sqlite3 is there')
else {
  console.log(
    'sqlite: installing better-sqlite3 into test/sqlite; where it must be compiled that takes a minute or two',
  )
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) console.log('sqlite: it could not be installed; what needs it is skipped')
}
