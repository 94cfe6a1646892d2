/**
 * eddsa-rdfc-2022 written out anew from its specification (Data Integrity EdDSA Cryptosuites 1.0 section 3.2), for proofs
 * that the package itself does not make: with an end date, an id, an earlier proof.
 */

import { createHash } from 'node:crypto'
import { base58btc } from 'multiformats/bases/base58'
import type { JsonObject, Signer } from 'testamur'
import { canonize } from '../../src/jsonld/canonize.ts'
import { bundledLoader, copyOf, type Document, now } from './fixtures.ts'

/** A proof over a document, with members of its own. For a chain, the document has the earlier proofs in it. */
export async function proofOver(document: object, key: Signer, more: object = {}): Promise<Document> {
  const options = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: now.toISOString(),
    verificationMethod: key.id,
    proofPurpose: 'assertionMethod',
    ...more,
  }
  const context = (document as Document)['@context']
  const hashes = await Promise.all([hash({ '@context': context, ...options }), hash(document)])
  return { ...options, proofValue: base58btc.encode(await key.sign(Buffer.concat(hashes))) }
}

async function hash(document: object): Promise<Uint8Array> {
  const text = await canonize(copyOf(document) as JsonObject, { loadDocument: bundledLoader })
  return createHash('sha256').update(text).digest()
}
