/** What `verify` promises of its options and of its report. */

import {
  type CheckFunction,
  type CredentialError,
  type CredentialReport,
  ed25519Signature2020,
  eddsaRdfc2022,
  present,
  type VerifySettings,
  vcJose,
  verify,
  withoutChallenge,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import {
  badge,
  challenge,
  codesOf,
  copyOf,
  didDocument,
  edit,
  judge,
  judgePresentation,
  learner,
  now,
  plainCredential,
  presented,
  recordOf,
  school,
  signed,
  signedBadge,
  withProof,
} from './helpers/fixtures.ts'
import { forge, payloadOf } from './helpers/jwt.ts'

const credential = await signedBadge()
const presentation = await presented([credential], { domain: 'hr.example' })

/** The message of the refusal, after its code. */
async function refusal(options: object): Promise<string> {
  return verify(options as never).then(
    () => 'was not refused',
    (error: CredentialError) => `${error.code}: ${error.message}`,
  )
}

describe('what the caller passes', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', '{}'],
  ])('%s is refused', async (_name, options) => {
    expect(await refusal(options as never)).toMatch(/^OPTION_INVALID: verify: give one object of options/)
  })

  it('neither credential nor presentation, or both, is refused', async () => {
    expect(await refusal({ now })).toMatch(/^OPTION_INVALID: .*either credential or presentation/)
    expect(await refusal({ credential, presentation, challenge })).toMatch(/either credential or presentation/)
  })

  it.each(['schema', 'clockTolerence', 'documentLoader', 'constructor', 'holder'])(
    'the option %s is not known',
    async (name) => {
      const message = await refusal({ credential, [name]: {} })
      expect(message).toMatch(/^OPTION_INVALID: /)
      expect(message).toContain(`"${name}"`)
      expect(message).toContain('clockTolerance')
    },
  )

  it.each([
    ['now', 'yesterday'],
    ['now', new Date(Number.NaN)],
    ['now', null],
    ['clockTolerance', -1],
    ['clockTolerance', Number.NaN],
    ['clockTolerance', '60'],
    ['skip', ['proof']],
    ['skip', ['structure']],
    ['skip', ['issuer']],
    ['formats', []],
    ['conformance', 'lax'],
    ['conformance', 'constructor'],
    ['acceptProofPurpose', ['assertionMethod']],
    ['resolveDid', {}],
    ['resolveDid', 'did:key'],
    ['loadDocument', 'https://'],
    ['contexts', { 'https://c.example/': {} }],
    ['contexts', 7],
  ])('%s may not be %j', async (name, value) => {
    expect(await refusal({ credential, [name]: value })).toMatch(/^OPTION_INVALID: /)
  })

  it.each([
    ['challenge', challenge],
    ['domain', 'hr.example'],
    ['acceptHolder', () => true],
    ['acceptProofPurpose', () => true],
  ])('a credential takes no %s', async (name, value) => {
    expect(await refusal({ credential, [name]: value })).toMatch(/^OPTION_INVALID: .*belongs to a presentation/)
  })

  it.each([undefined, '', 7, null, Symbol('other')])('a presentation needs a challenge, not %j', async (given) => {
    expect(await refusal({ presentation, challenge: given })).toMatch(/^OPTION_INVALID: .*withoutChallenge/)
  })

  it.each(['', 7, null])('the domain may not be %j', async (domain) => {
    expect(await refusal({ presentation, challenge, domain })).toMatch(/^OPTION_INVALID: .*domain/)
  })

  it('a wrong option is refused before the stranger’s data is looked at', async () => {
    const hostile = new Proxy({}, { ownKeys: () => expect.unreachable() })
    expect(await refusal({ credential: hostile, skip: ['proof'] })).toMatch(/^OPTION_INVALID/)
  })
})

describe('the report', () => {
  it('of a good badge has every check in its order, and says what was not looked at', async () => {
    const report = await verify({ credential, now })
    expect(report.checks.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'structure passed',
      'proof passed',
      'issuer passed',
      'validity passed',
      'status skipped',
      'schema passed',
      'trust skipped',
      'contents skipped',
    ])
    expect(report).toMatchObject({ kind: 'credential', verdict: 'valid', issuer: school.controller, nested: [] })
    expect(report).not.toHaveProperty('unverified')
  })

  it('of a good presentation names its holder and has a report on each credential', async () => {
    const report = await verify({ presentation, challenge, domain: 'hr.example', now })
    expect(report.checks.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'structure passed',
      'proof passed',
      'holder passed',
      'challenge passed',
      'domain passed',
      'contents passed',
    ])
    expect(report).toMatchObject({ kind: 'presentation', verified: true, holder: learner.controller })
    expect(report.credentials.map(({ verified }) => verified)).toEqual([true])
    expect(report.credentials[0]?.checks).toContainEqual(expect.objectContaining({ name: 'holder', outcome: 'passed' }))
  })

  it('says of a record that it is partial, and how its achievements relate also where nothing is inside', async () => {
    const { proof: _, ...record } = await recordOf([])
    const ends = { sourceId: 'urn:example:1', targetId: 'urn:example:2' }
    const association = [{ type: 'Association', associationType: 'isChildOf', ...ends }]
    const subject = (more: object) => ({ id: learner.controller, type: ['ClrSubject'], ...more })
    const reportOn = async (more: object) =>
      verify({ credential: await withProof({ ...record, ...more }, learner), now })
    const notes = ({ checks }: CredentialReport) => checks.find(({ name }) => name === 'contents')?.notes
    const achievement = { ...badge().credentialSubject.achievement }
    const bare = { credentialSubject: subject({ achievement: [achievement] }) }
    expect(notes(await reportOn({ ...bare, partial: true }))).toEqual([expect.stringMatching(/^It is partial/)])
    expect(notes(await reportOn({ ...bare, partial: false }))).toBeUndefined()
    for (const credentialSubject of [
      subject({ achievement: [achievement], association }),
      [subject({ achievement: [achievement] }), subject({ id: 'did:example:2', association })],
    ]) {
      const { checks } = await reportOn({ credentialSubject })
      expect(checks).toContainEqual(expect.objectContaining({ name: 'association', outcome: 'skipped' }))
    }
  })

  it.each<[string, unknown, string]>([
    ['a number', 7, 'INPUT_MALFORMED'],
    ['a list', [presentation], 'INPUT_MALFORMED'],
    ['a credential', credential, 'PRESENTATION_MALFORMED'],
  ])('of %s where a presentation is asked for says that alone', async (_name, given, code) => {
    const report = await verify({ presentation: given, challenge, now })
    expect([report.verdict, codesOf(report), report.credentials]).toEqual(['invalid', [code], []])
    expect(report).not.toHaveProperty('unverified')
  })

  it('of a presentation has one on whatever stands in it as a credential', async () => {
    const { verifiableCredential: _, ...empty } = payloadOf(
      String(await present({ credentials: [credential], key: learner, challenge, now, format: vcJose() })),
    )
    const enveloped = { '@context': empty['@context'], type: 'EnvelopedVerifiableCredential' }
    const shown = ['text', { ...enveloped, id: 'data:application/vc+jwt,a.b.c' }, { ...enveloped, id: 'urn:x:1' }]
    const text = await forge({ ...empty, verifiableCredential: shown }, { typ: 'vp+jwt' }, learner)
    const report = await verify({ presentation: text, challenge, now })
    expect(codesOf(report)).toEqual(['CONTENT_INVALID', 'CONTENT_INDETERMINATE', 'CONTENT_INVALID'])
    expect(report.credentials.map(({ verdict }) => verdict)).toEqual(['invalid', 'indeterminate', 'invalid'])
    expect(report.nested).toEqual([])
  })

  it('stops where nothing is proven, and says so', async () => {
    const broken = await verify({ credential: edit(credential, '/issuer'), now })
    expect(broken.checks.at(-1)).toMatchObject({ name: 'proof', outcome: 'skipped' })
    const forged = await verify({ credential: edit(credential, '/name', 'Wielding'), now })
    expect(forged.checks.at(-1)).toMatchObject({ name: 'issuer', outcome: 'skipped' })
    expect(forged).toHaveProperty('unverified.name', 'Wielding')
    expect(forged).not.toHaveProperty('credential')
  })

  it('holds a frozen copy: neither the input nor the report can change what was verified', async () => {
    const input = copyOf(credential)
    const before = JSON.stringify(input)
    const pending = verify({ credential: input, now })
    Object.assign(input, { name: 'Doctorate' })
    const report = await pending
    if (!report.verified) throw new Error('the badge should be valid')
    expect(report.credential).toEqual(JSON.parse(before))
    expect(report.credential['name']).toBe('Welding')
    expect(() => Object.assign(report.credential, { name: 'Doctorate' })).toThrow(TypeError)
    expect(() => Object.assign(report.credential.credentialSubject, { id: 'did:example:1' })).toThrow(TypeError)
    expect(() => (report.credential.type as string[]).push('Doctorate')).toThrow(TypeError)
  })

  it('never changes its input, frozen or not', async () => {
    const input = copyOf(presentation)
    await verify({ presentation: input, challenge, now })
    expect(input).toEqual(presentation)
    expect(await judgePresentation(deepFreeze(copyOf(presentation)))).toEqual(['valid'])
  })

  it('is the same for the same time, and plain JSON', async () => {
    const inputs: readonly unknown[] = [
      credential,
      edit(credential, '/name', 'x'),
      edit(credential, '/grade', 'A'),
      7,
      '{',
    ]
    for (const input of inputs) {
      const [one, two] = [await verify({ credential: input, now }), await verify({ credential: input, now })]
      expect(one).toEqual(two)
      expect(JSON.parse(JSON.stringify(one))).toEqual(one)
    }
    const one = await verify({ presentation, challenge: 'another', domain: 'other.example', now })
    expect(JSON.parse(JSON.stringify(one))).toEqual(one)
  })

  it('without `now` takes the present', async () => {
    const year = new Date().getUTCFullYear()
    const ended = await signedBadge({ validFrom: '2001-01-01T00:00:00Z', validUntil: '2002-01-01T00:00:00Z' })
    const lasting = await signedBadge({ validFrom: '2001-01-01T00:00:00Z', validUntil: `${year + 2}-01-01T00:00:00Z` })
    expect(codesOf(await verify({ credential: ended }))).toEqual(['EXPIRED'])
    expect(codesOf(await verify({ credential: lasting }))).toEqual(['valid'])
  })
})

describe('clockTolerance', () => {
  const at = (time: string, clockTolerance?: number) => ({
    now: new Date(time),
    ...(clockTolerance !== undefined && { clockTolerance }),
  })

  it.each([
    ['2026-08-31T23:59:00.000Z', undefined, 'valid'],
    ['2026-08-31T23:58:59.999Z', undefined, 'NOT_YET_VALID'],
    ['2026-10-01T00:01:00.000Z', undefined, 'valid'],
    ['2026-10-01T00:01:00.001Z', undefined, 'EXPIRED'],
    ['2026-09-01T00:00:00.000Z', 0, 'valid'],
    ['2026-08-31T23:59:59.999Z', 0, 'NOT_YET_VALID'],
    ['2026-10-01T00:00:00.000Z', 0, 'valid'],
    ['2026-10-01T00:00:00.001Z', 0, 'EXPIRED'],
    ['2026-10-01T00:10:00.000Z', 600, 'valid'],
    ['2026-10-01T00:10:01.000Z', 600, 'EXPIRED'],
  ])('at %s with %s seconds: %s', async (time, tolerance, expected) => {
    const limited = await signedBadge({ validUntil: '2026-10-01T00:00:00Z' })
    expect(await judge(limited, at(time, tolerance))).toEqual([expected])
  })
})

describe('skip', () => {
  it.each(['validity', 'status', 'schema'] as const)('%s is left out and seen', async (name) => {
    const report = await verify({ credential, now, skip: [name] })
    expect(report.verified).toBe(true)
    expect(report.checks.filter((check) => check.name === name)).toEqual([
      expect.objectContaining({ outcome: 'skipped' }),
    ])
  })

  it('takes away just that reason', async () => {
    const expired = await signedBadge({ validUntil: '2026-10-01T00:00:00Z' })
    expect(await judge(expired, { skip: ['status', 'schema'] })).toEqual(['EXPIRED'])
    expect(await judge(expired, { skip: ['validity'] })).toEqual(['valid'])
    expect(await judge(edit(expired, '/name', 'x'), { skip: ['validity'] })).toEqual(['PROOF_INVALID'])
  })

  it('holds for what is inside as well', async () => {
    const expired = await presented([await signedBadge({ validUntil: '2026-10-01T00:00:00Z' })])
    expect(await judgePresentation(expired)).toEqual(['CONTENT_INVALID'])
    expect(await judgePresentation(expired, { skip: ['validity'] })).toEqual(['valid'])
  })
})

describe('formats', () => {
  it('only those given are verified', async () => {
    expect(await judge(credential, { formats: [eddsaRdfc2022()] })).toEqual(['valid'])
    expect(await judge(credential, { formats: [ed25519Signature2020()] })).toEqual(['PROOF_FORMAT_UNKNOWN'])
  })
})

describe('conformance', async () => {
  const odd = await signed(edit(badge(), '/credentialSubject/achievement/description'))

  it('noted, the default, tells departures and passes', async () => {
    const report = await verify({ credential: odd, now })
    const check = report.checks.find(({ name }) => name === 'schema')
    expect(report.verified).toBe(true)
    expect(check).toMatchObject({ outcome: 'skipped' })
    expect(check?.notes?.join()).toContain('/credentialSubject/achievement')
  })

  it('lenient and strict refuse them, and say where', async () => {
    for (const conformance of ['lenient', 'strict'] as const) {
      const report = await verify({ credential: odd, now, conformance })
      expect(codesOf(report)).toContain('SCHEMA_MISMATCH')
    }
    expect(await judge(credential, { conformance: 'lenient' })).toEqual(['valid'])
  })

  it('lenient takes the JSON-LD reading, strict does not', async () => {
    const profile = { id: school.controller, type: ['Profile'], name: 'Northfield School' }
    const printed = await signed({ ...badge(), issuer: profile })
    const inList = edit(printed, '/proof', [printed['proof']])
    expect(await judge(inList, { conformance: 'strict' })).toEqual(['valid'])
    const single = await signed(edit(badge(), '/credentialSubject/type', 'AchievementSubject'))
    expect(await judge(single, { conformance: 'lenient' })).toEqual(['valid'])
    expect(await judge(single, { conformance: 'strict' })).toContain('SCHEMA_MISMATCH')
  })
})

describe('schemas', async () => {
  const id = 'https://school.example/schema.json'
  const named = await signed(plainCredential({ credentialSchema: { id, type: 'JsonSchema' } }))
  const schemaChecks = async (settings: VerifySettings) =>
    (await verify({ credential: named, now, ...settings })).checks.filter(({ path }) => path === '/credentialSchema')

  it('a named one that was not asked for is skipped, and seen', async () => {
    expect(await schemaChecks({})).toEqual([
      expect.objectContaining({ outcome: 'skipped', message: expect.stringContaining(id) }),
    ])
  })

  it('a named one that is given decides', async () => {
    expect(await judge(named, { schemas: { [id]: { required: ['issuer'] } } })).toEqual(['valid'])
    expect(await judge(named, { schemas: { [id]: { required: ['credentialStatus'] } } })).toEqual(['SCHEMA_MISMATCH'])
  })

  it('a named one that is missing among those given is undecided', async () => {
    expect(await judge(named, { schemas: { 'https://other.example/': {} } })).toEqual(['SCHEMA_UNAVAILABLE'])
    expect(await judge(named, { schemas: { 'https://other.example/': {} }, skip: ['schema'] })).toEqual(['valid'])
  })
})

describe('trust', () => {
  it('is asked once about the issuer, and named in the report', async () => {
    const asked: unknown[] = []
    const trust = async (issuer: string) => {
      asked.push(issuer)
      return { registry: 'Ministry of Education', name: 'Northfield School' }
    }
    const report = await verify({ credential, now, trust })
    const check = report.checks.find(({ name }) => name === 'trust')
    expect(asked).toEqual([school.controller])
    expect(check).toMatchObject({ outcome: 'passed', path: '/issuer' })
    expect(check?.message).toContain('Northfield School')
    expect(check?.message).toContain('Ministry of Education')
  })

  it('says no: invalid; throws: undecided', async () => {
    expect(await verify({ credential, now, trust: async () => undefined })).toMatchObject({ verdict: 'invalid' })
    const trust = async () => Promise.reject(new Error('the line is down'))
    const report = await verify({ credential, now, trust })
    expect(report.verdict).toBe('indeterminate')
    expect(report.checks.find(({ name }) => name === 'trust')?.message).toContain('the line is down')
  })

  it('is not asked about what is not proven', async () => {
    const trust = () => expect.unreachable()
    expect(await judge(edit(credential, '/name', 'x'), { trust })).toEqual(['PROOF_INVALID'])
  })
})

describe('checks of the caller’s own', () => {
  const answers =
    (check: object): CheckFunction =>
    () => [{ name: 'x-own', message: 'Looked.', ...check } as never]

  it('see the proven, frozen credential and the time, and stand in the report', async () => {
    const own: CheckFunction = ({ credential: given, now: time }) => {
      expect(given['name']).toBe('Welding')
      expect(Object.isFrozen(given)).toBe(true)
      expect(time).toEqual(now)
      return [{ name: 'x-own', outcome: 'passed', message: 'Looked.' }]
    }
    const report = await verify({ credential, now, checks: [own] })
    expect(report.verified).toBe(true)
    expect(report.checks).toContainEqual({ name: 'x-own', outcome: 'passed', message: 'Looked.' })
  })

  it('decide when they fail or cannot find out', async () => {
    const failing = answers({ outcome: 'failed', code: 'X_TOO_YOUNG' })
    const report = await verify({ credential, now, checks: [failing] })
    expect(report).toMatchObject({ verified: false, verdict: 'invalid' })
    expect(codesOf(report)).toEqual(['X_TOO_YOUNG'])
    const unsure = answers({ outcome: 'inconclusive', code: 'X_UNSURE' })
    expect(await verify({ credential, now, checks: [unsure] })).toMatchObject({ verdict: 'indeterminate' })
    expect(await judge(credential, { checks: [answers({ outcome: 'skipped' })] })).toEqual(['valid'])
  })

  it('that throw, answer nothing, or speak in another’s name could not find out', async () => {
    const odd: readonly unknown[] = [
      () => Promise.reject(new Error('the line is down')),
      () => undefined,
      () => [{ name: 'proof', outcome: 'passed', message: 'Trust me.' }],
      () => [{ outcome: 'passed', message: 'Nameless.' }],
    ]
    for (const check of odd) {
      expect(await judge(credential, { checks: [check as CheckFunction] })).toEqual(['CHECK_UNAVAILABLE'])
    }
  })

  it('do not run on what is not proven, and run on each credential of a presentation', async () => {
    const own = () => expect.unreachable()
    expect(await judge(edit(credential, '/name', 'x'), { checks: [own] })).toEqual(['PROOF_INVALID'])
    const failing = answers({ outcome: 'failed', code: 'X_NO' })
    expect(await judgePresentation(presentation, { checks: [failing] })).toEqual(['CONTENT_INVALID'])
  })
})

describe('acceptController and acceptHolder', () => {
  it('are asked only where the ids differ', async () => {
    expect(await judge(credential, { acceptController: () => expect.unreachable() })).toEqual(['valid'])
    expect(await judgePresentation(presentation, { acceptHolder: () => expect.unreachable() })).toEqual(['valid'])
  })

  it('cannot make up for a bad proof', async () => {
    expect(await judge(edit(credential, '/name', 'x'), { acceptController: () => true })).toEqual(['PROOF_INVALID'])
  })
})

describe('resolveDid and contexts', () => {
  it('replace the defaults', async () => {
    expect(await judge(credential, { resolveDid: async () => didDocument(school) })).toEqual(['valid'])
    const url = 'https://school.example/context'
    const extended = { ...plainCredential(), '@context': ['https://www.w3.org/ns/credentials/v2', url] }
    const contexts = { [url]: { '@context': { shoeSize: 'https://school.example/#shoeSize' } } }
    expect(await judge({ ...extended, issuer: school.controller }, { contexts })).toEqual(['PROOF_MISSING'])
    expect(await judge({ ...extended, issuer: school.controller })).toEqual(['CONTEXT_UNKNOWN'])
  })
})

describe('signal', () => {
  it('ended before: throws its reason', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(verify({ credential, now, signal })).rejects.toThrow('enough')
    await expect(verify({ presentation, challenge, now, signal })).rejects.toThrow('enough')
  })

  it('reaches the look-ups', async () => {
    const { signal } = new AbortController()
    const seen: unknown[] = []
    const resolveDid = async (_did: string, options?: object) => {
      seen.push(options)
      return didDocument(school)
    }
    const trust = async (_issuer: string, options?: object) => {
      seen.push(options)
      return undefined
    }
    await verify({ credential, now, signal, resolveDid, trust })
    expect(seen).toMatchObject([{ signal }, { signal }])
  })

  it('ended between two credentials of a presentation: throws its reason', async () => {
    const controller = new AbortController()
    const two = await presented([credential, await signedBadge({ name: 'Safety' })])
    const trust = async () => {
      controller.abort(new Error('enough'))
      return undefined
    }
    await expect(
      verify({ presentation: two, challenge: withoutChallenge, now, signal: controller.signal, trust }),
    ).rejects.toThrow('enough')
  })
})

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) if (typeof member === 'object' && member !== null) deepFreeze(member)
  return Object.freeze(value)
}
