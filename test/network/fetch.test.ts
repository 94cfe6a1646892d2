import { afterEach, describe, expect, it, vi } from 'vitest'
import { fetchTransport } from '../../src/network/fetch.ts'

const { signal } = new AbortController()
const request = {
  url: new URL('https://school.example/list'),
  headers: { accept: 'application/json', 'if-none-match': '"1"' },
  maxBytes: 10,
  signal,
}

/** A `fetch` that gives this answer, and notes how it was called. */
function fetchOf(response: () => Response) {
  const calls: unknown[] = []
  const fetch = async (...call: unknown[]) => {
    calls.push(call)
    return response()
  }
  return { calls, transport: fetchTransport(fetch as typeof globalThis.fetch) }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('fetchTransport', () => {
  it('asks without following, and reads the body', async () => {
    const { calls, transport } = fetchOf(() => new Response('{"a":1}', { headers: { etag: '"2"' } }))
    const answer = await transport(request)
    expect(new TextDecoder().decode(answer.body)).toBe('{"a":1}')
    expect([answer.status, answer.header('etag'), answer.header('age')]).toEqual([200, '"2"', undefined])
    expect(calls).toEqual([[request.url.href, { headers: request.headers, signal, redirect: 'manual' }]])
  })

  it('sends no cookies and no referrer in a browser, and leaves the question for changes to it', async () => {
    vi.stubGlobal('location', new URL('https://app.example/'))
    const { calls, transport } = fetchOf(() => new Response('{}'))
    await transport(request)
    const init = {
      headers: { accept: 'application/json' },
      signal,
      redirect: 'manual',
      mode: 'cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-cache',
    }
    expect(calls).toEqual([[request.url.href, init]])
  })

  it('stops at the limit, however long the answer goes on', async () => {
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1
        controller.enqueue(new Uint8Array(4))
      },
    })
    const { transport } = fetchOf(() => new Response(endless))
    await expect(transport(request)).rejects.toThrow('the answer is larger than 10 bytes')
    expect(pulled).toBeLessThan(6)
  })

  it('takes an answer of exactly the limit, and none at all', async () => {
    expect((await fetchOf(() => new Response('1234567890')).transport(request)).body).toHaveLength(10)
    expect((await fetchOf(() => new Response(null)).transport(request)).body).toHaveLength(0)
  })

  it('does not read what is not asked for', async () => {
    const { transport } = fetchOf(() => new Response('x'.repeat(100), { status: 404 }))
    expect(await transport(request)).toMatchObject({ status: 404, body: new Uint8Array() })
  })

  it('refuses a redirect that the browser hides', async () => {
    const hidden = Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' })
    await expect(fetchOf(() => hidden).transport(request)).rejects.toThrow('not followed here')
  })

  it.each(['https://localhost/', 'https://printer.local/', 'https://intranet/'])('refuses %s', async (url) => {
    const { calls, transport } = fetchOf(() => new Response('{}'))
    await expect(transport({ ...request, url: new URL(url) })).rejects.toThrow('not one of the public internet')
    expect(calls).toEqual([])
  })
})
