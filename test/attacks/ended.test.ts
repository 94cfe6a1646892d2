/** `signal` ends the work wherever it is: `verify` throws its reason, and nothing is taken for a verdict. */

import { verify } from 'testamur'
import { expect, it } from 'vitest'
import { challenge, edit, now, presented, signedBadge } from '../helpers/fixtures.ts'

const credential = await signedBadge()

it('before a presentation without credentials', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(verify({ presentation: await presented([]), challenge, now, signal })).rejects.toThrow('enough')
  await expect(verify({ presentation: '{', challenge, now, signal })).rejects.toThrow('enough')
})

it.each(['resolveDid', 'trust'])('while %s looks up', async (name) => {
  const controller = new AbortController()
  const lookUp = async (_id: string, options?: { readonly signal?: AbortSignal }) => {
    controller.abort(new Error('enough'))
    options?.signal?.throwIfAborted()
    return undefined
  }
  await expect(verify({ credential, now, signal: controller.signal, [name]: lookUp })).rejects.toThrow('enough')
})

it('reaches the loader of contexts', async () => {
  const { signal } = new AbortController()
  const seen: unknown[] = []
  const loadDocument = async (_url: string, options?: object) => {
    seen.push(options)
    return undefined
  }
  await verify({ credential: edit(credential, '/@context/2', 'https://context.example/'), now, signal, loadDocument })
  expect(seen).toContainEqual(expect.objectContaining({ signal }))
})
