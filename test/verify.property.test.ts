/** Whatever a stranger sends, `verify` answers with a report: plain JSON, the same each time, and never `verified`. */

import fc from 'fast-check'
import { type CredentialReport, type PresentationReport, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { challenge, copyOf, edit, now, presented, signedBadge } from './helpers/fixtures.ts'

const good = await signedBadge()
const presentation = await presented([good])

async function expectReport(input: unknown): Promise<void> {
  for (const report of [
    await verify({ credential: input, now }),
    await verify({ presentation: input, challenge, now }),
  ]) {
    expectPlain(report)
    expect(report.verified).toBe(false)
  }
}

function expectPlain(report: CredentialReport | PresentationReport): void {
  const text = JSON.stringify(report)
  expect(JSON.stringify(JSON.parse(text))).toBe(text)
  expect(report.checks.length).toBeGreaterThan(0)
  expect(report.verified).toBe(report.verdict === 'valid')
}

describe('verify never throws for', () => {
  const settings = { numRuns: 300 }

  it('any JSON value', () => fc.assert(fc.asyncProperty(fc.jsonValue(), expectReport), settings))

  it('any text', () =>
    fc.assert(fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), expectReport), settings))

  it('any bytes', () => fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), expectReport), settings))

  it('any value of JavaScript', () =>
    fc.assert(
      fc.asyncProperty(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSparseArray: true,
          withTypedArray: true,
          withNullPrototype: true,
        }),
        expectReport,
      ),
      settings,
    ))

  it('a badge with any value in any place', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...placesOf(good, '')), plainJson(), async (place, value) => {
        expectPlain(await verify({ credential: edit(good, place, value), now }))
      }),
      { numRuns: 600 },
    ))

  it('a presentation with any value in any place', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...placesOf(presentation, '')), plainJson(), async (place, value) => {
        expectPlain(await verify({ presentation: edit(presentation, place, value), challenge, now }))
      }),
      { numRuns: 300 },
    ))

  it('one badge cut and pasted into itself', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...placesOf(good, '')),
        fc.constantFrom(...placesOf(good, '')),
        async (to, from) => {
          expectPlain(await verify({ credential: edit(good, to, at(good, from)), now }))
        },
      ),
      { numRuns: 300 },
    ))
})

describe('hostile objects', () => {
  const cycle: Record<string, unknown> = { type: 'VerifiableCredential' }
  cycle['self'] = cycle
  const { proxy: revoked, revoke } = Proxy.revocable({}, {})
  revoke()
  const fail = () => {
    throw new Error('boo')
  }
  const endless = Object.assign([1], {
    *[Symbol.iterator]() {
      for (;;) yield 1
    },
  })
  const traps = ['get', 'ownKeys', 'getPrototypeOf', 'has', 'getOwnPropertyDescriptor'] as const
  const cases: readonly (readonly [string, unknown])[] = [
    [
      'a getter that throws',
      {
        ...copyOf(good),
        get name() {
          return fail()
        },
      },
    ],
    ['a cycle', cycle],
    ['a revoked proxy', revoked],
    ...traps.map((trap) => [`a proxy that throws in ${trap}`, new Proxy(copyOf(good), { [trap]: fail })] as const),
    ['a list without end', endless],
    ['a very long sparse list', { type: new Array(4_000_000_000) }],
    ['a symbol', Symbol('credential')],
    ['a bigint', { ...copyOf(good), name: 1n }],
    ['a Date', { ...copyOf(good), validFrom: new Date(0) }],
    ['a Map', new Map([['type', 'VerifiableCredential']])],
    ['a function', () => good],
    ['a promise', Promise.resolve(good)],
    ['toJSON', { toJSON: () => good }],
    ['an instance', Object.assign(Object.create({ type: ['VerifiableCredential'] }), copyOf(good))],
    ['NaN', { ...copyOf(good), name: Number.NaN }],
    ['nothing', undefined],
    ['deep nesting', deep(5000)],
  ]

  it.each(cases)('%s: refused with a report', async (name, input) => {
    // Reading does not ask a proxy for these two; it is then a badge like any other.
    if (/in (has|getOwnPropertyDescriptor)$/.test(name)) expectPlain(await verify({ credential: input, now }))
    else await expectReport(input)
  })

  it('a getter that answers differently each time is read once', async () => {
    let reads = 0
    const input = copyOf(good)
    Object.defineProperty(input, 'name', { enumerable: true, get: () => (reads++ === 0 ? 'Welding' : 'Doctorate') })
    const report = await verify({ credential: input, now })
    expect(reads).toBe(1)
    expect(report.verified && report.credential['name']).toBe('Welding')
  })
})

/** Any JSON, without the names that every object answers to: those have a test of their own. */
function plainJson(): fc.Arbitrary<unknown> {
  const key = fc.oneof(fc.constantFrom('id', 'type', '@id', '@type', '@context', 'name'), fc.string())
  const named = key.filter((name) => !(name in {}) && name !== '@value')
  return fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, true, 0, '', 'x'),
      fc.string(),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('value'), { maxLength: 4 }),
    object: fc.dictionary(named, tie('value'), { maxKeys: 4 }),
  })).value
}

function at(value: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce((found, step) => (found as Record<string, unknown>)[step], value)
}

function placesOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [
    ...(path === '' ? [] : [path]),
    ...Object.entries(value).flatMap(([name, member]) => placesOf(member, `${path}/${name}`)),
  ]
}

function deep(levels: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { a: value }
  return value
}
