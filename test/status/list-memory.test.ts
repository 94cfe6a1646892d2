import zlib from 'node:zlib'
import {
  bitstringStatusList,
  createStatusMemory,
  eddsaJcs2022,
  eddsaRdfc2022,
  issue,
  type Key,
  verify,
  verifyMany,
} from 'testamur'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { isNewest, keepGiven, keepStapled } from '../../src/status/list-memory.ts'
import { badge, college, copyOf, didDocument, edit, judge, now, recordOf, school, signed } from '../helpers/fixtures.ts'
import { badgeWith, entryAt, listOf, listUrl, loaderOf, place, signedAnyway, unsignedList } from '../helpers/status.ts'

const diploma = await badgeWith()
const clear = await listOf()
const revoked = await listOf({ set: [[place, 1]] })
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
afterEach(() => vi.restoreAllMocks())

/** The default format, which counts what it verifies. */
function counting() {
  const verified: unknown[] = []
  const format = eddsaRdfc2022()
  const verifyProof: typeof format.verify = (input, key) => {
    verified.push(input.document['id'])
    return format.verify(input, key)
  }
  return { verified, formats: [{ ...format, verify: verifyProof }] }
}

describe('how long a list is kept', () => {
  async function askedAfter(seconds: number, list: unknown): Promise<number> {
    const { load, asked } = loaderOf({ [listUrl]: list })
    expect(await judge(diploma, { loadStatusList: load })).toEqual(['valid'])
    await judge(diploma, { loadStatusList: load, now: later(seconds) })
    return asked.length
  }

  it.each([
    ['five minutes by default', {}, 300],
    ['its ttl, in milliseconds', { subject: { ttl: 60_000 } }, 60],
    ['its ttl, when that is longer', { subject: { ttl: 7_200_000 } }, 7_200],
    ['to its end', { more: { validUntil: '2026-11-22T12:00:30Z' }, subject: { ttl: 60_000 } }, 30],
    ['a day at most', { subject: { ttl: 31_536_000_000 } }, 86_400],
    ['not at all', { subject: { ttl: 0 } }, 0],
  ])('%s', async (_, options, seconds) => {
    const list = await listOf(options)
    if (seconds > 0) expect(await askedAfter(seconds - 1, list)).toBe(1)
    expect(await askedAfter(seconds, list)).toBe(2)
  })

  it('what its transport says, if that is shorter than the ttl', async () => {
    const list = { document: await listOf({ subject: { ttl: 60_000 } }), freshUntil: later(10).getTime() }
    expect(await askedAfter(9, list)).toBe(1)
    expect(await askedAfter(10, list)).toBe(2)
    expect(await askedAfter(59, { ...list, freshUntil: later(600).getTime() })).toBe(1)
  })

  it('not when the clock was set back; calls side by side may differ a little', async () => {
    expect(await askedAfter(-1, clear)).toBe(1)
    expect(await askedAfter(-60, clear)).toBe(2)
  })

  it('as long for who verifies for an earlier time than that of the request', async () => {
    const list = { document: clear, fetchedAt: later(86_400).getTime(), freshUntil: later(86_410).getTime() }
    expect(await askedAfter(9, list)).toBe(1)
    expect(await askedAfter(10, list)).toBe(2)
  })

  it('not when it could not be used: it may be mended', async () => {
    let list: unknown = edit(clear, '/proof')
    const loadStatusList = async () => list
    expect(await judge(diploma, { loadStatusList })).toEqual(['STATUS_LIST_INVALID'])
    list = clear
    expect(await judge(diploma, { loadStatusList })).toEqual(['valid'])
  })

  it('as long as there is room', async () => {
    const urls = ['a', 'b', 'c'].map((name) => `${listUrl}/${name}`)
    const lists = await Promise.all(urls.map(async (id) => [id, await listOf({ more: { id } })] as const))
    const { load, asked } = loaderOf(Object.fromEntries(lists))
    const statusMemory = createStatusMemory({ maxLists: 2 })
    const read = async (url = '') =>
      judge(await badgeWith(entryAt(1, { statusListCredential: url })), { loadStatusList: load, statusMemory })
    for (const url of [...urls, urls[2], urls[0]]) expect(await read(url)).toEqual(['valid'])
    expect(asked).toEqual([...urls, urls[0]])
    expect(() => createStatusMemory({ maxLists: 0 })).toThrow('maxLists must be')
  })
})

describe('once for all', () => {
  it('those who ask at once share one request, and one verification', async () => {
    const { load, asked } = loaderOf({ [listUrl]: clear })
    const { formats, verified } = counting()
    const judged = await Promise.all(
      Array.from({ length: 20 }, () => judge(diploma, { loadStatusList: load, formats })),
    )
    expect(judged.flat()).toEqual(Array(20).fill('valid'))
    expect(asked).toEqual([listUrl])
    expect(verified.filter((id) => id === listUrl)).toHaveLength(1)
  })

  it('a thousand credentials of one list: loaded, verified and inflated once', async () => {
    const credentials = await Promise.all(Array.from({ length: 20 }, (_, index) => badgeWith(entryAt(index))))
    const thousand = Array.from({ length: 1_000 }, (_, index) => credentials[index % 20])
    const { load, asked } = loaderOf({ [listUrl]: await listOf({ set: [[3, 1]] }) })
    const { formats, verified } = counting()
    const inflate = vi.spyOn(zlib, 'gunzipSync')
    let bad = 0
    for await (const { report } of verifyMany({ credentials: thousand, now, loadStatusList: load, formats }))
      if (!report.verified) bad += 1
    expect(bad).toBe(50)
    expect(asked).toEqual([listUrl])
    expect(verified.filter((id) => id === listUrl)).toHaveLength(1)
    expect(inflate).toHaveBeenCalledTimes(1)
  })

  it('the same with lists by hand, objects or text', async () => {
    for (const statusLists of [[clear], [JSON.stringify(clear)], { [listUrl]: copyOf(clear) }]) {
      const { formats, verified } = counting()
      const inflate = vi.spyOn(zlib, 'gunzipSync').mockClear()
      const credentials = Array.from({ length: 50 }, () => diploma)
      for await (const { report } of verifyMany({ credentials, now, statusLists, formats }))
        expect(report.verified).toBe(true)
      expect(verified.filter((id) => id === listUrl)).toHaveLength(1)
      expect(inflate).toHaveBeenCalledTimes(1)
    }
  })

  it('the records of one CLR share it', async () => {
    const { load, asked } = loaderOf({ [listUrl]: revoked })
    const { formats, verified } = counting()
    const record = await recordOf([await badgeWith(entryAt(1)), await badgeWith(entryAt(2)), diploma])
    const report = await verify({ credential: record, now, loadStatusList: load, formats })
    expect(report.verdict).toBe('invalid')
    expect(report.nested.map(({ report: { verdict } }) => verdict)).toEqual(['valid', 'valid', 'invalid'])
    expect(asked).toEqual([listUrl])
    expect(verified.filter((id) => id === listUrl)).toHaveLength(1)
  })

  it('who ends their own wait does not end that of others', async () => {
    const controller = new AbortController()
    const waiting: ((list: unknown) => void)[] = []
    let bothAsk = (): void => {}
    const both = new Promise<void>((resolve) => (bothAsk = resolve))
    const loadStatusList = () =>
      new Promise<unknown>((resolve) => {
        if (waiting.push(resolve) === 2) bothAsk()
      })
    const ended = verify({ credential: diploma, now, loadStatusList, signal: controller.signal })
    const other = judge(diploma, { loadStatusList })
    await both
    controller.abort(new Error('enough'))
    await expect(ended).rejects.toThrow('enough')
    for (const answer of waiting) answer(clear)
    expect(await other).toEqual(['valid'])
  })
})

it('who ends their own run while a list is verified does not end that of others', async () => {
  const controller = new AbortController()
  const waiting: (() => void)[] = []
  const list = await listOf({}, college)
  let reached = (): void => {}
  const isAsked = new Promise<void>((resolve) => (reached = resolve))
  const resolveDid = async (did: string) => {
    if (did !== college.controller) return didDocument(school)
    await new Promise<void>((resolve) => {
      waiting.push(resolve)
      reached()
    })
    return didDocument(college)
  }
  const settings = { loadStatusList: async () => list, resolveDid, acceptStatusIssuer: () => true }
  const ended = verify({ credential: diploma, now, ...settings, signal: controller.signal })
  await isAsked
  const asksToo = new Promise<void>((resolve) => (reached = resolve))
  const other = judge(diploma, settings)
  await Promise.race([asksToo, other])
  controller.abort(new Error('enough'))
  await expect(ended).rejects.toThrow('enough')
  for (const answer of waiting) answer()
  expect(await other).toEqual(['valid'])
})

describe('what one call has no room for', () => {
  const formats = [eddsaRdfc2022(), eddsaJcs2022()]
  const twice = async (credential: object, key: Key) =>
    copyOf(await issue({ credential: credential as never, key, now, format: formats }))
  // Asked for: the key of each proof of the badge, the list, and the key of each proof of the list.
  const limits = { lookups: 4 }

  /** The first answer for the list's issuer waits until `release` is called. */
  async function scene() {
    const list = await twice({ ...(await unsignedList()), issuer: college.controller }, college)
    let reached = (): void => {}
    let release = (): void => {}
    const isAsked = new Promise<void>((resolve) => (reached = resolve))
    const isReleased = new Promise<void>((resolve) => (release = resolve))
    const resolveDid = async (did: string) => {
      if (did !== college.controller) return didDocument(school)
      reached()
      await isReleased
      return didDocument(college)
    }
    const settings = { loadStatusList: async () => list, resolveDid, acceptStatusIssuer: () => true, limits }
    return { settings, isAsked, release: () => release() }
  }

  it('is verified anew by another that waited for it', async () => {
    const { settings, isAsked, release } = await scene()
    const { proof: _, ...unsigned } = diploma
    const greedy = verify({ credential: await twice(unsigned, school), now, ...settings })
    await isAsked
    const records = [diploma, diploma].map((credential) => judge(credential, settings))
    await new Promise((done) => setTimeout(done, 50))
    release()
    expect((await greedy).verdict).toBe('indeterminate')
    expect(await Promise.all(records)).toEqual([['valid'], ['valid']])
    expect(await judge(diploma, settings)).toEqual(['valid'])
  })

  it('ends nothing else: who gave up meanwhile is told so', async () => {
    const { settings, isAsked, release } = await scene()
    const { proof: _, ...unsigned } = diploma
    const controller = new AbortController()
    const both = { ...settings, now, signal: controller.signal }
    const runs = [verify({ credential: await twice(unsigned, school), ...both })]
    await isAsked
    runs.push(verify({ credential: diploma, ...both }))
    await new Promise((done) => setTimeout(done, 50))
    controller.abort(new Error('enough'))
    for (const run of runs) await expect(run).rejects.toThrow('enough')
    release()
    expect(await judge(diploma, settings)).toEqual(['valid'])
  })
})

describe('a verdict on a list', () => {
  it('is not carried over to other settings', async () => {
    const list = await listOf({}, college)
    const { load } = loaderOf({ [listUrl]: list })
    const settings = { loadStatusList: load, acceptStatusIssuer: () => true }
    expect(await judge(diploma, settings)).toEqual(['valid'])
    const resolveDid = async (did: string) =>
      did === college.controller ? { ...didDocument(college), assertionMethod: [] } : didDocument(school)
    expect(await judge(diploma, { ...settings, resolveDid })).toEqual(['STATUS_LIST_INVALID'])
    expect(await judge(diploma, settings)).toEqual(['valid'])
  })

  it('is made again after five minutes, as a key may have been revoked', async () => {
    let isListed = true
    const resolveDid = async (did: string) =>
      did === college.controller && !isListed
        ? { ...didDocument(college), assertionMethod: [] }
        : didDocument(did === college.controller ? college : school)
    const settings = {
      loadStatusList: loaderOf({ [listUrl]: await listOf({ subject: { ttl: 3_600_000 } }, college) }).load,
      acceptStatusIssuer: () => true,
      resolveDid,
    }
    expect(await judge(diploma, settings)).toEqual(['valid'])
    isListed = false
    expect(await judge(diploma, { ...settings, now: later(299) })).toEqual(['valid'])
    expect(await judge(diploma, { ...settings, now: later(300) })).toEqual(['STATUS_LIST_INVALID'])
  })

  it('does not outlive the list', async () => {
    const ending = await listOf({ more: { validUntil: '2026-11-22T12:01:00Z' } })
    const statusLists = [ending]
    expect(await judge(diploma, { statusLists })).toEqual(['valid'])
    expect(await judge(diploma, { statusLists, now: later(121) })).toEqual(['STATUS_STALE'])
  })

  it('of one caller does not reach another', async () => {
    expect(await judge(diploma, { loadStatusList: async () => revoked })).toEqual(['REVOKED'])
    expect(await judge(diploma, { loadStatusList: async () => clear })).toEqual(['valid'])
    expect(await judge(diploma, { statusLists: [revoked] })).toEqual(['REVOKED'])
    expect(await judge(diploma, { statusLists: [clear] })).toEqual(['valid'])
  })
})

describe('what was given', () => {
  it('may say when it was received; what is stapled may not', () => {
    const memory = createStatusMemory()
    const wrapped = { document: clear, fetchedAt: now.getTime() }
    expect(keepGiven(memory, wrapped)).toMatchObject({ fetchedAt: now.getTime(), read: { value: { id: listUrl } } })
    expect(keepStapled(createStatusMemory(), { document: wrapped })).toMatchObject({
      fetchedAt: undefined,
      read: { value: wrapped },
    })
  })

  it.each([null, 7, 'no JSON', undefined])('is no list: %j', async (odd) => {
    expect(await judge(diploma, { statusLists: { [listUrl]: odd } })).not.toContain('valid')
    expect(await judge(diploma, { loadStatusList: async () => odd })).not.toContain('valid')
  })

  it.each([
    [{ statusLists: clear }, 'a list of status lists'],
    [{ statusLists: 'text' }, 'statusLists must be'],
    [{ loadStatusList: {} }, 'loadStatusList must be a function'],
    [{ maxStatusAge: -1 }, 'maxStatusAge is in seconds'],
    [{ maxStatusAge: '60' }, 'maxStatusAge is in seconds'],
    [{ statusMethods: ['BitstringStatusListEntry'] }, 'methods themselves'],
    [{ statusMethods: [bitstringStatusList] }, 'call it: bitstringStatusList()'],
    [{ statusMemory: {} }, 'createStatusMemory()'],
    [{ acceptStatusIssuer: true }, 'must be a function'],
  ])('a mistake in the options is thrown: %j', async (more, message) => {
    await expect(verify({ credential: diploma, now, ...(more as object) })).rejects.toThrow(message)
  })
})

it('what is remembered of newest lists is by issuer and URL', () => {
  const memory = createStatusMemory()
  expect(isNewest(memory, 'https://a.example', 'did:a:1', 10)).toBe(true)
  expect(isNewest(memory, 'https://a.example', 'did:a:1', 9)).toBe(false)
  expect(isNewest(memory, 'https://a.example', 'did:a:2', 9)).toBe(true)
  expect(isNewest(memory, 'https://b.example', 'did:a:1', 9)).toBe(true)
})

it('a list that is served as JSON text or bytes is read as well', async () => {
  const text = JSON.stringify(await signedAnyway({}))
  expect(await judge(diploma, { loadStatusList: async () => text })).toEqual(['valid'])
  expect(await judge(diploma, { loadStatusList: async () => new TextEncoder().encode(text) })).toEqual(['valid'])
  expect(await judge(await signed(badge()), { loadStatusList: async () => text })).toEqual(['valid'])
})
