/**
 * What an endorsement may speak of in a credential, by its id and by what it is there (Open Badges 3.0, EndorsementSubject).
 */

import { asArray, idOf, isObject } from '../encoding/json.ts'
import type { EndorsedKind } from '../report.ts'
import type { JsonObject, JsonValue } from '../types.ts'

/** Something in a credential that has an id. */
export interface Thing {
  readonly kind: EndorsedKind
  /** Every place where it is described as what it is; none where it is only named. */
  readonly described: readonly JsonObject[]
}

/**
 * What the credential speaks of, by its id: itself, whom it is about, its issuer, achievements, evidence, and whatever else has an id.
 * Credentials inside it are not its own words. One id is one thing, the first in that order: a copy of an achievement that stands at
 * another place does not stand in for the one that was achieved.
 */
export function thingsIn(credential: JsonObject): ReadonlyMap<string, Thing> {
  const things = new Map<string, { readonly kind: EndorsedKind; readonly described: JsonObject[] }>()
  const add = (kind: EndorsedKind, value: JsonValue | undefined): void => {
    const id = idOf(value)
    if (id === undefined) return
    const thing = things.get(id) ?? { kind, described: [] }
    things.set(id, thing)
    if (thing.kind === kind && isObject(value) && !thing.described.includes(value)) thing.described.push(value)
  }
  const subjects = asArray(credential['credentialSubject'])
  add('credential', credential)
  for (const subject of subjects) if (isObject(subject)) add('subject', subject)
  add('issuer', credential['issuer'])
  for (const achievement of achievementsOf(credential)) add('achievement', achievement)
  for (const evidence of asArray(credential['evidence'])) add('evidence', evidence)
  const visit = (value: JsonValue | undefined): void => {
    if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) visit(item)
    if (!isObject(value) || (value !== credential && isCredential(value))) return
    add('other', value)
    for (const name of ['creator', 'source']) for (const each of asArray(value[name])) add('other', each)
    for (const name of Object.keys(value)) if (name !== '@context' && name !== 'proof') visit(value[name])
  }
  visit(credential)
  return things
}

/** What its subjects achieved. */
export function achievementsOf(credential: JsonObject): readonly JsonValue[] {
  return asArray(credential['credentialSubject'])
    .filter(isObject)
    .flatMap((subject) => asArray(subject['achievement']))
}

function isCredential(value: JsonObject): boolean {
  return asArray(value['type']).includes('VerifiableCredential')
}
