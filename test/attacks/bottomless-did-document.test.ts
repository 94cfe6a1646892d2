/** Attack: the DID document that a stranger publishes is nested so deep that comparing its keys never ends well. */

import { expect, it } from 'vitest'
import { didDocument, judge, school, signedBadge } from '../helpers/fixtures.ts'

it('a report, not a throw', async () => {
  const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
  const resolveDid = async () => didDocument(school, {}, { deep })
  expect(await judge(await signedBadge(), { resolveDid })).not.toContain('valid')
})
