/**
 * JSON text read strictly (RFC 8259, with what I-JSON, RFC 7493, asks besides): whatever a reader elsewhere could take in
 * another way is refused.
 *
 * The platform's own parser makes the values. One pass over the text before it counts the members that are written, and looks
 * out for what the parser would smooth over; one walk over the values counts the members that are there. Only where the two
 * differ, or something may be wrong, the text is read once more, value by value, to say what it is and where.
 */

import type { JsonObject, JsonValue } from '../types.ts'
import type { Limits } from './limits.ts'
import {
  assertName,
  assertString,
  isUnsafeInteger,
  isWellFormed,
  type Path,
  Refusal,
  tooDeep,
  tooManyItems,
  tooManyMembers,
  tooManyValues,
  unsafeInteger,
} from './refusal.ts'

/** Reads JSON text into frozen values. Throws a `Refusal`, or what `JSON.parse` throws. */
export function readText(text: string, limits: Limits): JsonValue {
  const written = survey(text, limits)
  const value = JSON.parse(text) as JsonValue
  const tally: Tally = { values: 1, members: 0, isOdd: written.isOdd, limits }
  if (typeof value === 'object' && value !== null) settle(tally, value)
  if (tally.isOdd || tally.values > limits.values || tally.members !== written.members) inspectText(text, limits)
  return value
}

interface Survey {
  /** Members that are written: of one name twice are two. */
  readonly members: number
  /** A number with many digits or an exponent, half of a surrogate pair, an escape that may be one, a very long string. */
  readonly isOdd: boolean
}

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const BACKSLASH = 0x5c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const MINUS = 0x2d
const DOT = 0x2e
const PLUS = 0x2b
const LETTER_E = 0x65
/** Added to the code of an ASCII letter, it makes the small one. */
const LOWER_CASE = 0x20

/** So many characters of a number are digits that a double holds exactly. */
const EXACT_DIGITS = 15

/** Counts without making anything, so that what is too deep or too much costs no memory. The text need not be JSON. */
function survey(text: string, limits: Limits): Survey {
  let members = 0
  let depth = 0
  let values = 1
  // Of each open array or object, how many more commas it may have.
  const left = new Float64Array(limits.depth + 1)
  const opened = new Uint8Array(limits.depth + 1)
  let isOdd = text.length > limits.stringLength || !isWellFormed(text) || text.includes('\\ud') || text.includes('\\uD')
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === QUOTE) {
      at = endOfString(text, at)
    } else if (unit === COLON) {
      members += 1
    } else if (unit === COMMA) {
      values += 1
      if (values > limits.values) throw tooManyValues(limits, [])
      // Outside everything no comma is JSON.
      const more = depth > 0 ? (left[depth] as number) - 1 : 0
      left[depth] = more
      if (more < 0) throw opened[depth] === OPEN_ARRAY ? tooManyItems(limits, []) : tooManyMembers(limits, [])
    } else if (unit === OPEN_OBJECT || unit === OPEN_ARRAY) {
      depth += 1
      if (depth > limits.depth) throw tooDeep(limits, [])
      opened[depth] = unit
      left[depth] = (unit === OPEN_ARRAY ? limits.arrayLength : limits.members) - 1
    } else if (unit === CLOSE_OBJECT || unit === CLOSE_ARRAY) {
      depth -= 1
    } else if (isDigit(unit)) {
      const start = at
      let next = text.charCodeAt(at + 1)
      while (isDigit(next) || next === DOT) {
        at += 1
        next = text.charCodeAt(at + 1)
      }
      if (at - start >= EXACT_DIGITS || (next | LOWER_CASE) === LETTER_E) isOdd = true
    }
  }
  return { members, isOdd }
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}

/** Where the quote stands that ends the string, or the end of the text. The platform finds quotes faster than any loop here. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0
    while (text.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes += 1
    if (escapes % 2 === 0) return at
  }
  return text.length
}

interface Tally {
  values: number
  members: number
  isOdd: boolean
  readonly limits: Limits
}

/** Freezes what is in a value of bounded depth where it is: the parser made it, and nobody else has it. */
function settle(tally: Tally, value: object): void {
  if (Array.isArray(value)) settleArray(tally, value)
  else settleObject(tally, value as JsonObject)
  Object.freeze(value)
}

function settleArray(tally: Tally, array: readonly JsonValue[]): void {
  tally.values += array.length
  for (let index = 0; index < array.length; index += 1) {
    const item = array[index]
    if (typeof item === 'object' && item !== null) settle(tally, item)
  }
}

function settleObject(tally: Tally, object: JsonObject): void {
  const names = Object.keys(object)
  tally.values += names.length
  tally.members += names.length
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as string
    if (name === '__proto__') tally.isOdd = true
    const member = object[name]
    if (typeof member === 'object' && member !== null) settle(tally, member)
  }
}

interface Reader {
  readonly text: string
  readonly limits: Limits
  at: number
  values: number
  readonly path: (string | number)[]
}

/** Reads text that is JSON and of bounded depth, and throws a `Refusal` for the first thing in it that is not accepted. */
export function inspectText(text: string, limits: Limits): void {
  inspectValue({ text, limits, at: 0, values: 0, path: [] })
}

function inspectValue(reader: Reader): void {
  const { limits, path } = reader
  reader.values += 1
  if (reader.values > limits.values) throw tooManyValues(limits, path)
  const unit = nextUnit(reader)
  if (unit === OPEN_OBJECT) inspectObject(reader)
  else if (unit === OPEN_ARRAY) inspectArray(reader)
  else if (unit === QUOTE) assertString(takeString(reader), path, limits)
  else if (isDigit(unit) || unit === MINUS) assertNumber(takeScalar(reader), path)
  else takeScalar(reader)
}

function inspectArray(reader: Reader): void {
  const { path } = reader
  let length = 0
  for (reader.at += 1; nextUnit(reader) !== CLOSE_ARRAY; ) {
    path.push(length)
    inspectValue(reader)
    path.pop()
    length += 1
    if (nextUnit(reader) === COMMA) reader.at += 1
  }
  reader.at += 1
}

function inspectObject(reader: Reader): void {
  const { path, limits } = reader
  const names = new Set<string>()
  for (reader.at += 1; nextUnit(reader) !== CLOSE_OBJECT; ) {
    const name = takeString(reader)
    assertName(name, path, limits)
    path.push(name)
    if (names.has(name)) throw new Refusal('MEMBER_DUPLICATE', path, 'a member of this name stood there before')
    names.add(name)
    nextUnit(reader)
    reader.at += 1
    inspectValue(reader)
    path.pop()
    if (nextUnit(reader) === COMMA) reader.at += 1
  }
  reader.at += 1
}

/** The next code unit that is no white space; the reader then stands at it. */
function nextUnit(reader: Reader): number {
  let unit = reader.text.charCodeAt(reader.at)
  while (unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09) {
    reader.at += 1
    unit = reader.text.charCodeAt(reader.at)
  }
  return unit
}

function takeString(reader: Reader): string {
  const { text, at } = reader
  let end = at + 1
  let isEscaped = false
  for (let unit = text.charCodeAt(end); unit !== QUOTE; unit = text.charCodeAt(end)) {
    if (unit === BACKSLASH) isEscaped = true
    end += unit === BACKSLASH ? 2 : 1
  }
  reader.at = end + 1
  return isEscaped ? (JSON.parse(text.slice(at, end + 1)) as string) : text.slice(at + 1, end)
}

/** A number, or one of the three words: all up to what cannot be in them. */
function takeScalar(reader: Reader): string {
  const { text, at } = reader
  let end = at
  while (isInScalar(text.charCodeAt(end))) end += 1
  reader.at = end
  return text.slice(at, end)
}

/** Digits and small letters, and what else a number may hold; NaN, at the end of the text, is none of them. */
function isInScalar(unit: number): boolean {
  return (
    isDigit(unit) ||
    ((unit | LOWER_CASE) >= 0x61 && (unit | LOWER_CASE) <= 0x7a) ||
    unit === MINUS ||
    unit === DOT ||
    unit === PLUS
  )
}

/** Most digits that the platform tells of a number, and the longest number that is looked at: those, and zeros before them. */
const MAX_DIGITS = 100
const MAX_NUMBER_LENGTH = 120

/** A number must be what it was written as, to as many digits as were written. */
function assertNumber(written: string, path: Path): void {
  const value = Number(written)
  if (isUnsafeInteger(value) || (isWhole(written) && !Number.isSafeInteger(value))) throw unsafeInteger(path)
  if (written.length <= MAX_NUMBER_LENGTH && survives(written, value)) return
  const problem = `the number ${written.slice(0, 40)} is read as ${value}, which is another one; write it as text`
  throw new Refusal('NUMBER_INEXACT', path, problem)
}

function isWhole(written: string): boolean {
  return !/[.eE]/.test(written)
}

function survives(written: string, value: number): boolean {
  const digits = significant(written)
  if (digits === '') return value === 0
  if (!Number.isFinite(value) || digits.length > MAX_DIGITS) return false
  // Half-way between two texts of so many digits, either may have been written.
  const isHalfWay = significant(value.toPrecision(MAX_DIGITS)) === `${digits}5`
  return isHalfWay || significant(value.toPrecision(digits.length)) === digits
}

/** The digits of a number without its sign, point, exponent, and zeros at both ends. */
function significant(written: string): string {
  const [mantissa = ''] = written.split(/[eE]/)
  return mantissa.replace(/[-.]/g, '').replace(/^0+|0+$/g, '')
}
