import { describe, expect, it } from 'vitest'
import { checkTrust } from '../../src/checks/trust.ts'
import { settings } from '../helpers/settings.ts'

const issuer = 'did:example:school'
const ask = async (trust?: () => Promise<never>) => (await checkTrust(issuer, settings(trust && { trust })))[0]

describe('checkTrust', () => {
  it('no registry: skipped, and says so', async () => {
    expect(await ask()).toMatchObject({ outcome: 'skipped', path: '/issuer' })
  })

  it('a registry that has the issuer: passed, with its name where there is one', async () => {
    expect((await ask(async () => ({ registry: 'R', name: 'Northfield' }) as never))?.message).toMatch(/Northfield.*R/)
    expect(await ask(async () => ({ registry: 'R' }) as never)).toMatchObject({ outcome: 'passed' })
    expect((await ask(async () => ({ registry: 'R' }) as never))?.message).toBe(`${issuer} is in the registry R.`)
  })

  it.each([null, false, '', 'R', {}, { registry: 7 }])('a registry that answers %j: inconclusive', async (answer) => {
    expect(await ask(async () => answer as never)).toMatchObject({
      code: 'TRUST_UNAVAILABLE',
      path: '/issuer',
      message: expect.stringContaining('answered with no registry entry'),
    })
  })

  it('a registry that does not: failed', async () => {
    expect(await ask(async () => undefined as never)).toMatchObject({
      outcome: 'failed',
      code: 'ISSUER_UNTRUSTED',
      path: '/issuer',
    })
  })

  it('a registry that throws, with or without a promise: inconclusive, with its reason', async () => {
    const outcome = { outcome: 'inconclusive', code: 'TRUST_UNAVAILABLE', message: expect.stringContaining('down') }
    expect(await ask(() => Promise.reject(new Error('down')))).toMatchObject(outcome)
    expect(
      await ask(() => {
        throw new Error('down')
      }),
    ).toMatchObject(outcome)
  })
})
