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

  it('leaves no failure unheard', async () => {
    const controller = new AbortController()
    controller.abort(new Error('enough'))
    const failing = Promise.reject(new Error('later'))
    await expect(untilAborted(failing, controller.signal)).rejects.toThrow('enough')
  })
})
