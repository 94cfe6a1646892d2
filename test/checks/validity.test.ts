import { describe, expect, it } from 'vitest'
import { checkValidity } from '../../src/checks/validity.ts'
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

  it('says both when both are wrong, each with its place', () => {
    const found = check({ validFrom: '2027-01-01T00:00:00Z', validUntil: '2025-01-01T00:00:00Z' })
    expect(found.map(({ path }) => path)).toEqual(['/validFrom', '/validUntil'])
  })

  it('says the dates as the issuer wrote them', () => {
    expect(check({ validUntil: '2026-05-01T02:00:00+02:00' })[0]?.message).toContain('2026-05-01T02:00:00+02:00')
    expect(check({ validFrom: '2026-01-01T00:00:00Z' })[0]?.message).toMatch(/since 2026-01-01.*without an end/)
  })

  it('left out on request is skipped', () => {
    expect(check({ validUntil: '2020-01-01T00:00:00Z' }, { skip: ['validity'] })).toEqual([
      expect.objectContaining({ outcome: 'skipped' }),
    ])
  })
})
