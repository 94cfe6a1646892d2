/** Assertions of Open Badges 2.0 in pictures (Badge Baking 1.0). */

import { bake, unbake, unbakeAssertion } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { signedBadge } from '../helpers/fixtures.ts'
import { chunk, element, iTXt, png, svg } from '../helpers/pictures.ts'

const url = 'https://school.example/assertions/1'
const json = '{"id":"https://school.example/assertions/1","narrative":"é 😀"}'
const jws = 'eyJhbGciOiJSUzI1NiJ9.e30.AAAA'
const inSvg = (content: string, attributes = '') =>
  svg(`<o:assertion${attributes}>${content}</o:assertion>`, ' xmlns:o="http://openbadges.org"')
const cdata = (text: string) => `<![CDATA[${text}]]>`

describe('unbakeAssertion', () => {
  it.each([
    ['JSON in a PNG', png(iTXt('openbadges', json)), json],
    ['a JWS in a PNG', png(iTXt('openbadges', jws)), jws],
    ['a URL in a PNG older than the specification', png(chunk('tEXt', `openbadges\0${url}`)), url],
    ['JSON in an SVG', inSvg(`\n ${cdata(json)}\n`), json],
    ['JSON in an SVG that names its URL as well', inSvg(cdata(json), ` verify="${url}"`), json],
    ['a JWS in an SVG', inSvg('', ` verify="${jws}"`), jws],
    ['a URL in an SVG', inSvg('', ` verify="${url}"`), url],
  ])('reads %s', (_what, image, assertion) => {
    expect(unbakeAssertion(image)).toEqual({ assertion })
  })

  it('reads one beside a credential, which is not taken for it', async () => {
    const credential = JSON.stringify(await signedBadge())
    const both = png(iTXt('openbadgecredential', credential), iTXt('openbadges', json))
    expect(unbakeAssertion(both)).toEqual({ assertion: json })
    expect(unbake(both)).toEqual({ credential })
  })

  it('is replaced where a credential is baked into the same PNG', async () => {
    const baked = bake({ image: png(iTXt('openbadges', json)), credential: await signedBadge() })
    expect(unbakeAssertion(baked)).toMatchObject({ code: 'CREDENTIAL_MISSING' })
  })

  it.each([
    ['a PNG without one', png(), /^CREDENTIAL_MISSING: the PNG has no/],
    ['an SVG without one', svg(), /^CREDENTIAL_MISSING: the SVG has no/],
    ['an SVG with a credential alone', svg(element('{}')), /^CREDENTIAL_MISSING: /],
    ['an element of another namespace', svg('<assertion>{}</assertion>'), /^CREDENTIAL_MISSING: /],
    ['two', png(iTXt('openbadges', json), chunk('tEXt', `openbadges\0${url}`)), /2 assertions/],
    ['two in an SVG', inSvg(`<o:assertion verify="${jws}"/>`, ` verify="${jws}"`), /2 assertions/],
    ['a compressed one', png(chunk('iTXt', 'openbadges\0\x01\0\0\0bomb')), /compressed/],
    ['JSON in tEXt', png(chunk('tEXt', `openbadges\0${json}`)), /must be in iTXt/],
    ['another scheme in tEXt', png(chunk('tEXt', 'openbadges\0file:///etc/passwd')), /must be in iTXt/],
    ['an endless URL in tEXt', png(chunk('tEXt', `openbadges\0${url}${'x'.repeat(5000)}`)), /must be in iTXt/],
    ['text that is no section', inSvg('{}'), /must be JSON within/],
    ['an empty element', inSvg(''), /must be JSON within/],
    ['an entity of its own', `<!DOCTYPE svg [<!ENTITY a "b">]>${inSvg(cdata(json))}`, /cannot be read/],
    ['a damaged PNG', png(iTXt('openbadges', json)).subarray(0, -6), /ends within/],
    ['no picture', '{}', /neither a PNG nor an SVG/],
  ])('refuses %s', (_what, image, message) => {
    const found = unbakeAssertion(image)
    expect('problem' in found && `${found.code}: ${found.problem}`).toMatch(message)
  })
})
