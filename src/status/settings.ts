/** What `createStatusRegistry` was given, looked at before any work, with the defaults filled in. */

import { askMeant } from '../encoding/meant.ts'
import { CredentialError } from '../errors.ts'
import { MAX_STATUS_LIST_BYTES, MAX_STATUS_SIZE, MIN_STATUS_LIST_ENTRIES } from './bitstring.ts'
import type { StatusListRecord, StatusPurpose, StatusStore } from './store.ts'

/** What is known of a list when its URL is made. */
export type StatusListName = Pick<StatusListRecord, 'id' | 'tenant' | 'purpose' | 'number'>

/** A purpose with the meaning of each value, for statuses of more than one bit. */
export interface StatusMessages {
  readonly purpose: 'message'
  /** One text for each value from 0 on: 2, 4, 8 … of them. */
  readonly messages: readonly string[]
}

/** Options of `createStatusRegistry`. */
export interface StatusRegistryOptions {
  /** Keeps the lists. Registries in any number of processes may share one. */
  readonly store: StatusStore
  /**
   * Where the lists are served: a URL under which each list has its id as name, or a function that makes the list's URL. It is
   * signed into every credential and must stay what it is.
   */
  readonly url: string | ((list: StatusListName) => string)
  /** Whose lists these are. Tenants of one store see nothing of each other. Default: `default`. */
  readonly tenant?: string
  /** What is kept for each credential, each purpose in a list of its own. Default: `['revocation']`. */
  readonly purposes?: readonly (StatusPurpose | StatusMessages)[]
  /** Number of statuses in one list. Default, and least: 131,072. Holders are hidden among as many others. */
  readonly length?: number
  /** Most lists for each purpose. Default: no end. */
  readonly maxLists?: number
  /**
   * Number of places in each list that belong to nobody and are set now and then as others are set, so that a list does not tell how
   * many credentials were revoked. Default: 0.
   */
  readonly decoys?: number
  /** Milliseconds for which a verifier may keep a list before it looks again. Default: 300,000, as in the specification. */
  readonly ttl?: number
  /** Milliseconds from `validFrom` to `validUntil` of a published list. Default: 604,800,000, a week. */
  readonly validFor?: number
  /** The clock. Default: the present. */
  readonly now?: () => Date
}

/** The same, complete. */
export interface StatusRegistrySettings {
  readonly store: StatusStore
  readonly url: (list: StatusListName) => string
  readonly tenant: string
  readonly purposes: readonly StatusPurpose[]
  readonly messages: readonly string[] | undefined
  readonly length: number
  readonly maxLists: number
  readonly decoys: number
  readonly ttl: number
  readonly validFor: number
  readonly now: () => Date
}

const names = ['store', 'url', 'tenant', 'purposes', 'length', 'maxLists', 'decoys', 'ttl', 'validFor', 'now']
const words: readonly StatusPurpose[] = ['revocation', 'suspension', 'message', 'refresh']
const WEEK = 604_800_000

/** Reads the options, or throws `OPTION_INVALID`. */
export function readRegistryOptions(options: StatusRegistryOptions): StatusRegistrySettings {
  if (typeof options !== 'object' || options === null) throw invalid('give one object of options with store and url')
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown !== undefined)
    throw invalid(`there is no option "${unknown}"${askMeant(unknown, names)}; the options are ${names.join(', ')}`)
  const { store, tenant = 'default', purposes = ['revocation'], now = () => new Date() } = options
  const { length = MIN_STATUS_LIST_ENTRIES, maxLists = Number.POSITIVE_INFINITY, decoys = 0 } = options
  const { ttl = 300_000, validFor = WEEK } = options
  if (typeof store?.allocate !== 'function') throw invalid('store must be a store, such as memoryStatusStore()')
  if (typeof tenant !== 'string' || tenant === '' || tenant.length > 200 || tenant.includes('\0')) {
    throw invalid('tenant must be text of 1 to 200 characters, none of them U+0000')
  }
  if (typeof now !== 'function') throw invalid('now must be a function that answers with a Date')
  const messages = readPurposes(purposes)
  assertWhole('length', length, MIN_STATUS_LIST_ENTRIES, MAX_STATUS_LIST_BYTES * 8)
  if (length % 8 !== 0 || (length * bitsOf(messages)) / 8 > MAX_STATUS_LIST_BYTES) {
    throw invalid(`length must be a multiple of 8 whose list has at most ${MAX_STATUS_LIST_BYTES} bytes`)
  }
  if (maxLists !== Number.POSITIVE_INFINITY) assertWhole('maxLists', maxLists, 1, Number.MAX_SAFE_INTEGER)
  assertWhole('decoys', decoys, 0, length - 1)
  assertWhole('validFor', validFor, 60_000, 100 * 365 * 86_400_000)
  assertWhole('ttl', ttl, 0, validFor)
  return Object.freeze({
    store,
    url: readUrl(options.url),
    tenant,
    purposes: purposes.map(wordOf),
    messages,
    length,
    maxLists,
    decoys,
    ttl,
    validFor,
    now,
  })
}

/** Bits of one status. */
export function bitsOf(messages: readonly string[] | undefined): number {
  return messages ? Math.log2(messages.length) : 1
}

function readPurposes(purposes: NonNullable<StatusRegistryOptions['purposes']>): readonly string[] | undefined {
  if (!Array.isArray(purposes) || purposes.length === 0) throw invalid('purposes must be a list of at least one')
  const given = purposes.map(wordOf)
  const odd = given.find((word) => !words.includes(word))
  if (odd !== undefined) throw invalid(`purposes: "${odd}" is not a purpose; there are ${words.join(', ')}`)
  if (new Set(given).size !== given.length) throw invalid('purposes: one of them is there twice')
  const message = purposes.find((each) => wordOf(each) === 'message')
  if (message === undefined) return undefined
  const messages: unknown = typeof message === 'object' ? message.messages : undefined
  const fits =
    Array.isArray(messages) &&
    messages.every((text) => typeof text === 'string') &&
    Number.isInteger(Math.log2(messages.length)) &&
    messages.length > 1 &&
    messages.length <= 2 ** MAX_STATUS_SIZE
  if (fits) return Object.freeze([...messages])
  throw invalid(
    "purposes: write { purpose: 'message', messages: […] } with 2, 4, 8 … texts, one for each value from 0 on",
  )
}

function wordOf(each: StatusPurpose | StatusMessages): StatusPurpose {
  return typeof each === 'object' && each !== null ? each.purpose : each
}

function readUrl(url: StatusRegistryOptions['url']): StatusRegistrySettings['url'] {
  if (typeof url === 'function') return url
  if (typeof url !== 'string' || !URL.canParse(url) || /[?#]/.test(url)) {
    throw invalid('url must be an absolute URL without query and fragment, such as https://school.example/status')
  }
  const base = url.endsWith('/') ? url : `${url}/`
  return ({ id }) => `${base}${id}`
}

function assertWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw invalid(`${name} must be a whole number from ${least} to ${most}`)
}

function invalid(message: string): CredentialError {
  return new CredentialError('OPTION_INVALID', `createStatusRegistry: ${message}`)
}
