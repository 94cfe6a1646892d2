/** Prints a report for people: one line a check, codes included, colour where the terminal has it (`NO_COLOR` is honoured). */

import type { Check, CredentialReport, PresentationReport } from 'testamur'
import type { AssertionReport } from 'testamur/records'

const marks = { passed: '✓', failed: '✗', inconclusive: '?', skipped: '–' } as const
const colours = { passed: 32, failed: 31, inconclusive: 33, skipped: 90 } as const
const verdicts = { valid: 32, invalid: 31, indeterminate: 33 } as const

/** Prints the verdict, every check, and the credentials inside, indented. */
export function printReport(report: CredentialReport | PresentationReport | AssertionReport, indent = ''): void {
  console.log(`${indent}${paint(verdicts[report.verdict], `${report.kind}: ${report.verdict.toUpperCase()}`)}`)
  for (const text of new Set(report.checks.map(line))) console.log(`${indent}  ${text}`)
  if (report.kind === 'assertion') return
  const inner = report.kind === 'presentation' ? report.credentials : report.nested.map(({ report: each }) => each)
  for (const each of inner) printReport(each, `${indent}    `)
}

function line(check: Check): string {
  const code = 'code' in check ? ` ${check.code}` : ''
  // Why a credential inside is not valid stands with that one.
  const message = check.name === 'contents' ? check.message.replace(/(?<=\.) .*/, '') : check.message
  return `${paint(colours[check.outcome], `${marks[check.outcome]} ${check.name}${code}`)}  ${message}`
}

/** Text in a colour of the terminal, or plain. */
export function paint(colour: number, text: string): string {
  const isColoured = process.stdout.isTTY && !process.env['NO_COLOR']
  return isColoured ? `\u001b[${colour}m${text}\u001b[0m` : text
}

/** A heading between two steps. */
export function heading(text: string): void {
  console.log(`\n${paint(1, text)}`)
}
