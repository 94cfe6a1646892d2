/**
 * The log of a status list: what was done to it, in order, for ever. Each event's hash covers the one before, so that none can be
 * changed, left out or put in without changing all that follow. It holds no personal data: credentials are named by keyed
 * hashes, and a reason only if one was given.
 */

import { sha256 } from '../encoding/hash.ts'
import type { Items } from '../encoding/in-order.ts'
import { describe } from '../encoding/json.ts'

/** One event as a store keeps it. */
export interface StatusEvent {
  readonly list: string
  /** 1, 2, 3 … within the list. */
  readonly seq: number
  /** JSON text of a `StatusEventBody`, byte for byte as it was hashed. */
  readonly body: string
  /** SHA-256 over the hash before (nothing for the first), `seq` and `body`, each on its line; in hexadecimal. */
  readonly hash: string
}

/** What an event says. `time` is a dateTimeStamp. */
export type StatusEventBody =
  | {
      readonly type: 'opened'
      readonly time: string
      readonly purpose: string
      readonly length: number
      readonly statusSize: number
    }
  | { readonly type: 'allocated'; readonly time: string; readonly first: number; readonly keys: readonly string[] }
  | {
      readonly type: 'changed'
      readonly time: string
      /** Place and new value. */
      readonly changes: readonly (readonly [place: number, value: number])[]
      readonly reason?: string
    }
  | {
      readonly type: 'published'
      readonly time: string
      readonly version: number
      /** Number of the last event whose effect was published. */
      readonly covers: number
      /** SHA-256 of the signed list's text, in hexadecimal. */
      readonly digest: string
    }

/** Where a log stands. */
export interface LogHead {
  readonly seq: number
  readonly hash: string
}

/** Before the first event. */
export const emptyLog: LogHead = Object.freeze({ seq: 0, hash: '' })

/** The hash of the event that comes after `head`. */
export function hashAfter(head: LogHead, body: string): string {
  return sha256.hex(`${head.hash}\n${head.seq + 1}\n${body}`)
}

/** The event that comes after `head`. */
export function nextEvent(list: string, head: LogHead, body: StatusEventBody): StatusEvent {
  const text = JSON.stringify(body)
  return { list, seq: head.seq + 1, body: text, hash: hashAfter(head, text) }
}

/** What came of reading a log. `problem` names what is wrong with event number `seq`, the first that is. */
export type LogReport =
  | { readonly intact: true; readonly seq: number; readonly hash: string }
  | { readonly intact: false; readonly seq: number; readonly problem: string }

/** A list as its log tells it. */
interface Told {
  length: number
  statusSize: number
  allocated: number
  version: number
  readonly keys: Set<string>
}

/**
 * Reads the log of one list from its first event on, and stops at the first that does not follow from those before: a hash that
 * does not fit, a number left out, a place given twice or beyond the list, a value in a place that nobody has, a version that
 * goes back. Keep `hash` of an intact log elsewhere: only with it can you tell that events were cut off at the end.
 */
export async function verifyEventLog(events: Items<StatusEvent>): Promise<LogReport> {
  const told: Told = { length: 0, statusSize: 1, allocated: 0, version: 0, keys: new Set() }
  let head = emptyLog
  let list: string | undefined
  for await (const event of events) {
    const seq = head.seq + 1
    list ??= event.list
    const problem = problemOf(event, head, list) ?? tryRetell(told, event.body, seq)
    if (problem !== undefined) return { intact: false, seq, problem }
    head = { seq, hash: event.hash }
  }
  return { intact: true, ...head }
}

function problemOf(event: StatusEvent, head: LogHead, list: string): string | undefined {
  if (event.list !== list) return `the event belongs to another list than those before: ${event.list}`
  if (event.seq !== head.seq + 1) return `event ${head.seq + 1} is missing: ${event.seq} follows on ${head.seq}`
  if (event.hash !== hashAfter(head, event.body))
    return 'the hash is not that of this event after the one before: one of them was changed'
  return undefined
}

/** What an event of an intact log says. */
export function readBody(event: StatusEvent): StatusEventBody {
  return JSON.parse(event.body) as StatusEventBody
}

function tryRetell(told: Told, body: string, seq: number): string | undefined {
  try {
    return retell(told, JSON.parse(body) as StatusEventBody, seq)
  } catch (cause) {
    return `the body cannot be read: ${describe(cause)}`
  }
}

function retell(told: Told, body: StatusEventBody, seq: number): string | undefined {
  if ((body.type === 'opened') !== (seq === 1)) return 'a log begins with "opened", and has it once'
  switch (body.type) {
    case 'opened':
      told.length = body.length
      told.statusSize = body.statusSize
      return undefined
    case 'allocated':
      return retellAllocated(told, body.first, body.keys)
    case 'changed':
      return body.changes.every(([place, value]) => isPlace(told, place) && isValue(told, value))
        ? undefined
        : `a change of a place that nobody has, or to a value that does not fit: ${told.allocated} places are taken`
    case 'published':
      if (body.version !== told.version + 1) return `version ${body.version} follows on ${told.version}`
      if (!(body.covers < seq)) return `version ${body.version} covers event ${body.covers}, which comes later`
      told.version = body.version
      return undefined
    default:
      return 'an event of an unknown type'
  }
}

function retellAllocated(told: Told, first: number, keys: readonly string[]): string | undefined {
  if (first !== told.allocated) return `place ${first} was given where ${told.allocated} was the next`
  if (first + keys.length > told.length) return `a place beyond the list, which has ${told.length}`
  for (const key of keys) {
    if (told.keys.has(key)) return `the credential ${key} was given a second place`
    told.keys.add(key)
  }
  told.allocated += keys.length
  return undefined
}

function isPlace(told: Told, place: number): boolean {
  return Number.isInteger(place) && place >= 0 && place < told.allocated
}

function isValue(told: Told, value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** told.statusSize
}
