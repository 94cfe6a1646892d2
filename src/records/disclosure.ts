/** What may be hidden of a record, and what not: the pointers an issuer makes mandatory, and those that a learner's words stand for. */

import { asArray, isObject, pointer, stepsOf } from '../encoding/json.ts'
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
  const meaning = resultsOf(credential).flatMap(({ needs }) => needs)
  return [...new Set([...own, ...(who === undefined ? [] : [`/credentialSubject/${who}`]), ...meaning])]
}

interface FoundResult {
  readonly path: string
  /** What it must be shown with. */
  readonly needs: readonly string[]
}

/** The results of the credential's own subjects. */
function resultsOf(credential: JsonObject): readonly FoundResult[] {
  return itemsOf(credential['credentialSubject'], '/credentialSubject').flatMap(([subject, path]) =>
    itemsOf(subject['result'], `${path}/result`).map(([result, at]) => {
      const own = ['resultDescription', 'status'].filter((name) => result[name] !== undefined)
      return { path: at, needs: [...own.map((name) => `${at}/${name}`), ...descriptionOf(result, subject, path)] }
    }),
  )
}

/** Where a result's description stands, whose id it names. */
function descriptionOf(result: JsonObject, subject: JsonObject, path: string): readonly string[] {
  const descriptions = itemsOf(subject['achievement'], `${path}/achievement`).flatMap(([achievement, at]) =>
    itemsOf(achievement['resultDescription'], `${at}/resultDescription`),
  )
  return descriptions.filter(([{ id }]) => id !== undefined && id === result['resultDescription']).map(([, at]) => at)
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
  const results = resultsOf(credential)
  return [
    ...new Set(
      reveal.flatMap((each) => {
        if (isPointer(each)) return [withinOne(credential, each)]
        const found = named.filter(({ names }) => names.includes(each)).map(({ path }) => path)
        if (found.length === 0) throw unknownWord(each, named)
        return found.flatMap((path) => [path, ...(results.find((result) => result.path === path)?.needs ?? [])])
      }),
    ),
  ]
}

/** Throws `OPTION_INVALID` where a grade would be shown without its status or without what it measures. */
export function assertMeaning(credential: JsonObject, pointers: readonly string[]): void {
  for (const { path, needs } of resultsOf(credential)) {
    const isShown = pointers.some((each) => touches(each, `${path}/value`) || touches(each, `${path}/achievedLevel`))
    const missing = isShown ? needs.filter((need) => !pointers.some((each) => covers(each, need))) : []
    if (missing.length === 0) continue
    throw new CredentialError(
      'OPTION_INVALID',
      `disclose: the result ${path} means nothing without ${missing.join(' and ')}; reveal ${path} by its id, or these too`,
    )
  }
}

function covers(pointer: string, path: string): boolean {
  return path === pointer || path.startsWith(`${pointer}/`)
}

function touches(pointer: string, path: string): boolean {
  return covers(pointer, path) || covers(path, pointer)
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
