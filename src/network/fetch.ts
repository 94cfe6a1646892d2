/**
 * Requests by `fetch`, in browsers and other platforms: nothing can be known there of the addresses behind a name, so only the
 * URL is judged. No cookies and no referrer are sent.
 */

import { isSpecialName } from './target.ts'
import { type Answer, readBody, type Transport } from './transport.ts'

/** Requests by this `fetch`. Names of private networks are refused. */
export function fetchTransport(fetch: typeof globalThis.fetch): Transport {
  return async ({ url, headers, maxBytes, signal }) => {
    if (isSpecialName(url.hostname)) throw new Error('the host name is not one of the public internet')
    const init = { signal, redirect: 'manual', ...(inBrowser() ? forBrowser(headers) : { headers }) } as const
    const response = await fetch(url.href, init)
    if (response.type === 'opaqueredirect')
      throw new Error('the server sends on to another URL, which is not followed here')
    const answer = { status: response.status, header: (name: string) => response.headers.get(name) ?? undefined }
    if (response.status === 200) return { ...answer, body: await readStream(response.body, maxBytes) }
    await response.body?.cancel()
    return { ...answer, body: new Uint8Array() }
  }
}

/**
 * Other platforms know no cookies, and some refuse to be told so. A browser asks by itself whether what it keeps still holds, and
 * would have to ask the server for leave first to send our own question.
 */
function forBrowser({ 'if-none-match': _, ...headers }: Readonly<Record<string, string>>) {
  return { headers, mode: 'cors', credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-cache' } as const
}

/** Pages and web workers have a location. */
function inBrowser(): boolean {
  return globalThis.location !== undefined
}

async function readStream(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Answer['body']> {
  return body ? readBody(chunksOf(body), maxBytes) : new Uint8Array()
}

/** Not all browsers can iterate a stream. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel()
  }
}
