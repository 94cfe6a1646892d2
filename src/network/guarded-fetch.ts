/**
 * Fetches what a stranger's document names, within bounds: https, judged hosts, redirects by hand within one origin, limits of time,
 * size and number, known types of content. What is asked for by several at once is asked once, and answers are kept for a while.
 */

import { describe } from '../encoding/json.ts'
import { untilAborted } from '../encoding/until-aborted.ts'
import type { LookupOptions } from '../types.ts'
import { createCache, type Kept, type Times, timesOf } from './cache.ts'
import { createSharedWork } from './shared-work.ts'
import { readTarget, trouble } from './target.ts'
import type { Answer, Transport } from './transport.ts'

/** What is asked for. */
export interface Wanted {
  /** Tells kinds apart: one URL may be read as different things. */
  readonly name: string
  readonly accept: string
  /** Media types that are taken, in lower case and without parameters. */
  readonly types: RegExp
  /** Reads the text; a throw means that it is not what was asked for. */
  read(text: string): unknown
  /** The content where the server says that it is gone for good (status 410). Default: there is none. */
  readonly gone?: unknown
  /** Asks the server each time whether what is kept still holds. */
  readonly alwaysAsk?: boolean
}

/** The content is `undefined` where "there is none" (status 404 or 410); a throw is "could not find out". */
export type GuardedFetch = (url: string, wanted: Wanted, lookup?: LookupOptions) => Promise<Fetched>

/** What came, and for how long it is good. */
export type Fetched = Times & Pick<Kept, 'content'>

/** The bounds. */
export interface FetchSettings {
  readonly transport: Transport
  readonly now: () => Date
  /** Milliseconds for one exchange, redirects included. */
  readonly timeout: number
  readonly maxBytes: number
  /** Requests in any one minute. */
  readonly maxRequests: number
  readonly ports: readonly number[]
  /** Seconds. */
  readonly maxAge: number
  readonly cacheBytes: number
}

const MAX_REDIRECTS = 3
const MINUTE = 60_000

/** A fetch with a cache and counters of its own. */
export function createGuardedFetch(settings: FetchSettings): GuardedFetch {
  const { now, ports, maxRequests } = settings
  const cache = createCache(settings.cacheBytes)
  const share = createSharedWork<Kept>()
  let minute = { begin: Number.NEGATIVE_INFINITY, requests: 0 }

  const count = (): void => {
    const time = now().getTime()
    if (Math.abs(time - minute.begin) >= MINUTE) minute = { begin: time, requests: 0 }
    minute.requests += 1
    if (minute.requests > maxRequests) throw new Error(`more than ${maxRequests} requests in one minute`)
  }

  return async (text, wanted, lookup = {}) => {
    lookup.signal?.throwIfAborted()
    const url = readTarget(text, ports)
    const name = `${wanted.name} ${url.href}`
    const kept = cache.get(name)
    const time = now().getTime()
    if (kept && !wanted.alwaysAsk && kept.askedAt <= time && time < kept.freshUntil) return counted(kept, lookup)
    const work = async (controller: AbortController): Promise<Kept> => {
      const { answer, keep } = await exchange(url, wanted, kept, controller, settings, count)
      if (keep) cache.set(name, answer)
      else cache.delete(name)
      return answer
    }
    // Nothing more is asked for in a call that has loaded too much.
    lookup.countLoaded?.(0)
    return counted(await share(name, work, lookup.signal), lookup)
  }
}

/** Whoever asks has what came counted, also where others asked for it at the same time. */
function counted(answer: Kept, { countLoaded }: LookupOptions): Kept {
  countLoaded?.(answer.size)
  return answer
}

interface Exchanged {
  readonly answer: Kept
  readonly keep: boolean
}

/** One exchange with its time limit. Errors name the URL that was asked for. */
async function exchange(
  url: URL,
  wanted: Wanted,
  kept: Kept | undefined,
  controller: AbortController,
  settings: FetchSettings,
  count: () => void,
): Promise<Exchanged> {
  const { timeout } = settings
  const { signal } = controller
  const timer = setTimeout(() => controller.abort(new Error(`no answer within ${timeout} milliseconds`)), timeout)
  try {
    return await untilAborted(askAround(url, wanted, kept, signal, settings, count), signal)
  } catch (cause) {
    throw trouble(url.href, describe(signal.aborted ? signal.reason : cause), cause)
  } finally {
    clearTimeout(timer)
  }
}

/** Follows redirects within the origin, each judged like the first URL. */
async function askAround(
  start: URL,
  wanted: Wanted,
  kept: Kept | undefined,
  signal: AbortSignal,
  settings: FetchSettings,
  count: () => void,
): Promise<Exchanged> {
  let url = start
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    count()
    const askedAt = settings.now().getTime()
    const etag = kept?.url === url.href ? kept.etag : undefined
    const headers = { accept: wanted.accept, ...(etag !== undefined && { 'if-none-match': etag }) }
    const answer = await settings.transport({ url, headers, maxBytes: settings.maxBytes, signal })
    signal.throwIfAborted()
    if (![301, 302, 303, 307, 308].includes(answer.status)) {
      const known = etag === undefined ? undefined : kept
      return settle(url, wanted, known, answer, askedAt, settings.maxAge)
    }
    url = nextUrl(url, answer.header('location'), settings.ports)
  }
  throw new Error(`more than ${MAX_REDIRECTS} redirects`)
}

function nextUrl(url: URL, location: string | undefined, ports: readonly number[]): URL {
  if (location === undefined || !URL.canParse(location, url)) throw new Error('a redirect that does not say where to')
  const next = new URL(location, url)
  if (next.origin === url.origin) return readTarget(next.href, ports)
  throw new Error('a redirect to another origin, which is not followed')
}

function settle(
  { href: url }: URL,
  wanted: Wanted,
  known: Kept | undefined,
  answer: Answer,
  askedAt: number,
  maxAge: number,
): Exchanged {
  const found = timesOf(answer, askedAt, maxAge)
  const keep = found !== undefined
  const times = found ?? { askedAt, freshUntil: askedAt, stated: true }
  if (answer.status === 304 && known) return { answer: { ...known, ...times }, keep }
  const more = { url, etag: answer.header('etag'), ...times, size: answer.body.length }
  if (answer.status === 404) return { answer: { ...more, content: undefined }, keep }
  if (answer.status === 410) return { answer: { ...more, content: wanted.gone }, keep }
  if (answer.status !== 200) throw new Error(`the server answered with status ${answer.status}`)
  return { answer: { ...more, content: wanted.read(readText(answer, wanted)) }, keep }
}

function readText({ body, header }: Answer, wanted: Wanted): string {
  const [type = '', ...parameters] = (header('content-type') ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  if (!wanted.types.test(type)) {
    throw new Error(`the answer is of the type "${type.slice(0, 80)}"; it should be ${wanted.accept}`)
  }
  const charset = parameters.find((each) => each.startsWith('charset='))?.slice('charset='.length)
  if (charset !== undefined && !/^"?(utf-?8|us-ascii)"?$/.test(charset)) {
    throw new Error('the answer is not in UTF-8')
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw new Error('the answer is not UTF-8 text')
  }
}
