/** Keys as Multikey text: a multicodec prefix before the raw bytes, in base58btc (Controlled Identifiers 1.0 section 2.2.2). */

import { fromMultibase, toBase58Multibase } from './bytes.ts'

/** Multicodec codes of the keys this package signs and verifies with. */
export type KeyCodec = 'Ed25519' | 'P-256' | 'P-384' | 'Bls12381G2'

interface Codec {
  readonly name: KeyCodec
  readonly publicPrefix: readonly [number, number]
  readonly secretPrefix: readonly [number, number]
  readonly publicLength: number
  readonly secretLength: number
}

/** The prefixes are the varints of the multicodec table: 0xed, 0x1200, 0x1201, 0xeb public and 0x1300, 0x1306, 0x1307, 0x130a secret. */
const codecs: readonly Codec[] = [
  { name: 'Ed25519', publicPrefix: [0xed, 0x01], secretPrefix: [0x80, 0x26], publicLength: 32, secretLength: 32 },
  { name: 'P-256', publicPrefix: [0x80, 0x24], secretPrefix: [0x86, 0x26], publicLength: 33, secretLength: 32 },
  { name: 'P-384', publicPrefix: [0x81, 0x24], secretPrefix: [0x87, 0x26], publicLength: 49, secretLength: 48 },
  { name: 'Bls12381G2', publicPrefix: [0xeb, 0x01], secretPrefix: [0x8a, 0x26], publicLength: 96, secretLength: 32 },
]

/** A kind of public key that Multikey text can hold, also one that nothing is verified with here. */
export interface PublicCodec {
  readonly publicPrefix: readonly [number, number]
  /** Bytes after the prefix; absent where they differ. */
  readonly publicLength?: number
  /** What such a key is for. */
  readonly use: 'signature' | 'agreement'
}

const others: readonly PublicCodec[] = [
  { publicPrefix: [0xe7, 0x01], publicLength: 33, use: 'signature' }, // secp256k1
  { publicPrefix: [0xea, 0x01], publicLength: 48, use: 'signature' }, // BLS12-381 G1
  { publicPrefix: [0xee, 0x01], publicLength: 144, use: 'signature' }, // BLS12-381 G1 and G2
  { publicPrefix: [0x82, 0x24], publicLength: 67, use: 'signature' }, // P-521
  { publicPrefix: [0x85, 0x24], use: 'signature' }, // RSA, as RSAPublicKey in DER
  { publicPrefix: [0xec, 0x01], publicLength: 32, use: 'agreement' }, // X25519
]
const publicCodecs: readonly PublicCodec[] = [
  ...codecs.map(({ publicPrefix, publicLength }) => ({ publicPrefix, publicLength, use: 'signature' as const })),
  ...others,
]

/** The kind of key that `publicKeyMultibase` is of by its prefix, and whether it is as long as such keys are; `undefined` for no known kind. */
export function publicCodecOf(text: string): { readonly codec: PublicCodec; readonly isWhole: boolean } | undefined {
  const bytes = text.startsWith('z') ? fromMultibase(text) : undefined
  const codec = bytes && publicCodecs.find(({ publicPrefix: [a, b] }) => a === bytes[0] && b === bytes[1])
  return codec && { codec, isWhole: codec.publicLength === undefined || bytes.length === codec.publicLength + 2 }
}

/**
 * Whether the text holds something of a multicodec that is not known here: a varint of two to eight bytes, as those of all kinds of key are,
 * and more behind it.
 */
export function isOfUnknownCodec(text: string): boolean {
  const bytes = text.startsWith('z') ? fromMultibase(text) : undefined
  if (!bytes || publicCodecOf(text)) return false
  const end = bytes.findIndex((byte) => byte < 0x80)
  return end > 0 && end < 8 && bytes[end] !== 0 && bytes.length > end + 1
}

/** A key as its multicodec says it is. Elliptic-curve points are in compressed form. */
export interface CodedKey {
  readonly codec: KeyCodec
  readonly bytes: Uint8Array
}

/** `publicKeyMultibase`. */
export function encodePublicMultikey(key: CodedKey): string {
  return encode(codecOf(key.codec).publicPrefix, key.bytes)
}

/** `secretKeyMultibase`. */
export function encodeSecretMultikey(key: CodedKey): string {
  return encode(codecOf(key.codec).secretPrefix, key.bytes)
}

/** Reads `publicKeyMultibase`; `undefined` when it is not a key of a known codec and exact length. */
export function decodePublicMultikey(text: string): CodedKey | undefined {
  const bytes = fromMultibase(text)
  return bytes && match(bytes, 'publicPrefix', (codec) => [codec.publicLength])
}

/** Reads the RSAPublicKey in DER of `publicKeyMultibase` (multicodec 0x1205); `undefined` when it is another key. */
export function decodeRsaMultikey(text: string): Uint8Array | undefined {
  const bytes = fromMultibase(text)
  return bytes?.[0] === 0x85 && bytes[1] === 0x24 ? bytes.slice(2) : undefined
}

/** Reads `secretKeyMultibase`. An Ed25519 secret may have its public half behind it (64 bytes); only the seed is returned. */
export function decodeSecretMultikey(text: string): CodedKey | undefined {
  const bytes = fromMultibase(text)
  const key =
    bytes && match(bytes, 'secretPrefix', (codec) => [codec.secretLength, ...(codec.name === 'Ed25519' ? [64] : [])])
  return key && { codec: key.codec, bytes: key.bytes.slice(0, codecOf(key.codec).secretLength) }
}

function codecOf(name: KeyCodec): Codec {
  return codecs.find((codec) => codec.name === name) as Codec
}

function encode(prefix: readonly [number, number], bytes: Uint8Array): string {
  return toBase58Multibase(Uint8Array.from([...prefix, ...bytes]))
}

function match(
  bytes: Uint8Array,
  side: 'publicPrefix' | 'secretPrefix',
  lengths: (codec: Codec) => readonly number[],
): CodedKey | undefined {
  const codec = codecs.find((each) => each[side][0] === bytes[0] && each[side][1] === bytes[1])
  const body = bytes.subarray(2)
  return codec && lengths(codec).includes(body.length) ? { codec: codec.name, bytes: body.slice() } : undefined
}
