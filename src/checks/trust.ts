/** Trust: whether a registry that the caller chose knows the issuer. */

import { describe } from '../encoding/json.ts'
import { limitMet } from '../encoding/limits.ts'
import { untilAborted } from '../encoding/until-aborted.ts'
import { type Check, failed, inconclusive, passed, skipped } from '../report.ts'
import type { Settings } from './settings.ts'

/** Asks the caller's registry about an issuer whose proof passed. */
export async function checkTrust(
  issuer: string,
  settings: Pick<Settings, 'trust' | 'lookup'>,
): Promise<readonly Check[]> {
  if (!settings.trust) {
    return [skipped('trust', 'Who the issuer is was not looked up: no trust registry was given.', { path: '/issuer' })]
  }
  try {
    const entry = await untilAborted(settings.trust(issuer, settings.lookup), settings.lookup.signal)
    if (entry !== undefined && typeof entry?.registry !== 'string')
      throw new Error('it answered with no registry entry')
    if (!entry) {
      const message = `The trust registry does not have the issuer ${issuer}.`
      return [failed('trust', 'ISSUER_UNTRUSTED', message, { path: '/issuer' })]
    }
    const name = entry.name === undefined ? issuer : `${entry.name} (${issuer})`
    return [passed('trust', `${name} is in the registry ${entry.registry}.`, { path: '/issuer', trust: entry })]
  } catch (cause) {
    settings.lookup.signal?.throwIfAborted()
    const message = `The trust registry could not be asked about ${issuer}: ${describe(cause)}.`
    const limit = limitMet(cause)
    if (!limit) return [inconclusive('trust', 'TRUST_UNAVAILABLE', message, { path: '/issuer' })]
    return [inconclusive('trust', 'LIMIT_EXCEEDED', message, { path: '/issuer', detail: limit.detail })]
  }
}
