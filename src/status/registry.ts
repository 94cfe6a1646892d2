/**
 * The registry of statuses: gives each credential its place in a status list, and keeps what was set there
 * (Bitstring Status List 1.0). Any number of registries, in any number of processes, may share a store.
 */

import { given } from '../encoding/given.ts'
import type { Items } from '../encoding/in-order.ts'
import { CredentialError } from '../errors.ts'
import type { OneOrMany, StatusEntry } from '../types.ts'
import { draftWithDecoys } from './decoys.ts'
import { draftList, keepDraft, type StatusListCredential, type StatusListDraft } from './draft.ts'
import { type BitstringStatusListEntry, statusEntry } from './entry.ts'
import { readBody, type StatusEvent } from './event-log.ts'
import { gather } from './gather.ts'
import { bitsOf, readRegistryOptions, type StatusRegistryOptions, type StatusRegistrySettings } from './settings.ts'
import type { StatusListRecord, StatusListState, StatusPlace, StatusPurpose } from './store.ts'
import { createTenant, indexOf, type KnownList, type Tenant } from './tenant.ts'

/** Most credentials that go to the store in one step. */
const BATCH = 1_000

/** One status of one credential: by the credential's id, or by its `credentialStatus`. */
export type StatusTarget = {
  /** Which status is meant. May be left out where there is only one. */
  readonly purpose?: StatusPurpose
} & (
  | { readonly credentialId: string; readonly entry?: never }
  | { readonly entry: OneOrMany<StatusEntry>; readonly credentialId?: never }
)

/** Why a status was changed, for the log. Write no personal data: it stays there for ever. */
export interface StatusReason {
  readonly reason?: string
}

/** A list of the registry, as it stands. */
export interface StatusListInfo extends Omit<StatusListState, 'secret'> {
  readonly url: string
}

/** One thing that was done to a status. */
export interface StatusHistoryItem {
  readonly time: string
  readonly type: 'allocated' | 'set' | 'unset'
  readonly value: number
  readonly reason?: string
  /** The event in the list's log. */
  readonly list: string
  readonly seq: number
}

/** One credential of many whose status was changed, or why it was not. */
export type StatusSetItem =
  | { readonly index: number; readonly credentialId: string; readonly changed: boolean; readonly error?: never }
  | { readonly index: number; readonly credentialId: string; readonly changed?: never; readonly error: Error }

/** What `setMany` takes. */
export interface StatusSetManyOptions extends StatusReason {
  /** Credential ids, such as the lines of a file: white space around them, empty lines and lines that begin with # are left out. */
  readonly credentialIds: Items<string>
  readonly purpose?: StatusPurpose
  /** Default: 1. 0 unsets. */
  readonly value?: number
}

/** See `createStatusRegistry`. */
export interface StatusRegistry {
  /** What was given, with the defaults. */
  readonly settings: StatusRegistrySettings
  /**
   * A place in a list for each purpose, as entries for `credentialStatus`. The same id gets the same entries, always. The index is
   * random, and never given twice.
   */
  allocate(credential: { readonly id: string }): Promise<readonly BitstringStatusListEntry[]>
  /** The same for many at once; the entries of each, in the order of the ids. */
  allocateMany(ids: readonly string[]): Promise<readonly (readonly BitstringStatusListEntry[])[]>
  /** Sets a status, to 1 unless another value is given. True if it had another value before. Lasting when it returns; verifiers see it once the list is published. */
  set(target: StatusTarget & StatusReason & { readonly value?: number }): Promise<boolean>
  /** Sets a status back to 0. The log keeps both. A revocation is not meant to be undone (section 2.1): use `suspension` for what may be. */
  unset(target: StatusTarget & StatusReason): Promise<boolean>
  /** Sets many statuses. Results come in the order of the input; an id that has no place is an item with its `error`, and the run goes on. */
  setMany(options: StatusSetManyOptions): AsyncGenerator<StatusSetItem, void, undefined>
  /** The value as it is kept, published or not; 0 is "not set". */
  get(target: StatusTarget): Promise<number>
  /** What was done to a status, in order. */
  history(target: StatusTarget): Promise<readonly StatusHistoryItem[]>
  /** The tenant's lists. */
  lists(): Promise<readonly StatusListInfo[]>
  /** A list as an unsigned credential, by its id or URL. `issue` signs it; `publish` also checks it and keeps it to be served. */
  list(name: string): Promise<StatusListCredential>
  /** The next version of a list with what it follows on, for `publish` or a signer of your own. Sets decoys, where there are any. */
  draft(name: string): Promise<StatusListDraft>
  /**
   * Keeps a signed draft as the list's next version, to be served. False, and nothing done, when another process published in the
   * meantime: make a new draft then. The signature is not looked at: `publish` does.
   */
  keep(draft: StatusListDraft, signed: string): Promise<boolean>
  /** The log of a list from its first event on, for `verifyEventLog`, a backup or an auditor. */
  events(name: string): AsyncGenerator<StatusEvent, void, undefined>
}

/**
 * Makes a registry. Nothing is written before the first `allocate`.
 *
 * @throws CredentialError `OPTION_INVALID`. Its methods throw `STATUS_UNKNOWN` for what has no place in the tenant's lists,
 *   `STATUS_LIST_FULL`, `STORE_UNAVAILABLE`, `STORE_CONFLICT` and `STORE_CORRUPT`.
 */
export function createStatusRegistry(options: StatusRegistryOptions): StatusRegistry {
  const settings = readRegistryOptions(options)
  const tenant = createTenant(settings)
  const together = gather(BATCH, (ids: readonly string[]) => allocate(tenant, ids))
  return {
    settings,
    allocate: ({ id }) => together(readId('allocate', id)),
    allocateMany: async (ids) => {
      const all: (readonly BitstringStatusListEntry[])[] = []
      for (const id of ids) readId('allocateMany', id)
      for (let from = 0; from < ids.length; from += BATCH) {
        all.push(...(await allocate(tenant, ids.slice(from, from + BATCH))))
      }
      return all
    },
    set: async (how) => {
      const { value = 1, reason, ...target } = Object(how) as typeof how
      return change(tenant, 'set', target, value, reason)
    },
    unset: async (how) => {
      const { reason, ...target } = Object(how) as typeof how
      return change(tenant, 'unset', target, 0, reason)
    },
    setMany: (given) => setMany(tenant, given),
    get: async (target) => {
      return (await history(tenant, 'get', target)).at(-1)?.value ?? 0
    },
    history: (target) => history(tenant, 'history', target),
    lists: async () => (await tenant.lists()).map(infoOf),
    list: async (name) => (await draftList(tenant, await listNamed(tenant, 'list', name))).credential,
    draft: async (name) => draftWithDecoys(tenant, await listNamed(tenant, 'draft', name)),
    keep: (draft, signed) => keepDraft(tenant, draft, signed),
    events: (name) => events(tenant, name),
  }
}

async function allocate(
  tenant: Tenant,
  ids: readonly string[],
): Promise<readonly (readonly BitstringStatusListEntry[])[]> {
  const unique = [...new Set(ids)]
  const byPurpose = await Promise.all(tenant.settings.purposes.map((purpose) => allocateFor(tenant, purpose, unique)))
  const placeOf = new Map(unique.map((id, index) => [id, index]))
  return ids.map((id) => byPurpose.map((entries) => entries[placeOf.get(id) as number] as BitstringStatusListEntry))
}

async function allocateFor(
  tenant: Tenant,
  purpose: StatusPurpose,
  ids: readonly string[],
): Promise<readonly BitstringStatusListEntry[]> {
  const { settings, store } = tenant
  const messages = purpose === 'message' ? settings.messages : undefined
  const keys = await Promise.all(ids.map(tenant.keyOf))
  const request = { tenant: settings.tenant, purpose, time: settings.now().toISOString() }
  const places = [...(await store.allocate({ ...request, keys }))]
  for (let missing = missingFrom(places); missing.length > 0; missing = missingFrom(places)) {
    await tenant.openNext(purpose, bitsOf(messages))
    const more = await store.allocate({ ...request, keys: missing.map((index) => keys[index] as string) })
    for (const [at, index] of missing.entries()) places[index] = more[at]
  }
  return Promise.all(
    places.map(async (place) => {
      const list = await listNamed(tenant, 'allocate', (place as StatusPlace).list)
      return statusEntry(list.url, await indexOf(tenant, list, (place as StatusPlace).place), purpose, messages)
    }),
  )
}

function missingFrom(places: readonly (StatusPlace | undefined)[]): readonly number[] {
  return places.flatMap((place, index) => (place ? [] : [index]))
}

async function change(
  tenant: Tenant,
  verb: string,
  target: StatusTarget,
  value: number,
  reason: string | undefined,
): Promise<boolean> {
  const { list, place } = await locate(tenant, verb, target)
  assertValue(verb, value, list.state)
  const changes = [{ place, value }]
  const [changed] = await tenant.store.change(changeOf(tenant, verb, list.state.id, changes, reason))
  return changed === true
}

function changeOf<C>(tenant: Tenant, verb: string, list: string, changes: C, reason: string | undefined) {
  if (reason !== undefined && (typeof reason !== 'string' || reason.length > 500 || reason.includes('\0'))) {
    throw invalid(`${verb}: reason must be text of at most 500 characters, none of them U+0000`)
  }
  const time = tenant.settings.now().toISOString()
  return { list, changes, time, ...(reason !== undefined && { reason }) }
}

async function* setMany(tenant: Tenant, options: StatusSetManyOptions): AsyncGenerator<StatusSetItem, void, undefined> {
  const { credentialIds, value = 1, reason } = options
  const purpose = readPurpose(tenant, 'setMany', options.purpose)
  let index = 0
  for await (const ids of batches(credentialIds)) {
    for (const item of await setBatch(tenant, ids, purpose, value, reason)) yield { index: index++, ...item }
  }
}

type SetResult =
  | { readonly credentialId: string; readonly changed: boolean }
  | { readonly credentialId: string; readonly error: Error }

async function setBatch(
  tenant: Tenant,
  ids: readonly string[],
  purpose: StatusPurpose,
  value: number,
  reason: string | undefined,
): Promise<readonly SetResult[]> {
  const unique = [...new Set(ids)]
  const keys = await Promise.all(unique.map(tenant.keyOf))
  const places = await tenant.store.find({ tenant: tenant.settings.tenant, purpose, keys })
  const changed = new Map<string, boolean>()
  for (const id of new Set(places.flatMap((place) => place?.list ?? []))) {
    const list = await listNamed(tenant, 'setMany', id)
    assertValue('setMany', value, list.state)
    const here = unique.flatMap((credentialId, at) =>
      places[at]?.list === id ? [{ credentialId, place: places[at].place }] : [],
    )
    const changes = here.map(({ place }) => ({ place, value }))
    const answers = await tenant.store.change(changeOf(tenant, 'setMany', id, changes, reason))
    for (const [at, { credentialId }] of here.entries()) changed.set(credentialId, answers[at] === true)
  }
  return ids.map((credentialId) => {
    const answer = changed.get(credentialId)
    return answer === undefined
      ? { credentialId, error: unknownId('setMany', credentialId, purpose) }
      : { credentialId, changed: answer }
  })
}

async function* batches(lines: Items<string>): AsyncGenerator<readonly string[], void, undefined> {
  let batch: string[] = []
  for await (const line of lines) {
    const id = typeof line === 'string' ? line.trim() : ''
    if (id === '' || id.startsWith('#')) continue
    batch.push(id)
    if (batch.length === BATCH) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

async function locate(
  tenant: Tenant,
  verb: string,
  target: StatusTarget,
): Promise<{ readonly list: KnownList; readonly place: number }> {
  assertTarget(verb, target)
  if (target?.entry !== undefined) return locateEntry(tenant, verb, entryOf(verb, target))
  const purpose = readPurpose(tenant, verb, target?.purpose)
  const key = await tenant.keyOf(readId(verb, target?.credentialId))
  const [found] = await tenant.store.find({ tenant: tenant.settings.tenant, purpose, keys: [key] })
  if (!found) throw unknownId(verb, target.credentialId, purpose)
  return { list: await listNamed(tenant, verb, found.list), place: found.place }
}

async function locateEntry(
  tenant: Tenant,
  verb: string,
  entry: Partial<BitstringStatusListEntry>,
): Promise<{ readonly list: KnownList; readonly place: number }> {
  const { statusListCredential: url, statusListIndex } = entry
  const list = typeof url === 'string' ? await tenant.list(url) : undefined
  if (!list || list.url !== url || list.state.purpose !== entry.statusPurpose) {
    throw new CredentialError(
      'STATUS_UNKNOWN',
      `${verb}: ${url} is not a list for ${entry.statusPurpose} of this registry`,
    )
  }
  const index =
    typeof statusListIndex === 'string' && /^(0|[1-9]\d*)$/.test(statusListIndex) ? Number(statusListIndex) : -1
  const place = (await tenant.order(list)).placeOf(index)
  const now = place === undefined ? undefined : await tenant.list(url as string, place + 1)
  if (place === undefined || !now || now.state.allocated <= place) {
    throw new CredentialError('STATUS_UNKNOWN', `${verb}: no credential has index ${statusListIndex} of ${url}`)
  }
  return { list: now, place }
}

/** What is easily passed in place of a target, and what would be right. */
function assertTarget(verb: string, passed: unknown): void {
  const target = Object(passed) as object
  const { entry } = target as StatusTarget
  if ('credentialId' in target || entry !== undefined) return
  // Text was taken apart into its letters, and of a Promise nothing is left.
  const names = Object.keys(target).filter((name) => !/^\d+$/.test(name))
  const found =
    'entry' in target
      ? 'entry is undefined: a credential without credentialStatus has no place in a list'
      : '@context' in target
        ? given(target)
        : names.length > 0
          ? `what is given has ${names.slice(0, 5).join(', ')} alone`
          : 'what is given is text, nothing, or a Promise that needs await'
  throw invalid(`${verb}: give { credentialId: credential.id } or { entry: credential.credentialStatus }; ${found}`)
}

/** The entry that is meant, of one or several. */
function entryOf(verb: string, { entry, purpose }: StatusTarget): Partial<BitstringStatusListEntry> {
  const entries = [entry].flat() as readonly Partial<BitstringStatusListEntry>[]
  const fit = entries.filter((each) => purpose === undefined || each?.statusPurpose === purpose)
  if (fit.length === 1 && fit[0]) return fit[0]
  throw invalid(
    fit.length === 0
      ? `${verb}: no entry is for ${purpose ?? 'any purpose'}`
      : `${verb}: there are ${fit.length} entries; say which purpose is meant`,
  )
}

function readPurpose(tenant: Tenant, verb: string, purpose: StatusPurpose | undefined): StatusPurpose {
  const { purposes } = tenant.settings
  const [only] = purposes
  if (purpose === undefined && only && purposes.length === 1) return only
  if (purpose !== undefined && purposes.includes(purpose)) return purpose
  throw invalid(`${verb}: purpose must be one of ${purposes.join(', ')}`)
}

async function listNamed(tenant: Tenant, verb: string, name: string): Promise<KnownList> {
  const list = await tenant.list(name)
  if (list) return list
  throw new CredentialError('STATUS_UNKNOWN', `${verb}: this registry has no list ${name}`)
}

async function* events(tenant: Tenant, name: string): AsyncGenerator<StatusEvent, void, undefined> {
  const { state } = await listNamed(tenant, 'events', name)
  let after = 0
  for (;;) {
    const page = await tenant.store.events(state.id, after, BATCH)
    yield* page
    const last = page.at(-1)
    if (!last) return
    after = last.seq
  }
}

async function history(tenant: Tenant, verb: string, target: StatusTarget): Promise<readonly StatusHistoryItem[]> {
  const { list, place } = await locate(tenant, verb, target)
  return (await tenant.store.history(list.state.id, place)).map((event) => historyItem(event, place))
}

function historyItem(event: StatusEvent, place: number): StatusHistoryItem {
  const body = readBody(event)
  const at = { time: body.time, list: event.list, seq: event.seq }
  if (body.type !== 'changed') return { ...at, type: 'allocated', value: 0 }
  const value = body.changes.findLast(([changed]) => changed === place)?.[1] ?? 0
  const { reason } = body
  return { ...at, type: value === 0 ? 'unset' : 'set', value, ...(reason !== undefined && { reason }) }
}

function infoOf({ state: { secret: _, ...state }, url }: KnownList): StatusListInfo {
  return { ...state, url }
}

function readId(verb: string, id: unknown): string {
  if (typeof id === 'string' && id !== '') return id
  throw invalid(`${verb}: the id of the credential must be text; ${given(id)}`)
}

function assertValue(verb: string, value: number, { statusSize }: StatusListRecord): void {
  const most = 2 ** statusSize - 1
  if (Number.isInteger(value) && value >= 0 && value <= most) return
  throw invalid(`${verb}: value must be a whole number from 0 to ${most}`)
}

function unknownId(verb: string, id: string, purpose: StatusPurpose): CredentialError {
  return new CredentialError('STATUS_UNKNOWN', `${verb}: the credential ${id} has no place in a list for ${purpose}`)
}

function invalid(message: string): CredentialError {
  return new CredentialError('OPTION_INVALID', message)
}
