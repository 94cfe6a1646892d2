import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mapSeveral } from '../../src/encoding/several.ts'

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

describe('mapSeveral', () => {
  it('keeps the order, whatever takes how long', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(4), { maxLength: 40 }), async (times) => {
        const items = times.map((time, index) => ({ time, index }))
        const work = async ({ time, index }: { time: number; index: number }) => {
          await wait(time)
          return index
        }
        expect(await mapSeveral(items, work)).toEqual(times.map((_, index) => index))
      }),
      { numRuns: 30 },
    )
  })

  it('works on sixteen at once and no more', async () => {
    let running = 0
    let most = 0
    await mapSeveral(Array(40).fill(undefined), async () => {
      running += 1
      most = Math.max(most, running)
      await wait(1)
      running -= 1
    })
    expect(most).toBe(16)
  })

  it('throws what the first of the list throws, and leaves no failure behind that nobody takes', async () => {
    const unhandled: unknown[] = []
    const note = (cause: unknown) => unhandled.push(cause)
    process.on('unhandledRejection', note)
    const work = async (item: number) => {
      await wait(item === 1 ? 5 : 0)
      if (item > 0) throw new Error(`no ${item}`)
    }
    await expect(mapSeveral([0, 1, 2, 3], work)).rejects.toThrow('no 1')
    await wait(10)
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })
})
