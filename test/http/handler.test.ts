/** The door of the handler: paths, methods, who may ask, for whom, and what is read. */

import { createStatusRegistry, generateKey, isCredentialError, memoryStatusStore } from 'testamur'
import { type HttpHandlerOptions, type HttpTenant, httpHandler, withoutAuthentication } from 'testamur/http'
import { describe, expect, it } from 'vitest'
import { college, plainCredential, school, signedBadge } from '../helpers/fixtures.ts'
import { ask, post } from '../helpers/http.ts'

const now = () => new Date('2026-11-22T12:00:00Z')
const issuing: HttpTenant = { issuer: { key: school } }
const open = (tenant: HttpTenant, more: Partial<HttpHandlerOptions> = {}) =>
  httpHandler({ tenant, authenticate: withoutAuthentication, now, ...more })
const handle = open(issuing)
const unsigned = { credential: plainCredential() }

describe('at start-up', () => {
  const refusal = (options: unknown) => {
    try {
      httpHandler(options as HttpHandlerOptions)
      return 'taken'
    } catch (error) {
      return isCredentialError(error) && error.code === 'OPTION_INVALID' ? error.message : String(error)
    }
  }

  it.each([
    ['an issuer', { issuer: { key: school } }],
    ['a named issuer', { issuers: { a: { key: school } } }],
    ['a holder', { holder: { key: school } }],
    ['tenants that are not known yet', () => issuing],
  ])('%s without authentication is refused, unless that is asked for by name', (_what, tenant) => {
    expect(refusal({ tenant })).toMatch(/authenticate: withoutAuthentication/)
    expect(refusal({ tenant, authenticate: true })).toMatch(/authenticate must be a function/)
    expect(refusal({ tenant, authenticate: withoutAuthentication })).toBe('taken')
    expect(refusal({ tenant, authenticate: () => 'ada' })).toBe('taken')
  })

  it('a verifier needs none', () => {
    expect(refusal({ tenant: {} })).toBe('taken')
    expect(refusal({ tenant: { store: memoryStatusStore() } })).toBe('taken')
  })

  it.each([
    [undefined, /one object of options/],
    [{}, /tenant must be an object/],
    [{ tenant: {}, path: '/vc' }, /no option "path".*basePath/],
    [{ tenant: { key: school } }, /no member of a tenant "key".*issuer/],
    [{ tenant: {}, basePath: 'vc' }, /basePath/],
    [{ tenant: {}, basePath: '/vc/' }, /basePath/],
    [{ tenant: {}, maxBytes: 0 }, /maxBytes/],
    [{ tenant: {}, onError: 'log' }, /onError/],
    [{ tenant: { store: {} } }, /store/],
    [{ tenant: { holder: {} }, authenticate: withoutAuthentication }, /holder\.key/],
    [{ tenant: { status: {} }, authenticate: withoutAuthentication }, /status\.registry/],
    [{ tenant: { issuer: { key: {} } }, authenticate: withoutAuthentication }, /key must be a Signer/],
    [{ tenant: { issuer: { key: school, prepare: 1 } }, authenticate: withoutAuthentication }, /prepare/],
  ])('%j is refused', (options, message) => {
    expect(refusal(options)).toMatch(message)
  })

  it('lists that are signed by somebody else than the issuer of the credentials in them are refused', () => {
    const registry = createStatusRegistry({ store: memoryStatusStore(), url: 'https://school.example/lists' })
    const refused = (tenant: HttpTenant) => refusal({ tenant, authenticate: withoutAuthentication })
    const status = { registry, publish: { key: college } }
    const own = { key: school, status: registry }
    const both = new RegExp(`status.publish.key belongs to ${college.controller}.* issued by ${school.controller}`)
    expect(refused({ issuer: own, status })).toMatch(both)
    expect(refused({ issuers: { a: own }, status })).toMatch(both)
    expect(refused({ issuer: { key: school }, issuers: { b: { ...own, key: college } }, status })).toBe('taken')
    expect(refused({ issuer: own, status: { registry } })).toBe('taken')
    expect(refused({ issuer: own, status: { registry, publish: { key: {} } } } as never)).toMatch(/publish.key must be/)
  })
})

describe('paths and methods', () => {
  it.each([
    ['/credentials/issue', 'POST'],
    ['/issuers/a/credentials/issue', 'POST'],
    ['/credentials/verify', 'POST'],
    ['/credentials/derive', 'POST'],
    ['/credentials/status', 'POST'],
    ['/presentations', 'POST'],
    ['/presentations/verify', 'POST'],
    ['/status-lists/a', 'GET'],
    ['/identifiers/did:key:z6Mk', 'GET'],
    ['/conformance.json', 'GET'],
  ])('%s is asked with %s', async (path, method) => {
    for (const other of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].filter((each) => each !== method)) {
      const { status, headers, body } = await ask(open({ ...issuing, store: memoryStatusStore() }), path, {
        method: other,
      })
      expect([path, other, status]).toEqual([path, other, 405])
      expect(headers.get('allow')).toContain(method)
      expect(headers.get('content-type')).toBe('application/problem+json')
      expect(body).toMatchObject({ type: 'about:blank', title: 'Method Not Allowed', status: 405 })
    }
    expect((await ask(handle, path, { method: 'OPTIONS' })).status).toBe(path.startsWith('/status') ? 404 : 204)
  })

  it.each(['/', '/credentials', '/credentials/issue/', '/issuers/credentials/issue', '/issuers/a/b/credentials/issue'])(
    '%s is nothing',
    async (path) => {
      expect((await post(handle, path, unsigned)).status).toBe(404)
    },
  )

  it('stand behind a base path, where there is one', async () => {
    const based = open(issuing, { basePath: '/vc/v1' })
    expect((await post(based, '/vc/v1/credentials/issue', unsigned)).status).toBe(201)
    expect((await post(based, '/credentials/issue', unsigned)).status).toBe(404)
    expect((await ask(based, '/vc/v1/conformance.json')).body).toEqual({
      issuers: { default: { id: school.controller, path: '/vc/v1/credentials/issue' } },
      verify: '/vc/v1/credentials/verify',
      verifyPresentation: '/vc/v1/presentations/verify',
      derive: '/vc/v1/credentials/derive',
      didResolver: '/vc/v1/identifiers',
    })
  })

  it.each([
    ['/credentials/issue', { credential: plainCredential() }],
    ['/issuers/toString/credentials/issue', { credential: plainCredential() }],
    ['/credentials/status', { credentialId: 'urn:a:b' }],
    ['/presentations', { presentation: {} }],
  ])('%s is 404 for a tenant that cannot', async (path, body) => {
    expect((await post(open({ issuers: {} }), path, body)).status).toBe(404)
  })

  it('HEAD answers as GET, without a body', async () => {
    const got = await ask(handle, '/conformance.json')
    const head = await ask(handle, '/conformance.json', { method: 'HEAD' })
    expect([head.status, head.body]).toEqual([200, undefined])
    expect(head.headers.get('content-type')).toBe(got.headers.get('content-type'))
  })
})

describe('who asks', () => {
  const accounts = new Map([['Bearer a', 'northfield']])
  const authenticate = (request: Request) => accounts.get(request.headers.get('authorization') ?? '')
  const guarded = httpHandler({ tenant: issuing, authenticate, now })
  const as = (token: string) => ({ authorization: `Bearer ${token}` })

  it('is asked before anything is read, and everybody else gets 401', async () => {
    expect((await post(guarded, '/credentials/issue', unsigned, as('a'))).status).toBe(201)
    for (const headers of [{}, as('b')]) {
      const { status, headers: answered, body } = await post(guarded, '/credentials/issue', '{', headers)
      expect([status, body.title]).toEqual([401, 'Unauthorized'])
      expect(answered.get('www-authenticate')).toBe('Bearer')
    }
    expect((await post(guarded, '/credentials/verify', { verifiableCredential: {} })).status).toBe(401)
    expect((await ask(guarded, '/identifiers/did:key:z6Mk')).status).toBe(401)
  })

  it('is not asked for what is for everybody', async () => {
    expect((await ask(guarded, '/conformance.json')).status).toBe(200)
    const lists = httpHandler({ tenant: { ...issuing, store: memoryStatusStore() }, authenticate: () => undefined })
    expect((await ask(lists, '/status-lists/a')).body.detail).toBe('There is no such status list.')
  })

  it('may be told the action, answer by itself, and take its time', async () => {
    const asked: string[] = []
    const choosing = httpHandler<string>({
      tenant: issuing,
      authenticate: async (_request, action) => {
        asked.push(action)
        return action === 'verifyCredential' ? 'anybody' : new Response('no', { status: 403 })
      },
      now,
    })
    const { status } = await post(choosing, '/credentials/verify', { verifiableCredential: await signedBadge() })
    expect(status).toBe(200)
    const response = await choosing(new Request('https://x.example/presentations', { method: 'POST' }))
    expect([response.status, await response.text()]).toEqual([403, 'no'])
    expect(asked).toEqual(['verifyCredential', 'createPresentation'])
  })

  it('and if that cannot be found out, nothing is done and nothing is told', async () => {
    const told: unknown[] = []
    const secret = new Error('connection to db.internal:5432 failed')
    const broken = httpHandler({
      tenant: issuing,
      authenticate: () => Promise.reject(secret),
      onError: (error) => {
        told.push(error)
        throw new Error('the log is full')
      },
    })
    const { status, body } = await post(broken, '/credentials/issue', unsigned)
    expect([status, body.title]).toEqual([500, 'Internal Server Error'])
    expect(JSON.stringify(body)).not.toContain('internal:')
    expect(told).toEqual([secret])
  })
})

describe('tenants', () => {
  it('are found for each request, and see nothing of each other', async () => {
    const tenants = new Map<string, HttpTenant>([
      ['northfield', issuing],
      ['southfield', { issuer: { key: await generateKey() } }],
    ])
    const shared = httpHandler<string>({
      authenticate: (request) => request.headers.get('authorization') ?? undefined,
      tenant: async ({ caller }) => tenants.get(caller ?? ''),
      now,
    })
    const issuerOf = async (authorization: string) =>
      (await post(shared, '/credentials/issue', unsigned, { authorization })).body.verifiableCredential?.issuer
    expect(await issuerOf('northfield')).toBe(school.controller)
    expect(await issuerOf('southfield')).not.toBe(school.controller)
    const { status, body } = await post(shared, '/credentials/issue', unsigned, { authorization: 'eve' })
    expect([status, body.title]).toEqual([403, 'Forbidden'])
    expect((await ask(shared, '/conformance.json')).status).toBe(404)
  })

  it('that are found and wrong are the operator’s affair', async () => {
    const told: unknown[] = []
    const wrong = httpHandler({
      tenant: () => ({ issuer: {} }) as HttpTenant,
      authenticate: withoutAuthentication,
      onError: (error) => told.push(error),
    })
    expect((await post(wrong, '/credentials/issue', unsigned)).status).toBe(500)
    expect(String(told[0])).toMatch(/key must be a Signer/)
  })
})

describe('the body', () => {
  const send = async (body: BodyInit, headers: Record<string, string>, more: Partial<HttpHandlerOptions> = {}) => {
    const init = { method: 'POST', body, headers, duplex: 'half' } as RequestInit
    return ask(open(issuing, more), '/credentials/issue', init)
  }
  const text = JSON.stringify(unsigned)

  it.each(['application/json', 'application/json; charset=UTF-8', 'application/ld+json', 'Application/VC+LD+JSON'])(
    'comes as %s',
    async (type) => {
      expect((await send(text, { 'content-type': type })).status).toBe(201)
    },
  )

  it.each([
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'multipart/form-data; boundary=x' },
    { 'content-type': 'application/json; charset=iso-8859-1' },
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    { 'content-type': 'application/jsonp' },
    { 'content-type': '' },
  ])('and not as %j', async (headers) => {
    const { status, headers: answered, body } = await send(text, headers as Record<string, string>)
    expect([status, body.title]).toEqual([415, 'Unsupported Media Type'])
    expect(answered.get('accept-post')).toBe('application/json')
  })

  it('has a limit, whether its length is told or not', async () => {
    const json = { 'content-type': 'application/json' }
    const told = await send(text, { ...json, 'content-length': String(text.length) }, { maxBytes: text.length - 1 })
    expect([told.status, told.body.code]).toEqual([413, 'LIMIT_EXCEEDED'])
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1
        controller.enqueue(new Uint8Array(1_000).fill(32))
      },
    })
    expect((await send(endless, json, { maxBytes: 10_000 })).status).toBe(413)
    expect(pulled).toBeLessThan(20)
    expect((await send(text, json, { maxBytes: text.length })).status).toBe(201)
  })

  it.each([
    ['', 'INPUT_MALFORMED'],
    ['{', 'INPUT_MALFORMED'],
    ['[]', undefined],
    ['{"credential":{},"credential":{}}', 'MEMBER_DUPLICATE'],
    ['{"credential":{"n":9007199254740993}}', 'INTEGER_UNSAFE'],
    ['{"__proto__":{}}', 'MEMBER_FORBIDDEN'],
    [`{"credential":${'['.repeat(200)}${']'.repeat(200)}}`, 'LIMIT_EXCEEDED'],
  ])('is read strictly: %s', async (body, code) => {
    const answer = await send(body, { 'content-type': 'application/json' })
    expect([answer.status, answer.body.code]).toEqual([400, code])
    expect(answer.body.type).toMatch(code ? /^https:\/\/www\.w3\.org\/TR\/vc-data-model#/ : /^about:blank$/)
  })

  it.each([
    ['/credentials/issue', { ...unsigned, credentials: [] }, /"credentials".*credential, options/],
    ['/credentials/issue', { verifiableCredential: plainCredential() }, /"verifiableCredential"/],
    ['/credentials/issue', {}, /must have "credential"/],
    ['/credentials/issue', { ...unsigned, options: [] }, /"options" must be an object/],
    ['/credentials/issue', { ...unsigned, options: { mandatoryPointer: [] } }, /"mandatoryPointer".*mandatoryPointers/],
    ['/credentials/issue', { ...unsigned, options: { mandatoryPointers: ['id'] } }, /list of JSON Pointers/],
    ['/credentials/verify', { credential: {} }, /"credential"/],
    ['/credentials/verify', { verifiableCredential: 7 }, /an object or a JWT/],
    ['/credentials/verify', { verifiableCredential: {}, options: { check: [] } }, /"check".*checks/],
    ['/credentials/verify', { verifiableCredential: {}, options: { checks: ['prof'] } }, /"prof".*proof/],
    ['/credentials/verify', { verifiableCredential: {}, options: { checks: 'proof' } }, /must be a list/],
    ['/credentials/verify', { verifiableCredential: {}, options: { challenge: 7 } }, /options\.challenge/],
    ['/credentials/derive', { verifiableCredential: 'a.b.c' }, /must have "verifiableCredential", an object/],
    ['/credentials/derive', { verifiableCredential: {}, options: { selectivePointers: '/a' } }, /selectivePointers/],
    ['/presentations/verify', { verifiablePresentation: {} }, /options\.challenge/],
    ['/presentations/verify', { presentation: {}, options: { challenge: 'a' } }, /"presentation"/],
  ])('has no member that nobody looks at: %s %j', async (path, body, message) => {
    const answer = await post(handle, path, body)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.body.detail).toMatch(message)
  })

  it('and its answer is kept by nobody', async () => {
    const { headers } = await post(handle, '/credentials/issue', unsigned)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })
})
