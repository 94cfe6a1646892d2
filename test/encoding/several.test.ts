import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTurns, mapSeveral } from '../../src/encoding/several.ts'

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

  it('has ended all that it began when it throws, and begins nothing more', async () => {
    const begun: number[] = []
    const ended: number[] = []
    const work = async (item: number) => {
      begun.push(item)
      await wait(item === 0 ? 0 : 5)
      ended.push(item)
      if (item === 0) throw new Error('no')
    }
    await expect(mapSeveral([...Array(40).keys()], work)).rejects.toThrow('no')
    expect(begun).toHaveLength(16)
    expect(ended).toHaveLength(16)
    await wait(10)
    expect(begun).toHaveLength(16)
  })

  it('does not hold up what follows for one that is slow', async () => {
    let done = 0
    let doneBefore = 0
    await mapSeveral([...Array(40).keys()], async (item) => {
      await wait(item === 0 ? 60 : 1)
      if (item === 0) doneBefore = done
      done += 1
    })
    expect(doneBefore).toBe(39)
  })
})

it('mapSeveral throws whatever was thrown, also what is no error', async () => {
  await expect(mapSeveral([1], () => Promise.reject('no'))).rejects.toBe('no')
})

describe('createTurns', () => {
  it('lets as many run as at first when all before have ended', async () => {
    const inTurn = createTurns(2)
    for (let time = 0; time < 3; time += 1) {
      let running = 0
      let most = 0
      await Promise.all(
        Array.from({ length: 5 }, () =>
          inTurn(async () => {
            running += 1
            most = Math.max(most, running)
            await wait(1)
            running -= 1
          }),
        ),
      )
      expect(most).toBe(2)
    }
  })

  it('lets so many run at once, in their order, also after some failed', async () => {
    const inTurn = createTurns(3)
    const begun: number[] = []
    let running = 0
    let most = 0
    const answers = [...Array(20).keys()].map((item) =>
      inTurn(async () => {
        begun.push(item)
        running += 1
        most = Math.max(most, running)
        await wait(1)
        running -= 1
        if (item % 2 === 0) throw new Error('no')
        return item
      }),
    )
    const settled = await Promise.allSettled(answers)
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual(answers.map((_, index) => index % 2 === 1))
    expect(most).toBe(3)
    expect(begun).toEqual([...Array(20).keys()])
  })
})
