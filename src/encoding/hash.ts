/** SHA-256 and SHA-384 of text, at once: the platform's own where it is synchronous, JavaScript elsewhere. */

import { sha256, sha384 } from '@noble/hashes/sha2'
import { bytesToHex } from '@noble/hashes/utils'

/** The hash functions of the supported cryptosuites. */
export type Digest = 'SHA-256' | 'SHA-384'

interface NodeCrypto {
  hash?(algorithm: string, data: string, encoding: 'hex'): string
  hash?(algorithm: string, data: string, encoding: 'buffer'): Uint8Array
}

const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }
const hash = (process?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined)?.hash
const names = { 'SHA-256': 'sha256', 'SHA-384': 'sha384' } as const
const noble = { 'SHA-256': sha256, 'SHA-384': sha384 } as const

const encoder = new TextEncoder()

/** The hash of the text's UTF-8 bytes, in lower-case hexadecimal. */
export const hashHex: (digest: Digest, text: string) => string = hash
  ? (digest, text) => hash(names[digest], text, 'hex')
  : (digest, text) => bytesToHex(noble[digest](encoder.encode(text)))

/** The hash of the text's UTF-8 bytes. */
export const hashBytes: (digest: Digest, text: string) => Uint8Array = hash
  ? (digest, text) => hash(names[digest], text, 'buffer')
  : (digest, text) => noble[digest](encoder.encode(text))

/** Characters from which on the platform's own hash is faster, though it answers later. */
const LONG = 2_000

/** The same, at once or later: long text is hashed by WebCrypto where nothing else of the platform can. */
export function hashLong(digest: Digest, text: string): Uint8Array | Promise<Uint8Array> {
  const { subtle } = globalThis.crypto ?? {}
  if (hash || !subtle || text.length < LONG) return hashBytes(digest, text)
  return subtle.digest(digest, encoder.encode(text)).then((hashed) => new Uint8Array(hashed))
}
