import { ed25519Signature2020, eddsaRdfc2022 } from 'testamur'
import { describe, expect, it } from 'vitest'
import { checkProofs } from '../../src/checks/proof.ts'
import { UnavailableContextError, UnknownContextError } from '../../src/jsonld/context-errors.ts'
import type { ProofInput } from '../../src/proofs/cryptosuite.ts'
import type { JsonObject, JsonValue, Proof } from '../../src/types.ts'
import { college, didDocument, edit, school, signedBadge } from '../helpers/fixtures.ts'
import { settings } from '../helpers/settings.ts'

const suite = eddsaRdfc2022()
const down = () => Promise.reject(new Error('down'))
const credential = await signedBadge()
const { proof, ...unsecured } = credential as { proof: JsonObject }

const check = (member: JsonValue | undefined, more = {}) =>
  checkProofs(Object.freeze({ ...unsecured }) as JsonObject, member, 'assertionMethod', settings(more))
const codes = async (member: JsonValue | undefined) =>
  (await check(member)).checks.map((each) => ('code' in each ? each.code : each.outcome))

describe('checkProofs', () => {
  it('hands on the good proofs, with who made them and where they stand', async () => {
    expect(await check(proof)).toEqual({
      checks: [expect.objectContaining({ name: 'proof', outcome: 'passed', path: '/proof' })],
      good: [{ proof, controller: school.controller, path: '/proof' }],
    })
    expect((await check([proof, proof])).good.map(({ path }) => path)).toEqual(['/proof/0', '/proof/1'])
  })

  it('hands on none that is not good', async () => {
    expect((await check(edit(proof, '/created', '2020-01-01T00:00:00Z') as JsonObject)).good).toEqual([])
  })

  it.each([undefined, []])('%j is no proof', async (member) => {
    expect((await check(member)).checks).toEqual([
      expect.objectContaining({ code: 'PROOF_MISSING', outcome: 'failed', path: '/proof' }),
    ])
  })

  it.each([7, null, ['c'], {}])('a challenge of %j is refused, and so is such a domain', async (value) => {
    const [challenge] = (await check({ ...proof, challenge: value })).checks
    expect(challenge).toMatchObject({ code: 'PROOF_MALFORMED', path: '/proof/challenge' })
    const [domain] = (await check({ ...proof, domain: ['d', value] as JsonValue })).checks
    expect(domain).toMatchObject({ code: 'PROOF_MALFORMED', path: '/proof/domain' })
  })

  it.each<[string, JsonValue | undefined, string, object]>([
    ['/verificationMethod', 'key-1', '/proof/verificationMethod', {}],
    ['/verificationMethod', `${school.controller}#x`, '/proof/verificationMethod', {}],
    ['/proofPurpose', 'authentication', '/proof/proofPurpose', {}],
    ['/expires', '2020-01-01T00:00:00Z', '/proof/expires', {}],
    ['/created', '2020-01-01T00:00:00Z', '/proof', {}],
    ['/cryptosuite', 'bbs-1066', '/proof', {}],
    ['/created', undefined, '/proof', { formats: [{ ...suite, verify: down }] }],
    ['/proofPurpose', 'assertionMethod', '/proof', { crossCheck: [{ ...suite, verify: async () => false }] }],
    ['/proofPurpose', 'assertionMethod', '/proof/verificationMethod', { formats: [{ ...suite, algorithms: [] }] }],
  ])('points to where it is wrong: %s %j at %s', async (path, value, place, more) => {
    const result = await check(edit(proof, path, value) as JsonObject, more)
    expect(result.checks.map((each) => each.path)).toEqual([place])
    expect(result.checks[0]?.outcome).not.toBe('passed')
    expect(result.good).toEqual([])
  })

  it('a format that nobody gave is named, and so are those that were', async () => {
    const [unknown] = (await check({ ...proof, cryptosuite: 'bbs-1066' }, { formats: [suite] })).checks
    expect(unknown?.message).toContain('"bbs-1066"')
    expect(unknown?.message).toContain(`(${suite.name})`)
    const beside = await check([proof, { ...proof, cryptosuite: 'bbs-1066' }], { formats: [suite] })
    expect(beside.checks).toEqual([
      expect.objectContaining({ outcome: 'passed', path: '/proof/0' }),
      { name: 'proof', outcome: 'skipped', message: unknown?.message, path: '/proof/1' },
    ])
  })

  it('what a format cannot do is told at the value of the proof, and decides nothing beside a good one', async () => {
    const findUnsupported = ({ created }: Proof) => (created === undefined ? 'a pseudonym' : undefined)
    const formats = [{ ...suite, findUnsupported }]
    const odd = edit(proof, '/created') as JsonObject
    const [alone] = (await check(odd, { formats })).checks
    expect(alone).toMatchObject({ outcome: 'inconclusive', code: 'PROOF_FEATURE_UNKNOWN', path: '/proof/proofValue' })
    expect(alone?.message).toContain('with a pseudonym')
    expect((await check([proof, odd], { formats })).checks).toEqual([
      expect.objectContaining({ outcome: 'passed', path: '/proof/0' }),
      { name: 'proof', outcome: 'skipped', message: alone?.message, path: '/proof/1/proofValue' },
    ])
  })

  it('a base proof is told at its value', async () => {
    const formats = [{ ...suite, derive: down, isBase: () => true }]
    expect((await check([proof], { formats })).checks).toEqual([
      expect.objectContaining({ outcome: 'failed', code: 'PROOF_IS_BASE', path: '/proof/0/proofValue' }),
    ])
  })

  it('what a format works on besides is counted over the whole call', async () => {
    const verify = async ({ count }: ProofInput) => {
      count?.(10)
      return true
    }
    const { checks } = await check([proof, proof, proof], {
      formats: [{ ...suite, verify }],
      limits: { statements: 20 },
    })
    expect(checks.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'failed'])
    expect(checks[2]).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      path: '/proof/2',
      detail: { limit: 'statements', allowed: 20 },
    })
  })

  it('nothing but another format is passed over beside a good proof', async () => {
    const resolveDid = async (did: string) => (did === school.controller ? didDocument(school) : down())
    const result = await check([proof, { ...proof, verificationMethod: college.id }], { resolveDid })
    expect(result.checks.map(({ outcome }) => outcome)).toEqual(['passed', 'inconclusive'])
  })

  it('says which limit on look-ups was met, and for which key', async () => {
    const resolveDid = async () => didDocument(school)
    const { checks } = await check([proof, proof], { resolveDid, limits: { lookups: 1 } })
    expect(checks[1]).toMatchObject({
      outcome: 'inconclusive',
      code: 'LIMIT_EXCEEDED',
      path: '/proof/1/verificationMethod',
      detail: { limit: 'lookups', allowed: 1 },
    })
  })

  it('a context that a format cannot have is told as that', async () => {
    const url = 'https://context.example/v1'
    for (const cause of [
      new UnknownContextError(url, 'not known'),
      new UnavailableContextError(url, 'down', undefined),
    ]) {
      const formats = [{ ...suite, verify: () => Promise.reject(cause) }]
      expect((await check(proof, { formats })).checks).toEqual([
        expect.objectContaining({ outcome: 'inconclusive', code: 'CONTEXT_UNKNOWN', path: '/proof' }),
      ])
    }
  })

  it('a second opinion is noted where there was none, and not where there was one', async () => {
    expect((await check(proof, { crossCheck: [suite] })).checks[0]).not.toHaveProperty('notes')
    const envelope = { kind: 'envelope', name: suite.name, open: () => undefined }
    const others = [[ed25519Signature2020()], [envelope]]
    for (const crossCheck of others) {
      const [only] = (await check(proof, { crossCheck })).checks
      expect(only).toMatchObject({ outcome: 'passed', notes: [expect.stringContaining('No second implementation')] })
    }
  })

  it('another scheme that ends like https is no address of a key', async () => {
    const asked: string[] = []
    const resolveController = async (id: string) => {
      asked.push(id)
      return undefined
    }
    for (const id of ['xhttps://school.example/keys#key', 'a+https://school.example/keys#key']) {
      const [only] = (await check({ ...proof, verificationMethod: id }, { resolveController })).checks
      expect(only).toMatchObject({ code: 'KEY_NOT_FOUND', message: expect.stringContaining('is not a DID URL') })
    }
    expect(asked).toEqual([])
  })

  it.each(['verificationMethod', 'proofPurpose', 'proofValue'])('needs %s as text, and says where', async (name) => {
    for (const value of [undefined, 7, '', ['x'], {}]) {
      const { checks } = await check([edit(proof, `/${name}`, value) as JsonObject])
      expect(checks).toEqual([expect.objectContaining({ code: 'PROOF_MALFORMED', path: `/proof/0/${name}` })])
    }
  })

  it.each(['created', 'expires'])('%s must be a date with a zone where it is there', async (name) => {
    for (const value of ['today', 7, '2026-01-01T00:00:00']) {
      expect(await codes(edit(proof, `/${name}`, value) as JsonObject)).toEqual(['PROOF_MALFORMED'])
    }
  })

  it.each(['https://school.example/#1', 'key-1', 'DID:key:z6Mk', '#key'])('%s is no DID URL', async (id) => {
    expect(await codes(edit(proof, '/verificationMethod', id) as JsonObject)).toEqual(['KEY_NOT_FOUND'])
  })

  it('a path or a query behind the DID is another name', async () => {
    const fragment = school.id.split('#')[1]
    for (const id of [`${school.controller}/x#${fragment}`, `${school.controller}?v=1#${fragment}`, `${school.id}#x`]) {
      expect(await codes(edit(proof, '/verificationMethod', id) as JsonObject)).toEqual(['KEY_NOT_FOUND'])
    }
  })

  it('a message never holds a long name whole', async () => {
    const { checks } = await check(edit(proof, '/verificationMethod', `did:key:${'x'.repeat(5000)}#x`) as JsonObject)
    expect(checks[0]?.message.length).toBeLessThan(400)
  })

  it('the look-up gets the caller’s signal', async () => {
    const { signal } = new AbortController()
    const seen: unknown[] = []
    const resolveDid = async (did: string, options?: object) => {
      seen.push([did, options])
      return undefined
    }
    await check(proof, { signal, resolveDid })
    expect(seen).toMatchObject([[school.controller, { signal }]])
  })
})
