/** Chains of proofs: a proof that names earlier ones is made over the document with those in it (Data Integrity 1.0 sections 4.3 and 4.5). */

import { asArray, isObject } from '../encoding/json.ts'
import type { JsonObject, JsonValue } from '../types.ts'

/** The proofs that a proof names, or the rest of a sentence that begins with the proof. */
export type Previous = { readonly found: readonly JsonValue[] } | { readonly problem: string }

/** The proofs that `proof` builds on, in the order in which it names them: the order counts where JSON is signed. */
export function findPrevious(proofs: readonly JsonValue[], proof: JsonValue): Previous {
  const found: JsonValue[] = []
  for (const name of namesOf(proof)) {
    const named = proofs.filter((each) => isObject(each) && typeof name === 'string' && each['id'] === name)
    if (named.length !== 1) {
      return { problem: `builds on an earlier one that is ${named.length === 0 ? 'not there' : 'there twice'}` }
    }
    found.push(named[0] as JsonValue)
  }
  return isLoop(proofs, proof) ? { problem: 'builds on itself' } : { found }
}

/** What a proof is made over. The result is frozen. */
export function withPrevious(unsecured: JsonObject, previous: readonly JsonValue[]): JsonObject {
  return previous.length === 0 ? unsecured : Object.freeze({ ...unsecured, proof: previous })
}

function namesOf(proof: JsonValue): readonly JsonValue[] {
  return asArray(isObject(proof) ? proof['previousProof'] : undefined)
}

/** Whether the way back from a proof leads to it again. Each proof is passed once, so that the way ends. */
function isLoop(proofs: readonly JsonValue[], proof: JsonValue): boolean {
  const passed = new Set<JsonValue>()
  const open = [proof]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const names = new Set(namesOf(at))
    for (const each of proofs) {
      if (!isObject(each) || each['id'] === undefined || !names.has(each['id'])) continue
      if (each === proof) return true
      if (!passed.has(each)) open.push(each)
      passed.add(each)
    }
  }
  return false
}
