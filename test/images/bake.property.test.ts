import fc from 'fast-check'
import { bake, unbake } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { iTXt, png, svg } from '../helpers/pictures.ts'

/** Anything that JSON can say, as a credential that only looks signed. */
const credentials = fc
  .dictionary(
    fc.string({ unit: 'grapheme' }).filter((name) => name !== '__proto__'),
    fc.jsonValue({ stringUnit: 'grapheme' }).filter((value) => !/"__proto__":|e\+|\d{16}/.test(JSON.stringify(value))),
  )
  .map((members) => JSON.stringify({ ...members, type: ['VerifiableCredential'], proof: {} }))

const credentialOf = (image: Uint8Array) => {
  const found = unbake(image)
  if ('problem' in found) throw new Error(found.problem)
  return found.credential
}

describe('unbake after bake', () => {
  it('is the same text byte for byte in a PNG, whatever was there before', () => {
    fc.assert(
      fc.property(credentials, credentials, (text, before) => {
        const image = png(iTXt('openbadgecredential', before))
        expect(credentialOf(bake({ image, credential: text }))).toBe(text)
      }),
    )
  })

  it('is the same JSON in an SVG, and the same text where XML has a place for it', () => {
    fc.assert(
      fc.property(credentials, credentials, (text, before) => {
        const image = bake({ image: svg(), credential: before })
        const found = credentialOf(bake({ image, credential: text }))
        expect(JSON.parse(found)).toEqual(JSON.parse(text))
        if (!/\]\]>|[\ufffe\uffff]/.test(text)) expect(found).toBe(text)
      }),
    )
  })

  it('is an answer for any bytes', () => {
    const start = fc.constantFrom(png().subarray(0, 8), png().subarray(0, 33), Buffer.from('<svg '), Buffer.from('<'))
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 400 }), (begin, rest) => {
        expect(unbake(Buffer.concat([begin, rest]))).toHaveProperty('problem')
      }),
    )
  })
})
