/**
 * Proofs over canonical JSON (Data Integrity EdDSA Cryptosuites 1.0 section 3.3, ECDSA Cryptosuites 1.0 section 3.3): what is
 * signed is the hash of the proof's own options, then the hash of the document, each as RFC 8785 writes it. Every member is
 * covered, whether a context defines it or not.
 */

import { join } from '../encoding/bytes.ts'
import { canonicalJson } from '../encoding/canonical-json.ts'
import { asArray } from '../encoding/json.ts'
import { type Digest, hashText } from '../encoding/suite-hash.ts'
import type { PublicKey } from '../keys/algorithms.ts'
import type { Signer } from '../keys/key.ts'
import { verifySignature } from '../keys/signature.ts'
import type { JsonObject, JsonValue, Proof } from '../types.ts'
import type { ProofInput, ProofVerdict, SecureInput } from './cryptosuite.ts'
import { digestFor, proofOptions, readSignature, type SuiteName, signBytes, writeSignature } from './proof-signature.ts'

/** Makes a proof over the document. The document's contexts go into the proof, as the specification asks. */
export async function signJcsProof(suite: SuiteName, input: SecureInput, signer: Signer): Promise<Proof> {
  const { '@context': contexts } = input.document
  const options = {
    ...(contexts !== undefined && { '@context': contexts }),
    ...proofOptions(suite, input, signer),
  }
  const data = await hashData(options as unknown as JsonObject, input.document, digestFor(signer.algorithm))
  return { ...options, proofValue: writeSignature(await signBytes(signer, data)) }
}

/** Verifies one proof of the document. */
export async function verifyJcsProof(input: ProofInput, key: PublicKey): Promise<ProofVerdict> {
  const { document, proof, isOneOfMany } = input
  const { proofValue, ...options } = proof as unknown as JsonObject & { readonly proofValue: string }
  const signature = readSignature(proofValue, key)
  if (!signature) return false
  const signed = asSigned(document, options['@context'])
  if (signed === undefined) return false
  return verifySignature(key, await hashData(options, signed, digestFor(key.algorithm)), signature, isOneOfMany)
}

async function hashData(options: JsonObject, document: JsonObject, digest: Digest): Promise<Uint8Array> {
  return join([await hashText(digest, canonicalJson(options)), await hashText(digest, canonicalJson(document))])
}

/**
 * The document as it was when the proof was made: a later proof may have brought contexts of its own, which come behind those
 * that the proof holds. Only contexts that define nothing but the words of proofs may come so, as nobody has signed them.
 */
function asSigned(document: JsonObject, contexts: JsonValue | undefined): JsonObject | undefined {
  if (contexts === undefined) return document
  const all = asArray(document['@context'])
  const signed = asArray(contexts)
  const isPrefix = signed.length <= all.length && canonicalJson(signed) === canonicalJson(all.slice(0, signed.length))
  if (!isPrefix || !all.slice(signed.length).every(isOfProofs)) return undefined
  return { ...document, '@context': contexts }
}

function isOfProofs(context: JsonValue): boolean {
  return typeof context === 'string' && contextsOfProofs.has(context)
}

const contextsOfProofs: ReadonlySet<string> = new Set([
  'https://w3id.org/security/data-integrity/v1',
  'https://w3id.org/security/data-integrity/v2',
  'https://w3id.org/security/suites/ed25519-2020/v1',
])
