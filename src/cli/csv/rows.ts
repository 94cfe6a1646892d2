/** The rows of a CSV file, read as often as needed through one open file, each with what the mapping makes of it. */

import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { CommandError, exit } from '../command.ts'
import { reason } from '../files.ts'
import { decode } from './decode.ts'
import { type CellProblem, type Mapping, readMapping } from './mapping.ts'
import { type CsvRow, createCsvReader } from './parse.ts'

/** How a file is to be read. */
export interface CsvSettings {
  readonly file: string
  readonly encoding: string | undefined
  readonly delimiter: string
  /** The mapping as JSON, and the name of its file. */
  readonly mapping: unknown
  readonly mappingFile: string
}

/** A row, counted from 0 without the header, with its cells trimmed. */
export interface Row {
  readonly number: number
  readonly line: number
  readonly cells: readonly string[]
  /** What is wrong with the row itself, before any mapping. */
  readonly problem?: CellProblem
}

/** An open file. Whoever replaces the file meanwhile changes nothing for us. */
export interface CsvFile {
  readonly mapping: Mapping
  /** Reads the file from its beginning. */
  rows(): AsyncGenerator<Row, void, undefined>
  /** SHA-256 of the bytes of the last reading that came to its end. */
  digest(): string
  close(): Promise<void>
}

const PART = 32_768

/** Opens a file and holds the mapping against its header. */
export async function openCsv(settings: CsvSettings): Promise<CsvFile> {
  const { file } = settings
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw new CommandError(exit.noInput, `${file} cannot be read: ${reason(cause)}`, { cause })
  })
  try {
    if (!(await handle.stat()).isFile()) {
      throw new CommandError(exit.noInput, `${file} is no file; a batch reads it twice, so that a pipe will not do`)
    }
    let digest = ''
    const read = () =>
      readRows(settings, handle, (found) => {
        digest = found
      })
    const columns = await readHeader(settings, read())
    const mapping = readMapping(settings.mapping, columns, settings.mappingFile)
    return { mapping, rows: () => rowsBelow(columns, read()), digest: () => digest, close: () => handle.close() }
  } catch (cause) {
    await handle.close()
    throw cause
  }
}

async function* readRows(
  { file, encoding, delimiter }: CsvSettings,
  handle: FileHandle,
  onEnd: (digest: string) => void,
): AsyncGenerator<CsvRow, void, undefined> {
  const hash = createHash('sha256')
  const reader = createCsvReader(file, delimiter)
  async function* parts(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let position = 0; ; ) {
      const { bytesRead, buffer } = await handle.read({ buffer: new Uint8Array(PART), position })
      if (bytesRead === 0) return
      position += bytesRead
      const part = buffer.subarray(0, bytesRead)
      hash.update(part)
      yield part
    }
  }
  for await (const text of decode(file, parts(), encoding)) yield* reader.push(text)
  yield* reader.end()
  onEnd(hash.digest('base64url'))
}

async function readHeader(
  { file, delimiter }: CsvSettings,
  rows: AsyncGenerator<CsvRow, void, undefined>,
): Promise<readonly string[]> {
  const header = (await rows.next()).value as CsvRow | undefined
  await rows.return(undefined)
  if (!header) throw new CommandError(exit.data, `${file} is empty; its first line must name the columns`)
  if (header.misquoted !== undefined)
    throw new CommandError(exit.data, `${file}, line ${header.line}: a quote stands within a name`)
  const other = [';', ',', '\t', '|'].find((each) => each !== delimiter && header.cells[0]?.includes(each))
  if (header.cells.length === 1 && other !== undefined) {
    const name = other === '\t' ? "$'\\t'" : `'${other}'`
    throw new CommandError(
      exit.data,
      `${file} seems to have its cells apart by ${name}, not by '${delimiter}': add --delimiter ${name}`,
    )
  }
  return header.cells.map((cell) => cell.trim())
}

async function* rowsBelow(
  columns: readonly string[],
  rows: AsyncGenerator<CsvRow>,
): AsyncGenerator<Row, void, undefined> {
  let number = -1
  for await (const { line, cells: given, misquoted } of rows) {
    number += 1
    const cells = given.map((cell) => cell.trim())
    // The header; and rows of empty cells, which spreadsheets leave behind.
    if (number === 0 || cells.every((cell) => cell === '')) {
      if (number > 0) number -= 1
      continue
    }
    const problem = findProblem(columns, cells, misquoted)
    yield { number: number - 1, line, cells, ...(problem && { problem }) }
  }
}

function findProblem(
  columns: readonly string[],
  cells: readonly string[],
  misquoted: number | undefined,
): CellProblem | undefined {
  if (misquoted !== undefined) {
    return {
      column: columns[misquoted] ?? '',
      value: cells[misquoted] ?? '',
      problem: 'a quote stands within the cell, where it cannot',
      fix: 'put the whole cell in quotes, and write each quote in it twice: "5"" nail"',
    }
  }
  if (cells.length !== columns.length) {
    return {
      column: '',
      value: '',
      problem: `the row has ${cells.length} cells, and the header ${columns.length}`,
      fix: 'put a cell in quotes that holds a separator, or fill up the row',
    }
  }
  const lost = cells.findIndex((cell) => cell.includes('\ufffd'))
  if (lost >= 0) {
    return {
      column: columns[lost] ?? '',
      value: cells[lost] ?? '',
      problem: 'a character was lost (U+FFFD) when the file was made',
      fix: 'write the cell again, and save the file as UTF-8',
    }
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const odd = cells.findIndex((cell) => /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(cell))
  if (odd < 0) return undefined
  return {
    column: columns[odd] ?? '',
    value: cells[odd] ?? '',
    problem: 'there is a control character in the cell',
    fix: 'take it out; if letters look wrong, name another --encoding',
  }
}
