/** Attack: a context written into the document gives a word that verification decides on another meaning, or none. */

import { verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { copyOf, type Document, judge, now, plainCredential, signed, signedBadge } from '../helpers/fixtures.ts'

const good = await signedBadge({ validUntil: new Date('2027-09-01T00:00:00Z') })

function withOwn(context: object, inside?: string): Document {
  const forged = copyOf(good)
  const holder = inside === undefined ? forged : (forged[inside] as Document)
  holder['@context'] = [holder['@context'] ?? [], context].flat()
  return forged
}

describe('a context of the document', () => {
  const words = ['validUntil', 'credentialStatus', 'issuer', 'proof', 'termsOfUse', 'holder', 'expires', 'name', 'id']
  it.each(words)('that takes "%s" away is refused', async (word) => {
    expect(await judge(withOwn({ [word]: null }))).toContain('NOT_COMPACTED')
  })

  it.each(words)('that gives "%s" another meaning is refused, also within a part of it', async (word) => {
    const own = { [word]: 'https://thief.example/word' }
    expect(await judge(withOwn(own))).toContain('NOT_COMPACTED')
    expect(await judge(withOwn(own, 'credentialSubject'))).toContain('NOT_COMPACTED')
  })

  it('that says once more what a word means is a neighbour that passes, and the word is none of its own', async () => {
    const context = { name: { '@id': 'https://schema.org/name' }, voice: 'https://choir.example/terms#voice' }
    const credential = plainCredential({
      '@context': ['https://www.w3.org/ns/credentials/v2', context],
      credentialSubject: { id: 'did:example:ada', name: 'Ada', voice: 'alto' },
    })
    const report = await verify({ credential: await signed(credential), now })
    expect(report.verdict).toBe('valid')
    const notes = report.checks.flatMap((check) => check.notes ?? [])
    expect(notes).toEqual([expect.stringMatching(/words of its own.*: voice\.$/)])
  })

  it.each<[string, unknown]>([
    ['with a type', { '@id': 'https://schema.org/name', '@type': '@id' }],
    ['as a list', { '@id': 'https://schema.org/name', '@container': '@list' }],
    ['in a language', { '@id': 'https://schema.org/name', '@language': 'en' }],
    ['for another thing', { '@id': 'https://schema.org/alternateName' }],
    ['with words below it', { '@id': 'https://schema.org/name', '@context': { id: 'https://thief.example/id' } }],
    ['as a prefix', { '@id': 'https://schema.org/name', '@prefix': true }],
  ])('that says "name" once more, but %s, is refused', async (_, definition) => {
    expect(await judge(withOwn({ name: definition }))).toContain('NOT_COMPACTED')
    expect(await judge(withOwn({ name: definition }, 'credentialSubject'))).toContain('NOT_COMPACTED')
  })

  it('for the words of a thing is a neighbour that passes, with the keywords said once more', async () => {
    const licence = {
      '@id': 'https://road.example/terms#Licence',
      '@context': { id: '@id', type: '@type', expirationDate: 'https://road.example/terms#end' },
    }
    const context = { Licence: licence, licence: { '@id': 'https://road.example/terms#licence', '@type': '@id' } }
    const held = { type: 'Licence', expirationDate: '2020-01-01' }
    const credential = plainCredential({
      '@context': ['https://www.w3.org/ns/credentials/v2', context],
      credentialSubject: { id: 'did:example:ada', licence: held },
    })
    expect(await judge(await signed(credential))).toEqual(['valid'])
  })

  it('that adds a word of its own is a neighbour that passes, and the report names the word', async () => {
    const context = { voice: 'https://choir.example/terms#voice' }
    const credential = plainCredential({
      '@context': ['https://www.w3.org/ns/credentials/v2', context],
      credentialSubject: { id: 'did:example:ada', voice: 'alto' },
    })
    expect(await judge(await signed(credential))).toEqual(['valid'])
  })
})
