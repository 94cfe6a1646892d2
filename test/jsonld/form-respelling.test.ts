/**
 * The same graph, spelled in another way: what is signed stays the same, and who reads the JSON reads something else. No
 * such spelling is accepted; each case first makes sure, by the library, that the graph is the same.
 */

import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../src/types.ts'
import { askLibrary, askWalk } from './expand-compare.ts'
import { freeze } from './expand-documents.ts'
import { badge, extensions, ob, obFirst, oldBadge, proofOptions, record, small, v1, v2 } from './form-samples.ts'

type Tree = { [name: string]: JsonValue }
type Respelling = (document: Tree) => void

const cred = 'https://www.w3.org/2018/credentials#'
const vocab = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'
const sec = 'https://w3id.org/security#'
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const school = 'https://school.example/terms#'

/** The object at a path of names, such as `credentialSubject/achievement`. */
function at(document: Tree, path: string): Tree {
  return path === '' ? document : path.split('/').reduce<Tree>((inner, name) => inner[name] as Tree, document)
}

/** Gives the member at the end of the path another name. */
function rename(path: string, name: string, more: Tree = {}): Respelling {
  return (document) => {
    addContext(document, more)
    const steps = path.split('/')
    const last = steps.pop() as string
    const parent = at(document, steps.join('/'))
    parent[name] = parent[last] as JsonValue
    delete parent[last]
  }
}

function change(path: string, make: (old: JsonValue) => JsonValue, more: Tree = {}): Respelling {
  return (document) => {
    addContext(document, more)
    const steps = path.split('/')
    const last = steps.pop() as string
    const parent = at(document, steps.join('/'))
    parent[last] = make(parent[last] as JsonValue)
  }
}

function all(...each: readonly Respelling[]): Respelling {
  return (document) => {
    for (const respell of each) respell(document)
  }
}

function addContext(document: Tree, more: Tree): void {
  if (Object.keys(more).length > 0) document['@context'] = [...(document['@context'] as JsonValue[]), more]
}

function setContext(...contexts: readonly JsonValue[]): Respelling {
  return (document) => {
    document['@context'] = contexts
  }
}

const course = { course: `${school}course`, hours: `${school}hours` }

async function judge(document: JsonObject) {
  const form = await askWalk(document)
  return { accepted: 'dataset' in form && form.notCompacted.length === 0, form }
}

async function respelt(sample: JsonObject, respell: Respelling) {
  const tree = structuredClone(sample) as Tree
  respell(tree)
  const document = freeze(tree) as JsonObject
  expect(JSON.stringify(document)).not.toBe(JSON.stringify(sample))
  expect(await askLibrary(document, 'SHA-256')).toEqual(await askLibrary(sample, 'SHA-256'))
  return judge(document)
}

it.each([
  ['badge', badge],
  ['badge of data model 1.1', oldBadge],
  ['record', record],
  ['small badge', small],
  ['proof', proofOptions],
])('the %s itself is accepted', async (_, sample) => {
  expect('text' in (await askLibrary(sample, 'SHA-256'))).toBe(true)
  expect((await judge(sample)).form.notCompacted).toEqual([])
  expect((await judge(sample)).accepted).toBe(true)
})

const dateTime = 'http://www.w3.org/2001/XMLSchema#dateTime'
const typed = (iri: string, type: string): Tree => ({ '@id': iri, '@type': type })

const httpsString = 'https://www.w3.org/2001/XMLSchema#string'
const steps = { steps: { '@id': `${school}steps`, '@container': '@list' } }
const words = {
  AchievementSubject: `${vocab}AchievementSubject`,
  Achievement: `${vocab}Achievement`,
  OpenBadgeCredential: `${vocab}OpenBadgeCredential`,
  achievement: `${vocab}achievement`,
  humanCode: `${vocab}humanCode`,
  fieldOfStudy: `${vocab}fieldOfStudy`,
}

/** Every word of the Open Badges context written out. */
const inFull: Respelling = (document) => {
  const subject = at(document, 'credentialSubject')
  const achievement = at(subject, 'achievement')
  document['type'] = ['VerifiableCredential', words.OpenBadgeCredential]
  subject['type'] = words.AchievementSubject
  achievement['type'] = words.Achievement
  rename('humanCode', words.humanCode)(achievement)
  rename('fieldOfStudy', words.fieldOfStudy)(achievement)
  rename('achievement', words.achievement)(subject)
}

function exchange(path: string, one: string, two: string): Respelling {
  return (document) => {
    const object = at(document, path)
    ;[object[one], object[two]] = [object[two] as JsonValue, object[one] as JsonValue]
  }
}

function remove(name: string): Respelling {
  return (document) => {
    delete document[name]
  }
}

const decisive: readonly (readonly [string, Respelling])[] = [
  ['validUntil', rename('validUntil', 'end', { end: typed(`${cred}validUntil`, dateTime) })],
  ['credentialStatus', rename('credentialStatus', 'state', { state: typed(`${cred}credentialStatus`, '@id') })],
  ['credentialSchema', rename('credentialSchema', 'shape', { shape: typed(`${cred}credentialSchema`, '@id') })],
  ['issuer', rename('issuer', 'by', { by: typed(`${cred}issuer`, '@id') })],
  ['evidence', rename('evidence', 'because', { because: typed(`${cred}evidence`, '@id') })],
  ['termsOfUse', rename('termsOfUse', 'terms', { terms: typed(`${cred}termsOfUse`, '@id') })],
  ['refreshService', rename('refreshService', 'anew', { anew: typed(`${cred}refreshService`, '@id') })],
  ['credentialSubject', rename('credentialSubject', 'about', { about: typed(`${cred}credentialSubject`, '@id') })],
]

const cases: readonly (readonly [string, JsonObject, Respelling])[] = [
  ...decisive.map(([name, respell]) => [`an alias of ${name}`, badge, respell] as const),
  [
    'an alias of expirationDate',
    oldBadge,
    rename('expirationDate', 'end', { end: typed(`${cred}expirationDate`, dateTime) }),
  ],
  ['an alias of expires', proofOptions, rename('expires', 'end', { end: typed(`${sec}expiration`, dateTime) })],
  [
    'an old pinned name of expires',
    proofOptions,
    all(rename('expires', 'expiration'), setContext(v2, ob, 'https://w3id.org/security/v1')),
  ],
  [
    'an alias of proofPurpose',
    proofOptions,
    all(
      rename('proofPurpose', 'aim', { aim: typed(`${sec}proofPurpose`, '@id') }),
      change('aim', () => `${sec}assertionMethod`),
    ),
  ],
  ['a purpose in full', proofOptions, change('proofPurpose', () => `${sec}assertionMethod`)],
  ['a purpose as an object', proofOptions, change('proofPurpose', () => ({ id: `${sec}assertionMethod` }))],
  [
    'a purpose by another name',
    proofOptions,
    change('proofPurpose', () => 'vouching', { vouching: `${sec}assertionMethod` }),
  ],

  ['a key as a full IRI', badge, rename('credentialSubject/achievement', `${vocab}achievement`)],
  [
    'a compact key by a pinned prefix',
    oldBadge,
    (tree) => rename('credentialSubject/achievement/criteria', 'obx:Criteria', { obx: vocab })(tree),
  ],
  [
    'a compact key by an inline prefix',
    badge,
    rename('credentialSubject/achievement', 'obx:achievement', { obx: vocab }),
  ],
  [
    'an alias of a claim',
    badge,
    rename('credentialSubject/achievement', 'decoration', { decoration: { '@id': `${vocab}achievement` } }),
  ],
  ['a claim by the name of its class', oldBadge, rename('credentialSubject/achievement/criteria', 'Criteria')],
  [
    'an alias of a type',
    badge,
    change('type', () => ['VerifiableCredential', 'Badge'], { Badge: `${vocab}OpenBadgeCredential` }),
  ],
  ['an alias of an inner type', badge, change('issuer/type', () => ['Person'], { Person: `${vocab}Profile` })],
  ['a type in full', badge, change('type', () => ['VerifiableCredential', `${vocab}OpenBadgeCredential`])],
  [
    'a type by an inline prefix',
    badge,
    change('type', () => ['VerifiableCredential', 'obx:OpenBadgeCredential'], { obx: vocab }),
  ],
  [
    'a type as a property',
    badge,
    all(
      change('type', () => ['VerifiableCredential']),
      (tree) => {
        tree[`${rdf}type`] = { id: `${vocab}OpenBadgeCredential` }
      },
    ),
  ],
  [
    'a type as a property by an alias',
    badge,
    all(
      change('type', () => ['VerifiableCredential']),
      (tree) => {
        addContext(tree, { kind: typed(`${rdf}type`, '@vocab') })
        tree['kind'] = 'OpenBadgeCredential'
      },
    ),
  ],
  ['a type twice', badge, change('type', (old) => [...(old as JsonValue[]), 'OpenBadgeCredential'])],
  [
    'a type with two names, and one of them twice',
    badge,
    change('type', (old) => [...(old as JsonValue[]), 'AchievementCredential', 'OpenBadgeCredential']),
  ],
  [
    'a type by a word of its own beside its name',
    badge,
    change('type', (old) => [...(old as JsonValue[]), 'Diploma'], { Diploma: `${vocab}OpenBadgeCredential` }),
  ],
  ['an alias of id', badge, rename('credentialSubject/id', 'name1', { name1: '@id' })],
  ['an alias of type', badge, rename('type', 'kind', { kind: '@type' })],
  ['@id for id', badge, rename('credentialSubject/id', '@id')],
  ['@type for type', badge, rename('type', '@type')],
  ['an id by a prefix', badge, change('credentialSubject/id', () => 'dx:learner', { dx: 'did:example:' })],
  [
    'a reference by a prefix',
    badge,
    change('credentialStatus/statusListCredential', () => 'sx:status/1', { sx: 'https://school.example/' }),
  ],

  [
    '@nest',
    badge,
    (tree) => {
      const { evidence, ...rest } = tree
      for (const name of Object.keys(tree)) delete tree[name]
      Object.assign(tree, rest, { '@nest': { evidence } })
    },
  ],
  [
    'an alias of @nest',
    badge,
    (tree) => {
      addContext(tree, { more: '@nest' })
      tree['more'] = { validUntil: tree['validUntil'] as JsonValue }
      delete tree['validUntil']
    },
  ],
  [
    '@included',
    badge,
    (tree) => {
      tree['@included'] = [tree['issuer'] as JsonValue]
      tree['issuer'] = 'did:example:school'
    },
  ],
  [
    '@reverse',
    badge,
    (tree) => {
      const issuer = at(tree, 'issuer')
      const graph = { ...tree, issuer: undefined as unknown as JsonValue }
      for (const name of Object.keys(tree)) delete tree[name]
      const { '@context': context, issuer: _, ...rest } = graph as Tree
      Object.assign(tree, { '@context': context, ...issuer, '@reverse': { [`${cred}issuer`]: { ...rest } } })
      delete tree['type']
      tree['type'] = [`${vocab}Profile`]
    },
  ],
  [
    '@graph at the top',
    badge,
    (tree) => {
      const { '@context': context, ...rest } = tree
      for (const name of Object.keys(tree)) delete tree[name]
      Object.assign(tree, { '@context': context, '@graph': [rest] })
    },
  ],
  ['@index', badge, change('issuer', (old) => ({ ...(old as Tree), '@index': 'an accredited school' }))],
  [
    'an index map',
    badge,
    all(
      change('evidence', (old) => ({ 'seen by the minister': (old as JsonValue[])[0] as JsonValue })),
      rename('evidence', 'proofs', { proofs: { '@id': `${cred}evidence`, '@type': '@id', '@container': '@index' } }),
    ),
  ],
  ['a plain value as an object', badge, change('name', (old) => ({ '@value': old }))],
  ['a typed value as an object', badge, change('validUntil', (old) => ({ '@value': old, '@type': dateTime }))],
  ['a number as an object', badge, change('credentialSubject/hours', (old) => ({ '@value': old }))],
  ['a language of null', badge, change('name', (old) => ({ '@value': old, '@language': null }))],
  ['@set', badge, change('evidence', (old) => ({ '@set': old }))],
  ['@set of one', badge, change('name', (old) => ({ '@set': [old] }))],
  ['a list within a list', badge, change('evidence', (old) => [old])],
  ['an alias of @value', badge, change('name', (old) => ({ text: old }), { text: '@value' })],

  [
    'names of blank nodes',
    badge,
    (tree) => {
      at(tree, 'credentialSubject/achievement')['criteria'] = '_:c'
      at(tree, 'credentialSubject')['source'] = '_:c'
      delete at(tree, 'credentialSubject')['source']
      at(tree, 'credentialSubject/achievement')['criteria'] = { id: '_:c', narrative: 'Three pieces and an exam.' }
    },
  ],
  ['the same number twice', badge, change('credentialSubject/hours', (old) => [old, old])],
  ['the same reference twice', badge, change('credentialStatus/statusListCredential', (old) => [old, old])],
  [
    'the same reference, also as an object',
    badge,
    change('credentialStatus/statusListCredential', (old) => [old, { id: old }]),
  ],

  ['a boolean as text', badge, change('credentialSubject/identifier/0/hashed', () => 'false')],
  ['a number as text', badge, change('credentialSubject/achievement/creditsAvailable', () => '5')],

  [
    'a pinned term in a scoped context',
    oldBadge,
    all(
      setContext(v1, obFirst, {
        course: { '@id': course.course, '@context': { name: 'https://school.example/terms#name' } },
      }),
    ),
  ],
  [
    'an inline type that takes pinned terms away',
    oldBadge,
    (tree) => {
      addContext(tree, {
        AchievementSubject: { '@id': `${vocab}AchievementSubject`, '@context': { prize: `${vocab}Achievement` } },
      })
      rename('credentialSubject/achievement', 'prize')(tree)
    },
  ],
  [
    'a term renamed by a context in the body',
    badge,
    all(
      (tree) => {
        at(tree, 'credentialSubject/achievement')['@context'] = { says: 'https://schema.org/description' }
      },
      rename('credentialSubject/achievement/description', 'says'),
    ),
  ],
  [
    'a context with @propagate',
    badge,
    change('credentialSubject', (old) => ({
      ...(old as Tree),
      '@context': { '@propagate': true, more: 'urn:x:more' },
    })),
  ],
  ['a context with @import', badge, setContext(v2, ob, extensions, { '@import': ob, ...course })],
  ['a context with @base', badge, change('termsOfUse/id', () => 'terms', { '@base': 'https://school.example/' })],
  ['a key that @vocab makes short', badge, rename('credentialSubject/course', `${school}course`, { '@vocab': school })],
  ['full IRIs, where their context is left out', small, all(setContext(v2, extensions, steps), inFull)],
  [
    'two terms exchanged, where their context is left out',
    small,
    all(
      setContext(v2, extensions, steps, { ...words, humanCode: words.fieldOfStudy, fieldOfStudy: words.humanCode }),
      exchange('credentialSubject/achievement', 'humanCode', 'fieldOfStudy'),
    ),
  ],
  [
    'two terms exchanged by a context in the body',
    oldBadge,
    all(
      change('credentialSubject/achievement', (old) => ({
        ...(old as Tree),
        '@context': {
          name: typed('https://schema.org/description', httpsString),
          description: typed('https://schema.org/name', httpsString),
        },
      })),
      exchange('credentialSubject/achievement', 'name', 'description'),
    ),
  ],
  ['null in a list with an order', small, change('credentialSubject/steps', (old) => [null, ...(old as JsonValue[])])],
  [
    'the name said inside',
    small,
    all(
      change('refreshService', (old) => ({ ...(old as Tree), name: 'Welding' })),
      remove('name'),
    ),
  ],
  [
    'a type said inside',
    small,
    all(
      change('refreshService/type', (old) => [old, 'OpenBadgeCredential']),
      change('type', () => ['VerifiableCredential']),
    ),
  ],
  ['an object twice', badge, change('evidence', (old) => [...(old as JsonValue[]), ...(old as JsonValue[])])],
  ['text as a number', oldBadge, change('credentialSubject/achievement/humanCode', () => 201)],
]

describe('refused, though the graph is the same:', () => {
  it.each(cases)('%s', async (_, sample, respell) => {
    expect((await respelt(sample, respell)).accepted).toBe(false)
  })
})

const neighbours: readonly (readonly [string, JsonObject, Respelling])[] = [
  ['a context that only adds terms', badge, (tree) => addContext(tree, { shoeSize: 'urn:x:size', x: 'urn:x:' })],
  ['words for what no context names', badge, (tree) => addContext(tree, { '@vocab': 'https://school.example/other#' })],
  [
    'one in a list for one',
    badge,
    all(
      change('credentialSubject', (old) => [old]),
      change('name', (old) => [old]),
      change('type', (old) => [...(old as JsonValue[])].reverse()),
    ),
  ],
  [
    'one for one in a list',
    badge,
    all(
      change('evidence', (old) => (old as JsonValue[])[0] as JsonValue),
      change('issuer/type', () => 'Profile'),
    ),
  ],
  [
    'members in another order',
    badge,
    (tree) => {
      const entries = Object.entries(tree).reverse()
      for (const [name] of entries) delete tree[name]
      Object.assign(tree, Object.fromEntries(entries))
    },
  ],
  [
    'what has no order in another',
    badge,
    change('credentialSubject/achievement/tag', (old) => [...(old as JsonValue[])].reverse()),
  ],
  ['an identifier for an object with nothing else', record, change('issuer', (old) => ({ id: old }))],
  [
    'nothing said of',
    badge,
    (tree) => {
      tree['description'] = null
      tree['relatedResource'] = []
    },
  ],
  ['both names of a class', badge, change('type', () => ['VerifiableCredential', 'AchievementCredential'])],
  ['both names of a class at once', badge, change('type', (old) => [...(old as JsonValue[]), 'AchievementCredential'])],
]

describe('accepted, as it reads the same:', () => {
  it.each(neighbours)('%s', async (_, sample, respell) => {
    const { accepted, form } = await respelt(sample, respell)
    expect(form.notCompacted).toEqual([])
    expect(accepted).toBe(true)
  })
})

describe('accepted, as an issuer may write it:', () => {
  const said = async (context: JsonValue, members: JsonObject) =>
    (
      await judge(
        freeze({ '@context': [v2, context], id: 'urn:x:1', type: 'VerifiableCredential', ...members }) as JsonObject,
      )
    ).form.notCompacted

  it.each<[string, JsonValue, JsonObject]>([
    [
      'text in a language, and in a direction',
      {},
      { name: [{ '@value': 'שלום', '@language': 'he', '@direction': 'rtl' }, 'Hello'] },
    ],
    [
      'a language map',
      { title: { '@id': 'urn:x:t', '@container': '@language' } },
      { title: { en: 'a', 'de-CH': ['b', 'c'], '@none': 'd' } },
    ],
    [
      'a default language, and text in another',
      { '@language': 'de' },
      { name: 'Schweißen', description: { '@value': 'x', '@language': 'en' } },
    ],
    [
      'a number with the seventeenth digit that a division leaves',
      { weight: 'urn:x:weight' },
      { weight: [0.30000000000000004, 11 / 3] },
    ],
    [
      'numbers, also as text that is no number’s',
      { n: { '@id': 'urn:x:n', '@type': 'http://www.w3.org/2001/XMLSchema#decimal' } },
      { n: [4, '4.50', 'none'] },
    ],
    [
      'a list with an order, and the same in it twice',
      { l: { '@id': 'urn:x:l', '@container': '@list' } },
      { l: ['a', 'b', 'a'] },
    ],
    [
      'JSON as it is',
      { j: { '@id': 'urn:x:j', '@type': '@json' } },
      { j: { '@id': [1, 1, null], 'urn:x:y': { '@list': [] } } },
    ],
    ['a property of no context, in full', {}, { 'https://other.example/p': 'x' }],
  ])('%s', async (_, context, members) => {
    expect(await said(context, members)).toEqual([])
  })

  it.each<[string, JsonValue, JsonObject]>([
    [
      'text in the default language, as an object',
      { '@language': 'de' },
      { name: { '@value': 'x', '@language': 'de' } },
    ],
    [
      'text with a language beside a language map',
      { t: { '@id': 'urn:x:t', '@container': '@language' } },
      { t: [{ '@value': 'x', '@language': 'de' }] },
    ],
    [
      'one text twice in a language map',
      { t: { '@id': 'urn:x:t', '@container': '@language' } },
      { t: { de: ['x', 'x'] } },
    ],
    ['a word that means nothing', { v: { '@id': 'urn:x:v', '@type': '@vocab' }, gone: null }, { v: 'gone' }],
    ['one language twice', { t: { '@id': 'urn:x:t', '@container': '@language' } }, { t: { de: 'x', DE: 'y' } }],
    [
      'a double as text',
      { d: { '@id': 'urn:x:d', '@type': 'http://www.w3.org/2001/XMLSchema#double' } },
      { d: '4.5 of 5' },
    ],
    [
      'a type of its own by two words',
      { Diploma: 'urn:x:d', Medal: 'urn:x:d' },
      { type: ['VerifiableCredential', 'Diploma', 'Medal'] },
    ],
    ['an empty reference', { r: { '@id': 'urn:x:r', '@type': '@id' } }, { r: '' }],
    [
      'a list in RDF’s own terms',
      {},
      { 'http://www.w3.org/1999/02/22-rdf-syntax-ns#rest': { id: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#nil' } },
    ],
    ['what points backwards', { back: { '@reverse': 'urn:x:r' } }, { back: { id: 'urn:x:2' } }],
  ])('but not %s', async (_, context, members) => {
    expect(await said(context, members)).not.toEqual([])
  })
})
