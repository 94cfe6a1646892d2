/** The URL that the user typed, fetched with the same guards as what `online()` fetches. */

import { createGuardedFetch, type Wanted } from '../network/guarded-fetch.ts'
import { nodeTransport } from '../network/node.ts'
import type { Transport } from '../network/transport.ts'

const wanted: Wanted = {
  name: 'input',
  accept:
    'application/vc, application/vp, application/vc+jwt, application/json, application/ld+json, image/svg+xml, text/plain',
  types: /^(application\/(vc|vp|json|jwt|([a-z0-9.-]+\+)+(json|jwt|sd-jwt))|text\/plain|image\/svg\+xml)$/,
  read: (text) => text.trim(),
}

/** The text at a URL; `undefined` where there is none. */
export async function fetchText(url: string): Promise<string | undefined> {
  const fetch = createGuardedFetch({
    transport: nodeTransport({ acceptAddress: undefined }) as Transport,
    now: () => new Date(),
    timeout: 10_000,
    maxBytes: 2_097_152,
    maxRequests: 100,
    ports: [443],
    maxAge: 0,
    cacheBytes: 0,
  })
  return (await fetch(url, wanted)).content as string | undefined
}
