/** What every loader of contexts must do: find, say that there is none, and throw where it could not find out. */

import { createDocumentLoader, type DocumentLoader, type JsonObject } from 'testamur'
import { describe, expect, it } from 'vitest'
import { bundledLoader, judge, plainCredential, signed } from '../helpers/fixtures.ts'

const url = 'https://school.example/context'
const document: JsonObject = { '@context': { shoeSize: 'https://school.example/#shoeSize' } }
const core = 'https://www.w3.org/ns/credentials/v2'

const loaders: readonly (readonly [string, DocumentLoader])[] = [
  ['documents as an object', createDocumentLoader({ documents: { [url]: document } })],
  ['documents as a Map', createDocumentLoader({ documents: new Map([[url, document]]) })],
  ['a fallback', createDocumentLoader({ fallback: async (asked) => (asked === url ? document : undefined) })],
  ['a plain function', async (asked) => (asked === url ? document : bundledLoader(asked))],
]

describe.each(loaders)('%s', (_name, load) => {
  it('finds what was given and what is bundled', async () => {
    expect(await load(url)).toEqual(document)
    expect(await load(core)).toHaveProperty('@context')
  })

  it('answers the same each time', async () => {
    expect(await load(url)).toEqual(await load(url))
    expect(await load(core)).toBe(await load(core))
  })

  it.each(['https://nobody.example/', '', 'constructor', '__proto__', `${core}#`, `${core}/`])(
    'has none for %j',
    async (unknown) => {
      expect(await load(unknown)).toBeUndefined()
    },
  )

  it('serves verify', async () => {
    const credential = await signed(
      plainCredential({
        '@context': [core, document['@context']],
        credentialSubject: { id: 'did:example:1', shoeSize: 43 },
      }),
    )
    const byUrl = { ...credential, '@context': [core, url] }
    expect(await judge(byUrl, { loadDocument: load })).toEqual(['valid'])
    expect(await judge(byUrl)).toEqual(['CONTEXT_UNKNOWN'])
  })
})

describe('a loader in trouble', () => {
  it('leaves the credential undecided', async () => {
    const credential = await signed(plainCredential())
    const loadDocument = () => Promise.reject(new Error('the line is down'))
    expect(await judge({ ...credential, '@context': [core, url] }, { loadDocument })).toEqual(['CONTEXT_UNKNOWN'])
    expect(await judge(credential, { loadDocument })).toEqual(['valid'])
  })

  it('that brings something else than a context is not believed', async () => {
    const credential = await signed(plainCredential())
    for (const answer of [null, 7, 'context', [], { '@context': 7 }]) {
      const loadDocument = async () => answer as never
      expect(await judge({ ...credential, '@context': [core, url] }, { loadDocument })).not.toContain('valid')
    }
  })
})
