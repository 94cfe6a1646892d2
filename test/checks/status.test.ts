import { describe, expect, it } from 'vitest'
import { checkStatus } from '../../src/checks/status.ts'
import { settings } from '../helpers/settings.ts'

const entry = { type: 'BitstringStatusListEntry' }

describe('checkStatus', () => {
  it('none: skipped, and says what that means', () => {
    for (const credential of [{}, { credentialStatus: [] }]) {
      const [check] = checkStatus(credential, settings())
      expect(check).toMatchObject({ name: 'status', outcome: 'skipped' })
      expect(check?.message).toContain('revocable')
    }
  })

  it('one or many that cannot be read: inconclusive, each with its place and type', () => {
    const outcome = { outcome: 'inconclusive', code: 'STATUS_UNAVAILABLE' }
    expect(checkStatus({ credentialStatus: entry }, settings())).toEqual([
      expect.objectContaining({ ...outcome, path: '/credentialStatus', message: expect.stringContaining(entry.type) }),
    ])
    expect(checkStatus({ credentialStatus: [entry, entry] }, settings()).map(({ path }) => path)).toEqual([
      '/credentialStatus/0',
      '/credentialStatus/1',
    ])
  })

  it('left out on request: skipped, but seen', () => {
    expect(checkStatus({ credentialStatus: entry }, settings({ skip: ['status'] }))).toEqual([
      expect.objectContaining({ outcome: 'skipped', path: '/credentialStatus' }),
    ])
  })
})
