/** Status (VC Data Model 2.0 section 4.10). No method reads status lists yet: an entry is never taken as "not revoked". */

import { asArray, isObject, pointer } from '../encoding/json.ts'
import { type Check, inconclusive, skipped } from '../report.ts'
import type { JsonObject } from '../types.ts'
import type { Settings } from './settings.ts'

/** One check for each entry of `credentialStatus`. */
export function checkStatus(credential: JsonObject, settings: Settings): readonly Check[] {
  const entries = asArray(credential['credentialStatus'])
  if (entries.length === 0) {
    return [skipped('status', 'The credential has no credentialStatus: its issuer did not make it revocable.')]
  }
  if (settings.skip.has('status')) {
    return [
      skipped('status', 'Whether it was revoked was not looked up: left out on request.', {
        path: '/credentialStatus',
      }),
    ]
  }
  return entries.map((entry, index) => {
    const path = Array.isArray(credential['credentialStatus'])
      ? pointer('/credentialStatus', index)
      : '/credentialStatus'
    const type = isObject(entry) ? asArray(entry['type']).join(', ') : 'unknown'
    const message = `Whether it was revoked is unknown: no method for the status type "${type}" was given.`
    return inconclusive('status', 'STATUS_UNAVAILABLE', message, { path })
  })
}
