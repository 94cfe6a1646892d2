import {
  createStatusRegistry,
  logStatusStore,
  memoryStatusStore,
  type StatusListRecord,
  type StatusRegistryOptions,
  type StatusStore,
  verifyEventLog,
} from 'testamur'
import { beforeEach, describe, expect, it } from 'vitest'
import { decodeBitstring, getEntry } from '../../src/status/bitstring.ts'
import { now } from '../helpers/fixtures.ts'

const url = 'https://school.example/status'
const secret = 'c2VjcmV0IG9mIDMyIGJ5dGVzIGZvciBhIGZpeGVkIG8'
let store: StatusStore
beforeEach(() => {
  store = memoryStatusStore()
})

const registryOf = (more: Partial<StatusRegistryOptions> = {}) =>
  createStatusRegistry({ store, url, now: () => now, ...more })
const id = (number: number) => `urn:example:${number}`
const ids = (count: number) => Array.from({ length: count }, (_, number) => id(number))
const indexOf = ([entry]: readonly { readonly statusListIndex: string }[]) => Number(entry?.statusListIndex)

async function bitsOf(list: { readonly credentialSubject: { readonly encodedList: string } }): Promise<Uint8Array> {
  const decoded = await decodeBitstring(list.credentialSubject.encodedList)
  if ('problem' in decoded) throw new Error(decoded.problem)
  return decoded.bits
}

describe('allocate', () => {
  it('gives an entry as the specification writes it', async () => {
    const [entry, ...more] = await registryOf().allocate({ id: id(1) })
    expect(more).toEqual([])
    expect(entry?.statusListCredential).toMatch(/^https:\/\/school\.example\/status\/[\w-]{22}$/)
    expect(entry).toEqual({
      id: `${entry?.statusListCredential}#${entry?.statusListIndex}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: expect.stringMatching(/^\d{1,6}$/),
      statusListCredential: entry?.statusListCredential,
    })
  })

  it('gives the same id the same entry, also later, at once, in a batch, and from another registry on the store', async () => {
    const [one, two] = [registryOf(), registryOf()]
    const first = await one.allocate({ id: id(1) })
    const again = await Promise.all([
      one.allocate({ id: id(1) }),
      two.allocate({ id: id(1) }),
      one.allocate({ id: id(1) }),
    ])
    expect(again).toEqual([first, first, first])
    expect(await two.allocateMany([id(2), id(1), id(2)])).toMatchObject([{}, first, {}])
    expect((await one.lists())[0]?.allocated).toBe(2)
  })

  it('never gives an index twice to two registries at once, and opens one list only', async () => {
    const [one, two] = [registryOf(), registryOf()]
    const entries = await Promise.all(ids(300).map((each, at) => (at % 2 ? one : two).allocate({ id: each })))
    expect(new Set(entries.map(indexOf)).size).toBe(300)
    expect(await one.lists()).toHaveLength(1)
  })

  it('has one entry for each purpose, in a list of its own; messages say what each value means', async () => {
    const messages = ['in progress', 'passed', 'failed', 'withdrawn']
    const registry = registryOf({ purposes: ['revocation', 'suspension', { purpose: 'message', messages }] })
    const entries = await registry.allocate({ id: id(1) })
    expect(entries.map(({ statusPurpose }) => statusPurpose)).toEqual(['revocation', 'suspension', 'message'])
    expect(new Set(entries.map(({ statusListCredential }) => statusListCredential)).size).toBe(3)
    expect(entries[2]).toMatchObject({
      statusSize: 2,
      statusMessage: [
        { status: '0x0', message: 'in progress' },
        { status: '0x1', message: 'passed' },
        { status: '0x2', message: 'failed' },
        { status: '0x3', message: 'withdrawn' },
      ],
    })
    expect(entries[0]).not.toHaveProperty('statusSize')
  })

  it('keeps tenants of one store apart', async () => {
    const [mine, yours] = [registryOf({ tenant: 'north' }), registryOf({ tenant: 'south' })]
    const [entry] = await mine.allocate({ id: id(1) })
    await yours.allocate({ id: id(1) })
    expect(await mine.set({ credentialId: id(1) })).toBe(true)
    expect(await yours.get({ credentialId: id(1) })).toBe(0)
    await expect(yours.set({ entry: entry as never })).rejects.toMatchObject({ code: 'STATUS_UNKNOWN' })
    const [list] = await mine.lists()
    await expect(yours.list(list?.id as string)).rejects.toMatchObject({ code: 'STATUS_UNKNOWN' })
    expect(await yours.lists()).toHaveLength(1)
  })

  it('spreads 100,000 indices evenly over the list (chi-square, p > 0.01)', async () => {
    // A fixed secret, so that the test has no luck; one in a hundred secrets would not pass.
    const fixed = { ...store, open: (list: StatusListRecord, time: string) => store.open({ ...list, secret }, time) }
    const registry = registryOf({ store: fixed, length: 1_048_576 })
    const entries = await registry.allocateMany(ids(100_000))
    const [bins, expected] = [new Array<number>(256).fill(0), 100_000 / 256]
    for (const entry of entries) {
      const bin = Math.floor(indexOf(entry) / 4_096)
      bins[bin] = (bins[bin] ?? 0) + 1
    }
    const chiSquare = bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // 255 degrees of freedom: 1 % of random draws are above 310.46. Drawn without putting back they are a little lower.
    expect(chiSquare).toBeLessThan(310.46)
    expect(chiSquare).toBeGreaterThan(150)
    // The order in which they were given must not show either: neighbours in time are not neighbours in the list.
    const rising = entries.filter((entry, at) => at > 0 && indexOf(entry) > indexOf(entries[at - 1] as never)).length
    expect(Math.abs(rising - 50_000)).toBeLessThan(500)
  })
})

describe('a full list', () => {
  it('gave every index, the first and the last too; each can be revoked; then the next list is opened', async () => {
    const registry = registryOf()
    const length = 131_072
    const entries = await registry.allocateMany(ids(length))
    expect(new Set(entries.map(indexOf)).size).toBe(length)
    expect(await registry.lists()).toMatchObject([{ number: 1, allocated: length }])
    for await (const { error } of registry.setMany({ credentialIds: ids(length) })) expect(error).toBeUndefined()
    const [list] = await registry.lists()
    const bits = await bitsOf(await registry.list(list?.url as string))
    expect(bits).toHaveLength(length / 8)
    expect(bits.every((byte) => byte === 0xff)).toBe(true)

    const [next] = await registry.allocate({ id: 'urn:example:one-more' })
    expect(next?.statusListCredential).not.toBe(list?.url)
    expect(await registry.lists()).toMatchObject([{ number: 1 }, { number: 2, allocated: 1 }])
  })

  it('is an error where no more may be opened; what has its place keeps it', async () => {
    const registry = registryOf({ maxLists: 1 })
    await registry.allocateMany(ids(131_072))
    await expect(registry.allocate({ id: 'urn:example:one-more' })).rejects.toMatchObject({ code: 'STATUS_LIST_FULL' })
    expect(await registry.allocate({ id: id(7) })).toHaveLength(1)
  })
})

describe('set and unset', () => {
  it('work by id and by entry, say whether they changed something, and show in get, list and history', async () => {
    const registry = registryOf()
    const [entry] = await registry.allocate({ id: id(1) })
    await registry.allocate({ id: id(2) })
    expect(await registry.get({ credentialId: id(1) })).toBe(0)
    expect(await registry.set({ credentialId: id(1), reason: 'issued by mistake' })).toBe(true)
    expect(await registry.set({ entry: entry as never })).toBe(false)
    expect([await registry.get({ entry: entry as never }), await registry.get({ credentialId: id(2) })]).toEqual([1, 0])
    const bits = await bitsOf(await registry.list(entry?.statusListCredential as string))
    expect(getEntry(bits, Number(entry?.statusListIndex))).toBe(1)
    expect(bits.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0)).toBe(1)
    expect(await registry.unset({ credentialId: id(1) })).toBe(true)
    expect(await registry.get({ credentialId: id(1) })).toBe(0)
    const time = now.toISOString()
    expect(await registry.history({ credentialId: id(1) })).toMatchObject([
      { type: 'allocated', value: 0, time, seq: 2 },
      { type: 'set', value: 1, time, seq: 4, reason: 'issued by mistake' },
      { type: 'unset', value: 0, time, seq: 5 },
    ])
    expect(await registry.history({ credentialId: id(2) })).toHaveLength(1)
  })

  it('take one purpose of several, and want to know which', async () => {
    const messages = ['in progress', 'passed', 'failed', 'withdrawn']
    const registry = registryOf({ purposes: ['revocation', { purpose: 'message', messages }] })
    const entries = await registry.allocate({ id: id(1) })
    for (const target of [{ credentialId: id(1) }, { entry: entries }]) {
      await expect(registry.set(target)).rejects.toMatchObject({ code: 'OPTION_INVALID' })
      await expect(registry.set({ ...target, purpose: 'suspension' })).rejects.toMatchObject({ code: 'OPTION_INVALID' })
    }
    expect(await registry.set({ entry: entries, purpose: 'message', value: 3 })).toBe(true)
    expect(await registry.set({ credentialId: id(1), purpose: 'message', value: 2 })).toBe(true)
    expect(await registry.get({ credentialId: id(1), purpose: 'revocation' })).toBe(0)
    expect(await registry.get({ entry: entries[1] as never })).toBe(2)
    const bits = await bitsOf(await registry.list(entries[1]?.statusListCredential as string))
    expect(getEntry(bits, Number(entries[1]?.statusListIndex), 2)).toBe(2)
    for (const value of [4, -1, 0.5, Number.NaN, '1' as never]) {
      await expect(registry.set({ entry: entries, purpose: 'message', value })).rejects.toMatchObject({
        code: 'OPTION_INVALID',
      })
    }
  })

  it('refuse a reason that is too long, or that a database could not keep', async () => {
    const registry = registryOf()
    await registry.allocate({ id: id(1) })
    for (const reason of ['x'.repeat(501), 'a\0b', 7 as never]) {
      const set = registry.set({ credentialId: id(1), reason })
      await expect(set).rejects.toMatchObject({ code: 'OPTION_INVALID' })
    }
    expect(await registry.get({ credentialId: id(1) })).toBe(0)
  })

  it('refuse what has no place here', async () => {
    const registry = registryOf()
    const [entry] = await registry.allocate({ id: id(1) })
    const taken = Number(entry?.statusListIndex)
    const free = taken === 5 ? 6 : 5
    for (const change of [
      { statusListCredential: 'https://elsewhere.example/1' },
      { statusListCredential: entry?.statusListCredential.split('/').at(-1) },
      { statusListIndex: String(free) },
      { statusListIndex: `0${taken}` },
      { statusListIndex: '131072' },
      { statusListIndex: '-1' },
      { statusListIndex: taken },
      { statusPurpose: 'suspension' },
    ]) {
      const other = { ...entry, ...change } as never
      await expect(registry.set({ entry: other }), JSON.stringify(change)).rejects.toMatchObject({
        code: 'STATUS_UNKNOWN',
      })
    }
    await expect(registry.get({ credentialId: id(9) })).rejects.toMatchObject({ code: 'STATUS_UNKNOWN' })
    for (const target of [{}, { credentialId: '' }, undefined, { entry: [] }]) {
      await expect(registry.get(target as never)).rejects.toMatchObject({ code: 'OPTION_INVALID' })
    }
  })
})

describe('setMany', () => {
  it('takes lines of a file, and goes on after an id that has no place', async () => {
    const registry = registryOf()
    await registry.allocateMany(ids(3))
    await registry.set({ credentialId: id(2) })
    async function* lines() {
      yield* ['# revoked in May', '', `  ${id(0)}\r`, 'urn:example:unknown', id(2), id(1)]
    }
    const items = []
    for await (const item of registry.setMany({ credentialIds: lines(), reason: 'course was not accredited' }))
      items.push(item)
    expect(items).toEqual([
      { index: 0, credentialId: id(0), changed: true },
      { index: 1, credentialId: 'urn:example:unknown', error: expect.objectContaining({ code: 'STATUS_UNKNOWN' }) },
      { index: 2, credentialId: id(2), changed: false },
      { index: 3, credentialId: id(1), changed: true },
    ])
    expect(await registry.history({ credentialId: id(1) })).toMatchObject([{}, { reason: 'course was not accredited' }])
  })
})

describe('what the store holds', () => {
  it('is no personal data: neither ids nor anything that can be found from them without the secret', async () => {
    const records: string[] = []
    const registry = registryOf({
      store: logStatusStore({
        read: async (from) => records.slice(from),
        append: async (_place, record) => records.push(record) > 0,
      }),
    })
    await registry.allocate({ id: 'urn:uuid:ada-lovelace' })
    await registry.set({ credentialId: 'urn:uuid:ada-lovelace' })
    expect(records.length).toBeGreaterThan(3)
    expect(records.join('\n')).not.toContain('lovelace')
    const events = records.slice(2).join('\n')
    const { secret } = JSON.parse(records[0] as string) as { secret: string }
    expect(events).not.toContain(secret)
  })

  it('is a log that verifies, read page by page', async () => {
    const registry = registryOf()
    for (const each of ids(5)) await registry.allocate({ id: each })
    await registry.set({ credentialId: id(3) })
    const [list] = await registry.lists()
    expect(await verifyEventLog(registry.events(list?.id as string))).toMatchObject({ intact: true, seq: 7 })
  })
})

describe('options', () => {
  it.each<readonly [string, object]>([
    ['no store', { store: undefined }],
    ['a misspelt option', { purpose: ['revocation'] }],
    ['a relative URL', { url: '/status' }],
    ['a URL with a query', { url: 'https://school.example/status?list=' }],
    ['a short list', { length: 1_000 }],
    ['a length that is no multiple of 8', { length: 131_073 }],
    ['a list too long to read', { length: 33_554_440 }],
    ['no purpose', { purposes: [] }],
    ['an unknown purpose', { purposes: ['revoked'] }],
    ['a purpose twice', { purposes: ['revocation', 'revocation'] }],
    ['messages without texts', { purposes: ['message'] }],
    ['three messages', { purposes: [{ purpose: 'message', messages: ['a', 'b', 'c'] }] }],
    ['an empty tenant', { tenant: '' }],
    ['a ttl longer than the list is valid', { ttl: 700_000_000 }],
    ['more decoys than places', { decoys: 131_072 }],
    ['a clock that is none', { now }],
  ])('refuses %s', (_name, more) => {
    expect(() => registryOf(more)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})

describe('a store in trouble', () => {
  it('is told as such, with its cause; the next call asks again', async () => {
    const cause = new Error('the line is down')
    let down = true
    const shaky: StatusStore = {
      ...store,
      secret: (...given) => (down ? Promise.reject(cause) : store.secret(...given)),
    }
    const registry = registryOf({ store: shaky })
    await expect(registry.allocate({ id: id(1) })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', cause })
    down = false
    expect(await registry.allocate({ id: id(1) })).toHaveLength(1)
  })

  it('publishes nothing when values and log do not agree', async () => {
    const registry = registryOf({
      store: { ...store, values: async (list) => ({ ...(await store.values(list)), values: [] }) },
    })
    const [entry] = await registry.allocate({ id: id(1) })
    await registry.set({ credentialId: id(1) })
    await expect(registry.list(entry?.statusListCredential as string)).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  })

  it('finds an event that was changed', async () => {
    const registry = registryOf({
      store: {
        ...store,
        events: async (...given) =>
          (await store.events(...given)).map((event) => ({ ...event, body: event.body.replace('[[0,1]]', '[[0,0]]') })),
        values: async (list) => ({ ...(await store.values(list)), values: [] }),
      },
    })
    const [entry] = await registry.allocate({ id: id(1) })
    await registry.set({ credentialId: id(1) })
    await expect(registry.list(entry?.statusListCredential as string)).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  })
})

describe('decoys', () => {
  it('take places that look like all others, and leave the rest of the list to credentials', async () => {
    const registry = registryOf({ decoys: 72, maxLists: 1 })
    await registry.allocate({ id: id(0) })
    expect(await registry.lists()).toMatchObject([{ allocated: 73 }])
    await registry.allocateMany(ids(131_000))
    await expect(registry.allocate({ id: 'urn:example:one-more' })).rejects.toMatchObject({ code: 'STATUS_LIST_FULL' })
  })
})
