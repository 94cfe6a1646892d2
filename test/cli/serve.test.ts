/** `serve`, run as the built program. */

import { readFileSync } from 'node:fs'
import { request as requestOf } from 'node:https'
import { generateKey, issue, openBadge, present, verify } from 'testamur'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Serving, useProgram } from '../helpers/cli.ts'

const { run, serve, file } = useProgram()
const [school, learner] = [await generateKey(), await generateKey()]
const draft = openBadge({
  name: 'Latin',
  recipient: { id: learner.controller },
  achievement: { name: 'Latin', description: 'Reads Caesar.', criteria: 'Read a book.' },
})
const badge = await issue({ key: school, credential: draft })
const token = 'a-token-for-tests'

let server: Serving | undefined
let did: string
beforeAll(async () => {
  did = (await run(['keygen', '--out', 'key.json'])).out.trim()
})
afterEach(async () => {
  await server?.stop('SIGKILL')
  server = undefined
})

async function started(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Serving> {
  server = await serve(['serve', ...words], { env })
  return server
}

function post(path: string, body: unknown, authorization?: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) }
  return fetch(`${server?.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

describe('without a key', () => {
  it('verifies on the loopback address, issues nothing, and ends well when it is interrupted', async () => {
    const { url, stop } = await started([])
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect((await post('/credentials/verify', { verifiableCredential: badge })).status).toBe(200)
    const forged = { ...badge, name: 'Greek' }
    expect((await post('/credentials/verify', { verifiableCredential: forged })).status).toBe(400)
    expect((await post('/credentials/issue', { credential: draft })).status).toBe(404)
    expect(await stop('SIGINT')).toEqual({ code: 0, out: `${url}\n`, err: '' })
  })

  it('wants the challenge that a presentation answers', async () => {
    await started([])
    const challenge = 'c0ffee'
    const verifiablePresentation = await present({ credentials: [badge], key: learner, challenge })
    const asked = (options?: unknown) => post('/presentations/verify', { verifiablePresentation, options })
    expect((await asked({ challenge })).status).toBe(200)
    expect((await asked({ challenge: 'other' })).status).toBe(400)
    expect((await asked()).status).toBe(400)
  })
})

describe('with a key', () => {
  it('issues to who has the token that it told', async () => {
    const serving = await started(['--key', 'key.json'])
    const line = /^Authorization: (Bearer [\w-]{32})\n$/
    await expect.poll(() => serving.err).toMatch(line)
    const [, told] = line.exec(serving.err) ?? []
    const response = await post('/credentials/issue', { credential: draft }, told)
    expect(response.status).toBe(201)
    const { verifiableCredential } = (await response.json()) as { verifiableCredential: { issuer: string } }
    expect(await verify({ credential: verifiableCredential })).toMatchObject({ verdict: 'valid' })
    expect(verifiableCredential.issuer).toBe(did)
  })

  it.each([undefined, `Bearer ${token}x`, token, 'Bearer '])('refuses who says %j', async (authorization) => {
    await started(['--key', 'key.json'], { TESTAMUR_TOKEN: token })
    expect((await post('/credentials/issue', { credential: draft }, `Bearer ${token}`)).status).toBe(201)
    expect((await post('/credentials/issue', { credential: draft }, authorization)).status).toBe(401)
    expect((await post('/credentials/verify', { verifiableCredential: badge }, authorization)).status).toBe(401)
  })

  it('takes the key from the environment, and prints no token that was given', async () => {
    const env = { TESTAMUR_KEY: readFileSync(file('key.json'), 'utf8'), TESTAMUR_TOKEN: token }
    const { stop } = await started([], env)
    expect((await post('/credentials/issue', { credential: draft }, `Bearer ${token}`)).status).toBe(201)
    expect((await stop()).err).toBe('')
  })
})

describe('--conformance', () => {
  it('serves https with the issuers of every way of securing', async () => {
    const { url, stop } = await started(['--conformance'])
    expect(url).toMatch(/^https:\/\/localhost:\d+$/)
    const { issuers } = (await get(`${url}/conformance.json`)) as { issuers: object }
    expect(Object.keys(issuers)).toContain('bbs-2023')
    expect((await stop()).code).toBe(0)
  })
})

describe('wrong use', () => {
  it.each([
    [['--proof-only'], 'goes with --conformance'],
    [['--conformance', '--key', 'key.json'], '--key does not go with --conformance'],
    [['--conformance', '--online'], '--online does not go with --conformance'],
    [['--port', '70000'], 'is no port'],
    [['--port', '-1'], 'is no port'],
    [['--conformnce'], 'did you mean --conformance?'],
  ])('%j', async (words, text) => {
    expect(await run(['serve', ...words])).toMatchObject({ code: 64, out: '', err: expect.stringContaining(text) })
  })

  it('says which port is taken', async () => {
    const { url } = await started([])
    const { port } = new URL(url)
    for (const more of [[], ['--conformance']]) {
      const { code, err } = await run(['serve', '--port', port, ...more])
      expect([code, err]).toEqual([70, expect.stringContaining(`port ${port} is taken`)])
    }
  })

  it('refuses a token that could be guessed', async () => {
    const { code, err } = await run(['serve', '--key', 'key.json'], { env: { TESTAMUR_TOKEN: 'school' } })
    expect([code, err]).toEqual([64, expect.stringContaining('TESTAMUR_TOKEN')])
  })
})

/** As a suite asks: with whatever certificate there is. */
function get(url: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = requestOf(url, { rejectUnauthorized: false }, async (response) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of response) chunks.push(chunk as Uint8Array)
      resolve(JSON.parse(Buffer.concat(chunks).toString()))
    })
    request.on('error', reject).end()
  })
}
