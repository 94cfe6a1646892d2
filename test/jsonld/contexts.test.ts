import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/encoding/canonical-json.ts'
import { bundledContext, bundledContextUrls } from '../../src/jsonld/bundled-contexts.ts'
import type { JsonValue } from '../../src/types.ts'

interface Row {
  readonly url: string
  readonly sha256: string
  readonly published: { readonly [name: string]: string }
  readonly origin: string
  readonly licence: string
}

interface Generator {
  documentOf(row: Row): Promise<unknown>
  checkManifest(rows: readonly Partial<Row & { file: string }>[], files: readonly string[]): void
  checkPin(row: Pick<Row, 'url' | 'sha256'>, document: unknown): void
}

const rows: readonly Row[] = JSON.parse(readFileSync('contexts/manifest.json', 'utf8'))
const script = new URL('../../scripts/build-contexts.mjs', import.meta.url).href
const { checkManifest, checkPin, documentOf } = (await import(script)) as Generator
const sha256 = (value: unknown) =>
  createHash('sha256')
    .update(canonicalJson(value as JsonValue))
    .digest('hex')

describe('bundled contexts', () => {
  it('are those of the manifest, each with its pin', () => {
    expect([...bundledContextUrls]).toEqual(rows.map(({ url }) => url))
    const actual = rows.map(({ url }) => ({ url, sha256: sha256(bundledContext(url)) }))
    expect(actual).toEqual(rows.map(({ url, sha256 }) => ({ url, sha256 })))
  })

  it.each(rows)('come out as they were packed, to the byte: $url', async (row) => {
    expect(JSON.stringify(bundledContext(row.url))).toBe(JSON.stringify(await documentOf(row)))
  })

  it.each([
    ['https://www.w3.org/ns/credentials/v2', 'b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf'],
    [
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      '04b1136ddc4eda9a8966bc7ef182789f233a26739473140ef75d6968c29a2966',
    ],
    [
      'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
      '7defe702c102faf14108579b7d65ef39ecf4c3bbef925b803e15bd77cd6e3394',
    ],
  ])('hold the published %s', (url, pin) => {
    expect(sha256(bundledContext(url))).toBe(pin)
  })

  it('are frozen, and one object each', () => {
    const document = bundledContext('https://www.w3.org/ns/credentials/v2')
    expect(Object.isFrozen(document?.['@context'])).toBe(true)
    expect(bundledContext('https://www.w3.org/ns/credentials/v2')).toBe(document)
  })

  it.each(['constructor', '__proto__', 'https://www.w3.org/ns/credentials/v3', ''])('know nothing of %j', (url) => {
    expect(bundledContext(url)).toBeUndefined()
  })

  it('are what the generator would write', () => {
    expect(execFileSync(process.execPath, ['scripts/build-contexts.mjs', '--check']).toString()).toBe('')
  })
})

describe('the generator', () => {
  const row = {
    url: 'https://example.org/c',
    sha256: sha256({ '@context': {} }),
    published: { sha256: 'a'.repeat(64), sha384: 'b'.repeat(96), sha512: 'c'.repeat(128) },
    origin: 'written out',
    licence: 'MIT',
  }

  it('names url, expected and actual hash of a document that is not the pinned one', () => {
    expect(() => checkPin(row, { '@context': {} })).not.toThrow()
    const other = { '@context': { a: null } }
    const refusal = () => checkPin(row, other)
    for (const part of [row.url, row.sha256, sha256(other)]) expect(refusal).toThrow(part)
  })

  it.each([
    ['a url twice', [row, { ...row, sha256: 'a'.repeat(64) }], []],
    ['a pin twice', [row, { ...row, url: 'https://example.org/d' }], []],
    ['no pin', [{ ...row, sha256: '' }], []],
    ['no digest', [{ ...row, published: {} }], []],
    ['a pin in capitals', [{ ...row, sha256: row.sha256.toUpperCase().replace(/\d/g, 'A') }], []],
    ['no licence', [{ ...row, licence: '' }], []],
    ['a file of no row', [row], ['stray.json']],
  ])('refuses a manifest with %s', (_, given, files) => {
    expect(() => checkManifest(given, files)).toThrow()
  })
})

const manifest = '../shared/oracle/contexts/MANIFEST.json'
describe.skipIf(!existsSync(manifest))('the published contexts (skipped where the oracle folder is absent)', () => {
  it('are JSON-equal to the bundled ones, and have the digests of the manifest', () => {
    const published: readonly { readonly url: string | null; readonly file: string }[] = JSON.parse(
      readFileSync(manifest, 'utf8'),
    )
    for (const { url, sha256: pin, published: digests } of rows) {
      const file = published.find((entry) => entry.url === url)?.file
      expect(file, url).toBeDefined()
      const bytes = readFileSync(`../shared/oracle/contexts/${file}`)
      expect(sha256(JSON.parse(bytes.toString())), url).toBe(pin)
      for (const name of ['sha256', 'sha384', 'sha512']) {
        expect(createHash(name).update(bytes).digest('hex'), url).toBe(digests[name])
      }
    }
  })
})
