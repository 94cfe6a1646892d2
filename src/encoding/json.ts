/** JSON from strangers: read within limits, copied so that what was checked cannot change afterwards, frozen. */

import type { JsonObject, JsonValue } from '../types.ts'

/** Largest text that is read, in UTF-16 code units, and largest input as bytes. */
export const MAX_LENGTH = 16_777_216
/** Deepest nesting of arrays and objects. */
export const MAX_DEPTH = 100
/** Most values (members, items) in one document. */
export const MAX_VALUES = 500_000

/** What was read, or why it cannot be. `limit` says that size, depth or number of values was the reason. */
export type ReadResult =
  | { readonly value: JsonValue }
  | { readonly problem: string; readonly path: string; readonly limit: boolean }

/**
 * Reads an object, JSON text or UTF-8 bytes into a frozen copy of its own.
 * Never throws, whatever it is given.
 */
export function readJson(input: unknown): ReadResult {
  try {
    const value = typeof input === 'string' ? parse(input) : input instanceof Uint8Array ? parse(decode(input)) : input
    return { value: copy(value, { values: 0, path: [] }) }
  } catch (cause) {
    if (cause instanceof Refusal) return { path: cause.path, problem: cause.message, limit: cause.limit }
    // A getter or proxy of the caller's object threw.
    return { path: '', problem: `the input cannot be read: ${describe(cause)}`, limit: false }
  }
}

/** True for a JSON object, false for null, lists and everything else. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One or many as a list; nothing as the empty list. */
export function asArray(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value as JsonValue]
}

/** A JSON Pointer (RFC 6901) one step deeper. */
export function pointer(base: string, step: string | number): string {
  return `${base}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** A message with the place it speaks of before it; the root needs none. */
export function locate(path: string, message: string): string {
  return path === '' ? message : `${path}: ${message}`
}

/** The `id` of a value that may be an id itself or an object with one. */
export function idOf(value: JsonValue | undefined): string | undefined {
  const id = isObject(value) ? value['id'] : value
  return typeof id === 'string' ? id : undefined
}

/** What an unknown thrown value says of itself. Never throws, whatever was thrown. */
export function describe(cause: unknown): string {
  try {
    return String(cause instanceof Error ? cause.message : cause)
  } catch {
    return 'something that cannot be printed'
  }
}

/** The value, and everything in it, so that it can never change. For values of bounded depth. */
export function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) if (typeof member === 'object' && member !== null) deepFreeze(member)
  return Object.freeze(value)
}

class Refusal extends Error {
  readonly path: string
  readonly limit: boolean
  constructor(path: readonly (string | number)[], problem: string, limit = false) {
    super(problem)
    this.path = path.reduce<string>(pointer, '')
    this.limit = limit
  }
}

function decode(bytes: Uint8Array): string {
  if (bytes.length > MAX_LENGTH) throw tooLong(bytes.length, 'bytes')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Refusal([], 'the bytes are not UTF-8 text; give JSON encoded as UTF-8')
  }
}

function parse(text: string): unknown {
  if (text.length > MAX_LENGTH) throw tooLong(text.length, 'characters')
  try {
    // Editors write a byte order mark before the text; RFC 8259 section 8.1 lets readers pass over it.
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
  } catch (cause) {
    throw new Refusal([], `the text is not JSON: ${describe(cause)}`)
  }
}

function tooLong(length: number, unit: string): Refusal {
  return new Refusal([], `the input has ${length} ${unit}; at most ${MAX_LENGTH} are read`, true)
}

/** How much was copied, and where the copying is. */
interface Progress {
  values: number
  readonly path: (string | number)[]
}

function copy(value: unknown, progress: Progress): JsonValue {
  const { path } = progress
  progress.values += 1
  if (progress.values > MAX_VALUES) throw new Refusal(path, `the document has more than ${MAX_VALUES} values`, true)
  if (typeof value === 'string') return readString(value, path)
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value
    throw new Refusal(path, `${value} is not a JSON number`)
  }
  if (value === undefined) throw new Refusal(path, 'there is nothing here')
  if (typeof value !== 'object') throw new Refusal(path, `a ${typeof value} is not a JSON value`)
  if (path.length >= MAX_DEPTH) throw new Refusal(path, `the document is nested deeper than ${MAX_DEPTH} levels`, true)
  return Array.isArray(value) ? copyList(value, progress) : copyObject(value, progress)
}

/** Half of a surrogate pair is no character: it is hashed as another one, so that two texts would share a signature. */
function readString(text: string, path: readonly (string | number)[]): string {
  if (loneSurrogate.test(text))
    throw new Refusal(path, 'the text holds half of a surrogate pair, which is no character')
  return text
}

const loneSurrogate = /\p{Surrogate}/u

function copyList(list: readonly unknown[], progress: Progress): JsonValue {
  const result: JsonValue[] = []
  // By index: a sparse list has holes that `map` would leave.
  for (let index = 0; index < list.length; index += 1) {
    progress.path.push(index)
    result.push(copy(list[index], progress))
    progress.path.pop()
  }
  return Object.freeze(result)
}

function copyObject(object: object, progress: Progress): JsonObject {
  const { path } = progress
  const prototype: unknown = Object.getPrototypeOf(object)
  if (prototype !== null && prototype !== Object.prototype && !isPlainElsewhere(prototype as object)) {
    throw new Refusal(path, 'the value is not plain JSON; give objects, lists, texts, numbers, booleans and null only')
  }
  const result: Record<string, JsonValue> = {}
  for (const key of Object.keys(object)) {
    readString(key, path)
    if (key === '__proto__') throw new Refusal(path, 'a member named "__proto__" is not accepted')
    const member: unknown = (object as Record<string, unknown>)[key]
    if (member === undefined) continue
    path.push(key)
    result[key] = copy(member, progress)
    path.pop()
  }
  return Object.freeze(result)
}

/** A plain object of another realm (a worker, a test runner's sandbox): its prototype is a root and has no `toJSON`. */
function isPlainElsewhere(prototype: object): boolean {
  return Object.getPrototypeOf(prototype) === null && !('toJSON' in prototype)
}
