/** Attack: the proof of one genuine badge is put on another document of the same issuer. */

import { expect, it } from 'vitest'
import { edit, judge, signedBadge } from '../helpers/fixtures.ts'

const safety = await signedBadge({ name: 'Workshop safety' })
const welding = await signedBadge()

it('is refused', async () => {
  expect(await judge(edit(welding, '/proof', safety['proof']))).toEqual(['PROOF_INVALID'])
  expect(await judge(edit(welding, '/proof', [welding['proof'], safety['proof']]))).toEqual(['PROOF_INVALID'])
})

it('each proof on its own document is good', async () => {
  expect(await judge(safety)).toEqual(['valid'])
  expect(await judge(welding)).toEqual(['valid'])
})
