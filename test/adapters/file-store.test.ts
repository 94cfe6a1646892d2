/** The file store where a process was killed in the middle, at each step; and what several processes could do to each other. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { logStatusStore, verifyEventLog } from 'testamur'
import { fileStatusStore } from 'testamur/stores/file'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'testamur-file-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const time = '2026-11-22T12:00:00.000Z'
const list = {
  id: 'a',
  tenant: 't',
  purpose: 'revocation',
  number: 1,
  length: 131_072,
  statusSize: 1,
  secret: 's',
} as const
const request = { tenant: 't', purpose: 'revocation', time } as const
const names = (end: string) => readdirSync(folder).filter((name) => name.endsWith(end))
const numberOf = (place: number) => String(place).padStart(12, '0')

/** Records are: 0 the list, then one for each place. All but the last few are written at once, without waiting for the disk. */
async function fill(from: number, to: number): Promise<void> {
  const records = await recordsUpTo(to)
  const quick = Math.max(from === 0 ? 0 : from + 1, Math.min(to - 10, 990))
  for (let place = from === 0 ? 0 : from + 1; place < quick; place += 1) {
    writeFileSync(join(folder, `${numberOf(place)}.json`), records[place] as string)
  }
  const store = fileStatusStore(folder)
  await store.open(list, time)
  for (let place = Math.max(0, quick - 1); place < to; place += 1) {
    await store.allocate({ ...request, keys: [`key-${place}`] })
  }
}

async function recordsUpTo(places: number): Promise<readonly string[]> {
  const records: string[] = []
  const store = logStatusStore({
    read: async (at) => records.slice(at),
    append: async (_at, record) => records.push(record) > 0,
  })
  await store.open(list, time)
  for (let place = 0; place < places; place += 1) await store.allocate({ ...request, keys: [`key-${place}`] })
  return records
}

async function intact(): Promise<unknown> {
  return verifyEventLog(await fileStatusStore(folder).events('a', 0, 100_000))
}

describe('fileStatusStore', () => {
  it('puts each step into a file of its own, which a store opened later finds', async () => {
    await fill(0, 3)
    expect(names('.json')).toEqual([0, 1, 2, 3].map((place) => `${numberOf(place)}.json`))
    expect(names('.new')).toEqual([])
    const [state] = await fileStatusStore(folder).lists('t')
    expect(state).toMatchObject({ allocated: 3, seq: 4 })
  })

  it('passes over what a process left that was killed before its step had a name', async () => {
    await fill(0, 2)
    writeFileSync(join(folder, 'ab12.new'), '{"event":{"list":"a","se')
    await fill(2, 4)
    expect(await intact()).toMatchObject({ intact: true, seq: 5 })
  })

  it('makes a segment of each thousand, and reads on from it', async () => {
    await fill(0, 1_005)
    expect(names('.segment')).toEqual([`${numberOf(0)}.segment`])
    expect(names('.json')).toEqual([1_000, 1_001, 1_002, 1_003, 1_004, 1_005].map((place) => `${numberOf(place)}.json`))
    expect(await intact()).toMatchObject({ intact: true, seq: 1_006 })
    expect(await fileStatusStore(folder).find({ ...request, keys: ['key-0', 'key-998', 'key-1004'] })).toEqual([
      { list: 'a', place: 0 },
      { list: 'a', place: 998 },
      { list: 'a', place: 1_004 },
    ])
  })

  it('goes on where a process was killed after it wrote a segment, before it removed what is in it', async () => {
    await fill(0, 999)
    const records = readFileSync(join(folder, `${numberOf(0)}.segment`), 'utf8').split('\n')
    for (const place of [3, 500, 999]) writeFileSync(join(folder, `${numberOf(place)}.json`), records[place] as string)
    await fill(999, 1_002)
    expect(await intact()).toMatchObject({ intact: true, seq: 1_003 })
  })

  it('makes the segment at the next thousand where a process was killed before it did', async () => {
    await fill(0, 999)
    const segment = join(folder, `${numberOf(0)}.segment`)
    for (const [place, record] of readFileSync(segment, 'utf8').trimEnd().split('\n').entries()) {
      writeFileSync(join(folder, `${numberOf(place)}.json`), record)
    }
    rmSync(segment)
    const left = join(folder, 'cd34.new')
    writeFileSync(left, 'half')
    utimesSync(left, new Date('2020-01-01T00:00:00Z'), new Date('2020-01-01T00:00:00Z'))
    const records = await recordsUpTo(1_999)
    for (let place = 1_000; place < 1_995; place += 1) {
      writeFileSync(join(folder, `${numberOf(place)}.json`), records[place] as string)
    }
    const store = fileStatusStore(folder)
    for (let place = 1_994; place < 1_999; place += 1) await store.allocate({ ...request, keys: [`key-${place}`] })
    expect(names('.segment')).toEqual([`${numberOf(0)}.segment`, `${numberOf(1_000)}.segment`])
    expect([...names('.json'), ...names('.new')]).toEqual([])
    expect(await intact()).toMatchObject({ intact: true, seq: 2_000 })
  })

  it('does not let a process that slept write into the past', async () => {
    await fill(0, 999)
    // What such a process would have linked: the name is free again, since the segment holds the record of that place.
    const ghost = readFileSync(join(folder, `${numberOf(0)}.segment`), 'utf8')
      .split('\n')[7]
      ?.replace('key-6', 'ghost')
    writeFileSync(join(folder, `${numberOf(7)}.json`), ghost as string)
    const store = fileStatusStore(folder)
    expect(await store.find({ ...request, keys: ['ghost', 'key-6'] })).toEqual([undefined, { list: 'a', place: 6 }])
  })

  it('says which record is damaged, and answers nothing from it', async () => {
    await fill(0, 3)
    const name = join(folder, `${numberOf(2)}.json`)
    const text = readFileSync(name, 'utf8')
    writeFileSync(name, text.replace('key-1', 'key-9'))
    const find = () => fileStatusStore(folder).find({ ...request, keys: ['key-0'] })
    await expect(find()).rejects.toMatchObject({ code: 'STORE_CORRUPT', message: expect.stringContaining('record 2') })
    writeFileSync(name, text.slice(0, 20))
    await expect(find()).rejects.toMatchObject({ code: 'STORE_CORRUPT', message: expect.stringContaining('record 2') })
  })

  it('tells why a folder cannot be used, and tries again at the next call', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const store = fileStatusStore(join(file, 'lists'))
    await expect(store.lists('t')).rejects.toThrow('ENOTDIR')
    rmSync(file)
    expect(await store.lists('t')).toEqual([])
  })
})
