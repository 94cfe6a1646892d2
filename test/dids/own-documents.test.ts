import { expect, it } from 'vitest'
import { rememberOwn } from '../../src/dids/own-documents.ts'

it('the documents of the last thousand identifiers are kept, and "there is none" is asked anew', () => {
  const asked: string[] = []
  const documentFor = rememberOwn((did) => {
    asked.push(did)
    return did === 'did:example:none' ? undefined : { id: did }
  })
  const first = documentFor('did:example:first')
  expect(documentFor('did:example:first')).toBe(first)
  for (let index = 1; index < 1000; index += 1) documentFor(`did:example:${index}`)
  expect(documentFor('did:example:first')).toBe(first)
  documentFor('did:example:1000')
  expect(documentFor('did:example:999')).toEqual({ id: 'did:example:999' })
  expect(asked).toHaveLength(1001)
  expect(documentFor('did:example:first')).not.toBe(first)
  expect([documentFor('did:example:none'), documentFor('did:example:none')]).toEqual([undefined, undefined])
  expect(asked.slice(1001)).toEqual(['did:example:first', 'did:example:none', 'did:example:none'])
})
