/** What is in a record is verified several at once: whatever ends first, each verdict is that of its own credential. */

import fc from 'fast-check'
import { didKey, isProblem, verify } from 'testamur'
import { expect, it } from 'vitest'
import { learner, plainCredential, recordOf, signed, withProof } from '../helpers/fixtures.ts'

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

it('records within records do not make thousands of look-ups at once', async () => {
  const withId = async (credentials: readonly object[], id: string) => {
    const { proof: _, ...unsigned } = await recordOf(credentials)
    return withProof({ ...unsigned, id: `urn:example:record:${id}` }, learner)
  }
  const courses = [await signed(plainCredential({ name: 'Dance' })), await signed(plainCredential({ name: 'Song' }))]
  const inner = await Promise.all(Array.from({ length: 24 }, (_, index) => withId(courses, `${index}`)))
  const record = await withId(inner, 'whole')
  const resolve = didKey()
  let running = 0
  let most = 0
  const resolveDid = async (did: string) => {
    running += 1
    most = Math.max(most, running)
    await new Promise<void>((done) => setTimeout(done, 1))
    running -= 1
    return resolve(did)
  }
  const report = await verify({ credential: record, resolveDid })
  expect(report.checks.filter(isProblem).slice(0, 1)).toEqual([])
  expect(most).toBe(16)
})
