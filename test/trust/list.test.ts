import { anyRegistry, dccRegistry, type TrustRegistry, trustList, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { codesOf, now, school, signedBadge } from '../helpers/fixtures.ts'

const a = 'did:example:a'

describe('trustList', () => {
  it.each([
    ['an object', { [a]: 'A school', 'did:example:b': { name: 'B', url: 'https://b.example' } }],
    [
      'a Map',
      new Map<string, string | { name: string; url: string }>([
        [a, 'A school'],
        ['did:example:b', { name: 'B', url: 'https://b.example' }],
      ]),
    ],
  ])('is %s', async (_what, issuers) => {
    const list = trustList({ name: 'partners', issuers })
    expect(await list(a)).toEqual({ registry: 'partners', name: 'A school', chain: [{ by: 'partners', about: a }] })
    expect(await list('did:example:b')).toMatchObject({ name: 'B', url: 'https://b.example' })
    expect(await list('did:example:c')).toBeUndefined()
    expect(await list('constructor')).toBeUndefined()
    expect(await list('__proto__')).toBeUndefined()
  })

  it('stands in the report with its chain', async () => {
    const trust = trustList({ name: 'partners', issuers: { [school.controller]: 'Shore School' } })
    const report = await verify({ credential: await signedBadge(), now, trust })
    expect(report.checks.find(({ name }) => name === 'trust')?.trust).toEqual({
      registry: 'partners',
      name: 'Shore School',
      chain: [{ by: 'partners', about: school.controller }],
    })
  })

  it.each([{}, { name: '', issuers: {} }, { name: 'x' }, { name: 'x', issuers: [] }])('refuses %j', (options) => {
    expect(() => trustList(options as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })

  it.each([false, null, undefined, 0, true])('trusts no issuer beside which %s stands', (listed) => {
    for (const issuers of [{ 'did:example:a': listed }, new Map([['did:example:a', listed]])]) {
      const list = () => trustList({ name: 'partners', issuers: issuers as never })
      expect(list).toThrow(
        expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining('did:example:a') }),
      )
    }
  })
})

describe('dccRegistry', () => {
  const document = {
    meta: { created: '2020-12-02T02:32:16+0000', updated: '2021-09-20T01:00:00+0000' },
    registry: { [a]: { name: 'A school', location: 'Somewhere', url: 'https://a.example' }, 'did:example:b': 7 },
  }

  it('reads the document, as object or text', async () => {
    for (const given of [document, JSON.stringify(document)]) {
      const registry = dccRegistry({ name: 'DCC', document: given, url: 'https://registry.example/registry.json' })
      expect(await registry(a)).toEqual({
        registry: 'DCC',
        name: 'A school',
        url: 'https://a.example',
        chain: [{ by: 'DCC', about: a, in: 'https://registry.example/registry.json' }],
      })
      expect(await registry('did:example:b')).toBeUndefined()
    }
  })

  it.each([undefined, 'no json', {}, { registry: [] }])('refuses %j', (given) => {
    expect(() => dccRegistry({ name: 'DCC', document: given })).toThrow(/document must be/)
  })
})

describe('anyRegistry', () => {
  const down: TrustRegistry = () => Promise.reject(new Error('down'))
  const one = trustList({ name: 'one', issuers: { [a]: 'A' } })
  const two = trustList({ name: 'two', issuers: { [a]: 'A', 'did:example:b': 'B' } })

  it('answers with the first that has the issuer', async () => {
    expect(await anyRegistry([one, two])(a)).toMatchObject({ registry: 'one' })
    expect(await anyRegistry([one, two])('did:example:b')).toMatchObject({ registry: 'two' })
    expect(await anyRegistry([one, two])('did:example:c')).toBeUndefined()
    expect(await anyRegistry([])(a)).toBeUndefined()
  })

  it('could not find out where none has it and one was in trouble', async () => {
    expect(await anyRegistry([down, one])(a)).toMatchObject({ registry: 'one' })
    await expect(anyRegistry([down, one])('did:example:c')).rejects.toThrow('down')
    expect(codesOf(await verify({ credential: await signedBadge(), now, trust: anyRegistry([one, down]) }))).toEqual([
      'TRUST_UNAVAILABLE',
    ])
  })

  it('refuses what is no list of registries', () => {
    expect(() => anyRegistry([{}] as never)).toThrow(/list of registries/)
  })
})
