/**
 * Writes the DID document of a did:web, for the file `did.json` (did:web Method Specification section 2.5; Controlled Identifiers 1.0
 * section 2.2): which keys there are, which may sign, and which may no longer be believed.
 */

import { canonicalJson } from '../encoding/canonical-json.ts'
import { formatDateTimeStamp } from '../encoding/date-time.ts'
import { deepFreeze, isObject, readJson } from '../encoding/json.ts'
import { decodePublicMultikey, encodePublicMultikey, type KeyCodec } from '../encoding/multikey.ts'
import { CredentialError } from '../errors.ts'
import type { Did, DidDocument, JsonObject, VerificationMethod } from '../types.ts'
import { didWebUrl } from './web.ts'

/** What is published of a key. A `Key` that was made with the DID as its `controller` is one as it is. */
export type DidWebKey = DidWebKeyState &
  (
    | { readonly algorithm: string; readonly publicKey: Uint8Array }
    | { readonly publicKeyMultibase: string }
    | { readonly publicKeyJwk: object }
  )

/** What may be done with a key. Without any of these it signs credentials and presentations. */
export interface DidWebKeyState {
  /** DID URL: the DID, `#`, and a name that no other key ever had. */
  readonly id: string
  /**
   * The key signs nothing new, and what it signed stays good. did:web has no history: a key that is no longer in the document takes
   * everything that it signed with it.
   */
  readonly retired?: boolean
  /**
   * The key is not to be believed from now on, because somebody else may have it. Nothing that it signed is accepted any more, whatever
   * date it bears: dates are the signer's word.
   */
  readonly revoked?: Date
  /** When what it signed ceases to be accepted. */
  readonly expires?: Date
}

/**
 * The document of a did:web, frozen. Write `JSON.stringify` of it to the place that `didWebUrl` names, as `application/json`.
 *
 * To change keys: publish the next one beside the present one; when verifiers have forgotten the old document (an hour for
 * those that use `online()`), sign with the next one and set the old one `retired`. Set a key `revoked` as soon as it may be in other hands,
 * and keep it in the list, so that verifiers can say why.
 *
 * @throws CredentialError `OPTION_INVALID` for what is no did:web, and for a key that is malformed, private, of another DID, or there twice.
 */
export function didWebDocument(options: { readonly did: Did; readonly keys: readonly DidWebKey[] }): DidDocument {
  const { did, keys } = options ?? {}
  if (didWebUrl(did) === undefined) throw invalid('did must be a did:web, such as did:web:school.example')
  if (!Array.isArray(keys) || keys.length === 0) throw invalid('keys must be a list of at least one key')
  const methods = keys.map((key: DidWebKey, index) => methodOf(did, key, index))
  assertDifferent(methods)
  const named = (may: (key: DidWebKey) => boolean) => keys.filter(may).map(({ id }) => id)
  const usesJwk = methods.some((method) => method.publicKeyJwk !== undefined)
  return deepFreeze({
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
      ...(usesJwk ? ['https://w3id.org/security/suites/jws-2020/v1'] : []),
    ],
    id: did,
    verificationMethod: methods,
    // Other verifiers than this package may not look at `revoked`: without a purpose the key is good for nothing there either.
    assertionMethod: named(({ revoked }) => revoked === undefined),
    authentication: named(({ revoked, retired }) => revoked === undefined && !retired),
  })
}

function methodOf(did: Did, key: DidWebKey, index: number): VerificationMethod {
  const at = `keys[${index}]`
  if (typeof key !== 'object' || key === null) throw invalid(`${at} is not an object`)
  const { id } = key
  if (typeof id !== 'string' || !id.startsWith(`${did}#`) || !/^[\w.~-]+$/.test(id.slice(did.length + 1))) {
    throw invalid(`${at}.id must be ${did}# and a name; a key has it when it is made with { controller: '${did}' }`)
  }
  const dates = { ...dateOf(at, 'revoked', key.revoked), ...dateOf(at, 'expires', key.expires) }
  return { id, controller: did, ...publicPartOf(at, key), ...dates }
}

function publicPartOf(
  at: string,
  key: DidWebKey,
): Pick<VerificationMethod, 'type' | 'publicKeyJwk' | 'publicKeyMultibase'> {
  if ('publicKeyJwk' in key) return { type: 'JsonWebKey2020', publicKeyJwk: jwkOf(at, key.publicKeyJwk) }
  const multikey = 'publicKeyMultibase' in key ? key.publicKeyMultibase : multikeyOf(key)
  if (typeof multikey === 'string' && decodePublicMultikey(multikey)) {
    return { type: 'Multikey', publicKeyMultibase: multikey }
  }
  throw invalid(
    `${at} is no public key: give a Key of Ed25519, P-256, P-384 or Bls12381G2, its publicKeyMultibase, or any key as publicKeyJwk`,
  )
}

function multikeyOf({ algorithm, publicKey }: { algorithm: string; publicKey: Uint8Array }): string | undefined {
  const isCurve = ['Ed25519', 'P-256', 'P-384', 'Bls12381G2'].includes(algorithm) && publicKey instanceof Uint8Array
  return isCurve ? encodePublicMultikey({ codec: algorithm as KeyCodec, bytes: publicKey }) : undefined
}

function jwkOf(at: string, jwk: unknown): JsonObject {
  const read = readJson(jwk)
  if (!('value' in read) || !isObject(read.value) || !['OKP', 'EC', 'RSA'].includes(read.value['kty'] as string)) {
    throw invalid(`${at}.publicKeyJwk is no public key as JWK`)
  }
  if (['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth'].some((name) => name in (read.value as JsonObject))) {
    throw invalid(`${at}.publicKeyJwk holds private members; publish the public ones alone`)
  }
  return read.value
}

function dateOf(at: string, name: string, date: Date | undefined): { readonly [name: string]: string } {
  if (date === undefined) return {}
  if (date instanceof Date && !Number.isNaN(date.getTime())) return { [name]: formatDateTimeStamp(date) }
  throw invalid(`${at}.${name} must be a Date that is not NaN`)
}

/** A name is for one key for ever, and a key for one name: a revoked one must not come back under another. */
function assertDifferent(methods: readonly VerificationMethod[]): void {
  const names = methods.map(({ id }) => id)
  const texts = methods.map(({ publicKeyJwk, publicKeyMultibase }) =>
    canonicalJson((publicKeyJwk ?? publicKeyMultibase ?? '') as JsonObject),
  )
  for (const [what, list] of [['id', names] as const, ['key', texts] as const]) {
    const again = list.findIndex((each, index) => list.indexOf(each) < index)
    if (again >= 0) throw invalid(`keys[${again}] has the ${what} of keys[${list.indexOf(list[again] as string)}]`)
  }
}

function invalid(message: string): CredentialError {
  return new CredentialError('OPTION_INVALID', `didWebDocument: ${message}`)
}
