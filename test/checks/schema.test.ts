import { describe, expect, it } from 'vitest'
import { checkConformance, checkSchema } from '../../src/checks/schema.ts'
import type { JsonObject } from '../../src/types.ts'
import { badge, copyOf, edit, plainCredential, school, signedBadge } from '../helpers/fixtures.ts'
import { settings } from '../helpers/settings.ts'

const outcomes = async (credential: object, more = {}) =>
  (await checkSchema(copyOf(credential) as JsonObject, settings(more))).map(({ outcome }) => outcome)
const lacking = edit(await signedBadge(), '/credentialSubject/achievement/description')

describe('checkSchema', () => {
  it('by type: passes, or decides as the level says', async () => {
    expect(await outcomes(await signedBadge())).toEqual(['passed'])
    expect(await outcomes(lacking)).toEqual(['skipped'])
    expect(await outcomes(lacking, { conformance: 'lenient' })).toContain('failed')
  })

  it('a schema of the record’s own kind that it names, it must follow, at every level', async () => {
    const id = 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json'
    const named = { credentialSchema: [{ id, type: '1EdTechJsonSchemaValidator2019' }] }
    expect(await outcomes({ ...(await signedBadge()), ...named })).toEqual(['passed'])
    const checks = await checkSchema({ ...lacking, ...named } as JsonObject, settings())
    expect(checks).toEqual([
      expect.objectContaining({
        code: 'SCHEMA_MISMATCH',
        path: '/credentialSubject/achievement/description',
        message: expect.stringContaining('description'),
      }),
    ])
  })

  it('a record of two kinds is looked at once as each, and no more where it names the schema of one', async () => {
    const both = edit(await signedBadge(), '/type', ['VerifiableCredential', 'OpenBadgeCredential', 'ClrCredential'])
    const byType = await outcomes(both)
    expect(byType).toHaveLength(2)
    const id = 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json'
    expect(await outcomes({ ...both, credentialSchema: { id, type: '1EdTechJsonSchemaValidator2019' } })).toHaveLength(
      2,
    )
  })

  it('tells in notes where a record departs from a shape that it need not follow', async () => {
    const [check] = await checkSchema(lacking as JsonObject, settings())
    expect(check).toMatchObject({ outcome: 'skipped', notes: [expect.stringContaining('description')] })
    const lenient = edit(await signedBadge(), '/credentialSubject/type', 'AchievementSubject') as JsonObject
    expect((await checkSchema(lenient, settings()))[0]).toMatchObject({
      outcome: 'passed',
      notes: expect.arrayContaining([expect.stringContaining('/credentialSubject/type')]),
    })
  })

  it('says where a document does not meet a schema that the caller has', async () => {
    const id = 'https://a.example/1'
    const credential = { ...plainCredential(), credentialSchema: { id, type: 'JsonSchema' } } as JsonObject
    const wanting = { properties: { credentialSubject: { required: ['grade'] } } }
    expect(await checkSchema(credential, settings({ schemas: { [id]: wanting } }))).toContainEqual(
      expect.objectContaining({ code: 'SCHEMA_MISMATCH', path: '/credentialSubject' }),
    )
  })

  it('points to the entry of the schema it speaks of', async () => {
    const entries = ['https://a.example/1', 'https://a.example/2'].map((id) => ({ id, type: 'JsonSchema' }))
    const credential = { ...plainCredential({ credentialSchema: entries }), issuer: school.controller } as JsonObject
    const checks = await checkSchema(credential, settings({ schemas: { 'https://a.example/2': {} } }))
    expect(checks.map(({ path, outcome }) => `${path} ${outcome}`)).toEqual(
      expect.arrayContaining(['/credentialSchema/0 inconclusive', '/credentialSchema/1 passed']),
    )
  })

  it('left out on request is skipped', async () => {
    expect(await outcomes(lacking, { skip: ['schema'], conformance: 'strict' })).toEqual(['skipped'])
  })

  it('asks an address, not a prototype', async () => {
    const entry = { id: 'constructor', type: 'JsonSchema' }
    expect(await outcomes({ ...plainCredential(), credentialSchema: entry }, { schemas: {} })).toContain('inconclusive')
  })
})

describe('checkConformance', () => {
  it('looks at the type alone', () => {
    const unsigned = { ...badge(), issuer: school.controller } as unknown as JsonObject
    expect(checkConformance(unsigned, 'lenient').some(({ outcome }) => outcome === 'failed')).toBe(false)
    const without = edit(unsigned, '/credentialSubject/achievement/description') as JsonObject
    expect(checkConformance(without, 'lenient').some(({ outcome }) => outcome === 'failed')).toBe(true)
    expect(checkConformance(without, 'noted').some(({ outcome }) => outcome === 'failed')).toBe(false)
  })
})
