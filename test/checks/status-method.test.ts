/** What the check makes of the answers of status methods, and of entries that no method can read. */

import type { StatusContext, StatusFound, StatusMethod, StatusUnknown } from 'testamur'
import { describe, expect, it } from 'vitest'
import { checkStatus, checkStatusForm, MAX_STATUS_DEPTH, MAX_STATUS_ENTRIES } from '../../src/checks/status.ts'
import type { Check } from '../../src/report.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'
import { school } from '../helpers/fixtures.ts'
import { settings } from '../helpers/settings.ts'
import { entryAt, listOf, unsignedList } from '../helpers/status.ts'

const never = () => Promise.reject(new Error('nothing may be verified'))
const url = 'https://school.example/lights'
const list = { document: {}, issuer: school.controller, source: { url, origin: 'given' }, notes: [] } as const
const light = (value: number, more: Partial<StatusFound> = {}): StatusFound => ({ value, list, notes: [], ...more })

function method(answer: StatusFound | StatusUnknown, more: Partial<StatusMethod> = {}): StatusMethod {
  return {
    type: 'Light',
    findProblems: () => [],
    purposeOf: ({ statusPurpose }) => (typeof statusPurpose === 'string' ? statusPurpose : undefined),
    check: async () => answer,
    ...more,
  }
}

function check(
  credentialStatus: JsonValue | undefined,
  statusMethods: readonly StatusMethod[],
  ofToken?: JsonObject,
  depth = 0,
): Promise<readonly Check[]> {
  const { status, ...rest } = settings({ statusMethods })
  const credential = credentialStatus === undefined ? {} : { credentialStatus }
  return checkStatus(credential, school.controller, { ...rest, status: { ...status, depth } }, never, ofToken)
}

async function checkOne(answer: StatusFound | StatusUnknown, statusPurpose?: string): Promise<Check | undefined> {
  const entry = { type: 'Light', ...(statusPurpose !== undefined && { statusPurpose }) }
  return (await check(entry, [method(answer)]))[0]
}

describe('an answer', () => {
  it.each<[string, StatusFound, string, string]>([
    ['revocation', light(0), 'passed', `Not set for revocation, by the list ${url}.`],
    ['revocation', light(1), 'REVOKED', `Revoked by the list ${url}.`],
    ['revocation', light(1, { meaning: 'stolen' }), 'REVOKED', `Revoked by the list ${url}: stolen.`],
    ['suspension', light(1), 'SUSPENDED', `Suspended by the list ${url}.`],
    ['message', light(0), 'passed', `Its message is 0, by the list ${url}; that decides nothing.`],
    [
      'message',
      light(2, { meaning: 'late' }),
      'passed',
      `Its message is late, by the list ${url}; that decides nothing.`,
    ],
    ['message', light(2), 'passed', `Its message is 2, by the list ${url}; that decides nothing.`],
    ['refresh', light(0), 'passed', `Its refresh is 0, by the list ${url}; that decides nothing.`],
    ['refresh', light(1), 'passed', `A newer version is to be had, by the list ${url}; that decides nothing.`],
    [
      'refresh',
      light(1, { meaning: 'ask' }),
      'passed',
      `Its refresh is ask, by the list ${url}; that decides nothing.`,
    ],
    ['colour', light(0), 'passed', `Not set for colour, by the list ${url}.`],
    [
      'colour',
      light(3),
      'STATUS_UNAVAILABLE',
      `It is marked with 3 for the purpose "colour" by the list ${url}, and what that means is not known here.`,
    ],
  ])('for %s is told', async (purpose, answer, outcome, message) => {
    const found = await checkOne(answer, purpose)
    expect(found && 'code' in found ? found.code : found?.outcome).toBe(outcome)
    const { value, meaning } = answer
    const status = { type: 'Light', purpose, value, source: list.source, ...(meaning !== undefined && { meaning }) }
    expect(found).toMatchObject({ message, path: '/credentialStatus' })
    expect(found?.status).toStrictEqual(status)
  })

  it('is dated by the list, or by when it was loaded', async () => {
    const dated = (more: object) =>
      checkOne(light(1, { list: { ...list, source: { ...list.source, ...more } } }), 'revocation')
    const [asOf, fetchedAt] = ['2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z']
    expect((await dated({ asOf, fetchedAt }))?.message).toBe(`Revoked by the list ${url} of ${asOf}.`)
    expect((await dated({ fetchedAt }))?.message).toBe(`Revoked by the list ${url} of ${fetchedAt}.`)
  })

  it('may be for several purposes, each with a check of its own', async () => {
    const checks = await check({ type: 'Light' }, [method(light(1, { purposes: ['suspension', 'message'] }))])
    expect(checks.map(({ outcome, status }) => [outcome, status?.purpose])).toEqual([
      ['failed', 'suspension'],
      ['passed', 'message'],
    ])
  })

  it.each([
    [undefined, 'it was revoked'],
    ['revocation', 'it was revoked'],
    ['suspension', 'it was suspended'],
  ])('that is none is told for the purpose %s', async (purpose, asked) => {
    const found = await checkOne({ code: 'STATUS_STALE', message: 'it is old' }, purpose)
    expect(found?.message).toBe(`Whether ${asked} is unknown: it is old.`)
    expect(found).toMatchObject({ code: 'STATUS_STALE', outcome: 'inconclusive', path: '/credentialStatus' })
    expect(found?.status).toStrictEqual({ type: 'Light', purpose: purpose ?? 'unknown' })
    const sourced = await checkOne({ code: 'STATUS_STALE', message: 'it is old', source: list.source }, purpose)
    expect(sourced?.status).toStrictEqual({ type: 'Light', purpose: purpose ?? 'unknown', source: list.source })
  })

  it('may ask about a short list, with its URL, length and issuer', async () => {
    const asked: unknown[] = []
    const accepts = (answer: boolean) => (about: unknown) => {
      asked.push(about)
      return answer
    }
    const statusMethods = [
      method(light(0), { check: async (_, context: StatusContext) => light(context.acceptsShort(list, 8) ? 0 : 1) }),
    ]
    const entry = { credentialStatus: { type: 'Light', statusPurpose: 'revocation' } }
    const outcomeOf = async (more: object) =>
      (await checkStatus(entry, school.controller, settings({ statusMethods, ...more }), never))[0]?.outcome
    expect(await outcomeOf({ acceptShortStatusList: accepts(true) })).toBe('passed')
    expect(await outcomeOf({ acceptShortStatusList: accepts(false) })).toBe('failed')
    expect(await outcomeOf({ acceptShortStatusList: () => 'yes' })).toBe('failed')
    expect(await outcomeOf({})).toBe('failed')
    expect(asked).toEqual([
      { url, entries: 8, listIssuer: school.controller },
      { url, entries: 8, listIssuer: school.controller },
    ])
  })
})

describe('an entry that cannot be read', () => {
  const lamp = method(light(0), { type: 'Lamp' })
  const codesOf = (checks: readonly Check[]) => checks.map((each) => ('code' in each ? each.code : each.outcome))

  it.each<[JsonValue, string]>([
    [{ type: ['Light', 'Lamp'] }, 'STATUS_ENTRY_INVALID'],
    [{ type: 'Torch' }, 'STATUS_UNAVAILABLE'],
    [{}, 'STATUS_UNAVAILABLE'],
    ['urn:light', 'STATUS_UNAVAILABLE'],
    [{ type: [7, null] }, 'STATUS_UNAVAILABLE'],
    [{ type: ['Light', 'Torch'] }, 'passed'],
    [{ type: [7, 'Light'] }, 'passed'],
    [{ type: ['Light', 'Light'] }, 'passed'],
  ])('%j', async (entry, code) => {
    const checks = await check(entry, [method(light(0)), lamp])
    expect(codesOf(checks)).toEqual([code])
    expect(checks[0]).toMatchObject({ path: '/credentialStatus' })
  })

  it('is named as far as it names itself', async () => {
    const messageOf = async (entry: JsonValue) => (await check(entry, [lamp]))[0]?.message
    expect(await messageOf({ type: ['Torch', 7, 'Light'] })).toContain('the status type "Torch, Light"')
    expect(await messageOf('urn:light')).toContain('the status type "unknown"')
  })

  it('is told at its own place in a list', async () => {
    const checks = await check([{ type: 'Lamp' }, { type: 'Torch' }], [lamp])
    expect(checks.map(({ path }) => path)).toEqual(['/credentialStatus/0', '/credentialStatus/1'])
  })
})

describe('the status of a token', () => {
  it('counts beside that of the credential, and has no place in it', async () => {
    const methods = [method(light(0)), method(light(1), { type: 'claim', purposeOf: () => 'revocation' })]
    const checks = await check({ type: 'Light' }, methods, { claim: {} })
    expect(checks.map((each) => [each.outcome, each.path])).toEqual([
      ['passed', '/credentialStatus'],
      ['failed', undefined],
    ])
  })

  it('that names nothing, or nothing that is an object, is unknown', async () => {
    const methods = [method(light(0), { type: 'claim' })]
    expect(await check(undefined, methods, {})).toEqual([
      expect.objectContaining({ outcome: 'inconclusive', code: 'STATUS_ENTRY_INVALID' }),
    ])
    for (const claim of [7, null, 'x', []]) {
      expect(await check(undefined, methods, { claim })).toEqual([
        expect.objectContaining({ outcome: 'inconclusive', code: 'STATUS_ENTRY_INVALID' }),
      ])
    }
    expect(await check({ type: 'claim' }, methods, {})).toEqual([
      expect.objectContaining({ code: 'STATUS_ENTRY_INVALID' }),
    ])
    expect((await check({ type: 'claim' }, methods))[0]?.outcome).toBe('passed')
  })

  it('counts for the limit', async () => {
    const methods = [method(light(0)), method(light(0), { type: 'claim' })]
    const many = Array.from({ length: MAX_STATUS_ENTRIES }, () => ({ type: 'Light' }))
    expect(await check(many.slice(1), methods, { claim: {} })).toHaveLength(MAX_STATUS_ENTRIES)
    const message = `There are ${MAX_STATUS_ENTRIES + 1} entries of status; at most ${MAX_STATUS_ENTRIES} are looked up.`
    const code = 'LIMIT_EXCEEDED'
    expect(await check(many, methods, { claim: {} })).toMatchObject([{ code, message, path: '/credentialStatus' }])
    const claims = Object.fromEntries(many.map((_, index) => [`claim${index}`, {}]))
    const [excess] = await check(undefined, methods, { ...claims, claim: {} })
    expect(excess).toMatchObject({ code, message })
    expect(excess).not.toHaveProperty('path')
  })
})

it(`lists of lists are followed ${MAX_STATUS_DEPTH} steps`, async () => {
  const at = (depth: number) =>
    check({ type: 'Light', statusPurpose: 'revocation' }, [method(light(0))], undefined, depth)
  expect((await at(MAX_STATUS_DEPTH - 1))[0]?.outcome).toBe('passed')
  const [check1] = await at(MAX_STATUS_DEPTH)
  expect(check1).toMatchObject({
    code: 'STATUS_UNAVAILABLE',
    path: '/credentialStatus',
    status: { type: 'Light', purpose: 'revocation' },
  })
})

describe('what is to be signed', () => {
  const picky = method(light(0), { findProblems: () => [{ path: '/colour', message: 'is missing' }] })
  const problemsOf = async (credential: object) =>
    (await checkStatusForm(credential as JsonObject, new Map([['Light', picky]]))).map((each) => [
      'code' in each && each.code,
      each.path,
      each.message,
    ])

  it('is asked of the method of its type', async () => {
    const at = (path: string) => ['STATUS_ENTRY_INVALID', `${path}/colour`, expect.stringContaining('is missing')]
    expect(await problemsOf({ credentialStatus: { type: 'Light' } })).toEqual([at('/credentialStatus')])
    expect(await problemsOf({ credentialStatus: [{ type: 'Torch' }, { type: ['Torch', 'Light'] }] })).toEqual([
      at('/credentialStatus/1'),
    ])
    expect(await problemsOf({ credentialStatus: ['urn:x', { type: 'Torch' }, { type: 7 }, null] })).toEqual([])
    expect(await problemsOf({})).toEqual([])
  })

  it('is a list as it must be', async () => {
    expect(await problemsOf(await unsignedList())).toEqual([])
    const [code, path, message] = (await problemsOf(await unsignedList({ subject: { encodedList: 'u' } })))[0] ?? []
    expect([code, path]).toEqual(['STATUS_LIST_INVALID', '/credentialSubject/encodedList'])
    expect(message).toContain('/credentialSubject/encodedList')
  })
})

it('a schema that a list names is not asked for', async () => {
  const seen: boolean[] = []
  const verifyList = async (_: unknown, __: unknown, { skip }: { readonly skip: ReadonlySet<string> }) => {
    seen.push(skip.has('schema'))
    throw new Error('enough')
  }
  const statusLists = [await listOf()]
  await checkStatus(
    { credentialStatus: entryAt() as JsonObject },
    school.controller,
    settings({ statusLists }),
    verifyList,
  ).catch(() => {})
  expect(seen).toEqual([true])
})
