import { describe, expect, it } from 'vitest'
import { listOrder } from '../../src/status/order.ts'

const secret = (byte: number) => new Uint8Array(32).fill(byte)

describe('listOrder', () => {
  it('stands for each index once, the first and the last too, and can be walked both ways', async () => {
    const length = 131_072
    const { indexOf, placeOf } = await listOrder(secret(1), length)
    const seen = new Set<number>()
    for (let place = 0; place < length; place += 1) {
      const index = indexOf(place) as number
      seen.add(index)
      if (placeOf(index) !== place) expect.unreachable(`place ${place} has index ${index}`)
    }
    expect(seen.size).toBe(length)
    expect([seen.has(0), seen.has(length - 1), seen.has(length)]).toEqual([true, true, false])
    expect([indexOf(length), placeOf(length), indexOf(-1), placeOf(0.5)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('is the same for the same secret, and another one for another', async () => {
    const [one, same, other] = await Promise.all([1, 1, 2].map((byte) => listOrder(secret(byte), 1_000)))
    const walk = (order: typeof one) => Array.from({ length: 1_000 }, (_, place) => order?.indexOf(place))
    expect(walk(same)).toEqual(walk(one))
    const agree = walk(other).filter((index, place) => index === one?.indexOf(place))
    expect(agree.length).toBeLessThan(20)
  })

  // Lists are kept for decades: a program that works the order out differently would revoke others than were meant.
  it('never changes', async () => {
    const order = await listOrder(secret(7), 131_072)
    expect([0, 1, 2, 65_536, 131_071].map(order.indexOf)).toEqual([38_835, 76_781, 56_399, 54_866, 26_124])
  })
})
