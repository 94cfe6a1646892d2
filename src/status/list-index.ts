/** Lists that the caller gave, or that stand in a presentation, found by URL. */

import { asArray, isObject, readJson } from '../encoding/json.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import type { ListsByUrl } from './list-source.ts'
import { wordsOf } from './list-words.ts'

/** Lists by hand: each by its own id, or by the URL that it is given for. */
export type StatusLists = readonly unknown[] | ReadonlyMap<string, unknown> | { readonly [url: string]: unknown }

/** Types of credentials that are lists. */
const listTypes = new Set(['BitstringStatusListCredential', 'StatusList2021Credential', 'RevocationList2020Credential'])

/** The same, to ask by URL. A list of lists is gone through once, as long as the same lists stand in it. */
export function indexLists(lists: StatusLists): ListsByUrl {
  if (lists instanceof Map) return lists
  if (Array.isArray(lists)) return { get: (url) => byId(lists).get(url) }
  const record = lists as { readonly [url: string]: unknown }
  return { get: (url) => (Object.hasOwn(record, url) ? record[url] : undefined) }
}

/** The id of a list that can be found by it. */
export function listIdOf(list: unknown): string | undefined {
  const wrapped = isObject(list) && 'document' in list && !('@context' in list) ? list['document'] : list
  return wordsOf(wrapped, isObject(wrapped) ? { value: wrapped } : readJson(wrapped)).id
}

/** Whether a credential is a status list. */
export function isList(credential: JsonObject): boolean {
  return asArray(credential['type']).some((type) => listTypes.has(String(type)))
}

/** Whether it, or what it envelopes, is nothing but that. In a presentation one that is anything else besides is judged as that. */
export function isOnlyList(credential: JsonValue): boolean {
  if (!isObject(credential)) return false
  const types = wordsOf(credential, { value: credential }).types.filter((type) => type !== 'VerifiableCredential')
  return types.length > 0 && types.every((type) => typeof type === 'string' && listTypes.has(type))
}

const indexes = new WeakMap<
  object,
  { readonly items: readonly unknown[]; readonly byId: ReadonlyMap<string, unknown> }
>()

function byId(lists: readonly unknown[]): ReadonlyMap<string, unknown> {
  const known = indexes.get(lists)
  if (known && known.items.length === lists.length && known.items.every((item, index) => item === lists[index]))
    return known.byId
  const byId = new Map(lists.map((list) => [listIdOf(list) ?? '', list] as const))
  indexes.set(lists, { items: [...lists], byId })
  return byId
}
