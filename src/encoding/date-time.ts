/** dateTimeStamp: an XML Schema dateTime that must name its time zone (VC Data Model 2.0 section 4.9). */

const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,12}))?(Z|[+-]\d{2}:\d{2})$/

const FOUR_CENTURIES = Date.UTC(2370, 0) - Date.UTC(1970, 0)

/** Milliseconds since 1970, or `undefined` when the text is not a dateTimeStamp or names a day that does not exist. */
export function parseDateTimeStamp(text: unknown): number | undefined {
  const parts = typeof text === 'string' ? pattern.exec(text) : null
  if (!parts) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const offset = offsetMinutes(parts[8] as string)
  if (offset === undefined) return undefined
  // Date.UTC takes the years 0 to 99 for those of the last century; 400 years on, the calendar is the same.
  const time = Date.UTC(year + 400, month - 1, day, hour, minute - offset, second) - FOUR_CENTURIES
  return parts[7] === undefined ? time : time + Number(`0.${parts[7]}`) * 1000
}

/** Writes a time as specifications print it, in whole seconds: `2026-12-01T00:00:00Z`. */
export function formatDateTimeStamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4, 6))
  if (minutes > 59 || hours > 14 || (hours === 14 && minutes > 0)) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
