/** The hash function of a cryptosuite, by its name: at once where that can be, else when it is loaded. */

import { type Hash, platformHash, sha256, utf8Of } from './hash.ts'

/** The hash functions of the supported cryptosuites. */
export type Digest = 'SHA-256' | 'SHA-384'

const sha384 = /* @__PURE__ */ platformHash('sha384')

export function hashOf(digest: Digest): Hash | Promise<Hash> {
  return digest === 'SHA-256' ? sha256 : (sha384 ?? import('./hashes.ts').then(({ hashes }) => hashes.sha384))
}

/** Characters from which on the platform's own hash is faster, though it answers later. */
const LONG = 2_000

/** The hash of text: long text is hashed by WebCrypto where nothing else of the platform can. */
export function hashText(digest: Digest, text: string): Uint8Array | Promise<Uint8Array> {
  const { subtle } = globalThis.crypto ?? {}
  if (!sha384 && subtle && text.length >= LONG) {
    // It takes a copy of the bytes before it returns.
    return subtle.digest(digest, utf8Of(text)).then((hashed) => new Uint8Array(hashed))
  }
  const hash = hashOf(digest)
  return hash instanceof Promise ? hash.then(({ bytes }) => bytes(text)) : hash.bytes(text)
}
