/** Values of results as they are compared: text in the standard, numbers as well among genuine records. */

import { single } from '../encoding/json.ts'
import type { JsonValue } from '../types.ts'

/** A decimal number, also as percentage. Other notations (fractions, a comma) are compared with nothing. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  const said = single(value)
  if (typeof said === 'number') return said
  const [, digits] = typeof said === 'string' ? (/^\s*([+-]?\d{1,15}(?:\.\d{1,15})?)\s*%?\s*$/.exec(said) ?? []) : []
  return digits === undefined ? undefined : Number(digits)
}

/** What is the same of two values that are the same, as issuers write one number in several ways. */
export function comparable(value: JsonValue): JsonValue {
  return numberOf(value) ?? value
}

/** Whether a number is outside of the bounds that can be compared with it. */
export function isOutside(number: number, least: JsonValue | undefined, most: JsonValue | undefined): boolean {
  return number < (numberOf(least) ?? -Infinity) || number > (numberOf(most) ?? Infinity)
}
