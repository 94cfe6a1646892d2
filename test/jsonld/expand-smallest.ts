/** Makes a document that shows a fault small: takes away what it does not need. */

import type { JsonObject, JsonValue } from '../../src/types.ts'

/** The document with every member and item removed, or replaced by one of its own, without which the fault still shows. */
export async function smallest(
  document: JsonObject,
  shows: (document: JsonObject) => Promise<boolean>,
): Promise<JsonObject> {
  let best = document
  for (;;) {
    const smaller = await firstThat(best, shows)
    if (smaller === undefined) return best
    best = smaller
  }
}

async function firstThat(document: JsonObject, shows: (document: JsonObject) => Promise<boolean>) {
  for (const each of reductions(document)) {
    const frozen = Object.freeze(structuredFreeze(each)) as JsonObject
    if (await shows(frozen)) return frozen
  }
  return undefined
}

function structuredFreeze(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  const copy = Array.isArray(value)
    ? value.map(structuredFreeze)
    : Object.fromEntries(
        Object.entries(value as JsonObject).map(([name, item]) => [name, structuredFreeze(item as JsonValue)]),
      )
  return Object.freeze(copy)
}

function* reductions(value: JsonValue): Generator<JsonValue> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield value.filter((_, place) => place !== index)
      for (const each of reductions(item)) yield value.map((old, place) => (place === index ? each : old))
    }
    if (value.length === 1) yield value[0] as JsonValue
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value as JsonObject) as [string, JsonValue][]
    for (const [name, item] of entries) {
      yield Object.fromEntries(entries.filter(([other]) => other !== name))
      for (const each of reductions(item)) {
        yield Object.fromEntries(entries.map(([other, old]) => [other, other === name ? each : old]))
      }
    }
  }
}
