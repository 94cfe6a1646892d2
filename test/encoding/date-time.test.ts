import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDateTimeStamp, parseDateTimeStamp } from '../../src/encoding/date-time.ts'

describe('parseDateTimeStamp', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2026-12-01T00:00:00Z', Date.UTC(2026, 11, 1)],
    ['2026-12-01T00:00:00+02:00', Date.UTC(2026, 10, 30, 22)],
    ['2026-12-01T00:00:00-05:30', Date.UTC(2026, 11, 1, 5, 30)],
    ['2024-02-29T23:59:59.250Z', Date.UTC(2024, 1, 29, 23, 59, 59, 250)],
    ['2000-02-29T00:00:00Z', Date.UTC(2000, 1, 29)],
    ['0050-03-01T00:00:00Z', new Date('0050-03-01T00:00:00Z').getTime()],
    ['2026-12-01T00:00:00+14:00', Date.UTC(2026, 10, 30, 10)],
  ])('reads %s', (text, time) => {
    expect(parseDateTimeStamp(text)).toBe(time)
  })

  it.each([
    '2026-12-01T00:00:00',
    '2026-12-01',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-12-01T24:00:00Z',
    '2026-12-01T00:60:00Z',
    '2026-12-01T00:00:60Z',
    '2026-12-01T00:00:00+14:01',
    '2026-12-01T00:00:00+0200',
    '2026-12-01t00:00:00z',
    ' 2026-12-01T00:00:00Z',
    '2026-12-01T00:00:00Z\n',
    '2026-12-01T00:00:00.Z',
    '٢٠٢٦-12-01T00:00:00Z',
    '',
    undefined,
    null,
    20261201,
    ['2026-12-01T00:00:00Z'],
  ])('refuses %j', (text) => {
    expect(parseDateTimeStamp(text)).toBeUndefined()
  })

  it('agrees with the platform on every time that it prints', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(parseDateTimeStamp(date.toISOString())).toBe(date.getTime())
          const whole = Math.floor(date.getTime() / 1000) * 1000
          expect(parseDateTimeStamp(formatDateTimeStamp(date))).toBe(whole)
        },
      ),
    )
  })
})
