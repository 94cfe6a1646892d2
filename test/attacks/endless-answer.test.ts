/** Attack: the issuer's server answers without end, or with little that unpacks to much, or so slowly that the verifier waits for ever. */

import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, it } from 'vitest'
import { createOnline } from '../../src/online.ts'
import { startServer } from '../helpers/https-server.ts'

const maxBytes = 100_000
const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20))
const nothing = gzipSync('')

const behaviours: Readonly<Record<string, (response: ServerResponse) => void>> = {
  good: (response) => response.end(documentOf('good')),
  packed: (response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(documentOf('packed'))),
  full: (response) => response.end(documentOf('full').padEnd(maxBytes)),
  'over-full': (response) => response.end(documentOf('over-full').padEnd(maxBytes + 1)),
  endless: (response) => pour(response, Buffer.alloc(10_000, 0x20)),
  bomb: (response) => response.setHeader('content-encoding', 'gzip').end(bomb),
  'endless-emptiness': (response) => pour(response.setHeader('content-encoding', 'gzip'), nothing),
  silent: () => {},
  'silent-body': (response) => response.flushHeaders(),
  'letter-by-letter': (response) => drip(response),
}
const server = await startServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  behaviours[(request.url ?? '').split('/')[1] ?? '']?.(response)
}, 'school.example')
afterAll(() => server.close())

function didOf(name: string): string {
  return `did:web:school.example%3A${server.port}:${name}`
}

function documentOf(name: string): string {
  return JSON.stringify({ id: didOf(name) })
}

/** Writes for as long as the other side reads. */
function pour(response: ServerResponse, bytes: Buffer): void {
  const more = () => {
    while (!response.destroyed && response.write(bytes));
  }
  response.on('drain', more)
  more()
}

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 5)
  response.on('close', () => clearInterval(timer))
}

function resolve(name: string, timeout = 20_000) {
  return createOnline({ ports: [server.port], maxBytes, timeout }, server.transport()).resolveDid(didOf(name))
}

it.each(['over-full', 'endless', 'bomb', 'endless-emptiness'])('%s: stopped at the limit', async (name) => {
  expect(bomb.length).toBeLessThan(maxBytes)
  await expect(resolve(name)).rejects.toThrow(`the answer is larger than ${maxBytes} bytes`)
})

it.each(['silent', 'silent-body', 'letter-by-letter'])('%s: given up in time', async (name) => {
  await expect(resolve(name, 100)).rejects.toThrow('no answer within 100 milliseconds')
})

it.each(['good', 'packed', 'full'])('%s: taken', async (name) => {
  expect(await resolve(name)).toEqual({ id: didOf(name) })
})
