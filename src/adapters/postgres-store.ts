/**
 * Status lists in PostgreSQL 11 or later. The caller brings the client: a `Pool` or `Client` of `pg`, a `PGlite`, or anything else
 * with such a `query`; none is imported here.
 */

import {
  CredentialError,
  type PublishedStatusList,
  type StatusEvent,
  type StatusListState,
  type StatusPlace,
  type StatusStore,
} from '../index.ts'
import { migrate, migrations } from './postgres-schema.ts'

/** What the store needs of a client. */
export interface PostgresClient {
  query(text: string, parameters?: unknown[]): Promise<{ readonly rows: unknown[] }>
}

/**
 * A store in a PostgreSQL database. Tables and functions are made at the first use, in a schema of their own; a role that may
 * not do that finds them made by another.
 *
 * What was answered is as lasting as a commit: leave `synchronous_commit` on. A pool is best: each call is one statement.
 *
 * @param options.schema Default: `testamur_status`.
 */
export function postgresStatusStore(client: PostgresClient, options: { readonly schema?: string } = {}): StatusStore {
  const { schema: name = 'testamur_status' } = options
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name)) {
    throw new CredentialError(
      'OPTION_INVALID',
      'postgresStatusStore: schema must be a plain name, such as testamur_status',
    )
  }
  const schema = `"${name}"`
  let ready: Promise<void> | undefined

  async function rows<R>(text: string, ...parameters: unknown[]): Promise<readonly R[]> {
    ready ??= prepare(client, schema).catch((cause) => {
      ready = undefined
      throw cause
    })
    await ready
    return (await client.query(text, parameters)).rows as R[]
  }

  async function one<R>(text: string, ...parameters: unknown[]): Promise<R> {
    return ((await rows<{ readonly value: R }>(text, ...parameters))[0] as { readonly value: R }).value
  }

  return {
    secret: (tenant, proposed) =>
      one(
        `INSERT INTO ${schema}.tenant AS t (tenant, secret) VALUES ($1, $2)
         ON CONFLICT (tenant) DO UPDATE SET secret = t.secret RETURNING secret AS value`,
        tenant,
        proposed,
      ),
    open: ({ id, tenant, purpose, number, length, statusSize, secret }, time) =>
      one(
        `SELECT ${schema}.open($1, $2, $3, $4, $5, $6, $7, $8) AS value`,
        ...[id, tenant, purpose, number, length, statusSize, secret],
        JSON.stringify({ type: 'opened', time, purpose, length, statusSize }),
      ),
    lists: (tenant) =>
      rows<StatusListState>(
        `SELECT id, tenant, purpose, number, length, status_size AS "statusSize", secret, allocated, seq, version
         FROM ${schema}.list WHERE tenant = $1 ORDER BY purpose COLLATE "C", number`,
        tenant,
      ),
    allocate: async ({ tenant, purpose, keys, time }) =>
      inOrder(
        keys.length,
        await rows(`SELECT * FROM ${schema}.allocate($1, $2, $3::text[], $4)`, tenant, purpose, keys, time),
      ),
    find: async ({ tenant, purpose, keys }) =>
      inOrder(keys.length, await rows(`SELECT * FROM ${schema}.find($1, $2, $3::text[])`, tenant, purpose, keys)),
    change: ({ list, changes, time, reason }) =>
      one(
        `SELECT ${schema}.change($1, $2::int[], $3::int[], $4, $5) AS value`,
        list,
        changes.map(({ place }) => place),
        changes.map(({ value }) => value),
        time,
        reason ?? null,
      ),
    values: async (list) => {
      const found = await rows<{ readonly seq: number; readonly place: number | null; readonly value: number }>(
        `SELECT l.seq, e.place, e.value FROM ${schema}.list l
         LEFT JOIN ${schema}.entry e ON e.list = l.id AND e.value <> 0 WHERE l.id = $1 ORDER BY e.place`,
        list,
      )
      if (!found[0]) throw new Error(`there is no list ${list} in the store`)
      const values = found.flatMap(({ place, value }) => (place === null ? [] : [{ place, value }]))
      return { seq: found[0].seq, values }
    },
    events: (list, after, limit) =>
      rows<StatusEvent>(
        `SELECT list, seq, body, hash FROM ${schema}.event WHERE list = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
        list,
        after,
        limit,
      ),
    history: (list, place) =>
      rows<StatusEvent>(
        `SELECT list, seq, body, hash FROM ${schema}.event WHERE list = $1 AND seq IN (
           SELECT seq FROM ${schema}.entry WHERE list = $1 AND place = $2
           UNION SELECT seq FROM ${schema}.change WHERE list = $1 AND place = $2
         ) ORDER BY seq`,
        list,
        place,
      ),
    publish: ({ list, version, covers, validFrom, validUntil, ttl, credential }, event) =>
      one(
        `SELECT ${schema}.publish($1, $2, $3, $4, $5, $6, $7, $8) AS value`,
        ...[list, version, covers, validFrom, validUntil, ttl, credential, event],
      ),
    published: async (list) => {
      const [found] = await rows<PublishedStatusList>(
        `SELECT list, version, covers, valid_from AS "validFrom", valid_until AS "validUntil", ttl, credential
         FROM ${schema}.published WHERE list = $1`,
        list,
      )
      // Clients hand out 64-bit numbers as text, since not all of them fit into a JavaScript number; this one does.
      return found && { ...found, ttl: Number(found.ttl) }
    },
  }
}

/** Looks first, so that a role without the right to make tables can use those that are there. */
async function prepare(client: PostgresClient, schema: string): Promise<void> {
  const { rows } = await client.query('SELECT to_regclass($1) AS found', [`${schema}.migration`])
  if ((rows[0] as { readonly found: string | null } | undefined)?.found) {
    const version = await client.query(`SELECT max(version) AS version FROM ${schema}.migration`)
    if ((version.rows[0] as { readonly version: number | null }).version === migrations(schema).length) return
  }
  await client.query(migrate(schema))
}

interface Found {
  readonly at: number
  readonly list: string
  readonly place: number
}

/** The places of the keys, in their order; the database tells those that it has. */
function inOrder(count: number, found: readonly Found[]): readonly (StatusPlace | undefined)[] {
  const places: (StatusPlace | undefined)[] = new Array(count).fill(undefined)
  for (const { at, list, place } of found) places[at - 1] = { list, place }
  return places
}
