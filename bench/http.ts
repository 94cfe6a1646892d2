/**
 * `npm run bench:http`: requests a second and the slowest of a hundred, for verifying and issuing an Open Badge over http with many
 * clients at once; and the memory of the server over many requests. `-- --clients 32 --seconds 10 --requests 100000` are the defaults.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request as requestOf } from 'node:http'
import { cpus, loadavg, release, type as system, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { bundle } from '../test/helpers/bundle.ts'

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '32' },
    seconds: { type: 'string', default: '10' },
    requests: { type: 'string', default: '100000' },
  },
})
const [clients, seconds, requests] = [values.clients, values.seconds, values.requests].map(Number) as [
  number,
  number,
  number,
]

interface Call {
  readonly path: string
  readonly body: string
  readonly status: number
}

interface Memory {
  readonly rss: number
  readonly heapUsed: number
}

const load = loadavg()
  .map((each) => each.toFixed(1))
  .join(' ')
const program = await bundle('bench/children/answer.ts')
const child = spawn(process.execPath, ['--expose-gc', program.file], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
const agent = new Agent({ keepAlive: true, maxSockets: clients })
try {
  const [{ port, draft, badge }] = (await once(child, 'message')) as [{ port: number; draft: object; badge: object }]
  const verify = { path: '/credentials/verify', body: JSON.stringify({ verifiableCredential: badge }), status: 200 }
  const issue = { path: '/credentials/issue', body: JSON.stringify({ credential: draft }), status: 201 }
  for (const call of [verify, issue]) await timesOf(port, call, (count, since) => count < 500 || since < 1_000)

  console.log(`Node ${process.version}, ${system()} ${release()}, ${cpus().length} × ${cpus()[0]?.model},`)
  console.log(`${(totalmem() / 2 ** 30).toFixed(0)} GB, load before ${load}; server and clients share the machine\n`)
  console.log(`${clients} clients for ${seconds} s:\n`)
  console.log('| request | requests a second | median ms | p99 ms |\n|---|---:|---:|---:|')
  for (const call of [verify, issue]) {
    const start = performance.now()
    const times = await timesOf(port, call, (_, since) => since < seconds * 1_000)
    const rate = (times.length * 1_000) / (performance.now() - start)
    console.log(`| POST ${call.path} | ${whole(rate)} | ${at(times, 0.5)} | ${at(times, 0.99)} |`)
  }

  console.log(
    `\nMemory of the server, after a collection, over ${whole(requests)} requests, verifying and issuing in turns:\n`,
  )
  console.log('| requests | heap MB | whole process MB |\n|---:|---:|---:|')
  for (let done = 0, step = Math.ceil(requests / 5); ; ) {
    const { heapUsed, rss } = await memoryOf(child)
    console.log(`| ${whole(done)} | ${megabytes(heapUsed)} | ${megabytes(rss)} |`)
    if (done >= requests) break
    const more = Math.min(step, requests - done)
    await timesOf(port, verify, (count) => count < more / 2)
    await timesOf(port, issue, (count) => count < more / 2)
    done += more
  }
} finally {
  agent.destroy()
  child.kill()
  program.remove()
}

/** Every client asks again as soon as it was answered. Milliseconds of each, ascending. */
async function timesOf(
  port: number,
  call: Call,
  goesOn: (count: number, since: number) => boolean,
): Promise<readonly number[]> {
  const start = performance.now()
  const times: number[] = []
  let count = 0
  const client = async (): Promise<void> => {
    while (goesOn(count, performance.now() - start)) {
      count += 1
      const sent = performance.now()
      await ask(port, call)
      times.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return times.sort((a, b) => a - b)
}

function ask(port: number, { path, body, status }: Call): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const request = requestOf({ host: '127.0.0.1', port, path, method: 'POST', headers, agent }, (response) => {
      response.resume()
      if (response.statusCode !== status) reject(new Error(`${path} answered with ${response.statusCode}`))
      response.on('end', resolve)
    })
    request.on('error', reject).end(body)
  })
}

async function memoryOf(server: ChildProcess): Promise<Memory> {
  const answer = once(server, 'message') as Promise<[Memory]>
  server.send('memory')
  return (await answer)[0]
}

function at(times: readonly number[], share: number): string {
  return (times[Math.min(times.length - 1, Math.floor(times.length * share))] as number).toFixed(1)
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1)
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en')
}
