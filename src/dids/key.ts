/**
 * did:key (the did:key Method 0.9): the identifier is the key. Documents of the supported keys are written here, in Multikey
 * form, and kept; those of other keys come from `key-did-resolver`, loaded on first need.
 */

import QuickLRU from 'quick-lru'
import { decodePublicMultikey } from '../encoding/multikey.ts'
import type { DidDocument, DidResolver } from '../types.ts'
import { markOwn } from './own-documents.ts'
import { fromRegistry } from './resolver.ts'

/** A did:key document never changes, so the last ones are kept. */
const REMEMBERED = 1000
/** A did:key of an elliptic curve has at most some 150 characters; base58 costs time in the square of its length. */
const LONGEST = 200

/** Resolver for did:key. `undefined` for what is no key. */
export function didKey(): DidResolver {
  const remembered = new QuickLRU<string, DidDocument>({ maxSize: REMEMBERED })
  return async (did) => {
    const known = remembered.get(did)
    if (known) return known
    const name = did.slice('did:key:'.length)
    if (!did.startsWith('did:key:z') || did.length > LONGEST) return undefined
    if (!decodePublicMultikey(name)) return resolveOther(did)
    const document = documentOf(did, name)
    remembered.set(did, document)
    return document
  }
}

function documentOf(id: string, name: string): DidDocument {
  const keyId = `${id}#${name}`
  const document = Object.freeze({
    '@context': Object.freeze(['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1']),
    id,
    verificationMethod: Object.freeze([
      Object.freeze({ id: keyId, type: 'Multikey', controller: id, publicKeyMultibase: name }),
    ]),
    assertionMethod: Object.freeze([keyId]),
    authentication: Object.freeze([keyId]),
  })
  return markOwn(document)
}

/** Keys that no proof here is made with: their document is found, and the report can say what the key is. */
async function resolveOther(did: string): Promise<DidDocument | undefined> {
  const { getResolver } = await import('key-did-resolver')
  return fromRegistry(getResolver())(did)
}
