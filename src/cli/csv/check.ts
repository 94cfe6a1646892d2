/** The check of a whole file before the first signature: every row becomes a badge that could be signed, and none is there twice. */

import { textOf } from '../../encoding/clip.ts'
import { isCredentialError, type OpenBadgeInput, openBadge } from '../../index.ts'
import { CommandError, exit } from '../command.ts'
import { createDistinct } from './distinct.ts'
import type { CellProblem } from './mapping.ts'
import type { CsvFile, Row } from './rows.ts'

/** A row that fails, and why. */
export interface RowFailure extends CellProblem {
  readonly line: number
}

/** What was found. */
export interface Checked {
  readonly good: number
  readonly failed: number
  /** By the number of a row. */
  isBad(number: number): boolean
}

/** Checks all rows; failures are told as they are found. */
export async function checkRows(
  csv: CsvFile,
  onFailure: (failure: RowFailure) => Promise<void> | void,
  onRow: (count: number) => void,
): Promise<Checked> {
  const distinct = createDistinct()
  let bad = new Uint8Array(1024)
  let [good, failed] = [0, 0]
  for await (const row of csv.rows()) {
    const problems = problemsOf(csv, row, distinct)
    if (problems.length === 0) good += 1
    else {
      failed += 1
      const at = row.number >> 3
      if (at >= bad.length) {
        const more = new Uint8Array(2 * at)
        more.set(bad)
        bad = more
      }
      bad[at] = (bad[at] as number) | (1 << (row.number & 7))
      for (const problem of problems) await onFailure({ line: row.line, ...problem })
    }
    onRow(good + failed)
  }
  return { good, failed, isBad: (number) => ((bad[number >> 3] ?? 0) & (1 << (number & 7))) !== 0 }
}

function problemsOf(csv: CsvFile, row: Row, distinct: ReturnType<typeof createDistinct>): readonly CellProblem[] {
  if (row.problem) return [row.problem]
  const { cells, line } = row
  const { badge, problems } = csv.mapping.apply(cells)
  if (problems) return problems
  const refused = refusal(csv, cells, badge as unknown as OpenBadgeInput)
  if (refused) return [refused]
  const before = distinct.add(`row ${csv.mapping.keyOf(cells)}`, line)
  if (before !== undefined)
    return [
      { column: '', value: '', problem: `the row is there already, on line ${before}`, fix: 'take one of the two out' },
    ]
  const { id } = badge
  const other = typeof id === 'string' ? distinct.add(`id ${id}`, line) : undefined
  if (other === undefined) return []
  const where = csv.mapping.columnsOf('id', cells)
  return [
    {
      ...where,
      problem: `line ${other} has the same credential id, ${textOf(id)}`,
      fix: 'make the id of columns that differ in every row',
    },
  ]
}

function refusal(csv: CsvFile, cells: readonly string[], badge: OpenBadgeInput): CellProblem | undefined {
  try {
    openBadge(badge)
    return undefined
  } catch (error) {
    if (!isCredentialError(error)) throw error
    return problemOf(csv, cells, error.message)
  }
}

/** A refusal of `openBadge` as a problem of a cell: it names the member, says what is wrong, and after a semicolon what would be right. */
export function problemOf(csv: CsvFile, cells: readonly string[], message: string): CellProblem {
  const text = message.replace(/^(openBadge|issue): /, '')
  if (text.startsWith('there is no option')) throw new CommandError(exit.data, `the mapping, badge: ${text}`)
  const path = /^[A-Za-z]+(?:\[\d+\])?(?:\.[A-Za-z]+(?:\[\d+\])?)*/.exec(text)?.[0] ?? ''
  const [problem = text, ...fix] = text.split('; ')
  return { ...csv.mapping.columnsOf(path, cells), problem, fix: fix.join('; ') }
}
