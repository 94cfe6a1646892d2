/** The hash function of a cryptosuite, by its name: at once where that can be, else when it is loaded. */

import { toHex } from './bytes.ts'
import { type Hash, platformHash, sha256, utf8Of } from './hash.ts'

/** The hash functions of the supported cryptosuites. */
export type Digest = 'SHA-256' | 'SHA-384'

const sha384 = /* @__PURE__ */ platformHash('sha384')

export function hashOf(digest: Digest): Hash | Promise<Hash> {
  return digest === 'SHA-256' ? sha256 : (sha384 ?? import('./hashes.ts').then(({ hashes }) => hashes.sha384))
}

/** Characters from which on the platform's own hash is faster, though it answers later. */
const LONG = 300

/** WebCrypto, where nothing else of the platform hashes. */
function findSubtle(): SubtleCrypto | undefined {
  return sha384 ? undefined : globalThis.crypto?.subtle
}

/** The hash of text: long text is hashed by WebCrypto where nothing else of the platform can. */
export function hashText(digest: Digest, text: string): Uint8Array | Promise<Uint8Array> {
  const subtle = findSubtle()
  if (subtle && text.length >= LONG) return digestBy(subtle, digest, text).then(bytesOf)
  const hash = hashOf(digest)
  return hash instanceof Promise ? hash.then(({ bytes }) => bytes(text)) : hash.bytes(text)
}

/** The hashes of many texts, in hexadecimal. */
export type HashMany = (texts: readonly string[]) => Promise<readonly string[]>

/** By WebCrypto, all together, where nothing else of the platform can: in less than half the time of JavaScript. */
export function manyHashOf(digest: Digest): HashMany | undefined {
  const subtle = findSubtle()
  if (!subtle) return undefined
  return async (texts) => {
    const hashed = await Promise.all(texts.map((text) => digestBy(subtle, digest, text)))
    return hashed.map((each) => toHex(bytesOf(each)))
  }
}

/** WebCrypto takes a copy of the bytes before it returns. */
function digestBy(subtle: SubtleCrypto, digest: Digest, text: string): Promise<ArrayBuffer> {
  return subtle.digest(digest, utf8Of(text))
}

function bytesOf(buffer: ArrayBuffer): Uint8Array {
  return new Uint8Array(buffer)
}
