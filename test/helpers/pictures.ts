/** Pictures of our own, and their parts, so that a test may put them together otherwise. */

import { crc32, deflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** One chunk with its checksum, or a wrong one. */
export function chunk(type: string, data: Uint8Array | string = '', wrong = 0): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(data as string)])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length - 4)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE((crc32(body) ^ wrong) >>> 0)
  return Buffer.concat([length, body, sum])
}

/** Uncompressed international text. */
export function iTXt(keyword: string, text: Uint8Array | string): Buffer {
  return chunk('iTXt', Buffer.concat([Buffer.from(`${keyword}\0\0\0en\0mot\0`), Buffer.from(text as string)]))
}

const header = Buffer.alloc(13)
header.writeUInt32BE(1, 0)
header.writeUInt32BE(1, 4)
header[8] = 8

/** The chunks of a grey dot, with more of them before its end. */
export function png(...more: readonly Uint8Array[]): Buffer {
  const pixels = chunk('IDAT', deflateSync(Buffer.from([0, 128])))
  return chunks(chunk('IHDR', header), pixels, ...more, chunk('IEND'))
}

/** Any chunks, as they come. */
export function chunks(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat([signature, ...parts])
}

/** A PNG of that many bytes or a few more, most of them noise that its reader passes over. */
export function largePng(bytes: number): Buffer {
  return png(chunk('noSe', Buffer.alloc(bytes, 'noise')))
}

/** An SVG with something before its one circle. */
export function svg(inside = '', attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"${attributes}>${inside}<circle r="4"/></svg>\n`
}

/** The namespace of the element that holds a credential. */
export const openbadges = 'https://purl.imsglobal.org/ob/v3p0'

/** An element with JSON in it. */
export function element(json: string): string {
  return `<openbadges:credential xmlns:openbadges="${openbadges}"><![CDATA[${json}]]></openbadges:credential>`
}
