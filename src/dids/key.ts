/** did:key (the did:key Method 0.9): the identifier is the key, and its document follows from it, in Multikey form. */

import { isOfUnknownCodec, type PublicCodec, publicCodecOf } from '../encoding/multikey.ts'
import type { DidDocument, DidResolver } from '../types.ts'
import { markOwn, rememberOwn } from './own-documents.ts'

/** That of an RSA key of 8192 bits has some 1,430 characters; base58 costs time in the square of its length. */
const LONGEST = 1500

/** Resolver for did:key. `undefined` for what is no key; a throw for one of a kind that is not known here, which may be good. */
export function didKey(): DidResolver {
  const documentFor = rememberOwn((did) => {
    const name = did.slice('did:key:'.length)
    if (!did.startsWith('did:key:z') || did.length > LONGEST) return undefined
    const found = publicCodecOf(name)
    if (!found && isOfUnknownCodec(name)) throw new Error('its key is of a kind (multicodec) that is not known here')
    return found?.isWhole ? documentOf(did, name, found.codec.use) : undefined
  })
  return async (did) => documentFor(did)
}

function documentOf(id: string, name: string, use: PublicCodec['use']): DidDocument {
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
