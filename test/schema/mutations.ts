/** Small damages to a document, as a fast-check arbitrary: what a stranger, or a hurried implementer, might send. */

import fc from 'fast-check'
import type { JsonObject, JsonValue } from '../../src/types.ts'

type Node = JsonValue[] | { [key: string]: JsonValue }
type Place = readonly [parent: Node, key: string | number]

const odd: readonly JsonValue[] = [
  null,
  true,
  7,
  1.5,
  '',
  'x',
  [],
  {},
  ['x'],
  [7],
  [[]],
  [{}],
  { en: 'text' },
  { 'en-GB': 'text', de: 'Text' },
  { en: 7 },
  { english: 'text' },
  'ext:own',
  'ext:own-word',
  'ext:',
  'my ext:word',
  'Course',
  'CFItem',
  'Completed',
  'LetterGrade',
  'de',
  'zh-Hans-CN',
  'DE',
  'a.b.c',
  'a..c',
  'a.b',
  'Image',
  ['VerifiableCredential'],
  'VerifiableCredential',
  ['Profile', 'Person'],
  '2026-12-01T00:00:00Z',
  '2024-02-29T23:59:59.123-05:00',
  '2026-02-29T00:00:00Z',
  '2026-12-01',
  '2026-12-01T00:00:00',
  '2026-12-01T24:30:00Z',
  '2026-12-01T24:00:00Z',
  '2026-12-01 00:00:00Z',
  '2026-12-01t00:00:00z',
  'about 2026-12-01T00:00:00Z',
  '2026-12-31T23:59:60Z',
  '2026-12-01T00:00:00+15:00',
  '2026-13-01T00:00:00Z',
  'https://www.w3.org/ns/credentials/v2',
  'https://www.w3.org/2018/credentials/v1',
  'https://purl.imsglobal.org/spec/ob/v3p0/context.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.9.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-4.0.0.json',
]

/** One to three damages to the document; `names` are members that may be added where they do not belong. */
export function damaged(document: JsonObject, names: readonly string[]): fc.Arbitrary<JsonObject> {
  const step = fc.record({
    where: fc.nat(),
    how: fc.constantFrom('drop', 'set', 'set', 'set', 'wrap', 'unwrap', 'add', 'add', 'repeat', 'spoil'),
    value: fc.constantFrom(...odd),
    name: fc.constantFrom(...names, 'unknownMember', 'constructor', '__proto__'),
  })
  return fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => {
    const copy = structuredClone(document) as unknown as { [key: string]: JsonValue }
    for (const { where, how, value, name } of steps) {
      const places = placesOf(copy)
      const place = places[where % Math.max(places.length, 1)]
      if (place) damage(place, how, structuredClone(value), name)
    }
    return copy
  })
}

/** Every place of the document in turn without its member, and with each of a few wrong values in its place. */
export function* everyDamage(document: JsonObject): Generator<readonly [damage: string, JsonObject]> {
  const copy = structuredClone(document) as unknown as { [key: string]: JsonValue }
  for (const [parent, key] of placesOf(copy)) {
    const old = get(parent, key)
    for (const value of [null, 7, 'x', [], {}, { en: 'x' }, [old], Array.isArray(old) ? (old[0] as JsonValue) : [[]]]) {
      put(parent, key, value)
      yield [`${key} = ${JSON.stringify(value)?.slice(0, 80)}`, copy as unknown as JsonObject]
    }
    if (Array.isArray(parent)) {
      parent.splice(Number(key), 1)
      yield [`item ${key} dropped`, copy as unknown as JsonObject]
      parent.splice(Number(key), 0, old)
    } else {
      delete parent[key]
      yield [`${key} dropped`, copy as unknown as JsonObject]
      put(parent, key, old)
    }
  }
}

function damage([parent, key]: Place, how: string, value: JsonValue, name: string): void {
  const old = get(parent, key)
  if (how === 'set') put(parent, key, value)
  else if (how === 'wrap') put(parent, key, [old])
  else if (how === 'unwrap' && Array.isArray(old) && old.length > 0) put(parent, key, old[0] as JsonValue)
  else if (how === 'spoil' && typeof old === 'string') put(parent, key, `${old}x`)
  else if (how === 'repeat' && Array.isArray(parent)) parent.push(structuredClone(old))
  else if (how === 'add') {
    const target = Array.isArray(parent) ? old : parent
    if (typeof target === 'object' && target !== null && !Array.isArray(target)) put(target as Node, name, value)
  } else if (how === 'drop') {
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else delete parent[key]
  }
}

function get(parent: Node, key: string | number): JsonValue {
  return (parent as { [key: string]: JsonValue })[key] as JsonValue
}

/** As JSON.parse would: `__proto__` becomes a member. */
function put(parent: Node, key: string | number, value: JsonValue): void {
  Object.defineProperty(parent, key, { value, enumerable: true, writable: true, configurable: true })
}

function placesOf(node: Node): Place[] {
  const keys = Array.isArray(node) ? [...node.keys()] : Object.keys(node)
  return keys.flatMap((key) => {
    const value = get(node, key)
    const below = typeof value === 'object' && value !== null ? placesOf(value as Node) : []
    return [[node, key] as const, ...below]
  })
}
