import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type CanonizeOptions, countFallBacks, canonize as walked } from '../../src/jsonld/canonize.ts'
import { UnavailableContextError, UnknownContextError } from '../../src/jsonld/context-errors.ts'
import { canonizeWithLibrary as canonize } from '../../src/jsonld/library.ts'
import { createDocumentLoader } from '../../src/jsonld/loader.ts'
import type { JsonObject } from '../../src/types.ts'
import { leaveNode, returnToNode } from '../helpers/leave-node.ts'

const v2 = 'https://www.w3.org/ns/credentials/v2'
const loadDocument = createDocumentLoader()
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const cred = 'https://www.w3.org/2018/credentials#'
const xsd = 'http://www.w3.org/2001/XMLSchema#'

/** The text that the walk and the library agree on. */
async function both(document: JsonObject, options: CanonizeOptions): Promise<string> {
  const before = countFallBacks()
  const text = await walked(document, options)
  expect(countFallBacks()).toBe(before)
  expect(await canonize(document, options)).toBe(text)
  return text
}

describe('canonical N-Quads written by hand', () => {
  it('of a credential', async () => {
    const document = {
      '@context': v2,
      id: 'urn:uuid:6d0e5a33-7a5e-4a43-a7ae-1d0b7d1f2c11',
      type: 'VerifiableCredential',
      issuer: 'did:example:school',
      validFrom: '2026-06-30T12:00:00Z',
      credentialSubject: { id: 'did:example:learner' },
      name: 'Bachelor "of" Arts',
    }
    const id = `<${document.id}>`
    expect(await both(document, { loadDocument })).toBe(
      `${id} <${rdf}type> <${cred}VerifiableCredential> .\n` +
        `${id} <https://schema.org/name> "Bachelor \\"of\\" Arts" .\n` +
        `${id} <${cred}credentialSubject> <did:example:learner> .\n` +
        `${id} <${cred}issuer> <did:example:school> .\n` +
        `${id} <${cred}validFrom> "2026-06-30T12:00:00Z"^^<${xsd}dateTime> .\n`,
    )
  })

  it('of numbers, languages, directions and lists', async () => {
    const document = {
      '@context': {
        '@vocab': 'https://example.org/',
        items: { '@container': '@list' },
        he: { '@language': 'he', '@direction': 'rtl' },
      },
      '@id': 'https://example.org/1',
      credits: 4.5,
      count: 12,
      done: true,
      he: 'שלום',
      title: { '@value': 'Titel', '@language': 'DE' },
      items: ['one'],
    }
    const id = '<https://example.org/1>'
    expect(await both(document, { loadDocument })).toBe(
      `${id} <https://example.org/count> "12"^^<${xsd}integer> .\n` +
        `${id} <https://example.org/credits> "4.5E0"^^<${xsd}double> .\n` +
        `${id} <https://example.org/done> "true"^^<${xsd}boolean> .\n` +
        `${id} <https://example.org/he> "שלום"^^<https://www.w3.org/ns/i18n#he_rtl> .\n` +
        `${id} <https://example.org/items> _:c14n0 .\n` +
        `${id} <https://example.org/title> "Titel"@de .\n` +
        `_:c14n0 <${rdf}first> "one" .\n` +
        `_:c14n0 <${rdf}rest> <${rdf}nil> .\n`,
    )
  })

  it('of a named graph around a blank node', async () => {
    const document = {
      '@context': { holds: { '@id': 'https://example.org/holds', '@container': '@graph' }, p: 'https://example.org/p' },
      '@id': 'https://example.org/1',
      holds: { '@id': 'https://example.org/2', p: 'x' },
    }
    expect(await both(document, { loadDocument })).toBe(
      '<https://example.org/1> <https://example.org/holds> _:c14n0 .\n' +
        '<https://example.org/2> <https://example.org/p> "x" _:c14n0 .\n',
    )
  })

  it('does not depend on the order of members', async () => {
    const one = { '@context': v2, id: 'urn:x:1', type: 'VerifiableCredential', name: 'n', issuer: 'did:example:1' }
    const other = Object.fromEntries(Object.entries(one).reverse())
    expect(await both(other, { loadDocument })).toBe(await both(one, { loadDocument }))
  })
})

describe('what cannot be canonicalised', () => {
  const refused = async (document: unknown, loader = loadDocument): Promise<unknown> =>
    canonize(document as JsonObject, { loadDocument: loader }).then(
      () => 'accepted',
      (error: unknown) => error,
    )

  it('an unknown context has an error of its own', async () => {
    const error = await refused({ '@context': [v2, 'https://example.org/c'], type: 'VerifiableCredential' })
    expect(error).toBeInstanceOf(UnknownContextError)
    expect(error).toMatchObject({
      url: 'https://example.org/c',
      message: expect.stringContaining('https://example.org/c'),
    })
  })

  it('so has one that hides in a scoped context', async () => {
    const context = { t: { '@id': 'https://example.org/t', '@context': 'https://example.org/scoped' } }
    expect(await refused({ '@context': context, t: 'x' })).toMatchObject({
      name: 'UnknownContextError',
      url: 'https://example.org/scoped',
    })
  })

  it('and one that the loader could not find out about, with its cause', async () => {
    const cause = new Error('offline')
    const error = await refused({ '@context': 'https://example.org/c', a: 'x' }, async () => {
      throw cause
    })
    expect(error).toBeInstanceOf(UnavailableContextError)
    expect(error).toMatchObject({ url: 'https://example.org/c', cause })
  })

  it.each<[string, unknown]>([
    ['an undefined term', { '@context': v2, id: 'urn:x:1', type: 'VerifiableCredential', nickname: 'x' }],
    ['a relative id', { '@context': v2, id: '123', type: 'VerifiableCredential' }],
    ['nothing at all', {}],
    ['a list', []],
    ['text, which is not a URL to fetch', 'https://www.w3.org/ns/credentials/v2'],
    ['null', null],
    [
      'a member named __proto__',
      JSON.parse('{"@id":"urn:x:1","__proto__":{"@context":{"a":"https://example.org/a"}},"a":"x"}'),
    ],
  ])('%s', async (_, document) => {
    const error = await refused(document)
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(UnknownContextError)
  })

  it('a document that is too deep, quickly', async () => {
    let document: JsonObject = { '@id': 'urn:x:1' }
    for (let level = 0; level < 10_000; level += 1) document = { 'https://example.org/p': document }
    expect(await refused(document)).toMatchObject({ message: expect.stringContaining('deeper') })
  })

  it('a graph of blank nodes that all look alike', { timeout: 30_000 }, async () => {
    const nodes = Array.from({ length: 12 }, (_, index) => `_:n${index}`)
    const graph = nodes.map((id) => ({
      '@id': id,
      'https://example.org/p': nodes.filter((other) => other !== id).map((other) => ({ '@id': other })),
    }))
    expect(await refused({ '@graph': graph })).toBeInstanceOf(Error)
  })

  it('contexts that apply each other for ever', async () => {
    const url = 'https://example.org/loop'
    const loop = createDocumentLoader({
      documents: { [url]: { '@context': { t: { '@id': 'urn:x:t', '@context': [url] } } } },
    })
    expect(await refused({ '@context': url, t: { t: 'x' } }, loop)).toMatchObject({
      message: expect.stringContaining('end'),
    })
  })

  it('contexts that multiply', async () => {
    const url = (level: number) => `https://example.org/${level}`
    const documents = Object.fromEntries(
      Array.from({ length: 9 }, (_, level) => [
        url(level),
        { '@context': level === 8 ? {} : Array(10).fill(url(level + 1)) },
      ]),
    )
    expect(await refused({ '@context': url(0), '@id': 'urn:x:1' }, createDocumentLoader({ documents }))).toBeInstanceOf(
      Error,
    )
  })
})

describe('one caller never sees the context of another', () => {
  const url = 'https://www.w3.org/ns/credentials/examples/v2'
  const document = { '@context': [v2, url], id: 'urn:x:1', type: 'VerifiableCredential', honour: 'first' }
  const meaning = (base: string) => `<urn:x:1> <${base}honour> "first" .`
  const other = createDocumentLoader({ documents: { [url]: { '@context': { '@vocab': 'https://evil.example/' } } } })
  const expectOwn = async () =>
    expect(await canonize(document, { loadDocument })).toContain(meaning('https://www.w3.org/ns/credentials/examples#'))
  const expectOther = async () =>
    expect(await canonize(document, { loadDocument: other })).toContain(meaning('https://evil.example/'))

  it('in either order', async () => {
    await expectOther()
    await expectOwn()
    await expectOther()
    await expectOwn()
  })

  it('at the same time', async () => {
    await Promise.all([expectOwn(), expectOther(), expectOwn(), expectOther()])
  })

  it('when a loader changes its mind, or its document', async () => {
    const mine = { '@context': { honour: 'https://one.example/honour' } }
    const load = async (asked: string) => (asked === url ? mine : loadDocument(asked))
    expect(await canonize(document, { loadDocument: load })).toContain(meaning('https://one.example/'))
    mine['@context'].honour = 'https://two.example/honour'
    expect(await canonize(document, { loadDocument: load })).toContain(meaning('https://two.example/'))
    await expectOwn()
  })

  it('through a scoped context given by URL', async () => {
    const scoped = 'https://example.org/scoped'
    const holder = { '@context': { t: { '@id': 'urn:x:t', '@context': scoped } } }
    const at = (base: string) =>
      createDocumentLoader({
        documents: { [scoped]: { '@context': { a: `${base}a` } }, 'https://example.org/holder': holder },
      })
    const nested = { '@context': 'https://example.org/holder', '@id': 'urn:x:1', t: { '@id': 'urn:x:2', a: 'x' } }
    expect(await canonize(nested, { loadDocument: at('https://one.example/') })).toContain('<https://one.example/a>')
    expect(await canonize(nested, { loadDocument: at('https://two.example/') })).toContain('<https://two.example/a>')
  })

  it('when a stranger imports a bundled context', async () => {
    const plain = { '@context': v2, id: 'urn:x:1', type: 'VerifiableCredential' }
    const importing = {
      '@context': { '@import': v2, extra: 'urn:x:extra' },
      id: 'urn:x:1',
      type: 'VerifiableCredential',
      extra: 'x',
    }
    const expected = `<urn:x:1> <${rdf}type> <${cred}VerifiableCredential> .\n`
    expect(await canonize(importing, { loadDocument })).toBe(`${expected}<urn:x:1> <urn:x:extra> "x" .\n`)
    expect(await canonize(plain, { loadDocument })).toBe(expected)
    expect(await canonize(importing, { loadDocument })).toContain('urn:x:extra')
  })
})

const sha = (text: string, algorithm = 'sha256') => createHash(algorithm).update(text).digest('hex')

describe('published figures', () => {
  /** Data Integrity EdDSA Cryptosuites 1.0, appendix B.1, "Alumni Credential". */
  const alumni = {
    '@context': [v2, 'https://www.w3.org/ns/credentials/examples/v2'],
    id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
    type: ['VerifiableCredential', 'AlumniCredential'],
    name: 'Alumni Credential',
    description: 'A minimum viable example of an Alumni Credential.',
    issuer: 'https://vc.example/issuers/5678',
    validFrom: '2023-01-01T00:00:00Z',
    credentialSubject: { id: 'did:example:abcdefgh', alumniOf: 'The School of Examples' },
  }

  it('the document hash of the EdDSA example', async () => {
    const expected = '517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017'
    expect(sha(await both(alumni, { loadDocument }))).toBe(expected)
  })

  it('the proof options hash of the EdDSA example', async () => {
    const key = 'did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2'
    const options = {
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      created: '2023-02-24T23:36:38Z',
      verificationMethod: `${key}#${key.slice(8)}`,
      proofPurpose: 'assertionMethod',
      '@context': alumni['@context'],
    }
    const expected = 'bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0'
    expect(sha(await both(options, { loadDocument }))).toBe(expected)
  })
})

describe('SHA-384', () => {
  it('orders blank nodes by another hash', async () => {
    const person = (name: string) => ({ 'https://example.org/name': name })
    const documents = Array.from({ length: 8 }, (_, index) => ({
      '@graph': [person(`a${index}`), person(`b${index}`)],
    }))
    const pairs = await Promise.all(
      documents.map(async (document) => [
        await canonize(document, { loadDocument }),
        await canonize(document, { loadDocument, digest: 'SHA-384' }),
      ]),
    )
    expect(pairs.some(([one, other]) => one !== other)).toBe(true)
    for (const [one, other] of pairs)
      expect(one?.replaceAll(/c14n\d/g, '')).toHaveLength(other?.replaceAll(/c14n\d/g, '').length ?? 0)
  })
})

const oracle = '../shared/oracle'
const readText = (path: string) => readFileSync(`${oracle}/${path}`, 'utf8').trim()
const readObject = (path: string) => JSON.parse(readText(path)) as JsonObject
const unsecured = (path: string): JsonObject => {
  const { proof: _, ...document } = readObject(path)
  return document
}

describe.skipIf(!existsSync(oracle))('published vectors (skipped where the oracle folder is absent)', () => {
  const eddsa = 'vectors/vc-di-eddsa'
  const ecdsa = 'vectors/vc-di-ecdsa'

  it.each([
    ['EdDSA document', `${eddsa}/unsigned.json`, `${eddsa}/eddsa-rdfc-2022/canonDocDataInt.txt`],
    [
      'EdDSA proof',
      `${eddsa}/eddsa-rdfc-2022/proofConfigDataInt.json`,
      `${eddsa}/eddsa-rdfc-2022/proofCanonDataInt.txt`,
    ],
    [
      '2020 document',
      `${eddsa}/Ed25519Signature2020/signedEdSig.json`,
      `${eddsa}/Ed25519Signature2020/canonDocEdSig.txt`,
    ],
    [
      '2020 proof',
      `${eddsa}/Ed25519Signature2020/proofConfigEdSig.json`,
      `${eddsa}/Ed25519Signature2020/proofCanonEdSig.txt`,
    ],
    ['P-256 document', `${ecdsa}/unsigned.json`, `${ecdsa}/ecdsa-rdfc-2019-p256/canonDocECDSAP256.txt`],
    [
      'P-256 proof',
      `${ecdsa}/ecdsa-rdfc-2019-p256/proofConfigECDSAP256.json`,
      `${ecdsa}/ecdsa-rdfc-2019-p256/proofCanonECDSAP256.txt`,
    ],
    ['CLR 2.0', 'realworld/files/e0507a42243e7c6c.json', 'vectors/1edtech/clrv2p0/document-canon.txt'],
  ])('%s', async (_, source, expected) => {
    expect((await both(unsecured(source), { loadDocument })).trim()).toBe(readText(expected))
  })

  it.each([
    ['document', `${ecdsa}/unsigned.json`, `${ecdsa}/ecdsa-rdfc-2019-p384/canonDocECDSAP384.txt`],
    [
      'proof',
      `${ecdsa}/ecdsa-rdfc-2019-p384/proofConfigECDSAP384.json`,
      `${ecdsa}/ecdsa-rdfc-2019-p384/proofCanonECDSAP384.txt`,
    ],
  ])('P-384 %s', async (_, source, expected) => {
    expect((await both(unsecured(source), { loadDocument, digest: 'SHA-384' })).trim()).toBe(readText(expected))
  })

  it('Open Badges 3.0, from a sample that differs in its issuer alone', async () => {
    const issuer = {
      id: 'https://example.edu/issuers/565049',
      type: ['Profile'],
      name: 'Example Corp',
      url: 'https://www.imsglobal.org',
    }
    const document = { ...unsecured('realworld/files/88f83eff6417e447.json'), issuer }
    expect((await both(document, { loadDocument })).trim()).toBe(readText('vectors/1edtech/obv3p0/document-canon.txt'))
  })
})

describe('where there is no Node', () => {
  afterEach(returnToNode)

  it.each([1, 3, 1_200])('the text is the same for %i blank nodes', async (count) => {
    const document = {
      '@context': { '@vocab': 'https://example.org/' },
      name: 'the root',
      part: Array.from({ length: count - 1 }, (_, index) => ({ name: `ä${index}` })),
    } as unknown as JsonObject
    const expected = await walked(document, { loadDocument })
    leaveNode()
    const digest = vi.spyOn(crypto.subtle, 'digest')
    const elsewhere = await import('../../src/jsonld/canonize.ts')
    expect(await elsewhere.canonize(document, { loadDocument })).toBe(expected)
    expect(digest).toHaveBeenCalledTimes(count === 3 ? 3 : 0)
    digest.mockRestore()
  })
})
