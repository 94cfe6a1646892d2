/** Attack: a context written into the document gives a word that verification decides on another meaning, or none. */

import { describe, expect, it } from 'vitest'
import { copyOf, type Document, judge, plainCredential, signed, signedBadge } from '../helpers/fixtures.ts'

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

  it('for the words of a thing of its own is a neighbour that passes, with the keywords said once more', async () => {
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
