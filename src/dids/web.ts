/**
 * did:web (the did:web Method Specification): the document of a DID lies on the web server that the DID names. Whoever holds
 * the domain name holds the DID. The method has no history: only what is published now can be known.
 */

import { isObject, readJson } from '../encoding/json.ts'
import type { DidDocument, DidResolver, LookupOptions } from '../types.ts'
import { isOwn, markOwn } from './own-documents.ts'

/**
 * Fetches JSON by its URL, for `didWeb`. `undefined` means "there is none", a throw means "could not find out".
 * Its author is trusted for limits on time, size, redirects and addresses: the URL comes out of a stranger's document.
 */
export type FetchJson = (url: string, options?: LookupOptions) => Promise<unknown>

/** Longest DID that is looked up. */
const LONGEST = 1024

/**
 * Resolver for did:web. `online()` has one whose fetch is guarded; use this one to fetch in a way of your own, such as through a
 * proxy, or from documents that you keep.
 *
 * `undefined` for what is no did:web, and where there is no document. A document that is not JSON, beyond the limits, or has
 * another id than the DID is a throw.
 */
export function didWeb(options: { readonly fetchJson: FetchJson }): DidResolver {
  const { fetchJson } = options
  return async (did, lookup) => {
    const url = didWebUrl(did)
    if (url === undefined) return undefined
    const answer = await fetchJson(url, lookup)
    if (answer === undefined) return undefined
    const document = readDocument(answer, url)
    if (document['id'] === did) return document
    throw new Error(`${url}: the document is that of another DID; its "id" should be ${did}`)
  }
}

/**
 * The URL at which the document of a did:web must lie; `undefined` for what is no did:web.
 *
 * `did:web:school.example` has it at `https://school.example/.well-known/did.json`, `did:web:school.example%3A8443:people:ada` at
 * `https://school.example:8443/people/ada/did.json`. IP addresses and steps up (`..`) are no did:web.
 */
export function didWebUrl(did: string): string | undefined {
  if (typeof did !== 'string' || did.length > LONGEST) return undefined
  const parts = /^did:web:([A-Za-z0-9.-]+)(?:%3[Aa]([1-9]\d{0,4}))?((?::[A-Za-z0-9._%-]+)*)$/.exec(did)
  if (!parts) return undefined
  const [, host = '', port, path = ''] = parts
  const segments = path.split(':').slice(1)
  if (!isHostName(host) || !segments.every(isSegment)) return undefined
  const place = segments.length === 0 ? '.well-known' : segments.join('/')
  const url = `https://${host}${port === undefined ? '' : `:${port}`}/${place}/did.json`
  return URL.canParse(url) ? url : undefined
}

/** Labels of letters, digits and hyphens; the last one has a letter, or it would be an IPv4 address in one of its spellings. */
function isHostName(host: string): boolean {
  const labels = host.split('.')
  const isLabel = (label: string) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label)
  return host.length <= 253 && labels.every(isLabel) && /^[a-z]/i.test(labels.at(-1) ?? '')
}

/** A step down: not `.` or `..`, and no separator hidden in a percent sign, which a server might take for one. */
function isSegment(segment: string): boolean {
  try {
    const text = decodeURIComponent(segment)
    return !/^\.*$/.test(text) && !/[/\\\p{Cc}]/u.test(text)
  } catch {
    return false
  }
}

function readDocument(answer: unknown, url: string): DidDocument {
  if (typeof answer === 'object' && answer !== null && isOwn(answer)) return answer as DidDocument
  const read = readJson(answer)
  if ('value' in read && isObject(read.value)) return markOwn(read.value) as unknown as DidDocument
  throw new Error(`${url}: the DID document cannot be read: ${'value' in read ? 'it is not an object' : read.problem}`)
}
