import {
  type Envelope,
  eddsaRdfc2022,
  exportKey,
  generateKey,
  type RsaPrivateJwk,
  vcJose,
  vcJwt,
  verify,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import { badge, codesOf, edit, judge, judgePresentation, learner, now, presented, school } from '../helpers/fixtures.ts'
import { forge, headerOf, joseBadge, jwtBadge, part, payloadOf } from '../helpers/jwt.ts'

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

  it.each(['a.b.c', 'e.bb', 'aa.bb.cc', 'ee.bb.cc.dd', 'ee bb.cc.dd', 'e-mail'])('%j is no JWT', async (text) => {
    expect(await judge(text)).toEqual(['INPUT_MALFORMED'])
  })

  it('a long text of dots, tildes and blanks is read at once', async () => {
    const started = performance.now()
    for (const text of [
      `e${'a'.repeat(400_000)}.`,
      ' '.repeat(900_000),
      `${'ea.'.repeat(300_000)}`,
      `ea.bb.cc~${'~'.repeat(500_000)}!`,
    ]) {
      expect(await judge(text)).toEqual(['INPUT_MALFORMED'])
    }
    expect(performance.now() - started).toBeLessThan(2000)
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
    expect(await judge(credential)).toEqual(['valid'])
    expect(await judgePresentation(await presented([credential]))).toEqual(['valid'])
    expect(await judge(enveloped(`data:application/jwt,${jwt}`))).toEqual(['valid'])
  })

  it('holds what its media type says', async () => {
    expect(await judge(enveloped(`data:application/jwt,${jose}`))).toEqual(['PROOF_MALFORMED'])
    expect(await judge(enveloped(`data:application/vp+jwt,${jose}`))).toEqual(['PROOF_MALFORMED'])
    expect(await judge(enveloped('data:application/vc+cose,2oRDoQ'))).toEqual(['PROOF_FORMAT_UNKNOWN'])
  })

  it.each([
    ['no data URL', enveloped(jose)],
    ['no id', enveloped(undefined)],
    ['words beside the text, which nobody signed', enveloped(`data:application/vc+jwt,${jose}`, { name: 'Wielding' })],
    ['parameters', enveloped(`data:application/vc+jwt;base64,${jose}`)],
    ['no context', enveloped(`data:application/vc+jwt,${jose}`, { '@context': [] })],
    ['another context', enveloped(`data:application/vc+jwt,${jose}`, { '@context': 'https://www.w3.org/ns/did/v1' })],
  ])('is refused with %s', async (_name, credential) => {
    expect(await judge(credential)).toEqual(['CREDENTIAL_MALFORMED'])
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
    expect(await judge(withKid, { issuerKeys: async () => ({}) as { keys: object[] } })).toEqual(['KEY_UNAVAILABLE'])
  })
})

it('the algorithm of the header is the one the signer has a key of', async () => {
  const key = await generateKey({ algorithm: 'P-256' })
  const text = await jwtBadge({}, key)
  expect(headerOf(text)['alg']).toBe('ES256')
  expect(await judge(text)).toEqual(['valid'])
  expect(await judge(edit({ text }, '/text', text)['text'])).toEqual(['valid'])
})
