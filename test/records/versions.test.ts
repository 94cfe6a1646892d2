import { describe, expect, it } from 'vitest'
import { compareVersions } from '../../src/records/versions.ts'
import type { JsonObject } from '../../src/types.ts'

const one = (more: object = {}): JsonObject => ({
  id: 'urn:a',
  issuer: 'did:example:school',
  validFrom: '2026-01-01T00:00:00Z',
  ...more,
})
const kinds = (...credentials: readonly JsonObject[]) =>
  compareVersions(credentials).map((version) => ('by' in version ? `${version.kind} ${version.by}` : version.kind))

describe('versions of a credential', () => {
  it('the latest one holds, wherever it stands', () => {
    const later = one({ validFrom: '2026-01-01T00:00:01Z', issuer: { id: 'did:example:school', name: 'School' } })
    const last = one({ validFrom: '2026-01-01T01:00:02+01:00' })
    expect(kinds(one(), later)).toEqual(['superseded 1', 'current'])
    expect(kinds(last, one(), later)).toEqual(['current', 'superseded 0', 'superseded 0'])
    expect(kinds(later, last)).toEqual(['superseded 1', 'current'])
    expect(kinds(one({ validFrom: undefined, issuanceDate: '2025-01-01T00:00:00Z' }), one())).toEqual([
      'superseded 1',
      'current',
    ])
  })

  it.each<[string, JsonObject]>([
    ['by another issuer', one({ issuer: 'did:example:college' })],
    ['of another id', one({ id: 'urn:b' })],
    ['without id', one({ id: undefined })],
    ['without issuer', one({ issuer: undefined })],
  ])('one %s is none', (_what, other) => {
    const later: JsonObject = { ...other, validFrom: '2027-01-01T00:00:00Z' }
    expect(kinds(one(), later, later)).toEqual([
      'current',
      'current',
      other['id'] && other['issuer'] ? 'repeated 1' : 'current',
    ])
  })

  it('the same statements twice are told from two that differ', () => {
    const again = { ...one(), proof: { proofValue: 'z1' } }
    expect(kinds(one(), again, one({ name: 'B' }))).toEqual(['current', 'repeated 0', 'disputed 0'])
  })

  it('a name cannot be put together from two', () => {
    expect(kinds(one({ issuer: 'a', id: 'b","c' }), one({ issuer: 'a","b', id: 'c' }))).toEqual(['current', 'current'])
  })
})
