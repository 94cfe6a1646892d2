/**
 * The text of a CSV file. Spreadsheets write UTF-8, UTF-16 and Windows-1252, and a wrong guess turns names into nonsense that is then
 * signed: UTF-8 and what a byte order mark says are read, everything else must be named.
 */

import { CommandError, exit, usageError } from '../command.ts'

/** Longest line, in bytes. */
const LONGEST = 4_194_304

const marks: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** The name of an encoding as the platform has it; a usage error where it has none. */
export function readEncoding(name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  try {
    return new TextDecoder(name).encoding
  } catch {
    throw usageError(`--encoding: there is no "${name}"; there are utf-8, windows-1252, utf-16le, utf-16be and others`)
  }
}

/** Decodes a file part by part. Throws, with the line, for what is not of the encoding. */
export async function* decode(
  file: string,
  parts: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
): AsyncGenerator<string, void, undefined> {
  let found: Decoder | undefined
  let head: Uint8Array = new Uint8Array()
  for await (const part of parts) {
    if (found) {
      yield found(part)
      continue
    }
    head = Buffer.concat([head, part])
    if (head.length < 4) continue
    found = decoderFor(file, head, encoding)
    yield found(head)
  }
  found ??= decoderFor(file, head, encoding)
  yield found(head.length < 4 ? head : new Uint8Array(), true)
}

type Decoder = (bytes: Uint8Array, isLast?: boolean) => string

function decoderFor(file: string, head: Uint8Array, encoding: string | undefined): Decoder {
  const mark = marks.find(([, bytes]) => bytes.every((byte, at) => head[at] === byte))?.[0]
  if (mark !== undefined && encoding !== undefined && mark !== encoding) {
    throw usageError(`${file} begins with the mark of ${mark}, but --encoding says ${encoding}: leave --encoding out`)
  }
  const name = mark ?? encoding ?? 'utf-8'
  if (mark === undefined && encoding === undefined && head.includes(0)) {
    throw new CommandError(exit.data, `${file} is not UTF-8 text; if it is UTF-16, add --encoding utf-16le`)
  }
  if (name === 'utf-8') return utf8Decoder(file)
  const decoder = new TextDecoder(name, { fatal: true })
  return (bytes, isLast = false) => {
    try {
      return decoder.decode(bytes, { stream: !isLast })
    } catch (cause) {
      throw new CommandError(exit.data, `${file} is not ${name}: save it as UTF-8, or name another --encoding`, {
        cause,
      })
    }
  }
}

/** UTF-8 in whole lines, so that a fault can be told with its line. */
function utf8Decoder(file: string): Decoder {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest: Uint8Array = new Uint8Array()
  let lines = 0
  return (bytes, isLast = false) => {
    const all: Uint8Array = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    const end = isLast ? all.length : all.lastIndexOf(0x0a) + 1
    if (all.length - end > LONGEST) {
      throw new CommandError(
        exit.data,
        `${file}: line ${lines + 1} has more than ${LONGEST} bytes; it is no CSV file with line ends`,
      )
    }
    rest = Uint8Array.from(all.subarray(end))
    const whole = all.subarray(0, end)
    try {
      const text = decoder.decode(whole)
      const shown = lines === 0 && text.startsWith('\ufeff') ? text.slice(1) : text
      for (let at = whole.indexOf(0x0a); at >= 0; at = whole.indexOf(0x0a, at + 1)) lines += 1
      return shown
    } catch {
      throw notUtf8(file, whole, lines)
    }
  }
}

/** Where it is not UTF-8, and how the place reads in the encoding that it most likely is. */
function notUtf8(file: string, bytes: Uint8Array, before: number): CommandError {
  const at = firstFault(bytes)
  const line = before + 1 + bytes.subarray(0, at).filter((byte) => byte === 0x0a).length
  const begin = Math.max(bytes.lastIndexOf(0x0a, at) + 1, at - 20)
  const [shown] = new TextDecoder('windows-1252').decode(bytes.subarray(begin, at + 20)).split(/[\r\n]/)
  return new CommandError(
    exit.data,
    `${file}, line ${line}: this is not UTF-8. Read as Windows-1252 it says "${shown}": if that is right, add --encoding windows-1252; else save the file as UTF-8`,
  )
}

function firstFault(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  // U+FFFD may also stand in the text itself, as three good bytes.
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    const offset = Buffer.byteLength(text.slice(0, at))
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return offset
  }
  return 0
}
