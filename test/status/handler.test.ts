import { createStatusRegistry, memoryStatusStore, publish, statusListHandler, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { now, school } from '../helpers/fixtures.ts'

const store = memoryStatusStore()
const registry = createStatusRegistry({ store, url: 'https://school.example/status', now: () => now })
await registry.allocate({ id: 'urn:example:1' })
await publish({ registry, key: school })
const [list] = await registry.lists()
const url = list?.url as string
const handle = statusListHandler({ store, now: () => now })
const get = (headers: Record<string, string> = {}, method = 'GET', at = url) =>
  handle(new Request(at, { method, headers }))

describe('statusListHandler', () => {
  it('serves the list as it was published, so that it verifies', async () => {
    const response = await get()
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/vc',
      'cache-control': 'public, max-age=300',
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      'last-modified': 'Sun, 22 Nov 2026 12:00:00 GMT',
      vary: 'accept',
      'access-control-allow-origin': '*',
    })
    const text = await response.text()
    expect(response.headers.get('content-length')).toBe(String(text.length))
    expect(text).toBe((await store.published(list?.id as string))?.credential)
    expect((await verify({ credential: text, now })).verdict).toBe('valid')
  })

  it('serves HEAD with the same headers and no body', async () => {
    const [head, whole] = [await get({}, 'HEAD'), await get()]
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(whole.headers))
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it('answers 304 to whoever has it, until there is another version', async () => {
    const etag = (await get()).headers.get('etag') as string
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const response = await get({ 'if-none-match': known })
      expect([response.status, await response.text()], known).toEqual([304, ''])
      expect(response.headers.get('etag')).toBe(etag)
      expect(response.headers.get('cache-control')).toBe('public, max-age=300')
    }
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200)
    await registry.set({ credentialId: 'urn:example:1' })
    await publish({ registry, key: school })
    const response = await get({ 'if-none-match': etag })
    expect(response.status).toBe(200)
    expect(response.headers.get('etag')).not.toBe(etag)
  })

  it.each([
    [undefined, 'application/vc'],
    ['*/*', 'application/vc'],
    ['application/*', 'application/vc'],
    ['application/json', 'application/json'],
    ['application/ld+json;q=0.5, application/json;q=0.4', 'application/ld+json'],
    ['application/vc;q=0.1, application/json', 'application/json'],
    ['application/vc;q=0, */*', 'application/ld+json'],
    ['text/html, application/xhtml+xml, */*;q=0.8', 'application/vc'],
  ])('takes Accept: %s for %s', async (accept, type) => {
    const response = await get(accept === undefined ? {} : { accept })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
  })

  it('has another ETag for another media type', async () => {
    const etags = await Promise.all(
      ['application/vc', 'application/ld+json', 'application/json'].map(
        async (accept) => (await get({ accept })).headers.get('etag') as string,
      ),
    )
    expect(new Set(etags).size).toBe(3)
    const other = await get({ accept: 'application/json', 'if-none-match': etags[0] as string })
    expect(other.status).toBe(200)
  })

  it.each<readonly [string, number, () => Promise<Response>]>([
    ['an unknown list', 404, () => get({}, 'GET', 'https://school.example/status/unknown')],
    ['no list', 404, () => get({}, 'GET', 'https://school.example/status/')],
    ['a way out of the folder', 404, () => get({}, 'GET', 'https://school.example/status/..%2f..%2fetc')],
    ['POST', 405, () => get({}, 'POST')],
    ['DELETE', 405, () => get({}, 'DELETE')],
    ['text/html alone', 406, () => get({ accept: 'text/html' })],
  ])('answers %s with %i as a problem', async (_name, status, ask) => {
    const response = await ask()
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ status, type: 'about:blank', title: expect.any(String) })
    if (status === 405) expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  })

  it('answers 503, and tells nothing of why, when the store is in trouble', async () => {
    const down = statusListHandler({ store: { published: () => Promise.reject(new Error('password wrong')) } })
    const response = await down(new Request(url))
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30'])
    expect(await response.text()).not.toContain('password')
  })

  it('lets nobody keep a list beyond its end', async () => {
    const at = (time: string) => statusListHandler({ store, now: () => new Date(time) })(new Request(url))
    expect((await at('2026-11-29T11:59:00Z')).headers.get('cache-control')).toBe('public, max-age=60')
    expect((await at('2026-11-30T00:00:00Z')).headers.get('cache-control')).toBe('public, max-age=0')
  })

  it('finds lists where you say they are', async () => {
    const listOf = (asked: URL) => asked.searchParams.get('list') ?? undefined
    const handler = statusListHandler({ store, listOf })
    expect((await handler(new Request(`https://school.example/?list=${list?.id}`))).status).toBe(200)
    expect((await handler(new Request(url))).status).toBe(404)
  })

  it('answers OPTIONS, and refuses a store that is none', async () => {
    expect((await get({}, 'OPTIONS')).headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    expect(() => statusListHandler({} as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})
