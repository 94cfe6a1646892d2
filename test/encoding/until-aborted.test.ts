import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { untilAborted } from '../../src/encoding/until-aborted.ts'

describe('untilAborted', () => {
  it('is the promise as long as nothing ends it', async () => {
    expect(await untilAborted(Promise.resolve(1), undefined)).toBe(1)
    expect(await untilAborted(Promise.resolve(1), new AbortController().signal)).toBe(1)
    await expect(untilAborted(Promise.reject(new Error('no')), new AbortController().signal)).rejects.toThrow('no')
  })

  it('ends what would never end, before and during the wait', async () => {
    const controller = new AbortController()
    const waiting = untilAborted(new Promise(() => {}), controller.signal)
    controller.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    await expect(untilAborted(new Promise(() => {}), controller.signal)).rejects.toThrow('enough')
  })

  it('has one listener on a signal for all who wait, and none when they have done', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const listeners = () => getEventListeners(signal, 'abort').length
    const ends: (() => void)[] = []
    const waits = Array.from({ length: 40 }, () => untilAborted(new Promise<void>((end) => ends.push(end)), signal))
    expect(listeners()).toBe(1)
    for (const end of ends.slice(1)) end()
    await Promise.all(waits.slice(1))
    expect(listeners()).toBe(1)
    ends[0]?.()
    await waits[0]
    expect(listeners()).toBe(0)
    const [one, other] = [untilAborted(new Promise(() => {}), signal), untilAborted(new Promise(() => {}), signal)]
    controller.abort(new Error('enough'))
    await expect(one).rejects.toThrow('enough')
    await expect(other).rejects.toThrow('enough')
    expect(listeners()).toBe(0)
  })

  it('leaves no failure unheard', async () => {
    const controller = new AbortController()
    controller.abort(new Error('enough'))
    const failing = Promise.reject(new Error('later'))
    await expect(untilAborted(failing, controller.signal)).rejects.toThrow('enough')
  })
})
