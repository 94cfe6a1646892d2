/** dateTimeStamp: an XML Schema dateTime that must name its time zone (VC Data Model 2.0 section 4.9). */

const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,12})?(?:Z|[+-]\d{2}:\d{2})$/

const ZERO = 0x30
const FOUR_CENTURIES = Date.UTC(2370, 0) - Date.UTC(1970, 0)

/** Milliseconds since 1970, or `undefined` when the text is not a dateTimeStamp or names a day that does not exist. */
export function parseDateTimeStamp(text: unknown): number | undefined {
  if (typeof text !== 'string' || !pattern.test(text)) return undefined
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const zone = text.endsWith('Z') ? text.length - 1 : text.length - 6
  const offset = offsetMinutes(text, zone)
  if (offset === undefined) return undefined
  // Date.UTC takes the years 0 to 99 for those of the last century; 400 years on, the calendar is the same.
  const time = Date.UTC(year + 400, month - 1, day, hour, minute - offset, second) - FOUR_CENTURIES
  return zone === 19 ? time : time + Number(`0${text.slice(19, zone)}`) * 1000
}

/** The number of the two digits at a place where digits are. */
function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO
}

/** Writes a time as specifications print it, in whole seconds: `2026-12-01T00:00:00Z`. */
export function formatDateTimeStamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function offsetMinutes(text: string, zone: number): number | undefined {
  if (text[zone] === 'Z') return 0
  const hours = twoDigits(text, zone + 1)
  const minutes = twoDigits(text, zone + 4)
  if (minutes > 59 || hours > 14 || (hours === 14 && minutes > 0)) return undefined
  return (text[zone] === '-' ? -1 : 1) * (hours * 60 + minutes)
}
