/**
 * Serves published status lists, as a function from `Request` to `Response` that fits every server that knows Fetch. It needs
 * the store alone: no key, no registry.
 */

import { textOf } from '../encoding/clip.ts'
import { parseDateTimeStamp } from '../encoding/date-time.ts'
import { sha256 } from '../encoding/hash.ts'
import { CredentialError } from '../errors.ts'
import { headerOf } from './published-text.ts'
import type { PublishedStatusList, StatusStore } from './store.ts'

/** Options of `statusListHandler`. */
export interface StatusListHandlerOptions {
  readonly store: Pick<StatusStore, 'published'>
  /** Finds a list's id in the URL of a request. Default: the last step of the path, as `url` of the registry writes it. */
  readonly listOf?: (url: URL) => string | undefined
  /** The clock. Default: the present. */
  readonly now?: () => Date
}

type MediaType = readonly [name: string, mark: string]

/** Media types in which a list is served, best first, each with what tells its ETag from the others'. */
const ofJson: readonly MediaType[] = [
  ['application/vc', ''],
  ['application/ld+json', '-ld'],
  ['application/json', '-json'],
]

function mediaTypesOf({ credential }: PublishedStatusList): readonly MediaType[] {
  const header = headerOf(credential)
  if (!header) return ofJson
  const typ = textOf(header['typ']).toLowerCase()
  const own: MediaType = [`application/${typ}`, '']
  return typ.includes('+') ? [own, ['application/jwt', '-jwt']] : [['application/jwt', '']]
}

/**
 * Makes the handler. It answers 200 or 304 for a list, and else a problem (RFC 9457): 404 where there is none, 405, 406, and 503 when
 * the store is in trouble. A list that was published as a JWT is served as that alone. A list may be cached for its `ttl`, never beyond its `validUntil`.
 *
 * @throws CredentialError `OPTION_INVALID`.
 */
export function statusListHandler(options: StatusListHandlerOptions): (request: Request) => Promise<Response> {
  const { store, listOf = lastStep, now = () => new Date() } = options
  if (typeof store?.published !== 'function') {
    throw new CredentialError('OPTION_INVALID', 'statusListHandler: store must be a store, such as memoryStatusStore()')
  }
  return async (request) => {
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { ...open, allow } })
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return problem(405, 'Method Not Allowed', 'A status list can only be read.', { allow })
    }
    const id = listOf(new URL(request.url))
    const found = await look(store, id)
    if (found === unavailable) {
      return problem(503, 'Service Unavailable', 'The list cannot be read now; try again.', { 'retry-after': '30' })
    }
    if (!found) return problem(404, 'Not Found', 'There is no such status list.')
    const { types } = found
    const media = choose(types, request.headers.get('accept'))
    if (!media) {
      const names = types.map(([name]) => name).join(', ')
      return problem(406, 'Not Acceptable', `A status list comes as ${names}.`)
    }
    return answer(request, found.list, media, now())
  }
}

const allow = 'GET, HEAD, OPTIONS'
/** Lists are public: pages of every origin may read them. */
const open = { 'access-control-allow-origin': '*' }

function lastStep(url: URL): string | undefined {
  return url.pathname.split('/').at(-1)
}

const unavailable = Symbol('unavailable')

interface Found {
  readonly list: PublishedStatusList
  readonly types: readonly MediaType[]
}

async function look(
  store: StatusListHandlerOptions['store'],
  id: string | undefined,
): Promise<Found | undefined | typeof unavailable> {
  if (id === undefined || !/^[\w-]{1,128}$/.test(id)) return undefined
  try {
    const list = await store.published(id)
    return list && { list, types: mediaTypesOf(list) }
  } catch {
    return unavailable
  }
}

function answer(request: Request, list: PublishedStatusList, [type, mark]: MediaType, now: Date): Response {
  const left = (parseDateTimeStamp(list.validUntil) ?? 0) - now.getTime()
  const seconds = Math.max(0, Math.floor(Math.min(list.ttl, left) / 1_000))
  const etag = `"${sha256.hex(list.credential).slice(0, 32)}${mark}"`
  const headers = {
    ...open,
    'cache-control': `public, max-age=${seconds}`,
    etag,
    'last-modified': new Date(list.validFrom).toUTCString(),
    vary: 'accept',
  }
  if (isKnown(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  const bytes = new TextEncoder().encode(list.credential)
  return new Response(request.method === 'HEAD' ? null : bytes, {
    status: 200,
    headers: {
      ...headers,
      'content-type': type,
      'content-length': String(bytes.length),
      'x-content-type-options': 'nosniff',
    },
  })
}

/** `If-None-Match` (RFC 9110 section 13.1.2): weak comparison, any of a list. */
function isKnown(header: string | null, etag: string): boolean {
  if (header === null) return false
  return header.split(',').some((each) => [etag, `W/${etag}`, '*'].includes(each.trim()))
}

/** The media type that the client likes best (RFC 9110 section 12.5.1); ours where it does not mind. */
function choose(types: readonly MediaType[], accept: string | null): MediaType | undefined {
  if (accept === null || accept.trim() === '') return types[0]
  const ranges = accept.split(',').map(readRange)
  const liked = types.map((media) => ({ media, q: likingOf(media[0], ranges) }))
  const best = Math.max(...liked.map(({ q }) => q))
  return best > 0 ? liked.find(({ q }) => q === best)?.media : undefined
}

interface Range {
  readonly name: string
  readonly q: number
}

function readRange(text: string): Range {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const q = Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? 1)
  return { name, q: q >= 0 && q <= 1 ? q : 0 }
}

/** What the most exact range says. */
function likingOf(type: string, ranges: readonly Range[]): number {
  for (const name of [type, 'application/*', '*/*']) {
    const range = ranges.find((each) => each.name === name)
    if (range) return range.q
  }
  return 0
}

function problem(status: number, title: string, detail: string, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ type: 'about:blank', title, status, detail }), {
    status,
    headers: { ...open, 'content-type': 'application/problem+json', ...headers },
  })
}
