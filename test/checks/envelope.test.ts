import {
  type Envelope,
  eddsaRdfc2022,
  exportKey,
  type Format,
  generateKey,
  type Key,
  type Opened,
  type OpenResult,
  type RsaPrivateJwk,
  vcJose,
  vcJwt,
  verify,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import { contentsOf } from '../../src/checks/envelope.ts'
import {
  badge,
  challenge,
  codesOf,
  edit,
  judge,
  judgePresentation,
  learner,
  now,
  presented,
  school,
} from '../helpers/fixtures.ts'
import { forge, headerOf, joseBadge, jwtBadge, part, payloadOf } from '../helpers/jwt.ts'
import { settings } from '../helpers/settings.ts'

const [jwt, jose] = [await jwtBadge(), await joseBadge()]

describe('what an envelope is recognised by', () => {
  it.each([
    ['VC-JWT', jwt],
    ['vc+jwt', jose],
  ])('%s is read as text, with blanks around it, and as bytes', async (_name, text) => {
    for (const form of [text, ` ${text}\n`, new TextEncoder().encode(text), JSON.stringify(text)]) {
      expect(await judge(form)).toEqual(['valid'])
    }
  })

  it('a JWT of a type that no format takes is undecided', async () => {
    for (const typ of ['at+jwt', 'kb+jwt', 'secevent+jwt', 'JOSE']) {
      expect(await judge(await forge(payloadOf(jwt), { typ }))).toEqual(['PROOF_FORMAT_UNKNOWN'])
    }
  })

  it('a format that was not given is not opened', async () => {
    expect(await judge(jwt, { formats: [eddsaRdfc2022(), vcJose()] })).toEqual(['PROOF_FORMAT_UNKNOWN'])
    expect(await judge(jose, { formats: [vcJose()] })).toEqual(['valid'])
  })

  it('is read up to its limit on length', async () => {
    const bytes = new TextEncoder().encode(jwt)
    for (const credential of [jwt, bytes]) {
      expect(await judge(credential, { limits: { bytes: jwt.length } })).toEqual(['valid'])
      const report = await verify({ credential, now, limits: { bytes: jwt.length - 1 } })
      expect(report.checks[0]).toMatchObject({
        name: 'structure',
        code: 'LIMIT_EXCEEDED',
        detail: { limit: 'bytes', allowed: jwt.length - 1, found: jwt.length },
      })
    }
  })

  it('is nothing that throws when it is asked what it is', async () => {
    const trap = () => {
      throw new Error('never')
    }
    expect(await judge(new Proxy({}, { getPrototypeOf: trap }))).toEqual(['INPUT_MALFORMED'])
  })

  it.each([`x${jwt}`, `${jwt}!`, `${jwt}.x`, `${jwt}~!`, `e.${jwt}`, 'e', 'e..', 'é.bb.cc', 'ee.é.cc', 'ee.bb.é'])(
    '%j is no JWT either',
    async (text) => {
      expect(await judge(text)).toEqual(['INPUT_MALFORMED'])
    },
  )

  it.each(['ee..', 'ee.bb.', 'ee.bb.cc', 'ee.bb.cc~', 'ee.bb.cc~dd~', 'ee.bb.cc~dd.ee', 'e-_.b-_.c-_'])(
    '%j could be one',
    async (text) => {
      expect(await judge(text)).not.toContain('INPUT_MALFORMED')
    },
  )

  it.each(['a.b.c', 'e.bb', 'aa.bb.cc', 'ee.bb.cc.dd', 'ee bb.cc.dd', 'e-mail'])('%j is no JWT', async (text) => {
    expect(await judge(text)).toEqual(['INPUT_MALFORMED'])
  })

  it.each(['7', 'null', 'true', '[]', '""', new TextEncoder().encode(jwt).buffer])('%j is no text', async (input) => {
    expect(await judge(input)).toEqual(['INPUT_MALFORMED'])
    expect(await contentsOf(input, settings())).toBeUndefined()
  })

  it('a list is looked into in an envelope and without one', async () => {
    expect(await contentsOf(jose, settings())).toMatchObject({ name: payloadOf(jose)['name'] })
    expect(await contentsOf('{"id":"urn:x"}', settings())).toEqual({ id: 'urn:x' })
    expect(await contentsOf(await forge(payloadOf(jose), { typ: 'at+jwt' }), settings())).toBeUndefined()
  })

  it('a long text of dots, tildes and blanks is read at once', { timeout: 30_000 }, async () => {
    for (const text of [
      `e${'a'.repeat(400_000)}.`,
      ' '.repeat(900_000),
      `${'ea.'.repeat(300_000)}`,
      `ea.bb.cc~${'~'.repeat(500_000)}!`,
    ]) {
      expect(await judge(text)).toEqual(['INPUT_MALFORMED'])
    }
  })
})

describe('the enveloped form', () => {
  const enveloped = (id: unknown, more: object = {}) => ({
    '@context': 'https://www.w3.org/ns/credentials/v2',
    type: 'EnvelopedVerifiableCredential',
    id,
    ...more,
  })

  it('is opened, alone and in a presentation', async () => {
    const credential = enveloped(`data:application/vc+jwt,${jose}`)
    const types = ['EnvelopedVerifiableCredential']
    expect(await judge(enveloped(`data:application/vc+jwt,${jose}`, { type: types }))).toEqual(['valid'])
    expect(await judge(credential)).toEqual(['valid'])
    expect(await judgePresentation(await presented([credential]))).toEqual(['valid'])
    expect(await judge(enveloped(`data:application/jwt,${jwt}`))).toEqual(['valid'])
  })

  it('holds what its media type says', async () => {
    expect(await judge(enveloped(`data:application/vp+jwt,${jose}`))).toEqual(['PROOF_MALFORMED'])
    expect(await judge(enveloped(`data:application/vp+jwt,${jwt}`))).toEqual(['PROOF_MALFORMED'])
    expect(await judge(enveloped(`data:application/vc+sd-jwt,${jose}`))).toEqual(['PROOF_MALFORMED'])
    expect(await judge(enveloped('data:application/vc+cose,2oRDoQ'))).toEqual(['PROOF_FORMAT_UNKNOWN'])
    const { checks } = await verify({ credential: enveloped(`data:application/vp+jwt,${jose}`), now })
    expect(checks[0]?.message).toBe('It is said to be application/vp+jwt, but what it holds is application/vc+jwt.')
  })

  it('may be called a JWT by the general name, or by that of its kind, with a note', async () => {
    for (const [id, note] of [
      [`data:application/jwt,${jose}`, 'It is said to be application/jwt; by its own header it is application/vc+jwt.'],
      [
        `data:application/vc+jwt,${jwt}`,
        'It is said to be application/vc+jwt; by its own header it is application/jwt.',
      ],
    ] as const) {
      const report = await verify({ credential: enveloped(id), now })
      expect(report.verdict).toBe('valid')
      expect(report.checks.find(({ name }) => name === 'proof')?.notes).toContain(note)
    }
    const report = await verify({ credential: enveloped(`data:application/vc+jwt,${jose}`), now })
    expect(report.checks.find(({ name }) => name === 'proof')?.notes ?? []).toEqual([])
  })

  it.each([
    ['no data URL', enveloped(jose)],
    ['no id', enveloped(undefined)],
    ['something before the data URL', enveloped(` data:application/vc+jwt,${jose}`)],
    ['nothing behind it', enveloped('data:application/vc+jwt')],
    ['words beside the text, which nobody signed', enveloped(`data:application/vc+jwt,${jose}`, { name: 'Wielding' })],
    ['parameters', enveloped(`data:application/vc+jwt;base64,${jose}`)],
    ['no context', enveloped(`data:application/vc+jwt,${jose}`, { '@context': [] })],
    ['another context', enveloped(`data:application/vc+jwt,${jose}`, { '@context': 'https://www.w3.org/ns/did/v1' })],
  ])('is refused with %s', async (_name, credential) => {
    expect(await judge(credential)).toEqual(['CREDENTIAL_MALFORMED'])
    const [check] = (await verify({ credential, now })).checks
    expect(check?.path).toBe(_name.includes('context') ? '/@context' : '/id')
  })

  it('may be of a presentation', async () => {
    const vp = { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'] }
    const text = await forge({ ...vp, holder: school.controller, nonce: challenge }, { typ: 'vp+jwt' })
    const type = 'EnvelopedVerifiablePresentation'
    const id = `data:application/vp+jwt,${text}`
    expect(await judgePresentation(enveloped(id, { type }))).toEqual(['valid'])
    expect(await judgePresentation(enveloped(id, { type: [type] }))).toEqual(['valid'])
    expect(await judgePresentation(enveloped(`data:application/jwt,${text}`, { type }))).toEqual(['valid'])
    expect(await judgePresentation(enveloped(`data:application/vc+jwt,${text}`, { type }))).toEqual(['PROOF_MALFORMED'])
    expect(await judgePresentation(enveloped(text, { type }))).toEqual(['PRESENTATION_MALFORMED'])
    expect(await judgePresentation(enveloped(id))).toEqual(['PRESENTATION_MALFORMED'])
  })

  it('is not taken for a presentation', async () => {
    const text = await forge({ ...payloadOf(jose), type: ['VerifiablePresentation'], holder: learner.controller })
    expect(await judge(enveloped(`data:application/jwt,${text}`))).toEqual(['CREDENTIAL_MALFORMED'])
  })
})

describe('the report', () => {
  it('holds the credential as it was issued, and the text it came in', async () => {
    const report = await verify({ credential: jwt, now })
    expect(report).toMatchObject({
      verified: true,
      issuer: school.controller,
      envelope: { mediaType: 'application/jwt', text: jwt },
      credential: { ...badge(), issuer: school.controller },
    })
    expect(report.verified && Object.keys(report.credential)).not.toContain('iss')
    expect(report.checks).toContainEqual(
      expect.objectContaining({ name: 'proof', outcome: 'passed', message: expect.stringContaining('VC-JWT, EdDSA') }),
    )
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  it('gives nothing out as verified that is not', async () => {
    const forged = `${jwt.split('.')[0]}.${part({ ...payloadOf(jwt), name: 'Wielding' })}.${jwt.split('.')[2]}`
    const report = await verify({ credential: forged, now })
    expect(codesOf(report)).toEqual(['PROOF_INVALID'])
    expect(report).not.toHaveProperty('credential')
    expect(report).not.toHaveProperty('envelope')
  })

  it('is undecided where a format could not find out', async () => {
    const broken: Envelope = {
      ...vcJwt(),
      open: () => {
        throw new Error('out of order')
      },
    }
    expect(await judge(jwt, { formats: [broken] })).toEqual(['PROOF_UNAVAILABLE'])
    expect(await verify({ credential: jwt, now, formats: [broken] })).toMatchObject({ verdict: 'indeterminate' })
    const opened = await vcJwt().open(jwt)
    const undecided: Envelope = {
      ...vcJwt(),
      open: () => ({
        ...(opened as Exclude<typeof opened, undefined>),
        verify: () => Promise.reject(new Error('later')),
      }),
    }
    expect(await judge(jwt, { formats: [undecided] })).toEqual(['PROOF_UNAVAILABLE'])
  })
})

describe('a second opinion', () => {
  const saying = (answer: OpenResult | (() => never)): Envelope => ({
    ...vcJwt(),
    open: typeof answer === 'function' ? answer : () => answer,
  })
  const opinion = async (verdict: boolean) => ({
    ...((await vcJwt().open(jwt)) as Opened),
    verify: async () => verdict,
  })
  const forged = `${jwt.slice(0, -4)}${jwt.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`

  it('must be the same', async () => {
    const [yes, no] = [saying(await opinion(true)), saying(await opinion(false))]
    expect(await judge(jwt, { crossCheck: [yes] })).toEqual(['valid'])
    expect(await judge(jwt, { crossCheck: [no] })).toEqual(['PROOF_DISPUTED'])
    expect(await judge(forged, { crossCheck: [yes] })).toEqual(['PROOF_DISPUTED'])
    expect(await judge(forged, { crossCheck: [no] })).toEqual(['PROOF_INVALID'])
  })

  it('that cannot read the text is a no, unless it says that it does not know', async () => {
    const refused: OpenResult = { problem: 'no', code: 'PROOF_MALFORMED' }
    for (const answer of [undefined, refused]) {
      expect(await judge(jwt, { crossCheck: [saying(answer)] })).toEqual(['PROOF_DISPUTED'])
      expect(await judge(forged, { crossCheck: [saying(answer)] })).toEqual(['PROOF_INVALID'])
    }
    const unsure = saying({ ...refused, isUnknown: true })
    const broken = saying(() => {
      throw new Error('out of order')
    })
    for (const second of [unsure, broken]) {
      expect(await judge(jwt, { crossCheck: [second] })).toEqual(['PROOF_UNAVAILABLE'])
    }
  })

  it('is for its own format, and missed where there is none', async () => {
    const notesOf = async (crossCheck: readonly Format[]) => {
      const report = await verify({ credential: jwt, now, crossCheck })
      expect(report.verdict).toBe('valid')
      return report.checks.find(({ name }) => name === 'proof')?.notes ?? []
    }
    const other = saying(await opinion(false))
    expect(await notesOf([{ ...other, name: 'vc+jwt' }])).toEqual([expect.stringContaining('No second implementation')])
    expect(await notesOf([saying(await opinion(true))])).toEqual([])
    expect(await notesOf([])).toEqual([])
    // A value of another kind under its name has no say in it.
    const proofs = { ...eddsaRdfc2022(), name: vcJwt().name }
    expect(await judge(jwt, { crossCheck: [proofs] })).toEqual(['PROOF_DISPUTED'])
  })
})

describe('who signed', () => {
  it('is the issuer, where the JWT names nobody else', async () => {
    const { iss: _, ...unnamed } = payloadOf(jwt)
    expect(await judge(await forge(unnamed, { kid: undefined }))).toEqual(['valid'])
    expect(await judge(await forge(unnamed, { kid: undefined }, learner))).toEqual(['PROOF_INVALID'])
  })

  it('is not known of a presentation that names nobody', async () => {
    const vp = { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'] }
    const text = await forge({ ...vp, nonce: challenge }, { kid: undefined })
    expect(await judgePresentation(text)).toEqual(['KEY_NOT_FOUND'])
    const named = await forge({ ...vp, nonce: challenge, holder: school.controller }, { kid: undefined })
    expect(await judgePresentation(named)).toEqual(['valid'])
  })

  it('may show the key along with the text, which must be the very one', async () => {
    const jwkOf = async (key: Key) => {
      const { d: _, ...jwk } = (await exportKey(key)) as { readonly d?: string }
      return jwk
    }
    const [own, other] = [await jwkOf(school), await jwkOf(learner)]
    const curve = await generateKey({ algorithm: 'P-256' })
    expect(await judge(await forge(payloadOf(jwt), { jwk: own }))).toEqual(['valid'])
    for (const jwk of [other, await jwkOf(curve), { ...own, x: 'AAAA' }, {}]) {
      expect(await judge(await forge(payloadOf(jwt), { jwk }))).toEqual(['KEY_NOT_FOUND'])
    }
  })

  it('a proof inside as well is not looked at, and told', async () => {
    const report = await verify({ credential: await forge({ ...payloadOf(jwt), proof: { type: 'Another' } }), now })
    expect(report.verdict).toBe('valid')
    expect(report.checks.find(({ name }) => name === 'proof')?.notes).toEqual([
      'It has a proof inside as well, which was not looked at.',
    ])
    const plain = await verify({ credential: jwt, now })
    expect(plain.checks.find(({ name }) => name === 'proof')).not.toHaveProperty('notes')
  })
})

describe('an issuer whose id is not a DID', async () => {
  const issuer = 'https://school.example/issuers/1'
  const key = await generateKey({ algorithm: 'RSA' })
  const { kty, n, e } = (await exportKey(key)) as RsaPrivateJwk
  const jwk = { kty, n, e }
  const payload = { ...payloadOf(jwt), issuer: { id: issuer, type: ['Profile'] }, iss: issuer }
  const withKid = await forge(payload, { kid: 'key-1' }, key)
  const withJwk = await forge(payload, { kid: undefined, jwk }, key)
  const keys = (...set: readonly object[]) => ({ issuerKeys: async () => ({ keys: set }) })

  it('is undecided as long as nobody says where its keys are', async () => {
    for (const text of [withKid, withJwk]) expect(await judge(text)).toEqual(['KEY_UNAVAILABLE'])
    const text = await forge(payload, { kid: undefined }, key)
    expect(await judge(text, keys(jwk))).toEqual(['valid'])
    expect(await judge(text, keys({ ...jwk, kid: 'key-7' }))).toEqual(['valid'])
    const { checks } = await verify({ credential: withJwk, now })
    expect(checks.find(({ name }) => name === 'proof')?.message).toMatch(/option issuerKeys\); a key that a JWT brings/)
  })

  it('may have others in its set, and a hundred are looked at', async () => {
    const { d: _, ...other } = (await exportKey(await generateKey({ algorithm: 'P-256' }))) as { readonly d?: string }
    const { n: n2 } = (await exportKey(await generateKey({ algorithm: 'RSA' }))) as RsaPrivateJwk
    const text = await forge(payload, { kid: undefined }, key)
    expect(await judge(text, keys(other, jwk))).toEqual(['valid'])
    expect(await judge(withJwk, keys({ ...jwk, n: n2 }, jwk))).toEqual(['valid'])
    expect(await judge(withJwk, keys({ ...jwk, n: n2 }))).toEqual(['KEY_NOT_FOUND'])
    const many = (count: number) => [...Array(count).fill({ ...jwk, use: 'enc' }), jwk]
    expect(await judge(text, keys(...many(99)))).toEqual(['valid'])
    expect(await judge(text, keys(...many(100)))).toEqual(['KEY_NOT_FOUND'])
    const messageOf = async (...set: readonly object[]) =>
      (await verify({ credential: text, now, ...keys(...set) })).checks.find(({ name }) => name === 'proof')?.message
    expect(await messageOf()).toContain('none is the one')
    expect(await messageOf(jwk, jwk)).toContain('more than one is the one')
  })

  it('is verified by its own key set, by name or because the key is the same', async () => {
    expect(
      await judge(withKid, keys({ ...jwk, kid: 'key-0' }, { ...jwk, kid: 'key-1', alg: 'RS256', use: 'sig' })),
    ).toEqual(['valid'])
    expect(await judge(withJwk, keys(jwk))).toEqual(['valid'])
  })

  it('asks for the issuer and the key that the JWT names', async () => {
    const asked: unknown[] = []
    const issuerKeys = async (...args: readonly unknown[]) => {
      asked.push(args)
      return undefined
    }
    expect(await judge(withKid, { issuerKeys })).toEqual(['KEY_NOT_FOUND'])
    expect(asked).toEqual([[issuer, expect.objectContaining({ kid: 'key-1' })]])
    expect(await judge(withJwk, { issuerKeys })).toEqual(['KEY_NOT_FOUND'])
    expect(asked[1]).toEqual([issuer, expect.not.objectContaining({ kid: undefined })])
  })

  it.each([
    ['no set', undefined],
    ['an empty set', { keys: [] }],
    ['a key of another name', { keys: [{ ...jwk, kid: 'key-2' }] }],
    ['a key for another algorithm', { keys: [{ ...jwk, kid: 'key-1', alg: 'PS256' }] }],
    ['a key for encryption', { keys: [{ ...jwk, kid: 'key-1', use: 'enc' }] }],
    [
      'two keys of this name',
      {
        keys: [
          { ...jwk, kid: 'key-1' },
          { ...jwk, kid: 'key-1' },
        ],
      },
    ],
    ['what is no key', { keys: [7, null, 'key-1', { kty: 'oct', kid: 'key-1', k: 'AAAA' }] }],
  ])('is refused with %s', async (_name, set) => {
    expect(await judge(withKid, { issuerKeys: async () => set as { keys: object[] } })).toEqual(['KEY_NOT_FOUND'])
  })

  it('is undecided where the look-up fails', async () => {
    const failing = { issuerKeys: () => Promise.reject(new Error('the line is down')) }
    expect(await judge(withKid, failing)).toEqual(['KEY_UNAVAILABLE'])
    for (const answer of [{}, null, 7]) {
      const issuerKeys = async () => answer as { keys: object[] }
      const { checks } = await verify({ credential: withKid, now, issuerKeys })
      expect(checks.find(({ name }) => name === 'proof')).toMatchObject({
        code: 'KEY_UNAVAILABLE',
        message: expect.stringContaining('no JWK Set'),
      })
    }
  })
})

it('the algorithm of the header is the one the signer has a key of', async () => {
  const key = await generateKey({ algorithm: 'P-256' })
  const text = await jwtBadge({}, key)
  expect(headerOf(text)['alg']).toBe('ES256')
  expect(await judge(text)).toEqual(['valid'])
  expect(await judge(edit({ text }, '/text', text)['text'])).toEqual(['valid'])
})
