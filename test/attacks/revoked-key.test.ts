/** Attack: a badge is signed with a key that its owner gave up, because it was stolen or is too old. */

import { expect, it } from 'vitest'
import { didDocument, judge, school, signedBadge } from '../helpers/fixtures.ts'

const badge = await signedBadge()
const withMethod = (method: object) => ({ resolveDid: async () => didDocument(school, {}, method) })

it.each([
  { revoked: '2026-10-01T00:00:00Z' },
  { revoked: true },
  { expires: '2026-11-22T11:58:59Z' },
  { expires: 'soon' },
])('%j is refused', async (method) => {
  expect(await judge(badge, withMethod(method))).toEqual(['KEY_REVOKED'])
})

it.each([
  {},
  { revoked: null },
  { revoked: '2036-10-01T00:00:00Z' },
  { expires: null },
  { expires: '2036-01-01T00:00:00Z' },
  { expires: '2026-11-22T11:59:00Z' },
])('%j is good', async (method) => {
  expect(await judge(badge, withMethod(method))).toEqual(['valid'])
})

it('a DID that its owner deactivated signs nothing any more, whatever document is still shown', async () => {
  const answer = (deactivated: boolean) => ({
    resolve: async () => ({
      didResolutionMetadata: {},
      didDocument: didDocument(school),
      didDocumentMetadata: { deactivated },
    }),
  })
  expect(await judge(badge, { resolveDid: answer(true) })).toEqual(['KEY_REVOKED'])
  expect(await judge(badge, { resolveDid: answer(false) })).toEqual(['valid'])
})
