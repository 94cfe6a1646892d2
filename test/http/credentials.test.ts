/** Issue, verify, derive and revoke over HTTP, and what is answered when it cannot be done. */

import {
  CredentialError,
  createStatusRegistry,
  ecdsaSd2023,
  endorsement,
  generateKey,
  issue,
  memoryStatusStore,
  type StatusStore,
  vcJose,
  verify,
} from 'testamur'
import { type HttpTenant, httpHandler, withoutAuthentication } from 'testamur/http'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  badge,
  copyOf,
  edit,
  plainCredential,
  school,
  signed,
  signedBadge,
  thief,
  withProof,
} from '../helpers/fixtures.ts'
import { proofOver } from '../helpers/hand-made.ts'
import { type Answer, ask, post } from '../helpers/http.ts'
import { badgeSignedAnyway, entryAt, listOf, place } from '../helpers/status.ts'

const now = () => new Date('2026-11-22T12:00:00Z')
const told: unknown[] = []
const open = (tenant: HttpTenant) =>
  httpHandler({ tenant, authenticate: withoutAuthentication, now, onError: (error) => told.push(error) })
const malformed = 'https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR'

describe('issue', () => {
  const handle = open({
    issuer: { key: school, profile: { name: 'Northfield' } },
    issuers: {
      jwt: { key: school, format: vcJose() },
      careful: {
        key: school,
        prepare: (credential) => {
          if (credential['validUntil'] !== undefined) return { ...credential, description: 'With an end.' }
          const message = '/validUntil: is missing: ours have an end'
          throw new CredentialError('CREDENTIAL_MALFORMED', message, { findings: [{ path: '/validUntil', message }] })
        },
      },
    },
  })
  const issued = (credential: unknown, path = '/credentials/issue') => post(handle, path, { credential })

  it('answers 201 with what verifies', async () => {
    const { status, headers, body } = await issued(badge())
    expect([status, headers.get('content-type')]).toEqual([201, 'application/json'])
    expect(Object.keys(body)).toEqual(['verifiableCredential'])
    expect(body.verifiableCredential.issuer).toMatchObject({ id: school.controller, name: 'Northfield' })
    expect((await verify({ credential: body.verifiableCredential, now: now() })).verdict).toBe('valid')
  })

  it('carries text as an enveloped credential', async () => {
    const { status, body } = await issued(plainCredential(), '/issuers/jwt/credentials/issue')
    expect(status).toBe(201)
    expect(body.verifiableCredential).toEqual({
      '@context': 'https://www.w3.org/ns/credentials/v2',
      type: 'EnvelopedVerifiableCredential',
      id: expect.stringMatching(/^data:application\/vc\+jwt,ey/),
    })
    expect((await verify({ credential: body.verifiableCredential, now: now() })).verdict).toBe('valid')
  })

  it('lets the operator see each credential first', async () => {
    const path = '/issuers/careful/credentials/issue'
    const { body } = await issued(plainCredential({ validUntil: '2027-01-01T00:00:00Z' }), path)
    expect(body.verifiableCredential.description).toBe('With an end.')
    const refused = await issued(plainCredential(), path)
    expect([refused.status, refused.body.errors[0].path]).toEqual([400, '/validUntil'])
  })

  it('says everything that is wrong, where, and by its W3C type', async () => {
    const { status, headers, body } = await issued(plainCredential({ id: 'badge 7', validUntil: 'soon' }))
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json'])
    expect(body).toMatchObject({ type: malformed, title: 'Bad Request', status: 400, code: 'CREDENTIAL_MALFORMED' })
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(['/id', '/validUntil'])
    for (const error of body.errors) expect(error).toMatchObject({ type: malformed, title: 'Malformed value error' })
  })

  it.each([
    ['another issuer', plainCredential({ issuer: thief.controller }), 400, 'CREDENTIAL_MALFORMED'],
    ['a proof already', plainCredential({ proof: {} }), 400, 'CREDENTIAL_SECURED'],
    [
      'a context that is not at hand',
      { ...plainCredential(), '@context': [vc2(), 'https://c.example'] },
      422,
      'CONTEXT_UNKNOWN',
    ],
  ])('refuses %s', async (_what, credential, status, code) => {
    const answer = await issued(credential)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  it('does not tell what is wrong on this side', async () => {
    const failing = (error: Error) => open({ issuer: { key: { ...school, sign: () => Promise.reject(error) } } })
    const secret = new Error('KMS key alias/school at 10.0.0.7 is disabled')
    const { status, body } = await post(failing(secret), '/credentials/issue', { credential: badge() })
    expect([status, JSON.stringify(body).includes('10.0.0.7')]).toEqual([500, false])
    expect(told).toContain(secret)
    const down = new CredentialError('STORE_UNAVAILABLE', 'connect ECONNREFUSED 10.0.0.8')
    const busy = await post(failing(down), '/credentials/issue', { credential: badge() })
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '30'])
    expect(JSON.stringify(busy.body)).not.toContain('10.0.0.8')
    const others = { ...school, sign: thief.sign }
    expect((await post(open({ issuer: { key: others } }), '/credentials/issue', { credential: badge() })).status).toBe(
      500,
    )
  })

  it('takes mandatory pointers where nothing can be hidden for what they are', async () => {
    const body = { credential: badge(), options: { mandatoryPointers: ['/issuer'] } }
    expect((await post(handle, '/credentials/issue', body)).status).toBe(201)
  })
})

function vc2(): string {
  return 'https://www.w3.org/ns/credentials/v2'
}

describe('verify', () => {
  const handle = open({ verify: { statusLists: [] } })
  const verified = (verifiableCredential: unknown, options?: object) =>
    post(handle, '/credentials/verify', { verifiableCredential, ...(options && { options }) })
  const codesOf = ({ body }: Answer) => body.errors.map(({ code }: { code: string }) => code)

  it('answers 200 with verified: true and no errors', async () => {
    const { status, body } = await verified(await signedBadge())
    expect(status).toBe(200)
    expect(body).toMatchObject({ verified: true, verdict: 'valid', errors: [], warnings: [] })
    expect(body.checks).toContainEqual(expect.objectContaining({ name: 'proof', outcome: 'passed' }))
  })

  it('takes a JWT as text and enveloped', async () => {
    const text = await issue({ credential: badge(), key: school, now: now(), format: vcJose() })
    const id = `data:application/vc+jwt,${text}`
    expect((await verified(text)).status).toBe(200)
    expect((await verified({ '@context': vc2(), type: 'EnvelopedVerifiableCredential', id })).status).toBe(200)
    expect((await verified('a.b.c')).status).toBe(400)
  })

  it('answers anything else with 400 and why, never 200', async () => {
    const good = await signedBadge()
    const answer = await verified(edit(good, '/name', 'Wielding'))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json'])
    expect(answer.body).toMatchObject({
      type: 'https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR',
      title: 'Cryptographic security error',
      status: 400,
      code: 'PROOF_INVALID',
      verified: false,
      verdict: 'invalid',
      errors: [{ code: 'PROOF_INVALID', path: '/proof', check: 'proof' }],
    })
    for (const document of [
      {},
      { type: ['NonconformingDocument'] },
      edit(good, '/proof', null),
      edit(good, '/proof', []),
    ]) {
      const refused = await verified(document)
      expect([refused.status, refused.body.verified]).toEqual([400, false])
      expect(refused.body.errors.length).toBeGreaterThan(0)
    }
  })

  it('what is undecided is not verified', async () => {
    const answer = await verified(await badgeSignedAnyway(entryAt()))
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ verified: false, verdict: 'indeterminate' })
    expect(answer.body.type).toBe('https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR')
  })

  describe('where the proof alone decides', () => {
    const proof = { checks: ['proof'] }

    it('the rest is told and decides nothing', async () => {
      const late = await signedBadge({ validUntil: '2026-10-01T00:00:00Z' })
      expect(codesOf(await verified(late))).toEqual(['EXPIRED'])
      const answer = await verified(late, proof)
      expect([answer.status, answer.body.verified, answer.body.verdict]).toEqual([200, true, 'invalid'])
      expect(answer.body.errors).toEqual([])
      expect(answer.body.warnings).toMatchObject([{ code: 'EXPIRED', check: 'validity' }])
    })

    it.each([
      [
        'a proof by one over another’s issuer',
        () => withProof({ ...badge(), issuer: 'https://school.example/issuers/1' }),
        'ISSUER_MISMATCH',
      ],
      ['a status that nobody knows', () => badgeSignedAnyway(entryAt()), 'STATUS_UNAVAILABLE'],
    ])('so does %s', async (_what, document, code) => {
      const credential = await document()
      expect(codesOf(await verified(credential))).toEqual([code])
      const answer = await verified(credential, proof)
      expect([answer.status, answer.body.warnings[0].code]).toEqual([200, code])
    })

    it('but there must be a document, and a proof that passed', async () => {
      const good = await signedBadge()
      for (const bad of [
        {},
        edit(good, '/proof'),
        edit(good, '/issuer'),
        edit(good, '/@context/2', 'https://context.example/v1'),
        edit(good, '/name', 'Wielding'),
        edit(good, '/proof/cryptosuite', 'UnknownCryptosuite'),
        edit(good, '/proof/type', 'UnknownProofType'),
        edit(good, '/proof/verificationMethod', 'did:key:invalidVm'),
        edit(good, '/proof/proofPurpose', 'authentication'),
        edit(good, '/proof/created', 'soon'),
        edit(good, '/proof/proofValue', null),
        edit(good, '/proof/proofValue', String((good['proof'] as { proofValue: string }).proofValue).slice(1)),
        edit(good, '/grade', 'A'),
        { ...copyOf(good), evidence: Array.from({ length: 2_001 }, () => ({ type: ['VerifiableCredential'] })) },
      ]) {
        const { status, body } = await verified(bad, proof)
        expect([status, body.verified]).toEqual([400, false])
        expect(body.errors.length).toBeGreaterThan(0)
      }
    })

    it('other checks are named as here or as in the VC API', async () => {
      const late = await signedBadge({ validUntil: '2026-10-01T00:00:00Z' })
      expect((await verified(late, { checks: ['proof', 'credentialStatus'] })).status).toBe(200)
      expect((await verified(late, { checks: ['proof', 'validity'] })).status).toBe(400)
      expect((await verified(late, { checks: [] })).status).toBe(400)
      const revocable = await badgeSignedAnyway(entryAt())
      for (const name of ['status', 'credentialStatus']) {
        expect(codesOf(await verified(revocable, { checks: [name] }))).toEqual(['STATUS_UNAVAILABLE'])
      }
    })

    it('who signed decides, unless the proof alone was asked for; so does what is inside', async () => {
      const forged = await withProof({ ...plainCredential(), issuer: school.controller }, thief)
      const mismatch = await verified(forged, { checks: ['proof', 'credentialStatus'] })
      expect([mismatch.status, codesOf(mismatch)]).toEqual([400, ['ISSUER_MISMATCH']])
      expect((await verified(forged, { checks: ['proof'] })).body.warnings).not.toEqual([])
      const inner = edit(await signedBadge(), '/name', 'Doctor of everything')
      const outer = await withProof({ ...plainCredential(), evidence: [inner] }, school)
      for (const checks of [['proof'], ['proof', 'validity']]) {
        expect((await verified(outer, { checks })).status).toBe(400)
      }
    })

    it('what the operator asks for besides is not for a request to leave out', async () => {
      const refusing = open({
        verify: {
          trust: async () => undefined,
          checks: [async () => [{ name: 'x-no', outcome: 'failed', code: 'X_NO', message: 'Not here.' }]],
          deciding: ['proof', 'schema'],
        },
      })
      const credential = await signedBadge()
      const answer = await post(refusing, '/credentials/verify', {
        verifiableCredential: credential,
        options: { checks: ['proof', 'validity'] },
      })
      expect([answer.status, codesOf(answer)]).toEqual([400, ['ISSUER_UNTRUSTED', 'X_NO']])
    })

    it('may be the operator’s choice', async () => {
      const late = await signedBadge({ validUntil: '2026-10-01T00:00:00Z' })
      const lenient = open({ verify: { deciding: ['proof'] } })
      const asked = (options: object) => post(lenient, '/credentials/verify', { verifiableCredential: late, options })
      expect((await asked({})).status).toBe(200)
      expect((await asked({ checks: ['validity'] })).status).toBe(400)
    })
  })

  it('compares challenge, domain and purpose where they are expected', async () => {
    const { proof: _, ...unsecured } = await signedBadge()
    const proof = await proofOver(unsecured, school, { challenge: 'c0ffee', domain: ['hr.example', 'b.example'] })
    const answering = { ...unsecured, proof }
    const checked = (options: object) => verified(answering, { checks: ['proof'], ...options })
    expect(
      (await checked({ challenge: 'c0ffee', domain: 'hr.example', expectedProofPurpose: 'assertionMethod' })).status,
    ).toBe(200)
    expect(codesOf(await checked({ challenge: 'decaf' }))).toEqual(['CHALLENGE_MISMATCH'])
    expect(codesOf(await checked({ domain: 'c.example' }))).toEqual(['DOMAIN_MISMATCH'])
    expect(codesOf(await checked({ expectedProofPurpose: 'authentication' }))).toEqual(['PROOF_PURPOSE_MISMATCH'])
    const without = await verified(await signedBadge(), { challenge: 'c0ffee', domain: 'hr.example' })
    expect(codesOf(without)).toEqual(['CHALLENGE_MISMATCH', 'DOMAIN_MISMATCH'])
    expect(without.body.type).toBe('https://w3id.org/security#INVALID_CHALLENGE_ERROR')
  })

  it('tells of what is inside', async () => {
    const praise = await signed(endorsement({ name: 'Praise', endorsed: String(badge().id) }), thief)
    const outer = await signed({ ...badge(), endorsement: [edit(praise, '/name', 'Blame')] })
    const { body } = await verified(outer)
    expect(body.nested).toMatchObject([{ path: '/endorsement/0', verdict: 'invalid' }])
  })

  it('verifies endorsements that came beside it, of which none decides', async () => {
    const endorsed = await signedBadge()
    const praise = endorsement({ name: 'Praise', endorsed: String(endorsed['id']) })
    const good = await signed(praise, thief)
    const jwt = await issue({ credential: praise, key: thief, format: vcJose(), now: now() })
    const broken = edit(good, '/name', 'Blame')
    const { status, body } = await verified(endorsed, { endorsements: [good, jwt, broken] })
    expect([status, body.verdict]).toEqual([200, 'valid'])
    expect(body.endorsements.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['valid', 'valid', 'invalid'])
    const checks = body.checks.filter(({ name }: { name: string }) => name === 'endorsement')
    expect(checks.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['passed', 'passed', 'failed'])
    expect(body.warnings).toMatchObject([{ code: 'ENDORSEMENT_INVALID' }])
    expect(await verified(endorsed)).not.toHaveProperty('body.endorsements')
  })

  it.each([{}, 'praise', [7], [null], [['praise']]])('takes no endorsements like %j', async (endorsements) => {
    const { status, body } = await verified(await signedBadge(), { endorsements })
    expect([status, body.detail]).toEqual([
      400,
      '"options.endorsements" must be a list of endorsements, each an object or a JWT.',
    ])
  })

  it('ends in time', async () => {
    const slow = open({ verify: { limits: { time: 20 }, resolveDid: () => new Promise(() => {}) } })
    const { status, body } = await post(slow, '/credentials/verify', { verifiableCredential: await signedBadge() })
    expect([status, body.verdict, body.code]).toEqual([400, 'indeterminate', 'LIMIT_EXCEEDED'])
  })
})

describe('derive', () => {
  const handle = open({})
  let base: object
  beforeAll(async () => {
    const key = await generateKey({ algorithm: 'P-256' })
    base = await issue({ credential: badge(), key, now: now(), format: ecdsaSd2023() })
  })
  const derived = (options: object | undefined, verifiableCredential: object = base) =>
    post(handle, '/credentials/derive', { verifiableCredential, ...(options && { options }) })

  it('answers 201 with the part that is shown, which verifies', async () => {
    const { status, body } = await derived({ selectivePointers: ['/name'] })
    expect(status).toBe(201)
    expect(body.verifiableCredential.name).toBe('Welding')
    expect((await verify({ credential: body.verifiableCredential, now: now() })).verdict).toBe('valid')
    expect((await derived(undefined)).body.verifiableCredential.name).toBeUndefined()
  })

  it('says what is wrong with what was asked', async () => {
    const nothing = await derived({ selectivePointers: ['/nothing/here'] })
    expect([nothing.status, nothing.body.code]).toEqual([400, 'OPTION_INVALID'])
    expect(nothing.body.detail).toContain('/nothing/here')
    const plain = await derived({ selectivePointers: [] }, await signedBadge())
    expect([plain.status, plain.body.code]).toEqual([400, 'PROOF_MISSING'])
    const odd = await derived({ selectivePointers: [] }, edit(base, '/proof/0/proofValue', 'u2V0AhA'))
    expect([odd.status, odd.body.code]).toEqual([400, 'CREDENTIAL_MALFORMED'])
  })
})

describe('status', () => {
  const url = 'https://school.example/status-lists'
  const tenantOf = (store: StatusStore, more: object = {}): HttpTenant => {
    const registry = createStatusRegistry({ store, url, now, ...more })
    return { issuer: { key: school, status: registry }, status: { registry, publish: { key: school } }, store }
  }

  it('is published with the first credential, changed at once, and read by everybody', async () => {
    const tenant = tenantOf(memoryStatusStore())
    const handle = open({
      ...tenant,
      verify: { loadStatusList: async (wanted) => (await ask(handle, new URL(wanted).pathname)).body },
    })
    const { body } = await post(handle, '/credentials/issue', { credential: badge() })
    const credential = body.verifiableCredential
    const verdict = async () =>
      (await post(handle, '/credentials/verify', { verifiableCredential: credential })).body.verdict
    expect(await verdict()).toBe('valid')
    const set = (more: object) => post(handle, '/credentials/status', { credentialId: credential.id, ...more })
    const entry = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' }
    expect((await set({ credentialStatus: entry, options: { reason: 'In error' } })).body).toEqual({
      credentialId: credential.id,
      status: true,
      changed: true,
    })
    expect((await set({ status: true, credentialStatus: [entry] })).body.changed).toBe(false)
    const list = await ask(handle, new URL(credential.credentialStatus.statusListCredential).pathname)
    expect([list.status, list.headers.get('content-type'), list.body.type]).toEqual([
      200,
      'application/vc',
      ['VerifiableCredential', 'BitstringStatusListCredential'],
    ])
    expect((await tenant.status?.registry.history({ credentialId: credential.id }))?.at(-1)?.reason).toBe('In error')
  })

  it('must say which of several is meant', async () => {
    const handle = open(tenantOf(memoryStatusStore(), { purposes: ['revocation', 'suspension'] }))
    const { body } = await post(handle, '/credentials/issue', { credential: { ...plainCredential(), id: 'urn:a:b' } })
    expect(body.verifiableCredential.credentialStatus).toHaveLength(2)
    const set = async (more: object) => {
      const answer = await post(handle, '/credentials/status', { credentialId: 'urn:a:b', ...more })
      return answer.status === 200 ? answer.body.changed : answer.status
    }
    const suspension = { credentialStatus: { statusPurpose: 'suspension' } }
    expect(await set({})).toBe(400)
    expect(await set({ credentialStatus: { statusPurpose: 'refresh' } })).toBe(400)
    expect(await set({ credentialStatus: { statusPurpose: 'suspension', type: 'StatusList2021Entry' } })).toBe(400)
    expect(await set({ credentialStatus: [suspension.credentialStatus, suspension.credentialStatus] })).toBe(400)
    expect(await set(suspension)).toBe(true)
    expect(await set({ ...suspension, status: false })).toBe(true)
    expect(await set({ ...suspension, status: 'yes' })).toBe(400)
    expect(await set({ ...suspension, status: -1 })).toBe(400)
    expect(await set({ ...suspension, options: { reason: 7 } })).toBe(400)
    expect(await set({ ...suspension, credentialId: 7 })).toBe(400)
    expect(await set({ ...suspension, credentialId: 'urn:a:c' })).toBe(404)
  })

  it('of a given list decides', async () => {
    const lists = await Promise.all([listOf({ set: [[place, 1]] }), listOf({})])
    const [revoked, good] = lists.map((list) => open({ verify: { statusLists: [list] } }))
    const body = { verifiableCredential: await badgeSignedAnyway(entryAt()) }
    const answer = await post(revoked as never, '/credentials/verify', body)
    expect([answer.status, answer.body.code, answer.body.type]).toEqual([400, 'REVOKED', 'about:blank'])
    expect((await post(good as never, '/credentials/verify', body)).status).toBe(200)
  })

  it('trouble of the store is 503', async () => {
    const store = memoryStatusStore()
    const broken = open(tenantOf({ ...store, allocate: () => Promise.reject(new Error('gone')) } as StatusStore))
    expect((await post(broken, '/credentials/issue', { credential: badge() })).status).toBeGreaterThanOrEqual(500)
  })
})
