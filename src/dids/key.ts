/** did:key (the did:key Method 0.9): the identifier is the key, and its document follows from it, in Multikey form. */

import QuickLRU from 'quick-lru'
import { fromMultibase } from '../encoding/bytes.ts'
import { decodePublicMultikey } from '../encoding/multikey.ts'
import type { DidDocument, DidResolver } from '../types.ts'
import { markOwn } from './own-documents.ts'

/** A did:key document never changes, so the last ones are kept. */
const REMEMBERED = 1000
/** That of an RSA key of 8192 bits has some 1,430 characters; base58 costs time in the square of its length. */
const LONGEST = 1500

/** Keys that no proof over RDF or JSON is made with: their document is found, and a report can say what is wrong with such a key. */
const others: readonly { readonly prefix: readonly [number, number]; readonly length?: number; readonly use?: Use }[] =
  [
    { prefix: [0xe7, 0x01], length: 33 }, // secp256k1
    { prefix: [0xea, 0x01], length: 48 }, // BLS12-381 G1
    { prefix: [0xee, 0x01], length: 144 }, // BLS12-381 G1 and G2
    { prefix: [0x82, 0x24], length: 67 }, // P-521
    { prefix: [0x85, 0x24] }, // RSA, as RSAPublicKey in DER
    { prefix: [0xec, 0x01], length: 32, use: 'agreement' }, // X25519
  ]

type Use = 'signature' | 'agreement'

/** Resolver for did:key. `undefined` for what is no key. */
export function didKey(): DidResolver {
  const remembered = new QuickLRU<string, DidDocument>({ maxSize: REMEMBERED })
  return async (did) => {
    const known = remembered.get(did)
    if (known) return known
    const name = did.slice('did:key:'.length)
    if (!did.startsWith('did:key:z') || did.length > LONGEST) return undefined
    const use = useOf(name)
    if (!use) return undefined
    const document = documentOf(did, name, use)
    remembered.set(did, document)
    return document
  }
}

function useOf(name: string): Use | undefined {
  if (decodePublicMultikey(name)) return 'signature'
  const bytes = fromMultibase(name)
  const other = others.find(({ prefix }) => prefix[0] === bytes?.[0] && prefix[1] === bytes[1])
  const isWhole = other && bytes && (other.length === undefined || bytes.length === other.length + 2)
  return isWhole ? (other.use ?? 'signature') : undefined
}

function documentOf(id: string, name: string, use: Use): DidDocument {
  const keyId = `${id}#${name}`
  const document = Object.freeze({
    '@context': Object.freeze(['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1']),
    id,
    verificationMethod: Object.freeze([
      Object.freeze({ id: keyId, type: 'Multikey', controller: id, publicKeyMultibase: name }),
    ]),
    ...(use === 'signature'
      ? { assertionMethod: Object.freeze([keyId]), authentication: Object.freeze([keyId]) }
      : { keyAgreement: Object.freeze([keyId]) }),
  })
  return markOwn(document)
}
