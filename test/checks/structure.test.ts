import { createDocumentLoader } from 'testamur'
import { describe, expect, it } from 'vitest'
import { checkStructure, dataModelOf, findCredentialProblems } from '../../src/checks/structure.ts'
import type { JsonObject } from '../../src/types.ts'
import { copyOf, edit, learner, plainCredential, school } from '../helpers/fixtures.ts'

const credential = { ...plainCredential(), issuer: school.controller }
const presentation = {
  '@context': credential['@context'],
  type: 'VerifiablePresentation',
  holder: learner.controller,
  verifiableCredential: [],
}

const check = (document: object, kind: 'credential' | 'presentation' = 'credential') =>
  checkStructure(copyOf(document) as JsonObject, kind, createDocumentLoader())

describe('a credential', () => {
  it('that is well-formed passes, once, and the data model is named', async () => {
    expect(await check(credential)).toEqual([
      { name: 'structure', outcome: 'passed', message: 'A well-formed credential (data model 2.0).' },
    ])
  })

  it.each([
    ['/@context', undefined, '/@context'],
    ['/@context', 'https://www.w3.org/ns/did/v1', '/@context'],
    ['/type', 'OpenBadgeCredential', '/type'],
    ['/type', ['VerifiableCredential', 7], '/type'],
    ['/id', 'badge', '/id'],
    ['/id', 'https://a b', '/id'],
    ['/issuer', undefined, '/issuer'],
    ['/issuer', 'Northfield', '/issuer'],
    ['/issuer', { name: 'Northfield' }, '/issuer/id'],
    ['/issuer', [school.controller], '/issuer'],
    ['/credentialSubject', undefined, '/credentialSubject'],
    ['/credentialSubject', 'did:example:1', '/credentialSubject'],
    ['/credentialSubject', [{ id: 'did:example:1' }, {}], '/credentialSubject/1'],
    ['/credentialSubject', [{ id: 'ada' }], '/credentialSubject/0/id'],
    ['/validFrom', '2026-01-01', '/validFrom'],
    ['/validUntil', '2026-01-01T00:00:00', '/validUntil'],
    ['/credentialStatus', { id: 'https://a.example' }, '/credentialStatus/type'],
    ['/credentialStatus', [{ type: 'A', id: 'x' }], '/credentialStatus/0/id'],
    ['/credentialSchema', { type: 'JsonSchema' }, '/credentialSchema/id'],
    ['/evidence', 'photo', '/evidence'],
  ])('with %s = %j has a finding at %s', (path, value, at) => {
    const found = findCredentialProblems(edit(credential, path, value) as JsonObject)
    expect(found.map((finding) => finding.path)).toContain(at)
    for (const { path: where, message } of found) expect(message.startsWith(`${where}: `)).toBe(true)
  })

  it('of data model 1.1 needs its issuanceDate', () => {
    const older = { ...credential, '@context': ['https://www.w3.org/2018/credentials/v1'] } as JsonObject
    expect(findCredentialProblems(older).map(({ path }) => path)).toEqual(['/issuanceDate'])
    expect(findCredentialProblems({ ...older, issuanceDate: '2026-01-01T00:00:00Z' })).toEqual([])
  })
})

describe('a presentation', () => {
  it.each([
    ['/holder', 'me', '/holder'],
    ['/verifiableCredential', [{}, 7], '/verifiableCredential/1'],
    ['/type', 'Presentation', '/type'],
  ])('with %s = %j has a finding at %s', async (path, value, at) => {
    const checks = await check(edit(presentation, path, value), 'presentation')
    expect(checks.map((each) => each.path)).toContain(at)
    expect(checks).toContainEqual(expect.objectContaining({ code: 'PRESENTATION_MALFORMED' }))
  })

  it('needs neither holder nor credentials', async () => {
    expect(await check(presentation, 'presentation')).toEqual([expect.objectContaining({ outcome: 'passed' })])
    const { holder: _, verifiableCredential: __, ...least } = presentation
    expect(await check(least, 'presentation')).toEqual([expect.objectContaining({ outcome: 'passed' })])
  })
})

describe('dataModelOf', () => {
  it.each([
    ['https://www.w3.org/ns/credentials/v2', '2.0'],
    [['https://www.w3.org/2018/credentials/v1', 'https://www.w3.org/ns/credentials/v2'], '1.1'],
    [['https://www.w3.org/ns/did/v1', 'https://www.w3.org/ns/credentials/v2'], undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('goes by the first context: %j', (context, expected) => {
    expect(dataModelOf({ '@context': context } as JsonObject)).toBe(expected)
  })
})
