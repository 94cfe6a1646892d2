/**
 * DID resolution and dereferencing with their results and error codes (DID Core 1.0 sections 7.1 and 7.2, DID Resolution drafts; those of
 * did:key from the did:key Method 0.9 section 3).
 */

import { didJwk } from '../dids/jwk.ts'
import { didKey } from '../dids/key.ts'
import { fromMultibase } from '../encoding/bytes.ts'
import { asArray, isObject } from '../encoding/json.ts'
import { decodePublicMultikey, decodeRsaMultikey, publicCodecOf } from '../encoding/multikey.ts'
import { publicJwkOf } from '../keys/public-jwk.ts'
import { readPublicKey } from '../keys/public-key.ts'
import type { DidResolver, JsonObject, JsonValue } from '../types.ts'

/** Error codes, each with the status that HTTP answers with. */
export const resolutionErrors = {
  invalidDid: 400,
  invalidDidUrl: 400,
  invalidOptions: 400,
  invalidPublicKey: 400,
  invalidPublicKeyLength: 400,
  invalidPublicKeyType: 400,
  unsupportedPublicKeyType: 400,
  notFound: 404,
  representationNotSupported: 406,
  deactivated: 410,
  internalError: 500,
  methodNotSupported: 501,
} as const

/** Why a DID or DID URL led to nothing. */
export type ResolutionError = keyof typeof resolutionErrors

/** What came of it. `isUrl`: it was a DID URL, and what is found is part of the document. */
export type Resolution = { readonly isUrl: boolean } & (
  | { readonly error: ResolutionError; readonly document?: JsonObject }
  | { readonly error?: never; readonly document: JsonObject }
)

/** Options of did:key. */
export interface ResolutionOptions {
  /** In which form a did:key document has its key. Default: Multikey. */
  readonly publicKeyFormat?: string
}

/** What is answered for where the operator names no methods. */
export const defaultDidMethods: { readonly [method: string]: DidResolver } = { key: didKey(), jwk: didJwk() }

/** Resolves a DID, or dereferences a DID URL. */
export async function resolveDidUrl(
  text: string,
  methods: { readonly [method: string]: DidResolver },
  { publicKeyFormat }: ResolutionOptions = {},
): Promise<Resolution> {
  const [did, rest] = split(text)
  const isUrl = rest !== ''
  if (!/^did:[a-z0-9]+:(?:[\w.:-]|%[0-9A-Fa-f]{2})*[\w.%-]$/.test(did) || did.length > 2048) {
    return { isUrl, error: 'invalidDid' }
  }
  if (
    isUrl &&
    !/^(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*(?:#(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$/.test(rest)
  ) {
    return { isUrl, error: 'invalidDidUrl' }
  }
  const found = await resolveDid(did, methods)
  if (typeof found === 'string') return { isUrl, error: found }
  if (found['deactivated'] === true) return { isUrl, error: 'deactivated', document: found }
  const formed = publicKeyFormat === undefined ? found : await withFormat(found, did, publicKeyFormat)
  if (typeof formed === 'string') return { isUrl, error: formed }
  if (!isUrl) return { isUrl, document: formed }
  const part = rest.startsWith('#') ? findPart(formed, did, rest) : undefined
  return part ? { isUrl, document: part } : { isUrl, error: 'notFound' }
}

/** The DID, and what stands behind it. */
function split(text: string): readonly [string, string] {
  const at = text.search(/[/?#]/)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)]
}

async function resolveDid(
  did: string,
  methods: { readonly [method: string]: DidResolver },
): Promise<JsonObject | ResolutionError> {
  const [, method = '', name = ''] = /^did:([a-z0-9]+):(.*)$/.exec(did) ?? []
  const resolve = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (!resolve) {
    // A public key under the name of a method that is not known is a did:key that was written wrong (did:key Method section 3.1.2).
    return method !== 'key' && decodePublicMultikey(name) ? 'invalidDid' : 'methodNotSupported'
  }
  const problem = method === 'key' ? findKeyProblem(name) : undefined
  if (problem) return problem
  try {
    const document = (await resolve(did)) as unknown
    if (document === undefined) return 'notFound'
    if (!isObject(document) || document['id'] !== did) return 'internalError'
    return method !== 'key' || (await hasSoundKeys(document)) ? document : 'invalidPublicKey'
  } catch {
    return 'internalError'
  }
}

function findKeyProblem(name: string): ResolutionError | undefined {
  if (!name.startsWith('z') || !fromMultibase(name)) return 'invalidDid'
  const found = publicCodecOf(name)
  if (!found) return 'unsupportedPublicKeyType'
  return found.isWhole ? undefined : 'invalidPublicKeyLength'
}

/** Keys of algorithms that nothing is verified with here are taken as they are. */
async function hasSoundKeys(document: JsonObject): Promise<boolean> {
  for (const method of asArray(document['verificationMethod']).filter(isObject)) {
    const { publicKeyMultibase: text } = method
    const isKnown =
      typeof text === 'string' && (decodePublicMultikey(text) !== undefined || decodeRsaMultikey(text) !== undefined)
    if (isKnown && !(await readPublicKey(method))) return false
  }
  return true
}

const formats = ['Multikey', 'JsonWebKey2020', 'Ed25519VerificationKey2020']
/** Forms that did:key has, and that are asked for as experiments alone. */
const experiments = [
  'Ed25519VerificationKey2018',
  'X25519KeyAgreementKey2019',
  'X25519KeyAgreementKey2020',
  'EcdsaSecp256k1VerificationKey2019',
]

/** The document of a did:key with its key in another form (did:key Method section 3.1.3). */
async function withFormat(document: JsonObject, did: string, format: string): Promise<JsonObject | ResolutionError> {
  if (experiments.includes(format)) return 'invalidPublicKeyType'
  if (!formats.includes(format) || !did.startsWith('did:key:')) return 'unsupportedPublicKeyType'
  if (format === 'Multikey') return document
  const key = await readPublicKey({ publicKeyMultibase: did.slice('did:key:'.length) })
  if (!key || key.algorithm === 'Bls12381G2') return 'unsupportedPublicKeyType'
  if (format === 'Ed25519VerificationKey2020' && key.algorithm !== 'Ed25519') return 'invalidPublicKeyType'
  const isJwk = format === 'JsonWebKey2020'
  const jwk = await publicJwkOf(key)
  const methods = asArray(document['verificationMethod']).filter(isObject)
  const verificationMethod = methods.map(({ publicKeyMultibase, ...method }) => ({
    ...method,
    type: format,
    ...(isJwk ? { publicKeyJwk: jwk } : { publicKeyMultibase }),
  }))
  const suite = isJwk ? 'jws-2020' : 'ed25519-2020'
  const context = ['https://www.w3.org/ns/did/v1', `https://w3id.org/security/suites/${suite}/v1`]
  return { ...document, '@context': context, verificationMethod } as unknown as JsonObject
}

/** The verification method or service with this name; a DID document may write its own fragments alone. */
function findPart(document: JsonObject, did: string, fragment: string): JsonObject | undefined {
  const lists = ['verificationMethod', 'assertionMethod', 'authentication', 'keyAgreement', 'service']
  const all: readonly JsonValue[] = lists.flatMap((name) => asArray(document[name]))
  const found = all.filter(isObject).find(({ id }) => id === fragment || id === did + fragment)
  if (!found) return undefined
  const { '@context': context } = document
  return { ...(context !== undefined && { '@context': context }), ...found }
}
