/** Attack: the contexts of a signed badge are changed, so that its words mean something else or nothing. */

import { expect, it } from 'vitest'
import { edit, judge, plainCredential, school, signed, signedBadge } from '../helpers/fixtures.ts'

const good = await signedBadge()
const [core, badges] = good['@context'] as [string, string]

it.each([
  ['a protected term redefined', [core, badges, { name: 'https://thief.example/name' }]],
  ['a protected type redefined', [core, badges, { OpenBadgeCredential: 'https://thief.example/Badge' }]],
  ['the protected terms taken back', [core, badges, null]],
  ['the core context not first', [badges, core]],
  ['the core context by another name', ['https://www.w3.org/ns/credentials/v2#', badges]],
  ['the badge terms gone', [core]],
  ['a context of the thief by URL', [core, 'https://thief.example/context']],
  ['a context in a data URL', [core, 'data:application/ld+json,{"@context":{}}']],
  ['the words for everything', [core, { '@vocab': 'https://thief.example/' }]],
  ['another base', [core, badges, { '@base': 'https://thief.example/', '@language': 'fr' }]],
])('%s: refused', async (_name, contexts) => {
  expect(await judge(edit(good, '/@context', contexts))).not.toContain('valid')
})

it('a document that names itself as a context cannot bring one along', async () => {
  const url = 'https://thief.example/context'
  const forged = { ...edit(good, '/@context', [core, badges, url]), [url]: { '@context': {} } }
  expect(await judge(forged)).not.toContain('valid')
})

it('only the caller may replace a context, and then the words are the caller’s affair', async () => {
  const contexts = { [badges]: { '@context': { '@vocab': 'https://caller.example/' } } }
  expect(await judge(good, { contexts })).not.toContain('valid')
  expect(await judge(good)).toEqual(['valid'])
})

it('a context written in the document by its issuer, adding a term, is good', async () => {
  const inline = plainCredential({
    '@context': [core, { shoeSize: 'https://school.example/terms#shoeSize' }],
    credentialSubject: { id: 'did:example:1', shoeSize: 43 },
  })
  const credential = await signed(inline, school)
  expect(await judge(credential)).toEqual(['valid'])
  expect(await judge(edit(credential, '/@context/1/shoeSize', 'https://school.example/terms#age'))).toEqual([
    'PROOF_INVALID',
  ])
})
