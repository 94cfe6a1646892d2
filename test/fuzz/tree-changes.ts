/** Changes of a document as a tree that no issuer signed: moved, cut, grafted, disguised. Contexts and proofs too. */

import type { JsonObject, JsonValue } from '../../src/types.ts'
import type { Dice } from '../jsonld/expand-documents.ts'

type Tree = { [name: string]: JsonValue }

/** Changes the document, which is the change's own. `others` are genuine documents to take from. */
export type TreeChange = (draw: Dice, document: Tree, others: readonly JsonObject[]) => void

/** A member or item, with what holds it. */
interface Place {
  readonly holder: Tree | JsonValue[]
  readonly name: string | number
}

function placesIn(value: JsonValue, found: Place[] = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return found
  const names = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  for (const name of names) {
    found.push({ holder: value as Tree | JsonValue[], name })
    placesIn((value as Tree)[name] as JsonValue, found)
  }
  return found
}

const read = ({ holder, name }: Place): JsonValue => (holder as Tree)[name] as JsonValue
const write = ({ holder, name }: Place, value: JsonValue): void => {
  ;(holder as Tree)[name] = value
}
const remove = ({ holder, name }: Place): void => {
  if (Array.isArray(holder)) holder.splice(Number(name), 1)
  else delete holder[name]
}
const anyPlace = (draw: Dice, value: JsonValue): Place => draw.pick(placesIn(value))
const objectsIn = (value: JsonValue): readonly Tree[] => [
  ...(Array.isArray(value) || typeof value !== 'object' || value === null ? [] : [value as Tree]),
  ...placesIn(value)
    .map(read)
    .filter((each): each is Tree => typeof each === 'object' && each !== null && !Array.isArray(each)),
]
const copy = <T>(value: T): T => structuredClone(value)

const values: readonly JsonValue[] = [
  ...[null, true, false, 0, -0, 1, 6.5, '', ' ', '0', 'true', 'null', 'x', [], {}, [[]], [null], { id: 'urn:x:1' }],
  ...[
    '2030-01-01T00:00:00Z',
    '2030-01-01',
    'did:key:z',
    'https://www.w3.org/ns/credentials/v2',
    'VerifiableCredential',
  ],
  ...[{ '@value': 'x' }, { '@id': 'urn:x:1' }, { '@list': [] }, { type: 'Achievement' }, ['a', 'b'], '__proto__'],
]
const names: readonly string[] = [
  ...['validUntil', 'expirationDate', 'validFrom', 'issuanceDate', 'credentialStatus', 'credentialSchema', 'name'],
  ...['termsOfUse', 'evidence', 'refreshService', 'holder', 'issuer', 'credentialSubject', 'proof', 'id', 'type'],
  ...[
    '@id',
    '@type',
    '@context',
    '@graph',
    '@index',
    '@included',
    '@reverse',
    '@nest',
    'toJSON',
    'constructor',
    'zOwn',
  ],
  ...[
    'endorsement',
    'verifiableCredential',
    'relatedResource',
    'achievement',
    'result',
    'challenge',
    'domain',
    'expires',
  ],
]
const lookAlikes: readonly (readonly [string, string])[] = [
  ['a', 'а'],
  ['e', 'е'],
  ['o', 'ο'],
  [' ', '\u00a0'],
  ['-', '\u2010'],
  ['1', 'l'],
  ['é', 'e\u0301'],
  ['', '\u200b'],
  ['', '\u202e'],
]

/** Each by its name. */
export const treeChanges: readonly (readonly [name: string, change: TreeChange])[] = [
  ['taken out', (draw, document) => remove(anyPlace(draw, document))],
  ['another value', (draw, document) => write(anyPlace(draw, document), copy(draw.pick(values)))],
  ['a member more', (draw, document) => (draw.pick(objectsIn(document))[draw.pick(names)] = copy(draw.pick(values)))],
  [
    'renamed',
    (draw, document) => {
      const object = draw.pick(objectsIn(document))
      const from = draw.pick(Object.keys(object))
      if (from === undefined) return
      const kept = object[from] as JsonValue
      delete object[from]
      object[draw.pick(names)] = kept
    },
  ],
  [
    'exchanged',
    (draw, document) => {
      const [one, two] = [anyPlace(draw, document), anyPlace(draw, document)]
      const [first, second] = [copy(read(one)), copy(read(two))]
      write(one, second)
      write(two, first)
    },
  ],
  ['copied over', (draw, document) => write(anyPlace(draw, document), copy(read(anyPlace(draw, document))))],
  [
    'moved to another object',
    (draw, document) => {
      const from = draw.pick(objectsIn(document))
      const name = draw.pick(Object.keys(from))
      if (name === undefined) return
      const kept = copy(from[name] as JsonValue)
      delete from[name]
      draw.pick(objectsIn(document))[name] = kept
    },
  ],
  [
    'grafted',
    (draw, document, others) =>
      write(anyPlace(draw, document), copy(read(anyPlace(draw, draw.pick(others) as JsonValue)))),
  ],
  ["another's proof", (draw, document, others) => (document['proof'] = copy(draw.pick(others)['proof'] ?? null))],
  [
    'a proof more',
    (draw, document, others) => {
      const proofs = [document['proof'] ?? [], draw.pick(others)['proof'] ?? []].flat() as JsonValue[]
      document['proof'] = copy(proofs)
    },
  ],
  [
    'a proof less',
    (draw, document) => {
      const proofs = [document['proof'] ?? []].flat() as JsonValue[]
      document['proof'] = proofs.filter((_, index) => index !== draw.below(proofs.length))
    },
  ],
  [
    'a proof of its own words',
    (draw, document) => {
      const proof = draw.pick([document['proof'] ?? {}].flat() as JsonValue[])
      if (typeof proof === 'object' && proof !== null) (proof as Tree)[draw.pick(names)] = copy(draw.pick(values))
    },
  ],
  [
    'wrapped',
    (draw, document) => {
      const place = anyPlace(draw, document)
      const value = copy(read(place))
      write(
        place,
        draw.pick<JsonValue>([[value], { '@set': value }, { '@value': value }, { id: value }, [value, value]]),
      )
    },
  ],
  [
    'unwrapped',
    (draw, document) => {
      const place = anyPlace(draw, document)
      const value = read(place)
      if (typeof value === 'object' && value !== null) write(place, copy(Object.values(value)[0] ?? null))
    },
  ],
  [
    'the whole within itself',
    (draw, document) => {
      const whole = copy(document)
      draw.pick(objectsIn(document))[draw.pick(['verifiableCredential', 'endorsement', 'evidence'])] = [whole]
    },
  ],
  [
    'a letter that looks alike',
    (draw, document) => {
      const place = anyPlace(draw, document)
      const value = read(place)
      if (typeof value !== 'string') return
      const [from, to] = draw.pick(lookAlikes)
      write(place, value.replace(from, to))
    },
  ],
  [
    'another case',
    (draw, document) => {
      const place = anyPlace(draw, document)
      const value = read(place)
      if (typeof value === 'string') write(place, draw.chance(50) ? value.toUpperCase() : value.toLowerCase())
    },
  ],
  [
    'put in another order',
    (draw, document) => {
      const lists = placesIn(document).map(read).filter(Array.isArray)
      if (lists.length > 0) (draw.pick(lists) as JsonValue[]).reverse()
    },
  ],
  [
    'a word of its own in a context',
    (draw, document) => {
      const contexts = [document['@context'] ?? []].flat() as JsonValue[]
      const own = {
        [draw.pick(names)]: draw.pick<JsonValue>([`urn:x:${draw.below(3)}`, null, '@type', '@id', '@json']),
      }
      document['@context'] = draw.chance(50) ? [...contexts, own] : [own, ...contexts]
    },
  ],
]
