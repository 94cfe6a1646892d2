/**
 * Status List Tokens (draft-ietf-oauth-status-list section 5.1): a JWT of type `statuslist+jwt` whose claims hold a list. It is opened as a
 * document with the words of a credential, so that its issuer, name and dates are judged like those of any list.
 */

import { didOf } from '../dids/verification-method.ts'
import { formatDateTimeStamp } from '../encoding/date-time.ts'
import { isObject } from '../encoding/json.ts'
import type { Limits } from '../encoding/limits.ts'
import { STATUS_LIST_TOKEN } from '../status/token-status.ts'
import type { JsonObject } from '../types.ts'
import { answerOf, keyHint, readClaims } from './claims.ts'
import type { EnvelopeProblem, Opened } from './envelope.ts'
import { notesOn, openJws, typOf, verifyJws } from './jws.ts'

/** Reads text without judging its signature; `undefined` when it is something else. Never throws. */
export function openStatusListToken(text: string, limits?: Limits): Opened | EnvelopeProblem | undefined {
  if (typOf(text) !== STATUS_LIST_TOKEN) return undefined
  const jws = openJws(text, limits)
  if ('problem' in jws) return jws
  const { header, payload, alg, algorithm } = jws
  const claims = readClaims(payload)
  if ('problem' in claims) return claims
  const key = keyHint(header, claims)
  const document = readDocument(payload, key.iss ?? (key.kid?.startsWith('did:') ? didOf(key.kid) : undefined))
  if ('problem' in document) return { problem: document.problem as string, code: 'PROOF_MALFORMED' }
  return {
    kind: 'credential',
    document,
    name: `${STATUS_LIST_TOKEN}, ${alg}`,
    mediaType: `application/${STATUS_LIST_TOKEN}`,
    key,
    algorithm,
    ...answerOf(claims),
    notes: notesOn(header),
    verify: (by) => verifyJws(jws, by),
  }
}

function readDocument(payload: JsonObject, issuer: string | undefined): JsonObject {
  const { sub, iat, exp, ttl, status_list } = payload
  if (typeof sub !== 'string') return { problem: 'its claim "sub" does not say which list it is' }
  if (typeof iat !== 'number') return { problem: 'its claim "iat" does not say when it was made' }
  if (!isObject(status_list)) return { problem: 'it has no claim "status_list"' }
  if (ttl !== undefined && !(typeof ttl === 'number' && ttl >= 0)) {
    return { problem: 'its claim "ttl" is no number of seconds' }
  }
  return Object.freeze({
    id: sub,
    type: STATUS_LIST_TOKEN,
    ...(issuer !== undefined && { issuer }),
    validFrom: dateOf(iat),
    ...(typeof exp === 'number' && { validUntil: dateOf(exp) }),
    ...(ttl !== undefined && { credentialSubject: Object.freeze({ ttl: ttl * 1000 }) }),
    status_list,
  })
}

function dateOf(seconds: number): string {
  return formatDateTimeStamp(new Date(seconds * 1000))
}
