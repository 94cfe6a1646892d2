/** Everything wrong with a document that is to be signed, found at once, before any signature. */

import { CredentialError } from './errors.ts'
import { type Check, isProblem } from './report.ts'

/** Throws one error with all findings when a check of the document did not pass. */
export function assertClean(verb: string, checks: readonly Check[]): void {
  const problems = checks.filter(isProblem)
  if (problems.length === 0) return
  // Two checks may see the same thing; one message for each place is enough.
  const byPath = new Map(problems.map(({ path = '', message }) => [path, message] as const).reverse())
  const findings = [...byPath].reverse().map(([path, message]) => ({ path, message }))
  const isContext = problems.every((check) => 'code' in check && check.code === 'CONTEXT_UNKNOWN')
  const list = findings.map(({ message }) => `\n  ${message}`).join('')
  throw new CredentialError(
    isContext ? 'CONTEXT_UNKNOWN' : 'CREDENTIAL_MALFORMED',
    `${verb}: nothing was signed, because ${findings.length === 1 ? 'this is wrong' : `${findings.length} things are wrong`}:${list}`,
    { findings },
  )
}
