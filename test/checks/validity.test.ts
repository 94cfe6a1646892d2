import { describe, expect, it } from 'vitest'
import { checkPeriod, checkValidity } from '../../src/checks/validity.ts'
import { settings } from '../helpers/settings.ts'

const check = (credential: Record<string, string>, more = {}) =>
  checkValidity(credential, settings({ now: new Date('2026-06-01T00:00:00Z'), clockTolerance: 0, ...more }))

describe('checkValidity', () => {
  it.each([
    [{}, 'passed'],
    [{ validFrom: '2026-06-01T00:00:00Z' }, 'passed'],
    [{ validUntil: '2026-06-01T00:00:00Z' }, 'passed'],
    [{ validFrom: '2026-06-01T00:00:00.001Z' }, 'NOT_YET_VALID'],
    [{ validUntil: '2026-05-31T23:59:59.999Z' }, 'EXPIRED'],
    [{ validUntil: '2026-06-01T01:59:59+02:00' }, 'EXPIRED'],
    [{ validFrom: '2026-05-31T22:00:01-02:00' }, 'NOT_YET_VALID'],
    [{ issuanceDate: '2026-06-02T00:00:00Z' }, 'NOT_YET_VALID'],
    [{ expirationDate: '2026-05-01T00:00:00Z' }, 'EXPIRED'],
    // The later of two starts and the earlier of two ends count, whichever data model has the word.
    [{ validFrom: '2020-01-01T00:00:00Z', issuanceDate: '2027-01-01T00:00:00Z' }, 'NOT_YET_VALID'],
    [{ validUntil: '2030-01-01T00:00:00Z', expirationDate: '2021-01-01T00:00:00Z' }, 'EXPIRED'],
  ])('%j: %s', (credential, expected) => {
    const [first, ...rest] = check(credential as Record<string, string>)
    expect(rest).toEqual([])
    expect(first && 'code' in first ? first.code : first?.outcome).toBe(expected)
  })

  it.each([
    [{ validFrom: '2026-06-01T00:01:00Z' }, 'passed'],
    [{ validFrom: '2026-06-01T00:01:00.001Z' }, 'failed'],
    [{ validUntil: '2026-05-31T23:59:00Z' }, 'passed'],
    [{ validUntil: '2026-05-31T23:58:59.999Z' }, 'failed'],
  ])('%j, with a minute of tolerance: %s', (credential, outcome) => {
    const found = check(credential as Record<string, string>, { clockTolerance: 60 })
    expect(found.map((each) => each.outcome)).toEqual([outcome])
  })

  it('says both when both are wrong, each with its place', () => {
    const found = check({ validFrom: '2027-01-01T00:00:00Z', validUntil: '2025-01-01T00:00:00Z' })
    expect(found.map(({ path }) => path)).toEqual(['/validFrom', '/validUntil'])
  })

  it('says the dates as the issuer wrote them', () => {
    expect(check({ validUntil: '2026-05-01T02:00:00+02:00' })[0]?.message).toContain('2026-05-01T02:00:00+02:00')
    expect(check({ validFrom: '2026-01-01T00:00:00Z' })[0]?.message).toMatch(/since 2026-01-01.*without an end/)
  })

  it.each([
    [{}, 'Valid, without an end date.'],
    [
      { validFrom: '2026-01-01T00:00:00Z', validUntil: '2027-01-01T00:00:00Z' },
      'Valid since 2026-01-01T00:00:00Z until 2027-01-01T00:00:00Z.',
    ],
    [
      { issuanceDate: '2026-01-01T00:00:00Z', expirationDate: '2027-01-01T00:00:00Z' },
      'Valid since 2026-01-01T00:00:00Z until 2027-01-01T00:00:00Z.',
    ],
  ])('%j: says "%s"', (credential, message) => {
    expect(check(credential as Record<string, string>)).toEqual([{ name: 'validity', outcome: 'passed', message }])
  })

  it('left out on request is skipped', () => {
    expect(check({ validUntil: '2020-01-01T00:00:00Z' }, { skip: ['validity'] })).toEqual([
      expect.objectContaining({ outcome: 'skipped' }),
    ])
  })
})

describe('the period of an envelope', () => {
  const at = (text: string) => Date.parse(text)
  const noon = at('2026-06-01T12:00:00Z')
  const judge = (period: object, credential: object = {}, more: object = {}) =>
    checkValidity(
      credential as Record<string, string>,
      settings({ now: new Date(noon), clockTolerance: 0, ...more }),
      period,
    )
  const codes = (period: object, more: object = {}) =>
    checkPeriod(period, settings({ now: new Date(noon), clockTolerance: 0, ...more })).flatMap((each) =>
      'code' in each ? each.code : [],
    )

  it('holds to the moment', () => {
    expect(codes({})).toEqual([])
    expect(codes({ notBefore: noon, expires: noon })).toEqual([])
    expect(codes({ notBefore: noon + 1 })).toEqual(['NOT_YET_VALID'])
    expect(codes({ expires: noon - 1 })).toEqual(['EXPIRED'])
    expect(codes({ notBefore: noon + 1, expires: noon - 1 })).toEqual(['NOT_YET_VALID', 'EXPIRED'])
  })

  it('allows for the tolerance, and no more', () => {
    const tolerant = { clockTolerance: 60 }
    expect(codes({ notBefore: noon + 60_000, expires: noon - 60_000 }, tolerant)).toEqual([])
    expect(codes({ notBefore: noon + 60_001, expires: noon - 60_001 }, tolerant)).toEqual(['NOT_YET_VALID', 'EXPIRED'])
  })

  it('is not looked at where that is asked for', () => {
    expect(codes({ notBefore: noon + 1, expires: noon - 1 }, { skip: ['validity'] })).toEqual([])
  })

  it('says its times as dates, and the claim', () => {
    expect(judge({ notBefore: noon + 1000 })[0]?.message).toContain('2026-06-01T12:00:01Z (its claim "nbf")')
    expect(judge({ expires: noon - 1000 })[0]?.message).toContain('2026-06-01T11:59:59Z (its claim "exp")')
  })

  const [start, end] = ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z']
  const [nbf, exp] = [expect.stringContaining('"nbf"'), expect.stringContaining('"exp"')]
  it.each([
    [{ notBefore: at(start), expires: at(end) }, { validFrom: start, validUntil: end }, undefined],
    [{ notBefore: at(start) + 999, expires: at(end) - 999 }, { validFrom: start, validUntil: end }, undefined],
    [{ notBefore: at(start) + 1000, expires: at(end) - 1000 }, { validFrom: start, validUntil: end }, [nbf, exp]],
    [{ notBefore: at(start) - 5000 }, { validFrom: start }, [nbf]],
    [{ expires: at(end) + 5000 }, { expirationDate: end }, [exp]],
    // One of two dates of the credential is that of the envelope: nothing to be told.
    [{ notBefore: at(start) }, { validFrom: start, issuanceDate: '2025-01-01T00:00:00Z' }, undefined],
    // Nothing to compare with.
    [{ notBefore: at(start), expires: at(end) }, {}, undefined],
    [{}, { validFrom: start, validUntil: end }, undefined],
    [{ notBefore: at(start) }, { validUntil: end }, undefined],
  ])('%j beside %j is noted as %j', (period, credential, notes) => {
    const [check, ...rest] = judge(period, credential)
    expect(rest).toEqual([])
    expect(check?.outcome).toBe('passed')
    expect(check?.notes).toEqual(notes)
  })
})
