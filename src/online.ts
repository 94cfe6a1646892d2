/**
 * The network, in one word to spread: `verify({ ...online(), credential })`. This is the only file of the package that leads to one.
 * What may be asked, and how much, is decided here; how it is guarded is in `network/`.
 */

import { didJwk } from './dids/jwk.ts'
import { didKey } from './dids/key.ts'
import { markOwn } from './dids/own-documents.ts'
import { createDidResolver } from './dids/resolver.ts'
import { didWeb, type FetchJson } from './dids/web.ts'
import { isObject, readJson } from './encoding/json.ts'
import { askMeant } from './encoding/meant.ts'
import { CredentialError } from './errors.ts'
import { fetchTransport } from './network/fetch.ts'
import { createGuardedFetch, type GuardedFetch, type Wanted } from './network/guarded-fetch.ts'
import { type AcceptAddress, nodeTransport } from './network/node.ts'
import type { Transport } from './network/transport.ts'
import type { LoadedStatusList, StatusListLoader } from './status/method.ts'
import type { DidResolver, DocumentLoader, JsonObject } from './types.ts'

/** What `online` may do. */
export interface OnlineOptions {
  /**
   * URLs of JSON-LD contexts that may be fetched, exactly as documents name them. Default: none. Whoever serves a context decides
   * what was signed under it means, so that the choice is not left to the document.
   */
  readonly contexts?: readonly string[]
  /** Milliseconds for one look-up, redirects included. Default: 10,000. */
  readonly timeout?: number
  /** Bytes of one answer, also after it was unpacked. Default: 2,097,152. */
  readonly maxBytes?: number
  /** Requests in any one minute, of everything that uses this value. Default: 1,000. */
  readonly maxRequests?: number
  /** Seconds for which an answer is used without asking again, whatever its server says. Default: 3,600. */
  readonly maxAge?: number
  /** Bytes of answers that are kept. Default: 16,777,216. 0 keeps none. */
  readonly cacheBytes?: number
  /** Ports that may be asked. Default: 443 alone. */
  readonly ports?: readonly number[]
  /**
   * Accepts hosts whose address is not on the public internet, such as those of your own network. It sees the name and one address,
   * and is asked for each. A document of a stranger can then reach what you accept. Node only. Default: none.
   */
  readonly acceptAddress?: AcceptAddress
  /**
   * Used in place of the platform's own way, for a proxy or a test. It is trusted for the addresses that it connects to: they cannot be
   * judged here then. Redirects and limits stay as they are.
   */
  readonly fetch?: typeof globalThis.fetch
  /** The clock that says how old an answer is. Default: the present. */
  readonly now?: () => Date
}

/** What it gives to `verify`. */
export interface Online {
  /** did:key and did:jwk, and did:web by the network. */
  readonly resolveDid: DidResolver
  /**
   * Status lists, as JSON or as a JWT. The server is asked each time whether its list has changed: for how long one is used without
   * asking is for `verify` to say, which reads the list's own `ttl`.
   */
  readonly loadStatusList: StatusListLoader
  /** There only where `contexts` names some: the bundled ones need none. */
  readonly loadDocument?: DocumentLoader
}

/** Options that are numbers, with their least values and defaults. */
const numbers = {
  timeout: { least: 1, standard: 10_000 },
  maxBytes: { least: 1, standard: 2_097_152 },
  maxRequests: { least: 1, standard: 1000 },
  maxAge: { least: 0, standard: 3600 },
  cacheBytes: { least: 0, standard: 16_777_216 },
} as const

/**
 * Look-ups that use the network, to spread into the options of `verify`.
 *
 * Only https is asked, by name, at port 443, without cookies or credentials. In Node the name is looked up once, all its addresses must
 * be on the public internet, and the socket goes to one of them. In browsers and on other platforms `fetch` is used, which does not
 * show addresses: only names of private networks are refused there, and what a page may reach is the browser's affair (CORS).
 * Redirects are followed three times at most and within one origin; browsers do not show where they lead, and none is followed.
 * An answer must be of a fitting content type. Status 404 and 410 mean "there is none"; all other trouble is thrown, and shows
 * as `inconclusive` in a report.
 *
 * Answers are kept as `Cache-Control` says, 5 minutes where it says nothing, `maxAge` at most. Without options every call gives the
 * same value, so that its cache is shared; with options keep the value, and spread it each time.
 *
 * @throws CredentialError `OPTION_INVALID` for an option that is unknown or of another shape.
 */
export function online(options?: OnlineOptions): Online {
  if (options !== undefined) return createOnline(options)
  shared ??= createOnline({})
  return shared
}

let shared: Online | undefined

/** The same with a transport of the caller's, for tests. */
export function createOnline(options: OnlineOptions, transport?: Transport): Online {
  const fetchGuarded = createFetch(options, transport)
  const allowed = new Set(options.contexts)
  return Object.freeze({
    resolveDid: createDidResolver({
      key: didKey(),
      jwk: didJwk(),
      web: didWeb({ fetchJson: async (url, lookup) => (await fetchGuarded(url, didDocument, lookup)).content }),
    }),
    loadStatusList: async (url: string, lookup = {}) => {
      const { content, askedAt, freshUntil, stated } = await fetchGuarded(url, statusList, lookup)
      if (content === undefined) return undefined
      return { document: content, fetchedAt: askedAt, ...(stated && { freshUntil }) } satisfies LoadedStatusList
    },
    ...(allowed.size > 0 && {
      loadDocument: async (url: string, lookup = {}) =>
        allowed.has(url) ? ((await fetchGuarded(url, context, lookup)).content as JsonObject | undefined) : undefined,
    }),
  })
}

function createFetch(options: OnlineOptions, transport: Transport | undefined): GuardedFetch {
  assertOptions(options)
  const { ports = [443], now = () => new Date() } = options
  return createGuardedFetch({
    transport: transport ?? transportOf(options),
    now,
    timeout: readNumber(options, 'timeout'),
    maxBytes: readNumber(options, 'maxBytes'),
    maxRequests: readNumber(options, 'maxRequests'),
    maxAge: readNumber(options, 'maxAge'),
    cacheBytes: readNumber(options, 'cacheBytes'),
    ports: [...ports],
  })
}

/**
 * Fetches JSON for `verifyAssertion`, as guarded as `online()` and with the same options, `contexts` excepted. It answers with the text as it was
 * served, and with `{"revoked":true}` for status 410. What is named by http is asked for by https, of the same server: nobody can vouch for
 * what came without. Servers are asked each time whether what is kept still holds. Keep the value, which holds the cache.
 *
 * @throws CredentialError `OPTION_INVALID` for an option that is unknown or of another shape.
 */
export function onlineJson(options: Omit<OnlineOptions, 'contexts'> = {}): FetchJson {
  return createOnlineJson(options)
}

/** The same with a transport of the caller's, for tests. */
export function createOnlineJson(options: Omit<OnlineOptions, 'contexts'>, transport?: Transport): FetchJson {
  const fetchGuarded = createFetch(options, transport)
  return async (url, lookup) => (await fetchGuarded(url.replace(/^http:/i, 'https:'), badgeObject, lookup)).content
}

/** Hosts of static files know no type but that of JSON. */
const didDocument: Wanted = {
  name: 'did',
  accept:
    'application/did+json, application/did+ld+json, application/did, application/json;q=0.9, application/ld+json;q=0.9',
  types: /^application\/(did|json|([a-z0-9.-]+\+)+json)$/,
  read: (text) => markOwn(readObject(text)),
}

const context: Wanted = {
  name: 'context',
  accept: 'application/ld+json, application/json;q=0.9',
  types: /^application\/(json|([a-z0-9.-]+\+)*json)$/,
  read: readObject,
}

/** A document of Open Badges 2.0 ("Setting Content-Type", "Revoking Hosted Assertions"). */
const badgeObject: Wanted = {
  name: 'badge object',
  accept: 'application/ld+json, application/json;q=0.9',
  types: /^application\/(json|([a-z0-9.-]+\+)*json)$/,
  read: (text) => text,
  gone: '{"revoked":true}',
  alwaysAsk: true,
}

/** What is in the text, and whose it is, is looked at by the check of the status. */
const statusList: Wanted = {
  name: 'status list',
  accept:
    'application/vc, application/vc+jwt, application/statuslist+jwt, application/json;q=0.9, application/ld+json;q=0.9, application/jwt;q=0.9, text/plain;q=0.5',
  types: /^(application\/(vc|json|jwt|([a-z0-9.-]+\+)+(json|jwt|sd-jwt))|text\/plain)$/,
  read: (text) => text,
  alwaysAsk: true,
}

function readObject(text: string): JsonObject {
  const read = readJson(text)
  if ('problem' in read) throw new Error(`the answer cannot be read: ${read.problem}`)
  if (!isObject(read.value)) throw new Error('the answer is not a JSON object')
  return read.value
}

function transportOf({ fetch, acceptAddress }: OnlineOptions): Transport {
  if (fetch) return fetchTransport(fetch)
  const transport = nodeTransport({ acceptAddress })
  if (transport) return transport
  if (acceptAddress) throw invalid('acceptAddress needs Node: no other platform shows addresses')
  // Called as a method of its global object, which browsers insist on.
  return fetchTransport((input, init) => globalThis.fetch(input, init))
}

function assertOptions(options: OnlineOptions): void {
  if (typeof options !== 'object' || options === null) throw invalid('give an object of options, or nothing')
  const names = ['contexts', 'ports', 'acceptAddress', 'fetch', 'now', ...Object.keys(numbers)]
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown !== undefined)
    throw invalid(`there is no option "${unknown}"${askMeant(unknown, names)}; the options are ${names.join(', ')}`)
  const { contexts = [], ports = [] } = options
  if (!Array.isArray(contexts) || !contexts.every((url) => typeof url === 'string' && url.startsWith('https://'))) {
    throw invalid('contexts must be a list of https URLs')
  }
  if (!Array.isArray(ports) || !ports.every((port) => Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw invalid('ports must be a list of numbers from 1 to 65535')
  }
  for (const name of ['acceptAddress', 'fetch', 'now'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'function') throw invalid(`${name} must be a function`)
  }
}

function readNumber(options: OnlineOptions, name: keyof typeof numbers): number {
  const { least, standard } = numbers[name]
  const value = options[name] ?? standard
  if (typeof value === 'number' && value >= least && value !== Number.POSITIVE_INFINITY) return value
  throw invalid(`${name} must be a number from ${least} on`)
}

function invalid(message: string): CredentialError {
  return new CredentialError('OPTION_INVALID', `online: ${message}`)
}
