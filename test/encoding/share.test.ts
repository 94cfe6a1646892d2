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
