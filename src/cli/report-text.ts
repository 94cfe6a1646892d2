/** A report as words that one can read aloud: the answer first, then each check with what came of it, then what is inside. */

import { type Check, type CredentialReport, isWarning, type PresentationReport, type Verdict } from '../index.ts'
import type { AssertionReport } from '../records.ts'
import { type Colour, printable } from './terminal.ts'
import { inCommandWords } from './wording.ts'

const marks = { passed: '✓', failed: '✗', inconclusive: '?', skipped: '–' } as const
const colours: Readonly<Record<Check['outcome'], Colour>> = {
  passed: 'green',
  failed: 'red',
  inconclusive: 'yellow',
  skipped: 'grey',
}
const verdicts: Readonly<Record<Verdict, readonly [Colour, string]>> = {
  valid: ['green', 'valid'],
  invalid: ['red', 'INVALID'],
  indeterminate: ['yellow', 'INDETERMINATE: it could not be found out whether it is valid'],
}
/** Longest text of a stranger's on one line. */
const LONGEST = 600

type Report = CredentialReport | PresentationReport | AssertionReport

/** The lines of a report. */
export function reportText(report: Report, paint: (colour: Colour, text: string) => string): string {
  const codes = new Set<string>()
  const lines = linesOf(report, paint, '', '', codes)
  const [code] = codes
  return `${lines.join('\n')}\n${code === undefined ? '' : `\ntestamur explain ${code} tells what this means and what to do.\n`}`
}

function linesOf(
  report: Report,
  paint: (colour: Colour, text: string) => string,
  indent: string,
  where: string,
  codes: Set<string>,
): readonly string[] {
  const [colour, words] = verdicts[report.verdict]
  const head = `This ${kindOf(report)} is ${words}${byWhom(report)}.`
  const warnings = report.checks.filter(isWarning).length
  const lines = [
    `${indent}${where}${paint(colour, head)}${warnings > 0 ? ` ${paint('yellow', notCounted(warnings))}` : ''}`,
  ]
  for (const check of report.checks) {
    const code = 'code' in check ? ` ${check.code}` : ''
    if (code !== '' && check.name !== 'contents') codes.add(code.trim())
    const mark = paint(colours[check.outcome], `${marks[check.outcome]} ${check.name}${code}`)
    lines.push(`${indent}  ${mark}: ${printable(inCommandWords(check.message), LONGEST)}`)
    for (const note of check.notes ?? []) lines.push(`${indent}      note: ${printable(inCommandWords(note), LONGEST)}`)
  }
  if (report.kind === 'assertion') return lines
  const inner = [
    ...(report.kind === 'presentation'
      ? report.credentials.map((each, at) => [`Credential ${at + 1}: `, each] as const)
      : []),
    ...report.nested.map(({ path, report: each }) => [`At ${printable(path, 200)}: `, each] as const),
    ...(report.endorsements ?? []).map((each, at) => [`Endorsement ${at + 1}, given beside it: `, each] as const),
  ]
  for (const [place, each] of inner) lines.push('', ...linesOf(each, paint, `${indent}  `, place, codes))
  return lines
}

/** Beside the verdict, so that nobody takes a record for one that is endorsed. */
function notCounted(warnings: number): string {
  return warnings === 1 ? 'An endorsement of it is not good.' : `${warnings} endorsements of it are not good.`
}

/** Of an assertion its server may have another text than the file: what was verified is named. */
function kindOf(report: Report): string {
  if (report.kind !== 'assertion') return report.kind
  return `assertion of Open Badges 2.0${report.verified ? ` of “${printable(report.badge.name, 120)}”` : ''}`
}

function byWhom(report: Report): string {
  if (!report.verified) return ''
  if (report.kind === 'assertion') {
    const { issuer, assertion } = report
    const when = printable(assertion.issuedOn, 40)
    return `, issued by ${printable(issuer.name, 120)}, ${printable(issuer.id, LONGEST)}, on ${when}`
  }
  if (report.kind === 'presentation') return `, shown by ${printable(report.holder, LONGEST)}`
  const { issuer } = report.credential
  const name =
    typeof issuer === 'object' && typeof issuer['name'] === 'string' ? `${printable(issuer['name'], 120)}, ` : ''
  return `, issued by ${name}${printable(report.issuer, LONGEST)}`
}
