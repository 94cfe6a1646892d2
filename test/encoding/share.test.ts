import { describe, expect, it } from 'vitest'
import { LimitError } from '../../src/encoding/limits.ts'
import { share } from '../../src/encoding/share.ts'
import type { LookupOptions } from '../../src/types.ts'

const tooMuch = () => new LimitError('loaded', 1, 'more than 1 byte would be loaded')

describe('share', () => {
  it('asks once, and again for what could not be had', async () => {
    let asked = 0
    const ask = share(async (name) => {
      asked += 1
      if (asked === 1) throw new Error('the line is down')
      return name
    })
    const first = await Promise.allSettled([ask('a'), ask('a')])
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(asked).toBe(1)
    expect(await Promise.all([ask('a'), ask('a')])).toEqual(['a', 'a'])
    expect(asked).toBe(2)
  })

  it('lets no call fail for what was too much for another', async () => {
    const [spent, fresh]: LookupOptions[] = [{ countLoaded: () => {} }, { countLoaded: () => {} }]
    const ask = share(async (name, options) => {
      await Promise.resolve()
      if (options === spent) throw new Error('it was not to be had', { cause: tooMuch() })
      return name
    })
    const answers = await Promise.allSettled([ask('a', spent), ask('a', spent), ask('a', fresh), ask('a', fresh)])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled'])
  })

  it('lets no call end with another', async () => {
    const controller = new AbortController()
    const ended = { signal: controller.signal }
    const ask = share(async (name, options) => {
      await new Promise<void>((done) => setTimeout(done, 1))
      options?.signal?.throwIfAborted()
      return name
    })
    const answers = Promise.allSettled([ask('a', ended), ask('a', {})])
    controller.abort(new Error('enough'))
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  })

  it('asks once in a call also for what was too much, and once for all where it could not be had', async () => {
    let asked = 0
    const failing = (cause: Error) =>
      share(async () => {
        asked += 1
        throw cause
      })
    const messagesOf = async (answers: readonly Promise<unknown>[]) =>
      (await Promise.allSettled(answers)).map((each) => each.status === 'rejected' && (each.reason as Error).message)
    const [call, other]: LookupOptions[] = [{}, { signal: new AbortController().signal }]
    const spent = failing(tooMuch())
    expect(await messagesOf([spent('a', call), spent('a', call)])).toEqual(Array(2).fill(tooMuch().message))
    expect(asked).toBe(1)
    for (const [first, second] of [
      [call, other],
      [other, call],
      [undefined, call],
      [call, undefined],
    ]) {
      asked = 0
      const down = failing(new Error('the line is down'))
      expect(await messagesOf([down('a', first), down('a', second)])).toEqual(Array(2).fill('the line is down'))
      expect(asked).toBe(1)
    }
  })

  it('asks again for a call without options, and not for one that was ended itself', async () => {
    const controller = new AbortController()
    let asked = 0
    const ask = share(async (name, options) => {
      asked += 1
      await Promise.resolve()
      if (options?.countLoaded) throw tooMuch()
      return name
    })
    const spent = { countLoaded: () => {} }
    expect(await Promise.allSettled([ask('a', spent), ask('a')])).toMatchObject([{}, { status: 'fulfilled' }])
    expect(asked).toBe(2)
    const late = [ask('b', spent), ask('b', { signal: controller.signal })]
    controller.abort()
    expect((await Promise.allSettled(late)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(asked).toBe(3)
  })

  it('keeps ten thousand answers, and begins anew where there are more', async () => {
    const ends: ((cause: Error) => void)[] = []
    const asked: string[] = []
    const ask = share(async (name) => {
      asked.push(name)
      if (name !== 'slow') return name
      return new Promise<string>((_, reject) => ends.push(reject))
    })
    const slow = ask('slow')
    for (let index = 1; index < 10_000; index += 1) await ask(`${index}`)
    await ask('1')
    expect(asked).toHaveLength(10_000)
    await ask('one more')
    const again = ask('slow')
    await ask('1')
    expect(asked.slice(-3)).toEqual(['one more', 'slow', '1'])
    // What was begun before says nothing of what was begun since.
    ends[0]?.(new Error('the line is down'))
    await expect(slow).rejects.toThrow('the line is down')
    const third = ask('slow')
    expect(asked).toHaveLength(10_003)
    ends[1]?.(new Error('no'))
    await expect(Promise.all([again, third])).rejects.toThrow('no')
  })

  it('takes a throw that is not a promise for one', async () => {
    const ask = share(() => {
      throw new Error('no')
    })
    await expect(ask('a')).rejects.toThrow('no')
  })

  it('tells apart what the name alone does not', async () => {
    const ask = share<string, LookupOptions & { readonly kid?: string }>(
      async (name, options) => `${name} ${options?.kid}`,
      (name, options) => JSON.stringify([name, options?.kid]),
    )
    expect(await Promise.all([ask('a', { kid: '1' }), ask('a', { kid: '2' })])).toEqual(['a 1', 'a 2'])
  })
})
