/** The server that other people's suites run against: what the specifications ask of it, in our own words. */

import { request as requestOf } from 'node:https'
import {
  bbs2023,
  createDidResolver,
  didKey,
  generateKey,
  type Key,
  present,
  vcJwt,
  verify,
  withoutChallenge,
} from 'testamur'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConformanceServer, startConformanceServer } from '../../src/adapters/conformance-server.ts'
import { copyOf, type Document, edit } from '../helpers/fixtures.ts'
import { proofOver } from '../helpers/hand-made.ts'
import type { Answer as HandlerAnswer } from '../helpers/http.ts'

const profiles = [
  'ed25519signature2020',
  'eddsa-rdfc-2022',
  'eddsa-jcs-2022',
  'ecdsa-rdfc-2019-p256',
  'ecdsa-rdfc-2019-p384',
  'ecdsa-jcs-2019-p256',
  'ecdsa-jcs-2019-p384',
  'ecdsa-sd-2023',
  'bbs-2023',
  'vc-jwt',
  'status',
] as const

type Answer = Pick<HandlerAnswer, 'status' | 'body'> & { readonly type: string }

const errors: unknown[] = []
let server: ConformanceServer
let proofOnly: ConformanceServer
let issuers: Record<string, { id: string; path: string }>

beforeAll(async () => {
  server = await startConformanceServer({ onError: (error) => errors.push(error) })
  proofOnly = await startConformanceServer({ proofOnly: true })
  issuers = (await ask('/conformance.json')).body.issuers
})
afterAll(async () => {
  await server.close()
  await proofOnly.close()
  expect(errors).toEqual([])
})

/** Trusts the certificate of the server and nothing else. */
function ask(path: string, options: { body?: unknown; accept?: string; of?: ConformanceServer } = {}): Promise<Answer> {
  const { body, accept = 'application/json', of = server } = options
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST'
    const headers = { accept, ...(body !== undefined && { 'content-type': 'application/json' }) }
    const request = requestOf(new URL(path, of.url), { method, headers, ca: of.certificate }, async (response) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of response) chunks.push(chunk as Uint8Array)
      const text = Buffer.concat(chunks).toString()
      resolve({
        status: response.statusCode ?? 0,
        type: response.headers['content-type'] ?? '',
        body: JSON.parse(text),
      })
    })
    request.on('error', reject)
    request.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

const v2 = 'https://www.w3.org/ns/credentials/v2'
const plain = (more: object = {}): Document => ({
  '@context': [v2],
  type: ['VerifiableCredential'],
  issuer: 'did:example:issuer',
  credentialSubject: { id: 'did:example:subject' },
  ...more,
})
const older = (more: object = {}): Document =>
  plain({
    '@context': ['https://www.w3.org/2018/credentials/v1'],
    issuanceDate: '2024-01-01T00:00:00Z',
    ...more,
  })
const issue = (credential: unknown, profile = 'eddsa-rdfc-2022', options?: object) =>
  ask(issuers[profile]?.path ?? '', { body: { credential, ...(options && { options }) } })
const issued = async (credential: unknown, profile?: string): Promise<Document> =>
  (await issue(credential, profile)).body.verifiableCredential
const check = (verifiableCredential: unknown, options?: object, of = server) =>
  ask('/credentials/verify', { body: { verifiableCredential, ...(options && { options }) }, of })
const derive = (verifiableCredential: unknown, selectivePointers: readonly string[]) =>
  ask('/credentials/derive', { body: { verifiableCredential, options: { selectivePointers } } })

describe('conformance.json', () => {
  it('says which issuers there are, and where everything is', async () => {
    const { status, type, body } = await ask('/conformance.json')
    expect([status, type]).toEqual([200, 'application/json'])
    expect(body).toEqual({
      issuers: Object.fromEntries(
        profiles.map((name) => [
          name,
          { id: expect.stringMatching(/^did:key:z/), path: `/issuers/${name}/credentials/issue` },
        ]),
      ),
      verify: '/credentials/verify',
      verifyPresentation: '/presentations/verify',
      derive: '/credentials/derive',
      didResolver: '/identifiers',
    })
  })

  it('stands behind a certificate for localhost and 127.0.0.1', async () => {
    const numeric = { ...server, url: server.url.replace('localhost', '127.0.0.1') }
    expect((await ask('/conformance.json', { of: numeric })).status).toBe(200)
    const stranger = { ...server, certificate: proofOnly.certificate }
    await expect(ask('/conformance.json', { of: stranger })).rejects.toThrow(/certificate|verify/)
  })
})

describe.each(profiles)('the issuer %s', (profile) => {
  it.each([
    ['2.0', plain()],
    ['1.1', older()],
  ])('issues data model %s, which verifies here and by itself', async (_version, credential) => {
    const answer = await issue(credential, profile, {})
    expect([answer.status, Object.keys(answer.body)]).toEqual([201, ['verifiableCredential']])
    let secured = answer.body.verifiableCredential
    if (profile === 'ecdsa-sd-2023' || profile === 'bbs-2023') {
      expect((await check(secured)).body.code).toBe('PROOF_IS_BASE')
      const derived = await derive(secured, ['/credentialSubject/id'])
      expect([derived.status, Object.keys(derived.body)]).toEqual([201, ['verifiableCredential']])
      secured = derived.body.verifiableCredential
    }
    for (const options of [
      undefined,
      {},
      { checks: [] },
      { checks: ['proof'] },
      { checks: ['proof', 'credentialStatus'] },
    ]) {
      const { status, body } = await check(secured, options)
      expect([status, body.verified, body.errors]).toEqual([200, true, []])
    }
    const formats = profile === 'bbs-2023' && { formats: [bbs2023()] }
    if (profile !== 'status') expect((await verify({ credential: secured, ...formats })).verdict).toBe('valid')
    if (profile === 'vc-jwt') return
    expect(secured.issuer).toBe(issuers[profile]?.id)
    expect(secured.proof.verificationMethod.split('#')[0]).toBe(issuers[profile]?.id)
  })

  it('names its own key, which its identifier resolves to', async () => {
    const { id } = issuers[profile] as { id: string }
    const { body } = await ask(`/identifiers/${encodeURIComponent(id)}`)
    expect(body.verificationMethod[0]).toMatchObject({
      type: 'Multikey',
      publicKeyMultibase: id.slice('did:key:'.length),
    })
    expect(body.assertionMethod).toEqual([`${id}#${id.slice('did:key:'.length)}`])
  })
})

describe('what is issued', () => {
  it.each([
    ['eddsa-rdfc-2022', 'DataIntegrityProof', 'eddsa-rdfc-2022', /^z/],
    ['ecdsa-jcs-2019-p384', 'DataIntegrityProof', 'ecdsa-jcs-2019', /^z/],
    ['ecdsa-sd-2023', 'DataIntegrityProof', 'ecdsa-sd-2023', /^u2V0A/],
    ['bbs-2023', 'DataIntegrityProof', 'bbs-2023', /^u2V0C/],
  ])('%s has a proof of its form', async (profile, type, cryptosuite, proofValue) => {
    const { proof } = (await issued(plain(), profile)) as { proof: Record<string, string> }
    expect(proof).toMatchObject({ type, cryptosuite, proofPurpose: 'assertionMethod' })
    expect(proof['proofValue']).toMatch(proofValue)
    expect(proof['created']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  })

  it('names the contexts that the proof needs', async () => {
    expect((await issued(older()))['@context']).toContain('https://w3id.org/security/data-integrity/v2')
    expect((await issued(plain(), 'ed25519signature2020'))['@context']).toContain(
      'https://w3id.org/security/suites/ed25519-2020/v1',
    )
  })

  it('is enveloped as its data model has it', async () => {
    const text = async (credential: Document) => String((await issued(credential, 'vc-jwt'))['id'])
    expect(await text(plain())).toMatch(/^data:application\/vc\+jwt,/)
    expect(await text(older())).toMatch(/^data:application\/jwt,/)
  })
})

/** Each case changes the plain credential in one place. */
const malformed: readonly (readonly [string, string, unknown])[] = [
  ...[
    undefined,
    4,
    [],
    'https://www.w3.org/ns/credentials/examples/v2',
    [v2, 'https ://no.example/v1'],
    [v2, 123],
    [v2, null],
  ].map((value) => ['contexts', '/@context', value] as const),
  ['the order of contexts', '/@context', ['https://www.w3.org/ns/credentials/examples/v2', v2]],
  ['a context that redefines a word', '/@context', [v2, { VerifiableCredential: 'https://a.example/#VC' }]],
  [
    'a protected word, redefined',
    '/@context',
    [v2, { '@protected': true, A: 'https://a.example/#A' }, { A: 'https://a.example/#B' }],
  ],
  ...[null, 'badge', 7, ['urn:a:b', 'urn:a:c'], 'https://a b'].map((value) => ['an id', '/id', value] as const),
  ...[undefined, null, 4, [], ['VerifiableCredential', 4], ['A'], ['VerifiableCredential', 'Undefined']].map(
    (value) => ['types', '/type', value] as const,
  ),
  ...[undefined, null, 4, true, [], 'foo', ['did:example:a'], { id: null }, { id: 'foo' }, { name: 'A' }].map(
    (value) => ['an issuer', '/issuer', value] as const,
  ),
  ...[
    undefined,
    null,
    true,
    4,
    [],
    {},
    'did:example:a',
    [{ id: 'did:example:a' }, {}],
    { id: ['did:example:a', 'did:example:b'] },
  ].map((value) => ['a subject', '/credentialSubject', value] as const),
  ...['2024', '2024-01-01', '2024-01-01T00:00:00', 7].map((value) => ['a start', '/validFrom', value] as const),
  ...['soon', '2024-02-30T00:00:00Z', null].map((value) => ['an end', '/validUntil', value] as const),
  ...['credentialStatus', 'credentialSchema', 'refreshService', 'termsOfUse', 'evidence'].flatMap((name) => [
    [`${name} without a type`, `/${name}`, { id: 'https://a.example/1' }] as const,
    [`${name} of no object`, `/${name}`, 'https://a.example/1'] as const,
    [`${name} of an id that is no URL`, `/${name}`, { id: 'not-a-url', type: 'https://a.example/#T' }] as const,
    [`${name} of two ids`, `/${name}`, { id: ['urn:a:b', 'urn:a:c'], type: 'https://a.example/#T' }] as const,
    [`${name} of a type that is no text`, `/${name}`, { type: 2 }] as const,
  ]),
  ['a schema without an id', '/credentialSchema', { type: 'JsonSchema' }],
  [
    'a place in a list that is none',
    '/credentialStatus',
    { type: 'BitstringStatusListEntry', statusListIndex: true, statusListCredential: 'https://a.example' },
  ],
  ...['name', 'description'].flatMap((name) => [
    [`a ${name} with a stranger`, `/${name}`, { '@value': 'A', '@language': 'en', url: 'https://a.example' }] as const,
    [`a ${name} that is a number`, `/${name}`, 7] as const,
  ]),
  [
    'the name of an issuer',
    '/issuer',
    { id: 'did:example:a', name: { '@value': 'A', '@language': 'en', url: 'urn:a:b' } },
  ],
  ['resources that are texts', '/relatedResource', ['https://a.example']],
  ['a resource without an id', '/relatedResource', [{ digestMultibase: 'uEiB-' }]],
  ['a resource without a digest', '/relatedResource', [{ id: 'https://a.example' }]],
  ['a resource twice', '/relatedResource', [0, 1].map(() => ({ id: 'https://a.example', digestMultibase: 'uEiB-' }))],
  [
    'another digest of a known context',
    '/relatedResource',
    [{ id: v2, digestSRI: 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' }],
  ],
  [
    'another digest in multibase',
    '/relatedResource',
    [{ id: v2, digestMultibase: 'uZTQ0MjM1NiAgcmVwb3J0cc5jZWxhdGVkLXJlc291cmNlLmpzb24K' }],
  ],
  ['a word without a meaning', '/grade', 'A'],
]

describe('a credential that is not well-formed', () => {
  it.each(malformed)('is not issued, with %s: %s = %j', async (_what, path, value) => {
    for (const profile of ['eddsa-rdfc-2022', 'vc-jwt']) {
      const { status, type, body } = await issue(edit(plain(), path, value), profile)
      expect([400, 422]).toContain(status)
      expect(type).toBe('application/problem+json')
      expect(body.status).toBe(status)
      if (profile === 'eddsa-rdfc-2022') expect(body.errors.length).toBeGreaterThan(0)
    }
  })

  it('is not issued either where it ends before it begins', async () => {
    const dates = { validFrom: '2031-01-01T00:00:00Z', validUntil: '2029-01-01T00:00:00Z' }
    expect((await issue(plain(dates))).status).toBe(400)
  })

  it.each(malformed)('is not verified, with %s: %s = %j', async (_what, path, value) => {
    const good = await issued(plain())
    for (const options of [undefined, { checks: ['proof'] }]) {
      const { status, body } = await check(edit(good, path, value), options)
      expect([status, body.verified, body.errors.length > 0]).toEqual([400, false, true])
    }
  })
})

describe('a credential that is well-formed', () => {
  it.each([
    ['a context beside', { '@context': [v2, 'https://www.w3.org/ns/credentials/examples/v2'] }],
    ['a context in it', { '@context': [v2, { A: 'https://a.example/#A' }], type: ['VerifiableCredential', 'A'] }],
    ['a type that is a URL', { type: ['VerifiableCredential', 'https://a.example/#A'] }],
    ['types in another order', { type: ['https://a.example/#A', 'VerifiableCredential', 'https://a.example/#B'] }],
    ['an id', { id: 'urn:example:1' }],
    ['an issuer that is an object', { issuer: { id: 'did:example:a', name: 'A' } }],
    ['several subjects', { credentialSubject: [{ id: 'did:example:a' }, { id: 'did:example:b' }] }],
    ['a subject without an id', { credentialSubject: { name: 'Ada' } }],
    ['a name', { name: 'A', description: 'B' }],
    ['a name in a language', { name: { '@value': 'A', '@language': 'en' } }],
    ['a name with a direction', { name: { '@value': 'A', '@language': 'en', '@direction': 'ltr' } }],
    [
      'names in languages',
      {
        name: [
          { '@value': 'Dog', '@language': 'en' },
          { '@value': 'Chien', '@language': 'fr' },
        ],
      },
    ],
    [
      'the name of an issuer',
      { issuer: { id: 'did:example:a', name: { '@value': 'A', '@language': 'en', '@direction': 'rtl' } } },
    ],
    ['parts of a second', { validFrom: '2024-01-01T00:00:00.123Z', validUntil: '2999-01-01T00:00:00.5Z' }],
    ['a time zone', { validFrom: '2024-01-01T00:00:00-06:00' }],
    ['a start to come', { validFrom: '2999-01-01T00:00:00Z' }],
    ['an end that is past', { validUntil: '2020-01-01T00:00:00Z', validFrom: '2019-01-01T00:00:00Z' }],
    ['a status of any type', { credentialStatus: { id: 'did:example:1', type: 'https://a.example/#Status' } }],
    ['a status without an id', { credentialStatus: { type: 'https://a.example/#Status' } }],
    [
      'schemas',
      {
        credentialSchema: [
          { id: 'did:example:1', type: 'https://a.example/#S' },
          { id: 'urn:a:b', type: 'JsonSchema' },
        ],
      },
    ],
    ['a refresh service', { refreshService: { id: 'did:example:1', type: 'https://a.example/#R' } }],
    [
      'terms of use',
      { termsOfUse: [{ type: 'https://a.example/#P' }, { type: 'https://a.example/#P', id: 'urn:a:b' }] },
    ],
    ['evidence', { evidence: [{ type: 'https://a.example/#E' }, { type: 'https://a.example/#E' }] }],
    [
      'a resource',
      { relatedResource: { id: 'https://a.example', digestMultibase: 'uEiB-', mediaType: 'application/json' } },
    ],
    [
      'the digest of a known context',
      {
        relatedResource: [
          { id: v2, digestSRI: 'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU' },
        ],
      },
    ],
  ])('is issued, and its proof verifies, with %s', async (_what, more) => {
    for (const profile of ['eddsa-rdfc-2022', 'ecdsa-jcs-2019-p256', 'vc-jwt']) {
      const answer = await issue(plain(more), profile)
      expect([answer.status, answer.body.errors]).toEqual([201, undefined])
      expect((await check(answer.body.verifiableCredential, { checks: ['proof'] })).status).toBe(200)
    }
  })

  it('keeps what it said, but for the issuer', async () => {
    const subject = { id: 'did:example:subject', name: 'Ada' }
    const secured = await issued(
      plain({ id: 'urn:a:b', credentialSubject: subject, issuer: { id: 'did:example:a', name: 'A' } }),
    )
    expect(secured).toMatchObject({ id: 'urn:a:b', credentialSubject: subject, '@context': [v2] })
    expect(secured['issuer']).toEqual({ id: issuers['eddsa-rdfc-2022']?.id, name: 'A' })
  })
})

/** Each case changes a good proof in one place. */
const brokenProofs: readonly (readonly [string, unknown])[] = [
  ['', undefined],
  ['', null],
  ['', []],
  ['', 'text'],
  ['/type', undefined],
  ['/type', 'UnknownProofType'],
  ['/cryptosuite', 'UnknownCryptosuite'],
  ['/cryptosuite', undefined],
  ['/cryptosuite', 7],
  ['/created', 'invalidDate'],
  ['/created', undefined],
  ['/expires', 'invalidDate'],
  ['/expires', '2020-01-01T00:00:00Z'],
  ['/verificationMethod', undefined],
  ['/verificationMethod', 'did:key:invalidVm'],
  ['/verificationMethod', 7],
  ['/proofPurpose', undefined],
  ['/proofPurpose', 'invalidPurpose'],
  ['/proofPurpose', 'authentication'],
  ['/proofValue', undefined],
  ['/proofValue', null],
  ['/proofValue', 'z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh'],
  ['/previousProof', 'urn:uuid:missing'],
  ['/challenge', 7],
]

describe.each([
  'ed25519signature2020',
  'eddsa-rdfc-2022',
  'eddsa-jcs-2022',
  'ecdsa-rdfc-2019-p384',
  'ecdsa-jcs-2019-p256',
])('a proof of %s', (profile) => {
  it.each(brokenProofs)('is refused with proof%s = %j', async (path, value) => {
    if (profile === 'ed25519signature2020' && path === '/cryptosuite' && value === undefined) return
    const { status, body } = await check(edit(await issued(plain(), profile), `/proof${path}`, value), {
      checks: ['proof'],
    })
    expect([status, body.verified, body.errors.length > 0]).toEqual([400, false, true])
  })

  it('is refused over what was changed, added or left out', async () => {
    const good = await issued(plain({ name: 'A' }), profile)
    for (const changed of [
      edit(good, '/name', 'B'),
      edit(good, '/name'),
      edit(good, '/description', 'C'),
      edit(good, '/credentialSubject/undefinedTerm', 'IfDroppedWillVerify'),
      edit(good, '/type', ['VerifiableCredential', 'UndefinedType']),
      edit(good, '/proof/proofValue', String((good['proof'] as Document)['proofValue']).slice(1)),
      edit(good, '/proof/proofValue', `${(good['proof'] as Document)['proofValue']}2`),
    ]) {
      expect((await check(changed, { checks: ['proof'] })).status).toBe(400)
    }
  })

  it('is for the purpose, challenge and domain that are expected', async () => {
    const good = await issued(plain(), profile)
    for (const options of [{ expectedProofPurpose: 'authentication' }, { domain: 'a.example' }, { challenge: 'a' }]) {
      expect((await check(good, { checks: ['proof'], ...options })).status).toBe(400)
    }
  })
})

describe.each(['ecdsa-sd-2023', 'bbs-2023'])('%s', (profile) => {
  const licence = plain({ name: 'A', description: 'B', credentialSubject: { id: 'did:example:a', name: 'Ada' } })

  it('shows what was mandatory and what was chosen', async () => {
    const { body } = await issue(licence, profile, { mandatoryPointers: ['/name'] })
    const { body: part } = await derive(body.verifiableCredential, ['/credentialSubject/name'])
    expect(part.verifiableCredential).toMatchObject({ name: 'A', credentialSubject: { name: 'Ada' } })
    expect(part.verifiableCredential.description).toBeUndefined()
    for (const changed of [
      edit(part.verifiableCredential, '/credentialSubject/id', 'urn:invalid'),
      edit(part.verifiableCredential, '/proof/proofValue', 'a'),
      edit(part.verifiableCredential, '/proof/cryptosuite', 'invalid-cryptosuite'),
      body.verifiableCredential,
    ]) {
      expect((await check(changed, { checks: ['proof'] })).status).toBe(400)
    }
  })

  it('refuses pointers that point at nothing', async () => {
    expect((await issue(licence, profile, { mandatoryPointers: ['/non/existent/path'] })).status).toBe(400)
    const base = await issued(licence, profile)
    expect((await derive(base, ['/non/existent/path'])).status).toBe(400)
    expect((await derive(await issued(plain()), [])).status).toBe(400)
  })
})

describe('status', () => {
  const entryOf = (credential: Document) => credential['credentialStatus'] as Record<string, string>
  const revoke = (credentialId: unknown, more: object = {}) =>
    ask('/credentials/status', { body: { credentialId, ...more } })

  it('gives each credential a place in a list that is served at once', async () => {
    const credential = await issued(plain(), 'status')
    const entry = entryOf(credential)
    expect(entry).toMatchObject({
      id: `${entry['statusListCredential']}#${entry['statusListIndex']}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: expect.stringMatching(/^\d+$/),
      statusListCredential: expect.stringContaining(`${server.url}/status-lists/`),
    })
    const { status, body: list } = await ask(new URL(String(entry['statusListCredential'])).pathname)
    expect(status).toBe(200)
    expect(list).toMatchObject({
      '@context': [v2],
      id: entry['statusListCredential'],
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: credential['issuer'],
      credentialSubject: {
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        encodedList: expect.stringMatching(/^u/),
      },
      proof: { cryptosuite: 'eddsa-rdfc-2022' },
    })
    expect((await check(list)).status).toBe(200)
  })

  it('is changed by whoever asks, and decides', async () => {
    const credential = await issued(plain(), 'status')
    expect((await check(credential)).status).toBe(200)
    const answer = await revoke(credential['id'], {
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
    })
    expect(answer.status).toBe(200)
    const refused = await check(credential)
    expect([refused.status, refused.body.verified, refused.body.code]).toEqual([400, false, 'REVOKED'])
    expect((await check(credential, { checks: ['proof'] })).status).toBe(200)
    expect((await check(credential, { checks: ['proof', 'credentialStatus'] })).status).toBe(400)
    expect((await revoke('urn:uuid:nobody')).status).toBe(404)
  })
})

describe('a presentation', () => {
  const challenge = 'uOkZ2VBSbsGvSbQ0fJZrpIQ'
  const domain = 'suite.example'
  let holder: Key
  let credential: Document
  beforeAll(async () => {
    holder = await generateKey()
    credential = await issued(plain())
  })
  const presentation = async (credentials: readonly object[] = [], more: object = {}) =>
    copyOf(await present({ credentials, key: holder, challenge, domain, ...more }))
  const checkVp = (verifiablePresentation: unknown, options: object = { challenge, domain }) =>
    ask('/presentations/verify', { body: { verifiablePresentation, options } })

  it.each([
    ['nothing', []],
    ['one credential', ['eddsa-rdfc-2022']],
    ['several, one of them enveloped', ['ecdsa-jcs-2019-p384', 'vc-jwt', 'status']],
  ])('of %s is verified, whomever it is about', async (_what, names) => {
    const credentials = await Promise.all(names.map((name) => issued(plain(), name)))
    const { status, body } = await checkVp(await presentation(credentials))
    expect([status, body.verified, body.errors]).toEqual([200, true, []])
  })

  it('of what its holder issued is verified, also where it names no holder', async () => {
    const own = { ...plain({ issuer: holder.controller }), id: 'urn:example:own' }
    const signed = { ...own, proof: await proofOver(own, holder) }
    const document = { '@context': [v2], type: ['VerifiablePresentation'], verifiableCredential: [signed] }
    const made = (of: object) => proofOver(of, holder, { proofPurpose: 'authentication', challenge, domain })
    expect((await checkVp({ ...document, proof: await made(document) })).status).toBe(200)
    const bare = { ...document, verifiableCredential: [own] }
    expect((await checkVp({ ...bare, proof: await made(bare) })).status).toBe(400)
  })

  it('needs no challenge where none is expected, and the right one where one is', async () => {
    const made = await presentation([credential])
    expect((await checkVp(made, {})).status).toBe(200)
    expect((await checkVp(made, { checks: [] })).status).toBe(200)
    expect((await checkVp(made, { challenge: 'another' })).status).toBe(400)
    expect((await checkVp(made, { challenge, domain: 'other.example' })).status).toBe(400)
    expect((await checkVp(await presentation([], { challenge: withoutChallenge, domain: undefined }), {})).status).toBe(
      200,
    )
  })

  it('is refused when it is not well-formed, changed, unsigned or of a stranger', async () => {
    const made = await presentation([credential])
    for (const [path, value] of [
      ['/@context', undefined],
      ['/@context', ['https://www.w3.org/ns/credentials/examples/v2', v2]],
      ['/@context/1', 'https://example.com'],
      ['/@context/1', 'https ://not-a-url/v1'],
      ['/@context/1', 123],
      ['/type', undefined],
      ['/type', ['Presentation']],
      ['/holder', { name: 'nobody' }],
      ['/holder', 'did:example:acme'],
      ['/id', 'not-a-url'],
      ['/proof', undefined],
      ['/proof/proofValue', 'z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh'],
      ['/verifiableCredential', ['text']],
      ['/verifiableCredential', [7]],
      ['/verifiableCredential/0/type', undefined],
      ['/verifiableCredential/0/proof', undefined],
      ['/verifiableCredential/0/name', 'added'],
    ] as const) {
      for (const options of [
        { challenge, domain },
        { challenge, domain, checks: ['proof'] },
      ]) {
        const { status, body } = await checkVp(edit(made, path, value), options)
        expect([path, status, body.verified]).toEqual([path, 400, false])
      }
    }
    expect((await checkVp({ type: ['NonconformingDocument'] })).status).toBe(400)
    expect((await checkVp(credential)).status).toBe(400)
  })

  it('that is enveloped must say so rightly', async () => {
    const text = await present({ credentials: [], key: holder, challenge, domain, format: vcJwt() })
    const enveloped = { '@context': v2, type: 'EnvelopedVerifiablePresentation', id: `data:application/jwt,${text}` }
    expect((await checkVp(enveloped)).status).toBe(200)
    expect((await checkVp({ ...enveloped, id: `data:application/vp+jwt,${text}` })).status).toBe(200)
    expect((await checkVp({ ...enveloped, id: `data:application/vc+jwt,${text}` })).status).toBe(400)
    for (const wrong of [
      edit(enveloped, '/@context', []),
      edit(enveloped, '/@context', ['https://www.w3.org/ns/credentials/examples/v2']),
      edit(enveloped, '/id', text),
      edit(enveloped, '/type', ['VerifiablePresentation']),
      edit(enveloped, '/type'),
    ]) {
      expect((await checkVp(wrong)).status).toBe(400)
    }
  })
})

describe('an enveloped credential', () => {
  it('must say so rightly', async () => {
    const enveloped = await issued(plain(), 'vc-jwt')
    for (const wrong of [
      edit(enveloped, '/@context', []),
      edit(enveloped, '/@context', 'https://www.w3.org/ns/credentials/examples/v2'),
      edit(enveloped, '/id', String(enveloped['id']).split(',')[1]),
      edit(enveloped, '/type', 'VerifiableCredential'),
      edit(enveloped, '/type'),
    ]) {
      expect((await check(wrong)).status).toBe(400)
    }
  })
})

describe('a proof by one over the issuer of another', () => {
  it('is refused, unless the proof alone is asked for, or --proof-only was', async () => {
    const { body } = await ask('/conformance.json', { of: proofOnly })
    const own = (await ask(body.issuers['eddsa-rdfc-2022'].path, { body: { credential: plain() }, of: proofOnly })).body
    expect((await check(own.verifiableCredential)).status).toBe(200)
    const { foreign } = await foreignIssuer()
    expect((await check(foreign)).body.code).toBe('ISSUER_MISMATCH')
    expect((await check(foreign, { checks: ['proof'] })).status).toBe(200)
    expect((await check(foreign, undefined, proofOnly)).status).toBe(200)
    expect((await check(edit(foreign, '/name', 'B'), undefined, proofOnly)).status).toBe(400)
    expect((await check(foreign, { checks: ['issuer'] }, proofOnly)).status).toBe(400)
  })
})

async function foreignIssuer(): Promise<{ readonly foreign: Document }> {
  const { withProof } = await import('../helpers/fixtures.ts')
  const document = plain({ issuer: 'https://school.example/issuers/1', name: 'A', validFrom: '2024-01-01T00:00:00Z' })
  return { foreign: await withProof(document) }
}

describe('identifiers', () => {
  it('are resolved as the resolver of the package does', async () => {
    const { id } = issuers['eddsa-rdfc-2022'] as { id: string }
    const accept = 'application/did-resolution'
    const { status, type, body } = await ask(`/identifiers/${encodeURIComponent(id)}`, { accept })
    expect([status, type]).toEqual([200, accept])
    expect(body.didDocument).toEqual(copyOf((await createDidResolver({ key: didKey() })(id)) as object))
    const missing = await ask('/identifiers/did%3Akey%3A%40', { accept })
    expect([missing.status, missing.body.didResolutionMetadata.error]).toEqual([400, 'invalidDid'])
  })
})
