/** A caller's signal hears of one listener at a time, however much waits on it, and of none when the call is over. */

import { getEventListeners, once } from 'node:events'
import { didKey, generateKey, trustList, verify, verifyMany } from 'testamur'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { now, plainCredential, recordOf, signed } from './helpers/fixtures.ts'

const COUNT = 40
const courses = await Promise.all(
  Array.from({ length: COUNT }, async (_, index) =>
    signed(plainCredential({ name: `Course ${index}` }), await generateKey()),
  ),
)

const warnings: Error[] = []
const hear = (warning: Error): void => {
  warnings.push(warning)
}

beforeEach(() => {
  warnings.length = 0
  process.on('warning', hear)
})

afterEach(() => {
  process.off('warning', hear)
})

const countOn = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length
const aWhile = (): Promise<void> => new Promise((done) => setTimeout(done, 5))

/** Answers after a while, and tells how many listeners the signal had meanwhile. */
function watching(signal: AbortSignal) {
  const resolve = didKey()
  const seen = { most: 0 }
  const resolveDid = async (did: string) => {
    await aWhile()
    seen.most = Math.max(seen.most, countOn(signal))
    return resolve(did)
  }
  return { seen, resolveDid }
}

it.each([
  ['without a limit on the time', {}],
  ['with one', { limits: { time: 60_000 } }],
])('a record of forty issuers, %s', async (_, more) => {
  const { signal } = new AbortController()
  const { seen, resolveDid } = watching(signal)
  const trust = trustList({ name: 'a list', issuers: {} })
  const report = await verify({ credential: await recordOf(courses), now, signal, resolveDid, trust, ...more })
  expect(report.nested).toHaveLength(COUNT)
  expect([seen.most, countOn(signal), warnings]).toEqual([1, 0, []])
})

it.each([
  ['without a limit on the time', {}],
  ['with one', { limits: { time: 60_000 } }],
])('forty credentials at once, %s', async (_, more) => {
  const { signal } = new AbortController()
  const { seen, resolveDid } = watching(signal)
  const run = verifyMany({ credentials: courses, concurrency: COUNT, now, signal, resolveDid, ...more })
  for await (const { report } of run) expect(report.verdict).toBe('valid')
  expect([seen.most, countOn(signal), warnings]).toEqual([1, 0, []])
})

it('forty status lists', async () => {
  const { signal } = new AbortController()
  let most = 0
  const failing = async (): Promise<never> => {
    await aWhile()
    most = Math.max(most, countOn(signal))
    throw new Error('the line is down')
  }
  const credentials = await Promise.all(
    Array.from({ length: COUNT }, async (_, index) => {
      const credentialStatus = {
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '7',
        statusListCredential: `https://school.example/status/${index}`,
      }
      return signed(plainCredential({ id: `urn:example:${index}`, credentialStatus }))
    }),
  )
  const settings = { concurrency: COUNT, now, signal, loadStatusList: failing }
  for await (const { report } of verifyMany({ credentials, ...settings })) expect(report.verdict).toBe('indeterminate')
  expect([most, countOn(signal), warnings]).toEqual([1, 0, []])
})

it('ends every wait at once when the signal says so, and leaves no listener', async () => {
  const controller = new AbortController()
  const { signal } = controller
  const never = (): Promise<never> => new Promise(() => {})
  const runs = courses.map((credential) => verify({ credential, now, signal, resolveDid: never }))
  await aWhile()
  expect(countOn(signal)).toBe(1)
  const ended = once(signal, 'abort')
  controller.abort(new Error('enough'))
  await ended
  for (const result of await Promise.allSettled(runs))
    expect(result).toMatchObject({ status: 'rejected', reason: expect.objectContaining({ message: 'enough' }) })
  expect([countOn(signal), warnings]).toEqual([0, []])
})

it("leaves the caller's own listeners alone", async () => {
  const { signal } = new AbortController()
  signal.addEventListener('abort', () => {})
  const { resolveDid } = watching(signal)
  await verify({ credential: await recordOf(courses), now, signal, resolveDid, limits: { time: 60_000 } })
  expect(countOn(signal)).toBe(1)
})
