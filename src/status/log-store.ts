/**
 * A store of status lists over anything that can keep records in order and add one at a named place or not at all. What the lists
 * are follows from the records alone; each process reads those that are new to it before it answers.
 */

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
  /** The records from this place on. */
  read(from: number): Promise<readonly string[]>
  /** Adds a record at the first free place, if that is this one; false, and nothing done, if another record is there. Lasting when it returns. */
  append(place: number, record: string): Promise<boolean>
}

/** What one record says. An event comes with what its body leaves out. */
type LogRecord =
  | { readonly secret: string; readonly tenant: string }
  | { readonly event: StatusEvent; readonly opened?: StatusListRecord; readonly published?: PublishedStatusList }

interface List {
  readonly record: StatusListRecord
  readonly values: Map<number, number>
  readonly events: StatusEvent[]
  allocated: number
  head: LogHead
  published: PublishedStatusList | undefined
}

interface State {
  /** Number of records that were read. */
  read: number
  readonly secrets: Map<string, string>
  readonly lists: Map<string, List>
  readonly places: Map<string, StatusPlace>
}

/** How often a record is tried again when other processes were faster. Each time one of them got on. */
const MAX_TRIES = 10_000

/** A store over a log of records. */
export function logStatusStore(log: RecordLog): StatusStore {
  const state: State = { read: 0, secrets: new Map(), lists: new Map(), places: new Map() }
  const inTurn = createTurns()

  async function catchUp(): Promise<State> {
    for (const text of await log.read(state.read)) {
      tell(state, parse(text, state.read))
      state.read += 1
    }
    return state
  }

  const look = <R>(at: (state: State) => R): Promise<R> => inTurn(async () => at(await catchUp()))

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
        const known = keys.map((key) => now.places.get(nameOf(tenant, purpose, key)))
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
    find: ({ tenant, purpose, keys }) =>
      look(({ places }) => keys.map((key) => places.get(nameOf(tenant, purpose, key)))),
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
    events: (id, after, limit) => look((now) => listOf(now, id).events.slice(after, after + limit)),
    history: (id, place) => look((now) => listOf(now, id).events.filter((event) => names(event, place))),
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
  if (opened) state.lists.set(opened.id, newList(opened))
  const list = listOf(state, event.list)
  if (event.hash !== hashAfter(list.head, event.body)) {
    throw new CredentialError(
      'STORE_CORRUPT',
      `record ${state.read} of the store does not follow from those before: event ${event.seq} of list ${event.list} was changed`,
    )
  }
  list.head = { seq: event.seq, hash: event.hash }
  list.events.push(event)
  list.published = published ?? list.published
  const body = readBody(event)
  if (body.type === 'allocated') {
    for (const key of body.keys) {
      const { tenant, purpose, id } = list.record
      state.places.set(nameOf(tenant, purpose, key), { list: id, place: list.allocated })
      list.allocated += 1
    }
  } else if (body.type === 'changed') {
    for (const [place, value] of body.changes) {
      if (value === 0) list.values.delete(place)
      else list.values.set(place, value)
    }
  }
}

function newList(record: StatusListRecord): List {
  return { record, values: new Map(), events: [], allocated: 0, head: emptyLog, published: undefined }
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

function nameOf(tenant: string, purpose: StatusPurpose, key: string): string {
  return `${key} ${purpose} ${tenant}`
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

function names(event: StatusEvent, place: number): boolean {
  const body = readBody(event)
  if (body.type === 'allocated') return place >= body.first && place < body.first + body.keys.length
  return body.type === 'changed' && body.changes.some(([changed]) => changed === place)
}
