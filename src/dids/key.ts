/**
 * did:key (the did:key Method 0.9): the identifier is the key, and its document follows from it, in Multikey form; or as JWK where the
 * identifier holds one (multicodec `jwk_jcs-pub`), as those of natural persons in EBSI do.
 */

import { fromMultibase } from '../encoding/bytes.ts'
import { isOfUnknownCodec, type PublicCodec, publicCodecOf } from '../encoding/multikey.ts'
import type { DidDocument, DidResolver } from '../types.ts'
import { jwkDocumentOf } from './jwk.ts'
import { markOwn, rememberOwn } from './own-documents.ts'

/** That of an RSA key of 8192 bits has some 1,430 characters; base58 costs time in the square of its length. */
const LONGEST = 1500

/** Resolver for did:key. `undefined` for what is no key; a throw for one of a kind that is not known here, which may be good. */
export function didKey(): DidResolver {
  const documentFor = rememberOwn((did) => {
    const name = did.slice('did:key:'.length)
    if (!did.startsWith('did:key:z') || did.length > LONGEST) return undefined
    const found = publicCodecOf(name)
    if (found) return found.isWhole ? documentOf(did, name, found.codec.use) : undefined
    const jwk = jwkTextOf(name)
    if (jwkForms.test(jwk)) return jwkDocumentOf(did, name, JSON.parse(jwk), 'sig')
    if (jwk && !otherJwk.test(jwk)) return undefined
    if (isOfUnknownCodec(name)) throw new Error('its key is of a kind (multicodec) that is not known here')
    return undefined
  })
  return async (did) => documentFor(did)
}

/** The JWK that a Multikey holds: behind the varint of 0xeb51, the required members of its kind as canonical JSON (RFC 8785). */
function jwkTextOf(name: string): string {
  const [a, b, c, ...rest] = fromMultibase(name) ?? []
  return a === 0xd1 && b === 0xd6 && c === 3 ? String.fromCharCode(...rest) : ''
}

/** The one way to write the public keys that are known here. */
const jwkForms =
  /^\{("crv":"(P-256","kty":"EC","x":"[\w-]{43}","y":"[\w-]{43}|P-384","kty":"EC","x":"[\w-]{64}","y":"[\w-]{64}|Ed25519","kty":"OKP","x":"[\w-]{43})|"e":"[\w-]+","kty":"RSA","n":"[\w-]+)"\}$/

/** Public keys of other curves, and of other kinds. */
const otherJwk =
  /^\{"crv":"(?!(P-256|P-384|Ed25519)")[\w-]+","kty":"(EC|OKP)","x":"[\w-]+"(,"y":"[\w-]+")?\}$|"kty":"(?!(EC|OKP|RSA|oct)")/

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
