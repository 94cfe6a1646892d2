import { describe, expect, it } from 'vitest'
import { checkIssuer, checkSameSubject, checkSubject } from '../../src/checks/binding.ts'
import { checkPresenter, holderOf } from '../../src/checks/presenter.ts'
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
    expect(check).toMatchObject({
      outcome: 'passed',
      path: '/issuer',
      notes: [`Accepted by option: ${b} signed for this issuer.`],
    })
  })

  it('notes nobody where the issuer signed', () => {
    expect(checkIssuer({ issuer: a }, [by(a)], settings({ acceptController: () => true }))).toEqual([
      { name: 'issuer', outcome: 'passed', message: `The issuer ${a} signed it.`, path: '/issuer' },
    ])
  })

  it('takes an answer of true alone for a yes', () => {
    const yes = (() => 'yes') as unknown as () => boolean
    expect(outcomes(checkIssuer({ issuer: a }, [by(b)], settings({ acceptController: yes })))).toEqual([
      'issuer failed',
    ])
    const cosigned = [by(a), by(b)]
    expect(outcomes(checkIssuer({ issuer: a }, cosigned, settings({ acceptCosigner: yes })))).toEqual(['issuer failed'])
  })

  it('lets in who signed beside the issuer, and nobody in its place', () => {
    const asked: unknown[] = []
    const acceptCosigner = (binding: object) => asked.push(binding) > 0
    const given = settings({ acceptCosigner })
    expect(checkIssuer({ issuer: a }, [by(a), by(b)], given)).toEqual([
      expect.objectContaining({ outcome: 'passed', notes: [`Accepted by option: ${b} signed as well.`] }),
    ])
    expect(asked).toEqual([{ issuer: a, controller: b }])
    expect(outcomes(checkIssuer({ issuer: a }, [by(b)], given))).toEqual(['issuer failed'])
    const refuses = settings({ acceptCosigner: () => false })
    expect(outcomes(checkIssuer({ issuer: a }, [by(a), by(b)], refuses))).toEqual(['issuer failed'])
  })

  it('a proof of an envelope has no place in the document', () => {
    const [check] = checkIssuer({ issuer: a }, [{ proof: {}, controller: b }], settings())
    expect(check).toMatchObject({ code: 'ISSUER_MISMATCH' })
    expect(check).not.toHaveProperty('path')
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
    [{ verifiableCredential: { issuer: a, proof: {} } }, 'passed'],
    [{ verifiableCredential: [{ issuer: a, proof: {} }, { issuer: a }] }, 'failed'],
  ])('asks those who present their own word to name themselves: %j', (presentation, outcome) => {
    expect(check(presentation, {}, {})[0]).toBe(`holder ${outcome}`)
  })

  const checksOf = (presentation: object, proof: object, domain?: string, challenge?: string) =>
    checkPresenter(presentation as never, [by(a, proof)], { challenge, domain })

  it('says of each what was found, and where', () => {
    const [holder, challenge, domain] = checksOf({ holder: b }, { challenge: 'x', domain: ['e', 'f'] }, 'd', 'c')
    expect(holder).toMatchObject({ code: 'HOLDER_MISMATCH', path: '/proof/verificationMethod' })
    expect(challenge).toMatchObject({ path: '/proof/challenge', message: expect.stringContaining('another challenge') })
    expect(domain).toMatchObject({ path: '/proof/domain', message: 'The presentation was made for e, f, not for d.' })
    const [, none, nobody] = checksOf({}, {}, 'd', 'c')
    expect(none?.message).toContain('no challenge')
    expect(nobody?.message).toContain('names no verifier')
    expect(checksOf({}, {})[2]?.message).toContain('It names no verifier.')
    expect(checksOf({}, { domain: ['e', 'f'] })[2]?.message).toContain('It was made for e, f;')
    expect(checksOf({ verifiableCredential: { issuer: a } }, {})[0]).toMatchObject({ path: '/holder' })
  })

  it('text beside its own word is nobody’s word', () => {
    expect(check({ verifiableCredential: ['ea.bb.cc', { issuer: b }] }, {}, {})[0]).toBe('holder passed')
  })

  it('every proof is held to all of it', () => {
    const proofs = [by(a, { challenge: 'c', domain: 'd' }), by(b, {})]
    expect(outcomes(checkPresenter({ holder: a }, proofs, { challenge: 'c', domain: 'd' }))).toEqual([
      'holder failed',
      'challenge passed',
      'domain passed',
      'challenge failed',
      'domain failed',
    ])
  })

  it('takes the named holder, or else the signer', () => {
    expect(holderOf({ holder: b }, [by(a)])).toBe(b)
    expect(holderOf({}, [by(a)])).toBe(a)
    expect(holderOf({}, [])).toBe('')
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
    [[{ id: a }, a], 'inconclusive'],
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
    const yes = (() => 'yes') as unknown as () => boolean
    expect(checkSubject(credential, a, { ...settings(), acceptHolder: yes }).outcome).toBe('failed')
  })

  it('names those it is about, and the place', () => {
    const credential = { credentialSubject: [{ id: b }, { id: 'did:example:c' }] }
    expect(checkSubject(credential, a, settings())).toMatchObject({
      path: '/credentialSubject',
      message: `The credential is about ${b}, did:example:c, but ${a} presents it.`,
    })
    const unnamed = { credentialSubject: { name: 'Ada' } }
    expect(checkSubject(unnamed, a, settings())).toMatchObject({ path: '/credentialSubject' })
    expect(checkSubject({ credentialSubject: { id: a } }, a, settings())).toMatchObject({ path: '/credentialSubject' })
  })
})

describe('checkSameSubject', () => {
  const compare = (record: unknown, outer: unknown) =>
    checkSameSubject({ credentialSubject: record } as never, { credentialSubject: outer } as never)

  it.each([
    [{ id: a }, { id: a }, 'passed'],
    [[{ id: a }, { id: b }], [{ id: b }, { id: a }], 'passed'],
    [{ id: b }, { id: a }, 'skipped'],
    [[{ id: a }, { id: b }], { id: a }, 'skipped'],
    [{ name: 'Ada' }, { id: a }, 'skipped'],
    [{ id: a }, { name: 'Ada' }, 'skipped'],
    [{ id: a }, [{ id: a }, { name: 'Ada' }], 'skipped'],
  ])('%j in a record about %j: %s', (record, outer, outcome) => {
    const checks = compare(record, outer)
    expect(checks).toEqual([expect.objectContaining({ name: 'holder', outcome, path: '/credentialSubject' })])
  })

  it('names who differs', () => {
    expect(compare([{ id: a }, { id: b }], { id: a })[0]?.message).toContain(`It is about ${b}, and`)
    expect(compare({ id: b }, [{ id: a }, { id: 'did:example:c' }])[0]?.message).toContain(`about ${a}, did:example:c:`)
    expect(compare({ name: 'Ada' }, { id: a })[0]?.message).toContain('not compared')
  })
})
