/**
 * What every store of status lists must do, as cases that any test runner can run. Each case uses a tenant of its own, so that the
 * store need not be empty.
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { emptyLog, nextEvent, readBody, verifyEventLog } from '../status/event-log.ts'
import type { PublishedStatusList, StatusListRecord, StatusPurpose, StatusStore } from '../status/store.ts'

/** Gives a store. Each call is another connection to the same lists, as another process would have it. */
export type ConnectStatusStore = () => StatusStore | Promise<StatusStore>

/** One thing that a store must do. `run` throws when it does not. */
export interface StatusStoreCase {
  readonly name: string
  readonly run: (connect: ConnectStatusStore) => Promise<void>
}

/** The cases. `for (const { name, run } of statusStoreContract) it(name, () => run(() => myStore()))` */
export const statusStoreContract: readonly StatusStoreCase[] = [
  {
    name: 'keeps the first secret of a tenant',
    run: async (connect) => {
      const [one, two] = [await connect(), await connect()]
      const [tenant, other] = [fresh(), fresh()]
      const answers = await Promise.all([one.secret(tenant, 'a'), two.secret(tenant, 'b'), one.secret(tenant, 'c')])
      assert.equal(new Set(answers).size, 1)
      assert.equal(await two.secret(tenant, 'd'), answers[0])
      assert.equal(await two.secret(other, 'e'), 'e')
    },
  },
  {
    name: 'opens a list once: its id, and its number for tenant and purpose, are taken then',
    run: async (connect) => {
      const [one, two] = [await connect(), await connect()]
      const record = recordOf(fresh())
      const opened = await Promise.all([
        one.open(record, time),
        two.open({ ...record, id: fresh() }, time),
        one.open({ ...record, id: fresh() }, time),
      ])
      assert.equal(opened.filter(Boolean).length, 1)
      const [kept] = await two.lists(record.tenant)
      assert.ok(kept)
      assert.equal(await two.open({ ...record, id: kept.id, number: 2 }, time), false)
      assert.equal(await one.open({ ...record, id: fresh(), purpose: 'suspension' }, time), true)
      assert.equal(await one.open({ ...recordOf(fresh()), purpose: 'suspension' }, time), true)
    },
  },
  {
    name: 'tells the lists of a tenant, in the order of purpose and number, as they were opened',
    run: async (connect) => {
      const [one, two] = [await connect(), await connect()]
      const tenant = fresh()
      const records = [
        recordOf(tenant, { number: 1, length: 1_048_576 }),
        recordOf(tenant, { number: 2, statusSize: 4 }),
        recordOf(tenant, { purpose: 'suspension' }),
      ]
      for (const record of [...records].reverse()) assert.equal(await one.open(record, time), true)
      assert.deepEqual(
        await two.lists(tenant),
        records.map((record) => ({ ...record, allocated: 0, seq: 1, version: 0 })),
      )
      assert.deepEqual(await two.lists(fresh()), [])
    },
  },
  {
    name: 'gives places from 0 on, and a key that has one the same again',
    run: async (connect) => {
      const [one, two] = [await connect(), await connect()]
      const { list, request } = await opened(one)
      const keys = [key(), key(), key(), key()]
      assert.deepEqual(await one.allocate({ ...request, keys: keys.slice(0, 2) }), places(list, [0, 1]))
      assert.deepEqual(await two.allocate({ ...request, keys: keys.slice(1) }), places(list, [1, 2, 3]))
      assert.deepEqual(await one.allocate({ ...request, keys }), places(list, [0, 1, 2, 3]))
      assert.deepEqual(await one.find({ ...request, keys: [key(), ...keys] }), [
        undefined,
        ...places(list, [0, 1, 2, 3]),
      ])
      assert.deepEqual(await one.allocate({ ...request, keys: [] }), [])
      assert.equal((await two.lists(request.tenant))[0]?.allocated, 4)
    },
  },
  {
    name: 'gives the last place, then none, and goes on in the next list',
    run: async (connect) => {
      const store = await connect()
      const { list, request } = await opened(store, { length: 5 })
      const keys = [key(), key(), key()]
      await store.allocate({ ...request, keys: [key(), key(), key()] })
      assert.deepEqual(await store.allocate({ ...request, keys }), [...places(list, [3, 4]), undefined])
      assert.deepEqual(await store.allocate({ ...request, keys: [key()] }), [undefined])
      const next = recordOf(request.tenant, { number: 2, length: 5 })
      assert.equal(await store.open(next, time), true)
      assert.deepEqual(await store.allocate({ ...request, keys }), [
        ...places(list, [3, 4]),
        { list: next.id, place: 0 },
      ])
      assert.deepEqual(await store.allocate({ ...request, purpose: 'suspension', keys }), [
        undefined,
        undefined,
        undefined,
      ])
    },
  },
  {
    name: 'keeps tenants and purposes apart, also where they have a key of the same name',
    run: async (connect) => {
      const store = await connect()
      const [mine, yours] = [await opened(store), await opened(store)]
      const suspension = recordOf(mine.request.tenant, { purpose: 'suspension' })
      await store.open(suspension, time)
      const keys = [key()]
      await store.allocate({ ...mine.request, keys: [key()] })
      assert.deepEqual(await store.allocate({ ...mine.request, keys }), places(mine.list, [1]))
      assert.deepEqual(await store.find({ ...yours.request, keys }), [undefined])
      assert.deepEqual(await store.allocate({ ...yours.request, keys }), places(yours.list, [0]))
      const purpose = 'suspension' as const
      assert.deepEqual(await store.allocate({ ...mine.request, purpose, keys }), places(suspension.id, [0]))
    },
  },
  {
    name: 'never gives one place twice, or one key two, however many ask at once',
    run: async (connect) => {
      const stores = [await connect(), await connect(), await connect()]
      const { request } = await opened(stores[0] as StatusStore)
      const keys = Array.from({ length: 12 }, key)
      const askers = Array.from({ length: 24 }, (_, turn) => {
        const mine = [keys[turn % 12] as string, keys[(turn + 5) % 12] as string]
        return (stores[turn % 3] as StatusStore).allocate({ ...request, keys: mine }).then((found) => ({ mine, found }))
      })
      const seen = new Map<string, number>()
      for (const { mine, found } of await Promise.all(askers)) {
        for (const [at, name] of mine.entries()) {
          const place = found[at]?.place as number
          assert.equal(seen.get(name) ?? place, place)
          seen.set(name, place)
        }
      }
      assert.deepEqual(
        [...seen.values()].sort((a, b) => a - b),
        Array.from({ length: 12 }, (_, place) => place),
      )
    },
  },
  {
    name: 'changes values, says which were other ones before, and keeps the last',
    run: async (connect) => {
      const [one, two] = [await connect(), await connect()]
      const { list, request } = await opened(one, { statusSize: 2 })
      await one.allocate({ ...request, keys: [key(), key(), key()] })
      const change = (changes: readonly (readonly [number, number])[]) =>
        one.change({ list, time, changes: changes.map(([place, value]) => ({ place, value })) })
      assert.deepEqual(
        await change([
          [0, 3],
          [2, 1],
          [1, 0],
        ]),
        [true, true, false],
      )
      assert.deepEqual(
        await change([
          [0, 3],
          [2, 0],
        ]),
        [false, true],
      )
      assert.deepEqual(await two.values(list), { seq: 4, values: [{ place: 0, value: 3 }] })
      assert.deepEqual(await change([[0, 3]]), [false])
      assert.equal((await two.values(list)).seq, 4, 'what changes nothing is no event')
    },
  },
  {
    name: 'changes nothing where one of the places is not taken, or the list is not there',
    run: async (connect) => {
      const store = await connect()
      const { list, request } = await opened(store)
      await store.allocate({ ...request, keys: [key()] })
      const changes = [
        { place: 0, value: 1 },
        { place: 1, value: 1 },
      ]
      await assert.rejects(store.change({ list, time, changes }))
      await assert.rejects(store.change({ list, time, changes: [{ place: -1, value: 1 }] }))
      await assert.rejects(store.change({ list: fresh(), time, changes: [{ place: 0, value: 1 }] }))
      assert.deepEqual(await store.values(list), { seq: 2, values: [] })
      await assert.rejects(store.values(fresh()))
    },
  },
  {
    name: 'loses no change, however many are made at once',
    run: async (connect) => {
      const stores = [await connect(), await connect()]
      const { list, request } = await opened(stores[0] as StatusStore)
      const keys = Array.from({ length: 20 }, key)
      await stores[0]?.allocate({ ...request, keys })
      await Promise.all(
        keys.map((_, place) =>
          (stores[place % 2] as StatusStore).change({ list, time, changes: [{ place, value: 1 }] }),
        ),
      )
      const { seq, values } = await (stores[1] as StatusStore).values(list)
      assert.deepEqual(
        values.map(({ place }) => place).sort((a, b) => a - b),
        keys.map((_, place) => place),
      )
      assert.equal(seq, 22)
    },
  },
  {
    name: 'logs what was done, in a chain that verifies',
    run: async (connect) => {
      const store = await connect()
      const { list, request } = await opened(store, { length: 100 })
      const keys = [key(), key(), key()]
      await store.allocate({ ...request, keys })
      await store.change({
        list,
        time,
        changes: [
          { place: 2, value: 1 },
          { place: 0, value: 1 },
        ],
        reason: 'lost "é\\n',
      })
      await store.change({ list, time, changes: [{ place: 2, value: 0 }] })
      await store.publish(publishedOf(list, 1, 4), bodyOf(1, 4))
      const log = await store.events(list, 0, 1_000)
      assert.deepEqual(log.map(readBody), [
        { type: 'opened', time, purpose: 'revocation', length: 100, statusSize: 1 },
        { type: 'allocated', time, first: 0, keys },
        {
          type: 'changed',
          time,
          changes: [
            [2, 1],
            [0, 1],
          ],
          reason: 'lost "é\\n',
        },
        { type: 'changed', time, changes: [[2, 0]] },
        JSON.parse(bodyOf(1, 4)),
      ])
      assert.deepEqual(await verifyEventLog(log), { intact: true, seq: 5, hash: log[4]?.hash })
      const first = { type: 'opened', time, purpose: 'revocation', length: 100, statusSize: 1 } as const
      assert.deepEqual(log[0], nextEvent(list, emptyLog, first))
      assert.deepEqual(await store.events(list, 1, 2), log.slice(1, 3))
      assert.deepEqual(await store.events(list, 5, 2), [])
      assert.deepEqual(await store.history(list, 2), [log[1], log[2], log[3]])
      assert.deepEqual(await store.history(list, 1), [log[1]])
      assert.deepEqual(await store.history(list, 50), [])
    },
  },
  {
    name: 'has a log that verifies after many wrote at once',
    run: async (connect) => {
      const stores = [await connect(), await connect()]
      const { list, request } = await opened(stores[0] as StatusStore)
      await Promise.all(
        Array.from({ length: 20 }, async (_, turn) => {
          const store = stores[turn % 2] as StatusStore
          const [found] = await store.allocate({ ...request, keys: [key()] })
          await store.change({ list, time, changes: [{ place: found?.place as number, value: 1 }] })
        }),
      )
      const log = await (stores[0] as StatusStore).events(list, 0, 1_000)
      assert.equal(log.length, 41)
      assert.equal((await verifyEventLog(log)).intact, true)
    },
  },
  {
    name: 'publishes version after version, byte for byte, and refuses every other one',
    run: async (connect) => {
      const [one, two] = [await connect(), await connect()]
      const { list, request } = await opened(one)
      assert.equal(await one.published(list), undefined)
      assert.equal(await one.published(fresh()), undefined)
      assert.equal(await one.publish(publishedOf(list, 2, 1), bodyOf(2, 1)), false)
      assert.equal(await one.publish(publishedOf(list, 1, 1), bodyOf(1, 1)), true)
      assert.equal(await two.publish(publishedOf(list, 1, 1), bodyOf(1, 1)), false)
      assert.deepEqual(await two.published(list), publishedOf(list, 1, 1))
      const again = await Promise.all(
        [one, two, one, two].map((store) => store.publish(publishedOf(list, 2, 2), bodyOf(2, 2))),
      )
      assert.equal(again.filter(Boolean).length, 1)
      assert.deepEqual(await one.published(list), publishedOf(list, 2, 2))
      assert.equal((await one.lists(request.tenant))[0]?.version, 2)
      assert.equal((await one.events(list, 0, 10)).length, 3)
    },
  },
]

const time = '2026-11-22T12:00:00.000Z'

/** A name that nobody has. */
function fresh(): string {
  return randomBytes(16).toString('base64url')
}

/** A key as registries make them. */
function key(): string {
  return randomBytes(16).toString('hex')
}

function recordOf(tenant: string, more: Partial<StatusListRecord> = {}): StatusListRecord {
  return {
    id: fresh(),
    tenant,
    purpose: 'revocation',
    number: 1,
    length: 131_072,
    statusSize: 1,
    secret: randomBytes(32).toString('base64url'),
    ...more,
  }
}

/** A list for revocation of a new tenant. */
async function opened(
  store: StatusStore,
  more: Partial<StatusListRecord> = {},
): Promise<{
  readonly list: string
  readonly request: { readonly tenant: string; readonly purpose: StatusPurpose; readonly time: string }
}> {
  const record = recordOf(fresh(), more)
  assert.equal(await store.open(record, time), true)
  return { list: record.id, request: { tenant: record.tenant, purpose: record.purpose, time } }
}

function places(
  list: string,
  numbers: readonly number[],
): readonly { readonly list: string; readonly place: number }[] {
  return numbers.map((place) => ({ list, place }))
}

function publishedOf(list: string, version: number, covers: number): PublishedStatusList {
  return {
    list,
    version,
    covers,
    validFrom: '2026-11-22T12:00:00Z',
    validUntil: '2026-11-29T12:00:00Z',
    ttl: 300_000,
    credential: `{ "note": "ürkünde \\u0041 😀",  "version": ${version} }\n`,
  }
}

function bodyOf(version: number, covers: number): string {
  return JSON.stringify({ type: 'published', time, version, covers, digest: 'ab'.repeat(32) })
}
