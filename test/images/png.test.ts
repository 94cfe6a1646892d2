import { verify } from 'testamur'
import { bake, unbake } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { codesOf, now, signedBadge } from '../helpers/fixtures.ts'
import { jwtBadge } from '../helpers/jwt.ts'
import { chunk, chunks, iTXt, largePng, png } from '../helpers/pictures.ts'

const badge = await signedBadge()
const json = JSON.stringify(badge)
const jwt = await jwtBadge()
const keyword = 'openbadgecredential'
const problemOf = (image: Uint8Array) => {
  const found = unbake(image)
  return 'problem' in found ? `${found.code}: ${found.problem}` : 'a credential'
}
/** The types and first bytes of the chunks, by another reader than ours. */
function list(image: Uint8Array): readonly string[] {
  const bytes = Buffer.from(image)
  const found: string[] = []
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const data = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at))
    found.push(`${bytes.toString('latin1', at + 4, at + 8)} ${data.toString('latin1', 0, 24)}`.trimEnd())
  }
  return found
}

describe('bake', () => {
  it('writes one uncompressed chunk behind the first, and leaves the picture as it was', () => {
    const image = png()
    const baked = bake({ image, credential: badge })
    expect(list(baked).map((each) => each.slice(0, 29))).toMatchObject(
      [/^IHDR/, `iTXt ${keyword}\0\0\0\0\0`, /^IDAT/, 'IEND'].map((each) =>
        typeof each === 'string' ? each : expect.stringMatching(each),
      ),
    )
    expect(Buffer.concat([baked.subarray(0, 33), baked.subarray(33 + 12 + 24 + Buffer.byteLength(json))])).toEqual(
      image,
    )
  })

  it('replaces what was baked before, by whatever keyword', () => {
    const before = png(
      iTXt(keyword, '{}'),
      iTXt('clrcredential', '{}'),
      iTXt('openbadges', '{}'),
      chunk('tEXt', `${keyword}\0{}`),
    )
    const baked = bake({ image: before, credential: jwt })
    expect(baked).toEqual(bake({ image: png(), credential: jwt }))
    expect(bake({ image: baked, credential: json })).toEqual(bake({ image: png(), credential: json }))
  })

  it('keeps text that is no credential', () => {
    const comment = iTXt('Comment', 'for Ada')
    expect(list(bake({ image: png(comment), credential: badge })).join()).toContain('iTXt Comment')
  })

  it('names a record of many credentials as such, also as JWT', async () => {
    const clr = { ...badge, type: ['VerifiableCredential', 'ClrCredential'] }
    const payload = Buffer.from(JSON.stringify({ vc: clr })).toString('base64url')
    for (const credential of [clr, `eyJhbGciOiJub25lIn0.${payload}.AAAA`]) {
      expect(list(bake({ image: png(), credential }))[1]).toMatch(/^iTXt clrcredential/)
    }
  })

  it.each([
    ['no picture', { image: Buffer.from('GIF89a'), credential: json }, /image: it is neither a PNG nor an SVG/],
    ['no bytes', { image: [1], credential: json }, /image must be a Uint8Array/],
    ['a damaged picture', { image: png().subarray(0, 60), credential: json }, /image: the PNG ends within/],
    ['a presentation', { image: png(), credential: { type: 'VerifiablePresentation', proof: {} } }, /only credentials/],
    ['no JSON', { image: png(), credential: 'hello' }, /credential must be a signed credential/],
    ['an SD-JWT', { image: png(), credential: `${jwt}~` }, /credential must be a signed credential/],
  ])('refuses %s', (_what, options, message) => {
    expect(() => bake(options as never)).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringMatching(message) }),
    )
  })

  it('refuses a credential without proof', () => {
    const { proof: _, ...unsigned } = badge
    expect(() => bake({ image: png(), credential: unsigned })).toThrow(
      expect.objectContaining({ code: 'PROOF_MISSING' }),
    )
  })
})

describe('unbake', () => {
  it.each([keyword, 'clrcredential'])('reads %s, with fields before the text', (name) => {
    expect(unbake(png(iTXt(name, '{"é":"😀"}')))).toEqual({ credential: '{"é":"😀"}' })
  })

  it.each([
    ['nothing baked', png(), /^CREDENTIAL_MISSING: the PNG has no credential/],
    ['an assertion of 2.0', png(iTXt('openbadges', '{}')), /^CREDENTIAL_MISSING: .*Open Badges 2\.0/],
    ['two credentials', png(iTXt(keyword, '{}'), iTXt(keyword, '{}')), /^INPUT_MALFORMED: the PNG has 2 credentials/],
    ['two by different keywords', png(iTXt(keyword, '{}'), iTXt('clrcredential', '{}')), /2 credentials/],
    ['a second one in tEXt', png(iTXt(keyword, '{}'), chunk('tEXt', `${keyword}\0{}`)), /2 credentials/],
    ['one in tEXt', png(chunk('tEXt', `${keyword}\0{}`)), /is in a chunk tEXt; it must be in iTXt/],
    ['one in zTXt', png(chunk('zTXt', `${keyword}\0\0x`)), /is in a chunk zTXt/],
    ['a compressed one', png(chunk('iTXt', `${keyword}\0\x01\0\0\0bomb`)), /is compressed/],
    ['another method', png(chunk('iTXt', `${keyword}\0\0\x01\0\0{}`)), /without its fields/],
    ['no end of the fields', png(chunk('iTXt', `${keyword}\0\0\0en`)), /without its fields/],
    ['no UTF-8', png(iTXt(keyword, Buffer.from([0x7b, 0xff, 0x7d]))), /is not UTF-8/],
    ['a wrong checksum', png(chunk('iTXt', `${keyword}\0\0\0\0\0{}`, 1)), /checksum of the PNG's chunk iTXt/],
    ['a wrong checksum elsewhere', png(chunk('noSe', 'x', 1), iTXt(keyword, '{}')), /checksum of the PNG's chunk noSe/],
    ['bytes behind the end', Buffer.concat([png(iTXt(keyword, '{}')), iTXt(keyword, '{}')]), /bytes behind its end/],
    [
      'a length beyond the file',
      chunks(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 0])),
      /ends within the chunk at byte 8/,
    ],
    ['half a chunk', png(iTXt(keyword, '{}')).subarray(0, -6), /ends within the chunk/],
    ['no end', chunks(chunk('IHDR', Buffer.alloc(13)), iTXt(keyword, '{}')), /no end/],
    ['no beginning', chunks(iTXt(keyword, '{}'), chunk('IEND')), /must begin with its one chunk IHDR/],
    ['two beginnings', png(chunk('IHDR', Buffer.alloc(13)), iTXt(keyword, '{}')), /one chunk IHDR/],
    ['a chunk without a name', png(chunk('i xt', '')), /no chunk at byte/],
    ['the signature alone', chunks(), /no end/],
    ['no picture', Buffer.from('{}'), /neither a PNG nor an SVG/],
  ])('refuses %s', (_what, image, message) => {
    expect(problemOf(image)).toMatch(message)
  })

  it('answers for each way a file may be cut off or changed in one byte', () => {
    const good = png(iTXt(keyword, json))
    for (let at = 0; at < good.length; at += 7) {
      expect(unbake(good.subarray(0, at))).toHaveProperty('problem')
      const changed = Buffer.from(good)
      changed[at] = (changed[at] as number) ^ 1
      expect(unbake(changed)).toHaveProperty('problem')
    }
  })
})

describe('verify', () => {
  it.each([
    ['JSON', badge],
    ['a JWT', jwt],
  ])('takes a picture with %s', async (_what, credential) => {
    const report = await verify({ credential: bake({ image: png(), credential }), now })
    expect(codesOf(report)).toEqual(['valid'])
  })

  it('takes a picture of a megabyte', async () => {
    const report = await verify({ credential: bake({ image: largePng(1_000_000), credential: badge }), now })
    expect(codesOf(report)).toEqual(['valid'])
  })

  it('gives what came as JWT back to be baked again', async () => {
    const report = await verify({ credential: jwt, now })
    if (!report.verified) throw new Error('not valid')
    expect(unbake(bake({ image: png(), credential: report.credential }))).toEqual({ credential: jwt })
  })

  it('looks at the credential and not at the picture: another picture, the same verdict; another credential, none', async () => {
    const forged = json.replace('Welding', 'Wielding')
    expect(codesOf(await verify({ credential: png(iTXt(keyword, forged)), now }))).toEqual(['PROOF_INVALID'])
  })

  it('says what is wrong with a picture', async () => {
    expect(codesOf(await verify({ credential: png(), now }))).toEqual(['CREDENTIAL_MISSING'])
    expect(codesOf(await verify({ credential: png(iTXt(keyword, json), iTXt(keyword, json)), now }))).toEqual([
      'INPUT_MALFORMED',
    ])
  })

  it('holds a picture to the limit of bytes before it is looked at', async () => {
    const report = await verify({
      credential: bake({ image: largePng(20_000), credential: badge }),
      now,
      limits: { bytes: 19_000 },
    })
    expect(codesOf(report)).toEqual(['LIMIT_EXCEEDED'])
  })
})
