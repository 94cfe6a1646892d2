/**
 * Which credentials are versions of one another: those with the same issuer and the same id, of which the one with the later start of
 * validity holds (Open Badges 3.0, "Verification and Validation"; CLR 2.0).
 */

import { canonicalJson } from '../encoding/canonical-json.ts'
import { parseDateTimeStamp } from '../encoding/date-time.ts'
import { idOf } from '../encoding/json.ts'
import type { JsonObject } from '../types.ts'

/** What came of one credential among its versions; `by` is the place of the other in the list. */
export type Version =
  /** There is no later one. */
  | { readonly kind: 'current' }
  /** Another one is of a later time. */
  | { readonly kind: 'superseded'; readonly by: number }
  /** It stands before in the list, the very same. */
  | { readonly kind: 'repeated'; readonly by: number }
  /** Another one of the same time says something else: which of the two holds cannot be told. */
  | { readonly kind: 'disputed'; readonly by: number }

/** Compares verified credentials, in their order. One without an id is nobody's version, nor is one of another group. */
export function compareVersions(
  credentials: readonly JsonObject[],
  groups: readonly string[] = [],
): readonly Version[] {
  const families = new Map<string, number[]>()
  for (const [index, credential] of credentials.entries()) {
    const { id } = credential
    const issuer = idOf(credential['issuer'])
    if (typeof id !== 'string' || issuer === undefined) continue
    const key = JSON.stringify([groups[index], issuer, id])
    const family = families.get(key)
    if (family) family.push(index)
    else families.set(key, [index])
  }
  const versions: Version[] = credentials.map(() => ({ kind: 'current' }))
  for (const family of families.values()) judgeFamily(family, credentials, versions)
  return versions
}

function judgeFamily(family: readonly number[], all: readonly JsonObject[], versions: Version[]): void {
  const starts = family.map((index) => startOf(all[index]))
  const latest = starts.reduce((one, other) => Math.max(one, other))
  const current = family.filter((_, index) => starts[index] === latest)
  const [by, ...others] = current
  if (by === undefined || family.length === 1) return
  for (const [place, index] of family.entries()) {
    if (starts[place] !== latest) versions[index] = { kind: 'superseded', by }
  }
  const text = others.length > 0 ? statementsOf(all[by]) : ''
  for (const index of others) {
    versions[index] = { kind: statementsOf(all[index]) === text ? 'repeated' : 'disputed', by }
  }
}

const texts = new WeakMap<JsonObject, string>()

/** What it says; proofs may be made anew. Frozen ones are written once, however often they are compared. */
function statementsOf(credential: JsonObject = {}): string {
  const known = texts.get(credential)
  if (known !== undefined) return known
  const { proof: _, ...statements } = credential
  const text = canonicalJson(statements)
  if (Object.isFrozen(credential)) texts.set(credential, text)
  return text
}

function startOf(credential: JsonObject | undefined): number {
  const start = credential?.['validFrom'] ?? credential?.['issuanceDate']
  return typeof start === 'string' ? Number(parseDateTimeStamp(start) ?? 0) : 0
}
