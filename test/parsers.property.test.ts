/** A slice of `npm run fuzz:parsers`: the same texts in every run. */

import { expect, it } from 'vitest'
import { runTarget } from '../scripts/fuzz/run.ts'
import { targets } from '../scripts/fuzz/targets.ts'

it.each(targets)('$name keeps its promise for any text', async (target) => {
  expect(await runTarget(target, 300, 7)).toEqual([])
})

it('a promise that does not hold is told', async () => {
  const [failure] = await runTarget({ name: 'x', seeds: ['a'], check: () => 'no' }, 1, 1)
  expect(failure).toMatchObject({ target: 'x', why: 'no' })
})
