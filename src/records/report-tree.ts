/** Walks a report for what was verified: the credential itself and those inside it, at every depth. Nothing unverified is handed out. */

import { asArray, idOf } from '../encoding/json.ts'
import type { CredentialReport, NestedReport, PresentationReport } from '../report.ts'
import type { JsonObject } from '../types.ts'

/** What the tools take: what `verify` returned, or that as it was kept as JSON. */
export type Report = CredentialReport | PresentationReport

/** A verified credential, and where it stands. */
export interface VerifiedRecord {
  /**
   * JSON Pointer from the root of the credential that was verified. In a presentation it begins with `/credentials/` and the place in
   * `report.credentials`.
   */
  readonly path: string
  readonly credential: JsonObject
  readonly issuer: string
  /** Path of a later version, where there is one: this one holds no longer. */
  readonly supersededBy?: string
  /** Whether it stands there as one of the learner's, and not as somebody's word on something. */
  readonly isRecord: boolean
  /** The reports on what is directly inside it. */
  readonly nested: readonly NestedReport[]
  readonly report: CredentialReport
}

/** All of them, the outer ones first. */
export function verifiedIn(report: Report): readonly VerifiedRecord[] {
  const found: VerifiedRecord[] = []
  if (report.kind === 'credential') walk(found, report, '', true, undefined)
  else
    for (const [index, each] of report.credentials.entries())
      walk(found, each, `/credentials/${index}`, true, undefined)
  return found
}

function walk(
  found: VerifiedRecord[],
  report: CredentialReport,
  path: string,
  isRecord: boolean,
  supersededBy: string | undefined,
): void {
  const { nested } = report
  if (report.verified) {
    const { issuer } = report
    const credential = report.credential as unknown as JsonObject
    found.push({
      path,
      credential,
      issuer,
      isRecord,
      nested,
      report,
      ...(supersededBy !== undefined && { supersededBy }),
    })
  }
  for (const each of nested) {
    // What is inside of what holds no longer holds no longer as part of it.
    const later = each.supersededBy === undefined ? supersededBy : `${path}${each.supersededBy}`
    walk(found, each.report, `${path}${each.path}`, isRecord && isRecordPath(each.path), later)
  }
}

/** Credentials of the learner stand in `verifiableCredential`; others are somebody's word on something. */
export function isRecordPath(path: string): boolean {
  return path.split('/').includes('verifiableCredential')
}

/** Somebody's word on a credential or on something in it. */
export interface Endorser {
  readonly issuer: string
  /** Ids of what they speak of. */
  readonly about: readonly string[]
  /** Whether a registry knows them. */
  readonly isTrusted: boolean
}

/** Who endorses a credential, by endorsements that are valid, fit, and are neither its issuer's nor its learner's own word. */
export function endorsersOf(report: CredentialReport): readonly Endorser[] {
  const credential = (report.verified ? report.credential : (report.unverified ?? {})) as unknown as JsonObject
  const own = [idOf(credential['issuer']), ...asArray(credential['credentialSubject']).map(idOf)]
  return report.nested.flatMap(({ path, report: inner, supersededBy }) => {
    if (!inner.verified || supersededBy !== undefined || own.includes(inner.issuer)) return []
    const fits = report.checks.some(
      (check) => check.name === 'endorsement' && check.outcome === 'passed' && check.path === path,
    )
    if (!fits) return []
    const subjects = asArray((inner.credential as unknown as JsonObject)['credentialSubject'])
    const isTrusted = inner.checks.some(({ name, outcome }) => name === 'trust' && outcome === 'passed')
    return { issuer: inner.issuer, about: subjects.flatMap((subject) => idOf(subject) ?? []), isTrusted }
  })
}
