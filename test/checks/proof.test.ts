import { describe, expect, it } from 'vitest'
import { checkProofs } from '../../src/checks/proof.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'
import { edit, school, signedBadge } from '../helpers/fixtures.ts'
import { settings } from '../helpers/settings.ts'

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
    expect(await codes(member)).toEqual(['PROOF_MISSING'])
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
