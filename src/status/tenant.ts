/** One tenant's view of a store: its secret, its lists with their orders, remembered where they cannot change. */

import { fromBase64Url, toBase64Url } from '../encoding/bytes.ts'
import { sha256 } from '../encoding/hash.ts'
import { describe } from '../encoding/json.ts'
import { CredentialError, isCredentialError } from '../errors.ts'
import { type ListOrder, listOrder } from './order.ts'
import type { StatusRegistrySettings } from './settings.ts'
import type { StatusListState, StatusPlace, StatusPurpose, StatusStore } from './store.ts'

/** Most orders that are kept; one takes eight bytes for each status of its list. */
const MAX_ORDERS = 16

/** A list with what is worked out from its record. */
export interface KnownList {
  readonly state: StatusListState
  readonly url: string
}

/** What the registry's methods stand on. */
export interface Tenant {
  readonly settings: StatusRegistrySettings
  /** The store, whose failures come as `STORE_UNAVAILABLE`. */
  readonly store: StatusStore
  /** The name under which the store knows a credential: a keyed hash, which tells nothing without the tenant's secret. */
  keyOf(name: string): Promise<string>
  lists(): Promise<readonly KnownList[]>
  /** By id or URL. `undefined` when the tenant has no such list. */
  list(name: string, least?: number): Promise<KnownList | undefined>
  order(list: KnownList): Promise<ListOrder>
  /** Opens the list after the last one of a purpose, unless another process just did. */
  openNext(purpose: StatusPurpose, statusSize: number): Promise<void>
}

/** The view of the tenant that the settings name. */
export function createTenant(settings: StatusRegistrySettings): Tenant {
  const store = guarded(settings.store)
  const known = new Map<string, KnownList>()
  const orders = new Map<string, Promise<ListOrder>>()
  let secret: Promise<string> | undefined

  async function keyOf(name: string): Promise<string> {
    secret ??= store.secret(settings.tenant, randomSecret())
    secret.catch(() => {
      secret = undefined
    })
    return sha256.hex(`${await secret}\n${name}`).slice(0, 32)
  }

  async function lists(): Promise<readonly KnownList[]> {
    const found = (await store.lists(settings.tenant)).map((state) => ({ state, url: settings.url(state) }))
    for (const list of found) {
      known.set(list.state.id, list)
      known.set(list.url, list)
    }
    return found
  }

  async function list(name: string, least = 0): Promise<KnownList | undefined> {
    const before = known.get(name)
    if (before && before.state.allocated >= least) return before
    await lists()
    return known.get(name)
  }

  function order({ state }: KnownList): Promise<ListOrder> {
    const before = orders.get(state.id)
    if (before) return before
    const made = listOrder(readSecret(state), state.length)
    const [oldest] = orders.keys()
    if (orders.size >= MAX_ORDERS && oldest !== undefined) orders.delete(oldest)
    orders.set(state.id, made)
    return made
  }

  async function openNext(purpose: StatusPurpose, statusSize: number): Promise<void> {
    const { tenant, length, maxLists, decoys, now } = settings
    const there = (await lists()).filter(({ state }) => state.purpose === purpose)
    if (there.some(({ state }) => state.allocated < state.length)) return
    const number = there.length + 1
    if (number > maxLists) {
      throw new CredentialError(
        'STATUS_LIST_FULL',
        `allocate: all ${maxLists} lists for ${purpose} are full; allow more by maxLists`,
      )
    }
    const id = toBase64Url(crypto.getRandomValues(new Uint8Array(16)))
    const time = now().toISOString()
    const record = { id, tenant, purpose, number, length, statusSize, secret: randomSecret() }
    if (!(await store.open(record, time)) || decoys === 0) return
    const keys = await decoyKeys(keyOf, id, decoys)
    await store.allocate({ tenant, purpose, keys, time })
  }

  return { settings, store, keyOf, lists, list, order, openNext }
}

/** The index that a place stands for. */
export async function indexOf(tenant: Tenant, list: KnownList, place: StatusPlace['place']): Promise<number> {
  const index = (await tenant.order(list)).indexOf(place)
  if (index === undefined) throw corrupt(`place ${place} is beyond list ${list.state.id}`)
  return index
}

/** A `STORE_CORRUPT` error. */
export function corrupt(message: string): CredentialError {
  return new CredentialError('STORE_CORRUPT', `the store of the status lists is damaged: ${message}`)
}

/** The names under which the store has the places of a list that belong to nobody. They look like all others. */
export function decoyKeys(keyOf: Tenant['keyOf'], list: string, decoys: number): Promise<readonly string[]> {
  return Promise.all(Array.from({ length: decoys }, (_, index) => keyOf(`decoy ${index} of ${list}`)))
}

function randomSecret(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
}

function readSecret({ id, secret }: StatusListState): Uint8Array {
  const bytes = fromBase64Url(secret)
  if (bytes?.length !== 32) throw corrupt(`the secret of list ${id} is not 32 bytes as base64url`)
  return bytes
}

/** The same store, whose failures say that it was the store. */
function guarded(store: StatusStore): StatusStore {
  const guard =
    <A extends readonly unknown[], R>(method: (...given: A) => Promise<R>): ((...given: A) => Promise<R>) =>
    async (...given) => {
      try {
        return await method(...given)
      } catch (cause) {
        if (isCredentialError(cause)) throw cause
        throw new CredentialError('STORE_UNAVAILABLE', `the store of the status lists failed: ${describe(cause)}`, {
          cause,
        })
      }
    }
  return {
    secret: guard((tenant, proposed) => store.secret(tenant, proposed)),
    open: guard((list, time) => store.open(list, time)),
    lists: guard((tenant) => store.lists(tenant)),
    allocate: guard((request) => store.allocate(request)),
    find: guard((request) => store.find(request)),
    change: guard((request) => store.change(request)),
    values: guard((list) => store.values(list)),
    events: guard((list, after, limit) => store.events(list, after, limit)),
    history: guard((list, place) => store.history(list, place)),
    publish: guard((published, event) => store.publish(published, event)),
    published: guard((list) => store.published(list)),
  }
}
