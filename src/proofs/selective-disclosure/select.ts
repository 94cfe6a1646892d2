/**
 * The part of a document that JSON Pointers name (`selectJsonLd` of Data Integrity ECDSA Cryptosuites 1.0 section 3.4), with what makes it
 * a document: contexts, and the id and types of every object on the way.
 *
 * A list in the sense of JSON-LD is one thing: what names an item of it gets the whole list.
 */

import { isObject, pointer as pointerOf, stepsOf } from '../../encoding/json.ts'
import { CredentialError } from '../../errors.ts'
import type { JsonObject, JsonValue } from '../../types.ts'

/** A part of a document. */
export interface Selection {
  readonly document: JsonObject
  /** The JSON Pointer in the whole document of what has this one in the part: items of a shortened array have moved. */
  original(path: string): string
}

/** Selects by pointers. Throws `OPTION_INVALID` for one that points at nothing. `lists` are the pointers of the lists. */
export function select(document: JsonObject, pointers: readonly string[], lists: ReadonlySet<string>): Selection {
  const wanted: Wanted = { isWhole: false, members: new Map() }
  for (const path of pointers) want(wanted, document, path, lists)
  const moved = new Map<string, readonly number[]>()
  return {
    document: take(document, wanted, '', moved) as JsonObject,
    original: (path) => originalOf(path, moved),
  }
}

/** What is wanted of one value. */
interface Wanted {
  isWhole: boolean
  readonly members: Map<string, Wanted>
}

/** What an object cannot be read without. */
const alwaysTaken: ReadonlySet<string> = new Set(['@context', 'id', 'type', '@id', '@type'])

function want(root: Wanted, document: JsonObject, path: string, lists: ReadonlySet<string>): void {
  let at: JsonValue = document
  let wanted = root
  let place = ''
  for (const step of readPointer(path)) {
    if (wanted.isWhole || lists.has(place)) break
    const next = memberOf(at, step)
    if (next === undefined) throw nothingThere(path, place, at)
    // Contexts and types are taken whole, or not what was signed.
    if (isObject(at) && alwaysTaken.has(step)) return
    place = pointerOf(place, step)
    at = next
    const known = wanted.members.get(step)
    const made: Wanted = known ?? { isWhole: false, members: new Map() }
    wanted.members.set(step, made)
    wanted = made
  }
  wanted.isWhole = true
}

/** The steps of what must be a JSON Pointer (RFC 6901 section 3). */
function readPointer(path: string): readonly string[] {
  if (path === '') return []
  const isPointer = typeof path === 'string' && path.startsWith('/') && !/~(?![01])/.test(path)
  if (!isPointer) {
    throw new CredentialError(
      'OPTION_INVALID',
      `${JSON.stringify(path)} is not a JSON Pointer; they are written like /credentialSubject/achievement`,
    )
  }
  return stepsOf(path)
}

function memberOf(value: JsonValue, step: string): JsonValue | undefined {
  if (Array.isArray(value)) return /^(0|[1-9]\d{0,8})$/.test(step) ? (value[Number(step)] as JsonValue) : undefined
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
}

function nothingThere(path: string, place: string, at: JsonValue): CredentialError {
  const where = place === '' ? 'the credential' : place
  const has = Array.isArray(at)
    ? `is a list of ${at.length}`
    : isObject(at)
      ? `has ${Object.keys(at).slice(0, 20).join(', ')}`
      : 'has no members'
  return new CredentialError('OPTION_INVALID', `the pointer ${path} points at nothing: ${where} ${has}`)
}

function take(value: JsonValue, wanted: Wanted, path: string, moved: Map<string, readonly number[]>): JsonValue {
  if (wanted.isWhole) return value
  if (Array.isArray(value)) {
    const kept = [...wanted.members.keys()].map(Number).sort((one, two) => one - two)
    moved.set(path, kept)
    return Object.freeze(
      kept.map((from, to) =>
        take(value[from] as JsonValue, wanted.members.get(String(from)) as Wanted, pointerOf(path, to), moved),
      ),
    )
  }
  const entries = Object.entries(value as JsonObject).flatMap(([name, member]) => {
    const inner = wanted.members.get(name)
    if (inner) return [[name, take(member as JsonValue, inner, pointerOf(path, name), moved)] as const]
    return alwaysTaken.has(name) ? [[name, member] as const] : []
  })
  return Object.freeze(Object.fromEntries(entries))
}

function originalOf(path: string, moved: ReadonlyMap<string, readonly number[]>): string {
  let here = ''
  let original = ''
  for (const step of path.split('/').slice(1)) {
    const from = moved.get(here)?.[Number(step)]
    original += `/${from ?? step}`
    here += `/${step}`
  }
  return original
}
