import { describe, expect, it } from 'vitest'
import { readBody } from '../../src/status/event-log.ts'
import { logStatusStore, type RecordLog } from '../../src/status/log-store.ts'

const time = '2026-06-01T00:00:00Z'
const request = { tenant: 't', purpose: 'revocation', time } as const
const list = (number: number, length = 131_072) =>
  ({ ...request, id: `list-${number}`, number, length, statusSize: 1, secret: 's' }) as const

function recordLog(read: (records: readonly string[], from: number, most: number) => readonly string[]): RecordLog {
  const records: string[] = []
  return {
    read: async (from, most) => read(records, from, most),
    append: async (place, record) => place === records.length && records.push(record) > 0,
  }
}

describe('logStatusStore', () => {
  it.each<readonly [string, RecordLog]>([
    ['as many records as are wanted', recordLog((records, from, most) => records.slice(from, from + most))],
    ['all that there are', recordLog((records, from) => records.slice(from))],
  ])('reads its events again from a log that gives %s', async (_name, log) => {
    const store = logStatusStore(log)
    await store.open(list(1), time)
    for (let place = 0; place < 2_100; place += 1) await store.allocate({ ...request, keys: [`key-${place}`] })
    await store.change({ list: 'list-1', changes: [{ place: 7, value: 1 }], time })
    await store.change({
      list: 'list-1',
      changes: [
        { place: 7, value: 0 },
        { place: 8, value: 1 },
      ],
      time,
    })
    // Another process, which reads it all.
    const other = logStatusStore(log)
    const seqs = async (given: Promise<readonly { readonly seq: number }[]>) => (await given).map(({ seq }) => seq)
    expect(await seqs(other.events('list-1', 0, 5_000))).toEqual(Array.from({ length: 2_103 }, (_, at) => at + 1))
    expect(await seqs(other.events('list-1', 1_200, 2))).toEqual([1_201, 1_202])
    expect(await seqs(other.history('list-1', 7))).toEqual([9, 2_102, 2_103])
    expect(await seqs(other.history('list-1', 8))).toEqual([10, 2_103])
    expect(await seqs(other.history('list-1', 2_100))).toEqual([])
  })

  it('knows the place of a credential in whichever list it is, also when a list is opened before the one before is full', async () => {
    const store = logStatusStore(recordLog((records, from, most) => records.slice(from, from + most)))
    const names = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `key-${from + at}`)
    await store.open(list(1, 3), time)
    await store.open(list(2, 5), time)
    await store.allocate({ ...request, keys: names(0, 4) })
    await store.allocate({ ...request, keys: names(3, 6) })
    await store.open({ ...list(1, 4), id: 'suspended', purpose: 'suspension' }, time)
    await store.allocate({ ...request, purpose: 'suspension', keys: names(2, 4) })
    expect(await store.find({ ...request, keys: names(0, 7) })).toEqual([
      ...[0, 1, 2].map((place) => ({ list: 'list-1', place })),
      ...[0, 1, 2].map((place) => ({ list: 'list-2', place })),
      undefined,
    ])
    expect(await store.find({ ...request, purpose: 'suspension', keys: names(1, 4) })).toEqual([
      undefined,
      { list: 'suspended', place: 0 },
      { list: 'suspended', place: 1 },
    ])
    const [event] = await store.history('list-2', 2)
    expect(event && readBody(event)).toMatchObject({ type: 'allocated', first: 0 })
  })

  it('says so when a record of its log is gone', async () => {
    const records: string[] = []
    const store = logStatusStore({
      read: async (from) => records.slice(from),
      append: async (_, record) => records.push(record) > 0,
    })
    await store.open(list(1), time)
    await store.allocate({ ...request, keys: ['a'] })
    expect(await store.history('list-1', 0)).toHaveLength(1)
    records.pop()
    await expect(store.history('list-1', 0)).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  })
})
