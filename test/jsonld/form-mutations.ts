/** Ways to spell a document anew that may leave its graph as it was, and what an application reads from a document. */

import { type ActiveContext, applyContext, initialContext } from '../../src/jsonld/active-context.ts'
import { bundledContextUrls } from '../../src/jsonld/bundled-contexts.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'
import { bundled, type Dice, freeze } from './expand-documents.ts'

type Tree = { [name: string]: JsonValue }

/** Spells something in the document in another way. The document is the mutator's own. */
type Mutation = (draw: Dice, document: Tree) => void

const objectsIn = (value: JsonValue, found: Tree[] = []): Tree[] => {
  if (Array.isArray(value)) for (const item of value) objectsIn(item as JsonValue, found)
  else if (typeof value === 'object' && value !== null) {
    found.push(value as Tree)
    for (const [name, member] of Object.entries(value as Tree)) if (name !== '@context') objectsIn(member, found)
  }
  return found
}

interface Meaning {
  readonly id: string
  readonly definition: JsonObject
  /** Defined by the document alone. Nobody signs such a context, so that it may call its own terms as it likes. */
  readonly isOwn: boolean
}

/** Terms of every scope of the document's contexts: what a key or a type stands for, wherever it stands. */
function meaningOf(document: Tree, name: string): Meaning | undefined {
  const seen = new Set<unknown>()
  const search = (active: ActiveContext): Meaning | undefined => {
    const term = active.terms.get(name)
    if (typeof term?.id === 'string') {
      const { id, type, container, language, direction } = term
      return {
        id,
        isOwn: term.source === undefined,
        definition: {
          '@id': id,
          ...(type !== undefined && { '@type': type }),
          ...(container.length > 0 && { '@container': container }),
          ...(language !== undefined && { '@language': language }),
          ...(direction !== undefined && { '@direction': direction }),
        },
      }
    }
    for (const { context, source } of active.terms.values()) {
      if (context === undefined || seen.has(context)) continue
      seen.add(context)
      const applied = applyContext(active, context, bundled(), { source, overrideProtected: true })
      const found = 'active' in applied ? search(applied.active) : undefined
      if (found) return found
    }
    return undefined
  }
  const applied = applyContext(initialContext, freeze(structuredClone(document['@context'] ?? null)), bundled())
  return 'active' in applied ? search(applied.active) : undefined
}

function addContext(document: Tree, more: JsonValue): void {
  const contexts = document['@context'] ?? []
  document['@context'] = [...(Array.isArray(contexts) ? contexts : [contexts]), more] as JsonValue[]
}

/** At a member of an object anywhere, but for contexts. */
const atMember =
  (mutate: (object: Tree, name: string, draw: Dice, document: Tree) => void): Mutation =>
  (draw, document) => {
    const object = draw.pick(objectsIn(document))
    const names = Object.keys(object).filter((name) => name !== '@context')
    if (names.length > 0) mutate(object, draw.pick(names), draw, document)
  }

/** At a value of a member, or at the whole member. */
const atValue = (make: (value: JsonValue, draw: Dice) => JsonValue): Mutation =>
  atMember((object, name, draw) => {
    const value = object[name] as JsonValue
    if (!Array.isArray(value) || value.length === 0 || draw.chance(40)) object[name] = make(value, draw)
    else {
      const place = draw.below(value.length)
      object[name] = value.map((item: JsonValue, index) => (index === place ? make(item, draw) : item))
    }
  })

function rename(object: Tree, from: string, to: string): void {
  const entries = Object.entries(object).map(([name, value]) => [name === from ? to : name, value] as const)
  for (const name of Object.keys(object)) delete object[name]
  Object.assign(object, Object.fromEntries(entries))
}

const prefixOf = (iri: string): string =>
  iri.slice(0, Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/'), iri.lastIndexOf(':')) + 1)

/** Each by its name. Some change the graph where they strike; then they do not count. */
export const mutations: readonly (readonly [name: string, mutate: Mutation])[] = [
  [
    'a key in full',
    atMember((object, name, _, document) => {
      const meaning = meaningOf(document, name)
      if (meaning) rename(object, name, meaning.id)
    }),
  ],
  [
    'an alias of a key',
    atMember((object, name, _, document) => {
      const meaning = meaningOf(document, name)
      if (!meaning || meaning.isOwn) return
      addContext(document, { zAlias: meaning.id.startsWith('@') ? meaning.id : meaning.definition })
      rename(object, name, 'zAlias')
    }),
  ],
  [
    'a prefix for a key',
    atMember((object, name, _, document) => {
      const id = meaningOf(document, name)?.id
      if (id === undefined || id.startsWith('@')) return
      addContext(document, { zPrefix: { '@id': prefixOf(id), '@prefix': true } })
      rename(object, name, `zPrefix:${id.slice(prefixOf(id).length)}`)
    }),
  ],
  [
    'a key exchanged for another by the document',
    atMember((object, name, draw, document) => {
      const meaning = meaningOf(document, name)
      const other = draw.pick(Object.keys(object))
      const otherMeaning = meaningOf(document, other)
      if (!meaning || !otherMeaning || (meaning.isOwn && otherMeaning.isOwn) || other === name || other.startsWith('@'))
        return
      const context = { [name]: otherMeaning.definition, [other]: meaning.definition }
      if (draw.chance(50)) addContext(document, context)
      else object['@context'] = context
      const kept = object[name] as JsonValue
      object[name] = object[other] as JsonValue
      object[other] = kept
    }),
  ],
  [
    'a type in full',
    atMember((object, _, draw, document) => {
      for (const key of ['type', '@type']) {
        const types = object[key]
        const list = (Array.isArray(types) ? types : types === undefined ? [] : [types]) as JsonValue[]
        if (list.length > 0)
          object[key] = list.map((type) => (draw.chance(60) ? (meaningOf(document, String(type))?.id ?? type) : type))
      }
    }),
  ],
  [
    'an alias of a type',
    atMember((object, _, draw, document) => {
      const types = object['type']
      if (types === undefined) return
      const list = (Array.isArray(types) ? types : [types]) as JsonValue[]
      const type = draw.pick([...list, ''])
      const meaning = meaningOf(document, String(type))
      if (!meaning || meaning.isOwn) return
      addContext(document, { ZType: meaning.id })
      object['type'] = list.map((each) => (each === type ? 'ZType' : each))
    }),
  ],
  [
    '@id',
    atMember((object) => {
      if ('id' in object) rename(object, 'id', '@id')
    }),
  ],
  [
    '@type',
    atMember((object) => {
      if ('type' in object) rename(object, 'type', '@type')
    }),
  ],
  ['one in a list', atValue((value) => [value])],
  ['two lists', atValue((value) => [[value]])],
  [
    'one out of a list',
    atValue((value) => (Array.isArray(value) && value.length === 1 ? (value[0] as JsonValue) : value)),
  ],
  ['the other way round', atValue((value) => (Array.isArray(value) ? [...value].reverse() : value))],
  ['twice', atValue((value) => (Array.isArray(value) ? [...value, ...value] : [value, value]))],
  ['@set', atValue((value) => ({ '@set': value }))],
  ['@list', atValue((value) => ({ '@list': value }))],
  ['@value', atValue((value) => ({ '@value': value }))],
  ['@value with null', atValue((value) => ({ '@value': value, '@language': null }))],
  [
    'no @value',
    atValue((value) =>
      typeof value === 'object' && value !== null ? ((value as JsonObject)['@value'] ?? value) : value,
    ),
  ],
  ['an object for an identifier', atValue((value) => (typeof value === 'string' ? { id: value } : value))],
  [
    'an identifier for an object',
    atValue((value) => {
      const id = typeof value === 'object' && value !== null ? (value as JsonObject)['id'] : undefined
      return id ?? value
    }),
  ],
  [
    'text for what is none',
    atValue((value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value)),
  ],
  [
    'a number for text',
    atValue((value) =>
      typeof value === 'string' && value !== '' && Number.isFinite(Number(value)) ? Number(value) : value,
    ),
  ],
  ['a boolean for text', atValue((value) => (value === 'true' ? true : value === 'false' ? false : value))],
  [
    'text around a number',
    atValue((value) => (typeof value === 'number' ? `${value} of 5` : typeof value === 'string' ? `${value} ` : value)),
  ],
  ['one digit more', atValue((value) => (typeof value === 'number' ? value * (1 + 2 ** -52) : value))],
  ['null beside', atValue((value) => (Array.isArray(value) ? [null, ...value] : [value, null]))],
  [
    'a member that says nothing',
    (draw, document) => {
      const object = draw.pick(objectsIn(document))
      object[draw.pick(['validUntil', 'name', 'evidence', 'image', 'endorsement', 'credentialStatus'])] =
        draw.pick<JsonValue>([null, [], { '@set': [] }])
    },
  ],
  [
    'an empty reference',
    (draw, document) => {
      draw.pick(objectsIn(document))['termsOfUse'] = ''
    },
  ],
  [
    '@index',
    (draw, document) => {
      draw.pick(objectsIn(document))['@index'] = 'unsigned'
    },
  ],
  [
    '@nest',
    atMember((object, name) => {
      object['@nest'] = { [name]: object[name] as JsonValue }
      delete object[name]
    }),
  ],
  [
    '@graph',
    (_, document) => {
      const { '@context': context, ...rest } = document
      for (const name of Object.keys(document)) delete document[name]
      Object.assign(document, { '@context': context, '@graph': rest })
    },
  ],
  [
    'said at another place',
    (draw, document) => {
      const root = document['id']
      if (root === undefined) return
      const names = Object.keys(document).filter((name) => !name.startsWith('@') && name !== 'id')
      const moved = draw.pick(names)
      const inner = objectsIn(document).find((object) => object !== document && object['id'] === root)
      if (!inner) return
      inner[moved] = document[moved] as JsonValue
      delete document[moved]
    },
  ],
  ['another language', (draw, document) => addContext(document, { '@language': draw.pick(['en', 'de']) })],
  [
    'words for all',
    (draw, document) =>
      addContext(document, { '@vocab': draw.pick(['https://schema.org/', 'https://www.w3.org/2018/credentials#']) }),
  ],
  [
    'one context less',
    (draw, document) => {
      const contexts = document['@context']
      if (Array.isArray(contexts))
        document['@context'] = contexts.filter((_, index) => index !== draw.below(contexts.length))
    },
  ],
  [
    'contexts the other way round',
    (_, document) => {
      const contexts = document['@context']
      if (Array.isArray(contexts)) document['@context'] = [...contexts].reverse()
    },
  ],
  ['one context more', (draw, document) => addContext(document, draw.pick(bundledContextUrls))],
  [
    'a context inside',
    (draw, document) => {
      const object = draw.pick(objectsIn(document))
      object['@context'] = draw.pick<JsonValue>([
        draw.pick(bundledContextUrls),
        {},
        [],
        { zNew: 'urn:x:new' },
        { '@propagate': true },
        document['@context'] ?? [],
      ])
    },
  ],
  [
    'members the other way round',
    (draw, document) => {
      const object = draw.pick(objectsIn(document))
      const entries = Object.entries(object).reverse()
      for (const name of Object.keys(object)) delete object[name]
      Object.assign(object, Object.fromEntries(entries))
    },
  ],
]

/** The document after some mutations, drawn by chance; a frozen copy. */
export function mutate(
  document: JsonObject,
  draw: Dice,
): { readonly names: readonly string[]; readonly mutated: JsonObject } {
  const tree = structuredClone(document) as Tree
  const names: string[] = []
  for (let left = 1 + draw.below(3); left > 0; left -= 1) {
    const [name, change] = draw.pick(mutations)
    names.push(name)
    change(draw, tree)
  }
  return { names, mutated: freeze(structuredClone(tree)) as JsonObject }
}

/**
 * What an application reads: one and one in a list are the same, an identifier and an object with nothing else, null and
 * nothing; lists have no order, unless a context gives them one.
 */
export function viewOf(value: JsonValue, name = ''): JsonValue {
  if (Array.isArray(value)) {
    const items = withoutCopies(value.map((item: JsonValue) => viewOf(item)).filter((item) => item !== null))
    const sorted = items.sort((one, two) => (JSON.stringify(one) < JSON.stringify(two) ? -1 : 1))
    return sorted.length === 0 ? null : sorted.length === 1 ? (sorted[0] as JsonValue) : sorted
  }
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value
  if (name === '@json') return value
  const members = Object.entries(value as Tree)
    .filter(([key]) => key !== '@context')
    .map(([key, member]) => [key, viewOf(member)] as const)
    .filter(([, member]) => member !== null)
    .sort(([one], [two]) => (one < two ? -1 : 1))
  const [only] = members
  return members.length === 1 && only?.[0] === 'id' ? only[1] : Object.fromEntries(members)
}

/** A credential within a list is known by its identifier: the same one twice is one. */
function withoutCopies(items: readonly JsonValue[]): JsonValue[] {
  const texts = new Set<string>()
  return items.filter((item) => {
    const text = JSON.stringify(item)
    const isCopy = text.includes('"VerifiableCredential"') && texts.has(text)
    texts.add(text)
    return !isCopy
  })
}
