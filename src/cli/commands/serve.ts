/** `serve`: the VC API on this machine, for programs in other languages; or the server that test suites of others are run against. */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import process from 'node:process'
import { startConformanceServer } from '../../adapters/conformance-server.ts'
import { httpHandler } from '../../http/handler.ts'
import { toNodeListener } from '../../http/node.ts'
import type { HttpHandlerOptions } from '../../http/options.ts'
import { online } from '../../index.ts'
import { type Args, type Command, CommandError, exit, usageError } from '../command.ts'
import { codeOf } from '../files.ts'
import { readKey } from '../keys.ts'
import { printable, type Terminal } from '../terminal.ts'

export const serveCommand: Command = {
  name: 'serve',
  summary: 'answers the VC API on this machine; verifies, and issues with a key',
  usage: [
    'serve [--port N] [--online]',
    'serve --key key.json',
    'serve --conformance --port 40443',
    'serve --conformance --proof-only',
  ],
  options: {
    key: {
      value: 'FILE',
      help: 'Issues and presents with this private key, or that in TESTAMUR_KEY. Default: verifies only.',
    },
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
  POST /presentations, /presentations/verify
  GET  /identifiers/DID`,
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
    terminal.error.write(`testamur: ${printable(error instanceof Error ? error.message : String(error))}\n`)
  }
  if (!args.has('conformance')) {
    if (args.has('proof-only')) throw usageError('serve: --proof-only goes with --conformance')
    return startServer(args, port, terminal, onError)
  }
  for (const name of ['key', 'online']) {
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
  const handle = httpHandler({ ...(await readTenant(args, terminal)), onError })
  const server = createServer(toNodeListener(handle))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => close(server) }
}

async function readTenant(args: Args, terminal: Terminal): Promise<HttpHandlerOptions> {
  const verify = args.has('online') ? online() : {}
  if (args.text('key') === undefined && !terminal.env['TESTAMUR_KEY']) return { tenant: { verify } }
  const key = await readKey(args, terminal)
  return { tenant: { issuer: { key }, holder: { key }, verify }, authenticate: bearer(readToken(terminal)) }
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

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
