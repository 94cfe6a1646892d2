import { describe, expect, it } from 'vitest'
import { createChecker, MAX_FINDINGS } from '../../src/schema/checker.ts'
import { validateDocument } from '../../src/schema/validator.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'
import { documents, sample } from './documents.ts'

const models = ['2.0', '1.1'] as const

/** A copy with the member at the path set, or dropped when there is no value. */
function changed(document: JsonObject, path: string, value?: JsonValue): JsonObject {
  const copy = structuredClone(document) as unknown as { [key: string]: JsonValue }
  const steps = path.split('/').slice(1)
  const last = steps.pop() ?? ''
  const parent = steps.reduce<unknown>((node, step) => (node as { [key: string]: unknown })[step], copy)
  if (value === undefined) delete (parent as { [key: string]: unknown })[last]
  else (parent as { [key: string]: unknown })[last] = value
  return copy as unknown as JsonObject
}

describe('which schema', () => {
  it.each([...documents.keys()].flatMap((name) => models.map((model) => [name, model] as const)))(
    '%s under VCDM %s passes the strict form',
    (name, model) => {
      const short = model === '2.0' ? 'v2' : 'v1'
      expect(validateDocument(sample(name, model)).schemas).toEqual([
        { name: `${name}-${short}`, standsFor: expect.any(Array), level: 'strict', findings: [] },
      ])
    },
  )

  it('names the published schemas that the document satisfies, or does not', () => {
    const clr = sample('clr-credential', '2.0')
    const lenient = 'https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json'
    const strict = lenient.replace('/json/', '/json-ld/')
    expect(validateDocument(clr).schemas[0]?.standsFor).toEqual([strict, lenient])
    expect(validateDocument(changed(clr, '/name', { en: 'x' })).schemas[0]?.standsFor).toEqual([lenient])
    expect(validateDocument(changed(clr, '/name', 7)).schemas[0]?.standsFor).toEqual([strict, lenient])
  })

  it.each(['AchievementCredential', 'OpenBadgeCredential'])('knows a badge as %s', (type) => {
    const badge = changed(sample('achievement-credential', '2.0'), '/type/1', type)
    expect(validateDocument(badge).schemas.map(({ name, level }) => [name, level])).toEqual([
      ['achievement-credential-v2', 'strict'],
    ])
  })

  it('applies every schema that a document with two kinds asks for', () => {
    const both = changed(sample('achievement-credential', '2.0'), '/type/2', 'EndorsementCredential')
    expect(validateDocument(both).schemas.map(({ name, level }) => [name, level])).toEqual([
      ['achievement-credential-v2', 'strict'],
      ['endorsement-credential-v2', 'none'],
    ])
  })

  it.each<[string, JsonObject]>([
    ['an empty object', {}],
    ['no context', { type: ['VerifiableCredential'] }],
    ['another first context', { '@context': ['https://w3id.org/openbadges/v2'], type: 'Assertion' }],
    ['contexts in the wrong order', changed(sample('clr-credential', '2.0'), '/@context/0', 'https://example.org')],
    ['no known type', { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['__proto__', 'constructor'] }],
    ['a type that is no text', { '@context': 'https://www.w3.org/ns/credentials/v2', type: 7 }],
  ])('finds none for %s', (_, document) => {
    expect(validateDocument(document)).toEqual({ schemas: [] })
  })
})

describe('levels', () => {
  const badge = sample('achievement-credential', '2.0')

  it.each<[string, string, JsonValue, string]>([
    [
      'one value for a list',
      '/proof',
      { type: 'DataIntegrityProof' },
      'must be a list, each item a Proof object, but is an object',
    ],
    [
      'one type name',
      '/credentialSubject/type',
      'AchievementSubject',
      'must be a list that contains "AchievementSubject", but is "AchievementSubject"',
    ],
    ['a language map', '/name', { en: 'Equations', 'de-DE': 'Gleichungen' }, 'must be text, but is an object'],
    ['a language map for a type', '/image/type', { en: 'Image' }, 'must be "Image", but is an object'],
    [
      'a language map of tags',
      '/credentialSubject/achievement/tag',
      { en: 'algebra' },
      'must be a list, each item text, but is an object',
    ],
  ])('%s is lenient, and says what strict wants', (_, path, value, message) => {
    const [verdict] = validateDocument(changed(badge, path, value)).schemas
    expect(verdict).toMatchObject({ level: 'lenient', findings: [{ path, message }] })
  })

  it('takes the picture of a 1.1 badge as a URL, as early issuers wrote it, and that of a 2.0 badge not', () => {
    const level = (model: '1.1' | '2.0') =>
      validateDocument(changed(sample('achievement-credential', model), '/issuer/image', 'https://x.example/a.png'))
        .schemas[0]?.level
    expect([level('1.1'), level('2.0')]).toEqual(['lenient', 'none'])
  })

  it('takes credentials of any kind in a presentation, leniently', () => {
    const mixed = changed(sample('verifiable-presentation', '2.0'), '/verifiableCredential', [
      'eyJ.a.b',
      sample('clr-credential', '1.1'),
    ])
    expect(validateDocument(mixed).schemas[0]?.level).toBe('lenient')
  })

  it('a plain credential has one form', () => {
    const plain = changed(sample('verifiable-credential', '2.0'), '/issuer', 7)
    expect(validateDocument(plain).schemas[0]).toMatchObject({ level: 'none', findings: [{ path: '/issuer' }] })
  })
})

describe('findings', () => {
  const cases: readonly (readonly [string, string, JsonValue | undefined, string, string])[] = [
    [
      'achievement-credential',
      '/validFrom',
      undefined,
      '/validFrom',
      'is missing; must be a date and time with its time zone, like 2026-12-01T00:00:00Z',
    ],
    [
      'achievement-credential',
      '/validFrom',
      '2026-12-01',
      '/validFrom',
      'must be a date and time with its time zone, like 2026-12-01T00:00:00Z, but is "2026-12-01"',
    ],
    ['achievement-credential', '/validUntil', '2026-02-29T00:00:00Z', '/validUntil', 'must be a date and time'],
    [
      'achievement-credential',
      '/credentialSubject/type',
      ['Person'],
      '/credentialSubject/type',
      'must be a list that contains "AchievementSubject"',
    ],
    [
      'achievement-credential',
      '/type',
      ['VerifiableCredential', 'AchievementCredential', 7],
      '/type/2',
      'must be text',
    ],
    [
      'achievement-credential',
      '/@context',
      ['https://www.w3.org/ns/credentials/v2'],
      '/@context/1',
      'is missing; must be the Open Badges context',
    ],
    [
      'achievement-credential',
      '/@context/1',
      'https://example.org/ob.json',
      '/@context/1',
      'must be the Open Badges context',
    ],
    ['achievement-credential', '/@context/2', 7, '/@context/2', 'must be a context: a URL or an object, but is 7'],
    ['achievement-credential', '/issuer', 7, '/issuer', 'must be a Profile object, or text, but is 7'],
    [
      'achievement-credential',
      '/issuer/name',
      { english: 'x' },
      '/issuer/name',
      'must be text (or a map from language to it), but is an object',
    ],
    [
      'achievement-credential',
      '/issuer/dateOfBirth',
      '31.12.2001',
      '/issuer/dateOfBirth',
      'must be a day, like 2001-12-31, but is "31.12.2001"',
    ],
    [
      'achievement-credential',
      '/image/width',
      10,
      '/image/width',
      'is not known here; the members are id, type, caption',
    ],
    ['achievement-credential', '/image/type', 'Picture', '/image/type', 'must be "Image"'],
    [
      'achievement-credential',
      '/credentialSubject/achievement/achievementType',
      'Coursework',
      '/credentialSubject/achievement/achievementType',
      'or a word of one\'s own that begins with ext:, but is "Coursework"',
    ],
    [
      'achievement-credential',
      '/credentialSubject/result/0/status',
      'ext:Done',
      '/credentialSubject/result/0/status',
      '"Provisional", "Withdrew", but is "ext:Done"',
    ],
    [
      'achievement-credential',
      '/credentialSubject/achievement/inLanguage',
      'english',
      '/credentialSubject/achievement/inLanguage',
      'must be a language tag, such as en',
    ],
    [
      'achievement-credential',
      '/credentialSubject/creditsEarned',
      '3',
      '/credentialSubject/creditsEarned',
      'must be a number, but is "3"',
    ],
    [
      'achievement-credential',
      '/credentialSubject/identifier/0/hashed',
      'true',
      '/credentialSubject/identifier/0/hashed',
      'must be true or false',
    ],
    ['achievement-credential', '/endorsementJwt', ['no.jwt'], '/endorsementJwt/0', 'must be a compact JWT'],
    [
      'achievement-credential',
      '/endorsement/0/credentialSubject/id',
      undefined,
      '/endorsement/0/credentialSubject/id',
      'is missing; must be text',
    ],
    [
      'clr-credential',
      '/credentialSubject/verifiableCredential',
      [],
      '/credentialSubject/verifiableCredential',
      'a list that is not empty, each item a VerifiableCredential object, but is an empty list',
    ],
    [
      'clr-credential',
      '/credentialSubject/association/0/associationType',
      null,
      '/credentialSubject/association/0/associationType',
      'but is null',
    ],
    [
      'verifiable-credential',
      '/type',
      ['DegreeCredential'],
      '/type',
      'must be "VerifiableCredential", or a list that contains it',
    ],
    ['verifiable-credential', '/credentialSubject', {}, '/credentialSubject', 'must have at least one member'],
    ['verifiable-credential', '/credentialSubject', [], '/credentialSubject', 'a list that is not empty'],
    [
      'verifiable-credential',
      '/evidence/0/type',
      [],
      '/evidence/0/type',
      'must be a type name, or a list that is not empty',
    ],
    ['verifiable-credential', '/@context/1', {}, '/@context/1', 'must be a context: a URL or an object with terms'],
    [
      'verifiable-credential',
      '/@context/1',
      'https://www.w3.org/ns/credentials/v2',
      '/@context',
      'must name each context once',
    ],
    ['verifiable-presentation', '/type', 'Presentation', '/type', 'must be "VerifiablePresentation"'],
    [
      'verifiable-presentation',
      '/proof/0/proofPurpose',
      undefined,
      '/proof/0/proofPurpose',
      'is missing; must be text',
    ],
  ]

  it.each(cases)('%s with %s = %j', (name, path, value, at, message) => {
    const level = name.startsWith('verifiable') ? 'strict' : 'lenient'
    const findings = createChecker(name, level, '2.0')(changed(sample(name, '2.0'), path, value))
    expect(findings).toEqual([{ path: at, message: expect.stringContaining(message) }])
  })

  it('come deepest first, each once, at most twenty', () => {
    const badge = sample('achievement-credential', '2.0')
    const bad = changed(changed(badge, '/name', 7), '/credentialSubject/achievement/criteria/narrative', 7)
    const paths = validateDocument(bad).schemas[0]?.findings.map(({ path }) => path)
    expect(paths).toEqual(['/credentialSubject/achievement/criteria/narrative', '/name'])
    const many = changed(
      badge,
      '/evidence',
      Array.from({ length: 100 }, () => 7),
    )
    expect(validateDocument(many).schemas[0]?.findings).toHaveLength(MAX_FINDINGS)
  })

  it('escape member names as RFC 6901 asks, and cut long texts', () => {
    const bad = changed(sample('achievement-credential', '2.0'), '/image', { id: 'urn:a', type: 'Image', 'a/b~c': 1 })
    expect(validateDocument(bad).schemas[0]?.findings[0]?.path).toBe('/image/a~1b~0c')
    const long = changed(sample('achievement-credential', '2.0'), '/image/type', 'x'.repeat(10_000))
    expect(validateDocument(long).schemas[0]?.findings[0]?.message.length).toBeLessThan(150)
  })
})

describe('hostile input', () => {
  const badge = sample('achievement-credential', '2.0')

  it.each<[string, JsonValue]>([
    ['null', null],
    ['true', true],
    ['a number', 1e308],
    ['text', 'x'],
    ['a list', []],
    ['a deep list', deep(10_000)],
    ['an object without prototype', Object.create(null) as JsonObject],
  ])('%s in every place leaves findings or none, and no throw', (_, value) => {
    for (const key of [...Object.keys(badge), 'constructor', 'toString', 'hasOwnProperty']) {
      expect(() => validateDocument({ ...badge, [key]: value })).not.toThrow()
    }
  })

  it('stops where classes nest without end', () => {
    let issuer = badge['issuer'] as JsonObject
    for (let level = 0; level < 10_000; level += 1) issuer = { id: 'urn:a', type: ['Profile'], parentOrg: issuer }
    const [verdict] = validateDocument({ ...badge, issuer }).schemas
    expect(verdict?.level).toBe('none')
    expect(verdict?.findings[0]?.message).toBe('is nested deeper than 100 levels; nest less')
  })

  it('stops where contexts nest without end', () => {
    const contexts = [...(sample('verifiable-credential', '2.0')['@context'] as JsonValue[]), { a: deep(10_000) }]
    expect(validateDocument({ ...sample('verifiable-credential', '2.0'), '@context': contexts }).schemas).toHaveLength(
      1,
    )
  })

  it('reads own members only', () => {
    const { validFrom, ...rest } = badge
    const inherited = Object.assign(Object.create({ validFrom }) as JsonObject, rest)
    expect(validateDocument(inherited).schemas[0]?.findings).toMatchObject([{ path: '/validFrom' }])
    expect(
      validateDocument({ ...badge, image: JSON.parse('{"id":"urn:a","type":"Image","__proto__":1}') }).schemas[0],
    ).toMatchObject({
      level: 'none',
      findings: [{ path: '/image/__proto__' }],
    })
  })

  it('takes time that grows with size only', { timeout: 30_000 }, () => {
    const bad = { ...badge, evidence: Array.from({ length: 200_000 }, () => ({ type: 7 })) }
    const closed = {
      ...badge,
      image: Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`m${index}`, 1])),
    }
    const long = {
      ...badge,
      endorsementJwt: ['a.'.repeat(500_000), `${'-'.repeat(1_000_000)}!`],
      name: 'x'.repeat(1_000_000),
    }
    for (const document of [bad, closed, long]) expect(validateDocument(document).schemas[0]?.level).toBe('none')
  })
})

function deep(levels: number): JsonValue {
  let value: JsonValue = []
  for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { id: value, type: value }['id']
  return value
}
