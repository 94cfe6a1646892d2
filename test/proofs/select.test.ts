/** Selection by JSON Pointers: what is taken with what is named, and where it stood before. */

import type { JsonObject } from 'testamur'
import { describe, expect, it } from 'vitest'
import { select } from '../../src/proofs/selective-disclosure/select.ts'

const document: JsonObject = {
  '@context': ['https://context.example/v1'],
  id: 'urn:x:1',
  type: ['Thing', 'Other'],
  name: 'A',
  inner: { '@id': 'urn:x:2', '@type': 'Thing', id: 'urn:x:3', type: 'Thing', name: 'B', note: 'C' },
  items: [{ name: 'zero' }, { name: 'one', note: 'first' }, { name: 'two' }],
  nested: [[{ name: 'a' }], [{ name: 'b' }, { name: 'c' }]],
  'a/b': { 'c~d': 1, 'c~1d': 2, '': 3 },
}
const { '@context': contexts, id, type } = document
const always = { '@context': contexts, id, type }
const take = (pointers: readonly string[], lists: readonly string[] = []) =>
  select(document, pointers, new Set(lists)).document

describe('what is taken', () => {
  it.each<readonly [string, readonly string[], object]>([
    ['contexts, id and types, whatever is named', [], {}],
    ['a member', ['/name'], { name: 'A' }],
    ['everything', [''], document],
    [
      'id and types of every object on the way',
      ['/inner/name'],
      { inner: { '@id': 'urn:x:2', '@type': 'Thing', id: 'urn:x:3', type: 'Thing', name: 'B' } },
    ],
    [
      'an object as a whole, also where a part of it is named too',
      ['/inner', '/inner/name'],
      { inner: document['inner'] },
    ],
    ['the same in the other order', ['/inner/name', '/inner'], { inner: document['inner'] }],
    ['items in their own order', ['/items/2', '/items/0'], { items: [{ name: 'zero' }, { name: 'two' }] }],
    ['an item once', ['/items/0', '/items/0/name'], { items: [{ name: 'zero' }] }],
    ['part of an item', ['/items/1/note'], { items: [{ note: 'first' }] }],
    ['items of lists in lists', ['/nested/1/1'], { nested: [[{ name: 'c' }]] }],
    ['names that are escaped', ['/a~1b/c~0d'], { 'a/b': { 'c~d': 1 } }],
    ['a name with ~1 in it, which is no slash', ['/a~1b/c~01d'], { 'a/b': { 'c~1d': 2 } }],
    ['a name that is empty', ['/a~1b/'], { 'a/b': { '': 3 } }],
    ['types as a whole, where one is named', ['/type/1', '/id', '/@context/0'], {}],
    [
      'the types of an object as a whole',
      ['/inner/type'],
      { inner: { '@id': 'urn:x:2', '@type': 'Thing', id: 'urn:x:3', type: 'Thing' } },
    ],
  ])('%s', (_name, pointers, expected) => {
    expect(take(pointers)).toEqual({ ...always, ...expected })
  })

  it('a list in the sense of JSON-LD as a whole', () => {
    expect(take(['/items/1/note'], ['/items'])).toEqual({ ...always, items: document['items'] })
  })

  it('frozen, as what is signed is', () => {
    const part = take(['/items/1/note'])
    expect([part, part['items'], (part['items'] as readonly object[])[0]].every(Object.isFrozen)).toBe(true)
  })
})

describe('what is refused, and why', () => {
  it.each([
    ['name', 'is not a JSON Pointer'],
    ['/na~2me', 'is not a JSON Pointer'],
    ['/name~', 'is not a JSON Pointer'],
    ['/nothing', 'points at nothing: the credential has @context, id, type, name'],
    ['/items/3', 'points at nothing: /items is a list of 3'],
    ['/items/01', 'points at nothing'],
    ['/items/-', 'points at nothing'],
    ['/items/length', 'points at nothing'],
    ['/name/0', 'points at nothing: /name has no members'],
    ['/toString', 'points at nothing'],
    ['/__proto__', 'points at nothing'],
  ])('%s', (pointer, message) => {
    expect(() => take([pointer])).toThrow(message)
  })
})

it('items that have moved are found where they stood', () => {
  const { original } = select(document, ['/items/2', '/items/1/note', '/nested/1/1'], new Set())
  expect(original('')).toBe('')
  expect(original('/items/0')).toBe('/items/1')
  expect(original('/items/1/name')).toBe('/items/2/name')
  expect(original('/nested/0/0/name')).toBe('/nested/1/1/name')
  expect(original('/inner/name')).toBe('/inner/name')
})
