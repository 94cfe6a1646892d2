/** Makes a report that another thread sent as good as one made here: frozen, and known as verified. */

import { deepFreeze } from '../encoding/json.ts'
import { markVerified } from '../encoding/verified.ts'
import type { CredentialReport } from '../index.ts'

/** Only for reports of the SDK's own threads: whatever is handed in is believed. */
export function adopt(report: CredentialReport): CredentialReport {
  if (report.verified) markVerified(deepFreeze(report.credential), report.envelope)
  for (const { report: inner } of report.nested) adopt(inner)
  return report
}
