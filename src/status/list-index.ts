/** Lists that the caller gave, or that stand in a presentation, found by URL. */

import { asArray, idOf, isObject } from '../encoding/json.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import type { ListsByUrl } from './list-source.ts'

/** Lists by hand: each by its own id, or by the URL that it is given for. */
export type StatusLists = readonly unknown[] | ReadonlyMap<string, unknown> | { readonly [url: string]: unknown }

/** Types of credentials that are lists. */
const listTypes: ReadonlySet<unknown> = new Set([
  'BitstringStatusListCredential',
  'StatusList2021Credential',
  'RevocationList2020Credential',
])

/** Reads what a list says, whatever form it comes in, without judging it. */
export interface ListReader {
  read(list: unknown): Promise<JsonObject | undefined>
  /** What the reading depends on, compared by identity. */
  readonly by: readonly unknown[]
}

/** The same, to ask by URL. A list of lists is gone through once, as long as the same lists stand in it. */
export function indexLists(lists: StatusLists, reader: ListReader): ListsByUrl {
  if (lists instanceof Map) return lists
  if (Array.isArray(lists)) return { get: async (url) => (await byId(lists, reader)).get(url) }
  const record = lists as { readonly [url: string]: unknown }
  return { get: (url) => (Object.hasOwn(record, url) ? record[url] : undefined) }
}

/** Whether a credential is a status list. */
export function isList(credential: JsonObject): boolean {
  return asArray(credential['type']).some((type) => listTypes.has(type))
}

/** Whether it is nothing but that. In a presentation one that is anything else besides is judged as that. */
export function isOnlyList(credential: JsonValue): boolean {
  if (!isObject(credential)) return false
  const types = asArray(credential['type']).filter((type) => type !== 'VerifiableCredential')
  return types.length > 0 && types.every((type) => listTypes.has(type))
}

interface Index {
  readonly items: readonly unknown[]
  readonly by: readonly unknown[]
  readonly byId: ReadonlyMap<string, unknown>
}

const indexes = new WeakMap<object, Index>()

async function byId(lists: readonly unknown[], { read, by }: ListReader): Promise<ReadonlyMap<string, unknown>> {
  const known = indexes.get(lists)
  if (known && isSame(known.items, lists) && isSame(known.by, by)) return known.byId
  const items = [...lists]
  const byId = new Map<string, unknown>()
  for (const list of items) {
    const isWrapped = isObject(list) && 'document' in list && !('@context' in list)
    byId.set(idOf(await read(isWrapped ? list['document'] : list)) ?? '', list)
  }
  indexes.set(lists, { items, by, byId })
  return byId
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index])
}
