/**
 * The signature of a signed assertion (Open Badges 2.0, "SignedBadge Verification"): by a key that the issuer's Profile names, and that names
 * the issuer. A key that comes with the assertion is never believed.
 */

import { clip } from '../encoding/clip.ts'
import { asArray, describe, idOf, isObject } from '../encoding/json.ts'
import { type Jws, notesOn, verifyJws } from '../envelopes/jws.ts'
import { readPublicPem } from '../keys/public-pem.ts'
import { type Check, failed, inconclusive, passed } from '../report.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { readDateTime } from './assertion.ts'
import { isSameUrl, type Lookup, load } from './lookup.ts'

/** Most keys of an issuer that are tried where the assertion names none. */
const MAX_KEYS = 20

/** Whose key it must be: a Profile that was found at its own id, and the ids by which its owner is known. */
export interface Signatory {
  readonly profile: JsonObject & { readonly id: string }
  readonly issuerIds: readonly string[]
}

/** The check `proof` of a signed assertion. */
export async function checkSignature(jws: Jws, signatory: Signatory, lookup: Lookup, now: number): Promise<Check> {
  const { profile } = signatory
  const { verification } = jws.payload
  const creator = isObject(verification) ? verification['creator'] : undefined
  const named = idOf(creator)
  if (creator !== undefined && named === undefined) {
    return failed('proof', 'PROOF_MALFORMED', '"creator" must be the id of a key.', { path: '/verification/creator' })
  }
  const listed = asArray(profile['publicKey'])
  const keys = named === undefined ? listed : listed.filter((key) => isSameUrl(idOf(key), named)).slice(0, 1)
  if (keys.length === 0) {
    const message =
      named === undefined
        ? `The issuer ${clip(profile.id)} names no key of its own ("publicKey").`
        : `The issuer ${clip(profile.id)} does not name the key ${clip(named)} as its own: anybody could have made it.`
    return failed('proof', 'KEY_NOT_FOUND', message, { path: '/verification/creator' })
  }
  const tried: Check[] = []
  for (const key of keys.slice(0, MAX_KEYS)) {
    const check = await tryKey(jws, key, signatory, lookup, now)
    if (check.outcome === 'passed') return check
    tried.push(check)
  }
  // As long as one key was not had, it may have been that one.
  const open = tried.find(({ outcome }) => outcome === 'inconclusive')
  if (open) return open
  return keys.length > MAX_KEYS
    ? inconclusive(
        'proof',
        'LIMIT_EXCEEDED',
        `The issuer names more than ${MAX_KEYS} keys; the first of them do not fit.`,
      )
    : (tried.at(-1) as Check)
}

async function tryKey(
  jws: Jws,
  listed: JsonValue,
  { profile, issuerIds }: Signatory,
  lookup: Lookup,
  now: number,
): Promise<Check> {
  const { id: issuer } = profile
  const found = await findKey(listed, lookup)
  if ('name' in found) return found
  const { id, key, notes } = found
  const { owner, publicKeyPem, expires, revoked } = key
  if (owner !== undefined && !issuerIds.some((each) => isSameUrl(idOf(owner), each))) {
    const message = `The key ${clip(id)} says that it belongs to ${clip(idOf(owner))}, not to ${clip(issuer)}.`
    return failed('proof', 'CONTROLLER_MISMATCH', message)
  }
  const end = readDateTime(expires)
  if ((revoked !== undefined && revoked !== false) || (end === undefined ? expires !== undefined : end <= now)) {
    return failed('proof', 'KEY_REVOKED', `The key ${clip(id)} was revoked, or its end has passed.`)
  }
  try {
    const publicKey = await readPublicPem(publicKeyPem, jws.algorithm)
    if (!publicKey) {
      const message = `The key ${clip(id)} is no sound public key for ${jws.alg} ("publicKeyPem").`
      return failed('proof', 'KEY_UNSUPPORTED', message)
    }
    if (!(await verifyJws(jws, publicKey))) {
      const message = 'The signature does not fit: the text was changed after signing, or another key signed it.'
      return failed('proof', 'PROOF_INVALID', message)
    }
  } catch (cause) {
    return inconclusive('proof', 'PROOF_UNAVAILABLE', `The signature could not be verified: ${describe(cause)}.`)
  }
  const message = `Signed with the key ${clip(id)} of ${clip(issuer)} (${jws.alg}); nothing was changed since.`
  const oneWay =
    owner === undefined ? [`The key ${clip(id)} does not say whose it is ("owner"); the issuer says so.`] : []
  return passed('proof', message, { notes: [...notes, ...oneWay, ...notesOn(jws.header)] })
}

interface FoundKey {
  readonly id: string
  readonly key: JsonObject
  readonly notes: readonly string[]
}

/** The key in the Profile itself, or at the id that the Profile names. */
async function findKey(listed: JsonValue, lookup: Lookup): Promise<FoundKey | Check> {
  const id = idOf(listed)
  if (isObject(listed) && listed['publicKeyPem'] !== undefined) {
    return { id: id ?? 'in its Profile', key: listed, notes: [] }
  }
  if (id === undefined)
    return failed('proof', 'KEY_NOT_FOUND', 'A key of the issuer has neither an id nor "publicKeyPem".')
  const loaded = await load(id, lookup)
  if ('problem' in loaded) {
    const message = `The key of the issuer cannot be had: ${loaded.problem}.`
    return loaded.reason === 'unknown'
      ? inconclusive('proof', 'KEY_UNAVAILABLE', message)
      : failed('proof', 'KEY_NOT_FOUND', message)
  }
  const { document, notes } = loaded
  if (isSameUrl(document['id'], id)) return { id, key: document, notes }
  const message = `What is at ${clip(id)} is another key: it calls itself ${clip(document['id'])}.`
  return failed('proof', 'KEY_NOT_FOUND', message)
}
