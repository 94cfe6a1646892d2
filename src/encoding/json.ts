/** JSON from strangers: read within limits, copied so that what was checked cannot change afterwards, frozen. */

import type { JsonObject, JsonValue } from '../types.ts'
import { readText } from './json-text.ts'
import { defaultLimits, type Limits } from './limits.ts'
import {
  assertName,
  assertString,
  isUnsafeInteger,
  type Path,
  type ReadProblemCode,
  Refusal,
  tooDeep,
  tooLong,
  tooManyItems,
  tooManyMembers,
  tooManyValues,
  unsafeInteger,
} from './refusal.ts'

/** What was read, or why it cannot be. */
export type ReadResult = { readonly value: JsonValue } | ReadProblem

/** Why something cannot be read, and where. `detail` says which limit was met. */
export interface ReadProblem {
  readonly code: ReadProblemCode
  readonly problem: string
  readonly path: string
  readonly detail?: JsonObject
}

/**
 * Reads an object, JSON text or UTF-8 bytes into frozen values of its own.
 * Never throws, whatever it is given.
 */
export function readJson(input: unknown, limits: Limits = defaultLimits): ReadResult {
  try {
    if (typeof input === 'string') return { value: parse(input, limits) }
    if (input instanceof Uint8Array) return { value: parse(decode(input, limits), limits) }
    return { value: copy(input, { values: 0, path: [], limits }) }
  } catch (cause) {
    if (cause instanceof Refusal) {
      const { code, message, detail } = cause
      return { code, path: cause.path.reduce<string>(pointer, ''), problem: message, ...(detail && { detail }) }
    }
    // A getter or proxy of the caller's object threw.
    return { code: 'INPUT_MALFORMED', path: '', problem: `the input cannot be read: ${describe(cause)}` }
  }
}

/** True for a JSON object, false for null, lists and everything else. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What was read in place of an object, and what would be right. */
export function notAnObject(value: JsonValue): string {
  const found = Array.isArray(value) ? listOf(value.length) : value === null ? 'null' : `a ${typeof value}`
  return `not a JSON object, but ${found}`
}

function listOf(count: number): string {
  if (count === 0) return 'an empty list'
  return count === 1
    ? 'a list with one item in it: give that item alone'
    : `a list of ${count} items: give one at a time`
}

/** One or many as a list; nothing as the empty list. */
export function asArray(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value as JsonValue]
}

/** What a member says: to JSON-LD, and so to a signature, a list of one is that one, and `null` is nothing. Several stay a list. */
export function single(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== 'object') return value
  const said = asArray(value).filter((each) => each !== null)
  return said.length > 1 ? said : said[0]
}

/** The same of several members of one object. */
export function singles(object: JsonObject, ...names: readonly string[]): readonly (JsonValue | undefined)[] {
  return names.map((name) => single(object[name]))
}

/** A JSON Pointer (RFC 6901) one step deeper. */
export function pointer(base: string, step: string | number): string {
  return `${base}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The steps of a JSON Pointer (RFC 6901 section 4); none lead to the root. */
export function stepsOf(path: string): readonly string[] {
  return path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
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

function decode(bytes: Uint8Array, limits: Limits): string {
  if (bytes.length > limits.bytes) throw tooLong(limits, bytes.length, 'bytes')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw malformed([], 'the bytes are not UTF-8 text; give JSON encoded as UTF-8')
  }
}

function parse(text: string, limits: Limits): JsonValue {
  if (text.length > limits.bytes) throw tooLong(limits, text.length, 'characters')
  try {
    // Editors write a byte order mark before the text; RFC 8259 section 8.1 lets readers pass over it.
    return readText(text.startsWith('\uFEFF') ? text.slice(1) : text, limits)
  } catch (cause) {
    if (cause instanceof Refusal) throw cause
    throw malformed([], /\S/.test(text) ? `the text is not JSON: ${describe(cause)}` : 'the text is empty')
  }
}

function malformed(path: Path, problem: string): Refusal {
  return new Refusal('INPUT_MALFORMED', path, problem)
}

/** How much was copied, and where the copying is. */
interface Progress {
  values: number
  readonly path: (string | number)[]
  readonly limits: Limits
}

function copy(value: unknown, progress: Progress): JsonValue {
  const { path, limits } = progress
  progress.values += 1
  if (progress.values > limits.values) throw tooManyValues(limits, path)
  if (typeof value === 'string') return copyString(value, progress)
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') return copyNumber(value, path)
  if (value === undefined) throw malformed(path, 'there is nothing here')
  if (typeof value !== 'object') throw malformed(path, `a ${typeof value} is not a JSON value`)
  if (path.length >= limits.depth) throw tooDeep(limits, path)
  return Array.isArray(value) ? copyArray(value, progress) : copyObject(value, progress)
}

function copyString(text: string, { path, limits }: Progress): string {
  assertString(text, path, limits)
  return text
}

function copyNumber(value: number, path: Path): number {
  if (!Number.isFinite(value)) throw malformed(path, `${value} is not a JSON number`)
  if (isUnsafeInteger(value)) throw unsafeInteger(path)
  return value
}

function copyArray(array: readonly unknown[], progress: Progress): JsonValue {
  const { length } = array
  if (length > progress.limits.arrayLength) throw tooManyItems(progress.limits, progress.path, length)
  const result: JsonValue[] = []
  // By index: a sparse array has holes that `map` would leave.
  for (let index = 0; index < length; index += 1) {
    progress.path.push(index)
    result.push(copy(array[index], progress))
    progress.path.pop()
  }
  return Object.freeze(result)
}

function copyObject(object: object, progress: Progress): JsonObject {
  const { path, limits } = progress
  const prototype: unknown = Object.getPrototypeOf(object)
  if (prototype !== null && prototype !== Object.prototype && !isPlainElsewhere(prototype as object)) {
    throw malformed(path, 'the value is not plain JSON; give objects, lists, texts, numbers, booleans and null only')
  }
  const names = Object.keys(object)
  if (names.length > limits.members) throw tooManyMembers(limits, path, names.length)
  const result: Record<string, JsonValue> = {}
  for (const name of names) {
    assertName(name, path, limits)
    const member: unknown = (object as Record<string, unknown>)[name]
    if (member === undefined) continue
    path.push(name)
    result[name] = copy(member, progress)
    path.pop()
  }
  return Object.freeze(result)
}

/** A plain object of another realm (a worker, a test runner's sandbox): its prototype is a root and has no `toJSON`. */
function isPlainElsewhere(prototype: object): boolean {
  return Object.getPrototypeOf(prototype) === null && !('toJSON' in prototype)
}
