/** A network that exists in the test alone: answers by URL, and what was asked of it. */

import type { Request, Transport } from '../../src/network/transport.ts'

/** One answer; JSON with status 200 unless said otherwise. */
export interface FakeAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** A transport that answers by this function, and 404 where it has nothing. Text and bytes come as they are. */
export function fakeTransport(
  answerTo: (request: Request) => FakeAnswer | undefined | Promise<FakeAnswer | undefined>,
): {
  readonly transport: Transport
  readonly asked: Request[]
} {
  const asked: Request[] = []
  const transport: Transport = async (request) => {
    asked.push(request)
    const { status = 200, headers = {}, body = '' } = (await answerTo(request)) ?? { status: 404 }
    const all: Record<string, string> = { 'content-type': 'application/json', ...headers }
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return {
      status,
      header: (name) => all[name],
      body: body instanceof Uint8Array ? body : new TextEncoder().encode(text),
    }
  }
  return { transport, asked }
}
