import { generateKey, type TrustRegistry } from 'testamur'
import { type AssertionReport, verifyAssertion } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { signedBadge } from '../helpers/fixtures.ts'
import {
  badgeClass,
  cryptographicKey,
  email,
  hosted,
  ids,
  now,
  otherKey,
  pemOf,
  profile,
  revocationList,
  rsaKey,
  signed,
  signedPayload,
  told,
  verified,
  web,
} from '../helpers/open-badges-2.ts'
import { iTXt, png, svg } from '../helpers/pictures.ts'

const outcomesOf = ({ checks }: AssertionReport) => checks.map(({ name, outcome }) => `${name} ${outcome}`)
const notesOf = ({ checks }: AssertionReport) => checks.flatMap(({ notes = [] }) => notes).join('\n')
const jws = await signed()

describe('a hosted assertion', () => {
  it('is valid where its server has it, and what its server has is what was verified', async () => {
    const network = web()
    const report = await verifyAssertion({ assertion: hosted(), fetchJson: network.fetchJson, now })
    expect(report).toMatchObject({
      kind: 'assertion',
      verified: true,
      verdict: 'valid',
      verifiedAt: '2026-06-01T00:00:00Z',
      method: 'hosted',
      assertion: hosted(),
      badge: badgeClass(),
      issuer: profile(),
    })
    expect(outcomesOf(report)).toEqual([
      'structure passed',
      'proof passed',
      'issuer passed',
      'holder skipped',
      'validity passed',
      'status passed',
      'trust skipped',
    ])
    expect(network.asked).toEqual([ids.hosted, ids.badge, ids.issuer])
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  it.each([
    ['text', JSON.stringify(hosted())],
    ['bytes', new TextEncoder().encode(JSON.stringify(hosted()))],
    ['its URL', ids.hosted],
    ['bytes of its URL', new TextEncoder().encode(`${ids.hosted}\n`)],
    ['a PNG', png(iTXt('openbadges', JSON.stringify(hosted())))],
    ['an SVG with its URL', svg(`<o:assertion xmlns:o="http://openbadges.org" verify="${ids.hosted}"/>`)],
  ])('may come as %s', async (_what, assertion) => {
    expect(told(await verified(assertion))).toBe('valid')
  })

  it('is told with its text where the fetch hands over text or bytes', async () => {
    const text = JSON.stringify(hosted(), null, 1)
    for (const served of [text, new TextEncoder().encode(text)]) {
      expect(await verified(ids.hosted, { [ids.hosted]: served })).toMatchObject({ verified: true, text })
    }
    expect(await verified(ids.hosted)).not.toHaveProperty('text')
  })

  it('cannot be valid, and is not invalid, where nothing may be fetched or nobody answers', async () => {
    const offline = await verifyAssertion({ assertion: hosted(), now })
    expect(told(offline)).toBe('indeterminate PROOF_UNAVAILABLE')
    expect(offline.checks[0]?.message).toContain('unless "fetchJson" is given')
    const down = new Error('the line is down')
    for (const url of [ids.hosted, ids.badge, ids.issuer]) {
      expect(told(await verified(hosted(), { [url]: down }))).toBe('indeterminate PROOF_UNAVAILABLE')
      expect(told(await verified(hosted(), { [url]: undefined }))).toBe('indeterminate PROOF_UNAVAILABLE')
      expect(told(await verified(hosted(), { [url]: '{' }))).toBe('indeterminate PROOF_UNAVAILABLE')
      expect(told(await verified(hosted(), { [url]: [] }))).toBe('indeterminate PROOF_UNAVAILABLE')
    }
  })

  it.each([
    ['the server says that it is gone', { revoked: true }],
    ['it says so itself', hosted({ revoked: true, revocationReason: 'Awarded in error' })],
  ])('is revoked where %s', async (_what, served) => {
    expect(told(await verified(hosted(), { [ids.hosted]: served }))).toBe('invalid REVOKED')
  })

  it('is not revoked where it says that it is not', async () => {
    expect(told(await verified(hosted(), { [ids.hosted]: hosted({ revoked: false }) }))).toBe('valid')
  })

  it('may not have a BadgeClass inside under the id of another issuer’s', async () => {
    const at = (id: string | undefined) => hosted({ badge: badgeClass({ id, issuer: ids.issuer }) })
    const look = (assertion: ReturnType<typeof hosted>) => verified(assertion, { [ids.hosted]: assertion })
    expect(told(await look(at('https://thief.example/badges/1')))).toBe('invalid ISSUER_MISMATCH')
    expect(told(await look(at(undefined)))).toBe('valid')
    const own = await look(at(ids.badge))
    expect(told(own)).toBe('valid')
    expect(own.checks.find(({ name }) => name === 'issuer')?.notes?.join()).toContain('was not compared')
  })

  it('may have BadgeClass and Profile inside; the Profile is looked up all the same', async () => {
    const inside = hosted({ badge: badgeClass({ issuer: profile() }) })
    const network = web({ [ids.hosted]: inside, [ids.badge]: undefined })
    const report = await verifyAssertion({ assertion: inside, fetchJson: network.fetchJson, now })
    expect(told(report)).toBe('valid')
    expect(network.asked).toEqual([ids.hosted, ids.issuer])
  })

  it('is another where its server has another recipient or another badge', async () => {
    const recipient = { type: 'email', hashed: false, identity: 'eve@example.edu' }
    for (const changes of [{ recipient }, { badge: 'https://school.example/badges/other' }]) {
      expect(told(await verified(hosted(changes)))).toBe('invalid PROOF_INVALID')
    }
    expect(told(await verified(hosted({ badge: badgeClass({ id: undefined, name: 'Other' }) })))).toBe(
      'invalid PROOF_INVALID',
    )
  })

  it('may have been changed by its issuer in all else, which is told', async () => {
    const served = hosted({ expires: '2030-01-01T00:00:00Z', narrative: 'New.', badge: badgeClass() })
    const report = await verified(hosted({ expires: '2020-01-01T00:00:00Z' }), { [ids.hosted]: served })
    expect(told(report)).toBe('valid')
    expect(notesOf(report)).toMatch(/differs from what its server has.*narrative/)
    const early = hosted({ expires: '2020-01-01T00:00:00Z' })
    expect(told(await verified(hosted(), { [ids.hosted]: early }))).toBe('invalid EXPIRED')
  })

  it('is told to have come without https', async () => {
    const http = ids.hosted.replace('https', 'http')
    const report = await verified(hosted({ id: http }), { [http]: hosted({ id: http }) })
    expect(told(report)).toBe('valid')
    expect(notesOf(report)).toContain('without https')
  })
})

describe('a signed assertion', () => {
  it('is valid with a key that the Profile names', async () => {
    const network = web()
    const report = await verifyAssertion({ assertion: jws, fetchJson: network.fetchJson, now })
    expect(report).toMatchObject({ verified: true, method: 'signed', text: jws, assertion: signedPayload() })
    expect(outcomesOf(report)).toContain('status skipped')
    expect(network.asked).toEqual([ids.badge, ids.issuer, ids.key])
  })

  it.each([
    ['bytes', new TextEncoder().encode(`${jws}\n`)],
    ['a PNG', png(iTXt('openbadges', jws))],
    ['an SVG', svg(`<o:assertion xmlns:o="http://openbadges.org" verify="${jws}"/>`)],
  ])('may come in %s', async (_what, assertion) => {
    expect(told(await verified(assertion))).toBe('valid')
  })

  it('may be signed with RSA, as most are, and with P-256', async () => {
    for (const key of [await rsaKey(), await generateKey({ algorithm: 'P-256' })]) {
      const web2 = { [ids.key]: cryptographicKey({ publicKeyPem: await pemOf(key) }) }
      const text = await signed({}, key)
      expect(told(await verified(text, web2))).toBe('valid')
      expect(told(await verified(text))).toBe('invalid KEY_UNSUPPORTED')
    }
  })

  it('may name no key: each that the Profile names is tried', async () => {
    const text = await signed({ verification: { type: 'signed' } })
    expect(told(await verified(text))).toBe('valid')
    const second = 'https://school.example/keys/2'
    const first = cryptographicKey({ publicKeyPem: await pemOf(otherKey) })
    const both = profile({ publicKey: [ids.key, second] })
    const keys = { [ids.key]: first, [second]: cryptographicKey({ id: second }), [ids.issuer]: both }
    expect(told(await verified(text, keys))).toBe('valid')
    expect(told(await verified(text, { ...keys, [second]: new Error('down') }))).toBe('indeterminate KEY_UNAVAILABLE')
    expect(told(await verified(text, { ...keys, [second]: first }))).toMatch('invalid KEY_NOT_FOUND')
    expect(told(await verified(text, { [ids.key]: first }))).toBe('invalid PROOF_INVALID')
  })

  it('may have its key in the Profile', async () => {
    const inside = profile({ publicKey: cryptographicKey() })
    expect(told(await verified(jws, { [ids.issuer]: inside, [ids.key]: undefined }))).toBe('valid')
  })

  it('is open where its key, BadgeClass or Profile cannot be had', async () => {
    expect(told(await verifyAssertion({ assertion: jws, now }))).toBe('indeterminate PROOF_UNAVAILABLE')
    const down = new Error('down')
    expect(told(await verified(jws, { [ids.badge]: down }))).toBe('indeterminate PROOF_UNAVAILABLE')
    expect(told(await verified(jws, { [ids.issuer]: down }))).toBe('indeterminate PROOF_UNAVAILABLE')
    expect(told(await verified(jws, { [ids.key]: down }))).toBe('indeterminate KEY_UNAVAILABLE')
    expect(told(await verified(jws, { [ids.key]: undefined }))).toBe('invalid KEY_NOT_FOUND')
  })

  it('is looked for in the list that the Profile names', async () => {
    const listed = { [ids.issuer]: profile({ revocationList: ids.list }) }
    const list = (entries: unknown, changes = {}) => ({ ...listed, [ids.list]: revocationList(entries, changes) })
    const uid = await signed({ uid: 'abc123' })
    expect(outcomesOf(await verified(jws, listed))).toContain('status passed')
    for (const entries of [
      [ids.signed],
      ids.signed,
      ['urn:uuid:other', { id: ids.signed, revocationReason: 'Violation of policy' }],
      [{ id: ids.signed, revoked: true }],
      [7, ids.signed],
    ]) {
      expect(told(await verified(jws, list(entries)))).toBe('invalid REVOKED')
    }
    expect(told(await verified(uid, list([{ uid: 'abc123' }])))).toBe('invalid REVOKED')
    expect(told(await verified(uid, list([{ uid: 'abc124' }])))).toBe('valid')
    expect(told(await verified(jws, list(['urn:uuid:other', { id: ids.signed, revoked: false }])))).toBe('valid')
    for (const same of [ids.signed.toUpperCase(), { uid: ids.signed }, { id: 'urn:x:1', uid: ids.signed }]) {
      expect(told(await verified(jws, list([same])))).toBe('invalid REVOKED')
    }
    for (const odd of [[7], [{}], undefined, [[ids.signed]], ['https://['], ['not an id'], [{ id: 'x', uid: 'y' }]]) {
      expect(told(await verified(jws, list(odd)))).toBe('indeterminate STATUS_LIST_INVALID')
    }
    expect(told(await verified(jws, list([], { type: 'BadgeClass' })))).toBe('indeterminate STATUS_LIST_INVALID')
    expect(told(await verified(jws, list([], { id: `${ids.list}/2` })))).toBe('indeterminate STATUS_LIST_MISMATCH')
    expect(told(await verified(jws, list([], { issuer: 'https://other.example/' })))).toBe(
      'indeterminate STATUS_ISSUER_MISMATCH',
    )
    for (const gone of [undefined, new Error('down'), '{']) {
      expect(told(await verified(jws, { ...listed, [ids.list]: gone }))).toBe('indeterminate STATUS_UNAVAILABLE')
    }
    expect(told(await verified(jws, { [ids.issuer]: profile({ revocationList: 7 }) }))).toBe(
      'indeterminate STATUS_UNAVAILABLE',
    )
  })

  it('is looked for in a list inside the Profile, and at the id of one that is described there', async () => {
    const inside = (list: unknown) => ({ [ids.issuer]: profile({ revocationList: list }), [ids.list]: undefined })
    expect(told(await verified(jws, inside(revocationList([ids.signed]))))).toBe('invalid REVOKED')
    expect(told(await verified(jws, inside(revocationList([]))))).toBe('valid')
    const described = inside({ id: ids.list, type: 'RevocationList' })
    expect(told(await verified(jws, described))).toBe('indeterminate STATUS_UNAVAILABLE')
    const there = { ...described, [ids.list]: revocationList([ids.signed]) }
    expect(told(await verified(jws, there))).toBe('invalid REVOKED')
  })

  it('is revoked where it says so of itself', async () => {
    expect(told(await verified(await signed({ revoked: true })))).toBe('invalid REVOKED')
  })
})

describe('what was not looked at', () => {
  it.each([
    ['the shape', () => signed({ type: 'Badge' }), 'proof skipped'],
    ['the signature', () => `${jws.slice(0, -4)}AAAA`, 'validity skipped'],
    ['the place', () => 'https://evil.example/1', 'validity skipped'],
    ['the end', () => signed({ expires: '2020-01-01T00:00:00Z' }), 'trust skipped'],
  ])('is told after a problem with %s', async (_what, assertion, last) => {
    const served = { 'https://evil.example/1': hosted({ id: 'https://evil.example/1' }) }
    const report = await verified(await assertion(), served)
    expect(report.verdict).toBe('invalid')
    expect(outcomesOf(report).at(-1)).toBe(last)
    expect(new Set(outcomesOf(report)).size).toBe(report.checks.length)
  })

  it('after a BadgeClass that was not found is all but that', async () => {
    const report = await verified(ids.hosted, { [ids.badge]: new Error('down') })
    expect(outcomesOf(report)).toEqual(['issuer inconclusive', 'validity skipped'])
    expect(report).toMatchObject({ verified: false, unverified: hosted() })
    expect(await verified('no JSON')).not.toHaveProperty('unverified')
  })
})

describe('the dates', () => {
  it.each([
    ['2026-06-01T00:00:00Z', undefined, 'valid'],
    ['2026-06-01T00:00:59Z', undefined, 'valid'],
    ['2026-06-01T00:01:01Z', undefined, 'invalid NOT_YET_VALID'],
    ['2020-01-01T00:00:00Z', '2026-06-01T00:00:00+01:00', 'invalid EXPIRED'],
    ['2020-01-01T00:00:00Z', '2026-05-31T23:59:30Z', 'valid'],
    ['2022-12-31T23:59:59Z', '2022-11-15T23:59:59Z', 'invalid EXPIRED'],
    ['2020-01-01T00:00Z', '2030-01-01T00:00:00.123456+0000', 'valid'],
    ['2020-01-01', undefined, 'invalid CREDENTIAL_MALFORMED'],
    ['2020-01-01T00:00:00', undefined, 'invalid CREDENTIAL_MALFORMED'],
    [1577836800, undefined, 'invalid CREDENTIAL_MALFORMED'],
    ['2020-01-01T00:00:00Z', '2020-02-30T00:00:00Z', 'invalid CREDENTIAL_MALFORMED'],
    ['2020-01-01T00:00:00Z', null, 'invalid CREDENTIAL_MALFORMED'],
  ])('%s to %s: %s', async (issuedOn, expires, answer) => {
    expect(told(await verified(await signed({ issuedOn, expires })))).toBe(answer)
  })

  it('are judged with the tolerance that is given', async () => {
    const text = await signed({ expires: '2026-05-31T23:59:30Z' })
    expect(told(await verified(text, {}, { clockTolerance: 0 }))).toBe('invalid EXPIRED')
  })
})

describe('the recipient', () => {
  it('is compared with who is asked about', async () => {
    expect(outcomesOf(await verified(jws, {}, { recipient: { email } }))).toContain('holder passed')
    expect(told(await verified(jws, {}, { recipient: { email: 'eve@example.edu' } }))).toBe('invalid SUBJECT_MISMATCH')
    expect(told(await verified(jws, {}, { recipient: { studentId: email } }))).toBe('invalid SUBJECT_MISMATCH')
  })

  it.each([
    [{ type: 'email', hashed: false, identity: email }, { email }],
    [{ type: 'email', identity: email }, { email }],
    [{ type: 'schema:email', hashed: false, identity: email }, { email }],
    [
      {
        type: 'email',
        hashed: true,
        identity: 'sha256$973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b',
      },
      { email: 'test@example.com' },
    ],
    [{ type: 'email', hashed: true, identity: 'md5$55502f40dc8b7c769880b10874abc9d0' }, { email: 'test@example.com' }],
    [
      { type: 'url', hashed: false, identity: 'https://ada.example/' },
      { identityType: 'ext:url', identity: 'https://ada.example/' },
    ],
    [
      { type: 'telephone', hashed: false, identity: '+351 1' },
      { identityType: 'ext:telephone', identity: '+351 1' },
    ],
  ] as const)('%j is %j', async (recipient, person) => {
    expect(told(await verified(await signed({ recipient }), {}, { recipient: person }))).toBe('valid')
  })
})

describe('trust', () => {
  it('is asked for the id of the Profile', async () => {
    const trust: TrustRegistry = async (issuer) => (issuer === ids.issuer ? { registry: 'ours' } : undefined)
    expect(outcomesOf(await verified(jws, {}, { trust }))).toContain('trust passed')
    expect(told(await verified(jws, {}, { trust: async () => undefined }))).toBe('invalid ISSUER_UNTRUSTED')
  })
})

describe('the shape', () => {
  it.each([
    [{ '@context': 'https://w3id.org/openbadges/invalid' }, '/@context'],
    [{ '@context': 'https://w3id.org/openbadges/v1' }, '/@context'],
    [{ type: 'OtherAssertion' }, '/type'],
    [{ id: 'robotics 1' }, '/id'],
    [{ recipient: email }, '/recipient'],
    [{ recipient: { identity: email } }, '/recipient/type'],
    [{ recipient: { type: 'email' } }, '/recipient/identity'],
    [{ recipient: { type: 'email', identity: email, hashed: 'true' } }, '/recipient/hashed'],
    [{ recipient: { type: 'email', identity: email, salt: 7 } }, '/recipient/salt'],
    [{ badge: [ids.badge] }, '/badge'],
    [{ badge: undefined }, '/badge'],
    [{ issuedOn: undefined }, '/issuedOn'],
    [{ badge: badgeClass({ type: 'Badge' }) }, '/badge/type'],
    [{ badge: badgeClass({ name: undefined }) }, '/badge/name'],
    [{ badge: badgeClass({ description: 7 }) }, '/badge/description'],
    [{ badge: badgeClass({ criteria: [] }) }, '/badge/criteria'],
    [{ badge: badgeClass({ issuer: { name: 'Nobody' } }) }, '/badge/issuer'],
  ])('refuses %j, and says where', async (changes, path) => {
    const report = await verified(await signed(changes))
    expect(report.verdict).toBe('invalid')
    expect(report.checks.flatMap((check) => ('code' in check ? [check.path] : []))).toContain(path)
  })

  it('refuses a Profile that is none', async () => {
    for (const changes of [{ type: 'Criteria' }, { name: '' }]) {
      expect(told(await verified(jws, { [ids.issuer]: profile(changes) }))).toBe('invalid CREDENTIAL_MALFORMED')
    }
  })

  it('asks whether it is hosted or signed', async () => {
    for (const verification of [undefined, {}, { type: 'blockchain' }, 'hosted']) {
      expect(told(await verified(hosted({ verification })))).toBe('invalid CREDENTIAL_MALFORMED')
      expect(told(await verified(await signed({ verification })))).toBe('invalid CREDENTIAL_MALFORMED')
    }
  })

  it('tells a badge of Open Badges 3.0 where to go', async () => {
    const report = await verified(await signedBadge())
    expect(told(report)).toBe('invalid CREDENTIAL_MALFORMED')
    expect(report.checks[0]?.message).toContain('verify it with verify')
  })

  it.each([
    ['nothing', undefined],
    ['a number', 7],
    ['no JSON', 'robotics'],
    ['a member twice', '{"id":"a","id":"b"}'],
    ['a picture without an assertion', png()],
    ['a damaged picture', png().subarray(0, 50)],
    [
      'a hostile object',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no')
          },
        },
      ),
    ],
  ])('answers for %s', async (_what, assertion) => {
    expect(await verified(assertion)).toMatchObject({ verified: false, verdict: 'invalid' })
  })
})

describe('the options', () => {
  it.each([
    [{}, /assertion is missing/],
    [{ assertion: jws, fetch: async () => undefined }, /there is no option "fetch"/],
    [{ assertion: jws, fetchJson: 'https' }, /fetchJson must be a function/],
    [{ assertion: jws, trust: {} }, /trust must be a function/],
    [{ assertion: jws, now: new Date('x') }, /now must be a Date/],
    [{ assertion: jws, clockTolerance: -1 }, /clockTolerance/],
    [{ assertion: jws, recipient: 'ada' }, /recipient is/],
    [{ assertion: jws, recipient: {} }, /recipient is/],
    [{ assertion: jws, signal: {} }, /signal must be/],
    [undefined, /options are missing/],
  ])('%j are refused', async (options, message) => {
    await expect(verifyAssertion(options as never)).rejects.toMatchObject({ code: 'OPTION_INVALID' })
    await expect(verifyAssertion(options as never)).rejects.toThrow(message)
  })

  it('end the work by their signal, also while somebody is asked', async () => {
    const controller = new AbortController()
    const report = verifyAssertion({
      assertion: jws,
      signal: controller.signal,
      fetchJson: () => {
        controller.abort(new Error('enough'))
        return new Promise(() => {})
      },
    })
    await expect(report).rejects.toThrow('enough')
    await expect(verifyAssertion({ assertion: jws, signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no')
  })
})
