/** Where status lists can be kept so that several processes share them: for the contract, the soak test and the benchmark. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { StatusStore } from 'testamur'
import { fileStatusStore } from 'testamur/stores/file'
import { type PostgresClient, postgresStatusStore } from 'testamur/stores/postgres'
import { type SqliteDatabase, sqliteStatusStore } from 'testamur/stores/sqlite'

/** What processes can share. */
export type Engine = 'file' | 'sqlite' | 'postgres'

/** Storage of one's own: `place` is what another process needs to open it. */
export interface Place {
  readonly place: string
  readonly remove: () => Promise<void> | void
}

/** A connection. */
export interface Connection {
  readonly store: StatusStore
  readonly close: () => Promise<void> | void
}

/** What may be put between. */
export interface Wrap {
  readonly postgres?: (client: PostgresClient) => PostgresClient
  readonly sqlite?: (database: SqliteDatabase) => SqliteDatabase
}

/** Why this engine cannot be used here; `undefined` when it can. */
export function missing(engine: Engine): string | undefined {
  if (engine === 'sqlite' && !findSqlite()) {
    return 'there is no SQLite: run node scripts/install-sqlite.mjs, or use Node 22.5 or later'
  }
  if (engine === 'postgres' && postgresUrl() === undefined) return 'TESTAMUR_POSTGRES_URL names no PostgreSQL'
  return undefined
}

/** Makes empty storage. */
export function createPlace(engine: Engine): Place {
  if (engine === 'postgres') {
    const schema = `test_${crypto.randomUUID().replaceAll('-', '')}`
    const remove = async () => {
      const client = new pg.Client({ connectionString: postgresUrl() })
      await client.connect()
      await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
      await client.end()
    }
    return { place: schema, remove }
  }
  const place = mkdtempSync(join(tmpdir(), 'testamur-store-'))
  return { place, remove: () => rmSync(place, { recursive: true, force: true }) }
}

/** Opens storage that this or another process made. `wrap` may put something between the store and its database. */
export function connect(engine: Engine, place: string, wrap: Wrap = {}): Connection {
  if (engine === 'file') return { store: fileStatusStore(join(place, 'lists')), close: () => {} }
  if (engine === 'postgres') {
    const pool = new pg.Pool({ connectionString: postgresUrl(), max: 4 })
    const client = wrap.postgres?.(pool) ?? pool
    return { store: postgresStatusStore(client, { schema: place }), close: () => pool.end() }
  }
  const database = (findSqlite() as OpenSqlite)(join(place, 'lists.db'))
  return { store: sqliteStatusStore(wrap.sqlite?.(database) ?? database), close: () => database.close() }
}

type OpenSqlite = (file: string) => SqliteDatabase & { close(): void }

/** The SQLite of Node, or else better-sqlite3 where it was installed. */
function findSqlite(): OpenSqlite | undefined {
  const native = process.getBuiltinModule?.('node:sqlite' as 'node:fs') as unknown as
    | { readonly DatabaseSync: new (file: string) => ReturnType<OpenSqlite> }
    | undefined
  if (native) return (file) => new native.DatabaseSync(file)
  // From the project's folder, where every script and test is run: this file may be part of a bundle elsewhere.
  const folder = join(process.cwd(), 'test/sqlite/')
  if (!existsSync(join(folder, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'))) return undefined
  const Database = createRequire(folder)('better-sqlite3') as new (file: string) => ReturnType<OpenSqlite>
  return (file) => new Database(file)
}

function postgresUrl(): string | undefined {
  return process.env['TESTAMUR_POSTGRES_URL']
}
