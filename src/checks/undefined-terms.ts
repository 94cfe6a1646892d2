/**
 * What is signed although RDF does not tell it: where every proof covers the JSON text itself, a member that no context at hand defines
 * and a value that stands twice in a list.
 */

import { asArray, isObject } from '../encoding/json.ts'
import { MAX_FINDINGS } from '../jsonld/expand.ts'
import { suiteNameOf } from '../proofs/cryptosuite.ts'
import { type Check, passed } from '../report.ts'
import type { JsonValue } from '../types.ts'
import type { Settings } from './settings.ts'

/** Whether every proof of a known format covers the JSON text itself, and at least one is of such a format. */
export function areOverJson(member: JsonValue | undefined, { formats }: Pick<Settings, 'formats'>): boolean {
  const named = asArray(member).map((proof) => (isObject(proof) ? formats.get(suiteNameOf(proof) ?? '') : undefined))
  const known = named.filter((format) => format !== undefined)
  return known.length > 0 && known.every(({ coversJson }) => coversJson === true)
}

/** The same findings with both of these in notes. What is misspelt or malformed stays refused. */
export function acceptUndefined(
  { checks, repeated }: { readonly checks: readonly Check[]; readonly repeated: readonly Check[] },
  kind: 'credential' | 'presentation',
): readonly Check[] {
  const undefinedTerms = checks.filter(isOfTerms)
  // Where so many repetitions were told, what else is in the way may not have been.
  if (repeated.length >= MAX_FINDINGS) return checks
  if (checks.length === 0 || !checks.every((check) => isOfTerms(check) || repeated.includes(check))) return checks
  const notes = [
    ...undefinedTerms.map(({ message }) => `Covered by the signature, but: ${message}`),
    ...repeated.map(({ path }) => `${path}: the same value stands here twice, and is signed so.`),
  ]
  const but = undefinedTerms.length > 0 ? ', of which not every word has a meaning known here' : ''
  return [passed('structure', `A well-formed ${kind}${but}.`, { notes: notes.slice(0, MAX_NOTES) })]
}

function isOfTerms(check: Check): boolean {
  return 'code' in check && ['TERM_UNDEFINED', 'CONTEXT_UNKNOWN'].includes(check.code)
}

/** Most members without a meaning that are told one by one. */
const MAX_NOTES = 20
