/**
 * A store of status lists over anything that can keep records in order and add one at a named place or not at all. What the lists
 * are follows from the records alone; each process reads those that are new to it before it answers.
 */

import { sha256 } from '../encoding/hash.ts'
import { createHashTable, type HashKey, type HashTable, hashKeyOf } from '../encoding/hash-table.ts'
import { CredentialError } from '../errors.ts'
import {
  emptyLog,
  hashAfter,
  type LogHead,
  nextEvent,
  readBody,
  type StatusEvent,
  type StatusEventBody,
} from './event-log.ts'
import type {
  PublishedStatusList,
  StatusListRecord,
  StatusListState,
  StatusPlace,
  StatusPurpose,
  StatusStore,
} from './store.ts'

/** Records in order, the first at place 0. */
export interface RecordLog {
  /** The records from this place on, in order. `most` is how many are wanted; more may come, and fewer only where there are no more. */
  read(from: number, most: number): Promise<readonly string[]>
  /** Adds a record at the first free place, if that is this one; false, and nothing done, if another record is there. Lasting when it returns. */
  append(place: number, record: string): Promise<boolean>
}

/** What one record says. An event comes with what its body leaves out. */
type LogRecord =
  | { readonly secret: string; readonly tenant: string }
  | { readonly event: StatusEvent; readonly opened?: StatusListRecord; readonly published?: PublishedStatusList }

/** What is kept of a list. Its events stay in the log: here is only where they are. */
interface List {
  readonly record: StatusListRecord
  readonly values: Map<number, number>
  /** Places of its events among the records. */
  readonly events: number[]
  /** Those among them that gave places, and the first place that each gave. */
  readonly given: { readonly first: number; readonly record: number }[]
  /** For each place whose value was changed: the places of these events. */
  readonly changes: Map<number, number[]>
  allocated: number
  head: LogHead
  published: PublishedStatusList | undefined
}

/** The lists of a tenant and purpose, and which place each credential has in them. */
interface Group {
  readonly lists: { readonly list: List; readonly before: number }[]
  /** The number of a place, counted through all lists of the group. */
  readonly places: HashTable
}

interface State {
  /** Number of records that were read. */
  read: number
  readonly secrets: Map<string, string>
  readonly lists: Map<string, List>
  readonly groups: Map<string, Group>
}

/** Records that are read in one step. */
const PAGE = 1_000

/** How often a record is tried again when other processes were faster. Each time one of them got on. */
const MAX_TRIES = 10_000

/** A store over a log of records. Of each credential it keeps some 30 bytes in memory, and of each step a few. */
export function logStatusStore(log: RecordLog): StatusStore {
  const state: State = { read: 0, secrets: new Map(), lists: new Map(), groups: new Map() }
  const inTurn = createTurns()

  async function catchUp(): Promise<State> {
    for (;;) {
      const records = await log.read(state.read, PAGE)
      for (const text of records) {
        tell(state, parse(text, state.read))
        state.read += 1
      }
      if (records.length < PAGE) return state
    }
  }

  /** Events at these places of the log. Those that lie together are read together. */
  async function eventsAt(places: readonly number[]): Promise<readonly StatusEvent[]> {
    const events: StatusEvent[] = []
    for (let at = 0; at < places.length; ) {
      const from = places[at] as number
      let end = at + 1
      while (end < places.length && (places[end] as number) < from + PAGE) end += 1
      const records = await log.read(from, (places[end - 1] as number) - from + 1)
      for (; at < end; at += 1) {
        const place = places[at] as number
        const text = records[place - from]
        if (text === undefined) throw new CredentialError('STORE_CORRUPT', `record ${place} of the store is gone`)
        const record = parse(text, place)
        if ('event' in record) events.push(record.event)
      }
    }
    return events
  }

  const look = <R>(at: (state: State) => R | Promise<R>): Promise<R> => inTurn(async () => at(await catchUp()))

  /** `decide` sees the newest state; what it decided is written only if the state is still that one. */
  const write = <R>(decide: (state: State) => { readonly record?: LogRecord; readonly answer: R }): Promise<R> =>
    inTurn(async () => {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const { record, answer } = decide(await catchUp())
        if (!record || (await log.append(state.read, JSON.stringify(record)))) return answer
      }
      throw new CredentialError(
        'STORE_CONFLICT',
        `the store was changed by others ${MAX_TRIES} times in a row; try again later`,
      )
    })

  return {
    secret: (tenant, proposed) =>
      write(({ secrets }) => {
        const kept = secrets.get(tenant)
        return kept === undefined ? { record: { tenant, secret: proposed }, answer: proposed } : { answer: kept }
      }),
    open: (opened, time) =>
      write(({ lists }) => {
        if ([...lists.values()].some(({ record }) => isSame(record, opened))) return { answer: false }
        const { purpose, length, statusSize } = opened
        const event = nextEvent(opened.id, emptyLog, { type: 'opened', time, purpose, length, statusSize })
        return { record: { event, opened }, answer: true }
      }),
    lists: (tenant) => look((now) => ofTenant(now, tenant).map(stateOf)),
    allocate: ({ tenant, purpose, keys, time }) =>
      write((now) => {
        const known = placesOf(now, tenant, purpose, keys)
        const fresh = keys.filter((_, index) => known[index] === undefined)
        const list = ofTenant(now, tenant).find(
          ({ record, allocated }) => record.purpose === purpose && allocated < record.length,
        )
        if (!list || fresh.length === 0) return { answer: known }
        const first = list.allocated
        const taken = fresh.slice(0, list.record.length - first)
        const event = nextEvent(list.record.id, list.head, { type: 'allocated', time, first, keys: taken })
        let next = 0
        const answer = known.map((place) =>
          place || next >= taken.length ? place : { list: list.record.id, place: first + next++ },
        )
        return { record: { event }, answer }
      }),
    find: ({ tenant, purpose, keys }) => look((now) => placesOf(now, tenant, purpose, keys)),
    change: ({ list: id, changes, time, reason }) =>
      write((now) => {
        const list = listOf(now, id)
        for (const { place } of changes) assertTaken(list, place)
        const differs = changes.map(({ place, value }) => (list.values.get(place) ?? 0) !== value)
        const changed = changes.filter((_, index) => differs[index])
        if (changed.length === 0) return { answer: differs }
        const pairs = changed.map(({ place, value }) => [place, value] as const)
        const body: StatusEventBody = { type: 'changed', time, changes: pairs, ...(reason !== undefined && { reason }) }
        return { record: { event: nextEvent(id, list.head, body) }, answer: differs }
      }),
    values: (id) =>
      look((now) => {
        const { values, head } = listOf(now, id)
        return { seq: head.seq, values: [...values].map(([place, value]) => ({ place, value })) }
      }),
    events: (id, after, limit) => look((now) => eventsAt(listOf(now, id).events.slice(after, after + limit))),
    history: (id, place) => look((now) => eventsAt(eventsNaming(listOf(now, id), place))),
    publish: (published, event) =>
      write((now) => {
        const list = listOf(now, published.list)
        if (published.version !== (list.published?.version ?? 0) + 1) return { answer: false }
        const { seq } = list.head
        const next = { list: published.list, seq: seq + 1, body: event, hash: hashAfter(list.head, event) }
        return { record: { event: next, published }, answer: true }
      }),
    published: (id) => look(({ lists }) => lists.get(id)?.published),
  }
}

/** One after the other, in the order of the calls. */
function createTurns(): <R>(work: () => Promise<R>) => Promise<R> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work, work)
    last = turn
    return turn
  }
}

function parse(text: string, place: number): LogRecord {
  try {
    return JSON.parse(text) as LogRecord
  } catch (cause) {
    throw new CredentialError('STORE_CORRUPT', `record ${place} of the store is not JSON`, { cause })
  }
}

function tell(state: State, record: LogRecord): void {
  if ('secret' in record) {
    state.secrets.set(record.tenant, record.secret)
    return
  }
  const { event, opened, published } = record
  if (opened) addList(state, opened)
  const list = listOf(state, event.list)
  if (event.hash !== hashAfter(list.head, event.body)) {
    throw new CredentialError(
      'STORE_CORRUPT',
      `record ${state.read} of the store does not follow from those before: event ${event.seq} of list ${event.list} was changed`,
    )
  }
  list.head = { seq: event.seq, hash: event.hash }
  list.events.push(state.read)
  list.published = published ?? list.published
  const body = readBody(event)
  if (body.type === 'allocated') {
    const { places, lists } = groupOf(state, list.record.tenant, list.record.purpose)
    const before = lists.find((each) => each.list === list)?.before ?? 0
    list.given.push({ first: list.allocated, record: state.read })
    for (const key of body.keys) {
      places.set(hashOf(key), before + list.allocated)
      list.allocated += 1
    }
  } else if (body.type === 'changed') {
    for (const [place, value] of body.changes) {
      if (value === 0) list.values.delete(place)
      else list.values.set(place, value)
      const known = list.changes.get(place)
      if (known) known.push(state.read)
      else list.changes.set(place, [state.read])
    }
  }
}

function addList(state: State, record: StatusListRecord): void {
  const list: List = {
    record,
    values: new Map(),
    events: [],
    given: [],
    changes: new Map(),
    allocated: 0,
    head: emptyLog,
    published: undefined,
  }
  state.lists.set(record.id, list)
  const { lists } = groupOf(state, record.tenant, record.purpose)
  const last = lists.at(-1)
  lists.push({ list, before: last ? last.before + last.list.record.length : 0 })
}

function groupOf({ groups }: State, tenant: string, purpose: StatusPurpose): Group {
  const name = `${purpose} ${tenant}`
  const known = groups.get(name) ?? { lists: [], places: createHashTable() }
  groups.set(name, known)
  return known
}

function placesOf(
  state: State,
  tenant: string,
  purpose: StatusPurpose,
  keys: readonly string[],
): readonly (StatusPlace | undefined)[] {
  const { places, lists } = groupOf(state, tenant, purpose)
  return keys.map((key) => {
    const number = places.get(hashOf(key))
    const found = number === undefined ? undefined : lists.findLast(({ before }) => before <= number)
    return found && { list: found.list.record.id, place: (number as number) - found.before }
  })
}

/** Registries name credentials by 32 hexadecimal digits, which are a digest already. */
function hashOf(key: string): HashKey {
  if (!/^[0-9a-f]{32}$/.test(key)) return hashKeyOf(sha256.bytes(key))
  const word = (from: number): number => Number.parseInt(key.slice(from, from + 8), 16)
  return [word(0), word(8), word(16), word(24)]
}

/** Where the events lie that name a place: the one that gave it, and those that changed it. */
function eventsNaming({ given, changes, allocated }: List, place: number): readonly number[] {
  const giving = place < allocated ? given.findLast(({ first }) => first <= place) : undefined
  return [...(giving ? [giving.record] : []), ...(changes.get(place) ?? [])]
}

function isSame(one: StatusListRecord, other: StatusListRecord): boolean {
  const sameNumber = one.number === other.number && one.purpose === other.purpose && one.tenant === other.tenant
  return sameNumber || one.id === other.id
}

function ofTenant(state: State, tenant: string): readonly List[] {
  return [...state.lists.values()]
    .filter(({ record }) => record.tenant === tenant)
    .sort(({ record: a }, { record: b }) =>
      a.purpose === b.purpose ? a.number - b.number : a.purpose < b.purpose ? -1 : 1,
    )
}

function stateOf({ record, allocated, head, published }: List): StatusListState {
  return { ...record, allocated, seq: head.seq, version: published?.version ?? 0 }
}

function listOf(state: State, id: string): List {
  const list = state.lists.get(id)
  if (!list) throw new Error(`there is no list ${id} in the store`)
  return list
}

function assertTaken({ record, allocated }: List, place: number): void {
  if (!(Number.isInteger(place) && place >= 0 && place < allocated)) {
    throw new Error(`place ${place} of list ${record.id} is not taken`)
  }
}
