/** Finds the verification method that a proof names, in its DID document, for one purpose (Controlled Identifiers 1.0 section 3.3). */

import { canonicalJson } from '../encoding/canonical-json.ts'
import { asArray, isObject } from '../encoding/json.ts'
import type { DidDocument, JsonObject } from '../types.ts'

/** The relationship a proof of this purpose must stand in. */
export type ProofPurpose = 'assertionMethod' | 'authentication'

/** What the look-up in a document found. `listed` says whether the method may be used for the purpose. */
export interface FoundMethod {
  readonly method: JsonObject
  readonly listed: boolean
}

/** The DID of a DID URL: all before its path, query or fragment. */
export function didOf(didUrl: string): string {
  return didUrl.split(/[/?#]/, 1)[0] as string
}

/**
 * The method with this id. A bare DID names the only method of its document, as older issuers of did:key write it;
 * the proof is over the name as it stands, so nothing can be swapped by it.
 */
export function findVerificationMethod(
  document: DidDocument,
  id: string,
  purpose: ProofPurpose,
): FoundMethod | undefined {
  const methods = methodsOf(document, purpose)
  const isBare = id === document.id
  if (isBare && new Set(methods.map(canonicalJson)).size !== 1) return undefined
  const matches = isBare ? methods : methods.filter((method) => method['id'] === id)
  const method = matches[0]
  // Two different methods of one name: which one was meant cannot be known. The same one twice is only a habit.
  if (!method || (matches.length > 1 && new Set(matches.map(canonicalJson)).size > 1)) return undefined
  const name = method['id']
  const listed = asArray((document as unknown as JsonObject)[purpose])
  const names = listed.map((entry) => (isObject(entry) ? entry['id'] : entry))
  return { method, listed: names.some((each) => typeof each === 'string' && absolute(each, document.id) === name) }
}

/** The methods of a document that a proof of this purpose may name, with absolute ids. */
export function methodsOf(document: DidDocument, purpose: ProofPurpose): readonly JsonObject[] {
  const known = document as unknown as JsonObject
  return [...asArray(known['verificationMethod']), ...asArray(known[purpose])]
    .filter(isObject)
    .map((method) => withAbsoluteId(method, document.id))
}

/** DID documents may write their own fragments as relative ids (`#key-1`). */
function withAbsoluteId(method: JsonObject, did: string): JsonObject {
  const { id } = method
  return typeof id === 'string' && id.startsWith('#') ? { ...method, id: absolute(id, did) } : method
}

function absolute(id: string, did: string): string {
  return id.startsWith('#') ? did + id : id
}
