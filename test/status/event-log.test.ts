import type { StatusEvent, StatusEventBody } from 'testamur'
import { verifyEventLog } from 'testamur'
import { describe, expect, it } from 'vitest'
import { emptyLog, nextEvent } from '../../src/status/event-log.ts'

const time = '2026-11-22T12:00:00.000Z'
const opened: StatusEventBody = { type: 'opened', time, purpose: 'revocation', length: 3, statusSize: 1 }
const allocated: StatusEventBody = { type: 'allocated', time, first: 0, keys: ['a', 'b'] }
const set: StatusEventBody = { type: 'changed', time, changes: [[1, 1]] }
const published: StatusEventBody = { type: 'published', time, version: 1, covers: 3, digest: 'ab' }

/** A chain of these events, with hashes that fit. */
function chain(...bodies: readonly StatusEventBody[]): readonly StatusEvent[] {
  const log: StatusEvent[] = []
  for (const body of bodies) log.push(nextEvent('list', log.at(-1) ?? emptyLog, body))
  return log
}

const log = chain(opened, allocated, set, published)
const without = (seq: number) => log.filter((event) => event.seq !== seq)
const bodyOf = (seq: number) => log[seq - 1]?.body ?? ''
const changed = (seq: number, change: Partial<StatusEvent>) =>
  log.map((event) => (event.seq === seq ? { ...event, ...change } : event))

describe('verifyEventLog', () => {
  it('passes a log as it was written, from a list or a stream, and says where it ends', async () => {
    const whole = { intact: true, seq: 4, hash: log[3]?.hash }
    expect(await verifyEventLog(log)).toEqual(whole)
    async function* stream() {
      yield* log
    }
    expect(await verifyEventLog(stream())).toEqual(whole)
    expect(await verifyEventLog([])).toEqual({ intact: true, seq: 0, hash: '' })
  })

  it.each([
    ['a revocation turned into none', changed(3, { body: bodyOf(3).replace('[[1,1]]', '[[1,0]]') }), 3],
    ['a time put earlier', changed(2, { body: bodyOf(2).replace('12:00', '11:00') }), 2],
    ['an event left out', without(3), 3],
    ['the first event left out', without(1), 1],
    ['two events exchanged', [log[0], log[2], log[1], log[3]] as readonly StatusEvent[], 2],
    ['an event put in twice', [...log.slice(0, 3), ...log.slice(2)] as readonly StatusEvent[], 4],
    ['an event of another list', changed(2, { list: 'other' }), 2],
    [
      'a changed event with a hash that fits it',
      [log[0], ...chain(opened, { ...allocated, keys: ['c'] }).slice(1), ...log.slice(2)] as readonly StatusEvent[],
      3,
    ],
  ])('finds %s', async (_name, events, seq) => {
    expect(await verifyEventLog(events)).toMatchObject({ intact: false, seq })
  })

  it.each<readonly [string, readonly StatusEventBody[], string]>([
    ['a log that does not begin with "opened"', [allocated], 'opened'],
    ['"opened" twice', [opened, opened], 'opened'],
    ['a place given twice', [opened, allocated, { ...allocated, keys: ['c'] }], 'place 0'],
    ['a place left out', [opened, { ...allocated, first: 1 }], 'place 1'],
    ['a place beyond the list', [opened, { ...allocated, keys: ['a', 'b', 'c', 'd'] }], 'beyond'],
    ['a credential with two places', [opened, allocated, { ...allocated, first: 2, keys: ['a'] }], 'second place'],
    ['a change of a place that nobody has', [opened, set], 'nobody'],
    ['a value that does not fit', [opened, allocated, { ...set, changes: [[0, 2]] }], 'fit'],
    ['a version left out', [opened, { ...published, version: 2, covers: 1 }], 'version 2'],
    ['a version that covers what came later', [opened, { ...published, covers: 9 }], 'covers event 9'],
    ['an unknown event', [opened, { type: 'forgotten' } as never], 'unknown type'],
    ['an event without its members', [opened, { type: 'changed', time } as never], 'cannot be read'],
  ])('finds %s, though all hashes fit', async (_name, bodies, problem) => {
    const report = await verifyEventLog(chain(...bodies))
    expect(report).toMatchObject({ intact: false, seq: bodies.length, problem: expect.stringContaining(problem) })
  })

  it('cannot see that the end was cut off; the kept hash of the whole log can', async () => {
    const cut = await verifyEventLog(log.slice(0, 2))
    expect(cut).toMatchObject({ intact: true, seq: 2 })
    expect(cut).not.toMatchObject({ hash: log[3]?.hash })
  })
})
