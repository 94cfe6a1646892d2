/**
 * Values of strangers in words of ours. `String(value)` and `${value}` throw for an object with a member `toString`, which takes the
 * object's own away; `npm run check:texts` finds where one of them is used for a value that may be an object.
 */

import type { JsonValue } from '../types.ts'

/** Longest text of a stranger's in a message. */
const LONGEST = 120

/** Text as it is, all else as JSON. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : quoteWhole(value)
}

/** The same, short enough for a message. */
export function clip(value: JsonValue | undefined): string {
  return cut(textOf(value))
}

/** As JSON, text in quotation marks, short enough for a message. */
export function quote(value: JsonValue | undefined): string {
  return cut(quoteWhole(value))
}

function quoteWhole(value: JsonValue | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}
