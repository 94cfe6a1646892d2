/** Validity period: both data models' terms are looked at, whatever the version (VC Data Model 2.0 section 4.9, 1.1 section 4.6). */

import { parseDateTimeStamp } from '../encoding/date-time.ts'
import { type Check, failed, passed, skipped } from '../report.ts'
import type { JsonObject } from '../types.ts'
import type { Settings } from './settings.ts'

/** Terms that say from when, and until when. The structure check has made sure that they are dateTimeStamps. */
const starts = ['validFrom', 'issuanceDate'] as const
const ends = ['validUntil', 'expirationDate'] as const

/** Whether `now` lies within the period that the issuer gave. */
export function checkValidity(credential: JsonObject, settings: Settings): readonly Check[] {
  if (settings.skip.has('validity'))
    return [skipped('validity', 'The validity period was not looked at: left out on request.')]
  const now = settings.now.getTime()
  const tolerance = settings.clockTolerance * 1000
  const checks = [
    ...starts
      .filter((name) => timeOf(credential, name) - tolerance > now)
      .map((name) => outside('NOT_YET_VALID', `Not valid before ${credential[name]}.`, name)),
    ...ends
      .filter((name) => timeOf(credential, name) + tolerance < now)
      .map((name) => outside('EXPIRED', `Expired: valid until ${credential[name]}.`, name)),
  ]
  return checks.length > 0 ? checks : [passed('validity', describePeriod(credential))]
}

function outside(code: 'NOT_YET_VALID' | 'EXPIRED', message: string, name: string): Check {
  return failed('validity', code, message, { path: `/${name}` })
}

/** NaN where the term is absent, so that no comparison holds. */
function timeOf(credential: JsonObject, name: string): number {
  return parseDateTimeStamp(credential[name]) ?? Number.NaN
}

function describePeriod(credential: JsonObject): string {
  const from = starts.map((name) => credential[name]).find((date) => date !== undefined)
  const until = ends.map((name) => credential[name]).find((date) => date !== undefined)
  return `Valid${from === undefined ? '' : ` since ${from}`}${until === undefined ? ', without an end date' : ` until ${until}`}.`
}
