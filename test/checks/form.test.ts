import { describe, expect, it } from 'vitest'
import { checkForm } from '../../src/checks/form.ts'
import { readJson } from '../../src/encoding/json.ts'

const check = (input: unknown, kind: 'credential' | 'presentation' = 'credential') => checkForm(readJson(input), kind)

describe('checkForm', () => {
  it.each([[{}], [{ type: 'VerifiableCredential' }], [{ type: ['A', 'VerifiableCredential'] }], ['{"type":[]}']])(
    'has nothing to say of %j',
    (input) => {
      expect(check(input)).toEqual([])
    },
  )

  it.each([null, true, 7, [], '[]', '7', 'null', '"text"', ''])('%j is no object', (input) => {
    expect(check(input)).toEqual([expect.objectContaining({ code: 'INPUT_MALFORMED', outcome: 'failed', path: '' })])
  })

  it('says where in the input the trouble is', () => {
    expect(check({ a: [{ 'b/c': () => 1 }] })).toEqual([expect.objectContaining({ path: '/a/0/b~1c' })])
  })

  it('tells the two kinds apart, and takes what says it is both', () => {
    const credential = { type: 'VerifiableCredential' }
    const presentation = { type: 'VerifiablePresentation' }
    expect(check(presentation)).toEqual([
      expect.objectContaining({
        code: 'CREDENTIAL_MALFORMED',
        path: '/type',
        message: expect.stringContaining('This is a presentation'),
      }),
    ])
    expect(check(credential, 'presentation')).toEqual([
      expect.objectContaining({
        code: 'PRESENTATION_MALFORMED',
        message: expect.stringContaining('This is a credential'),
      }),
    ])
    expect(check({ type: ['VerifiableCredential', 'VerifiablePresentation'] })).toEqual([])
  })
})
