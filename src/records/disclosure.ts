/** What may be hidden of a record, and what not: the pointers an issuer makes mandatory, and those that a learner's words stand for. */

import { asArray, isObject, pointer, single, stepsOf } from '../encoding/json.ts'
import { CredentialError } from '../errors.ts'
import type { JsonObject, JsonValue } from '../types.ts'

/** Members of a credential that say whether it is good, and for what. */
const decisive = [
  'issuer',
  'validFrom',
  'validUntil',
  'issuanceDate',
  'expirationDate',
  'credentialStatus',
  'credentialSchema',
  'termsOfUse',
]

/**
 * JSON Pointers of what is never hidden: issuer, dates, status, schema and terms of use; whom the credential is about; and of
 * each result its status and what it measures, so that no grade can be shown without them. Ids and types always show.
 */
export function mandatoryPointersOf(credential: JsonObject): readonly string[] {
  const own = decisive.filter((name) => credential[name] !== undefined).map((name) => `/${name}`)
  const subject = credential['credentialSubject']
  const who = isObject(subject) ? ['id', 'type'].find((name) => subject[name] !== undefined) : undefined
  return [
    ...new Set([
      ...own,
      ...(who === undefined ? [] : [`/credentialSubject/${who}`]),
      ...needsOf(resultsOf(credential)),
    ]),
  ]
}

/** What a result must be shown with: members of its own, and its descriptions, one list for all results that name them. */
interface FoundResult {
  readonly path: string
  readonly own: readonly string[]
  readonly described: readonly string[]
}

/** The results of the credential's own subjects. */
function resultsOf(credential: JsonObject): readonly FoundResult[] {
  return itemsOf(credential['credentialSubject'], '/credentialSubject').flatMap(([subject, path]) => {
    const places = descriptionsOf(subject, path)
    return itemsOf(subject['result'], `${path}/result`).map(([result, at]) => ({
      path: at,
      own: ['resultDescription', 'status'].filter((name) => result[name] !== undefined).map((name) => `${at}/${name}`),
      described: places.get(single(result['resultDescription'])) ?? none,
    }))
  })
}

const none: readonly string[] = []

/** Where the descriptions stand that results name, by their ids. */
function descriptionsOf(subject: JsonObject, path: string): ReadonlyMap<JsonValue | undefined, readonly string[]> {
  const places = new Map<JsonValue | undefined, string[]>()
  for (const [achievement, at] of itemsOf(subject['achievement'], `${path}/achievement`)) {
    for (const [{ id }, place] of itemsOf(achievement['resultDescription'], `${at}/resultDescription`)) {
      if (id !== undefined) addTo(places, id, place)
    }
  }
  return places
}

function addTo<K, V>(lists: Map<K, V[]>, name: K, value: V): void {
  const known = lists.get(name)
  if (known) known.push(value)
  else lists.set(name, [value])
}

function needsOf(results: readonly FoundResult[]): readonly string[] {
  const described = new Set(results.map((result) => result.described))
  return [...results.flatMap(({ own }) => own), ...[...described].flat()]
}

/** Objects of a member that holds one or several, with their pointers. */
function itemsOf(member: JsonValue | undefined, path: string): readonly (readonly [JsonObject, string])[] {
  return asArray(member).flatMap((item, index) =>
    isObject(item) ? [[item, Array.isArray(member) ? pointer(path, index) : path] as const] : [],
  )
}

/**
 * Pointers of what is to be shown. A word is the id of an achievement, a result, or whatever else has one, or the code of a
 * course (`humanCode`); for what is in a credential inside, it stands for that credential as a whole.
 *
 * Throws `OPTION_INVALID` for a word that nothing has, and for a pointer into a credential inside.
 */
export function revealedPointersOf(credential: JsonObject, reveal: readonly string[]): readonly string[] {
  const named = reveal.some((each) => !isPointer(each)) ? namedIn(credential) : []
  const byName = new Map<string, string[]>()
  for (const { names, path } of named) for (const name of new Set(names)) addTo(byName, name, path)
  const byPath = new Map(resultsOf(credential).map((result) => [result.path, result]))
  const results = new Set<FoundResult>()
  const pointers = [...new Set(reveal)].flatMap((each) => {
    if (isPointer(each)) return [withinOne(credential, each)]
    const found = byName.get(each)
    if (!found) throw unknownWord(each, named)
    for (const path of found) {
      const result = byPath.get(path)
      if (result) results.add(result)
    }
    return found
  })
  return [...new Set([...pointers, ...needsOf([...results])])]
}

/** Throws `OPTION_INVALID` where a grade would be shown without its status or without what it measures. */
export function assertMeaning(credential: JsonObject, pointers: readonly string[]): void {
  const shown = new Set(pointers)
  const inOrder = [...shown].sort()
  const isShown = (path: string): boolean => isCovered(path, shown) || leadsInto(path, inOrder)
  const missingOf = new Map<readonly string[], readonly string[]>()
  for (const { path, own, described } of resultsOf(credential)) {
    if (!isShown(`${path}/value`) && !isShown(`${path}/achievedLevel`)) continue
    const known = missingOf.get(described) ?? described.filter((need) => !isCovered(need, shown))
    missingOf.set(described, known)
    const missing = [...own.filter((need) => !isCovered(need, shown)), ...known]
    if (missing.length === 0) continue
    throw new CredentialError(
      'OPTION_INVALID',
      `disclose: the result ${path} means nothing without ${missing.slice(0, MAX_NAMED).join(' and ')}; reveal ${path} by its id, or these too`,
    )
  }
}

/** Most missing places that an error names. */
const MAX_NAMED = 20

/** Whether the path, or something around it, is among the pointers. */
function isCovered(path: string, pointers: ReadonlySet<string>): boolean {
  for (let end = path.length; end >= 0; end = path.lastIndexOf('/', end - 1)) {
    if (pointers.has(path.slice(0, end))) return true
    if (end === 0) return false
  }
  return false
}

/** Whether one of the pointers, which are in order, leads into what stands at the path. */
function leadsInto(path: string, inOrder: readonly string[]): boolean {
  const beginning = `${path}/`
  let low = 0
  let high = inOrder.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((inOrder[middle] as string) < beginning) low = middle + 1
    else high = middle
  }
  return inOrder[low]?.startsWith(beginning) === true
}

function isPointer(text: string): boolean {
  return text === '' || text.startsWith('/')
}

interface Named {
  readonly names: readonly string[]
  readonly path: string
}

/** Everything in the subjects that has a name, and where it is or, in a credential inside, where that is. */
function namedIn(credential: JsonObject): readonly Named[] {
  const named: Named[] = []
  const visit = (value: JsonValue | undefined, path: string, inside: string | undefined): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        visit(item, pointer(path, index), inside)
      })
    }
    if (!isObject(value)) return
    const place = inside ?? (isCredential(value) ? path : undefined)
    const names = [value['id'], value['humanCode']].filter((name) => typeof name === 'string')
    if (names.length > 0) named.push({ names, path: place ?? path })
    for (const [name, member] of Object.entries(value))
      if (name !== '@context') visit(member, pointer(path, name), place)
  }
  for (const [subject, path] of itemsOf(credential['credentialSubject'], '/credentialSubject')) {
    for (const [name, member] of Object.entries(subject)) visit(member, pointer(path, name), undefined)
  }
  return named
}

function isCredential(value: JsonObject): boolean {
  return asArray(value['type']).includes('VerifiableCredential')
}

/** A credential inside is signed by itself: part of it would not verify. */
function withinOne(credential: JsonObject, path: string): string {
  let at: JsonValue | undefined = credential
  let place = ''
  for (const name of stepsOf(path)) {
    if (place !== '' && isObject(at) && isCredential(at)) {
      throw new CredentialError(
        'OPTION_INVALID',
        `disclose: ${path} is part of a credential that is signed by itself; reveal the whole of it, ${place}`,
      )
    }
    at = Array.isArray(at)
      ? (at[Number(name)] as JsonValue)
      : isObject(at) && Object.hasOwn(at, name)
        ? at[name]
        : undefined
    place = pointer(place, name)
  }
  return path
}

function unknownWord(word: string, named: readonly Named[]): CredentialError {
  const known = [...new Set(named.flatMap(({ names }) => names))].slice(0, 20).join(', ')
  return new CredentialError(
    'OPTION_INVALID',
    `disclose: nothing in the credential has the id or course code ${JSON.stringify(word.slice(0, 200))}; it has ${known || 'none'}`,
  )
}
