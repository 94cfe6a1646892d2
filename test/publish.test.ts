import {
  createStatusMemory,
  createStatusRegistry,
  didWebDocument,
  eddsaRdfc2022,
  generateKey,
  issue,
  memoryStatusStore,
  type PublishedStatusList,
  publish,
  type StatusRegistryOptions,
  type StatusStore,
  statusListHandler,
  vcJose,
  vcJwt,
  vcSdJwt,
  verify,
  verifyEventLog,
} from 'testamur'
import { beforeEach, describe, expect, it } from 'vitest'
import { decodeBitstring, getEntry } from '../src/status/bitstring.ts'
import { badge, codesOf, college, school, thief } from './helpers/fixtures.ts'
import { payloadOf } from './helpers/jwt.ts'

let store: StatusStore
let time: Date
beforeEach(() => {
  store = memoryStatusStore()
  time = new Date('2026-11-22T12:00:00Z')
})

const registryOf = (more: Partial<StatusRegistryOptions> = {}) =>
  createStatusRegistry({ store, url: 'https://school.example/status', now: () => time, ...more })
const later = (milliseconds: number) => {
  time = new Date(time.getTime() + milliseconds)
}
const day = 86_400_000

/** The registry with one credential, and its index. */
async function withOne(more: Partial<StatusRegistryOptions> = {}) {
  const registry = registryOf(more)
  const [entry] = await registry.allocate({ id: 'urn:example:1' })
  const [list] = await registry.lists()
  return { registry, index: Number(entry?.statusListIndex), list: list?.id as string, url: list?.url as string }
}

async function bitsOf(published: PublishedStatusList | undefined): Promise<Uint8Array> {
  const { credentialSubject } = JSON.parse(published?.credential ?? '') as {
    credentialSubject: { encodedList: string }
  }
  const decoded = await decodeBitstring(credentialSubject.encodedList)
  if ('problem' in decoded) throw new Error(decoded.problem)
  return decoded.bits
}

describe('publish', () => {
  it('keeps a signed list that verifies and has what the specification asks for', async () => {
    const { registry, index, list, url } = await withOne()
    await registry.set({ credentialId: 'urn:example:1' })
    expect(await publish({ registry, key: school })).toEqual([
      { list, url, version: 1, outcome: 'published', changed: 1 },
    ])
    const published = await store.published(list)
    const report = await verify({ credential: published?.credential, now: time })
    expect(report).toMatchObject({ verdict: 'valid', issuer: school.controller })
    expect(JSON.parse(published?.credential ?? '')).toMatchObject({
      id: url,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      validFrom: '2026-11-22T12:00:00Z',
      validUntil: '2026-11-29T12:00:00Z',
      credentialSubject: { id: `${url}#list`, type: 'BitstringStatusList', statusPurpose: 'revocation', ttl: 300_000 },
    })
    const bits = await bitsOf(published)
    expect([bits.length, getEntry(bits, index)]).toEqual([16_384, 1])
    expect(await verifyEventLog(registry.events(list))).toMatchObject({ intact: true, seq: 4 })
  })

  it('publishes what changed, and nothing else; several lists at once', async () => {
    const { registry } = await withOne({ purposes: ['revocation', 'suspension'] })
    const outcomes = async () =>
      (await publish({ registry, key: school })).map(({ outcome, version }) => [outcome, version])
    expect(await outcomes()).toEqual([
      ['published', 1],
      ['published', 1],
    ])
    expect(await outcomes()).toEqual([
      ['current', 1],
      ['current', 1],
    ])
    await registry.allocate({ id: 'urn:example:2' })
    expect(await outcomes(), 'a new place changes no status').toEqual([
      ['current', 1],
      ['current', 1],
    ])
    await registry.set({ credentialId: 'urn:example:2', purpose: 'suspension' })
    expect(await outcomes()).toEqual([
      ['current', 1],
      ['published', 2],
    ])
  })

  it('takes lists by id or URL', async () => {
    const { registry, list, url } = await withOne({ purposes: ['revocation', 'suspension'] })
    expect(await publish({ registry, key: school, lists: [url] })).toMatchObject([{ list }])
    expect(await publish({ registry, key: school, lists: [list] })).toMatchObject([{ outcome: 'current' }])
    const unknown = publish({ registry, key: school, lists: ['https://school.example/other'] })
    await expect(unknown).rejects.toMatchObject({ code: 'STATUS_UNKNOWN' })
  })

  it('publishes again before a list ends', async () => {
    const { registry } = await withOne()
    await publish({ registry, key: school })
    later(3 * day)
    expect(await publish({ registry, key: school })).toMatchObject([{ outcome: 'current' }])
    later(day)
    expect(await publish({ registry, key: school })).toMatchObject([{ outcome: 'published', version: 2, changed: 0 }])
  })

  it('publishes again when the issuer has another key', async () => {
    const did = 'did:web:school.example'
    const keys = [await generateKey({ controller: did }), await generateKey({ controller: did })] as const
    const resolveDid = async () => didWebDocument({ did, keys })
    const { registry, list } = await withOne()
    const [first, second] = keys
    expect(await publish({ registry, key: first, resolveDid })).toMatchObject([{ version: 1 }])
    expect(await publish({ registry, key: second, resolveDid })).toMatchObject([{ outcome: 'published', version: 2 }])
    const { credential } = (await store.published(list)) ?? {}
    expect(await verify({ credential, now: time, resolveDid })).toMatchObject({ verdict: 'valid', issuer: did })
  })

  it.each([
    ['with proofs', undefined],
    ['as VC-JWT', vcJwt()],
    ['as SD-JWT', vcSdJwt()],
  ])('refuses to put a list of another issuer in the place of one %s', async (_, format) => {
    const { registry, list, url } = await withOne()
    const how = format ? { registry, format } : { registry }
    await publish({ ...how, key: school })
    const before = await store.published(list)
    await expect(publish({ ...how, key: college })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringMatching(`${url} .*${school.controller}.*${college.controller}.*give formerIssuer`),
    })
    await expect(publish({ ...how, key: college, formerIssuer: thief.controller })).rejects.toThrow('formerIssuer')
    expect(await store.published(list)).toEqual(before)
  })

  it('takes a list over from the issuer that is named', async () => {
    const { registry, list } = await withOne()
    await publish({ registry, key: school })
    const taken = await publish({ registry, key: college, formerIssuer: school.controller })
    expect(taken).toMatchObject([{ outcome: 'published', version: 2 }])
    const report = await verify({ credential: (await store.published(list))?.credential, now: time })
    expect(report).toMatchObject({ verdict: 'valid', issuer: college.controller })
    await expect(publish({ registry, key: college, formerIssuer: 1 as never })).rejects.toThrow('must be the id')
  })

  it('unsets what was unset, and says so in the log', async () => {
    const { registry, index, list } = await withOne({ purposes: ['suspension'] })
    await registry.set({ credentialId: 'urn:example:1' })
    await publish({ registry, key: school })
    await registry.unset({ credentialId: 'urn:example:1' })
    expect(await publish({ registry, key: school })).toMatchObject([{ version: 2, changed: 1 }])
    expect(getEntry(await bitsOf(await store.published(list)), index)).toBe(0)
    expect(await registry.history({ credentialId: 'urn:example:1' })).toMatchObject([
      {},
      { type: 'set' },
      { type: 'unset' },
    ])
  })

  it('never looks older than the version before, though the clock was set back', async () => {
    const { registry, list } = await withOne()
    await publish({ registry, key: school })
    await registry.set({ credentialId: 'urn:example:1' })
    later(-3_600_000)
    expect(await publish({ registry, key: school })).toMatchObject([{ version: 2 }])
    expect((await store.published(list))?.validFrom).toBe('2026-11-22T12:00:00Z')
  })
})

describe('as JWT, for keys that make no proofs', () => {
  it.each([
    ['vcJwt', vcJwt, 'application/jwt'],
    ['vcJose', vcJose, 'application/vc+jwt'],
    ['vcSdJwt', vcSdJwt, 'application/vc+sd-jwt'],
  ] as const)('%s: signed, verified, followed on, and served', async (_, format, type) => {
    const key = await generateKey({ algorithm: 'RSA' })
    const { registry, index, list, url } = await withOne()
    const credential = await issue({
      credential: badge({ id: 'urn:example:1' }),
      key,
      status: registry,
      format: format(),
    })
    const published = async () => (await publish({ registry, key, format: format() }))[0]
    expect(await published()).toMatchObject({ version: 1, outcome: 'published' })
    expect(await published()).toMatchObject({ version: 1, outcome: 'current' })
    const handle = statusListHandler({ store, now: () => time })
    const loadStatusList = async (asked: string) => (await handle(new Request(asked))).text()
    const codes = async () =>
      codesOf(await verify({ credential, now: time, loadStatusList, statusMemory: createStatusMemory() }))
    expect(await codes()).toEqual(['valid'])
    await registry.set({ credentialId: 'urn:example:1' })
    expect(await published()).toMatchObject({ version: 2, changed: 1 })
    expect(await codes()).toEqual(['REVOKED'])
    later(4 * day)
    expect(await published()).toMatchObject({ version: 3, changed: 0 })
    const { credential: text = '' } = (await store.published(list)) ?? {}
    const { credentialSubject } = payloadOf(text) as { credentialSubject: { encodedList: string } }
    const decoded = await decodeBitstring(credentialSubject.encodedList)
    expect('bits' in decoded && getEntry(decoded.bits, index)).toBe(1)
    const response = await handle(new Request(url))
    expect([response.headers.get('content-type'), await response.text()]).toEqual([type, text])
    const other = await handle(new Request(url, { headers: { accept: 'application/vc' } }))
    expect(other.status).toBe(406)
    expect(await verifyEventLog(registry.events(list))).toMatchObject({ intact: true })
  })

  it('an RSA key needs one, and is told so', async () => {
    const { registry } = await withOne()
    const key = await generateKey({ algorithm: 'RSA' })
    await expect(publish({ registry, key })).rejects.toThrow('give format, such as vcJwt()')
  })

  it('a list is published again where the form is another one', async () => {
    const { registry } = await withOne()
    const published = async (more: object) => (await publish({ registry, key: school, ...more }))[0]?.outcome
    const outcomes = [{}, {}, { format: vcJose() }, { format: vcJose() }, { format: eddsaRdfc2022() }].map(
      (more) => () => published(more),
    )
    const seen: unknown[] = []
    for (const outcome of outcomes) seen.push(await outcome())
    expect(seen).toEqual(['published', 'current', 'published', 'current', 'published'])
  })
})

it('takes limits', async () => {
  const { registry } = await withOne()
  expect(await publish({ registry, key: school, limits: { bytes: 100_000 } })).toHaveLength(1)
  await expect(publish({ registry, key: school, limits: { byte: 1 } as never })).rejects.toThrow('no limit "byte"')
})

describe('a revocation', () => {
  it('cannot be lost by a store that forgets the value, or both value and event', async () => {
    const { registry, list, index } = await withOne()
    await registry.set({ credentialId: 'urn:example:1' })
    await publish({ registry, key: school })
    const forgets: StatusStore = { ...store, values: async (id) => ({ ...(await store.values(id)), values: [] }) }
    await expect(publish({ registry: registryOf({ store: forgets }), key: college })).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
    })
    const forgetsAll: StatusStore = {
      ...forgets,
      events: async (...given) => (await store.events(...given)).filter(({ body }) => !body.includes('changed')),
    }
    await expect(publish({ registry: registryOf({ store: forgetsAll }), key: college })).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
    })
    expect(getEntry(await bitsOf(await store.published(list)), index)).toBe(1)
  })

  it('is not published from an event whose hash does not follow', async () => {
    const { registry } = await withOne()
    await publish({ registry, key: school })
    await registry.set({ credentialId: 'urn:example:1' })
    const changes: StatusStore = {
      ...store,
      events: async (...given) =>
        (await store.events(...given)).map((event) => ({ ...event, body: event.body.replace('[0,1]', '[0,0]') })),
      values: async (id) => ({ ...(await store.values(id)), values: [] }),
    }
    const damaged = publish({ registry: registryOf({ store: changes }), key: school })
    await expect(damaged).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  })
})

describe('several publishers', () => {
  it('make one version each, or find the list current; none goes back', async () => {
    const { registry, list } = await withOne()
    await registry.set({ credentialId: 'urn:example:1' })
    const items = (await Promise.all([1, 2, 3, 4].map(() => publish({ registry: registryOf(), key: school })))).flat()
    expect(items.filter(({ outcome }) => outcome === 'published')).toHaveLength(1)
    expect(items.every(({ version }) => version === 1)).toBe(true)
    expect((await store.published(list))?.version).toBe(1)
  })

  it('that lose the race draft again from the newest state', async () => {
    const { registry, list, index } = await withOne()
    await registry.allocate({ id: 'urn:example:2' })
    await registry.set({ credentialId: 'urn:example:1' })
    let overtaken = 0
    const slow: StatusStore = {
      ...store,
      publish: async (...given) => {
        // Another process revokes and publishes between this one's drafting and keeping.
        if (overtaken++ === 0) {
          await registry.set({ credentialId: 'urn:example:2' })
          await publish({ registry, key: school })
        }
        return store.publish(...given)
      },
    }
    await publish({ registry: registryOf({ store: slow }), key: school })
    const bits = await bitsOf(await store.published(list))
    expect(overtaken).toBe(1)
    expect([getEntry(bits, index), bits.reduce((sum, byte) => sum + (byte ? 1 : 0), 0) > 0]).toEqual([1, true])
    expect((await store.published(list))?.version).toBe(1)
  })

  it('give up where others are faster every time', async () => {
    await withOne()
    const never = registryOf({ store: { ...store, publish: async () => false } })
    await expect(publish({ registry: never, key: school })).rejects.toMatchObject({ code: 'STORE_CONFLICT' })
  })
})

describe('what is not published', () => {
  it('is a list signed by a key behind another name', async () => {
    const { registry, list } = await withOne()
    const wrong = publish({ registry, key: { ...school, sign: thief.sign } })
    await expect(wrong).rejects.toMatchObject({ code: 'SIGNATURE_WRONG' })
    expect(await store.published(list)).toBeUndefined()
  })

  it('is a list whose issuer nobody can resolve', async () => {
    const { registry, list } = await withOne()
    const key = await generateKey()
    const controller = 'did:web:school.example' as const
    const named = { ...key, id: `${controller}#1`, controller }
    await expect(publish({ registry, key: named })).rejects.toMatchObject({ code: 'OPTION_INVALID' })
    expect(await store.published(list)).toBeUndefined()
  })

  it('is anything else than the draft', async () => {
    const { registry, list } = await withOne()
    const draft = await registry.draft(list)
    const other = JSON.stringify({ ...draft.credential, validUntil: '2099-01-01T00:00:00Z' })
    await expect(registry.keep(draft, other)).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  })

  it('is a misspelt option', async () => {
    const registry = registryOf()
    await expect(publish({ registry, key: school, list: 'x' } as never)).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    })
    await expect(publish({ registry: {}, key: school } as never)).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  })
})

describe('decoys', () => {
  it('are set beside revocations, never alone, and never more of them than there are', async () => {
    const { registry, list, index } = await withOne({ decoys: 40 })
    await registry.allocateMany(Array.from({ length: 200 }, (_, number) => `urn:example:more:${number}`))
    await publish({ registry, key: school })
    const setBits = async () =>
      (await bitsOf(await store.published(list))).reduce(
        (sum, byte) => sum + byte.toString(2).replaceAll('0', '').length,
        0,
      )
    expect(await setBits()).toBe(0)
    const credentialIds = Array.from({ length: 100 }, (_, number) => `urn:example:more:${number}`)
    for await (const item of registry.setMany({ credentialIds })) expect(item.changed).toBe(true)
    for (let round = 0; round < 12; round += 1) {
      await registry.set({ credentialId: `urn:example:more:${100 + round}` })
      await publish({ registry, key: school })
      expect(await setBits()).toBeLessThanOrEqual(101 + round + 40)
      expect(await setBits()).toBeGreaterThanOrEqual(101 + round)
    }
    // Up to 40 in the first round alone; that not one was set in thirteen draws has a chance below 1 in 100,000.
    expect(await setBits()).toBeGreaterThan(112)
    expect(getEntry(await bitsOf(await store.published(list)), index)).toBe(0)
  })
})
