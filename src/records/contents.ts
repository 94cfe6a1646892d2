/** The credentials that stand inside a credential, what is too many of them, and what is told where there are none. */

import { asArray, isObject, pointer } from '../encoding/json.ts'
import { type Limits, limitDetail } from '../encoding/limits.ts'
import { type Check, failed, type NestedReport, skipped } from '../report.ts'
import type { JsonObject, JsonValue } from '../types.ts'

/** A credential inside another one, and where it stands. */
export interface Content {
  readonly path: string
  readonly value: JsonValue
  readonly isRecord: boolean
}

/** Members whose every value is a credential, by the learner-record contexts; JWT text among them. */
const credentialMembers = new Set(['verifiableCredential', 'endorsement', 'endorsementJwt'])

/** The credentials directly inside a credential. What they contain is their own affair. */
export function findContents(credential: JsonObject): readonly Content[] {
  const walk: Walk = { found: [], path: [] }
  walkMembers(walk, credential)
  return walk.found
}

interface Walk {
  readonly found: Content[]
  readonly path: (string | number)[]
}

function walkValue(walk: Walk, value: JsonValue): void {
  if (isObject(value)) {
    if (asArray(value['type']).includes('VerifiableCredential') || isEnveloped(value)) add(walk, value)
    else walkMembers(walk, value)
  } else if (Array.isArray(value)) {
    walkItems(walk, value, walkValue)
  }
}

function walkMembers(walk: Walk, object: JsonObject): void {
  for (const name of Object.keys(object)) {
    const member = object[name]
    if (typeof member !== 'object' && !credentialMembers.has(name)) continue
    if (member === undefined || member === null || name === '@context') continue
    if (name === 'proof' && walk.path.length === 0) continue
    walk.path.push(name)
    if (!credentialMembers.has(name)) walkValue(walk, member)
    else if (Array.isArray(member)) walkItems(walk, member, add)
    else add(walk, member)
    walk.path.pop()
  }
}

function walkItems(walk: Walk, items: readonly JsonValue[], visit: (walk: Walk, item: JsonValue) => void): void {
  for (let index = 0; index < items.length; index += 1) {
    walk.path.push(index)
    visit(walk, items[index] as JsonValue)
    walk.path.pop()
  }
}

function add({ found, path }: Walk, value: JsonValue): void {
  const isRecord = path.some((step) => step === 'verifiableCredential')
  found.push({ path: path.reduce<string>(pointer, ''), value, isRecord })
}

/** Whether it carries a credential as signed text. */
export function isEnveloped(value: JsonObject): boolean {
  return asArray(value['type']).includes('EnvelopedVerifiableCredential')
}

/** Whether there are more credentials inside, or in more levels, than are verified: seen before any work. */
export function findTooMany(found: number, level: number, { nesting, credentials }: Limits): Check | undefined {
  if (found > 0 && level >= nesting) {
    const message = `Credentials are nested deeper than ${nesting} levels.`
    return failed('contents', 'LIMIT_EXCEEDED', message, { detail: limitDetail('nesting', nesting) })
  }
  if (found <= credentials) return undefined
  const message = `There are ${found} credentials inside; at most ${credentials} are verified.`
  return failed('contents', 'LIMIT_EXCEEDED', message, { detail: limitDetail('credentials', credentials, found) })
}

/** Most status lists that are stapled to one presentation: each may inflate to four million bytes. */
export const MAX_STAPLED_LISTS = 40

/** Whether more status lists, each of an id of its own, are stapled to a presentation than are verified. */
export function findTooManyLists(found: number): Check | undefined {
  if (found <= MAX_STAPLED_LISTS) return undefined
  const message = `There are ${found} different status lists stapled to it; at most ${MAX_STAPLED_LISTS} are verified, and what is in it was not looked at.`
  return failed('contents', 'LIMIT_EXCEEDED', message)
}

/** The check, and the report of each credential inside. */
export interface ContentsResult {
  readonly checks: readonly Check[]
  readonly nested: readonly NestedReport[]
}

/** What is told of a credential with none inside. `isPartial`: see `notesOnPart`. */
export function leaveContents(isPartial: boolean): ContentsResult {
  const notes = notesOnPart(isPartial)
  return { checks: [skipped('contents', 'There are no credentials inside this one.', { notes })], nested: [] }
}

/** Of a record that says itself that there is more about the learner than it holds. */
export function notesOnPart(isPartial: boolean): readonly string[] {
  return isPartial ? ['It is partial: there is more about the learner than it holds.'] : []
}
