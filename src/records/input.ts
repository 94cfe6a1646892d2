/**
 * Reads what the caller of a record function passed. TypeScript sees most mistakes; these checks are for JavaScript
 * callers and for values that only exist at run time. A refusal names the member and says what would be right.
 */

import { formatDateTimeStamp, parseDateTimeStamp } from '../encoding/date-time.ts'
import { isIri } from '../encoding/iri.ts'
import { isObject, readJson } from '../encoding/json.ts'
import { askMeant } from '../encoding/meant.ts'
import { CredentialError } from '../errors.ts'
import type { JsonObject, OneOrMany } from '../types.ts'

/** An OPTION_INVALID error; `text` begins with the member it speaks of. */
export function invalid(text: string): CredentialError {
  return new CredentialError('OPTION_INVALID', text)
}

/** The options object itself. Members that no one reads are refused: a misspelt one would be lost in silence. */
export function requireOptions(input: unknown, caller: string, names: readonly string[]): void {
  if (!isObject(input)) throw invalid(`${caller}: the options are missing; give one object with ${names.join(', ')}`)
  for (const name of Object.keys(input)) {
    if (names.includes(name)) continue
    throw invalid(`${caller}: there is no option "${name}"${askMeant(name, names)}; there are ${names.join(', ')}`)
  }
}

/** A nested object, such as an achievement. */
export function requireObject(value: unknown, path: string, right: string): void {
  if (!isObject(value)) throw invalid(`${path} is not an object; give ${right}`)
}

/** Text with something in it. */
export function requireText(value: unknown, path: string, right: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value
  throw invalid(`${path} is ${value === undefined ? 'missing' : 'not text with something in it'}; give ${right}`)
}

/** An absolute IRI: JSON-LD has no place for a relative one in a signed document. */
export function requireIri(value: unknown, path: string, right: string): string {
  const text = requireText(value, path, right)
  if (isIri(text)) return text
  throw invalid(`${path}: "${shorten(text)}" is not an absolute IRI; give ${right}`)
}

/** A word of a closed list. */
export function requireWord(value: unknown, path: string, words: readonly string[]): void {
  if (typeof value === 'string' && words.includes(value)) return
  throw invalid(`${path}: ${quote(value)} is not in the vocabulary; use one of ${words.join(', ')}`)
}

/** A word of a list, or a word of one's own, `ext:…`. */
export function requireWordOrExtension(value: unknown, path: string, words: readonly string[]): void {
  if (typeof value === 'string' && (words.includes(value) || /^ext:[A-Za-z0-9._-]+$/.test(value))) return
  const right = `use one of ${words.join(', ')}, or a word of your own that begins with ext:, such as ext:Residency`
  throw invalid(`${path}: ${quote(value)} is not in the vocabulary; ${right}`)
}

/** A language tag of the shape that both standards take: `en`, `en-GB`, `zh-Hant-TW`. */
export function requireLanguage(value: unknown, path: string): void {
  if (typeof value === 'string' && /^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/.test(value)) return
  throw invalid(`${path}: ${quote(value)} is not a language code; write it like en, en-GB or zh-Hant-TW`)
}

/** A time as a dateTimeStamp. A `Date` is written in whole seconds, text is kept as it is. */
export function dateTimeStamp(value: Date | string, path: string): string {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return formatDateTimeStamp(value)
  if (typeof value === 'string' && parseDateTimeStamp(value) !== undefined) return value
  const right = 'give a valid Date, or text with a time zone like 2026-12-01T00:00:00Z'
  throw invalid(`${path}: ${quote(value)} is not a date and time; ${right}`)
}

/** One or many as a list; nothing as the empty list. */
export function listOf<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value as T]
}

/** One or many, each turned into its record form; `undefined` for none, so that the member is left out. */
export function listEach<T, U>(
  value: OneOrMany<T> | undefined,
  path: string,
  turn: (item: T, path: string) => U,
): readonly U[] | undefined {
  const items = listOf(value)
  if (items.length === 0) return undefined
  return items.map((item, index) => turn(item, Array.isArray(value) ? `${path}[${index}]` : path))
}

/** The `type` list of a nested object: the word the standard asks for, then what the caller has besides. */
export function typeList<N extends string>(name: N, value: object): readonly [N, ...string[]] {
  const given = listOf((value as { readonly type?: OneOrMany<string> }).type)
  return [name, ...given.filter((type) => type !== name)]
}

/** A fresh `urn:uuid:`. */
export function freshId(): string {
  return `urn:uuid:${crypto.randomUUID()}`
}

/**
 * The finished record: a frozen copy that shares nothing with the caller's objects, without members that are `undefined`.
 * Refuses what JSON cannot hold.
 */
export function finish<T extends object>(record: T, caller: string): T {
  const result = readJson(record)
  if ('value' in result) return result.value as JsonObject as T
  throw invalid(`${caller}: ${result.path || 'the record'} cannot be written as JSON: ${result.problem}`)
}

/** A value as a message shows it: short, and never an object's content. */
export function quote(value: unknown): string {
  if (typeof value === 'string') return `"${shorten(value)}"`
  return value === undefined || value === null ? String(value) : `a value of type ${typeof value}`
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
