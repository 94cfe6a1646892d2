/**
 * Whether the issuer took an assertion back (Open Badges 2.0, "Revoking Hosted Assertions" and RevocationList): a hosted one says so itself,
 * or its server does; a signed one stands in the list that the issuer's Profile names.
 */

import { clip, textOf } from '../encoding/clip.ts'
import { asArray, idOf, isObject } from '../encoding/json.ts'
import { type Check, failed, inconclusive, passed, skipped } from '../report.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { isName, isText } from './assertion.ts'
import { isSameUrl, isWeb, type Lookup, load } from './lookup.ts'

/** Nothing, unless the document itself says that it was revoked. */
export function findRevoked(assertion: JsonObject): Check | undefined {
  const { revoked, revocationReason } = assertion
  return revoked === undefined || revoked === false ? undefined : revokedFor(revocationReason)
}

/** The check `status` of a signed assertion. */
export async function checkRevocationList(
  assertion: JsonObject,
  profile: JsonObject & { readonly id: string },
  lookup: Lookup,
): Promise<Check> {
  const { revocationList } = profile
  if (revocationList === undefined) {
    return skipped('status', 'Whether it was revoked cannot be known: its issuer keeps no list of what it revokes.')
  }
  const url = idOf(revocationList)
  const isInside = isObject(revocationList) && revocationList['revokedAssertions'] !== undefined
  if (!isInside && url === undefined) return unknown('the issuer names its list by no address')
  const loaded = isInside ? { document: revocationList, notes: [] } : await load(url as string, lookup)
  if ('problem' in loaded) return unknown(loaded.problem)
  const { document, notes } = loaded
  if (!isInside && document['id'] !== undefined && !isSameUrl(document['id'], url as string)) {
    const message = `What is at ${clip(url as string)} is another list: it calls itself ${clip(document['id'])}.`
    return inconclusive('status', 'STATUS_LIST_MISMATCH', message)
  }
  if (document['issuer'] !== undefined && !isSameUrl(idOf(document['issuer']), profile.id)) {
    return inconclusive('status', 'STATUS_ISSUER_MISMATCH', 'The list of what was revoked is that of another issuer.')
  }
  return readList(document, assertion, notes)
}

function readList(list: JsonObject, assertion: JsonObject, notes: readonly string[]): Check {
  const entries = asArray(list['revokedAssertions'])
  const entry = entries.find((each) => isAbout(each, assertion))
  if (entry !== undefined) return revokedFor(isObject(entry) ? entry['revocationReason'] : undefined)
  const isList = asArray(list['type']).includes('RevocationList') && list['revokedAssertions'] !== undefined
  if (isList && entries.every(isEntry)) {
    return passed('status', 'It is not in the list of what its issuer revoked.', { notes })
  }
  return inconclusive(
    'status',
    'STATUS_LIST_INVALID',
    'The list of what was revoked is no RevocationList that can be read.',
  )
}

/** By id or, of old, by `uid`. An entry that says of itself that it is not revoked is none. */
function isAbout(entry: JsonValue, { id, uid }: JsonObject): boolean {
  const own = textOf(id)
  if (typeof entry === 'string') return isSameName(entry, own)
  if (!isObject(entry) || entry['revoked'] === false) return false
  return [entry['id'], entry['uid']].some((each) => isSameName(each, own) || (isText(uid) && each === uid))
}

/** The letter case of a URN's scheme, and of a UUID, tells nothing (RFC 8141 section 3.1, RFC 9562 section 4). */
function isSameName(one: unknown, own: string): boolean {
  if (isSameUrl(one, own)) return true
  return typeof one === 'string' && /^urn:/i.test(own) && one.toLowerCase() === own.toLowerCase()
}

function isEntry(entry: JsonValue): boolean {
  if (!isObject(entry)) return isComparable(entry)
  return isComparable(entry['id']) || (entry['id'] === undefined && isText(entry['uid']))
}

/** One of the web must be such as can be read, as it is compared so. */
function isComparable(value: unknown): boolean {
  return isName(value) && (!/^https?:/i.test(value) || isWeb(value))
}

function revokedFor(reason: JsonValue | undefined): Check {
  return failed('status', 'REVOKED', `Its issuer revoked it${isText(reason) ? `: ${clip(reason)}` : ''}.`)
}

function unknown(problem: string): Check {
  return inconclusive('status', 'STATUS_UNAVAILABLE', `Whether it was revoked could not be found out: ${problem}.`)
}
