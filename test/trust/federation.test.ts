import { exportKey, type FederationRegistryOptions, federationRegistry, generateKey, type Key, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { codesOf, college, learner, now, school, signedBadge, thief } from '../helpers/fixtures.ts'
import { forge } from '../helpers/jwt.ts'

const [anchor, network] = ['https://anchor.example', 'https://network.example']
const time = now.getTime() / 1000
const setOf = async (key: Key) => {
  const { d: _, ...jwk } = (await exportKey(key)) as { d?: string }
  return { keys: [{ ...jwk, kid: 'k1' }] }
}
const anchors = { [anchor]: await setOf(college) }
const above = { iss: anchor, sub: network, iat: time - 60, exp: time + 3600, jwks: await setOf(learner) }
const entry = {
  iss: network,
  sub: school.controller,
  iat: time - 60,
  exp: time + 3600,
  metadata: { federation_entity: { organization_name: 'Shore School', homepage_uri: 'https://school.example' } },
}
const typ = 'entity-statement+jwt'
const sign = (payload: object, key: Key, header: object = {}) => forge(payload, { typ, kid: 'k1', ...header }, key)

async function ask(
  statements: Readonly<Record<string, readonly string[]>>,
  more: Partial<FederationRegistryOptions> = {},
) {
  return federationRegistry({ name: 'federation', anchors, now, statementsAbout: (id) => statements[id], ...more })(
    school.controller,
  )
}
const good = { [school.controller]: [await sign(entry, learner)], [network]: [await sign(above, college)] }

describe('federationRegistry', () => {
  it('follows signed statements from an anchor to the issuer, and shows the chain', async () => {
    expect(await ask(good)).toEqual({
      registry: 'federation',
      name: 'Shore School',
      url: 'https://school.example',
      chain: [
        { by: anchor, about: network },
        { by: network, about: school.controller },
      ],
    })
    const trust = federationRegistry({ name: 'federation', anchors, now, statementsAbout: (id) => good[id] })
    expect(codesOf(await verify({ credential: await signedBadge(), now, trust }))).toEqual(['valid'])
    expect(codesOf(await verify({ credential: await signedBadge({}, thief), now, trust }))).toEqual([
      'ISSUER_UNTRUSTED',
    ])
  })

  it('knows an anchor', async () => {
    const registry = federationRegistry({ name: 'f', anchors, now, statementsAbout: () => expect.unreachable() })
    expect(await registry(anchor)).toEqual({ registry: 'f', chain: [{ by: 'f', about: anchor }] })
  })

  it('takes a statement of the anchor itself, and finds it among others', async () => {
    const direct = await sign({ ...entry, iss: anchor }, college)
    const stray = await sign({ ...entry, iss: 'https://stray.example' }, thief)
    expect((await ask({ [school.controller]: ['no jwt', stray, direct] }))?.chain).toEqual([
      { by: anchor, about: school.controller },
    ])
  })

  it.each<[string, () => Promise<Record<string, readonly string[]>>]>([
    ['signed by another', async () => ({ ...good, [school.controller]: [await sign(entry, thief)] })],
    ['signed by the one it is about', async () => ({ ...good, [school.controller]: [await sign(entry, school)] })],
    ['of a superior whom nobody knows', async () => ({ [school.controller]: good[school.controller] as string[] })],
    ['of a superior whose own statement is forged', async () => ({ ...good, [network]: [await sign(above, thief)] })],
    [
      'about another',
      async () => ({ ...good, [school.controller]: [await sign({ ...entry, sub: thief.controller }, learner)] }),
    ],
    [
      'about itself',
      async () => ({
        [school.controller]: [await sign({ ...entry, iss: school.controller, jwks: await setOf(school) }, school)],
      }),
    ],
    [
      'that has ended',
      async () => ({ ...good, [school.controller]: [await sign({ ...entry, exp: time - 61 }, learner)] }),
    ],
    [
      'without end',
      async () => ({ ...good, [school.controller]: [await sign({ ...entry, exp: undefined }, learner)] }),
    ],
    [
      'of the future',
      async () => ({ ...good, [school.controller]: [await sign({ ...entry, iat: time + 61 }, learner)] }),
    ],
    ['of another type', async () => ({ ...good, [school.controller]: [await sign(entry, learner, { typ: 'JWT' })] })],
    [
      'with what must be understood',
      async () => ({ ...good, [school.controller]: [await sign({ ...entry, crit: ['x'] }, learner)] }),
    ],
    ...[
      { max_path_length: 0 },
      { max_path_length: '1' },
      { max_path_length: null },
      { naming_constraints: {} },
      [],
      1,
    ].map((constraints): [string, () => Promise<Record<string, readonly string[]>>] => [
      `under the constraints ${JSON.stringify(constraints)}`,
      async () => ({ ...good, [network]: [await sign({ ...above, constraints }, college)] }),
    ]),
    [
      'by a key of another name',
      async () => ({ ...good, [school.controller]: [await sign(entry, learner, { kid: 'k2' })] }),
    ],
    [
      'that lead in a circle',
      async () => ({
        [school.controller]: [await sign(entry, learner)],
        [network]: [await sign({ ...above, iss: school.controller, jwks: await setOf(learner) }, school)],
      }),
    ],
  ])('does not follow statements %s', async (_what, statements) => {
    expect(await ask(await statements())).toBeUndefined()
  })

  it('lets those who are named name others as far as the constraints allow', async () => {
    const under = async (most: number, ofSchool: number) => ({
      [network]: [await sign({ ...above, constraints: { max_path_length: most } }, college)],
      [school.controller]: [
        await sign({ ...entry, jwks: await setOf(school), constraints: { max_path_length: ofSchool } }, learner),
      ],
      [thief.controller]: [await sign({ ...entry, iss: school.controller, sub: thief.controller }, school)],
    })
    const knows = async (issuer: string, statements: Readonly<Record<string, readonly string[]>>) => {
      const statementsAbout = (id: string) => statements[id]
      return (await federationRegistry({ name: 'f', anchors, now, statementsAbout })(issuer)) !== undefined
    }
    expect(await knows(school.controller, await under(1, 0))).toBe(true)
    expect(await knows(thief.controller, await under(2, 1))).toBe(true)
    expect(await knows(thief.controller, await under(2, 0))).toBe(false)
    expect(await knows(thief.controller, await under(1, 1))).toBe(false)
  })

  it('could not find out where there are more statements than are looked at', async () => {
    const stray = await sign({ ...entry, iss: 'https://stray.example' }, thief)
    const [fits] = good[school.controller] as [string]
    const strays = (count: number) => Array<string>(count).fill(stray)
    expect(await ask({ ...good, [school.controller]: [...strays(10), fits, ...strays(20)] })).toBeDefined()
    expect(await ask({ ...good, [school.controller]: strays(10) })).toBeUndefined()
    await expect(ask({ ...good, [school.controller]: [...strays(20), fits] })).rejects.toThrow('more statements')
  })

  it('does not climb without end', async () => {
    let asked = 0
    const key = await generateKey()
    const statementsAbout = async (sub: string) => {
      asked += 1
      return [1, 2]
        .map(async (each) => sign({ ...entry, sub, iss: `${sub}/${each}` }, key))
        .reduce<Promise<string[]>>(async (all, each) => [...(await all), await each], Promise.resolve([]))
    }
    await expect(ask({}, { statementsAbout })).rejects.toThrow('more statements than are looked at')
    expect(asked).toBeLessThanOrEqual(20)
  })

  it('could not find out where the statements could not be had', async () => {
    await expect(ask({}, { statementsAbout: () => Promise.reject(new Error('down')) })).rejects.toThrow('down')
    await expect(ask({}, { statementsAbout: () => 'x' as never })).rejects.toThrow('list')
  })

  it.each([
    {},
    { name: 'x' },
    { name: 'x', anchors: { a: {} }, statementsAbout: String },
    { name: 'x', anchors: {}, statementsAbout: 1 },
  ])('refuses %j', (options) => {
    expect(() => federationRegistry(options as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})
