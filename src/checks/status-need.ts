/** Whether a credential has a status that must be looked into; and what is said where it has none, or where it is not asked for. */

import { asArray, isObject } from '../encoding/json.ts'
import { type Check, inconclusive, skipped } from '../report.ts'
import { isList } from '../status/list-index.ts'
import type { JsonObject } from '../types.ts'
import type { Settings } from './settings.ts'

/**
 * For a credential without a status, or one that is not asked for: it need not wait for anything. `ofToken` is what the JWT says of its
 * status (draft-ietf-oauth-status-list section 6), which counts beside `credentialStatus`. `mayBeWithheld`: what is not shown may be there.
 */
export function skipStatus(
  credential: JsonObject,
  settings: Settings,
  ofToken?: JsonObject,
  mayBeWithheld = false,
): readonly Check[] | undefined {
  if (asArray(credential['credentialStatus']).length > 0 || ofToken) {
    return settings.skip.has('status') ? [leaveStatus(credential, ofToken, notLookedUp)] : undefined
  }
  if (mayBeWithheld) return [leaveStatus(credential, ofToken, notShown)]
  return [skipped('status', 'The credential has no credentialStatus: its issuer did not make it revocable.')]
}

/** For a status that is there and is not looked up: what it is stands in the check, as where it could not be found out. */
export function leaveStatus(credential: JsonObject, ofToken: JsonObject | undefined, message: string): Check {
  const entries = asArray(credential['credentialStatus'])
  const types = entries.flatMap((entry) => (isObject(entry) ? asArray(entry['type']) : []))
  const named = [...types, ...Object.keys(ofToken ?? {})].filter((type) => typeof type === 'string')
  const status = { type: named.join(', ') || 'unknown', purpose: 'unknown' }
  return skipped('status', message, { ...(entries.length > 0 && { path: '/credentialStatus' }), status })
}

/** A presentation is shown once: the status of its JWT, which hardly any has, is not asked for, and so not known. */
export function checkPresentationStatus(ofToken: JsonObject | undefined, settings: Settings): readonly Check[] {
  if (!ofToken) return []
  if (settings.skip.has('status')) return [skipped('status', notLookedUp)]
  const message = 'Whether the presentation was revoked is unknown: the status in its JWT is not looked up.'
  return [inconclusive('status', 'STATUS_UNAVAILABLE', message)]
}

/** For status lists that stand in a presentation, and that nothing is asked of. */
export function leaveLists(count: number, settings: Settings): readonly Check[] {
  if (count === 0) return []
  const lists =
    count === 1
      ? 'A status list stapled to it was not verified'
      : `${count} status lists stapled to it were not verified`
  const why = settings.skip.has('status') ? 'left out on request' : 'another stands behind under the same id'
  return [skipped('status', `${lists}: ${why}.`)]
}

const notShown = 'What is shown of the credential has no credentialStatus; whether one is withheld is not known.'
const notLookedUp = 'Whether it was revoked was not looked up: left out on request.'

/** Whether a credential that is to be signed has a status, or is a list: others need not wait for anything. */
export function hasStatusForm(credential: JsonObject): boolean {
  return credential['credentialStatus'] !== undefined || isList(credential)
}
