/** The handler behind servers of Node and behind Hono: the same answers, and no connection that hangs. */

import { once } from 'node:events'
import { createServer, request as requestOf } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Hono } from 'hono'
import { httpHandler, toNodeListener, withoutAuthentication } from 'testamur/http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainCredential, school, signedBadge } from '../helpers/fixtures.ts'

const handle = httpHandler({
  tenant: { issuer: { key: school } },
  authenticate: withoutAuthentication,
  maxBytes: 100_000,
  now: () => new Date('2026-11-22T12:00:00Z'),
})
const server = createServer(toNodeListener(handle))
let url = ''
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const json = { 'content-type': 'application/json' }
const post = (path: string, body: string) => fetch(`${url}${path}`, { method: 'POST', headers: json, body })

describe('behind node:http', () => {
  it('answers as it does by itself', async () => {
    const body = JSON.stringify({ verifiableCredential: await signedBadge() })
    const direct = await handle(new Request('http://x/credentials/verify', { method: 'POST', headers: json, body }))
    const served = await post('/credentials/verify', body)
    expect([served.status, await served.json()]).toEqual([direct.status, await direct.json()])
    expect(served.headers.get('content-type')).toBe('application/json')
    expect((await post('/credentials/issue', JSON.stringify({ credential: plainCredential() }))).status).toBe(201)
    expect((await fetch(`${url}/conformance.json`, { method: 'HEAD' })).status).toBe(200)
    expect((await fetch(`${url}/conformance.json`, { method: 'OPTIONS' })).status).toBe(204)
  })

  it('answers a body that is too large, and takes the next request', async () => {
    const tooLarge = await post('/credentials/verify', ' '.repeat(5_000_000))
    expect([tooLarge.status, (await tooLarge.json()).code]).toEqual([413, 'LIMIT_EXCEEDED'])
    expect((await post('/credentials/verify', '{}')).status).toBe(400)
    expect((await post('/nothing', ' '.repeat(200_000))).status).toBe(404)
    expect((await post('/credentials/verify', '{}')).status).toBe(400)
  })

  it('of a length that is not told', async () => {
    const request = requestOf(`${url}/credentials/verify`, { method: 'POST', headers: json })
    const answered = once(request, 'response')
    for (let sent = 0; sent < 20; sent += 1) request.write(' '.repeat(10_000))
    const [response] = await answered
    expect([response.statusCode, response.headers.connection]).toEqual([413, 'close'])
    request.on('error', () => {})
    request.destroy()
  })

  it('whatever the request line and the Host say', async () => {
    for (const [path, host] of [
      ['//evil.example/credentials/verify', '127.0.0.1'],
      ['/conformance.json', 'a b'],
      ['/%', 'x'],
    ] as const) {
      const request = requestOf({ host: '127.0.0.1', port: new URL(url).port, path, headers: { host } })
      request.end()
      const [response] = await once(request, 'response')
      response.resume()
      expect([path, response.statusCode]).toEqual([path, path === '/conformance.json' ? 200 : 404])
    }
  })

  it('tells a verification that nobody waits for it any more', async () => {
    const aborted = new Promise<unknown>((resolve) => {
      const waiting = httpHandler({
        tenant: {
          verify: {
            resolveDid: (_did, options) =>
              new Promise((_, reject) => {
                options?.signal?.addEventListener('abort', () => {
                  resolve(options.signal?.aborted)
                  reject(new Error('gone'))
                })
              }),
          },
        },
      })
      const slow = createServer(toNodeListener(waiting)).listen(0, '127.0.0.1', async () => {
        const leaving = new AbortController()
        const to = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/credentials/verify`
        const body = JSON.stringify({ verifiableCredential: await signedBadge() })
        fetch(to, { method: 'POST', headers: json, body, signal: leaving.signal }).catch(() => slow.close())
        slow.once('request', () => setTimeout(() => leaving.abort(), 50))
      })
    })
    expect(await aborted).toBe(true)
  })
})

describe('where the body was read before', () => {
  const parsing = async (next?: (error: unknown) => void) => {
    const eager = createServer(async (request, response) => {
      for await (const _ of request);
      toNodeListener(handle)(
        request,
        response,
        next &&
          ((error) => {
            next(error)
            response.end()
          }),
      )
    })
    eager.listen(0, '127.0.0.1')
    await once(eager, 'listening')
    const to = `http://127.0.0.1:${(eager.address() as AddressInfo).port}/credentials/verify`
    const response = await fetch(to, { method: 'POST', headers: json, body: '{}' })
    eager.close()
    return response
  }

  it('says so to the next handler, or answers 500', async () => {
    const errors: unknown[] = []
    await parsing((error) => errors.push(error))
    expect(String(errors[0])).toMatch(/before express\.json\(\)/)
    expect((await parsing()).status).toBe(500)
  })
})

it('fits Hono as it is', async () => {
  const app = new Hono().all('/*', ({ req }) => handle(req.raw))
  const body = JSON.stringify({ credential: plainCredential() })
  expect((await app.request('/credentials/issue', { method: 'POST', headers: json, body })).status).toBe(201)
})
