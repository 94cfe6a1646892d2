/**
 * Status lists in SQLite. The caller opens the database, with `better-sqlite3` or the `node:sqlite` of Node 22.5 and later;
 * neither is imported here.
 */

import type {
  PublishedStatusList,
  StatusEvent,
  StatusEventBody,
  StatusListRecord,
  StatusListState,
  StatusPlace,
  StatusPurpose,
  StatusStore,
} from '../index.ts'
import { hashAfter, type LogHead, nextEvent } from '../status/event-log.ts'
import { migrations } from './sqlite-schema.ts'

type Value = string | number | null

/** What the store needs of a prepared statement. */
export interface SqliteStatement {
  run(...parameters: Value[]): { readonly changes: number | bigint }
  get(...parameters: Value[]): unknown
  all(...parameters: Value[]): unknown[]
}

/** What the store needs of a database: a `Database` of better-sqlite3 or a `DatabaseSync` of node:sqlite. */
export interface SqliteDatabase {
  exec(sql: string): unknown
  prepare(sql: string): SqliteStatement
}

/**
 * A store in an SQLite database. Give it a connection of its own: the store sets it to write-ahead logging, to bring every step to
 * the disk before it answers (`synchronous = FULL`), and to wait up to a minute for other processes. Tables are made at
 * the first use; their names begin with `testamur_`.
 */
export function sqliteStatusStore(database: SqliteDatabase): StatusStore {
  const prepared = new Map<string, SqliteStatement>()
  let ready = false

  const statement = (sql: string): SqliteStatement => {
    const known = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  const run = (sql: string, ...parameters: Value[]) => statement(sql).run(...parameters)
  const get = <R>(sql: string, ...parameters: Value[]) => statement(sql).get(...parameters) as R | undefined
  const all = <R>(sql: string, ...parameters: Value[]) => statement(sql).all(...parameters) as R[]

  /** Everything in it happens or nothing. SQLite has one writer: it is asked for at once, so that nobody waits in the middle. */
  const transact = <R>(begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => R): R => {
    prepare()
    database.exec(begin)
    try {
      const result = work()
      database.exec('COMMIT')
      return result
    } catch (cause) {
      try {
        database.exec('ROLLBACK')
      } catch {
        // SQLite has rolled back by itself; the first error is the one to tell.
      }
      throw cause
    }
  }
  const write = async <R>(work: () => R): Promise<R> => transact('BEGIN IMMEDIATE', work)
  const look = async <R>(work: () => R): Promise<R> => transact('BEGIN', work)

  function prepare(): void {
    if (ready) return
    database.exec('PRAGMA busy_timeout = 60000')
    database.exec('PRAGMA journal_mode = WAL')
    database.exec('PRAGMA synchronous = FULL')
    database.exec('BEGIN IMMEDIATE')
    try {
      migrate(database)
      database.exec('COMMIT')
    } catch (cause) {
      database.exec('ROLLBACK')
      throw cause
    }
    ready = true
  }

  function listOf(id: string): ListRow {
    const list = get<ListRow>('SELECT * FROM testamur_list WHERE id = ?', id)
    if (!list) throw new Error(`there is no list ${id} in the store`)
    return list
  }

  /** Adds an event to the log of a list. */
  function log({ list, seq, body, hash }: StatusEvent): void {
    run('INSERT INTO testamur_event (list, seq, body, hash) VALUES (?, ?, ?, ?)', list, seq, body, hash)
    run('UPDATE testamur_list SET seq = ?, hash = ? WHERE id = ?', seq, hash, list)
  }

  function find(tenant: string, purpose: StatusPurpose, key: string): StatusPlace | undefined {
    const found = get<StatusPlace>(
      'SELECT list, place FROM testamur_entry WHERE key = ? AND tenant = ? AND purpose = ?',
      key,
      tenant,
      purpose,
    )
    return found && { list: found.list, place: found.place }
  }

  function allocate(list: ListRow, keys: readonly string[], time: string): readonly StatusPlace[] {
    const taken = keys.slice(0, list.length - list.allocated)
    if (taken.length === 0) return []
    const first = list.allocated
    const event = nextEvent(list.id, headOf(list), { type: 'allocated', time, first, keys: taken })
    log(event)
    run('UPDATE testamur_list SET allocated = ? WHERE id = ?', first + taken.length, list.id)
    return taken.map((key, at) => {
      run(
        'INSERT INTO testamur_entry (list, place, tenant, purpose, key, seq) VALUES (?, ?, ?, ?, ?, ?)',
        list.id,
        first + at,
        list.tenant,
        list.purpose,
        key,
        event.seq,
      )
      return { list: list.id, place: first + at }
    })
  }

  function setValue(list: string, place: number, value: number): boolean {
    const { changes } = run(
      'UPDATE testamur_entry SET value = ? WHERE list = ? AND place = ? AND value <> ?',
      value,
      list,
      place,
      value,
    )
    if (Number(changes) > 0) return true
    if (get('SELECT 1 FROM testamur_entry WHERE list = ? AND place = ?', list, place)) return false
    throw new Error(`place ${place} of list ${list} is not taken`)
  }

  return {
    secret: (tenant, proposed) =>
      write(() => {
        run('INSERT INTO testamur_tenant (tenant, secret) VALUES (?, ?) ON CONFLICT DO NOTHING', tenant, proposed)
        const kept = get<{ secret: string }>('SELECT secret FROM testamur_tenant WHERE tenant = ?', tenant)
        return kept?.secret ?? proposed
      }),
    open: (list, time) =>
      write(() => {
        const { id, tenant, purpose, number, length, statusSize, secret } = list
        const { changes } = run(
          `INSERT INTO testamur_list (id, tenant, purpose, number, length, status_size, secret)
           VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
          ...[id, tenant, purpose, number, length, statusSize, secret],
        )
        if (Number(changes) === 0) return false
        log(nextEvent(id, { seq: 0, hash: '' }, { type: 'opened', time, purpose, length, statusSize }))
        return true
      }),
    lists: (tenant) =>
      look(() =>
        all<ListRow>('SELECT * FROM testamur_list WHERE tenant = ? ORDER BY purpose, number', tenant).map(stateOf),
      ),
    allocate: ({ tenant, purpose, keys, time }) =>
      write(() => {
        const known = keys.map((key) => find(tenant, purpose, key))
        const fresh = keys.filter((_, at) => !known[at])
        const list = get<ListRow>(
          'SELECT * FROM testamur_list WHERE tenant = ? AND purpose = ? AND allocated < length ORDER BY number LIMIT 1',
          tenant,
          purpose,
        )
        const added = list ? allocate(list, fresh, time) : []
        let next = 0
        return known.map((place) => place ?? added[next++])
      }),
    find: ({ tenant, purpose, keys }) => look(() => keys.map((key) => find(tenant, purpose, key))),
    change: ({ list: id, changes, time, reason }) =>
      write(() => {
        const list = listOf(id)
        const differs = changes.map(({ place, value }) => setValue(id, place, value))
        const pairs = changes.filter((_, at) => differs[at]).map(({ place, value }) => [place, value] as const)
        if (pairs.length === 0) return differs
        const body: StatusEventBody = { type: 'changed', time, changes: pairs, ...(reason !== undefined && { reason }) }
        const event = nextEvent(id, headOf(list), body)
        log(event)
        for (const [place] of pairs) {
          run('INSERT INTO testamur_change (list, place, seq) VALUES (?, ?, ?)', id, place, event.seq)
        }
        return differs
      }),
    values: (id) =>
      look(() => ({
        seq: listOf(id).seq,
        values: all<{ place: number; value: number }>(
          'SELECT place, value FROM testamur_entry WHERE list = ? AND value <> 0 ORDER BY place',
          id,
        ).map(({ place, value }) => ({ place, value })),
      })),
    events: (list, after, limit) =>
      look(() =>
        all<StatusEvent>(
          'SELECT list, seq, body, hash FROM testamur_event WHERE list = ? AND seq > ? ORDER BY seq LIMIT ?',
          list,
          after,
          limit,
        ).map(eventOf),
      ),
    history: (list, place) =>
      look(() =>
        all<StatusEvent>(
          `SELECT list, seq, body, hash FROM testamur_event WHERE list = ? AND seq IN (
             SELECT seq FROM testamur_entry WHERE list = ? AND place = ?
             UNION SELECT seq FROM testamur_change WHERE list = ? AND place = ?
           ) ORDER BY seq`,
          ...[list, list, place, list, place],
        ).map(eventOf),
      ),
    publish: (published, event) =>
      write(() => {
        const { list, version, covers, validFrom, validUntil, ttl, credential } = published
        const before = listOf(list)
        if (version !== before.version + 1) return false
        run(
          `INSERT OR REPLACE INTO testamur_published (list, version, covers, valid_from, valid_until, ttl, credential)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
          ...[list, version, covers, validFrom, validUntil, ttl, credential],
        )
        run('UPDATE testamur_list SET version = ? WHERE id = ?', version, list)
        log({ list, seq: before.seq + 1, body: event, hash: hashAfter(headOf(before), event) })
        return true
      }),
    published: (list) =>
      look(() => {
        const row = get<PublishedRow>('SELECT * FROM testamur_published WHERE list = ?', list)
        return row && publishedOf(row)
      }),
  }
}

interface ListRow extends Omit<StatusListRecord, 'statusSize'> {
  readonly status_size: number
  readonly allocated: number
  readonly seq: number
  readonly hash: string
  readonly version: number
}

interface PublishedRow extends Omit<PublishedStatusList, 'validFrom' | 'validUntil'> {
  readonly valid_from: string
  readonly valid_until: string
}

function migrate(database: SqliteDatabase): void {
  database.exec('CREATE TABLE IF NOT EXISTS testamur_schema (version INTEGER PRIMARY KEY)')
  const { version } = database.prepare('SELECT coalesce(max(version), 0) AS version FROM testamur_schema').get() as {
    readonly version: number
  }
  for (const [at, migration] of migrations.entries()) {
    if (at < version) continue
    database.exec(migration)
    database.exec(`INSERT INTO testamur_schema (version) VALUES (${at + 1})`)
  }
}

function headOf({ seq, hash }: ListRow): LogHead {
  return { seq, hash }
}

function stateOf(row: ListRow): StatusListState {
  const { id, tenant, purpose, number, length, status_size: statusSize, secret, allocated, seq, version } = row
  return { id, tenant, purpose, number, length, statusSize, secret, allocated, seq, version }
}

function eventOf({ list, seq, body, hash }: StatusEvent): StatusEvent {
  return { list, seq, body, hash }
}

function publishedOf(row: PublishedRow): PublishedStatusList {
  const { list, version, covers, valid_from: validFrom, valid_until: validUntil, ttl, credential } = row
  return { list, version, covers, validFrom, validUntil, ttl, credential }
}
