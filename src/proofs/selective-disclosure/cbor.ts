/**
 * The little of CBOR (RFC 8949) that proof values of selective disclosure are made of: whole numbers, bytes, text, lists, and
 * maps from whole numbers. Reading is strict: definite lengths, each number in its shortest form, nothing behind the end.
 */

/** What is written and read. */
export type CborValue = number | string | Uint8Array | readonly CborValue[] | ReadonlyMap<number, CborValue>

/** The bytes of a value, in deterministic encoding (RFC 8949 section 4.2.1). */
export function encodeCbor(value: CborValue): Uint8Array {
  const bytes: number[] = []
  write(bytes, value)
  return Uint8Array.from(bytes)
}

function write(bytes: number[], value: CborValue): void {
  if (typeof value === 'number') writeHead(bytes, 0, value)
  else if (value instanceof Uint8Array) writeBytes(bytes, 2, value)
  else if (typeof value === 'string') writeBytes(bytes, 3, new TextEncoder().encode(value))
  else if (value instanceof Map) {
    writeHead(bytes, 5, value.size)
    for (const key of [...value.keys()].sort((one, two) => one - two)) {
      writeHead(bytes, 0, key)
      write(bytes, value.get(key) as CborValue)
    }
  } else {
    const items = value as readonly CborValue[]
    writeHead(bytes, 4, items.length)
    for (const item of items) write(bytes, item)
  }
}

function writeBytes(bytes: number[], major: number, content: Uint8Array): void {
  writeHead(bytes, major, content.length)
  for (const byte of content) bytes.push(byte)
}

function writeHead(bytes: number[], major: number, argument: number): void {
  const first = major << 5
  if (argument < 24) bytes.push(first | argument)
  else if (argument < 0x100) bytes.push(first | 24, argument)
  else if (argument < 0x10000) bytes.push(first | 25, argument >> 8, argument & 0xff)
  else bytes.push(first | 26, argument >>> 24, (argument >> 16) & 0xff, (argument >> 8) & 0xff, argument & 0xff)
}

/** Deepest nesting that proof values have. */
const MAX_DEPTH = 4

/** The value of the bytes; `undefined` for anything else than one value in the one form. */
export function decodeCbor(bytes: Uint8Array): CborValue | undefined {
  const reader = { bytes, at: 0 }
  try {
    const value = read(reader, 0)
    return reader.at === bytes.length ? value : undefined
  } catch (cause) {
    if (cause instanceof Malformed) return undefined
    throw cause
  }
}

interface Reader {
  readonly bytes: Uint8Array
  at: number
}

/** Thrown to leave the reading; not seen outside. */
class Malformed extends Error {}

function read(reader: Reader, depth: number): CborValue {
  if (depth > MAX_DEPTH) throw new Malformed()
  const { major, argument } = readHead(reader)
  if (major === 0) return argument
  if (major === 2) return take(reader, argument)
  if (major === 3) return readText(take(reader, argument))
  // An item has at least one byte: what claims more of them than there are bytes is not begun.
  if (argument > reader.bytes.length - reader.at) throw new Malformed()
  if (major === 4) return Array.from({ length: argument }, () => read(reader, depth + 1))
  if (major === 5) return readMap(reader, argument, depth)
  throw new Malformed()
}

function readMap(reader: Reader, size: number, depth: number): CborValue {
  const map = new Map<number, CborValue>()
  for (let entry = 0; entry < size; entry += 1) {
    const key = read(reader, depth + 1)
    if (typeof key !== 'number' || map.has(key)) throw new Malformed()
    map.set(key, read(reader, depth + 1))
  }
  return map
}

function readHead(reader: Reader): { readonly major: number; readonly argument: number } {
  const [first = 0] = take(reader, 1)
  const major = first >> 5
  const short = first & 0x1f
  if (short < 24) return { major, argument: short }
  const length = lengths[short - 24]
  if (length === undefined) throw new Malformed()
  const argument = take(reader, length).reduce((sum, byte) => sum * 256 + byte, 0)
  const least = length === 1 ? 24 : 256 ** (length / 2)
  if (argument < least) throw new Malformed()
  return { major, argument }
}

/** Bytes of the argument, by what follows 24 in the first byte. Nothing here is so long that it takes eight. */
const lengths: readonly number[] = [1, 2, 4]

function take(reader: Reader, length: number): Uint8Array {
  if (length > reader.bytes.length - reader.at) throw new Malformed()
  reader.at += length
  return reader.bytes.subarray(reader.at - length, reader.at)
}

function readText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Malformed()
  }
}
