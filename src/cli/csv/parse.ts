/** Reads CSV (RFC 4180) part by part: rows with the line on which they begin, and what is wrong with them. */

import { CommandError, exit } from '../command.ts'

/** One row of the file. */
export interface CsvRow {
  /** The line on which it begins; the first is 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** A quote that stands where it cannot: the cell's number, from 0. */
  readonly misquoted?: number
}

/** Takes the text as it comes. */
export interface CsvReader {
  /** The rows that end in this part of the text. */
  push(text: string): readonly CsvRow[]
  /** The last row, where no line end follows it. */
  end(): readonly CsvRow[]
}

/** Most characters in a row: a quote that is never closed would take in the rest of the file. */
const LONGEST_ROW = 1_000_000

/** A reader for one file. Throws, with the line, where a quote is never closed. Empty lines are no rows. */
export function createCsvReader(file: string, delimiter: string): CsvReader {
  let rows: CsvRow[] = []
  let cells: string[] = []
  let cell = ''
  let line = 1
  let begin = 1
  let opened = 1
  let size = 0
  let misquoted: number | undefined
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  let afterReturn = false

  const endCell = (): void => {
    cells.push(cell)
    cell = ''
    state = 'start'
  }
  const endRow = (): void => {
    const isBlank = cells.length === 0 && cell === '' && state === 'start'
    if (!isBlank) {
      endCell()
      rows.push({ line: begin, cells, ...(misquoted !== undefined && { misquoted }) })
    }
    cells = []
    size = 0
    misquoted = undefined
    begin = line
  }
  const spoil = (): void => {
    misquoted ??= cells.length
  }

  /** Inside quotes everything counts until the next quote. */
  function takeQuoted(text: string, from: number): number {
    const quote = text.indexOf('"', from)
    const to = quote < 0 ? text.length : quote
    const part = text.slice(from, to)
    cell += part
    count(part)
    if (quote >= 0) {
      state = 'closed'
      afterReturn = false
    }
    return quote < 0 ? to : to + 1
  }

  function count(part: string): void {
    size += part.length
    if (size > LONGEST_ROW) throw unclosed(file, opened)
    for (let at = 0; at < part.length; at += 1) {
      const character = part.charCodeAt(at)
      if (character === 10 ? !afterReturn : character === 13) line += 1
      afterReturn = character === 13
    }
  }

  function take(character: string): void {
    if (character === '\n' && afterReturn) {
      afterReturn = false
      return
    }
    afterReturn = character === '\r'
    if (character === '\n' || character === '\r') {
      line += 1
      endRow()
    } else if (character === delimiter) endCell()
    else if (character === '"') takeQuote()
    else {
      if (state === 'closed') spoil()
      cell += character
      state = 'plain'
    }
  }

  function takeQuote(): void {
    if (state === 'start') {
      opened = line
      state = 'quoted'
      return
    }
    // Two quotes in a quoted cell are one.
    if (state === 'closed') state = 'quoted'
    else spoil()
    cell += '"'
  }

  return {
    push(text) {
      rows = []
      for (let at = 0; at < text.length; ) {
        if (state === 'quoted') at = takeQuoted(text, at)
        else {
          size += 1
          if (size > LONGEST_ROW) throw unclosed(file, begin)
          take(text[at] as string)
          at += 1
        }
      }
      return rows
    },
    end() {
      rows = []
      if (state === 'quoted') throw unclosed(file, opened)
      endRow()
      return rows
    },
  }
}

function unclosed(file: string, line: number): CommandError {
  return new CommandError(
    exit.data,
    `${file}, line ${line}: a quote opens there that is never closed, so that the rows after it cannot be told apart; close it, or write a quote within a cell twice`,
  )
}
