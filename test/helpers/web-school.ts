/** A school under did:web, and a network on which its document and whatever a test adds can be found. */

import { type DidDocument, generateKey, type Key, type OnlineOptions } from 'testamur'
import type { Request } from '../../src/network/transport.ts'
import { createOnline, type Online } from '../../src/online.ts'
import { type Document, didDocument, now, plainCredential, withProof } from './fixtures.ts'
import { type FakeAnswer, fakeTransport } from './transport.ts'

export const webDid = 'did:web:school.example'
export const webDidUrl = 'https://school.example/.well-known/did.json'
export const webKey: Key = await generateKey({ seed: new Uint8Array(32).fill(9), controller: webDid })
export const webDocument: DidDocument = didDocument(webKey)

/** A credential that the school signed. */
export function webCredential(more: object = {}): Promise<Document> {
  const about = {
    id: 'urn:uuid:5f0c9a10-6f9e-4b1c-8a52-1d6d3f2f7e01',
    issuer: webDid,
    validFrom: '2026-09-01T00:00:00Z',
  }
  return withProof(plainCredential({ ...about, ...more }), webKey)
}

/** `online()` on a network that has these answers by URL, and the school's document unless they say otherwise. */
export function webOnline(
  answers: Readonly<Record<string, FakeAnswer>> = {},
  options: OnlineOptions = {},
): Online & { readonly asked: readonly Request[] } {
  const all: Readonly<Record<string, FakeAnswer>> = { [webDidUrl]: { body: webDocument }, ...answers }
  const { transport, asked } = fakeTransport(({ url }) => all[url.href])
  // Not one that `verify` would look at as an option.
  return Object.defineProperty({ ...createOnline({ now: () => now, ...options }, transport) }, 'asked', {
    value: asked,
  }) as Online & { asked: readonly Request[] }
}
