/** The option `limits`: each limit at its edge, with its detail; budgets that are for a whole call; wrong values. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  type CredentialReport,
  createDidResolver,
  defaultLimits,
  didKey,
  eddsaRdfc2022,
  issue,
  type Limits,
  type LookupOptions,
  present,
  presentSdJwt,
  type VerifySettings,
  vcJose,
  vcSdJwt,
  verify,
  verifyMany,
} from 'testamur'
import { describe, expect, it, vi } from 'vitest'
import {
  badge,
  challenge,
  codesOf,
  didDocument,
  edit,
  judge,
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
import { proofOver } from './helpers/hand-made.ts'
import { forge } from './helpers/jwt.ts'
import { badgeWith, listOf, listUrl, place, unsignedList } from './helpers/status.ts'

const good = await signedBadge()
const text = JSON.stringify(good)
const twin = await signedBadge({ id: 'urn:uuid:0a9b4e5e-7f0e-4a3b-8f1e-2f6f1f4d8c09', name: 'Soldering' })
const limited = (limits: Partial<Limits>, more: VerifySettings = {}) => ({ now, limits, ...more })
/** What a credential is over of, at the root of the report or deeper. */
const excessOf = async (credential: unknown, limits: Partial<Limits>, more: VerifySettings = {}) => {
  const report = await verify({ credential, ...limited(limits, more) })
  return report.verified ? 'valid' : detailsOf(report)[0]
}

function detailsOf({ checks, nested }: CredentialReport): readonly unknown[] {
  const own = checks.flatMap((check) => ('detail' in check ? [check.detail] : []))
  return [...own, ...nested.flatMap(({ report }) => detailsOf(report))]
}

async function nestedRecord(): Promise<object> {
  const { proof: _, ...record } = await recordOf([await recordOf([good])])
  return withProof({ ...record, id: 'urn:example:outer' }, learner)
}

describe('each limit at its edge', () => {
  const size = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? Object.values(value).reduce<number>((sum, member) => sum + size(member), 1)
      : 1

  it.each<[keyof Limits, () => unknown, number]>([
    ['bytes', () => text, text.length],
    ['values', () => good, size(good)],
    ['depth', () => good, 4],
    ['members', () => good, Object.keys(good).length],
    ['stringLength', () => good, longestOf(good)],
    ['arrayLength', () => recordOf(Array(20).fill(good)), 20],
    ['proofs', () => edit(good, '/proof', [good['proof'], good['proof']]), 2],
    ['contexts', () => good, 2],
    ['nesting', nestedRecord, 2],
    ['credentials', () => recordOf([good, twin]), 2],
  ])('%s', async (limit, make, allowed) => {
    const credential = await make()
    expect(await excessOf(credential, { [limit]: allowed })).toBe('valid')
    const excess = await excessOf(credential, { [limit]: allowed - 1 })
    expect(excess).toMatchObject({ limit, allowed: allowed - 1 })
  })

  it('nesting, also in a status list, in whatever form it comes', async () => {
    const inner = await signed({
      ...badge(),
      id: 'urn:example:1',
      evidence: [await signedBadge({ id: 'urn:example:2' })],
    })
    const document = { ...(await unsignedList()), evidence: [inner] }
    for (const format of [undefined, vcJose()]) {
      const list = await issue({ credential: document as never, key: school, now, ...(format && { format }) })
      const statusLists = { [listUrl]: list }
      const credential = await badgeWith()
      expect(codesOf(await verify({ credential, now, statusLists }))).toEqual(['valid'])
      expect(codesOf(await verify({ credential, now, statusLists, limits: { nesting: 1 } }))).toEqual([
        'STATUS_LIST_INVALID',
      ])
    }
  })

  it('look-ups, over all contents of one call', async () => {
    const asked: string[] = []
    const resolve = createDidResolver({ key: didKey() })
    const resolveDid = async (did: string) => {
      asked.push(did)
      return resolve(did)
    }
    const record = await recordOf([good, good])
    expect(await excessOf(record, { lookups: 3 }, { resolveDid })).toBe('valid')
    expect(asked).toHaveLength(2)
    const report = await verify({ credential: record, ...limited({ lookups: 2 }, { resolveDid }) })
    expect(report.verdict).toBe('indeterminate')
    expect(JSON.stringify(report.nested)).toContain('"LIMIT_EXCEEDED"')
    expect(asked).toHaveLength(4)
    const trust = async () => ({ registry: 'schools' })
    expect(await excessOf(good, { lookups: 1 }, { resolveDid, trust })).toEqual({ limit: 'lookups', allowed: 1 })
    const presentation = await presented([good])
    const whole = await verify({ presentation, challenge, ...limited({ lookups: 1 }, { resolveDid }) })
    expect(whole.verdict).toBe('indeterminate')
    const loadDocument = async () => undefined
    const foreign = edit(good, '/@context/2', 'https://context.example/1')
    for (const lookups of [1, 2])
      expect(await judge(foreign, limited({ lookups }, { loadDocument }))).toEqual(['CONTEXT_UNKNOWN'])
  })
})

describe('what look-ups load is counted over the whole call', () => {
  const countingOf =
    (answer: unknown) =>
    async (_: string, options: LookupOptions = {}): Promise<unknown> => {
      options.countLoaded?.(100)
      return answer
    }
  const detail = { limit: 'loaded', allowed: 99 }

  it('whatever is looked up, and whoever wraps the error', async () => {
    const context = 'https://context.example/1'
    const contexts = ['https://www.w3.org/ns/credentials/v2', context]
    const foreign = { ...plainCredential({ '@context': contexts }), issuer: school.controller, proof: good['proof'] }
    const atUrl = { ...plainCredential(), issuer: 'https://school.example' }
    const jwt = await forge(atUrl, { alg: 'Ed25519', typ: 'vc+jwt', kid: undefined })
    const statusList = await listOf()
    const wrapped = async (did: string, options?: LookupOptions) => {
      try {
        return (await countingOf(didDocument(school))(did, options)) as never
      } catch (cause) {
        throw new Error('no answer', { cause })
      }
    }
    const cases: readonly (readonly [string, unknown, VerifySettings])[] = [
      ['proof', good, { resolveDid: wrapped }],
      ['proof', jwt, { issuerKeys: countingOf({ keys: [] }) as never }],
      ['structure', foreign, { loadDocument: countingOf({ '@context': {} }) as never }],
      ['status', await badgeWith(), { loadStatusList: countingOf(statusList) }],
      ['trust', good, { trust: countingOf({ registry: 'schools' }) as never }],
    ]
    for (const [name, credential, more] of cases) {
      const report = await verify({ credential, ...limited({ loaded: 99 }, more) })
      expect(report.verdict).toBe('indeterminate')
      expect(report.checks).toContainEqual(
        expect.objectContaining({ name, outcome: 'inconclusive', code: 'LIMIT_EXCEEDED', detail }),
      )
      const enough = await verify({ credential, ...limited({ loaded: 100 }, more) })
      expect(enough.checks).not.toContainEqual(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }))
    }
  })

  it('and is of no concern to another call that waits for the same list', async () => {
    const [list, credential] = [await listOf(), await badgeWith()]
    const loadStatusList = countingOf(list)
    const verdictAt = (loaded: number) => judge(credential, { loadStatusList, limits: { loaded } })
    expect(await Promise.all([99, 1000].map(verdictAt))).toEqual([['LIMIT_EXCEEDED'], ['valid']])
  })
})

describe('statements are counted over the whole call', () => {
  const least = async (credential: unknown) => {
    let [low, high] = [0, 3000]
    while (low + 1 < high) {
      const middle = (low + high) >> 1
      const report = await verify({ credential, ...limited({ statements: middle }) })
      if (report.verified) high = middle
      else low = middle
    }
    return high
  }

  it('a child counts for itself and in what is around it', async () => {
    const one = await least(good)
    expect(one).toBeGreaterThan(10)
    const [none, single, double] = [
      await least(await recordOf([])),
      await least(await recordOf([good])),
      await least(await recordOf([good, twin])),
    ]
    expect(single - none).toBeGreaterThanOrEqual(2 * one - 2)
    expect(double - single).toBeGreaterThanOrEqual(2 * one - 4)
    const over = await verify({ credential: await recordOf([good]), ...limited({ statements: single - 1 }) })
    expect(over).toMatchObject({
      verdict: 'invalid',
      nested: [{ report: { checks: [{ code: 'LIMIT_EXCEEDED' }, {}] } }],
    })
    expect(await excessOf(good, { statements: one - 1 })).toEqual({ limit: 'statements', allowed: one - 1 })
  })

  it('a child with a map, which the full algorithms read, counts as any other', async () => {
    const shelf = { '@id': 'https://shop.example/shelf', '@container': '@id' }
    const context = ['https://www.w3.org/ns/credentials/v2', { shelf, size: 'https://shop.example/size' }]
    const held = Array.from({ length: 30 }, (_, index) => [`urn:x:${index}`, { size: `${index}` }])
    const subject = { id: learner.controller, shelf: Object.fromEntries(held) }
    const stocked = await signed(plainCredential({ '@context': context, credentialSubject: subject }))
    const [one, none, single] = [
      await least(stocked),
      await least(await recordOf([])),
      await least(await recordOf([stocked])),
    ]
    expect(single - none).toBeGreaterThanOrEqual(2 * one - 2)
  })

  it('a proof that builds on another counts the document anew, before it is worked on', async () => {
    const document = { ...badge(), issuer: school.controller }
    const proofs: object[] = [await proofOver(document, school, { id: 'urn:x:0' })]
    for (let index = 1; index < 4; index += 1) {
      const earlier = proofs.slice(-1)
      const more = { id: `urn:x:${index}`, previousProof: [`urn:x:${index - 1}`] }
      proofs.push(await proofOver({ ...document, proof: earlier }, school, more))
    }
    const chained = { ...document, proof: proofs }
    const [alone, all] = [await least({ ...document, proof: proofs[0] }), await least(chained)]
    expect(all).toBe(4 * alone)
    const report = await verify({ credential: chained, ...limited({ statements: all - 1 }) })
    expect(report.checks.find(({ name }) => name === 'proof')).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      path: '/proof',
      detail: { limit: 'statements', allowed: all - 1 },
    })
  })
})

describe('time', () => {
  const never = (_: string, options?: { readonly signal?: AbortSignal }) =>
    new Promise<undefined>((_, reject) => {
      options?.signal?.addEventListener('abort', () => reject(options.signal?.reason))
    })

  it('ends waiting for a look-up; the report is undecided, and nothing is thrown', async () => {
    for (const resolveDid of [never, () => new Promise<undefined>(() => {})]) {
      const report = await verify({ credential: good, ...limited({ time: 1 }, { resolveDid }) })
      expect(report).toMatchObject({
        verdict: 'indeterminate',
        checks: [{ code: 'LIMIT_EXCEEDED', outcome: 'inconclusive', detail: { limit: 'time', allowed: 1 } }],
      })
    }
    const presentation = await presented([good])
    const report = await verify({ presentation, challenge, ...limited({ time: 1 }, { resolveDid: never }) })
    expect(report).toMatchObject({
      kind: 'presentation',
      verdict: 'indeterminate',
      checks: [{ code: 'LIMIT_EXCEEDED' }],
    })
  })

  it('leaves the reason of the signal to be thrown, and the signal without listeners', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const reason = new Error('gone')
    const resolveDid = () => {
      controller.abort(reason)
      return new Promise<undefined>(() => {})
    }
    await expect(verify({ credential: good, ...limited({ time: 60_000 }, { resolveDid, signal }) })).rejects.toBe(
      reason,
    )
    let listeners = 0
    const quiet = new AbortController().signal
    const add = quiet.addEventListener.bind(quiet)
    const remove = quiet.removeEventListener.bind(quiet)
    quiet.addEventListener = (...all: Parameters<typeof add>) => {
      listeners += 1
      add(...all)
    }
    quiet.removeEventListener = (...all: Parameters<typeof remove>) => {
      listeners -= 1
      remove(...all)
    }
    expect(await judge(good, limited({ time: 60_000 }, { signal: quiet }))).toEqual(['valid'])
    expect(listeners).toBe(0)
  })

  it('is not begun for a call that is wrong, or was ended before', async () => {
    const wrong: readonly object[] = [
      { credential: good, challenge },
      { credential: good, conformance: 'none' },
      { credential: good, now: 'today' },
      { credential: good, statusLists: 7 },
      { presentation: good },
      { presentation: good, challenge, domain: '' },
    ]
    const start = vi.spyOn(globalThis, 'setTimeout')
    try {
      const limits = { time: 60_000 }
      for (const options of wrong) {
        await expect(verify({ now, limits, ...options } as never)).rejects.toMatchObject({ code: 'OPTION_INVALID' })
      }
      await expect(verifyMany({ credentials: [], limits, concurrency: 0 }).next()).rejects.toThrow(/concurrency/)
      const signal = AbortSignal.abort(new Error('gone'))
      await expect(verify({ credential: good, now, limits, signal })).rejects.toThrow('gone')
      await expect(verify({ presentation: {}, challenge, now, limits, signal })).rejects.toThrow('gone')
      expect(start).not.toHaveBeenCalled()
    } finally {
      start.mockRestore()
    }
  })

  it('enough of it changes nothing', async () => {
    const [one, two] = [
      await verify({ credential: good, now }),
      await verify({ credential: good, ...limited({ time: 60_000 }) }),
    ]
    expect(two).toEqual(one)
  })
})

describe('the other verbs', () => {
  it('verifyMany has the limits for each credential', async () => {
    const verdicts: string[] = []
    const credentials = [good, await recordOf([good]), good]
    for await (const { report } of verifyMany({
      credentials,
      ...limited({ bytes: 10, nesting: 1, statements: 20, time: 60_000 }),
    }))
      verdicts.push(report.verdict)
    expect(verdicts).toEqual(['valid', 'invalid', 'valid'])
  })

  it('issue and present throw', async () => {
    const limits = { stringLength: 20 }
    await expect(issue({ credential: badge(), key: school, now, limits })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    })
    await expect(issue({ credential: badge(), key: school, now, limits: { statements: 5 } })).rejects.toMatchObject({
      code: 'CREDENTIAL_MALFORMED',
    })
    await expect(present({ credentials: [good], key: learner, challenge, now, limits })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    })
    await expect(
      present({ credentials: [good], key: learner, challenge, now, limits: { contexts: 0 } }),
    ).rejects.toThrow(/limits.contexts/)
  })

  it('a limit can be raised', async () => {
    const credential = plainCredential({
      '@context': ['https://www.w3.org/ns/credentials/v2', { p: 'https://example.org/p' }],
      credentialSubject: { p: Array.from({ length: 10_001 }, (_, index) => `${index}`) },
    })
    await expect(issue({ credential, key: school, now })).rejects.toThrow(/10001 items/)
    const limits = { arrayLength: 20_000 }
    const long = await issue({ credential, key: school, now, limits })
    expect(await judge(long)).toEqual(['LIMIT_EXCEEDED'])
    expect(await judge(long, limited(limits))).toEqual(['valid'])
  })
})

describe('the option', () => {
  it.each<[unknown, RegExp]>([
    [{ byte: 1 }, /no limit "byte"; the limits are bytes, depth/],
    [{ bytes: 0 }, /limits\.bytes must be a whole number/],
    [{ bytes: -1 }, /whole number/],
    [{ bytes: 1.5 }, /whole number/],
    [{ bytes: '5' }, /whole number/],
    [{ bytes: Number.NaN }, /whole number/],
    [{ bytes: Number.POSITIVE_INFINITY }, /whole number/],
    [{ bytes: undefined }, /whole number/],
    [{ depth: 101 }, /limits\.depth is at most 100/],
    [{ contexts: 51 }, /limits\.contexts is at most 50/],
    [7, /limits must be an object/],
    [null, /limits must be an object/],
  ])('%j is thrown', async (limits, message) => {
    const options = { limits: limits as Partial<Limits>, now }
    for (const call of [
      () => verify({ credential: good, ...options }),
      () => issue({ credential: badge(), key: school, ...options }),
      () => present({ credentials: [], key: learner, challenge, ...options }),
      () => verifyMany({ credentials: [good], ...options }).next(),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'OPTION_INVALID', message: expect.stringMatching(message) })
    }
  })

  it('SECURITY.md has the defaults', () => {
    const rows = [...readFileSync('SECURITY.md', 'utf8').matchAll(/^\|[^|]+\| ([\d,]+|Infinity) \| `(\w+)` \|$/gm)]
    const told = Object.fromEntries(rows.map(([, value = '', name = '']) => [name, Number(value.replaceAll(',', ''))]))
    expect(told).toEqual(defaultLimits)
    expect(Object.isFrozen(defaultLimits)).toBe(true)
  })
})

function longestOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  return Math.max(0, ...Object.entries(value).flatMap(([name, member]) => [name.length, longestOf(member)]))
}

describe('status lists are read within them', () => {
  // So many that there is little to compress.
  const hashOf = (text: string) => createHash('sha256').update(text).digest().readUInt32BE() % 131_072
  const set = Array.from({ length: 43_000 }, (_, index) => [hashOf(`${index}`), 1] as const)
  const options = { set: set.filter(([index]) => index !== place) }

  it('in whatever form, by hand or loaded, also where the memory is shared', async () => {
    const credential = await badgeWith()
    const list = await listOf(options)
    const jwt = await issue({ credential: (await unsignedList(options)) as never, key: school, now, format: vcJose() })
    for (const each of [list, JSON.stringify(list), jwt]) {
      const statusLists = new Map([[listUrl, each]])
      const loadStatusList = async () => each
      for (const settings of [{ statusLists }, { loadStatusList }, { statusLists: [each] }]) {
        const codes = (limits?: Partial<Limits>) => judge(credential, { ...settings, ...(limits && { limits }) })
        expect(await codes()).toEqual(['valid'])
        expect(await codes({ stringLength: 10_000 })).toEqual([
          Array.isArray(settings.statusLists) ? 'STATUS_UNAVAILABLE' : 'STATUS_LIST_INVALID',
        ])
        expect(await codes()).toEqual(['valid'])
        expect(await codes({ stringLength: 50_000 })).toEqual(['valid'])
      }
    }
  })

  it('the same limits in another object are the same: a list is verified once', async () => {
    const verified: unknown[] = []
    const suite = eddsaRdfc2022()
    const counting: typeof suite.verify = (input, key) => {
      verified.push(input.document['id'])
      return suite.verify(input, key)
    }
    const formats = [{ ...suite, verify: counting }]
    const settings = { formats, statusLists: [await listOf()] }
    const credential = await badgeWith()
    for (let run = 0; run < 3; run += 1) {
      expect(await judge(credential, { ...settings, limits: { bytes: 100_000 } })).toEqual(['valid'])
    }
    expect(verified.filter((id) => id === listUrl)).toHaveLength(1)
  })
})

it('SD-JWTs are read within them, by present and presentSdJwt', async () => {
  const credential = await issue({ credential: badge(), key: school, now, format: vcSdJwt() })
  const asked = { key: learner, challenge, now }
  const shown = { credential, domain: 'https://hr.example', ...asked }
  for (const limits of [undefined, { stringLength: 1_000 }]) {
    const some = limits && { limits }
    expect(await presentSdJwt({ ...shown, ...some })).toMatch(/~/)
    expect(await present({ credentials: [credential], ...asked, ...some })).toHaveProperty('proof')
  }
  const limits = { stringLength: 40 }
  await expect(presentSdJwt({ ...shown, limits })).rejects.toThrow('at most 40 are read')
  await expect(present({ credentials: [credential], ...asked, limits })).rejects.toThrow('credentials[0]')
  await expect(presentSdJwt({ ...shown, limits: { strings: 1 } as never })).rejects.toThrow('no limit "strings"')
})
