import { createDidResolver, didKey, didWeb, generateKey, issue, online, openBadge, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { createOnline, type Online } from '../src/online.ts'
import { codesOf, judge, now, school, signedBadge } from './helpers/fixtures.ts'
import { startServer } from './helpers/https-server.ts'
import { badgeWith, entryAt, listOf, listUrl, place } from './helpers/status.ts'
import { badgeWithStatus, idx, token, uri } from './helpers/token-status.ts'
import { type FakeAnswer, fakeTransport } from './helpers/transport.ts'
import { webCredential, webDid, webDidUrl, webDocument, webOnline } from './helpers/web-school.ts'

describe('did:web', () => {
  it('is found by the network, once for many credentials', async () => {
    const network = webOnline()
    const credential = await webCredential()
    expect(await judge(credential, network)).toEqual(['valid'])
    expect(await judge(credential, network)).toEqual(['valid'])
    expect(network.asked.map(({ url }) => url.href)).toEqual([webDidUrl])
    expect(network.asked[0]?.headers['accept']).toMatch(/^application\/did\+json/)
  })

  it.each(['application/did+json', 'application/did+ld+json', 'application/did', 'application/ld+json; charset=utf-8'])(
    'is taken as %s',
    async (type) => {
      const answers = { [webDidUrl]: { headers: { 'content-type': type }, body: webDocument } }
      expect(await judge(await webCredential(), webOnline(answers))).toEqual(['valid'])
    },
  )

  it.each([
    [{ status: 404 }, 'KEY_NOT_FOUND'],
    [{ status: 410 }, 'KEY_NOT_FOUND'],
    [{ status: 500 }, 'KEY_UNAVAILABLE'],
    [{ status: 302, headers: { location: 'https://other.example/' } }, 'KEY_UNAVAILABLE'],
    [{ headers: { 'content-type': 'text/html' }, body: webDocument }, 'KEY_UNAVAILABLE'],
    [{ body: '{"id":' }, 'KEY_UNAVAILABLE'],
    [{ body: '[]' }, 'KEY_UNAVAILABLE'],
    [{ body: '{}' }, 'KEY_UNAVAILABLE'],
    [{ body: { ...webDocument, id: 'did:web:college.example' } }, 'KEY_UNAVAILABLE'],
    [{ body: { ...webDocument, assertionMethod: [] } }, 'KEY_PURPOSE_MISMATCH'],
  ] as const)('%j is %s', async (answer, code) => {
    expect(await judge(await webCredential(), webOnline({ [webDidUrl]: answer }))).toEqual([code])
  })

  it('is never asked when nobody went online', async () => {
    expect(await judge(await webCredential())).toEqual(['KEY_UNAVAILABLE'])
  })

  it('works over a real connection, issued and verified', async () => {
    const server = await startServer((request, response) => {
      if (request.url !== '/staff/did.json') response.writeHead(404).end()
      else response.setHeader('content-type', 'application/json').end(JSON.stringify(document))
    }, 'school.example')
    const did = `did:web:school.example%3A${server.port}:staff` as const
    const key = await generateKey({ controller: did })
    const document = {
      id: did,
      verificationMethod: [{ id: key.id, type: 'Multikey', controller: did, publicKeyMultibase: key.id.split('#')[1] }],
      assertionMethod: [key.id],
    }
    const network = createOnline({ ports: [server.port] }, server.transport())
    const achievement = { name: 'Chess', description: 'Plays chess.', criteria: 'Won three games.' }
    const badge = openBadge({ name: 'Chess', recipient: { email: 'ada@example.edu' }, achievement })
    const credential = await issue({ key, credential: badge, resolveDid: network.resolveDid })
    expect(await verify({ credential, ...network })).toMatchObject({ verified: true, issuer: did })
    expect(server.requests()).toBe(1)
    await expect(createOnline({}, server.transport()).resolveDid(did)).rejects.toThrow(/port \d+ is not allowed here/)
    await server.close()
  })
})

describe('did:key', () => {
  it('needs no network', async () => {
    const network = webOnline()
    expect(await judge(await signedBadge(), network)).toEqual(['valid'])
    expect(network.asked).toEqual([])
    expect(await network.resolveDid(school.controller)).toMatchObject({ id: school.controller })
  })
})

const withStatus = await badgeWith()

describe('status lists', () => {
  it.each([
    [[], 'valid'],
    [[[place, 1]], 'REVOKED'],
  ] as const)('with the entries %j set are %s', async (set, verdict) => {
    const network = webOnline({ [listUrl]: { body: await listOf({ set }) } })
    expect(await judge(withStatus, network)).toEqual([verdict])
    expect(network.asked.map(({ url }) => url.href)).toEqual([listUrl])
  })

  it('come as they are, with their times', async () => {
    const headers = { 'content-type': 'application/vc+jwt', 'cache-control': 'max-age=60' }
    const network = webOnline({ [listUrl]: { headers, body: 'a.b.c' } })
    const fetchedAt = now.getTime()
    expect(await network.loadStatusList(listUrl)).toEqual({
      document: 'a.b.c',
      fetchedAt,
      freshUntil: fetchedAt + 60_000,
    })
    const plain = webOnline({ [listUrl]: { headers: { 'content-type': 'text/plain' }, body: '{}' } })
    expect(await plain.loadStatusList(listUrl)).toEqual({ document: '{}', fetchedAt })
  })

  it('Status List Tokens are asked for; one in CBOR is named, and leaves the status open', async () => {
    const credential = await badgeWithStatus()
    const answerOf = (type: string, body: string) => webOnline({ [uri]: { headers: { 'content-type': type }, body } })
    const network = answerOf('application/statuslist+jwt', await token([[idx, 1]]))
    expect(await judge(credential, network)).toEqual(['REVOKED'])
    expect(network.asked[0]?.headers['accept']).toContain('application/statuslist+jwt')
    const report = await verify({ credential, now, ...answerOf('application/statuslist+cwt', 'x') })
    expect(codesOf(report)).toEqual(['STATUS_UNAVAILABLE'])
    expect(JSON.stringify(report)).toContain('application/statuslist+cwt')
  })

  it('are asked for again each time, and not sent again while they are the same', async () => {
    let answer: FakeAnswer = { headers: { etag: '"1"', 'cache-control': 'max-age=600' }, body: '{}' }
    const { transport, asked } = fakeTransport(() => answer)
    const network = createOnline({}, transport)
    await network.loadStatusList(listUrl)
    answer = { status: 304, headers: { etag: '"1"' } }
    expect(await network.loadStatusList(listUrl)).toMatchObject({ document: '{}' })
    expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"'])
  })

  it.each([{ status: 404 }, { status: 500 }, { headers: { 'content-type': 'text/html' }, body: '<p>' }])(
    'that answer with %j leave the credential undecided',
    async (answer) => {
      const report = await verify({ credential: withStatus, now, ...webOnline({ [listUrl]: answer }) })
      expect(report.verdict).toBe('indeterminate')
    },
  )
})

describe('what one call loads', () => {
  const size = JSON.stringify(webDocument).length
  const load = (loaded: number, network: Online, credential: object) =>
    verify({ credential, now, limits: { loaded }, ...network })

  it('is limited over all its look-ups, by what came', async () => {
    const list = await listOf()
    const credential = await webCredential({ credentialStatus: entryAt() })
    const network = () => webOnline({ [listUrl]: { body: list } })
    const all = size + JSON.stringify(list).length
    const codesAt = (loaded: number) =>
      judge(credential, { limits: { loaded }, acceptStatusIssuer: () => true, ...network() })
    expect(await codesAt(all)).toEqual(['valid'])
    expect(await codesAt(all - 1)).toEqual(['LIMIT_EXCEEDED'])
    expect(await codesAt(size - 1)).toEqual(['LIMIT_EXCEEDED'])
  })

  it('is undecided over the limit, with its detail', async () => {
    const report = await load(size - 1, webOnline(), await webCredential())
    expect(report.verdict).toBe('indeterminate')
    expect(report.checks).toContainEqual(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED', detail: { limit: 'loaded', allowed: size - 1 } }),
    )
    expect((await load(size, webOnline(), await webCredential())).verdict).toBe('valid')
  })

  it('counts what is kept as well, so that the cache decides nothing', async () => {
    const network = webOnline()
    expect((await load(size, network, await webCredential())).verdict).toBe('valid')
    expect((await load(size - 1, network, await webCredential())).verdict).toBe('indeterminate')
    expect((await load(size, network, await webCredential())).verdict).toBe('valid')
    expect(network.asked).toHaveLength(1)
  })

  it('asks for nothing more once it is over', async () => {
    const credential = await webCredential()
    const record = { ...credential, proof: [credential['proof'], credential['proof'], credential['proof']] }
    const network = webOnline({ [webDidUrl]: { body: webDocument, headers: { 'cache-control': 'no-store' } } })
    expect((await load(size - 1, network, record)).verdict).toBe('indeterminate')
    expect(network.asked).toHaveLength(1)
  })
})

describe('contexts', () => {
  const url = 'https://choir.example/context.json'
  const document = { '@context': { voice: 'https://choir.example/terms#voice' } }

  it('are fetched when they were named', async () => {
    const network = webOnline({ [url]: { body: document } }, { contexts: [url] })
    expect(await network.loadDocument?.(url)).toEqual(document)
    expect(await network.loadDocument?.('https://choir.example/context.json?')).toBeUndefined()
    expect(await network.loadDocument?.('https://other.example/context.json')).toBeUndefined()
    expect(network.asked.map((request) => request.url.href)).toEqual([url])
  })

  it('that are bundled are not fetched, even when they were named', async () => {
    const contexts = ['https://www.w3.org/ns/credentials/v2']
    const network = webOnline({}, { contexts })
    expect(await judge(await webCredential(), network)).toEqual(['valid'])
    expect(network.asked.map((request) => request.url.href)).toEqual([webDidUrl])
  })

  it('are not fetched otherwise', () => {
    expect(Object.keys(webOnline())).toEqual(['resolveDid', 'loadStatusList'])
  })
})

describe('options', () => {
  it('are not needed; then every call shares one cache', () => {
    expect(online()).toBe(online())
    expect(online({})).not.toBe(online())
    expect(Object.isFrozen(online())).toBe(true)
  })

  it('may hold a fetch of the own, with the same limits', async () => {
    const fetch = async () =>
      new Response(JSON.stringify(webDocument), { headers: { 'content-type': 'application/json' } })
    expect(await judge(await webCredential(), online({ fetch }))).toEqual(['valid'])
    expect(await judge(await webCredential(), online({ fetch, maxBytes: 100 }))).toEqual(['KEY_UNAVAILABLE'])
  })

  it.each([
    [null, 'an object of options'],
    ['https://school.example', 'an object of options'],
    [{ timeOut: 1 }, 'there is no option "timeOut" (did you mean "timeout"?); the options are contexts,'],
    [{ timeout: 0 }, 'timeout must be a number from 1 on'],
    [{ timeout: '10' }, 'timeout must be a number'],
    [{ timeout: Number.NaN }, 'timeout must be a number'],
    [{ maxBytes: Number.POSITIVE_INFINITY }, 'maxBytes must be a number'],
    [{ maxRequests: 0 }, 'maxRequests must be a number from 1 on'],
    [{ maxAge: -1 }, 'maxAge must be a number from 0 on'],
    [{ cacheBytes: -1 }, 'cacheBytes must be a number from 0 on'],
    [{ ports: 443 }, 'ports must be a list'],
    [{ ports: [0] }, 'ports must be a list'],
    [{ contexts: 'https://choir.example/' }, 'contexts must be a list of https URLs'],
    [{ contexts: ['http://choir.example/'] }, 'contexts must be a list of https URLs'],
    [{ acceptAddress: true }, 'acceptAddress must be a function'],
    [{ fetch: {} }, 'fetch must be a function'],
    [{ now: new Date() }, 'now must be a function'],
  ])('%j are refused: %s', (options, message) => {
    expect(() => online(options as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
    expect(() => online(options as never)).toThrow(message)
  })
})

describe('a resolver put together by hand', () => {
  it('takes did:web by a fetch of the own', async () => {
    const fetchJson = async (url: string) => (url === webDidUrl ? webDocument : undefined)
    const resolveDid = createDidResolver({ key: didKey(), web: didWeb({ fetchJson }) })
    expect(await judge(await webCredential(), { resolveDid })).toEqual(['valid'])
    expect(await resolveDid(webDid)).toEqual(webDocument)
  })
})
