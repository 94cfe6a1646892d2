/** The status lists of an issuer, as commands find them: a folder with a small file that says where the lists are kept and served. */

import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { fileStatusStore } from '../adapters/file-store.ts'
import { type PostgresClient, postgresStatusStore } from '../adapters/postgres-store.ts'
import { type SqliteDatabase, sqliteStatusStore } from '../adapters/sqlite-store.ts'
import { createStatusRegistry, type StatusPurpose, type StatusRegistry, type StatusStore } from '../index.ts'
import { type Args, CommandError, exit, type OptionInfo, usageError } from './command.ts'
import { readJsonFile, reason, writeWhole } from './files.ts'
import { jsonText, type Terminal } from './terminal.ts'

/** Where the lists are kept. */
export const storeNames = ['file', 'sqlite', 'postgres'] as const

/** What the file in the folder says. It holds no secret. */
export interface StatusFolder {
  readonly store: (typeof storeNames)[number]
  /** Where the lists are served. It is signed into every credential. */
  readonly url: string
  readonly tenant: string
  readonly purposes: readonly StatusPurpose[]
  /** Whose credentials have places in the lists, as soon as there are some. A list by anyone else is of no use to verifiers. */
  readonly issuer?: string
}

/** Open lists. */
export interface OpenStatus {
  readonly store: StatusStore
  readonly registry: StatusRegistry
  close(): Promise<void>
}

/** The option that names the folder. */
export const statusOptions: Readonly<Record<string, OptionInfo>> = {
  status: { value: 'FOLDER', help: 'The folder of your status lists, which testamur status init makes.' },
}

/** The folder that is named, and the other words, of which there are at most so many. */
export interface Named {
  readonly folder: string
  readonly words: readonly string[]
}

/** Finds the folder: `--status` names it, or else a word that is a folder of status lists. */
export function statusFolderOf(args: Args, most: number): Named {
  const given = args.text('status')
  const folder = given ?? args.words.find((word) => existsSync(settingsFile(word)))
  if (folder === undefined) throw usageError('--status is missing: name the folder of the lists')
  const words = given === undefined ? args.words.filter((word) => word !== folder) : args.words
  if (words.length > most) throw usageError(`"${words[most]}" is one word too many`)
  return { folder, words }
}

/** The file that says how the lists are kept. */
export function settingsFile(folder: string): string {
  return join(folder, 'testamur-status.json')
}

/** Opens the lists of a folder. Close them, or the process may not end. */
export async function openStatus(folder: string, terminal: Terminal): Promise<OpenStatus> {
  const { store: name, url, tenant, purposes } = await readSettings(folder)
  const { store, close } = await connect(name, folder, terminal)
  return { store, registry: createStatusRegistry({ store, url, tenant, purposes }), close }
}

/** Opens the lists for an issuer: whoever is given the first place in them. Lists of others are refused. */
export async function openStatusFor(issuer: string, folder: string, terminal: Terminal): Promise<OpenStatus> {
  await assertIssuer(folder, issuer)
  const open = await openStatus(folder, terminal)
  const { registry } = open
  const known = once(() => keepIssuer(folder, issuer))
  const allocate: StatusRegistry['allocate'] = (credential) => known().then(() => registry.allocate(credential))
  const allocateMany: StatusRegistry['allocateMany'] = (ids) => known().then(() => registry.allocateMany(ids))
  return { ...open, registry: { ...registry, allocate, allocateMany } }
}

/** Keys change, the issuer of a list does not: verifiers would leave all of its credentials undecided. */
export async function assertIssuer(folder: string, issuer: string, formerIssuer?: string): Promise<void> {
  const { issuer: known } = await readSettings(folder)
  if (known === undefined || known === issuer || known === formerIssuer) return
  throw usageError(
    `${folder} has the status lists of the issuer ${known}, and the key belongs to ${issuer}: verifiers take a list from the issuer of its credentials alone. Give a key of ${known}; another issuer has a folder of its own (testamur status init). If that one was a mistake, testamur status publish with --former-issuer ${known} makes these lists yours`,
  )
}

/** Remembers whose lists they are. A folder that cannot be written to has lists elsewhere; `publish` looks at those. */
export async function keepIssuer(folder: string, issuer: string): Promise<void> {
  const settings = await readSettings(folder)
  if (settings.issuer === issuer) return
  const text = `${jsonText({ ...settings, issuer }, 2)}\n`
  await writeWhole(settingsFile(folder), text, { force: true }).catch(() => {})
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}

/** What the folder's file says, looked at. */
export async function readSettings(folder: string): Promise<StatusFolder> {
  const file = settingsFile(folder)
  const given = (await readJsonFile(file).catch((cause) => {
    if (cause instanceof CommandError && cause.exitCode !== exit.noInput) throw cause
    throw usageError(`${folder} holds no status lists (${file} is not there); testamur status init makes them`)
  })) as Partial<StatusFolder> | null
  const isSound =
    typeof given === 'object' &&
    storeNames.some((each) => each === given?.store) &&
    typeof given?.url === 'string' &&
    typeof given.tenant === 'string' &&
    Array.isArray(given.purposes) &&
    ['string', 'undefined'].includes(typeof given.issuer)
  if (isSound) return given as StatusFolder
  throw new CommandError(exit.data, `${file} is not as testamur status init wrote it: store, url, tenant, purposes`)
}

interface Connected {
  readonly store: StatusStore
  close(): Promise<void>
}

/** Opens a store. Databases are those that the user has installed. */
export async function connect(name: StatusFolder['store'], folder: string, terminal: Terminal): Promise<Connected> {
  if (name === 'file') return { store: fileStatusStore(join(folder, 'lists')), close: async () => {} }
  if (name === 'postgres') return connectPostgres(terminal.env['TESTAMUR_POSTGRES_URL'])
  const database = openSqlite(join(folder, 'lists.db'))
  return { store: sqliteStatusStore(database), close: async () => database.close() }
}

type Database = SqliteDatabase & { close(): void }

/** The SQLite of Node 22.5 and later, or else better-sqlite3 where the user's project has it. */
function openSqlite(file: string): Database {
  const own = process.getBuiltinModule?.('node:sqlite' as 'node:fs') as unknown as
    | { readonly DatabaseSync: new (file: string) => Database }
    | undefined
  if (own) return new own.DatabaseSync(file)
  const Other = loadOfUser<new (file: string) => Database>('better-sqlite3')
  if (Other) return new Other(file)
  throw usageError('there is no SQLite here: use Node 22.5 or later, or npm install better-sqlite3')
}

async function connectPostgres(url: string | undefined): Promise<Connected> {
  if (!url) throw usageError('the variable TESTAMUR_POSTGRES_URL is missing: postgres://user:password@host/database')
  const pg = loadOfUser<{ readonly Pool: new (options: object) => PostgresClient & { end(): Promise<void> } }>('pg')
  if (!pg) throw usageError('the client of PostgreSQL is missing: npm install pg')
  const pool = new pg.Pool({ connectionString: url, max: 4 })
  return { store: postgresStatusStore(pool), close: () => pool.end() }
}

/** A package of the project in which the program was started. */
function loadOfUser<M>(name: string): M | undefined {
  try {
    return createRequire(join(resolve('.'), 'package.json'))(name) as M
  } catch (cause) {
    if (/Cannot find module/.test(reason(cause))) return undefined
    throw cause
  }
}
