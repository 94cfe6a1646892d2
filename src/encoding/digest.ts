/** Digests as credentials give them (VC Data Model 2.0 section 5.3): `digestSRI` and `digestMultibase`. */

import type { JsonObject } from '../types.ts'
import { fromBase64Url, fromMultibase, toHex } from './bytes.ts'
import { asArray, single } from './json.ts'

/** The hash functions that both notations have. */
export type HashName = 'sha256' | 'sha384' | 'sha512'

/** A digest, in lower-case hexadecimal. */
export interface GivenDigest {
  readonly name: HashName
  readonly hex: string
}

/** Several digests of one content may stand in one text, as in Subresource Integrity; `undefined` for each that is none. */
export function readSri(text: unknown): readonly (GivenDigest | undefined)[] {
  if (typeof text !== 'string') return [undefined]
  return text.split(/\s+/).map((each) => {
    const [, name, base64 = ''] = /^(sha256|sha384|sha512)-([A-Za-z0-9+/]{43,86}={0,2})$/.exec(each) ?? []
    return name === undefined ? undefined : { name: name as HashName, hex: hexOfBase64(base64) }
  })
}

function hexOfBase64(base64: string): string {
  const text = base64.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')
  return toHex(fromBase64Url(text) ?? new Uint8Array())
}

/** The digests that a thing or a related resource gives, in both notations. */
export function readDigests(resource: JsonObject): readonly (GivenDigest | undefined)[] {
  const sri = asArray(single(resource['digestSRI'])).flatMap(readSri)
  return [...sri, ...asArray(single(resource['digestMultibase'])).map(readDigestMultibase)]
}

/** Multihash: the number of the hash function, the length of the digest, the digest. */
const multihashes: ReadonlyMap<number | undefined, HashName> = new Map([
  [0x12, 'sha256'],
  [0x20, 'sha384'],
  [0x13, 'sha512'],
])

/** By their length, for digests that are written without the head of a multihash. */
const bare: ReadonlyMap<number | undefined, HashName> = new Map([
  [32, 'sha256'],
  [48, 'sha384'],
  [64, 'sha512'],
])

/** Reads a Multihash, or a digest alone, in Multibase; `undefined` where it is neither. */
export function readDigestMultibase(text: unknown): GivenDigest | undefined {
  const bytes = typeof text === 'string' ? fromMultibase(text) : undefined
  if (!bytes) return undefined
  const name = multihashes.get(bytes[0])
  if (name !== undefined && bytes[1] === bytes.length - 2) return { name, hex: toHex(bytes.slice(2)) }
  const alone = bare.get(bytes.length)
  return alone && { name: alone, hex: toHex(bytes) }
}
