import { createDidResolver, type DidDocument, didWeb, didWebUrl, type JsonObject } from 'testamur'
import { describe, expect, it } from 'vitest'

describe('didWebUrl', () => {
  it.each([
    // The examples of the method's specification.
    ['did:web:w3c-ccg.github.io', 'https://w3c-ccg.github.io/.well-known/did.json'],
    ['did:web:w3c-ccg.github.io:user:alice', 'https://w3c-ccg.github.io/user/alice/did.json'],
    ['did:web:example.com%3A3000', 'https://example.com:3000/.well-known/did.json'],
    ['did:web:example.com%3A3000:user:alice', 'https://example.com:3000/user/alice/did.json'],
    ['did:web:example.com%3a3000', 'https://example.com:3000/.well-known/did.json'],
    ['did:web:School.example', 'https://School.example/.well-known/did.json'],
    ['did:web:xn--schler-6ya.example', 'https://xn--schler-6ya.example/.well-known/did.json'],
    ['did:web:1a.example', 'https://1a.example/.well-known/did.json'],
    ['did:web:localhost%3A8443', 'https://localhost:8443/.well-known/did.json'],
    ['did:web:school.example:people:ada%20l', 'https://school.example/people/ada%20l/did.json'],
    ['did:web:school.example:a.b:..c:_-', 'https://school.example/a.b/..c/_-/did.json'],
  ])('%s lies at %s', (did, url) => {
    expect(didWebUrl(did)).toBe(url)
  })

  it.each([
    '',
    'did:web:',
    'did:web',
    'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH',
    'DID:web:school.example',
    'did:web:school.example/x',
    'did:web:school.example?x',
    'did:web:school.example#key',
    'did:web:school.example:',
    'did:web:school.example::x',
    'did:web:school.example:x:',
    'did:web:school.example:..:x',
    'did:web:school.example:.:x',
    'did:web:school.example:%2e%2E:x',
    'did:web:school.example:.%2e:x',
    'did:web:school.example:a%2Fb',
    'did:web:school.example:a%5cb',
    'did:web:school.example:a%00b',
    'did:web:school.example:a%0d%0ab',
    'did:web:school.example:a%',
    'did:web:school.example:a%zz',
    'did:web:school.example:%ff',
    'did:web:school.example:a b',
    'did:web:school.example%3A',
    'did:web:school.example%3A0',
    'did:web:school.example%3A08443',
    'did:web:school.example%3A65536',
    'did:web:school.example%3A999999',
    'did:web:school.example%2Fx',
    'did:web:school.example%40other.example',
    'did:web:ada@school.example',
    'did:web:-school.example',
    'did:web:school-.example',
    'did:web:school..example',
    'did:web:.example',
    'did:web:school.example.',
    'did:web:schüler.example',
    'did:web:127.0.0.1',
    'did:web:127.0.0.1%3A8443',
    'did:web:2130706433',
    'did:web:0x7f.1',
    'did:web:0177.0.0.1',
    'did:web:127.1',
    'did:web:%31%32%37.0.0.1',
    'did:web:school.0x7f',
    'did:web:school.1',
    'did:web:[::1]',
    'did:web:%5B%3A%3A1%5D',
    `did:web:${'a'.repeat(64)}.example`,
    `did:web:${'abc.'.repeat(63)}example`,
    `did:web:school.example:${'a'.repeat(1100)}`,
  ])('%s is none', (did) => {
    expect(didWebUrl(did)).toBeUndefined()
  })

  it('has nothing for what is no text', () => {
    expect(didWebUrl(undefined as never)).toBeUndefined()
  })
})

describe('didWeb', () => {
  const did = 'did:web:school.example:staff'
  const place = 'https://school.example/staff/did.json'
  const resolverOf = (answer: unknown) => didWeb({ fetchJson: async () => answer })

  it('fetches the document from its place, and hands the signal on', async () => {
    const asked: unknown[] = []
    const { signal } = new AbortController()
    const resolve = createDidResolver({
      web: didWeb({
        fetchJson: async (...call) => {
          asked.push(call)
          return { id: did }
        },
      }),
    })
    expect(await resolve(did, { signal })).toEqual({ id: did })
    expect(asked).toEqual([[place, { signal }]])
  })

  it('keeps "there is none" apart from "could not find out"', async () => {
    expect(await resolverOf(undefined)(did)).toBeUndefined()
    const failing = didWeb({ fetchJson: async () => Promise.reject(new Error('the server is down')) })
    await expect(failing(did)).rejects.toThrow('the server is down')
  })

  it.each(['did:web:127.0.0.1', 'did:web:school.example:..', 'did:key:z6Mk'])('does not ask for %s', async (other) => {
    const resolve = didWeb({ fetchJson: async () => expect.unreachable('nothing may be fetched') })
    expect(await resolve(other)).toBeUndefined()
  })

  it.each([
    { id: 'did:web:school.example' },
    { id: 'did:web:school.example:Staff' },
    { id: 'did:web:school.example%3A443:staff' },
    { id: `${did}#` },
    { id: [did] },
    {},
  ])('refuses %j as the document of another', async (document) => {
    await expect(resolverOf(document)(did)).rejects.toThrow(
      `${place}: the document is that of another DID; its "id" should be ${did}`,
    )
  })

  it.each([null, 7, [], [{ id: did }], '<html>', '"text"'])('refuses %j', async (answer) => {
    await expect(resolverOf(answer)(did)).rejects.toThrow(/the DID document cannot be read/)
  })

  it('refuses a document beyond the limits', async () => {
    let deep: JsonObject = { id: did }
    for (let level = 0; level < 200; level += 1) deep = { id: did, deep }
    await expect(resolverOf(deep)(did)).rejects.toThrow(/cannot be read.*nested deeper/)
  })

  it('copies the document, and gives the text of one its meaning', async () => {
    const document = { id: did, verificationMethod: [] as object[] }
    const found = (await resolverOf(document)(did)) as DidDocument
    document.verificationMethod.push({})
    expect(found.verificationMethod).toEqual([])
    expect(Object.isFrozen(found.verificationMethod)).toBe(true)
    expect(await resolverOf(JSON.stringify({ id: did }))(did)).toEqual({ id: did })
  })
})
