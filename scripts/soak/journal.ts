/**
 * What one worker has done, in a file of its own. A line is on the disk before the worker goes on, so that it is known afterwards
 * what was acknowledged to it, however it ended.
 */

import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs'

/** Microseconds on the clock that all processes of the machine share. */
export type Moment = number

/** One line. `try` stands before the step; the others stand after it was acknowledged. */
export type Line =
  | readonly ['try', Moment, id: string, value: number]
  | readonly ['set', Moment, id: string, value: number]
  | readonly ['allocated', Moment, places: readonly (readonly [id: string, list: string, index: number])[]]
  | readonly ['published', Moment, began: Moment, list: string, version: number]

/** The time now. */
export function moment(): Moment {
  return Number(process.hrtime.bigint() / 1_000n)
}

/** Opens a journal to write on. */
export function openJournal(file: string): { readonly write: (line: Line) => void; readonly close: () => void } {
  const descriptor = openSync(file, 'a')
  return {
    write: (line) => {
      writeSync(descriptor, `${JSON.stringify(line)}\n`)
      fdatasyncSync(descriptor)
    },
    close: () => closeSync(descriptor),
  }
}

/** The lines of a journal; one that was cut off was not acknowledged. */
export function readJournal(file: string): readonly Line[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Line)
}

/** Number of operations that were acknowledged. */
export function countDone(lines: readonly Line[]): number {
  return lines.filter(([kind]) => kind !== 'try').length
}
