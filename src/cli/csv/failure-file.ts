/** The file of rows that failed: CSV that a spreadsheet opens, with line, column, value and fix. */

import { type FileHandle, open, readFile, rename, unlink } from 'node:fs/promises'
import { CommandError, exit } from '../command.ts'
import { reason, taken } from '../files.ts'
import { printable } from '../terminal.ts'
import type { RowFailure } from './check.ts'

/** Written row by row; it is there as a whole or not at all. */
export interface FailureFile {
  add(failure: RowFailure): Promise<void>
  /** Puts it in its place; without failures there is none. */
  finish(): Promise<void>
}

/** The mark tells spreadsheets that it is UTF-8. */
const header = '\ufeffline,column,value,problem,fix\r\n'

/** Refuses a file that is there and no file of failures: it would be written over. */
export async function assertOurs(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => header)
  if (!text.startsWith(header)) throw taken(file)
}

/** Begins a file of failures in place of an older one. */
export function createFailureFile(file: string): FailureFile {
  const draft = `${file}.tmp`
  let handle: FileHandle | undefined
  let lines = ''
  async function flush(): Promise<void> {
    try {
      if (!handle) {
        handle = await open(draft, 'w')
        lines = `${header}${lines}`
      }
      await handle.appendFile(lines)
      lines = ''
    } catch (cause) {
      throw new CommandError(exit.noOutput, `${file} cannot be written: ${reason(cause)}`, { cause })
    }
  }
  return {
    async add({ line, column, value, problem, fix }) {
      lines += `${[String(line), column, value, problem, fix].map(cellOf).join(',')}\r\n`
      if (lines.length > 65_536) await flush()
    },
    async finish() {
      if (!handle && lines === '') {
        await unlink(file).catch(() => {})
        return
      }
      await flush()
      await handle?.sync()
      await handle?.close()
      await rename(draft, file)
    },
  }
}

/** A cell that begins like a formula would be run by a spreadsheet: an apostrophe makes it text. */
function cellOf(text: string): string {
  const shown = printable(text, 500)
  const harmless = /^[=+\-@]/.test(shown) ? `'${shown}` : shown
  return /[",]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
