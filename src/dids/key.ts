/** did:key (the did:key Method 0.9): the identifier is the key. Resolved by `key-did-resolver`, put into Multikey form, remembered. */

import { getResolver } from 'key-did-resolver'
import QuickLRU from 'quick-lru'
import { decodePublicMultikey } from '../encoding/multikey.ts'
import type { DidDocument, DidResolver } from '../types.ts'
import { fromRegistry } from './resolver.ts'

/** A did:key document never changes, so the last ones are kept. */
const REMEMBERED = 1000
/** The longest did:key of a supported key has 93 characters. */
const LONGEST = 200

/** Resolver for did:key with Ed25519, P-256 and P-384 keys. Other keys have no document here: `undefined`. */
export function didKey(): DidResolver {
  const resolve = fromRegistry(getResolver())
  const remembered = new QuickLRU<string, DidDocument>({ maxSize: REMEMBERED })
  return async (did) => {
    const known = remembered.get(did)
    if (known || did.length > LONGEST) return known
    const name = did.slice('did:key:'.length)
    if (!did.startsWith('did:key:') || !decodePublicMultikey(name)) return undefined
    const document = await resolve(did)
    if (!document) return undefined
    const multikey = toMultikeyDocument(document, name)
    remembered.set(did, multikey)
    return multikey
  }
}

/** The published resolver answers in the older key notations; the key itself is the identifier's last part. */
function toMultikeyDocument(document: DidDocument, name: string): DidDocument {
  const id = document.id
  const keyId = `${id}#${name}`
  return Object.freeze({
    '@context': Object.freeze(['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1']),
    id,
    verificationMethod: Object.freeze([
      Object.freeze({ id: keyId, type: 'Multikey', controller: id, publicKeyMultibase: name }),
    ]),
    assertionMethod: Object.freeze([keyId]),
    authentication: Object.freeze([keyId]),
  })
}
