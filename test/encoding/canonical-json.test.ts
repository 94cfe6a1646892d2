/** Canonical JSON: the examples of RFC 8785, and agreement with a library on any value. */

import canonicalizeModule from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/encoding/canonical-json.ts'
import type { JsonValue } from '../../src/types.ts'

const canonicalize = canonicalizeModule as unknown as (value: unknown) => string

describe('canonical JSON', () => {
  it('is that of RFC 8785 section 3.2.2', () => {
    const text = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`
    const canonical = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`
    expect(canonicalJson(JSON.parse(text) as JsonValue)).toBe(canonical)
  })

  it('sorts members by UTF-16 unit, as in RFC 8785 section 3.2.3', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6']
    const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 0])))
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']
    expect(text).toBe(`{${sorted.map((name) => `${JSON.stringify(name)}:0`).join()}}`)
  })

  it.each([
    ['0', -0],
    ['5e-324', 5e-324],
    ['1.7976931348623157e+308', 1.7976931348623157e308],
    ['9007199254740992', 9007199254740992],
    ['295147905179352830000', 295147905179352830000],
    ['9.999999999999997e+22', 9.999999999999997e22],
    ['1e+23', 1e23],
    ['333333333.33333325', 333333333.33333325],
    ['0.000001', 0.000001],
    ['1e-7', 1e-7],
  ])('writes %s as RFC 8785 appendix B does', (text, number) => {
    expect(canonicalJson(number)).toBe(text)
  })

  it('leaves out members that are not there', () => {
    expect(canonicalJson({ b: undefined, a: [] })).toBe('{"a":[]}')
  })

  it('agrees with the library, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value as JsonValue)
        expect(text).toBe(canonicalize(value))
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
