import {
  type CredentialReport,
  disclose,
  ecdsaSd2023,
  generateKey,
  issue,
  type PresentationReport,
  present,
  trustList,
  type VerifySettings,
  vcJose,
  verify,
  withoutChallenge,
} from 'testamur'
import { admissions, decide, employer, type Policy, recognition } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import {
  badge,
  challenge,
  college,
  copyOf,
  type Document,
  edit,
  learner,
  now,
  presented,
  recordOf,
  school,
  signed,
  signedBadge,
  thief,
} from '../helpers/fixtures.ts'
import { forge, headerOf, joseBadge, payloadOf } from '../helpers/jwt.ts'
import { testKey } from '../helpers/keys.ts'
import { digestOf, disclosure, sdJwtOf } from '../helpers/sd-jwt.ts'
import { badgeSignedAnyway, entryAt, listOf, place } from '../helpers/status.ts'
import { badgeWithStatus, token } from '../helpers/token-status.ts'
import { course, praiseOf } from '../helpers/transcript.ts'

const good = await signedBadge()
const [one, two, three] = await Promise.all([41, 42, 43].map((byte) => testKey(byte)))
const schools = trustList({ name: 'partners', issuers: { [school.controller]: 'Shore School' } })
const check = (credential: unknown, more: VerifySettings = {}) => verify({ credential, now, ...more })
const show = async (credentials: readonly object[], more: VerifySettings = {}) =>
  verify({ presentation: await presented(credentials), challenge, now, ...more })
/** The decision, and each demand that is not met. */
function judge(report: CredentialReport | PresentationReport, policy: Policy): string {
  const { decision, reasons } = decide(report, policy)
  const open = reasons.filter(({ outcome }) => outcome !== 'met')
  return [
    decision,
    ...open.map(({ demand, outcome, path, code }) => [demand, outcome, code, path].filter(Boolean).join(' ')),
  ].join('; ')
}

describe('employer', () => {
  it('accepts what is valid, looked up and of a known issuer', async () => {
    expect(judge(await check(good, { trust: schools }), employer())).toBe('accept')
  })

  it('shows who vouches for the issuer', async () => {
    const { reasons } = decide(await check(good, { trust: schools }), employer())
    expect(reasons.find(({ demand }) => demand === 'trustedIssuers')?.trust).toEqual({
      registry: 'partners',
      name: 'Shore School',
      chain: [{ by: 'partners', about: school.controller }],
    })
  })

  it('wants a person to look where no registry was asked', async () => {
    expect(judge(await check(good), employer())).toBe('review; trustedIssuers open')
  })

  it('rejects a stranger, and reviews where the registry did not answer', async () => {
    const other = await signedBadge({}, college)
    expect(judge(await check(other, { trust: schools }), employer())).toBe(
      'reject; valid unmet ISSUER_UNTRUSTED; trustedIssuers unmet ISSUER_UNTRUSTED',
    )
    const down = await check(good, { trust: () => Promise.reject(new Error('down')) })
    expect(judge(down, employer())).toBe('review; valid open TRUST_UNAVAILABLE; trustedIssuers open TRUST_UNAVAILABLE')
  })

  it('rejects what is forged, revoked or expired, and can live with an end that has passed', async () => {
    const forged = await check(edit(good, '/name', 'x'), { trust: schools })
    expect(judge(forged, employer())).toMatch(/^reject; valid unmet PROOF_INVALID; trustedIssuers open$/)
    expect(judge(forged, { name: 'all', tolerate: ['EXPIRED', 'ISSUER_UNTRUSTED', 'SCHEMA_MISMATCH'] })).toMatch(
      /^reject/,
    )
    const ended = await check(await signedBadge({ validUntil: '2026-10-01T00:00:00Z' }), { trust: schools })
    expect(judge(ended, employer())).toBe('reject; valid unmet EXPIRED')
    expect(judge(ended, employer({ tolerate: ['EXPIRED'] }))).toBe('accept; valid tolerated EXPIRED')
    const status = entryAt()
    const revoked = await check(await badgeSignedAnyway(status), {
      statusLists: [await listOf({ set: [[place, 1]] })],
      trust: schools,
    })
    expect(judge(revoked, employer())).toBe('reject; valid unmet REVOKED; statusChecked unmet REVOKED')
  })

  it('reviews where the status was left out or not found out', async () => {
    const credential = await badgeSignedAnyway(entryAt())
    expect(judge(await check(credential, { skip: ['status'], trust: schools }), employer())).toBe(
      'review; statusChecked open',
    )
    const kept = copyOf(await check(credential, { skip: ['status'], trust: schools })) as unknown as CredentialReport
    const former = { ...kept, checks: kept.checks.map(({ status: _, ...rest }) => rest) } as CredentialReport
    expect(judge(former, employer())).toBe('review; statusChecked open')
    expect(judge(await check(credential, { trust: schools }), employer())).toMatch(
      /^review; valid open STATUS_UNAVAILABLE/,
    )
    const list = await listOf({})
    expect(judge(await check(credential, { statusLists: [list], trust: schools }), employer())).toBe('accept')
  })

  it('reviews also where the status that was left out is that of a JWT, and not where there is none', async () => {
    const left = await check(await badgeWithStatus(), { skip: ['status'], trust: schools })
    expect(judge(left, employer())).toBe('review; statusChecked open')
    expect(judge(JSON.parse(JSON.stringify(left)), employer())).toBe('review; statusChecked open')
    const looked = await check(await badgeWithStatus(), { loadStatusList: () => token(), trust: schools })
    expect(judge(looked, employer())).toBe('accept')
    const none = await check(await signed({ ...badge(), credentialStatus: [] }), { skip: ['status'], trust: schools })
    expect(judge(none, employer())).toBe('accept')
  })

  it('reviews also where a status may be withheld, and not where it cannot be', async () => {
    const { credentialSubject, ...payload } = payloadOf(await joseBadge())
    const hidden = { _sd: [digestOf(disclosure('credentialStatus', entryAt()))] }
    const judgeKept = async (credential: unknown) => {
      const report = await check(credential, { trust: schools })
      const kept = copyOf(report) as unknown as CredentialReport
      return [report.verdict, judge(report, employer()), judge(kept, employer())]
    }
    const open = 'review; statusChecked open'
    const withheld = await sdJwtOf({ ...payload, credentialSubject, ...hidden }, [])
    expect(await judgeKept(withheld)).toEqual(['valid', open, open])
    const inside = await sdJwtOf({ ...payload, credentialSubject: { ...(credentialSubject as object), ...hidden } }, [])
    expect(await judgeKept(inside)).toEqual(['valid', 'accept', 'accept'])
    const key = await generateKey({ algorithm: 'P-256', seed: new Uint8Array(32).fill(5) })
    const base = await issue({ credential: { ...badge(), issuer: key.controller }, key, now, format: ecdsaSd2023() })
    const trust = trustList({ name: 'partners', issuers: { [key.controller]: 'Shore School' } })
    const part = await check(await disclose({ credential: base, reveal: ['/name'] }), { trust })
    expect([part.verdict, judge(part, employer())]).toEqual(['valid', open])
  })

  it('takes a record that the learner put together for what is in it', async () => {
    const own = await recordOf([good])
    expect(judge(await check(own, { trust: schools }), employer())).toBe('accept; valid tolerated ISSUER_UNTRUSTED')
    const strange = await recordOf([good, await signedBadge({ id: 'urn:example:2' }, college)])
    expect(judge(await check(strange, { trust: schools }), employer())).toBe(
      'reject; valid tolerated ISSUER_UNTRUSTED; valid unmet ISSUER_UNTRUSTED /credentialSubject/verifiableCredential/1; trustedIssuers unmet ISSUER_UNTRUSTED /credentialSubject/verifiableCredential/1',
    )
  })

  it.each(['endorsement', 'evidence'])('looks at a record also where a later version stands as %s', async (member) => {
    const forged = await signedBadge({}, thief)
    const later = await signedBadge({ validFrom: '2026-09-02T00:00:00Z' }, thief)
    const { proof: _, ...own } = await recordOf([forged])
    const shown = await signed({ ...own, [member]: [later] } as Document, learner)
    const report = await check(shown, { trust: schools })
    expect(report.nested.filter(({ supersededBy }) => supersededBy !== undefined)).toEqual([])
    expect(judge(report, employer())).toMatch(/^reject.*trustedIssuers unmet ISSUER_UNTRUSTED \/credentialSubject/)
  })

  it('takes nothing on the word of the learner alone', async () => {
    const { proof: _, ...own } = await recordOf([good])
    const boasting = await signed(
      edit(own, '/credentialSubject/achievement', [badge().credentialSubject.achievement]),
      learner,
    )
    expect(judge(await check(boasting, { trust: schools }), employer())).toMatch(
      /^reject; valid unmet ISSUER_UNTRUSTED/,
    )
  })

  it('asks nothing of a version that is superseded', async () => {
    const older = await signed({ ...course(1), validFrom: '2026-01-01T00:00:00Z' })
    const later = await signed(course(1))
    const report = await check(await recordOf([older, later]), { trust: schools })
    const { reasons } = decide(report, employer())
    expect(reasons.filter(({ demand }) => demand === 'trustedIssuers').map(({ path }) => path)).toEqual([
      '',
      '/credentialSubject/verifiableCredential/1',
    ])
  })
})

describe('admissions', () => {
  it('wants the learner to present it', async () => {
    expect(judge(await show([good], { trust: schools }), admissions())).toBe('accept')
    expect(judge(await check(good, { trust: schools }), admissions())).toBe('reject; presented unmet')
  })

  it('wants an answer to the challenge', async () => {
    const report = await verify({
      presentation: await presented([good]),
      challenge: withoutChallenge,
      now,
      trust: schools,
    })
    expect(judge(report, admissions())).toBe('reject; presented unmet')
  })

  it('judges each record in the presentation', async () => {
    const report = await show([good, edit(good, '/name', 'x')], { trust: schools })
    expect(judge(report, admissions())).toBe(
      'reject; valid unmet PROOF_INVALID /credentials/1; trustedIssuers open /credentials/1',
    )
    const ended = await show([await signedBadge({ validUntil: '2026-10-01T00:00:00Z' })], { trust: schools })
    expect(judge(ended, admissions({ tolerate: ['EXPIRED'] }))).toBe('accept; valid tolerated EXPIRED /credentials/0')
  })

  it('takes no presentation that is over or whose status is not known, whatever is tolerated of records', async () => {
    const jwt = await present({ credentials: [good], key: learner, challenge, now, format: vcJose() })
    const judgeJwt = async (claims: object) => {
      const presentation = await forge({ ...payloadOf(jwt as string), ...claims }, headerOf(jwt as string), learner)
      const report = await verify({ presentation, challenge, now, trust: schools })
      return judge(report, admissions({ tolerate: ['EXPIRED', 'STATUS_UNAVAILABLE'] }))
    }
    expect(await judgeJwt({})).toBe('accept')
    expect(await judgeJwt({ exp: now.getTime() / 1000 - 600 })).toBe('reject; valid unmet EXPIRED')
    expect(await judgeJwt({ status: { status_list: { idx: 0, uri: 'https://x.example' } } })).toMatch(
      /^review; valid open STATUS_UNAVAILABLE/,
    )
  })

  it('is not satisfied by a presentation that somebody else made', async () => {
    const report = await verify({
      presentation: await presented([good], { key: thief }),
      challenge,
      now,
      trust: schools,
    })
    expect(judge(report, admissions())).toMatch(/^reject; valid unmet SUBJECT_MISMATCH/)
  })
})

describe('recognition', () => {
  const endorsersOf = (report: CredentialReport, more: Partial<Policy> = {}) =>
    decide(report, recognition({ endorsements: 1, ...more })).reasons.find(({ demand }) => demand === 'endorsements')
      ?.endorsers
  const unsigned: Document = { ...course(1), issuer: school.controller }
  async function praise(
    by: readonly (typeof school | undefined)[],
    of: Document = unsigned,
  ): Promise<CredentialReport> {
    const { proof: _, ...text } = await praiseOf(of)
    const endorsement = await Promise.all(
      by.map(async (key) => signed({ ...text, id: undefined, issuer: key?.controller }, key)),
    )
    return check(await signed({ ...unsigned, endorsement }))
  }

  it('counts different people', async () => {
    expect(judge(await praise([one, two, three]), recognition({ endorsements: 3 }))).toBe('accept')
    expect(judge(await praise([one, two]), recognition({ endorsements: 3 }))).toBe('reject; endorsements unmet')
    expect(judge(await praise([one, two, two]), recognition({ endorsements: 3 }))).toBe('reject; endorsements unmet')
    const { reasons } = decide(await praise([one, two, two]), recognition({ endorsements: 2 }))
    expect(reasons.find(({ demand }) => demand === 'endorsements')?.endorsers).toEqual([
      one?.controller,
      two?.controller,
    ])
  })

  it('counts neither the issuer nor the learner', async () => {
    expect(judge(await praise([one, school]), recognition({ endorsements: 2 }))).toBe('reject; endorsements unmet')
    expect(judge(await praise([one, learner]), recognition({ endorsements: 2 }))).toBe('reject; endorsements unmet')
  })

  it('counts none that speak of something else', async () => {
    const report = await praise([one, two], { id: 'urn:example:another' })
    expect(judge(report, recognition({ endorsements: 1 }))).toMatch(
      /^reject; endorsements unmet; soundEndorsements tolerated ENDORSEMENT_MISMATCH \/endorsement\/0/,
    )
    expect(endorsersOf(report)).toEqual([])
  })

  it('counts the good ones where others are none', async () => {
    const stranger = await praiseOf({ id: 'urn:example:another' })
    const { proof: _, ...text } = await praiseOf(unsigned)
    const fitting = await signed({ ...text, id: undefined, issuer: one?.controller }, one)
    const report = await check(await signed({ ...unsigned, endorsement: [stranger, fitting] }))
    expect(endorsersOf(report)).toEqual([one?.controller])
  })

  it('counts those that a registry knows where that is asked for', async () => {
    const report = await praise([one, two])
    expect(judge(report, recognition({ endorsements: 1, trustedEndorsers: true }))).toBe('reject; endorsements unmet')
  })

  it('asks it of each record, and not of what holds them', async () => {
    const report = await check(await recordOf([await signed(unsigned)]))
    expect(judge(report, recognition({ endorsements: 1 }))).toBe(
      'reject; endorsements unmet /credentialSubject/verifiableCredential/0',
    )
  })
})

describe('decide', () => {
  it('says the same of a report that was kept, and answers in plain JSON', async () => {
    const report = await show([good], { trust: schools })
    const kept = JSON.parse(JSON.stringify(report)) as PresentationReport
    const policy = JSON.parse(JSON.stringify(admissions())) as Policy
    expect(decide(kept, policy)).toEqual(decide(report, admissions()))
    expect(JSON.parse(JSON.stringify(decide(kept, policy)))).toEqual(decide(kept, policy))
  })

  it('accepts nothing without a proof that passed, whatever is tolerated', async () => {
    const report = await check(good)
    const bare = {
      ...report,
      verified: false,
      verdict: 'indeterminate',
      checks: report.checks.filter(({ name }) => name !== 'proof'),
    }
    expect(judge(bare as CredentialReport, { name: 'x' })).toBe('review; valid open')
    const expired = { name: 'validity', outcome: 'failed', code: 'EXPIRED', message: 'Over.' }
    expect(
      judge({ ...bare, checks: [expired] } as unknown as CredentialReport, { name: 'x', tolerate: ['EXPIRED'] }),
    ).toBe('review; valid tolerated EXPIRED; valid open')
  })

  it.each<[unknown, string]>([
    [undefined, 'give one, such as employer()'],
    [{}, 'name must be text'],
    [{ name: 'x', trustedIssuer: true }, 'there is no "trustedIssuer"'],
    [{ name: 'x', presented: 1 }, 'presented must be true or false'],
    [{ name: 'x', endorsements: -1 }, 'endorsements must be'],
    [{ name: 'x', tolerate: 'EXPIRED' }, 'tolerate must be a list'],
    [{ name: 'x', tolerate: ['PROOF_INVALID'] }, '"PROOF_INVALID" cannot be tolerated'],
    [{ name: 'x', tolerate: ['REVOKED'] }, '"REVOKED" cannot be tolerated'],
    [{ name: 'x', trustedIssuers: true, tolerate: ['ISSUER_UNTRUSTED'] }, 'asks for trusted issuers and tolerates'],
  ])('refuses the policy %j', async (policy, message) => {
    const report = await check(good)
    expect(() => decide(report, policy as Policy)).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(message) }),
    )
  })
})
