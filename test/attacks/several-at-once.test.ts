/** What is in a record is verified several at once: whatever ends first, each verdict is that of its own credential. */

import fc from 'fast-check'
import { didKey, generateKey, isProblem, verify } from 'testamur'
import { expect, it } from 'vitest'
import {
  challenge,
  learner,
  now,
  plainCredential,
  presented,
  recordOf,
  school,
  signed,
  withProof,
} from '../helpers/fixtures.ts'

/** Answers after some while or other, so that what was begun first seldom ends first. */
function slowly(times: readonly number[]) {
  const resolve = didKey()
  let asked = 0
  return async (did: string) => {
    const time = times[asked % times.length] ?? 0
    asked += 1
    await new Promise<void>((done) => setTimeout(done, time))
    return resolve(did)
  }
}

it.each([1, 3, 24])('of %i courses, those are refused that were changed', async (count) => {
  const courses = await Promise.all(
    Array.from({ length: count }, (_, index) => signed(plainCredential({ name: `Course ${index}` }))),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: count, maxLength: count }),
      fc.array(fc.nat(4), { minLength: 1, maxLength: 5 }),
      async (isChanged, times) => {
        const given = courses.map((course, index) =>
          isChanged[index] ? { ...course, name: 'Another course' } : course,
        )
        const record = await recordOf(given)
        const report = await verify({ credential: record, resolveDid: slowly(times) })
        const verdicts = report.nested.map(({ path, report: inner }) => [path, inner.verdict])
        expect(verdicts).toEqual(
          isChanged.map((each, index) => [
            `/credentialSubject/verifiableCredential/${index}`,
            each ? 'invalid' : 'valid',
          ]),
        )
        expect(report.verdict).toBe(isChanged.includes(true) ? 'invalid' : 'valid')
      },
    ),
    { numRuns: 15 },
  )
})

/** How many look-ups were under way at once, and how many there were. */
function counting(time = 1) {
  const resolve = didKey()
  const seen = { running: 0, most: 0, asked: [] as string[] }
  const resolveDid = async (did: string) => {
    seen.asked.push(did)
    seen.running += 1
    seen.most = Math.max(seen.most, seen.running)
    await new Promise<void>((done) => setTimeout(done, time))
    seen.running -= 1
    return resolve(did)
  }
  return { seen, resolveDid }
}

/** Courses, each of an issuer of its own. */
const coursesOf = (count: number) =>
  Promise.all(
    Array.from({ length: count }, async (_, index) =>
      signed(plainCredential({ name: `Course ${index}` }), await generateKey()),
    ),
  )

async function withId(credentials: readonly object[], id: string) {
  const { proof: _, ...unsigned } = await recordOf(credentials)
  return withProof({ ...unsigned, id: `urn:example:record:${id}` }, learner)
}

it('records within records do not make thousands of look-ups at once', async () => {
  const records = Array.from({ length: 24 }, async (_, index) => withId(await coursesOf(2), `${index}`))
  const record = await withId(await Promise.all(records), 'whole')
  const { seen, resolveDid } = counting()
  const report = await verify({ credential: record, resolveDid })
  expect(report.checks.filter(isProblem).slice(0, 1)).toEqual([])
  expect(seen.most).toBeGreaterThan(1)
  expect(seen.most).toBeLessThanOrEqual(16)
})

it('nor do records in a presentation', async () => {
  const records = Array.from({ length: 4 }, async (_, index) => withId(await coursesOf(12), `${index}`))
  const presentation = await presented(await Promise.all(records))
  const { seen, resolveDid } = counting()
  const report = await verify({ presentation, challenge, now, resolveDid })
  expect(report.checks.filter(isProblem).slice(0, 1)).toEqual([])
  expect(seen.asked).toHaveLength(49)
  expect(seen.most).toBeGreaterThan(1)
  expect(seen.most).toBeLessThanOrEqual(16)
})

it('asks for the same DID and the same issuer once, though many wait for it', async () => {
  const courses = await Promise.all(
    Array.from({ length: 20 }, (_, index) => signed(plainCredential({ name: `Course ${index}` }))),
  )
  const { seen, resolveDid } = counting()
  const trusted: string[] = []
  const trust = async (issuer: string) => {
    trusted.push(issuer)
    return { registry: 'schools' }
  }
  const report = await verify({ credential: await recordOf(courses), resolveDid, trust })
  expect(report.verdict).toBe('valid')
  expect(seen.asked).toEqual([learner.controller, school.controller])
  expect(trusted.toSorted()).toEqual([learner.controller, school.controller].toSorted())
})

it('leaves no look-up waiting that would begin when the call was ended', async () => {
  const records = Array.from({ length: 4 }, async (_, index) => withId(await coursesOf(12), `${index}`))
  const presentation = await presented(await Promise.all(records))
  const { seen, resolveDid } = counting(20)
  const controller = new AbortController()
  const answer = verify({
    presentation,
    challenge,
    now,
    signal: controller.signal,
    resolveDid: async (did) => {
      if (seen.asked.length === 15) setTimeout(() => controller.abort(new Error('enough')), 10)
      return resolveDid(did)
    },
  })
  await expect(answer).rejects.toThrow('enough')
  const { length } = seen.asked
  await new Promise<void>((done) => setTimeout(done, 60))
  expect(seen.asked).toHaveLength(length)
})
