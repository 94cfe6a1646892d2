/** Why a value is not read, and the rules for single values: numbers, strings and names that everyone reads alike (RFC 7493). */

import type { JsonObject } from '../types.ts'
import { type Limits, limitDetail } from './limits.ts'

/** Codes of what cannot be read; they stand in a report as they are. */
export type ReadProblemCode =
  | 'INPUT_MALFORMED'
  | 'LIMIT_EXCEEDED'
  | 'MEMBER_DUPLICATE'
  | 'MEMBER_FORBIDDEN'
  | 'SURROGATE_UNPAIRED'
  | 'INTEGER_UNSAFE'
  | 'NUMBER_INEXACT'
  | 'CREDENTIAL_MISSING'

/** Where a value stands, as the steps of a JSON Pointer. */
export type Path = readonly (string | number)[]

/** Thrown to leave the reading; it is not seen outside. */
export class Refusal extends Error {
  readonly code: ReadProblemCode
  readonly path: Path
  readonly detail: JsonObject | undefined
  constructor(code: ReadProblemCode, path: Path, problem: string, detail?: JsonObject) {
    super(problem)
    this.code = code
    this.path = path
    this.detail = detail
  }
}

function overLimit(limits: Limits, name: keyof Limits, path: Path, counted: string, found?: number): Refusal {
  const allowed = limits[name]
  return new Refusal(
    'LIMIT_EXCEEDED',
    path,
    `${counted}; at most ${allowed} are read`,
    limitDetail(name, allowed, found),
  )
}

export function tooLong(limits: Limits, length: number, unit: 'bytes' | 'characters'): Refusal {
  return overLimit(limits, 'bytes', [], `the input has ${length} ${unit}`, length)
}

export function tooDeep(limits: Limits, path: Path): Refusal {
  const message = `the document is nested deeper than ${limits.depth} levels`
  return new Refusal('LIMIT_EXCEEDED', path, message, limitDetail('depth', limits.depth))
}

export function tooManyValues(limits: Limits, path: Path): Refusal {
  const message = `the document has more than ${limits.values} values`
  return new Refusal('LIMIT_EXCEEDED', path, message, limitDetail('values', limits.values))
}

export function tooManyItems(limits: Limits, path: Path, found?: number): Refusal {
  const counted = found === undefined ? 'an array has more items' : `the array has ${found} items`
  return overLimit(limits, 'arrayLength', path, counted, found)
}

export function tooManyMembers(limits: Limits, path: Path, found?: number): Refusal {
  const counted = found === undefined ? 'an object has more members' : `the object has ${found} members`
  return overLimit(limits, 'members', path, counted, found)
}

/** Half of a surrogate pair is no character: it is hashed as another one, so that two texts would share a signature. */
export function assertString(text: string, path: Path, limits: Limits): void {
  const { length } = text
  if (length > limits.stringLength)
    throw overLimit(limits, 'stringLength', path, `the string has ${length} characters`, length)
  if (!isWellFormed(text)) {
    throw new Refusal(
      'SURROGATE_UNPAIRED',
      path,
      'the text holds half of a surrogate pair, which is no character; write the whole pair, or U+FFFD',
    )
  }
}

/** Whether every surrogate has its other half. Platforms of the last years know it at once. */
export function isWellFormed(text: string): boolean {
  const { isWellFormed: known } = text as { isWellFormed?: () => boolean }
  return known ? known.call(text) : !/\p{Surrogate}/u.test(text)
}

/** `path` is that of the object. */
export function assertName(name: string, path: Path, limits: Limits): void {
  assertString(name, path, limits)
  if (name === '__proto__') {
    throw new Refusal(
      'MEMBER_FORBIDDEN',
      path,
      'a member named "__proto__" is not accepted; programs take it for no member',
    )
  }
}

/** Whether other programs could read another integer: beyond 2^53 two that differ are one here (RFC 7493 section 2.2). */
export function isUnsafeInteger(value: number): boolean {
  // From 10^21 on it is written with an exponent, and is no integer to JSON-LD.
  return Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21
}

export function unsafeInteger(path: Path): Refusal {
  return new Refusal(
    'INTEGER_UNSAFE',
    path,
    'the integer is beyond 2^53, where not every program reads the same one; write it as text',
  )
}
