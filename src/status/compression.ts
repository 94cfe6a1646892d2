/**
 * GZIP (RFC 1952) and ZLIB (RFC 1950), bounded: the platform's own where it is synchronous (Node), its streams elsewhere.
 * Inflation stops at the limit, so that a small text cannot fill the memory.
 */

import { join } from '../encoding/bytes.ts'

/** `gzip` is RFC 1952, `deflate` is RFC 1950, as the Compression Streams standard names them. */
export type Compression = 'gzip' | 'deflate'

interface NodeZlib {
  gzipSync(data: Uint8Array): Uint8Array
  deflateSync(data: Uint8Array): Uint8Array
  gunzipSync(data: Uint8Array, options: InflateOptions): Inflated
  inflateSync(data: Uint8Array, options: InflateOptions): Inflated
}
interface InflateOptions {
  readonly maxOutputLength: number
  readonly info: true
}
interface Inflated {
  readonly buffer: Uint8Array
  readonly engine: { readonly bytesWritten: number }
}

const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }
const zlib = process?.getBuiltinModule?.('node:zlib') as NodeZlib | undefined

/** The compressed bytes. */
export async function compress(compression: Compression, data: Uint8Array): Promise<Uint8Array> {
  if (zlib) return compression === 'gzip' ? zlib.gzipSync(data) : zlib.deflateSync(data)
  return collect(pipe(data, new CompressionStream(compression)), Number.POSITIVE_INFINITY)
}

/**
 * The bytes that were compressed. Throws where they are damaged, cut short, followed by something else, or longer than `maxBytes`.
 */
export async function decompress(compression: Compression, data: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  if (!zlib) return collect(pipe(data, new DecompressionStream(compression)), maxBytes)
  const { buffer, engine } = inflate(zlib, compression, data, maxBytes)
  if (engine.bytesWritten !== data.length) throw new Error('something follows the compressed data')
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length)
}

function inflate(node: NodeZlib, compression: Compression, data: Uint8Array, maxOutputLength: number): Inflated {
  try {
    return (compression === 'gzip' ? node.gunzipSync : node.inflateSync)(data, { maxOutputLength, info: true })
  } catch (cause) {
    if ((cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLong(maxOutputLength)
    throw cause
  }
}

type Transform = { readonly readable: ReadableStream<Uint8Array>; readonly writable: WritableStream }

function pipe(data: Uint8Array, transform: Transform): ReadableStreamDefaultReader<Uint8Array> {
  const source = new ReadableStream({
    start(controller) {
      controller.enqueue(data)
      controller.close()
    },
  })
  return source.pipeThrough(transform).getReader()
}

async function collect(reader: ReadableStreamDefaultReader<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for (let part = await reader.read(); part.value; part = await reader.read()) {
    length += part.value.length
    if (length > maxBytes) {
      await reader.cancel()
      throw tooLong(maxBytes)
    }
    parts.push(part.value)
  }
  return join(parts)
}

function tooLong(maxBytes: number): Error {
  return new Error(`it holds more than ${maxBytes} bytes`)
}
