import { describe, expect, it } from 'vitest'
import { checkIssuer, checkPresenter, checkSubject, holderOf } from '../../src/checks/binding.ts'
import type { GoodProof } from '../../src/checks/proof.ts'
import { settings } from '../helpers/settings.ts'

const [a, b] = ['did:example:a', 'did:example:b']
const by = (controller: string, more: object = {}): GoodProof =>
  ({ proof: more, controller, path: '/proof' }) as unknown as GoodProof
const outcomes = (checks: readonly { readonly outcome: string; readonly name: string }[]) =>
  checks.map(({ name, outcome }) => `${name} ${outcome}`)

describe('checkIssuer', () => {
  it.each([a, { id: a }])('passes when every proof is by %j', (issuer) => {
    expect(outcomes(checkIssuer({ issuer }, [by(a), by(a)], settings()))).toEqual(['issuer passed'])
  })

  it('fails once for each stranger, and names both', () => {
    const checks = checkIssuer({ issuer: a }, [by(a), by(b), by(b)], settings())
    expect(outcomes(checks)).toEqual(['issuer failed', 'issuer failed'])
    expect(checks[0]?.message).toMatch(new RegExp(`${a}.*${b}`))
    expect(checks[0]?.path).toBe('/proof/verificationMethod')
  })

  it('notes whom an option let in', () => {
    const asked: unknown[] = []
    const acceptController = (binding: object) => asked.push(binding) > 0
    const [check] = checkIssuer({ issuer: a }, [by(b)], settings({ acceptController }))
    expect(asked).toEqual([{ issuer: a, controller: b }])
    expect(check?.notes?.join()).toContain(b)
  })
})

describe('checkPresenter', () => {
  const check = (presentation: object, proof: object, expected: { challenge?: string; domain?: string }) =>
    outcomes(
      checkPresenter(presentation as never, [by(a, proof)], { challenge: expected.challenge, domain: expected.domain }),
    )

  it.each([
    [{ holder: a }, {}, {}, ['holder passed', 'challenge skipped', 'domain skipped']],
    [{ holder: { id: a } }, {}, {}, ['holder passed', 'challenge skipped', 'domain skipped']],
    [{}, {}, {}, ['holder passed', 'challenge skipped', 'domain skipped']],
    [{ holder: b }, {}, {}, ['holder failed', 'challenge skipped', 'domain skipped']],
    [{}, { challenge: 'c' }, { challenge: 'c' }, ['holder passed', 'challenge passed', 'domain skipped']],
    [{}, { challenge: 'C' }, { challenge: 'c' }, ['holder passed', 'challenge failed', 'domain skipped']],
    [{}, {}, { challenge: 'c' }, ['holder passed', 'challenge failed', 'domain skipped']],
    [{}, { domain: 'd' }, { domain: 'd' }, ['holder passed', 'challenge skipped', 'domain passed']],
    [{}, { domain: ['e', 'd'] }, { domain: 'd' }, ['holder passed', 'challenge skipped', 'domain passed']],
    [{}, { domain: ['e'] }, { domain: 'd' }, ['holder passed', 'challenge skipped', 'domain failed']],
    [{}, {}, { domain: 'd' }, ['holder passed', 'challenge skipped', 'domain failed']],
  ])('%j, proof %j, expected %j', (presentation, proof, expected, result) => {
    expect(check(presentation, proof, expected)).toEqual(result)
  })

  it.each([
    [{ verifiableCredential: { issuer: b } }, 'passed'],
    [{ verifiableCredential: [{ issuer: b }, { issuer: { id: a } }] }, 'failed'],
    [{ verifiableCredential: { issuer: a } }, 'failed'],
    [{ verifiableCredential: { issuer: a }, holder: a }, 'passed'],
  ])('asks those who present their own word to name themselves: %j', (presentation, outcome) => {
    expect(check(presentation, {}, {})[0]).toBe(`holder ${outcome}`)
  })

  it('takes the named holder, or else the signer', () => {
    expect(holderOf({ holder: b }, [by(a)])).toBe(b)
    expect(holderOf({}, [by(a)])).toBe(a)
  })
})

describe('checkSubject', () => {
  it.each([
    [{ id: a }, 'passed'],
    [[{ id: a }, { id: a }], 'passed'],
    [{ id: b }, 'failed'],
    [[{ id: a }, { id: b }], 'failed'],
    [{ name: 'Ada' }, 'inconclusive'],
    [[{ id: a }, { name: 'Ada' }], 'inconclusive'],
  ])('%j, presented by a: %s', (credentialSubject, outcome) => {
    expect(checkSubject({ credentialSubject } as never, a, settings()).outcome).toBe(outcome)
  })

  it('asks the caller, with all the subjects there are', () => {
    const asked: unknown[] = []
    const credential = { credentialSubject: [{ id: a }, { id: b }] }
    const accept = { ...settings(), acceptHolder: (binding: object) => asked.push(binding) > 0 }
    const check = checkSubject(credential, a, accept)
    expect(check).toMatchObject({ outcome: 'passed', notes: ['Accepted by option.'] })
    expect(asked).toEqual([{ holder: a, subjects: [a, b], credential }])
  })
})
