/**
 * Hashes, at once: the platform's own where it is synchronous, JavaScript elsewhere. SHA-256, which nearly all needs, comes with the package;
 * `hashes.ts` has those that are longer. On Node `#md5` is its own cryptography (`imports` in package.json), so that JavaScript which is not
 * needed there is not loaded.
 */

import { sha256 as nobleSha256 } from '@noble/hashes/sha256'
import * as legacy from '#md5'
import { toHex } from './bytes.ts'
import type { HashName } from './digest.ts'

/** A hash function: of bytes, or of the text's UTF-8 bytes. */
export interface Hash {
  bytes(data: string | Uint8Array): Uint8Array
  /** In lower-case hexadecimal. */
  hex(data: string | Uint8Array): string
}

interface NodeCrypto {
  /** Since Node 20.12; other platforms have it later or not at all. */
  hash?(algorithm: string, data: string | Uint8Array, encoding: 'hex'): string
  hash?(algorithm: string, data: string | Uint8Array, encoding: 'buffer'): Uint8Array
  createHash(algorithm: string): { update(data: string | Uint8Array): { digest(): Uint8Array } }
}

const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }
const node = process?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined

export const sha256: Hash = /* @__PURE__ */ platformHash('sha256') ?? /* @__PURE__ */ javaScriptHash(nobleSha256)

/** The platform's own; `undefined` where it has none that is synchronous. */
export function platformHash(name: HashName): Hash | undefined {
  if (!node) return undefined
  const { hash } = node
  if (hash) return { bytes: (data) => hash(name, data, 'buffer'), hex: (data) => hash(name, data, 'hex') }
  return withHex((data) => node.createHash(name).update(data).digest())
}

const encoder = new TextEncoder()

/** The same of a function of bytes. */
export function javaScriptHash(hash: (bytes: Uint8Array) => Uint8Array): Hash {
  return withHex((data) => hash(toBytes(data)))
}

function withHex(bytes: Hash['bytes']): Hash {
  return { bytes, hex: (data) => toHex(bytes(data)) }
}

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
  return typeof data === 'string' ? utf8Of(data) : data
}

/** Room for texts that are hashed one after the other: browsers take several times as long to make an array as to write into one. */
let room: Uint8Array<ArrayBuffer> | undefined
const ROOM = 98_304

/** The text's UTF-8 bytes, until this is called again. */
export function utf8Of(text: string): Uint8Array<ArrayBuffer> {
  if (text.length * 3 > ROOM) return encoder.encode(text)
  room ??= new Uint8Array(ROOM)
  return room.subarray(0, encoder.encodeInto(text, room).written)
}
