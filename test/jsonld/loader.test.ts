import { describe, expect, it, vi } from 'vitest'
import { createDocumentLoader, type DocumentLoaderOptions } from '../../src/jsonld/loader.ts'

const url = 'https://www.w3.org/ns/credentials/v2'
const own = 'https://example.org/context'
const document = { '@context': { name: 'https://example.org/name' } }

describe('createDocumentLoader', () => {
  it('knows the bundled contexts and nothing else', async () => {
    const load = createDocumentLoader()
    expect(await load(url)).toHaveProperty('@context')
    expect(await load(own)).toBeUndefined()
    for (const name of ['constructor', '__proto__', 'toString', '']) expect(await load(name)).toBeUndefined()
  })

  it('asks documents, then the bundle, then the fallback', async () => {
    const fallback = vi.fn(async (asked: string) => (asked === own ? { '@context': {} } : undefined))
    const load = createDocumentLoader({ documents: { [url]: document }, fallback })
    expect(await load(url)).toEqual(document)
    expect(await load('https://www.w3.org/2018/credentials/v1')).toHaveProperty('@context')
    expect(fallback).not.toHaveBeenCalled()
    const { signal } = new AbortController()
    expect(await load(own, { signal })).toEqual({ '@context': {} })
    expect(fallback).toHaveBeenCalledWith(own, { signal })
    expect(await load('https://example.org/other')).toBeUndefined()
  })

  it('takes a Map as well', async () => {
    expect(await createDocumentLoader({ documents: new Map([[own, document]]) })(own)).toEqual(document)
  })

  it('lets a fallback throw', async () => {
    const load = createDocumentLoader({
      fallback: async () => {
        throw new Error('offline')
      },
    })
    await expect(load(own)).rejects.toThrow('offline')
  })

  it('copies the documents, so that later changes are not seen', async () => {
    const mine = structuredClone(document)
    const documents = { [own]: mine }
    const load = createDocumentLoader({ documents })
    mine['@context'].name = 'https://example.org/changed'
    Reflect.deleteProperty(documents, own)
    expect(await load(own)).toEqual(document)
  })

  it.each([
    ['documents that are no map', { documents: [document] }],
    ['documents that are text', { documents: url }],
    ['a document that is null', { documents: { [own]: null } }],
    ['a document that is a list', { documents: { [own]: [document] } }],
    ['a document without @context', { documents: { [own]: { name: 'x' } } }],
    ['a document that only inherits @context', { documents: { [own]: Object.create(document) } }],
    ['a document that is no JSON', { documents: new Map([[own, { '@context': { name: 1n } }]]) }],
    ['a fallback that is no function', { fallback: {} }],
  ])('refuses %s', (_, options) => {
    expect(() => createDocumentLoader(options as unknown as DocumentLoaderOptions)).toThrow(
      expect.objectContaining({ name: 'CredentialError', code: 'OPTION_INVALID' }),
    )
  })
})
