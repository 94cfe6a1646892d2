import type { CheckFunction } from 'testamur'
import { describe, expect, it } from 'vitest'
import { checkCustom } from '../../src/checks/custom.ts'
import { now } from '../helpers/fixtures.ts'
import { settings } from '../helpers/settings.ts'

const own =
  (name: string): CheckFunction =>
  async () => [{ name: name as 'x-a', outcome: 'passed', message: 'Looked.' }]

describe('checkCustom', () => {
  it('runs in the order given, one after the other', async () => {
    const order: number[] = []
    const slow: CheckFunction = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      order.push(1)
      return []
    }
    const quick: CheckFunction = () => {
      order.push(2)
      return [{ name: 'x-quick', outcome: 'skipped', message: 'Nothing to do.' }]
    }
    expect(await checkCustom({}, settings({ checks: [slow, quick] }))).toHaveLength(1)
    expect(order).toEqual([1, 2])
  })

  it('hands over the credential and the time', async () => {
    const seen: unknown[] = []
    const check: CheckFunction = (subject) => {
      seen.push(subject)
      return []
    }
    await checkCustom({ name: 'A' }, settings({ checks: [check] }))
    expect(seen).toEqual([{ credential: { name: 'A' }, now }])
  })

  it('one that throws does not stop the next', async () => {
    const checks = [() => Promise.reject(new Error('down')), own('x-next')]
    const found = await checkCustom({}, settings({ checks }))
    expect(found.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(['x-custom inconclusive', 'x-next passed'])
    expect(found[0]?.message).toMatch(/Check 1 of your own.*down/)
  })

  it.each([
    ['nothing that has a name', null, 'null'],
    ['what is no JSON', () => 'passed', 'its answer is not plain JSON'],
    [
      'a name that is no text',
      { name: 7, outcome: 'passed', message: 'Looked.' },
      'its name "7" does not begin with x-',
    ],
    ['no outcome', { name: 'x-a', message: 'Looked.' }, 'its outcome "undefined" is none'],
    ['an outcome that is none', { name: 'x-a', outcome: 'valid', message: 'Looked.' }, 'its outcome "valid" is none'],
    ['no message', { name: 'x-a', outcome: 'passed' }, 'no message'],
    ['a failure without a code', { name: 'x-a', outcome: 'failed', message: 'Bad.' }, 'no code'],
    ['a code that is no text', { name: 'x-a', outcome: 'failed', message: 'Bad.', code: 7 }, 'no code'],
    ['doubt without a code', { name: 'x-a', outcome: 'inconclusive', message: 'Who knows.' }, 'no code'],
  ])('may not answer with %s', async (_what, answer, problem) => {
    const found = await checkCustom({}, settings({ checks: [() => [answer] as never] }))
    expect(found).toEqual([
      expect.objectContaining({ outcome: 'inconclusive', message: expect.stringContaining(problem) }),
    ])
  })

  it.each([
    ['passed', {}],
    ['skipped', {}],
    ['failed', { code: 'CHECK_UNAVAILABLE' }],
    ['inconclusive', { code: 'CHECK_UNAVAILABLE' }],
  ])('may answer %s', async (outcome, more) => {
    const answer = { name: 'x-a', outcome, message: 'Looked.', ...more }
    expect(await checkCustom({}, settings({ checks: [() => [answer] as never] }))).toEqual([answer])
  })

  it.each(['proof', 'structure', 'X-a', ''])('may not answer as %j', async (name) => {
    const found = await checkCustom({}, settings({ checks: [own(name)] }))
    expect(found).toEqual([expect.objectContaining({ name: 'x-custom', code: 'CHECK_UNAVAILABLE' })])
  })
})
