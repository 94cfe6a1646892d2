/** did:jwk (the did:jwk Method Specification): the identifier is a public key as JWK, and its document follows from it. */

import { fromBase64Url, toBase64Url } from '../encoding/bytes.ts'
import { canonicalJson } from '../encoding/canonical-json.ts'
import { deepFreeze, isObject, readJson } from '../encoding/json.ts'
import type { Did, DidDocument, DidResolver, JsonObject } from '../types.ts'
import { markOwn, rememberOwn } from './own-documents.ts'

/** Members of a JWK that are secret (RFC 7518 section 6): a name that shows them is no public key. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/**
 * Resolver for did:jwk. Needs no network. `undefined` for what is no public key: another text than canonical base64url of a JSON
 * object, a symmetric key, or one with private members. A key may be used for what its `use` says, without one for all.
 */
export function didJwk(): DidResolver {
  const documentFor = rememberOwn((did) => {
    const jwk = did.startsWith('did:jwk:') ? readJwk(did.slice('did:jwk:'.length)) : undefined
    return jwk && jwkDocumentOf(did, '0', jwk)
  })
  return async (did) => documentFor(did)
}

/** The did:jwk of a JWK, whatever it is of. */
export function didJwkOf(jwk: JsonObject): Did {
  return `did:jwk:${toBase64Url(new TextEncoder().encode(canonicalJson(jwk)))}`
}

function readJwk(text: string): JsonObject | undefined {
  const bytes = fromBase64Url(text)
  const read = bytes && readJson(bytes)
  if (!read || !('value' in read) || !isObject(read.value)) return undefined
  const jwk = read.value
  const isPublic = ['OKP', 'EC', 'RSA'].includes(jwk['kty'] as string) && !secretMembers.some((name) => name in jwk)
  return isPublic ? jwk : undefined
}

/** The document of a DID that names a JWK, whose key has this fragment and use. */
export function jwkDocumentOf(id: string, fragment: string, jwk: JsonObject, use: unknown = jwk['use']): DidDocument {
  const keyId = `${id}#${fragment}`
  const signs = use !== 'enc' && {
    assertionMethod: [keyId],
    authentication: [keyId],
    capabilityInvocation: [keyId],
    capabilityDelegation: [keyId],
  }
  const document = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
    id,
    verificationMethod: [{ id: keyId, type: 'JsonWebKey2020', controller: id, publicKeyJwk: jwk }],
    ...signs,
    ...(use !== 'sig' && { keyAgreement: [keyId] }),
  }
  return markOwn(deepFreeze(document))
}
