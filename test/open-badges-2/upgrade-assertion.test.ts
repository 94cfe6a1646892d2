/** Badges of Open Badges 2.0 as badges of 3.0: issued anew by their issuer, or quoted by somebody else. */

import fc from 'fast-check'
import { type CredentialReport, digestOf, issue, matchesIdentity, type OpenBadge, verify } from 'testamur'
import {
  type AssertionReport,
  checkEvidence,
  quoteAssertion,
  upgradeAssertion,
  verifyAssertion,
} from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { copyOf } from '../helpers/fixtures.ts'
import { testKey } from '../helpers/keys.ts'
import {
  badgeClass,
  type Changes,
  email,
  hosted,
  ids,
  now,
  profile,
  signed,
  verified,
} from '../helpers/open-badges-2.ts'

const key = await testKey(81)
const agency = await testKey(82)
const learner = await testKey(83)
const text = await signed()
const report = await verified(text)
const own = { formerIssuer: ids.issuer, issuer: key.controller } as const
const quoter = { id: agency.controller, name: 'Harbour Recognition' } as const
const upgrade = (from: AssertionReport, more: object = {}) => upgradeAssertion({ report: from, ...own, ...more })
const quote = (from: AssertionReport, more: object = {}) => quoteAssertion({ report: from, issuer: quoter, ...more })

/** Signed, which the strict form of the schema must allow, and verified. */
async function issued(credential: OpenBadge, signer = key): Promise<CredentialReport> {
  const signedOne = await issue({ credential, key: signer, now, conformance: 'strict' })
  return verify({ credential: signedOne, now, conformance: 'strict' })
}

const contentOf = (evidence: unknown) => {
  const { id = '' } = evidence as { readonly id?: string }
  return Buffer.from(id.slice(id.indexOf(',') + 1), 'base64').toString()
}

describe('upgradeAssertion', () => {
  it('carries over what was awarded to whom, when and for what', () => {
    const badge = upgrade(report, { id: 'urn:uuid:1', recipientId: learner.controller })
    const { credentialSubject, ...rest } = badge
    expect(rest).toMatchObject({
      '@context': [expect.stringContaining('credentials/v2'), expect.stringContaining('v3p0')],
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      id: 'urn:uuid:1',
      name: 'Robotics',
      awardedDate: '2019-05-04T10:00:00Z',
      issuer: {
        id: key.controller,
        type: ['Profile'],
        name: 'Northfield School',
        url: 'https://school.example',
        email: 'badges@school.example',
        otherIdentifier: [{ type: 'IdentifierEntry', identifier: ids.issuer, identifierType: 'identifier' }],
      },
    })
    expect(rest).not.toHaveProperty('validUntil')
    expect(credentialSubject).toMatchObject({
      id: learner.controller,
      type: ['AchievementSubject'],
      achievement: {
        id: ids.badge,
        type: ['Achievement'],
        name: 'Robotics',
        description: 'Builds robots that find their way.',
        criteria: { id: `${ids.badge}/criteria`, narrative: 'Build one and let it run.' },
        image: { id: `${ids.badge}.png`, type: 'Image' },
        tag: ['robots', 'maker'],
        alignment: [
          {
            type: ['Alignment'],
            targetName: 'Designs solutions',
            targetUrl: 'https://case.example/items/7',
            targetCode: 'E.7',
            targetFramework: 'Engineering',
          },
        ],
      },
    })
    expect(matchesIdentity(credentialSubject.identifier, { email })).toBe(true)
  })

  it('takes the old assertion along as evidence, whole and with its digest', async () => {
    const [original] = upgrade(report).evidence ?? []
    expect(original).toMatchObject({ name: `Open Badges 2.0 assertion ${ids.signed}`, mediaType: 'application/jose' })
    expect(contentOf(original)).toBe(text)
    expect(original?.digestSRI).toBe(digestOf(text))
    // It is as good as before.
    expect((await verified(contentOf(original))).verdict).toBe('valid')
    expect(await checkEvidence({ report: await issued(upgrade(report)), open: () => undefined })).toMatchObject([
      { outcome: 'unchanged' },
    ])
  })

  it('takes along a hosted one as it was served, and in canonical form where that is not known', async () => {
    const served = JSON.stringify(hosted(), null, 2)
    const asServed = upgrade(await verified(ids.hosted, { [ids.hosted]: served })).evidence?.[0]
    expect(contentOf(asServed)).toBe(served)
    const parsed = upgrade(await verified(ids.hosted)).evidence?.[0]
    expect(JSON.parse(contentOf(parsed))).toEqual(hosted())
    expect(parsed).toMatchObject({ mediaType: 'application/ld+json', digestSRI: digestOf(contentOf(parsed)) })
  })

  it('is issued and verifies, strictly by the schema', async () => {
    expect(await issued(upgrade(report))).toMatchObject({ verified: true, issuer: key.controller })
    expect(await issued(upgrade(report, { recipientId: learner.controller }))).toMatchObject({ verified: true })
  })

  it('keeps the end, the pictures, the evidence and the languages', async () => {
    const badge = badgeClass({
      '@language': 'es',
      version: 2,
      image: { id: 'data:image/png;base64,AAAA', caption: 'Un robot', author: 'https://a.example/' },
      criteria: 'https://school.example/criteria',
      related: [{ id: 'https://school.example/badges/en', '@language': 'en-US', version: '1' }, 'https://a.example/b'],
      alignment: { name: 'Old words', url: 'https://a.example/c', description: 'Of 1.x' },
    })
    const assertion = hosted({
      badge,
      expires: '2030-01-01T00:00+0100',
      narrative: 'She built it alone.',
      image: 'https://school.example/baked.png',
      evidence: [
        'https://school.example/robot.html',
        { id: '_:b1', narrative: 'It ran.', genre: 'Film', audience: 'All' },
        { id: 'https://school.example/film', name: 'Film', description: 'Ten minutes.' },
        { description: 'Seen by two teachers.' },
        'An interview.',
        {},
        7,
      ],
    })
    const made = upgrade(await verified(assertion, { [ids.hosted]: assertion }))
    expect(made).toMatchObject({
      validUntil: '2030-01-01T00:00:00+01:00',
      image: { id: 'https://school.example/baked.png' },
    })
    expect(made.credentialSubject).toMatchObject({
      narrative: 'She built it alone.',
      achievement: {
        inLanguage: 'es',
        version: '2',
        image: { id: 'data:image/png;base64,AAAA', caption: 'Un robot' },
        criteria: { id: 'https://school.example/criteria' },
        related: [
          { id: 'https://school.example/badges/en', inLanguage: 'en-US', version: '1' },
          { id: 'https://a.example/b' },
        ],
        alignment: [{ targetName: 'Old words', targetUrl: 'https://a.example/c', targetDescription: 'Of 1.x' }],
      },
    })
    expect(made.evidence?.slice(0, -1)).toMatchObject([
      { id: 'https://school.example/robot.html' },
      { narrative: 'It ran.', genre: 'Film', audience: 'All' },
      { id: 'https://school.example/film', name: 'Film', description: 'Ten minutes.' },
      { description: 'Seen by two teachers.', narrative: 'Seen by two teachers.' },
      { narrative: 'An interview.' },
    ])
    expect(made.evidence?.[1]).not.toHaveProperty('id')
    expect(made.evidence).toHaveLength(6)
    expect(await issued(made)).toMatchObject({ verified: true })
  })

  it('says once what was said twice', async () => {
    const twice = [
      { targetName: 'A', targetUrl: 'https://a.example/' },
      { name: 'A', url: 'https://a.example/' },
    ]
    const badge = badgeClass({
      tags: ['a', 'b', 'a'],
      alignment: twice,
      related: ['urn:x:1', { id: 'urn:x:1', version: 2 }],
    })
    const page = 'https://school.example/robot.html'
    const assertion = hosted({ badge, evidence: [page, { id: page }, page] })
    const made = upgrade(await verified(assertion, { [ids.hosted]: assertion }))
    expect(made.credentialSubject.achievement).toMatchObject({
      tag: ['a', 'b'],
      alignment: [{ targetName: 'A' }],
      related: [{ id: 'urn:x:1' }],
    })
    expect(made.evidence).toHaveLength(2)
    expect(await issued(made)).toMatchObject({ verified: true })
  })

  it('lets a profile of the caller’s say more', () => {
    const issuer = { id: key.controller, name: 'Northfield Academy', official: 'E. Noether' }
    expect(upgrade(report, { issuer }).issuer).toMatchObject({ ...issuer, url: 'https://school.example' })
  })

  it.each([
    ['type', { type: 'url', hashed: false, identity: 'https://ada.example/' }, 'ext:url'],
    ['other type', { type: 'https://words.example/badgeNumber', hashed: false, identity: '7' }, 'ext:badgeNumber'],
    ['hash without a salt', { type: 'email', hashed: true, identity: `md5$${'0'.repeat(32)}` }, 'emailAddress'],
  ])('keeps a recipient by another %s', async (_what, recipient, identityType) => {
    const made = upgrade(await verified(await signed({ recipient })))
    expect(made.credentialSubject.identifier).toEqual([
      { type: 'IdentityObject', identityType, identityHash: recipient.identity, hashed: recipient.hashed },
    ])
    expect(await issued(made)).toMatchObject({ verified: true })
  })
})

describe('quoteAssertion', () => {
  const badge = quote(report)

  it('is issued by who quotes, and says so', async () => {
    expect(badge).toMatchObject({
      name: 'Quotation: Robotics',
      issuer: { id: agency.controller, name: 'Harbour Recognition' },
      awardedDate: '2019-05-04T10:00:00Z',
      credentialSubject: {
        source: { id: ids.issuer, name: 'Northfield School' },
        achievement: { id: ids.badge, creator: { id: ids.issuer, name: 'Northfield School' } },
      },
    })
    expect(badge.description).toBe(
      `Harbour Recognition verified on 2026-06-01T00:00:00Z, by its signature, that Northfield School (${ids.issuer}) awarded "Robotics" on 2019-05-04T10:00:00Z. This is a quotation: it was not issued by Northfield School.`,
    )
    expect(await issued(badge, agency)).toMatchObject({ verified: true, issuer: agency.controller })
    expect(await issued(quote(report, { issuer: agency.controller }), agency)).toMatchObject({ verified: true })
  })

  it('holds what is quoted and what was checked, each with its digest', async () => {
    const [original, account] = badge.evidence ?? []
    expect(contentOf(original)).toBe(text)
    expect(JSON.parse(contentOf(account))).toEqual({
      kind: 'assertion',
      id: ids.signed,
      issuer: ids.issuer,
      verdict: 'valid',
      verifiedAt: '2026-06-01T00:00:00Z',
      method: 'signed',
      checks: report.checks,
    })
    // What was not checked is told as well.
    expect(account?.narrative).toContain('- holder, skipped: Whom it is about was not compared')
    const results = await checkEvidence({ report: await issued(badge, agency), open: () => undefined })
    expect(results.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged'])
  })

  it('is never in the name of the original issuer', () => {
    for (const issuer of [ids.issuer, { id: ids.issuer, name: 'Northfield School' }]) {
      expect(() => quote(report, { issuer })).toThrow(/issued the assertion itself/)
    }
    expect(JSON.stringify(badge.issuer)).not.toContain('school.example')
  })

  it('cannot be signed by who is not named as its issuer', async () => {
    await expect(issue({ credential: badge, key, now })).rejects.toMatchObject({ name: 'CredentialError' })
  })
})

describe('what did not verify', () => {
  it('is neither upgraded nor quoted', async () => {
    const reports: readonly (readonly [string, unknown])[] = [
      ['offline', await verifyAssertion({ assertion: text, now })],
      ['expired', await verified(await signed({ expires: '2020-01-01T00:00:00Z' }))],
      ['revoked', await verified(hosted(), { [ids.hosted]: { revoked: true } })],
      ['a copy', { ...report }],
      ['a copy by JSON', copyOf(report)],
      ['with another badge', { ...report, badge: badgeClass({ name: 'Doctor' }) }],
      ['the assertion itself', hosted()],
      ['nothing', undefined],
    ]
    for (const [what, each] of reports) {
      for (const make of [upgrade, quote]) {
        expect(() => make(each as never), what).toThrow(expect.objectContaining({ code: 'CREDENTIAL_UNVERIFIED' }))
      }
    }
  })

  it('cannot be put into a report that did', () => {
    expect(() => Object.assign(report, { badge: badgeClass({ name: 'Doctor' }) })).toThrow(TypeError)
    expect(Object.isFrozen((report as { readonly badge?: object }).badge)).toBe(true)
  })
})

describe('the options', () => {
  it.each([
    [upgradeAssertion, { formerIssuer: undefined }, /formerIssuer is missing/],
    [
      upgradeAssertion,
      { formerIssuer: 'https://college.example/' },
      /is one of https:\/\/school\.example\/issuer, not of/,
    ],
    [upgradeAssertion, { issuer: undefined }, /issuer is missing/],
    [upgradeAssertion, { issuer: 'Northfield' }, /not an absolute IRI/],
    [upgradeAssertion, { id: 'one' }, /id: "one" is not an absolute IRI/],
    [upgradeAssertion, { recipientId: 'ada' }, /recipient\.id/],
    [upgradeAssertion, { force: true }, /there is no option "force"/],
    [quoteAssertion, { issuer: undefined }, /issuer is missing/],
    [quoteAssertion, { formerIssuer: ids.issuer }, /there is no option "formerIssuer"/],
  ])('are looked at', (make, more, message) => {
    const usual = make === upgradeAssertion ? own : { issuer: quoter }
    const call = () => (make as (options: unknown) => unknown)({ report, ...usual, ...more })
    expect(call).toThrow(message)
    expect(call).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})

describe('whatever an issuer wrote', () => {
  const odd = fc.oneof(
    fc.constantFrom('', ' ', '_:b0', 'https://a.example/é b', 'urn:x:1', 'data:image/svg+xml,<svg/>', 'http://[', 'x'),
    fc.constantFrom(null, true, 7, 1e21, [], {}, [null], [['https://a.example/']]),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  )
  const object = (...names: readonly string[]) =>
    fc.oneof(odd, fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] }))
  const list = (value: fc.Arbitrary<unknown>) => fc.oneof(value, fc.array(value, { maxLength: 3 }))
  const image = list(object('id', 'caption', 'author'))
  const someText = fc.constantFrom('Robotics', '🤖', 'روبوت', 'a\u0000b', '<b>')
  const changes: fc.Arbitrary<{ readonly assertion: Changes; readonly badge: Changes; readonly profile: Changes }> =
    fc.record({
      assertion: fc.record(
        {
          image,
          evidence: list(object('id', 'name', 'description', 'narrative', 'genre', 'audience')),
          narrative: odd,
          'extensions:x': odd,
        },
        { requiredKeys: [] },
      ),
      badge: fc.record(
        {
          // Of the web it must be where its issuer lets badges lie.
          id: odd.map((value) => (value === 'https://a.example/é b' ? 'https://school.example/é b' : value)),
          name: someText,
          description: someText,
          image,
          criteria: fc.oneof(someText, fc.record({ id: someText }), fc.record({ narrative: someText, id: odd })),
          alignment: list(object('targetName', 'targetUrl', 'targetCode', 'targetFramework', 'name', 'url')),
          related: list(object('id', '@language', 'version')),
          tags: list(odd),
          version: odd,
          '@language': odd,
        },
        { requiredKeys: [] },
      ),
      profile: fc.record(
        { image, url: odd, email: odd, telephone: odd, description: odd, name: someText },
        { requiredKeys: [] },
      ),
    })

  it('is upgraded and quoted without a throw, issued strictly by the schema, and verifies', async () => {
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        const badge = badgeClass({ ...changed.badge, issuer: ids.issuer })
        const assertion = hosted({ ...changed.assertion, badge })
        const found = await verified(assertion, {
          [ids.hosted]: assertion,
          [ids.issuer]: profile({ ...changed.profile }),
        })
        expect(found.checks.filter((check) => 'code' in check)).toEqual([])
        expect(await issued(upgrade(found))).toMatchObject({ verified: true })
        expect(await issued(quote(found), agency)).toMatchObject({ verified: true })
      }),
      { numRuns: 60 },
    )
  })
})
