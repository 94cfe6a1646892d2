/** What `issue` fills in, refuses and promises. */

import { generateKeyPairSync, sign } from 'node:crypto'
import {
  type CredentialError,
  type CredentialInput,
  createDidResolver,
  createIssuer,
  didKey,
  didKeyOf,
  ecdsaRdfc2019,
  ed25519Signature2020,
  eddsaJcs2022,
  eddsaRdfc2022,
  exportKey,
  type Finding,
  generateKey,
  type IssueOptions,
  importKey,
  isCredentialError,
  issue,
  vcJwt,
  verify,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import {
  badge,
  copyOf,
  didDocument,
  edit,
  judge,
  kms,
  learner,
  now,
  plainCredential,
  recordOf,
  school,
  signedBadge,
  thief,
} from './helpers/fixtures.ts'
import { praiseOf } from './helpers/transcript.ts'

async function refused(options: object): Promise<CredentialError> {
  return issue({ credential: badge(), key: school, now, ...options } as IssueOptions).then(
    () => expect.unreachable('was signed'),
    (error: CredentialError) => {
      expect(isCredentialError(error)).toBe(true)
      return error
    },
  )
}

const refusal = async (options: object) => `${(await refused(options)).code}: ${(await refused(options)).message}`
const findings = async (credential: object): Promise<readonly Finding[]> => (await refused({ credential })).findings
const pathsOf = (found: readonly Finding[]) => found.map(({ path }) => path)

describe('findings', () => {
  it('a typo: one message with the property, where it is, and the nearest right term', async () => {
    const found = await findings({ ...badge(), credentialSubject: { ...badge().credentialSubject, achievment: 'x' } })
    expect(found).toHaveLength(1)
    expect(found[0]?.path).toBe('/credentialSubject/achievment')
    expect(found[0]?.message).toContain('"achievment"')
    expect(found[0]?.message).toContain('/credentialSubject/achievment')
    expect(found[0]?.message).toContain('"achievement"')
  })

  it('all at once, each with its JSON Pointer, all in the message', async () => {
    const error = await refused({
      credential: {
        ...plainCredential({ id: 'badge-7', validUntil: '2027-01-01T00:00:00', 'odd/na~me': 1 }),
        credentialSubject: { id: 'ada', nmae: 'Ada' },
        credentialStatus: { id: 'https://school.example/1' },
      },
    })
    const paths = [
      '/id',
      '/validUntil',
      '/odd~1na~0me',
      '/credentialSubject/id',
      '/credentialSubject/nmae',
      '/credentialStatus/type',
    ]
    expect(error.code).toBe('CREDENTIAL_MALFORMED')
    expect(pathsOf(error.findings)).toEqual(expect.arrayContaining(paths))
    for (const { message } of error.findings) expect(error.message).toContain(message)
  })

  it.each(['2027-01-01', '2027-01-01T00:00:00', '2027-02-30T00:00:00Z', '2027-01-01 00:00:00Z', 1_767_225_600])(
    'the date %j: without a zone, or none at all',
    async (date) => {
      const found = await findings(plainCredential({ validUntil: date }))
      expect(pathsOf(found)).toContain('/validUntil')
      expect(found.find(({ path }) => path === '/validUntil')?.message).toMatch(/2026-12-01T00:00:00Z/)
    },
  )

  it.each([
    ['/credentialSubject', undefined],
    ['/credentialSubject', []],
    ['/credentialSubject', {}],
    ['/type', ['OpenBadge']],
    ['/type', undefined],
    ['/@context', ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json']],
    ['/@context', undefined],
    ['/id', 'badge 7'],
    ['/id', 7],
    ['/id', null],
    ['/issuer', ['did:example:1']],
    ['/issuer', null],
    ['/validFrom', null],
  ])('%s may not be %j', async (path, value) => {
    expect(pathsOf(await findings(edit(plainCredential(), path, value)))).toContain(path)
  })

  it('nested objects without their type are told, by the shape of the record', async () => {
    const paths = pathsOf(await findings(edit(badge(), '/credentialSubject/achievement/type')))
    expect(paths.some((path) => path.startsWith('/credentialSubject/achievement'))).toBe(true)
  })

  it('an unknown context alone has a code of its own', async () => {
    const credential = plainCredential({ '@context': [...plainCredential()['@context'], 'https://context.example/v1'] })
    expect(await refusal({ credential })).toMatch(/^CONTEXT_UNKNOWN: .*https:\/\/context\.example\/v1/s)
    const contexts = { 'https://context.example/v1': { '@context': {} } }
    expect(await judge(await issue({ credential, key: school, now, contexts }), { contexts })).toEqual(['valid'])
    const loadDocument = async () => contexts['https://context.example/v1']
    expect(await judge(await issue({ credential, key: school, now, loadDocument }), { loadDocument })).toEqual([
      'valid',
    ])
  })

  it('conformance decides on the shape of the record', async () => {
    const credential = edit(badge(), '/credentialSubject/achievement/description')
    expect(await refusal({ credential })).toMatch(/^CREDENTIAL_MALFORMED: .*description/s)
    expect(
      await judge(await issue({ credential: credential as never, key: school, now, conformance: 'noted' })),
    ).toEqual(['valid'])
  })
})

describe('a record of credentials', async () => {
  const { proof: _, ...learnerRecord } = await recordOf([])
  const record = (...inside: readonly unknown[]) =>
    edit(learnerRecord, '/credentialSubject/verifiableCredential', inside)
  const child = { ...badge(), issuer: school.controller }
  const at = '/credentialSubject/verifiableCredential/1'

  it('with one that nobody signed is refused, in every format', async () => {
    const good = await signedBadge()
    for (const more of [{}, { conformance: 'noted' }, { format: eddsaJcs2022() }, { format: vcJwt() }] as const) {
      for (const unsigned of [child, { ...child, proof: [] }]) {
        const error = await refused({ credential: record(good, unsigned), key: learner, ...more })
        expect(error.code).toBe('CREDENTIAL_MALFORMED')
        expect(pathsOf(error.findings)).toEqual([at])
        expect(error.message).toContain(`${at}: has no proof, so that nobody would take the record; issue it first`)
      }
    }
  })

  it('that are signed, also as a JWT, or with an endorsement that nobody signed, is a neighbour that passes', async () => {
    const text = await issue({ credential: badge(), key: school, now, format: vcJwt() })
    const jwt = {
      '@context': 'https://www.w3.org/ns/credentials/v2',
      id: `data:application/vc+jwt,${text}`,
      type: 'EnvelopedVerifiableCredential',
    }
    const { proof: _, ...praise } = await praiseOf(learnerRecord)
    const credential = edit(record(await signedBadge(), jwt), '/endorsement', [praise])
    const made = await issue({ credential: credential as never, key: learner, now, conformance: 'noted' })
    expect(await judge(made)).toEqual(['valid'])
  })
})

describe('what is filled in', () => {
  it('id, issuer and validFrom', async () => {
    const made = await issue({ credential: plainCredential(), key: school, now })
    expect(made.id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/)
    expect(made).toMatchObject({ issuer: school.controller, validFrom: '2026-11-22T12:00:00Z' })
    expect(made).not.toHaveProperty('issuanceDate')
    expect((await issue({ credential: plainCredential(), key: school, now })).id).not.toBe(made.id)
  })

  it('nothing that is there', async () => {
    const given = {
      id: 'urn:example:7',
      validFrom: '2020-01-01T00:00:00+01:00',
      issuer: { id: school.controller, name: 'N' },
    }
    expect(await issue({ credential: plainCredential(given), key: school, now })).toMatchObject(given)
  })

  it('under data model 1.1 issuanceDate', async () => {
    const credential = {
      ...plainCredential(),
      '@context': ['https://www.w3.org/2018/credentials/v1'],
      credentialSubject: { id: learner.controller },
    }
    const made = await issue({ credential, key: school, now })
    expect(made).toMatchObject({ issuanceDate: '2026-11-22T12:00:00Z' })
    expect(made).not.toHaveProperty('validFrom')
    expect(await judge(made)).toEqual(['valid'])
  })

  it('the profile of an issuer of badges gets its type and id', async () => {
    const made = await issue({ credential: { ...badge(), issuer: { name: 'Northfield' } as never }, key: school, now })
    expect(made.issuer).toEqual({ id: school.controller, type: ['Profile'], name: 'Northfield' })
    expect(await judge(made)).toEqual(['valid'])
  })

  it('one context as text becomes a list', async () => {
    const made = await issue({
      credential: { ...plainCredential(), '@context': plainCredential()['@context'][0] as string },
      key: school,
      now,
    })
    expect(made['@context']).toEqual(plainCredential()['@context'])
  })
})

describe('the proof', () => {
  it('is of the key’s own format, or the one that is given', async () => {
    const p256 = await generateKey({ algorithm: 'P-256', seed: new Uint8Array(32).fill(5) })
    const p384 = await generateKey({ algorithm: 'P-384', seed: new Uint8Array(48).fill(5) })
    expect((await issue({ credential: badge(), key: school, now })).proof).toMatchObject([
      { cryptosuite: 'eddsa-rdfc-2022' },
    ])
    for (const key of [p256, p384]) {
      const made = await issue({ credential: badge(), key, now })
      expect(made.proof).toMatchObject([{ cryptosuite: 'ecdsa-rdfc-2019', verificationMethod: key.id }])
      expect(await judge(made)).toEqual(['valid'])
    }
    const older = await issue({ credential: badge(), key: school, now, format: ed25519Signature2020() })
    expect(older.proof).toMatchObject([{ type: 'Ed25519Signature2020', created: '2026-11-22T12:00:00Z' }])
    expect(await judge(older)).toEqual(['valid'])
  })

  it('may be several, each good by itself', async () => {
    const made = copyOf(
      await issue({ credential: badge(), key: school, now, format: [eddsaRdfc2022(), ed25519Signature2020()] }),
    )
    const proofs = made['proof'] as object[]
    expect(proofs).toHaveLength(2)
    for (const proof of [...proofs, proofs]) expect(await judge({ ...made, proof })).toEqual(['valid'])
  })

  it('is not made over one that is there', async () => {
    const made = await issue({ credential: badge(), key: school, now })
    expect(await refusal({ credential: made })).toMatch(/^CREDENTIAL_SECURED/)
    expect(await refusal({ credential: { ...badge(), proof: null } })).toMatch(/^CREDENTIAL_SECURED/)
  })

  it('is refused to a key that the format does not take', async () => {
    expect(await refusal({ format: ecdsaRdfc2019() })).toMatch(/^KEY_UNSUPPORTED: .*P-256 or P-384, not with Ed25519/)
    expect(await refusal({ format: [] })).toMatch(/^OPTION_INVALID/)
  })

  it('is named first where a key has none by default', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const key = await importKey(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())
    const said = await refusal({ key, format: undefined })
    expect(said).toMatch(/^KEY_UNSUPPORTED: issue: RSA is for JWTs: give format, such as vcJwt\(\); /)
    expect(await refusal({ key: await generateKey({ algorithm: 'Bls12381G2' }), format: undefined })).toMatch(
      /^KEY_UNSUPPORTED: issue: BBS keys are for format: bbs2023\(\); /,
    )
  })

  it('is an envelope for whatever date its claims can say, and for no other', async () => {
    for (const validFrom of ['1965-06-15T00:00:00Z', '0000-01-01T00:00:00Z']) {
      expect(await judge(await issue({ credential: badge({ validFrom }), key: school, now, format: vcJwt() }))).toEqual(
        ['valid'],
      )
    }
    const said = await refusal({ credential: badge({ validFrom: '0000-01-01T00:00:00+01:00' }), format: vcJwt() })
    expect(said).toMatch(/^OPTION_INVALID: issue: VC-JWT cannot carry it: its claim "nbf" is no time/)
  })

  it('is refused where the function that makes the format was not called', async () => {
    const right = 'OPTION_INVALID: issue: format is given the function vcJwt; call it: vcJwt()'
    expect(await refusal({ format: vcJwt as never })).toBe(right)
    expect(await refusal({ format: [ecdsaRdfc2019(), vcJwt as never] })).toBe(right)
    expect(await refusal({ format: 'vc-jwt' as never })).toContain('not their names')
  })
})

describe('the signer', () => {
  it('may be a KMS that shows nothing, for a did:key', async () => {
    const signer = kms(school)
    expect(Object.keys(signer).sort()).toEqual(['algorithm', 'controller', 'id', 'sign'])
    expect(await judge(await issue({ credential: badge(), key: signer, now }))).toEqual(['valid'])
  })

  it('that holds another key than its name says is found out, and nothing is returned', async () => {
    expect(await refusal({ key: { ...kms(school), sign: thief.sign } })).toMatch(/^SIGNATURE_WRONG: .*another key/)
    expect(await refusal({ key: { ...school, sign: async () => new Uint8Array(64) } })).toMatch(/^SIGNATURE_WRONG/)
    expect(await refusal({ key: { ...school, sign: async () => new Uint8Array(3) } })).toMatch(/^SIGNATURE_WRONG/)
  })

  it('must be the issuer', async () => {
    const error = await refused({ credential: { ...badge(), issuer: thief.controller } })
    expect(error).toMatchObject({ code: 'CREDENTIAL_MALFORMED', findings: [{ path: '/issuer' }] })
    expect(error.message).toContain(thief.controller)
  })

  it.each([
    undefined,
    null,
    {},
    'key',
    { ...school, id: 'did:key:other#1' },
    { ...school, sign: undefined },
    { ...school, controller: 'did:key:z6' },
  ])('that is none (%#) is refused', async (key) => {
    expect(await refusal({ key })).toMatch(/^OPTION_INVALID: issue: key must be a Signer/)
  })

  describe('of a did:web', async () => {
    const key = await generateKey({ id: 'did:web:school.example#key-1', seed: new Uint8Array(32).fill(1) })
    const method = { publicKeyMultibase: school.id.split('#')[1] }
    const document = didDocument(key, {}, method)
    const resolveDid = createDidResolver({ key: didKey(), web: async () => document })

    it('in memory may sign before its document is out', async () => {
      expect(await judge(await issue({ credential: badge(), key, now }), { resolveDid })).toEqual(['valid'])
    })

    it('in a KMS needs resolveDid, and is told so', async () => {
      expect(await refusal({ key: kms(key) })).toMatch(/^OPTION_INVALID: .*give resolveDid/)
      expect(await judge(await issue({ credential: badge(), key: kms(key), now, resolveDid }), { resolveDid })).toEqual(
        ['valid'],
      )
    })

    it('must be in its document, for this purpose, with this key', async () => {
      const documents = [
        didDocument(key, { assertionMethod: [] }, method),
        didDocument(key, {}, { ...method, id: `${key.controller}#other` }),
        { id: key.controller },
        undefined,
      ]
      for (const answer of documents) {
        expect(await refusal({ key, resolveDid: async () => answer })).toMatch(/^OPTION_INVALID: .*has no Ed25519 key/)
      }
      const other = didDocument(key, {}, { publicKeyMultibase: thief.id.split('#')[1] })
      expect(await refusal({ key, resolveDid: async () => other })).toMatch(/^SIGNATURE_WRONG/)
    })
  })
})

describe('input and output', () => {
  it('the input is not changed, and may be frozen', async () => {
    const credential = copyOf(badge())
    const made = await issue({ credential: credential as never, key: school, now })
    expect(credential).toEqual(badge())
    expect(Object.isFrozen(badge())).toBe(true)
    expect(made).toMatchObject(credential)
  })

  it('the output is frozen, all of it', async () => {
    const made = await issue({ credential: badge(), key: school, now })
    for (const part of [made, made['@context'], made.credentialSubject.achievement, made.proof]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })

  it('a later change of the input changes nothing', async () => {
    const credential = copyOf(badge())
    const pending = issue({ credential: credential as never, key: school, now })
    credential['name'] = 'Doctorate'
    expect(await pending).toMatchObject({ name: 'Welding' })
  })

  it.each([
    [undefined],
    [null],
    ['{}'],
    [[]],
    [{ ...plainCredential(), validFrom: new Date() }],
    [{ ...plainCredential(), f: () => 1 }],
    [{ ...plainCredential(), n: Number.NaN }],
    [new Map()],
  ])('what is no plain object (%#) is refused', async (credential) => {
    expect(await refusal({ credential })).toMatch(/^OPTION_INVALID: issue: credential must be a plain object/)
  })

  it.each(['formats', 'suite', 'documentLoader', 'verificationMethod'])('the option %s is not known', async (name) => {
    expect(await refusal({ [name]: {} })).toMatch(new RegExp(`^OPTION_INVALID: .*"${name}"`))
  })

  it('no error holds private bytes', async () => {
    const { d } = await exportKey(school)
    for (const error of [
      await refused({ credential: { ...badge(), grade: 'A' } }),
      await refused({ format: ecdsaRdfc2019() }),
      await refused({ key: { ...school, sign: thief.sign } }),
    ]) {
      expect(JSON.stringify([error, error.message, error.stack, error.findings])).not.toContain(d)
    }
  })
})

describe('createIssuer', () => {
  it('puts its profile into each credential, with the key’s id', async () => {
    const issuer = createIssuer({
      key: school,
      profile: { name: 'Northfield', image: 'https://school.example/logo.png' },
    })
    expect(issuer.profile).toMatchObject({ id: school.controller, name: 'Northfield' })
    const made = await issuer.issue({ credential: badge(), now })
    expect(made.issuer).toMatchObject({ id: school.controller, name: 'Northfield' })
    expect(await judge(made)).toEqual(['valid'])
    expect(() => createIssuer({ key: school, profile: { id: 'did:example:other' } })).toThrow(/belongs to/)
  })

  it('without a profile names the DID alone, and leaves an issuer that is there', async () => {
    const issuer = createIssuer({ key: school })
    expect((await issuer.issue({ credential: badge(), now })).issuer).toBe(school.controller)
    const named: CredentialInput = { ...badge(), issuer: { id: school.controller, name: 'By hand' } }
    expect((await issuer.issue({ credential: named, now })).issuer).toMatchObject({ name: 'By hand' })
    await expect(issuer.issue({ credential: { ...badge(), issuer: thief.controller }, now })).rejects.toThrow(
      /the key belongs/,
    )
  })

  it('passes its options on', async () => {
    const issuer = createIssuer({ key: school, format: ed25519Signature2020() })
    const made = await issuer.issue({ credential: badge(), now })
    expect(made.proof).toMatchObject([{ type: 'Ed25519Signature2020' }])
    expect((await verify({ credential: made, now })).verified).toBe(true)
  })
})

it('a signer that answers in DER form is told so', async () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = await didKeyOf(pair.publicKey.export({ format: 'jwk' }))
  const der = { ...name, sign: async (data: Uint8Array) => sign('sha256', data, pair.privateKey) }
  const right = {
    ...name,
    sign: async (data: Uint8Array) => sign('sha256', data, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }),
  }
  expect(await refused({ key: der })).toMatchObject({
    code: 'SIGNATURE_WRONG',
    message: expect.stringContaining('DER'),
  })
  expect(await judge(await issue({ credential: badge(), key: right, now }))).toEqual(['valid'])
})
