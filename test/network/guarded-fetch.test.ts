import { afterEach, describe, expect, it, vi } from 'vitest'
import { createGuardedFetch, type FetchSettings, type Wanted } from '../../src/network/guarded-fetch.ts'
import { type FakeAnswer, fakeTransport } from '../helpers/transport.ts'

const url = 'https://school.example/list'
const json: Wanted = {
  name: 'json',
  accept: 'application/json',
  types: /^application\/json$/,
  read: (text) => JSON.parse(text),
}

type AnswerTo = Parameters<typeof fakeTransport>[0]

/** A fetch over a network of the test's own, with a clock that the test sets. */
function network(answerTo: AnswerTo, more: Partial<FetchSettings> = {}) {
  const { transport, asked } = fakeTransport(answerTo)
  const clock = { time: Date.parse('2026-11-22T12:00:00Z') }
  const limits = { timeout: 1000, maxBytes: 1000, maxRequests: 100, ports: [443], maxAge: 3600, cacheBytes: 100_000 }
  const fetch = createGuardedFetch({ transport, now: () => new Date(clock.time), ...limits, ...more })
  return {
    asked,
    fetch,
    get: async (text = url, wanted = json, signal?: AbortSignal) =>
      (await fetch(text, wanted, signal ? { signal } : {})).content,
    pass: (seconds: number) => {
      clock.time += seconds * 1000
    },
  }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('what comes', () => {
  it('is read; the request says what is wanted', async () => {
    const { get, asked } = network(() => ({ body: { a: 1 } }))
    expect(await get()).toEqual({ a: 1 })
    expect(asked).toMatchObject([{ url: new URL(url), headers: { accept: 'application/json' }, maxBytes: 1000 }])
  })

  it.each([404, 410])('is "there is none" for status %d', async (status) => {
    expect(await network(() => ({ status })).get()).toBeUndefined()
  })

  it.each([100, 201, 204, 206, 300, 304, 400, 401, 403, 429, 500, 503])(
    'is "could not find out" for status %d',
    async (status) => {
      await expect(network(() => ({ status, body: {} })).get()).rejects.toThrow(
        `${url}: the server answered with status ${status}`,
      )
    },
  )

  it.each(['text/html', 'image/png', 'application/jsonp', 'text/plain; x=application/json', ''])(
    'is refused as %j',
    async (type) => {
      const { get } = network(() => ({ headers: { 'content-type': type }, body: {} }))
      await expect(get()).rejects.toThrow(/the answer is of the type .*; it should be application\/json/)
    },
  )

  it.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
  ])('is taken as %j', async (type) => {
    const { get } = network(() => ({ headers: { 'content-type': type }, body: [] }))
    expect(await get()).toEqual([])
  })

  it('is refused in another encoding than UTF-8, said or not', async () => {
    const type = 'application/json; charset=iso-8859-1'
    await expect(network(() => ({ headers: { 'content-type': type }, body: {} })).get()).rejects.toThrow('UTF-8')
    await expect(network(() => ({ body: Uint8Array.of(0x22, 0xff, 0x22) })).get()).rejects.toThrow('UTF-8')
  })

  it('is refused where it cannot be read', async () => {
    await expect(network(() => ({ body: '{"a":' })).get()).rejects.toThrow(/^https:\/\/school\.example\/list: /)
  })
})

describe('a redirect', () => {
  const to = (location: string, status = 302): FakeAnswer => ({ status, headers: { location } })

  it.each([301, 302, 303, 307, 308])('of status %d is followed within the origin', async (status) => {
    const { get, asked } = network(({ url }) => (url.pathname === '/list' ? to('/lists/1#x', status) : { body: 1 }))
    expect(await get()).toBe(1)
    expect(asked.map((request) => request.url.href)).toEqual([url, 'https://school.example/lists/1'])
  })

  it('is followed three times at most', async () => {
    const steps = (last: number) =>
      network(({ url }) => {
        const step = Number(url.searchParams.get('step'))
        return step < last ? to(`?step=${step + 1}`) : { body: step }
      })
    expect(await steps(3).get()).toBe(3)
    const { get, asked } = steps(4)
    await expect(get()).rejects.toThrow('more than 3 redirects')
    expect(asked).toHaveLength(4)
  })

  it.each([
    ['https://college.example/list', 'another origin'],
    ['https://school.example:8443/list', 'another origin'],
    ['http://school.example/list', 'another origin'],
    ['//college.example/list', 'another origin'],
    ['https://127.0.0.1/list', 'another origin'],
    ['https://ada:secret@school.example/list', 'user name or password'],
    [`/${'a'.repeat(3000)}`, 'longer than'],
    ['https://', 'does not say where to'],
  ])('to %.40s is not: %s', async (location, reason) => {
    const { get, asked } = network(() => to(location))
    await expect(get()).rejects.toThrow(reason)
    expect(asked).toHaveLength(1)
  })

  it('without a place is refused', async () => {
    await expect(network(() => ({ status: 302 })).get()).rejects.toThrow('does not say where to')
  })
})

describe('limits', () => {
  it('of time hold for a server that never answers', async () => {
    vi.useFakeTimers()
    const { get, asked } = network(() => new Promise(() => {}))
    const answer = get()
    const settled = expect(answer).rejects.toThrow(`${url}: no answer within 1000 milliseconds`)
    await vi.advanceTimersByTimeAsync(999)
    expect(asked[0]?.signal.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await settled
    expect(asked[0]?.signal.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('of time leave nothing behind when the answer comes', async () => {
    vi.useFakeTimers()
    await network(() => ({ body: 1 })).get()
    await expect(network(() => ({ status: 500 })).get()).rejects.toThrow('500')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('of time hold for all redirects together', async () => {
    vi.useFakeTimers()
    const { get, asked } = network(async () => {
      await new Promise((resolve) => setTimeout(resolve, 600))
      return { status: 302, headers: { location: '/list' } }
    })
    const settled = expect(get()).rejects.toThrow('no answer within 1000 milliseconds')
    await vi.advanceTimersByTimeAsync(5000)
    await settled
    expect(asked).toHaveLength(2)
  })

  it('of requests hold for each minute, redirects counted', async () => {
    const { get, pass } = network(
      ({ url }) => (url.pathname === '/moved' ? { status: 301, headers: { location: '/a' } } : { body: 1 }),
      { maxRequests: 3, cacheBytes: 0 },
    )
    await get()
    await get('https://school.example/moved')
    await expect(get()).rejects.toThrow('more than 3 requests in one minute')
    pass(59)
    await expect(get()).rejects.toThrow('more than 3 requests')
    pass(1)
    expect(await get()).toBe(1)
  })

  it('end the work when the signal says so, and only for who gave it', async () => {
    const { get, asked } = network(() => new Promise((resolve) => setImmediate(() => resolve({ body: 1 }))))
    const [first, second] = [new AbortController(), new AbortController()]
    const answers = [get(url, json, first.signal), get(url, json, second.signal)] as const
    first.abort(new Error('enough'))
    await expect(answers[0]).rejects.toThrow(/^enough$/)
    expect(await answers[1]).toBe(1)
    expect(asked).toHaveLength(1)
    await expect(get(url, json, first.signal)).rejects.toThrow('enough')
  })

  it('give the request up when nobody waits any more', async () => {
    const { get, asked } = network(() => new Promise(() => {}))
    const stop = new AbortController()
    const answers = [get(url, json, stop.signal), get(url, json, stop.signal)]
    stop.abort(new Error('enough'))
    for (const answer of answers) await expect(answer).rejects.toThrow('enough')
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true])
  })
})

describe('what several ask for at once', () => {
  it('is asked once, and a failure is not kept', async () => {
    let status = 500
    const { get, asked } = network(() => ({ status, body: 1 }))
    for (const answer of await Promise.allSettled([get(), get(), get()])) expect(answer.status).toBe('rejected')
    expect(asked).toHaveLength(1)
    status = 200
    expect(await Promise.all([get(), get()])).toEqual([1, 1])
    expect(asked).toHaveLength(2)
  })

  it('is kept apart by what it shall be', async () => {
    const { get, asked } = network(() => ({ body: '1' }))
    const text = { ...json, name: 'text', read: (content: string) => content }
    expect(await Promise.all([get(), get(url, text)])).toEqual([1, '1'])
    expect(asked).toHaveLength(2)
  })
})

describe('the cache', () => {
  const counted = (headers: Record<string, string> = {}, more: Partial<FetchSettings> = {}) => {
    let version = 0
    return network(() => {
      version += 1
      return { headers, body: version }
    }, more)
  }

  it.each([
    [{}, 300],
    [{ 'cache-control': 'public' }, 300],
    [{ 'cache-control': 'max-age=20' }, 20],
    [{ 'cache-control': 'private, Max-Age=20, must-revalidate' }, 20],
    [{ 'cache-control': 'max-age="20"' }, 20],
    [{ 'cache-control': 's-maxage=20' }, 300],
    [{ 'cache-control': 'max-age=20', age: '5' }, 15],
    [{ 'cache-control': 'max-age=20', age: 'old' }, 20],
    [{ 'cache-control': 'max-age=99999999999999999999' }, 3600],
  ])('uses an answer with %j for %d seconds', async (headers, seconds) => {
    const { get, pass } = counted(headers)
    expect(await get()).toBe(1)
    pass(seconds - 1)
    expect(await get()).toBe(1)
    pass(1)
    expect(await get()).toBe(2)
  })

  it.each([
    { 'cache-control': 'no-store' },
    { 'cache-control': 'max-age=60, No-Store' },
    { 'cache-control': 'no-cache' },
    { 'cache-control': 'no-cache="x", max-age=60' },
    { 'cache-control': 'max-age=0' },
    { 'cache-control': 'max-age=20', age: '20' },
  ])('asks again after %j', async (headers) => {
    const { get } = counted(headers)
    expect([await get(), await get()]).toEqual([1, 2])
  })

  it('says when it asked, and until when the answer is good', async () => {
    const askedAt = Date.parse('2026-11-22T12:00:00Z')
    const times = async (headers: Record<string, string>) => {
      const { freshUntil, ...more } = await counted(headers).fetch(url, json)
      return { ...more, seconds: (freshUntil - askedAt) / 1000 }
    }
    expect(await times({})).toMatchObject({ content: 1, askedAt, seconds: 300, stated: false })
    expect(await times({ 'cache-control': 'max-age=60', age: '10' })).toMatchObject({ seconds: 50, stated: true })
    expect(await times({ 'cache-control': 'no-store' })).toMatchObject({ content: 1, seconds: 0, stated: true })
  })

  it('uses nothing longer than maxAge, nor when the clock goes back', async () => {
    const { get, pass } = counted({ 'cache-control': 'max-age=600' }, { maxAge: 10 })
    expect(await get()).toBe(1)
    pass(-1)
    expect(await get()).toBe(2)
    pass(10)
    expect(await get()).toBe(3)
  })

  it('keeps "there is none" for a minute at most', async () => {
    const headers = { 'cache-control': 'max-age=600' }
    const { get, pass, asked } = network(() => ({ status: 404, headers }))
    await get()
    pass(59)
    await get()
    expect(asked).toHaveLength(1)
    pass(1)
    await get()
    expect(asked).toHaveLength(2)
  })

  it('asks whether what it keeps still holds, and gives the same value', async () => {
    const headers = { etag: '"1"', 'cache-control': 'max-age=10' }
    const { get, pass, asked } = network((request) =>
      request.headers['if-none-match'] === '"1"' ? { status: 304, headers } : { headers, body: { a: 1 } },
    )
    const first = await get()
    pass(10)
    expect(await get()).toBe(first)
    pass(9)
    expect(await get()).toBe(first)
    expect(asked.map((request) => request.headers['if-none-match'])).toEqual([undefined, '"1"'])
    expect(await get(url, { ...json, alwaysAsk: true })).toBe(first)
    expect(asked).toHaveLength(3)
  })

  it('asks that only where the answer came from', async () => {
    let place = '/1'
    const { get, pass, asked } = network(({ url }) =>
      url.pathname === '/list'
        ? { status: 302, headers: { location: place } }
        : { headers: { etag: '"1"' }, body: `"${url.pathname}"` },
    )
    expect(await get()).toBe('/1')
    pass(300)
    place = '/2'
    expect(await get()).toBe('/2')
    expect(asked.map((request) => request.headers['if-none-match'])).toEqual(Array(4).fill(undefined))
    pass(300)
    await get()
    expect(asked.map((request) => request.headers['if-none-match']).slice(4)).toEqual([undefined, '"1"'])
  })

  it('forgets what was there before an answer that may not be kept', async () => {
    let headers: Record<string, string> = { etag: '"1"' }
    const { get, pass, asked } = network(() => ({ headers, body: 1 }))
    await get()
    pass(300)
    headers = { 'cache-control': 'no-store' }
    await get()
    await get()
    expect(asked.map((request) => request.headers['if-none-match'])).toEqual([undefined, '"1"', undefined])
  })

  it('keeps what was used last, within its bytes', async () => {
    const { get, asked } = network(() => ({ body: `"${'x'.repeat(900)}"` }), { cacheBytes: 4000 })
    const [a, b, c] = ['a', 'b', 'c'].map((name) => `https://school.example/${name}`)
    await get(a)
    await get(b)
    await get(a)
    await get(c)
    expect(asked).toHaveLength(3)
    await get(a)
    expect(asked).toHaveLength(3)
    await get(b)
    expect(asked).toHaveLength(4)
  })
})
