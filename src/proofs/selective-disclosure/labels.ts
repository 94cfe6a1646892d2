/** Labels of blank nodes that tell nothing of what is hidden: made with the HMAC of a key that the holder keeps. */

import { hmac } from '@noble/hashes/hmac'
import { sha256 } from '@noble/hashes/sha2'
import { toBase64Url } from '../../encoding/bytes.ts'
import type { CborValue } from './cbor.ts'

/** Labels in place of canonical names (`c14n0`, …). */
export type Relabel = (canonicalNames: readonly string[]) => ReadonlyMap<string, string>

/** Each name's own HMAC (`createHmacIdLabelMapFunction`, Data Integrity ECDSA Cryptosuites 1.0 section 3.4). */
export function hmacLabels(hmacKey: Uint8Array): Relabel {
  return (names) => new Map(names.map((name) => [name, hmacLabel(hmac(sha256, hmacKey, encoder.encode(name)))]))
}

/** A label of its bytes. */
export function hmacLabel(bytes: Uint8Array): string {
  return `u${toBase64Url(bytes)}`
}

/**
 * `b0`, `b1`, … in the order of the HMACs (`createShuffledIdLabelMapFunction`, Data Integrity BBS Cryptosuites 1.0 section 3.2): numbers
 * that many documents share, so that no label tells which one it is from.
 */
export function shuffledLabels(hmacKey: Uint8Array): Relabel {
  return (names) => {
    const made = hmacLabels(hmacKey)(names)
    // By the text, not by the bytes: base64url has another order.
    const places = new Map([...made.values()].sort().map((label, place) => [label, place]))
    return new Map([...made].map(([name, label]) => [name, shuffledLabel(places.get(label) as number)]))
  }
}

/** A label of its number. */
export function shuffledLabel(number: number): string {
  return `b${number}`
}

/** A map from canonical names to labels, as proof values have it: by the numbers of the names. */
export function writeLabelMap(
  labelMap: ReadonlyMap<string, string>,
  write: (label: string) => CborValue,
): ReadonlyMap<number, CborValue> {
  return new Map([...labelMap].map(([name, label]) => [Number(name.slice('c14n'.length)), write(label)]))
}

/** Reads it. Each label once: two blank nodes that were one would say together what neither of them did. */
export function readLabelMap(
  value: CborValue | undefined,
  read: (label: CborValue) => string | undefined,
): ReadonlyMap<string, string> | undefined {
  if (!(value instanceof Map)) return undefined
  const map = new Map<string, string>()
  for (const [number, item] of value as ReadonlyMap<number, CborValue>) {
    const label = read(item)
    if (label === undefined) return undefined
    map.set(`c14n${number}`, label)
  }
  return new Set(map.values()).size === map.size ? map : undefined
}

const encoder = new TextEncoder()
