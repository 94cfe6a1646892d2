/**
 * What is known of a credential whose proof passed, though its report does not say so: a report that is not valid names no signers, and
 * does not say that a part alone was shown. It is lost where a report was kept as JSON.
 */

import type { CredentialReport } from '../report.ts'

/** Beside the report. */
export interface Proven {
  readonly signers: readonly string[]
  /** Part of the credential is shown. */
  readonly isPart: boolean
  /** The JWT that it came as. */
  readonly text?: string
}

const known = new WeakMap<CredentialReport, Proven>()

/** Keeps it for a report, and answers that. */
export function keepProven(report: CredentialReport, proven: Proven): CredentialReport {
  known.set(report, proven)
  return report
}

/** What was kept, or what the report itself says. */
export function provenOf(report: CredentialReport): Proven {
  const kept = known.get(report)
  if (kept) return kept
  if (!report.verified) return { signers: [], isPart: false }
  return {
    signers: report.signers,
    isPart: report.isPart ?? false,
    ...(report.envelope && { text: report.envelope.text }),
  }
}
