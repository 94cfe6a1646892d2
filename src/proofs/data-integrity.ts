/**
 * Proofs over canonical RDF (Data Integrity 1.0 section 4; the RDFC cryptosuites and Ed25519Signature2020 share it): what is
 * signed is the hash of the proof's own options, then the hash of the document. A document is hashed once for all its proofs.
 */

import { join } from '../encoding/bytes.ts'
import { asArray } from '../encoding/json.ts'
import { type Digest, hashText } from '../encoding/suite-hash.ts'
import { canonizeByUnits, canonizeForm, hasOtherOrder } from '../jsonld/canonize.ts'
import { UnavailableContextError, UnknownContextError } from '../jsonld/context-errors.ts'
import { type Form, forgetForm, makeForm, readForm } from '../jsonld/form.ts'
import type { PublicKey } from '../keys/algorithms.ts'
import type { Signer } from '../keys/key.ts'
import { verifySignature } from '../keys/signature.ts'
import type { DocumentLoader, JsonObject, JsonValue, Proof } from '../types.ts'
import type { ProofInput, ProofVerdict, SecureInput } from './cryptosuite.ts'
import { digestFor, proofOptions, readSignature, type SuiteName, signBytes, writeSignature } from './proof-signature.ts'

/** What one suite's proofs look like. */
export interface SuiteShape extends SuiteName {
  requiredContext(document: JsonObject): string | undefined
}

/** Makes a proof over the document. */
export async function signProof(shape: SuiteShape, input: SecureInput, signer: Signer): Promise<Proof> {
  const { document, loadDocument } = input
  const options = proofOptions(shape, input, signer)
  const digest = digestFor(signer.algorithm)
  const data = join([
    await hashDocument(optionsDocument(shape, document, options), digest, loadDocument),
    await hashDocument(document, digest, loadDocument),
  ])
  return { ...options, proofValue: writeSignature(await signBytes(signer, data)) }
}

/** Verifies one proof of the document. */
export async function verifyProof(shape: SuiteShape, input: ProofInput, key: PublicKey): Promise<ProofVerdict> {
  const { document, proof, loadDocument } = input
  const signature = readSignature(proof.proofValue, key)
  if (!signature) return false
  const { '@context': own } = proof as { readonly '@context'?: unknown }
  // A context written into a proof would let its words mean anything.
  if (own !== undefined && ![own].flat().every((context) => typeof context === 'string')) return false
  const configuration = optionsDocument(shape, document, proof)
  try {
    // The options decide on purpose and end, so they too must be what they seem.
    const form = await makeForm(configuration, loadDocument)
    if (form.notCompacted.length > 0) return false
    const digest = digestFor(key.algorithm)
    const ofOptions = await hashForm(configuration, form, digest, loadDocument)
    const ofDocument = await hashOnce(document, digest, loadDocument)
    if (await verifySignature(key, join([ofOptions.hash, ofDocument.hash]), signature, input.isOneOfMany)) return true
    if (!ofOptions.hasOrders && !ofDocument.hasOrders) return false
    const other = join([
      await hashInOtherOrder(configuration, ofOptions, digest, loadDocument),
      await hashInOtherOrder(document, ofDocument, digest, loadDocument),
    ])
    return (await verifySignature(key, other, signature)) && { note: otherOrder }
  } catch (cause) {
    if (cause instanceof UnknownContextError || cause instanceof UnavailableContextError) throw cause
    // It has no canonical form: what could have been signed is something else.
    return false
  }
}

const otherOrder =
  'Its quads were sorted by UTF-16 unit, not by code point as RDFC-1.0 says: other verifiers may refuse it.'

/** Some libraries sort by UTF-16 unit, not by code point: what they sign is genuine, though few others can verify it. */
async function hashInOtherOrder(
  document: JsonObject,
  { hash, hasOrders }: Hashed,
  digest: Digest,
  loadDocument: DocumentLoader,
): Promise<Uint8Array> {
  const text = hasOrders ? await canonizeByUnits(document, { loadDocument, digest }) : undefined
  return text === undefined ? hash : await hashText(digest, text)
}

/** The proof without its value, under the document's contexts. */
export function optionsDocument(shape: SuiteShape, document: JsonObject, options: object): JsonObject {
  const missing = shape.requiredContext(document)
  const contexts = document['@context']
  const context = missing === undefined ? contexts : [...asArray(contexts), missing]
  // One by one: a spread is slow, and this is done for every proof.
  const made: Record<string, JsonValue> = {}
  if (context !== undefined) made['@context'] = context
  for (const name of Object.keys(options)) {
    if (name !== 'proofValue') made[name] = (options as JsonObject)[name] as JsonValue
  }
  return Object.freeze(made)
}

/** The hash of a canonical form, and whether other ways to sort may make another. */
interface Hashed {
  readonly hash: Uint8Array
  readonly hasOrders: boolean
}

const hashed = new WeakMap<JsonObject, Map<string, Hashed & { readonly loadDocument: DocumentLoader }>>()

/** The hash of a frozen document's canonical form. */
export async function hashDocument(
  document: JsonObject,
  digest: Digest,
  loadDocument: DocumentLoader,
): Promise<Uint8Array> {
  return (await hashOnce(document, digest, loadDocument)).hash
}

async function hashOnce(document: JsonObject, digest: Digest, loadDocument: DocumentLoader): Promise<Hashed> {
  const known = hashed.get(document)?.get(digest)
  if (known?.loadDocument === loadDocument) return known
  const made = await hashForm(document, await readForm(document, loadDocument), digest, loadDocument)
  const table = hashed.get(document) ?? new Map()
  hashed.set(document, table.set(digest, { ...made, loadDocument }))
  forgetForm(document)
  return made
}

async function hashForm(
  document: JsonObject,
  form: Form,
  digest: Digest,
  loadDocument: DocumentLoader,
): Promise<Hashed> {
  const text = await canonizeForm(document, form, { loadDocument, digest })
  return { hash: await hashText(digest, text), hasOrders: hasOtherOrder(form, text) }
}
