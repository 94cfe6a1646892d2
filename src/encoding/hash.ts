/**
 * Hashes, at once: the platform's own where it is synchronous, JavaScript elsewhere. On Node `#sha2` and `#md5` are its own cryptography
 * (`imports` in package.json), so that JavaScript which is not needed there is not loaded.
 */

import * as legacy from '#md5'
import * as sha2 from '#sha2'
import { toHex } from './bytes.ts'

/** The hash functions of the supported cryptosuites. */
export type Digest = 'SHA-256' | 'SHA-384'

/** With those of digests of content (VC Data Model 2.0 section 5.3). */
export type HashFunction = Digest | 'SHA-512'

interface NodeCrypto {
  /** Since Node 20.12; other platforms have it later or not at all. */
  hash?(algorithm: string, data: string | Uint8Array, encoding: 'hex'): string
  hash?(algorithm: string, data: string | Uint8Array, encoding: 'buffer'): Uint8Array
  createHash(algorithm: string): { update(data: string | Uint8Array): { digest(): Uint8Array } }
}

const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }
const node = process?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined
const hash = node?.hash
const names = { 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' } as const
const noble = { 'SHA-256': sha2.sha256, 'SHA-384': sha2.sha384, 'SHA-512': sha2.sha512 } as const

const encoder = new TextEncoder()

/** The hash of bytes, or of the text's UTF-8 bytes, in lower-case hexadecimal. */
export const hashHex: (name: HashFunction, data: string | Uint8Array) => string = hash
  ? (name, data) => hash(names[name], data, 'hex')
  : (name, data) => toHex(hashBytes(name, data))

/** The hash of bytes, or of the text's UTF-8 bytes. */
export const hashBytes: (name: HashFunction, data: string | Uint8Array) => Uint8Array = hash
  ? (name, data) => hash(names[name], data, 'buffer')
  : node
    ? (name, data) => node.createHash(names[name]).update(data).digest()
    : (name, data) => noble[name](toBytes(data))

/** MD5, which old records have, in lower-case hexadecimal; `undefined` on a platform that forbids it. */
export function md5Hex(text: string): string | undefined {
  if (!node) return toHex(legacy.md5(toBytes(text)))
  try {
    return toHex(node.createHash('md5').update(text).digest())
  } catch {
    return undefined
  }
}

function toBytes(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? encoder.encode(data) : data
}

/** Characters from which on the platform's own hash is faster, though it answers later. */
const LONG = 2_000

/** The same, at once or later: long text is hashed by WebCrypto where nothing else of the platform can. */
export function hashLong(digest: Digest, text: string): Uint8Array | Promise<Uint8Array> {
  const { subtle } = globalThis.crypto ?? {}
  if (node || !subtle || text.length < LONG) return hashBytes(digest, text)
  return subtle.digest(digest, encoder.encode(text)).then((hashed) => new Uint8Array(hashed))
}
