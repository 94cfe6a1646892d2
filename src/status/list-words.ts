/**
 * What a status list says of itself before anybody verified it: enough to find it by its URL, and to know how long it may be kept.
 * Nothing here is to be believed until the list was verified.
 */

import { fromLongBase64Url } from '../encoding/base64.ts'
import { parseDateTimeStamp } from '../encoding/date-time.ts'
import { asArray, idOf, isObject, type ReadResult, readJson } from '../encoding/json.ts'
import type { JsonObject, JsonValue } from '../types.ts'

/** The words of a list. Times are milliseconds since 1970. */
export interface ListWords {
  /** URL of the list. */
  readonly id: string | undefined
  readonly types: readonly JsonValue[]
  /** Milliseconds for which it may be kept. */
  readonly ttl: number | undefined
  /** When its envelope was made, where it has one. */
  readonly made: number | undefined
  /** The first of the ends that it names. */
  readonly ends: number | undefined
}

/** A JWT, alone or as an EnvelopedVerifiableCredential has it. */
const jwt = /^(?:data:application\/[\w.+-]+,)?\s*e[\w-]*\.([\w-]+)\.[\w-]*\s*$/

/** The words of a list that was read: a credential, the text of a JWT, or an EnvelopedVerifiableCredential. */
export function wordsOf(input: unknown, read: ReadResult): ListWords {
  const value = 'value' in read ? read.value : textOf(input)
  const claims = claimsOf(value)
  const document = documentOf(claims ?? value)
  const subject = asArray(document['credentialSubject']).find(isObject)
  const { iat, nbf, exp, sub, ttl, status_list: tokenList } = claims ?? {}
  const ends = [
    parseDateTimeStamp(document['validUntil']),
    parseDateTimeStamp(document['expirationDate']),
    inMilliseconds(exp),
  ].filter((end) => end !== undefined)
  return {
    id: isObject(tokenList) && typeof sub === 'string' ? sub : idOf(document),
    types: asArray(document['type']),
    ttl: isObject(tokenList) ? inMilliseconds(ttl) : positive(subject?.['ttl']),
    made: inMilliseconds(iat) ?? inMilliseconds(nbf),
    ends: ends.length > 0 ? Math.min(...ends) : undefined,
  }
}

/** The payload, where it is a JWT. */
function claimsOf(value: JsonValue | undefined): JsonObject | undefined {
  const text = isEnveloped(value) ? value['id'] : value
  const [, payload] = typeof text === 'string' ? (jwt.exec(text) ?? []) : []
  const bytes = payload === undefined ? undefined : fromLongBase64Url(payload)
  const read = bytes && readJson(bytes)
  return read && 'value' in read && isObject(read.value) ? read.value : undefined
}

function isEnveloped(value: JsonValue | undefined): value is JsonObject {
  return isObject(value) && asArray(value['type']).includes('EnvelopedVerifiableCredential')
}

/** Data model 1.1 has the credential in a claim of its own. */
function documentOf(value: JsonValue | undefined): JsonObject {
  if (!isObject(value)) return {}
  return isObject(value['vc']) ? value['vc'] : value
}

function textOf(input: unknown): string | undefined {
  if (typeof input === 'string') return input
  return input instanceof Uint8Array ? new TextDecoder().decode(input) : undefined
}

function inMilliseconds(seconds: JsonValue | undefined): number | undefined {
  const number = positive(seconds)
  return number === undefined ? undefined : number * 1000
}

function positive(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined
}
