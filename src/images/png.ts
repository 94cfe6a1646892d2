/**
 * Credentials in PNG images: one uncompressed `iTXt` chunk (Open Badges 3.0 section 5.3.1; PNG, third edition, sections 5 and 11.3.3).
 * The chunks are walked and their checksums compared; no picture is decoded and nothing is decompressed.
 */

import { join } from '../encoding/bytes.ts'
import { isPng, pngSignature } from './picture.ts'
import { formerFound, type Unbaked, type UnbakedAssertion, type UnbakingProblem } from './unbaked.ts'

/** Keywords of the chunk: that of Open Badges 3.0, and that of records of many credentials. */
const keywords = ['openbadgecredential', 'clrcredential'] as const
export type Keyword = (typeof keywords)[number]

/** The keyword of Open Badges 1.0 to 2.1, whose assertions are no credentials. */
const formerKeyword = 'openbadges'

/** The one credential in a PNG. */
export function unbakePng(bytes: Uint8Array): Unbaked {
  const texts = readTexts(bytes)
  if ('problem' in texts) return malformed(texts.problem)
  const found = texts.filter(({ keyword }) => (keywords as readonly string[]).includes(keyword))
  const [first] = found
  if (!first) {
    const isFormer = texts.some(({ keyword }) => keyword === formerKeyword)
    return { code: 'CREDENTIAL_MISSING', problem: isFormer ? formerFound('PNG') : missing }
  }
  if (found.length > 1) {
    return malformed(`the PNG has ${found.length} credentials in it; exactly one must be there`)
  }
  return first.text === undefined ? malformed(`the PNG's credential ${first.problem}`) : { credential: first.text }
}

/** The one assertion of Open Badges 2.0 in a PNG (Badge Baking 1.0); pictures older than that have its URL in `tEXt`. */
export function unbakeFormerPng(bytes: Uint8Array): UnbakedAssertion {
  const texts = readTexts(bytes)
  if ('problem' in texts) return malformed(texts.problem)
  const found = texts.filter(({ keyword }) => keyword === formerKeyword)
  const [first] = found
  if (!first) return { code: 'CREDENTIAL_MISSING', problem: 'the PNG has no Open Badges 2.0 assertion in it' }
  if (found.length > 1) {
    return malformed(`the PNG has ${found.length} assertions in it; exactly one must be there`)
  }
  if (first.text !== undefined) return { assertion: first.text }
  const { latin1 } = first
  return latin1 !== undefined && /^https?:\/\/\S+$/.test(latin1)
    ? { assertion: latin1 }
    : malformed(`the PNG's assertion ${first.problem}`)
}

/** The same picture with this text as its one credential: any that was there before is taken out. */
export function bakePng(bytes: Uint8Array, keyword: Keyword, text: string): Uint8Array | { readonly problem: string } {
  const chunks = readChunks(bytes)
  if ('problem' in chunks) return chunks
  const kept = chunks.filter(({ type, data }) => {
    const found = readText(type, data)?.keyword
    return found === undefined || ![formerKeyword, ...keywords].includes(found)
  })
  const baked = writeChunk('iTXt', new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`))
  const [header, ...rest] = kept.map(({ whole }) => whole)
  return join([bytes.subarray(0, pngSignature.length), header as Uint8Array, baked, ...rest])
}

const missing =
  'the PNG has no credential in it; programs that save or send pictures often strip it: ask for the file as it was issued'

function malformed(problem: string): UnbakingProblem {
  return { code: 'INPUT_MALFORMED', problem }
}

interface Chunk {
  readonly type: string
  readonly data: Uint8Array
  /** Length, type, data and checksum. */
  readonly whole: Uint8Array
}

/** From IHDR to IEND, with nothing behind. */
function readChunks(bytes: Uint8Array): readonly Chunk[] | { readonly problem: string } {
  if (!isPng(bytes)) return { problem: 'it is not a PNG' }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: Chunk[] = []
  let at: number = pngSignature.length
  while (at < bytes.length) {
    const length = at + 12 <= bytes.length ? view.getUint32(at) : Number.POSITIVE_INFINITY
    const end = at + 12 + length
    if (end > bytes.length) return { problem: `the PNG ends within the chunk at byte ${at}` }
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (!/^[A-Za-z]{4}$/.test(type)) return { problem: `the PNG has no chunk at byte ${at}, where one must begin` }
    if (view.getUint32(end - 4) !== checksum(bytes.subarray(at + 4, end - 4))) {
      return { problem: `the checksum of the PNG's chunk ${type} at byte ${at} is wrong: the file is damaged` }
    }
    if ((type === 'IHDR') !== (chunks.length === 0)) return { problem: 'the PNG must begin with its one chunk IHDR' }
    chunks.push({ type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) })
    at = end
    if (type === 'IEND') {
      return at === bytes.length ? chunks : { problem: `the PNG has ${bytes.length - at} bytes behind its end` }
    }
  }
  return { problem: 'the PNG has no end: its last chunk must be IEND' }
}

/** Longest chunk `tEXt` whose text is looked at: it is a keyword and a URL. */
const MAX_LATIN1 = 2200

interface Text {
  readonly keyword: string
  readonly text?: string
  readonly problem?: string
  /** What a chunk `tEXt` holds. */
  readonly latin1?: string
}

function readTexts(bytes: Uint8Array): readonly Text[] | { readonly problem: string } {
  const chunks = readChunks(bytes)
  return 'problem' in chunks ? chunks : chunks.flatMap(({ type, data }) => readText(type, data) ?? [])
}

/** What a chunk of text holds, or why that is not read; nothing for other chunks. */
function readText(type: string, data: Uint8Array): Text | undefined {
  if (type !== 'iTXt' && type !== 'tEXt' && type !== 'zTXt') return undefined
  const separator = data.subarray(0, 80).indexOf(0)
  if (separator < 0) return undefined
  const keyword = String.fromCharCode(...data.subarray(0, separator))
  if (type !== 'iTXt') {
    const problem = `is in a chunk ${type}; it must be in iTXt`
    if (type === 'zTXt' || data.length > MAX_LATIN1) return { keyword, problem }
    return { keyword, problem, latin1: String.fromCharCode(...data.subarray(separator + 1)) }
  }
  if (data[separator + 1] !== 0) return { keyword, problem: 'is compressed, which the specification forbids' }
  const language = data.indexOf(0, separator + 3)
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1)
  if (data[separator + 2] !== 0 || translated < 0) return { keyword, problem: 'is in an iTXt chunk without its fields' }
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return { keyword, text: decoder.decode(data.subarray(translated + 1)) }
  } catch {
    return { keyword, problem: 'is not UTF-8' }
  }
}

function writeChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(data.length + 12)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, data.length)
  for (let index = 0; index < 4; index += 1) chunk[4 + index] = type.charCodeAt(index)
  chunk.set(data, 8)
  view.setUint32(data.length + 8, checksum(chunk.subarray(4, data.length + 8)))
  return chunk
}

let table: Uint32Array | undefined

/** CRC-32 of PNG (annex D). */
function checksum(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    return value
  })
  let sum = 0xffffffff
  for (let index = 0; index < bytes.length; index += 1) {
    sum = (table[(sum ^ (bytes[index] as number)) & 255] as number) ^ (sum >>> 8)
  }
  return (sum ^ 0xffffffff) >>> 0
}
