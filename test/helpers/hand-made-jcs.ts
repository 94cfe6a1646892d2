/**
 * eddsa-jcs-2022 written out anew from its specification (Data Integrity EdDSA Cryptosuites 1.0 section 3.3) on another
 * implementation of RFC 8785, for proofs that the package itself does not make.
 */

import { createHash } from 'node:crypto'
import canonicalizeModule from 'canonicalize'
import { base58btc } from 'multiformats/bases/base58'
import type { Signer } from 'testamur'
import { copyOf, type Document, now } from './fixtures.ts'

const canonicalize = canonicalizeModule as unknown as (value: unknown) => string

/** A proof over a document, with members of its own. For a chain, the document has the earlier proofs in it. */
export async function jcsProofOver(document: object, key: Signer, more: object = {}): Promise<Document> {
  const options = copyOf({
    '@context': (document as Document)['@context'],
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created: now.toISOString(),
    verificationMethod: key.id,
    proofPurpose: 'assertionMethod',
    ...more,
  })
  const data = Buffer.concat([hash(options), hash(document)])
  return { ...options, proofValue: base58btc.encode(await key.sign(data)) }
}

function hash(value: object): Uint8Array {
  return createHash('sha256')
    .update(canonicalize(copyOf(value)))
    .digest()
}
