import { describe, expect, it } from 'vitest'
import { checkForm } from '../../src/checks/form.ts'
import { readJson } from '../../src/encoding/json.ts'

const check = (input: unknown, kind: 'credential' | 'presentation' = 'credential') =>
  checkForm(readJson(input), input, kind)

describe('checkForm', () => {
  it.each([[{}], [{ type: 'VerifiableCredential' }], [{ type: ['A', 'VerifiableCredential'] }], ['{"type":[]}']])(
    'has nothing to say of %j',
    (input) => {
      expect(check(input)).toEqual([])
    },
  )

  it.each([null, true, 7, [], '[]', '7', 'null', '"text"', ''])('%j is no object', (input) => {
    expect(check(input)).toEqual([expect.objectContaining({ code: 'INPUT_MALFORMED', outcome: 'failed' })])
  })

  it('says where in the input the trouble is', () => {
    expect(check({ a: [{ 'b/c': () => 1 }] })).toEqual([expect.objectContaining({ path: '/a/0/b~1c' })])
  })

  it('tells the two kinds apart, and takes what says it is both', () => {
    const credential = { type: 'VerifiableCredential' }
    const presentation = { type: 'VerifiablePresentation' }
    expect(check(presentation)).toEqual([expect.objectContaining({ code: 'CREDENTIAL_MALFORMED', path: '/type' })])
    expect(check(credential, 'presentation')).toEqual([expect.objectContaining({ code: 'PRESENTATION_MALFORMED' })])
    expect(check({ type: ['VerifiableCredential', 'VerifiablePresentation'] })).toEqual([])
  })

  it.each(['aa.bb.cc', 'aa..cc', ' aa.bb.cc\n', 'aa.bb.cc~dd~'])('%j looks like a JWT', (input) => {
    expect(check(input)).toEqual([expect.objectContaining({ code: 'PROOF_FORMAT_UNKNOWN', outcome: 'inconclusive' })])
  })

  it.each(['a.b.c', 'aa.bb', 'aa.bb.', 'aa.bb.cc.dd', 'aa bb.cc.dd', '1.5'])('%j does not', (input) => {
    expect(check(input)).toEqual([expect.objectContaining({ code: 'INPUT_MALFORMED' })])
  })

  it('a long text of dots and blanks is read at once', () => {
    const started = performance.now()
    for (const text of [
      `${'a'.repeat(400_000)}.`,
      ' '.repeat(900_000),
      `${'aa.'.repeat(300_000)}`,
      `aa.bb.cc~${'~'.repeat(500_000)}!`,
    ]) {
      check(text)
    }
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
