/** Which part of a document pointers name. */

import fc from 'fast-check'
import type { JsonObject, JsonValue } from 'testamur'
import { describe, expect, it } from 'vitest'
import { deepFreeze } from '../../../src/encoding/json.ts'
import { select } from '../../../src/proofs/selective-disclosure/select.ts'

const document = deepFreeze({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: 'urn:example:1',
  type: ['VerifiableCredential'],
  name: 'Welding',
  'a/b': { '~': 'odd' },
  credentialSubject: {
    id: 'did:example:ada',
    type: ['AchievementSubject'],
    courses: [{ id: 'urn:c:0', code: 'A' }, { code: 'B', grades: [[1, 2], [3]] }, { code: 'C' }, 'none'],
    empty: {},
    nothing: null,
  },
}) as JsonObject
const none: ReadonlySet<string> = new Set()
const part = (...pointers: string[]) => select(document, pointers, none).document
const frame = { '@context': document['@context'], id: document['id'], type: document['type'] }
const who = { id: 'did:example:ada', type: ['AchievementSubject'] }

describe('a selection', () => {
  it('has contexts, ids and types of what is on the way, and nothing else that was not named', () => {
    expect(part('/name')).toEqual({ ...frame, name: 'Welding' })
    expect(part('/credentialSubject/courses/0/code')).toEqual({
      ...frame,
      credentialSubject: { ...who, courses: [{ id: 'urn:c:0', code: 'A' }] },
    })
    expect(part()).toEqual(frame)
  })

  it('is the whole where the whole is named', () => {
    expect(part('')).toEqual(document)
    expect(part('/name', '')).toEqual(document)
    expect(part('', '/name')).toEqual(document)
  })

  it('has the whole of what is named, whatever of it is named besides', () => {
    const whole = { ...frame, credentialSubject: document['credentialSubject'] }
    expect(part('/credentialSubject', '/credentialSubject/courses/0')).toEqual(whole)
    expect(part('/credentialSubject/courses/0', '/credentialSubject')).toEqual(whole)
  })

  it('keeps the order of items, whatever the order of pointers', () => {
    const wanted = { ...frame, credentialSubject: { ...who, courses: [{ code: 'B' }, { code: 'C' }] } }
    expect(part('/credentialSubject/courses/2', '/credentialSubject/courses/1/code')).toEqual(wanted)
    expect(part('/credentialSubject/courses/1/code', '/credentialSubject/courses/2/code')).toEqual(wanted)
  })

  it('takes names with the characters that pointers escape', () => {
    expect(part('/a~1b/~0')).toEqual({ ...frame, 'a/b': { '~': 'odd' } })
  })

  it('takes empty things, and null', () => {
    expect(part('/credentialSubject/empty', '/credentialSubject/nothing')).toEqual({
      ...frame,
      credentialSubject: { ...who, empty: {}, nothing: null },
    })
  })

  it('takes contexts, ids and types whole, whatever of them is named', () => {
    expect(part('/type/0', '/@context/0', '/credentialSubject/id')).toEqual({ ...frame, credentialSubject: who })
  })

  it('takes a list whole, where that is one thing', () => {
    const { document: shown } = select(
      document,
      ['/credentialSubject/courses/2'],
      new Set(['/credentialSubject/courses']),
    )
    expect(shown).toEqual({
      ...frame,
      credentialSubject: { ...who, courses: (document['credentialSubject'] as JsonObject)['courses'] },
    })
  })

  it('is frozen, and leaves the document as it was', () => {
    const before = JSON.stringify(document)
    const shown = part('/credentialSubject/courses/1/code')
    expect(Object.isFrozen(shown)).toBe(true)
    expect(JSON.stringify(document)).toBe(before)
  })
})

describe('a pointer that names nothing', () => {
  it.each([
    ['/honours', 'the credential has'],
    ['/credentialSubject/courses/4', '/credentialSubject/courses is a list of 4'],
    ['/credentialSubject/courses/-', 'is a list of 4'],
    ['/credentialSubject/courses/01', 'is a list of 4'],
    ['/credentialSubject/courses/-1', 'is a list of 4'],
    ['/credentialSubject/courses/length', 'is a list of 4'],
    ['/name/0', '/name has no members'],
    ['/name/length', 'has no members'],
    ['/credentialSubject/nothing/x', 'has no members'],
    ['/constructor', 'points at nothing'],
    ['/__proto__', 'points at nothing'],
    ['/', 'points at nothing'],
    ['name', 'not a JSON Pointer'],
    ['#/name', 'not a JSON Pointer'],
    ['/a~2b', 'not a JSON Pointer'],
    ['/a~', 'not a JSON Pointer'],
  ])('%s', (pointer, message) => {
    expect(() => part(pointer)).toThrow(message)
    expect(() => part(pointer)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})

describe('where something stood in the whole', () => {
  it('is told for items that have moved', () => {
    const { original } = select(
      document,
      ['/credentialSubject/courses/1/grades/1', '/credentialSubject/courses/3'],
      none,
    )
    expect(original('/credentialSubject/courses/0/grades/0')).toBe('/credentialSubject/courses/1/grades/1')
    expect(original('/credentialSubject/courses/1')).toBe('/credentialSubject/courses/3')
    expect(original('/credentialSubject')).toBe('/credentialSubject')
    expect(original('')).toBe('')
  })

  it('is where the same value is, for every value of every selection', () => {
    const places = [...pointersOf(document)]
    fc.assert(
      fc.property(fc.subarray(places, { minLength: 1, maxLength: 6 }), (pointers) => {
        const { document: shown, original } = select(document, pointers, none)
        for (const place of pointersOf(shown)) {
          const [here, there] = [valueAt(shown, place), valueAt(document, original(place))]
          if (typeof here === 'object' && here !== null) expect(Array.isArray(here)).toBe(Array.isArray(there))
          else expect(here).toBe(there)
        }
        for (const pointer of pointers)
          expect(JSON.stringify(shown)).toContain(JSON.stringify(valueAt(document, pointer)))
      }),
    )
  })
})

function pointersOf(value: JsonValue, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [
    path,
    ...Object.entries(value).flatMap(([name, member]) =>
      pointersOf(member as JsonValue, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    ),
  ]
}

function valueAt(value: JsonValue, path: string): JsonValue {
  return path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<JsonValue>((at, step) => (at as JsonObject)[step] as JsonValue, value)
}
