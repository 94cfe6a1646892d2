/** Canonical JSON (RFC 8785): one text for each value, whatever the order of its members. */

import type { JsonValue } from '../types.ts'

/**
 * Canonical text of a JSON value. Numbers and texts are written as ECMAScript writes them, which is what RFC 8785 sections
 * 3.2.2.2 and 3.2.2.3 ask for; members are sorted by UTF-16 unit.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`
  const members = Object.entries(value)
    .filter((member): member is [string, JsonValue] => member[1] !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join()}}`
}
