/** `serve`: the VC API on this machine, for programs in other languages; or the server that test suites of others are run against. */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import process from 'node:process'
import { startConformanceServer } from '../../adapters/conformance-server.ts'
import { describe } from '../../encoding/json.ts'
import { httpHandler } from '../../http/handler.ts'
import { toNodeListener } from '../../http/node.ts'
import type { HttpHandlerOptions, HttpTenant } from '../../http/options.ts'
import { type Key, online, type VerifySettings } from '../../index.ts'
import { type Args, type Command, CommandError, exit, usageError } from '../command.ts'
import { codeOf } from '../files.ts'
import { formatOptions, verifiedFormats } from '../formats.ts'
import { readKey } from '../keys.ts'
import { type OpenStatus, openStatusFor, statusOptions } from '../status-folder.ts'
import { printable, type Terminal } from '../terminal.ts'

export const serveCommand: Command = {
  name: 'serve',
  summary: 'answers the VC API on this machine; verifies, and issues with a key',
  usage: [
    'serve [--port N] [--online]',
    'serve --key key.json [--status FOLDER]',
    'serve --conformance --port 40443',
    'serve --conformance --proof-only',
  ],
  options: {
    key: {
      value: 'FILE',
      help: 'Issues and presents with this private key, or that in TESTAMUR_KEY. Default: verifies only.',
    },
    ...statusOptions,
    port: { value: 'N', help: 'Default: one that is free.' },
    online: { help: 'Allows the network: did:web and status lists. Default: nothing is fetched.' },
    conformance: {
      help: 'Serves https for test suites: an issuer with a fresh key for each way of securing, listed at /conformance.json.',
    },
    'proof-only': {
      help: 'With --conformance: the proof alone decides where a request names no checks, for suites that expect it. Not safe elsewhere.',
    },
  },
  details: `Listens on the loopback address alone, prints its URL, and runs until it is interrupted. With a key each request needs
"Authorization: Bearer TOKEN": the token in TESTAMUR_TOKEN, or one that is made and told at the start.

  POST /credentials/issue, /credentials/verify, /credentials/derive
  POST /credentials/status, with --status
  POST /presentations, /presentations/verify
  GET  /status-lists/ID, with --status
  GET  /identifiers/DID

With --status each credential gets its place in a list, and lists are published when they change; one that does not change ends after a
while, so let testamur status publish run every day as well.`,
  words: [0, 0],
  run,
}

/** What runs, and how it ends. */
interface Running {
  readonly url: string
  close(): Promise<void>
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  const port = readPort(args.text('port'))
  const server = await start(args, port, terminal).catch((cause: unknown) => {
    throw unstartable(cause, port)
  })
  const interrupted = signalled()
  terminal.output.write(`${server.url}\n`)
  await interrupted
  await server.close()
  return exit.ok
}

function start(args: Args, port: number, terminal: Terminal): Promise<Running> {
  const onError = (error: unknown): void => {
    terminal.error.write(`testamur: ${printable(describe(error))}\n`)
  }
  if (!args.has('conformance')) {
    if (args.has('proof-only')) throw usageError('serve: --proof-only goes with --conformance')
    return startServer(args, port, terminal, onError)
  }
  for (const name of ['key', 'online', 'status']) {
    if (args.text(name) === undefined && !args.has(name)) continue
    throw usageError(`serve: --${name} does not go with --conformance, which has keys of its own and fetches nothing`)
  }
  return startConformanceServer({ port, proofOnly: args.has('proof-only'), onError })
}

async function startServer(
  args: Args,
  port: number,
  terminal: Terminal,
  onError: (error: unknown) => void,
): Promise<Running> {
  const hasKey = args.text('key') !== undefined || Boolean(terminal.env['TESTAMUR_KEY'])
  const key = hasKey ? await readKey(args, terminal) : undefined
  const folder = args.text('status')
  if (folder !== undefined && !key) throw usageError('serve: --status goes with --key, which signs the lists')
  const status = folder === undefined || !key ? undefined : await openStatusFor(key.controller, folder, terminal)
  try {
    const handle = httpHandler({ ...readTenant(args, terminal, key, status), onError })
    return await listen(handle, port, status)
  } catch (cause) {
    await status?.close()
    throw cause
  }
}

async function listen(
  handle: (request: Request) => Promise<Response>,
  port: number,
  status: OpenStatus | undefined,
): Promise<Running> {
  const server = createServer(toNodeListener(handle))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => close(server, status) }
}

function readTenant(
  args: Args,
  terminal: Terminal,
  key: Key | undefined,
  status: OpenStatus | undefined,
): HttpHandlerOptions {
  const verify = { formats: verifiedFormats, ...(args.has('online') && online()) }
  if (!key) return { tenant: { verify } }
  const format = formatOptions({ disclosable: [], mandatory: [] }, key)
  return {
    tenant: {
      issuer: { key, ...format, ...(status && { status: status.registry }) },
      // Nobody presents by a key that only issues what others show parts of.
      ...(key.algorithm !== 'Bls12381G2' && { holder: { key, ...format } }),
      ...(status && ownLists(status, key, format)),
      verify: { ...verify, ...(status && { loadStatusList: fromOwnLists(status, verify) }) },
    },
    authenticate: bearer(readToken(terminal)),
  }
}

function ownLists({ store, registry }: OpenStatus, key: Key, format: object): Pick<HttpTenant, 'store' | 'status'> {
  if (key.algorithm === 'Bls12381G2') throw usageError('serve: a key of Bls12381G2 cannot sign status lists')
  return { store, status: { registry, publish: { key, ...format } } }
}

/** Our own lists are at hand, whether they are served elsewhere already or not. */
function fromOwnLists(
  { store, registry }: OpenStatus,
  { loadStatusList }: VerifySettings,
): NonNullable<VerifySettings['loadStatusList']> {
  return async (wanted, options) => {
    const list = (await registry.lists()).find(({ url }) => url === wanted)
    const published = list && (await store.published(list.id))
    if (!published) return loadStatusList?.(wanted, options)
    return { document: published.credential, fetchedAt: Date.now(), freshUntil: Date.now() }
  }
}

/** Web pages reach loopback addresses too: whoever signs here says a word that they do not know. */
function readToken({ env, error }: Terminal): string {
  const given = env['TESTAMUR_TOKEN']
  if (given === undefined || given === '') {
    const made = randomBytes(24).toString('base64url')
    error.write(`Authorization: Bearer ${made}\n`)
    return made
  }
  if (/^[\w.~+/=-]{16,}$/.test(given)) return given
  throw usageError('TESTAMUR_TOKEN must be 16 or more letters, digits and -._~+/=')
}

function bearer(token: string): (request: Request) => true | undefined {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  const wanted = hash(`Bearer ${token}`)
  return (request) => timingSafeEqual(hash(request.headers.get('authorization') ?? ''), wanted) || undefined
}

function readPort(text: string | undefined): number {
  if (text === undefined) return 0
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw usageError(`serve: --port "${text}" is no port; write it like --port 8080`)
}

function unstartable(cause: unknown, port: number): unknown {
  const why = { EADDRINUSE: 'is taken', EACCES: 'is kept for the system' }[codeOf(cause) ?? '']
  return why === undefined
    ? cause
    : new CommandError(exit.trouble, `port ${port} ${why}; give another --port, or none`, { cause })
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

async function close(server: Server, status: OpenStatus | undefined): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
  await status?.close()
}
