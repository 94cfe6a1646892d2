/** What every part of a page needs to know: the reader's language, and how dates and numbers are written in it. */

import { parseDateTimeStamp } from '../encoding/date-time.ts'
import type { Messages } from '../messages/messages.ts'
import type { JsonValue } from '../types.ts'
import { type Html, html } from './markup.ts'

/** The page that is being written. */
export interface Page {
  readonly messages: Messages
  /** A date as people write it: without a clock time where it is midnight. Text where it is no date. */
  date(value: JsonValue | undefined): Html | undefined
  /** The day of it alone. */
  day(value: JsonValue | undefined): Html | undefined
  /** The name of the time zone. */
  readonly zone: string
  number(value: number): string
  /** Whether it is told for the first time: what is the same in many records stands on the page once. */
  isNew(value: JsonValue): boolean
  /** A name for an element that nothing else on the page has. */
  id(): string
}

/** A page in a language; dates are those of the time zone. Throws a `RangeError` for a zone or language that there is none of. */
export function createPage(messages: Messages, timeZone: string): Page {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(messages.language, { calendar: 'gregory', timeZone, ...options })
  const day = format({ dateStyle: 'long' })
  const moment = format({ dateStyle: 'long', timeStyle: 'short' })
  const clock = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const numbers = new Intl.NumberFormat(messages.language)
  let last = 0
  const told = new Set<string>()
  return {
    messages,
    zone: timeZone,
    date: (value) => write(value, (time) => (clock.format(time) === '00:00:00' ? day : moment)),
    day: (value) => write(value, () => day),
    number: (value) => numbers.format(value),
    isNew: (value) => {
      const text = JSON.stringify(value)
      const isNew = !told.has(text)
      told.add(text)
      return isNew
    },
    id: () => {
      last += 1
      return `part-${last}`
    },
  }
}

function write(value: JsonValue | undefined, formatFor: (time: number) => Intl.DateTimeFormat): Html | undefined {
  if (typeof value !== 'string') return undefined
  const time = parseDateTimeStamp(value)
  if (time === undefined) return html`<bdi>${value.slice(0, 100)}</bdi>`
  return html`<time datetime="${value}">${formatFor(time).format(time)}</time>`
}
