/** Status lists in SQLite and PostgreSQL, a server that keeps them, and what `--online` fetches not, with the built program. */

import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { type JsonObject, openBadge } from 'testamur'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Serving, useProgram } from '../helpers/cli.ts'
import { startServer } from '../helpers/https-server.ts'

const { run, serve, file, folder } = useProgram()
const url = 'https://school.example/status'
const ownSqlite = process.getBuiltinModule?.('node:sqlite' as 'node:fs') !== undefined
const otherSqlite = resolve('test/sqlite/node_modules/better-sqlite3')
const draft = openBadge({
  name: 'Latin',
  recipient: { id: 'did:example:ada' },
  achievement: { name: 'Latin', description: 'Reads Caesar.', criteria: 'Read a book.' },
})

beforeAll(async () => {
  await run(['keygen', '--out', 'key.json'])
  writeFileSync(file('draft.json'), JSON.stringify({ ...draft, id: 'urn:example:1' }))
  mkdirSync(join(folder, 'node_modules/pg'), { recursive: true })
  if (!ownSqlite && existsSync(otherSqlite)) symlinkSync(otherSqlite, join(folder, 'node_modules/better-sqlite3'))
}, 240_000)

/** A credential gets its place, is revoked, and the list says so. */
async function useStore(lists: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const ran = async (...given: readonly string[]) => {
    const { code, out, err } = await run(given, { env })
    expect([given, code, err]).toEqual([given, 0, expect.any(String)])
    return out
  }
  await ran('status', 'init', lists, '--url', url, ...words)
  const issue = ['issue', 'draft.json', '--key', 'key.json', '--issuer-name', 'School', '--status', lists]
  const { credentialStatus } = JSON.parse(await ran(...issue))
  expect(credentialStatus.statusListCredential).toMatch(/^https:\/\/school\.example\/status\//)
  // The same id has the same place, in another process.
  expect(JSON.parse(await ran(...issue)).credentialStatus).toEqual(credentialStatus)
  await ran('status', 'revoke', 'urn:example:1', '--status', lists, '--reason', 'a trial')
  await ran('status', 'publish', '--status', lists, '--key', 'key.json', '--out', `${lists}-published`)
  expect(await ran('status', 'list', '--status', lists)).toContain('revocation')
}

describe('--store sqlite', () => {
  it.skipIf(!ownSqlite && !existsSync(otherSqlite))(
    'keeps the lists in a file',
    async () => {
      await useStore('sqlite', ['--store', 'sqlite'])
      expect(existsSync(file('sqlite/lists.db'))).toBe(true)
    },
    240_000,
  )

  it.skipIf(ownSqlite || existsSync(otherSqlite))('says what is missing where there is no SQLite', async () => {
    const { code, err } = await run(['status', 'init', 'none', '--url', url, '--store', 'sqlite'])
    expect([code, err]).toEqual([64, expect.stringContaining('npm install better-sqlite3')])
  })
})

describe('--store postgres', () => {
  it('wants the URL of a database from the environment', async () => {
    const { code, err } = await run(['status', 'init', 'none', '--url', url, '--store', 'postgres'])
    expect([code, err]).toEqual([64, expect.stringContaining('TESTAMUR_POSTGRES_URL is missing')])
  })

  // The client is the user's own: here one on PGlite, of which each command starts its own over the same folder.
  it('keeps the lists in a database', async () => {
    const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite')
    writeFileSync(
      file('node_modules/pg/index.js'),
      `const { PGlite } = require(${JSON.stringify(pglite)})
exports.Pool = class {
  constructor({ connectionString }) { this.db = new PGlite(new URL(connectionString).pathname) }
  query(text, values) { return this.db.query(text, values) }
  end() { return this.db.close() }
}`,
    )
    await useStore('postgres', ['--store', 'postgres'], { TESTAMUR_POSTGRES_URL: `postgres://x${file('database')}` })
  }, 240_000)
})

/** What is looked at of a credential that was issued with a place in a list. */
interface Issued {
  readonly id: string
  readonly credentialStatus: { readonly statusListCredential: string }
}

describe('serve --status', () => {
  let server: Serving | undefined
  afterEach(() => server?.stop('SIGKILL'))

  it('gives what it issues a place, revokes it, and serves the list', async () => {
    await run(['status', 'init', 'served', '--url', url])
    const env = { TESTAMUR_TOKEN: 'a-token-for-tests' }
    server = await serve(['serve', '--key', 'key.json', '--status', 'served'], { env })
    const ask = async (path: string, body?: unknown, token = env.TESTAMUR_TOKEN) => {
      const headers = {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      }
      const response = await fetch(`${server?.url}${path}`, {
        headers,
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      })
      return { status: response.status, body: (await response.json()) as JsonObject }
    }
    const { body } = await ask('/credentials/issue', { credential: draft })
    const verifiableCredential = body['verifiableCredential'] as unknown as Issued
    const entry = verifiableCredential.credentialStatus
    expect(entry.statusListCredential.startsWith(`${url}/`)).toBe(true)
    expect((await ask('/credentials/verify', { verifiableCredential })).status).toBe(200)
    expect((await ask('/credentials/status', { credentialId: verifiableCredential.id })).status).toBe(200)
    expect((await ask('/credentials/verify', { verifiableCredential })).body['code']).toBe('REVOKED')
    const list = await ask(`/status-lists/${entry.statusListCredential.slice(url.length + 1)}`, undefined, 'nobody')
    expect([list.status, list.body['id']]).toEqual([200, entry.statusListCredential])
    expect((await server.stop()).code).toBe(0)
  }, 240_000)

  it.each([
    [['--status', 'served'], '--status goes with --key'],
    [['--status', 'nowhere', '--key', 'key.json'], 'testamur status init'],
    [['--conformance', '--status', 'served'], '--status does not go with --conformance'],
  ])('not with %j', async (words, text) => {
    expect(await run(['serve', ...words])).toMatchObject({ code: 64, err: expect.stringContaining(text) })
  })
})

describe('--online', () => {
  it('never fetches from this machine or its networks, and says why', async () => {
    const server = await startServer((_request, response) => response.end('{}'), 'localhost')
    const { port } = server
    try {
      for (const [where, why] of [
        [`https://localhost:${port}/badge`, 'only 443'],
        ['https://localhost/badge', 'localhost'],
        ['https://127.0.0.1/badge', 'not by an IP address'],
        ['https://[::1]/badge', 'not by an IP address'],
        ['https://2130706433/badge', 'not by an IP address'],
        ['http://school.example/badge', 'only https'],
      ] as const) {
        const { code, err } = await run(['verify', where, '--online'])
        expect([where, code === 66 || code === 64, err]).toEqual([where, true, expect.stringContaining(why)])
      }
    } finally {
      expect(server.requests()).toBe(0)
      await server.close()
    }
  }, 240_000)
})
