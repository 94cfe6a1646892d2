import { verify } from 'testamur'
import { bake, unbake } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { codesOf, now, signedBadge } from '../helpers/fixtures.ts'
import { jwtBadge } from '../helpers/jwt.ts'
import { element, openbadges, svg } from '../helpers/pictures.ts'

const badge = await signedBadge()
const json = JSON.stringify(badge)
const jwt = await jwtBadge()
const declared = ` xmlns:openbadges="${openbadges}"`
const textOf = (image: Uint8Array) => new TextDecoder().decode(image)
const problemOf = (image: string) => {
  const found = unbake(image)
  return 'problem' in found ? `${found.code}: ${found.problem}` : 'a credential'
}

describe('bake', () => {
  it('puts JSON into the body of the element, directly behind the first tag, and the namespace on that tag', () => {
    expect(textOf(bake({ image: svg(), credential: json }))).toBe(
      svg(`<openbadges:credential><![CDATA[${json}]]></openbadges:credential>`, declared),
    )
  })

  it('puts a JWT into the attribute verify', () => {
    expect(textOf(bake({ image: new TextEncoder().encode(svg()), credential: jwt }))).toBe(
      svg(`<openbadges:credential verify="${jwt}"></openbadges:credential>`, declared),
    )
  })

  it('replaces what was baked before, also two, also one within another', () => {
    const once = bake({ image: svg(), credential: json })
    expect(bake({ image: once, credential: json })).toEqual(once)
    const nested = element('{}').replace('<![', `${element('{}')}<![`)
    const twice = svg(`${element('{}')}${nested}`, declared)
    expect(bake({ image: twice, credential: json })).toEqual(once)
  })

  it('declares the namespace on the element where its prefix is another on the outermost', () => {
    const image = svg('', ' xmlns:openbadges="http://openbadges.org"')
    const baked = textOf(bake({ image, credential: json }))
    expect(baked).toContain(`<openbadges:credential${declared}>`)
    expect(unbake(baked)).toEqual({ credential: json })
  })

  it.each([
    ['one tag alone', '<svg xmlns="http://www.w3.org/2000/svg" />'],
    ['a prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>'],
    ['a byte order mark', '\uFEFF<svg xmlns="http://www.w3.org/2000/svg"></svg>'],
    [
      'a document type that is only named',
      svg().replace('<svg', '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">\n<svg'),
    ],
    [
      'comments, instructions and entities of XML',
      svg('<?a b?><!-- a & b <c> --><title>A &amp; B &#233;</title><style><![CDATA[a>b{} <x> &c;]]></style>'),
    ],
  ])('takes %s', (_what, image) => {
    const baked = bake({ image, credential: json })
    expect(unbake(baked)).toEqual({ credential: json })
    expect(textOf(baked).trimEnd()).toMatch(image.includes('<s:svg') ? /<\/s:svg>$/ : /<\/svg>$/)
  })

  it('escapes what would end the section, or has no place in XML, so that the JSON says the same', () => {
    const odd = { ...badge, name: 'a]]>b\uffff\ufffe<!--&c;' }
    const found = unbake(bake({ image: svg(), credential: odd }))
    expect(JSON.parse('credential' in found ? found.credential : '')).toEqual(odd)
  })

  it('refuses a picture that cannot be read', () => {
    expect(() => bake({ image: '<svg><p></svg>', credential: json })).toThrow(/image: the SVG cannot be read/)
    expect(() => bake({ image: Buffer.from(svg(), 'utf16le'), credential: json })).toThrow(/no place for/)
    expect(() => bake({ image: Buffer.from([0x3c, 0xff]), credential: json })).toThrow(/neither a PNG nor an SVG/)
  })
})

describe('unbake', () => {
  it.each([
    ['JSON with space around', svg(`\n ${element('{"é":"😀"}')}`), '{"é":"😀"}'],
    ['several sections as one', svg(element('{"a":"]]]]>\n<![CDATA[>"}')), '{"a":"]]>"}'],
    ['any prefix', svg(`<x:credential xmlns:x='${openbadges}'><![CDATA[{}]]></x:credential>`), '{}'],
    ['one among metadata', svg(`<metadata>${element('{}')}</metadata>`), '{}'],
    ['a JWT in one tag', svg(`<openbadges:credential verify='${jwt}'/>`, declared), jwt],
  ])('reads %s', (_what, image, credential) => {
    expect(unbake(image)).toEqual({ credential })
  })

  it.each([
    ['nothing baked', svg(), /^CREDENTIAL_MISSING: the SVG has no credential/],
    [
      'an assertion of 2.0',
      svg('', ' xmlns:openbadges="http://openbadges.org"'),
      /^CREDENTIAL_MISSING: .*Open Badges 2\.0/,
    ],
    ['one in a comment alone', svg(`<!-- ${element('{}')} -->`), /^CREDENTIAL_MISSING/],
    [
      'one in a section of something else',
      svg(`<style><![CDATA[<openbadges:credential verify="${jwt}"/>]]></style>`, declared),
      /^CREDENTIAL_MISSING/,
    ],
    ['one without namespace', svg(`<credential verify="${jwt}"/>`), /^CREDENTIAL_MISSING/],
    ['one of another namespace', svg(element('{}').replace('v3p0', 'v3p1')), /^CREDENTIAL_MISSING/],
    [
      'a prefix declared before',
      svg(`<g${declared}></g><openbadges:credential verify="${jwt}"/>`),
      /^CREDENTIAL_MISSING/,
    ],
    [
      'a prefix declared elsewhere',
      svg(`<g${declared}/><openbadges:credential verify="${jwt}"/>`),
      /^CREDENTIAL_MISSING/,
    ],
    ['two credentials', svg(element('{}') + element('{}')), /^INPUT_MALFORMED: the SVG has 2 credentials/],
    [
      'two by different prefixes',
      svg(`${element('{}')}<g xmlns="${openbadges}"><credential verify="${jwt}"/></g>`),
      /2 credentials/,
    ],
    ['one within another', svg(element('{}').replace('<![', `${element('{}')}<![`)), /2 credentials/],
    ['both forms at once', svg(element('{}').replace(' xmlns', ` verify="${jwt}" xmlns`)), /only one of them/],
    ['text that is no section', svg(element('').replace('<![CDATA[]]>', '{}')), /must be JSON within/],
    ['escaped text', svg(element('').replace('<![CDATA[]]>', '{&quot;a&quot;:1}')), /must be JSON within/],
    ['a comment between', svg(element('{}').replace('<![', '<!-- a --><![')), /must be JSON within/],
    ['an empty one', svg(element('')), /must be JSON within/],
    [
      'declarations of entities',
      svg().replace('<svg', '<!DOCTYPE svg [<!ENTITY a "b">]><svg'),
      /declarations of its own/,
    ],
    [
      'a billion laughs',
      svg(element('&lol9;')).replace(
        '<svg',
        `<!DOCTYPE svg [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${i + 1} "${'&lol;'.repeat(10)}">`).join('')}]><svg`,
      ),
      /declarations of its own/,
    ],
    ['a second document type', svg().replace('<svg', '<!DOCTYPE svg><!DOCTYPE svg><svg'), /a declaration at/],
    ['a document type within', svg('<!DOCTYPE svg>'), /a declaration at/],
    ['an entity of its own', svg('<title>&eacute;</title>'), /an entity at/],
    ['an entity in an attribute', svg('<a b="&c;"/>'), /an entity at/],
    [
      'a namespace written with an entity',
      svg(`<x:credential xmlns:x="https:&#47;&#47;purl.imsglobal.org/ob/v3p0" verify="${jwt}"/>${element('{}')}`),
      /a namespace with an entity/,
    ],
    ['a tag that is not closed', svg('<g>'), /closes what is not open/],
    ['tags that cross', svg('<g><a></g></a>'), /closes what is not open/],
    ['an end without a start', '<svg xmlns="http://www.w3.org/2000/svg"/></svg>', /closes what is not open/],
    ['no end', svg().replace('</svg>', ''), /ends within an element/],
    ['two outermost elements', `${svg()}<svg/>`, /second outermost element/],
    ['text behind', `${svg()}x`, /outside of all elements/],
    ['a comment with hyphens', svg('<!-- a -- b -->'), /"--" within/],
    ['a comment without end', svg('<!-- a'), /has no end/],
    ['a section without end', svg('<![CDATA[ a'), /CDATA section has no end/],
    [
      'an attribute twice',
      svg(`<openbadges:credential verify="a" verify="${jwt}"/>`, declared),
      /attribute verify twice/,
    ],
    ['an attribute without quotes', svg('<a b=c/>'), /has no end/],
    ['"<" in an attribute', svg('<a b="<"/>'), /has no end/],
    ['a tag without a name', svg('< a/>'), /no tag at/],
    ['a second XML declaration', svg('<?xml version="1.0"?>'), /not at the start/],
    ['another encoding', svg().replace('UTF-8', 'UTF-16'), /not in UTF-8/],
    ['control characters', svg('\u0000'), /characters that XML has no place for/],
    ['an HTML page', '<!DOCTYPE html><html><body></body></html>', /not an SVG/],
    ['an SVG without namespace', '<svg/>', /not an SVG/],
    ['a thousand levels', svg('<g>'.repeat(1000) + '</g>'.repeat(1000)), /deeper than 256/],
    ['too many elements', svg('<g/>'.repeat(250_000)), /more than 250000 elements/],
  ])('refuses %s', (_what, image, message) => {
    expect(problemOf(image)).toMatch(message)
  })

  it.each([
    ['comments never ended', '<!--'.repeat(500_000)],
    ['attributes never ended', `<a${' b="c"'.repeat(300_000)}`],
    ['space', `<svg${' '.repeat(2_000_000)}`],
    ['ampersands', svg('&amp;'.repeat(400_000))],
    [
      'declared prefixes in every element',
      svg(
        `<g${Array.from({ length: 20_000 }, (_, i) => ` xmlns:p${i}="a"`).join('')}>${'<p1:a xmlns:p2="b"/>'.repeat(50_000)}</g>`,
      ),
    ],
    ['one long name', svg(`<${'a'.repeat(2_000_000)}/>`)],
  ])('does not take long over two megabytes of %s', (_what, image) => {
    expect(unbake(image)).toHaveProperty('problem')
  })
})

describe('verify', () => {
  it.each([
    ['JSON', badge],
    ['a JWT', jwt],
  ])('takes a picture with %s, as bytes and as text', async (_what, credential) => {
    const image = bake({ image: svg(), credential })
    expect(codesOf(await verify({ credential: image, now }))).toEqual(['valid'])
    expect(codesOf(await verify({ credential: textOf(image), now }))).toEqual(['valid'])
  })

  it('takes one of a megabyte', async () => {
    const image = bake({ image: svg(`<path d="${'M 1 2 '.repeat(170_000)}"/>`), credential: badge })
    expect(codesOf(await verify({ credential: image, now }))).toEqual(['valid'])
  })

  it('says what is wrong with a picture', async () => {
    expect(codesOf(await verify({ credential: svg(), now }))).toEqual(['CREDENTIAL_MISSING'])
    expect(codesOf(await verify({ credential: svg(element(json) + element(json)), now }))).toEqual(['INPUT_MALFORMED'])
    expect(codesOf(await verify({ credential: Buffer.from([0x3c, 0xff]), now }))).toEqual(['INPUT_MALFORMED'])
  })
})
