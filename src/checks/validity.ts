/** Validity period: both data models' terms are looked at, whatever the version (VC Data Model 2.0 section 4.9, 1.1 section 4.6). */

import { clip } from '../encoding/clip.ts'
import { formatDateTimeStamp, parseDateTimeStamp } from '../encoding/date-time.ts'
import { type Check, failed, passed, skipped } from '../report.ts'
import type { JsonObject } from '../types.ts'
import type { Settings } from './settings.ts'

/** Terms that say from when, and until when. The structure check has made sure that they are dateTimeStamps. */
const starts = ['validFrom', 'issuanceDate'] as const
const ends = ['validUntil', 'expirationDate'] as const

/** When an envelope is good, in milliseconds since 1970. */
export interface EnvelopePeriod {
  readonly notBefore?: number
  readonly expires?: number
}

/** Whether `now` lies within the period that the issuer gave, and within that of the envelope where there is one. */
export function checkValidity(
  credential: JsonObject,
  settings: Settings,
  envelope: EnvelopePeriod = {},
): readonly Check[] {
  if (settings.skip.has('validity'))
    return [skipped('validity', 'The validity period was not looked at: left out on request.')]
  const now = settings.now.getTime()
  const tolerance = settings.clockTolerance * 1000
  const checks = [
    ...starts
      .filter((name) => timeOf(credential, name) - tolerance > now)
      .map((name) => outside('NOT_YET_VALID', `Not valid before ${clip(credential[name])}.`, name)),
    ...ends
      .filter((name) => timeOf(credential, name) + tolerance < now)
      .map((name) => outside('EXPIRED', `Expired: valid until ${clip(credential[name])}.`, name)),
    ...checkPeriod(envelope, settings),
  ]
  if (checks.length > 0) return checks
  return [passed('validity', describePeriod(credential), { notes: notesOn(credential, envelope) })]
}

/** What stands against the period of an envelope alone. */
export function checkPeriod(
  { notBefore = Number.NaN, expires = Number.NaN }: EnvelopePeriod,
  settings: Settings,
): readonly Check[] {
  if (settings.skip.has('validity')) return []
  const now = settings.now.getTime()
  const tolerance = settings.clockTolerance * 1000
  return [
    ...(notBefore - tolerance > now
      ? [failed('validity', 'NOT_YET_VALID', `The JWT is not valid before ${print(notBefore)} (its claim "nbf").`)]
      : []),
    ...(expires + tolerance < now
      ? [failed('validity', 'EXPIRED', `The JWT expired: valid until ${print(expires)} (its claim "exp").`)]
      : []),
  ]
}

/** Both dates hold; where they differ, that should be known. */
function notesOn(credential: JsonObject, { notBefore, expires }: EnvelopePeriod): readonly string[] {
  const differs = (time = Number.NaN, names: readonly string[]) => {
    const own = names.map((name) => timeOf(credential, name)).filter((each) => !Number.isNaN(each))
    return own.length > 0 && own.every((each) => Math.abs(each - time) >= 1000)
  }
  return [
    ...(differs(notBefore, starts) ? ['Its claim "nbf" is another time than the credential names; both hold.'] : []),
    ...(differs(expires, ends) ? ['Its claim "exp" is another time than the credential names; both hold.'] : []),
  ]
}

function print(time: number): string {
  return formatDateTimeStamp(new Date(time))
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
  return `Valid${from === undefined ? '' : ` since ${clip(from)}`}${until === undefined ? ', without an end date' : ` until ${clip(until)}`}.`
}
