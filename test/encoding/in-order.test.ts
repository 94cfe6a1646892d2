import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mapInOrder } from '../../src/encoding/in-order.ts'

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const result: T[] = []
  for await (const item of items) result.push(item)
  return result
}

describe('mapInOrder', () => {
  it('keeps the order, whatever takes how long', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(4), { maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        async (times, concurrency) => {
          const work = async (time: number, index: number) => {
            await wait(time)
            return index
          }
          expect(await collect(mapInOrder(times, concurrency, work))).toEqual(times.map((_, index) => index))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('never has more under way than allowed, and takes no more items than it needs', async () => {
    let running = 0
    let most = 0
    let taken = 0
    function* items() {
      for (; taken < 100; taken += 1) yield taken
    }
    const results = mapInOrder(items(), 3, async (item) => {
      running += 1
      most = Math.max(most, running)
      await wait(1)
      running -= 1
      return item
    })
    await results.next()
    await wait(20)
    expect(taken).toBeLessThanOrEqual(4)
    expect(await collect(results)).toHaveLength(99)
    expect(most).toBe(3)
  })

  it('yields what is ready while the source is slow', async () => {
    async function* slow() {
      yield 1
      await new Promise(() => {})
    }
    const results = mapInOrder(slow(), 4, async (item) => item)
    expect(await Promise.race([results.next(), wait(1000)])).toEqual({ done: false, value: 1 })
  })

  it('closes the source when it is left early, and when work fails', async () => {
    let closed = 0
    async function* items() {
      try {
        for (let item = 0; ; item += 1) yield item
      } finally {
        closed += 1
      }
    }
    for await (const _ of mapInOrder(items(), 2, async (item) => item)) break
    expect(closed).toBe(1)
    const failing = mapInOrder(items(), 2, async (item) => {
      if (item === 3) throw new Error('no')
      return item
    })
    await expect(collect(failing)).rejects.toThrow('no')
    expect(closed).toBe(2)
  })

  it('hands out what was ready before the source broke, and then tells', async () => {
    function* breaking() {
      yield 1
      yield 2
      throw new Error('the database is gone')
    }
    const seen: number[] = []
    const run = async () => {
      for await (const item of mapInOrder(breaking(), 16, async (each) => each)) seen.push(item)
    }
    await expect(run()).rejects.toThrow('the database is gone')
    expect(seen).toEqual([1, 2])
  })

  it('lets timers have their turn, so that one can end the run', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('time is up')), 20)
    const busy = async () => {
      const end = performance.now() + 1
      while (performance.now() < end);
    }
    const items = Array.from({ length: 5000 }, () => 0)
    await expect(collect(mapInOrder(items, 16, busy, controller.signal))).rejects.toThrow('time is up')
  })

  it('stops with the reason of its signal', async () => {
    const controller = new AbortController()
    const results = mapInOrder([1, 2, 3], 1, async (item) => item, controller.signal)
    await results.next()
    controller.abort(new Error('enough'))
    await expect(results.next()).rejects.toThrow('enough')
  })
})
