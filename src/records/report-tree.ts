/** Walks a report for what was verified: the credential itself and those inside it, at every depth. Nothing unverified is handed out. */

import { asArray } from '../encoding/json.ts'
import {
  type Check,
  type CredentialReport,
  type EndorsedThing,
  isProblem,
  isWarning,
  type NestedReport,
  type PresentationReport,
} from '../report.ts'
import type { JsonObject } from '../types.ts'
import { type IsLearner, isNobody, withSubjects } from './learner.ts'
import { compareVersions } from './versions.ts'

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
  /** A later version of it, or of what it is in, was verified too, wherever it stands: this one holds no longer. */
  readonly isSuperseded: boolean
  /** Whether it stands there as one of the learner's, and not as somebody's word on something. */
  readonly isRecord: boolean
  /** The reports on what is directly inside it. */
  readonly nested: readonly NestedReport[]
  readonly report: CredentialReport
  /** Whether a verified record around it is about whoever has this id: then that is the learner, whatever this one calls them. */
  readonly isLearner: IsLearner
}

/**
 * All of them, the outer ones first. Of a presentation that does not hold there are none: whoever sent it may not be the one whom they are
 * about.
 */
export function verifiedIn(report: Report): readonly VerifiedRecord[] {
  if (!isHeld(report)) return []
  const found: Found[] = []
  if (report.kind === 'credential') walk(found, report, '', true)
  else for (const [index, each] of report.credentials.entries()) walk(found, each, `/credentials/${index}`, true)
  const old = supersededAmong(found.flatMap(({ isRecord, report: each }) => (isRecord ? each : [])))
  const isOld: boolean[] = []
  return found.map(({ outer, ...record }, index) => {
    // What is inside of what holds no longer holds no longer as part of it.
    const isSuperseded = old.has(record.report) || (outer !== undefined && isOld[outer] === true)
    isOld[index] = isSuperseded
    return { ...record, isSuperseded }
  })
}

/**
 * Whether a presentation says what it seems to say: its holder signed it, for this verifier and this time. One that is not valid because of
 * a credential in it alone still does. Of a credential nothing else is asked.
 */
export function isHeld(report: Report): boolean {
  return report.kind === 'credential' || report.checks.filter(isProblem).every(({ name }) => name === 'contents')
}

/** That a part of a record is shown, for whoever reads what is made of it; nothing where it is whole. */
export function isPartOf({ report }: VerifiedRecord): { readonly isPart?: true } {
  return report.verified && report.isPart ? { isPart: true } : {}
}

/** Those of which a later version is among them. */
export function supersededAmong(reports: readonly CredentialReport[]): ReadonlySet<CredentialReport> {
  const valid = reports.filter((each) => each.verified)
  const versions = compareVersions(valid.map(({ credential }) => credential as unknown as JsonObject))
  return new Set(valid.filter((_, index) => versions[index]?.kind === 'superseded'))
}

/** `outer`: the place in the list of what it is directly inside, where that was verified. */
interface Found extends Omit<VerifiedRecord, 'isSuperseded'> {
  readonly outer: number | undefined
}

function walk(
  found: Found[],
  report: CredentialReport,
  path: string,
  isRecord: boolean,
  outer?: number,
  isLearner = isNobody,
): void {
  const { nested } = report
  const place = report.verified ? found.length : undefined
  let within = isLearner
  if (report.verified) {
    const { issuer } = report
    const credential = report.credential as unknown as JsonObject
    within = withSubjects(isLearner, credential)
    found.push({
      path,
      credential,
      isLearner,
      issuer,
      isRecord,
      nested,
      report,
      outer,
    })
  }
  for (const each of nested) {
    walk(found, each.report, `${path}${each.path}`, isRecord && isRecordPath(each.path), place, within)
  }
}

/**
 * What a credential stands as inside another: a `record` of the learner in `verifiableCredential`, an `endorsement` in `endorsement` or
 * `endorsementJwt` of what it speaks of, or somebody's word in another place.
 */
export function roleAt(path: string): 'record' | 'endorsement' | 'other' {
  if (/\/endorsement(Jwt)?(\/\d+)?$/.test(path)) return 'endorsement'
  return /\/verifiableCredential(\/|$)/.test(path) ? 'record' : 'other'
}

/** Whether it is a record of the learner. */
export function isRecordPath(path: string): boolean {
  return roleAt(path) === 'record'
}

/** Whether it is an endorsement. */
export function isEndorsementPath(path: string): boolean {
  return roleAt(path) === 'endorsement'
}

/** Most notes of one check. */
const MAX_NOTES = 20

/** What decides nothing, and is to be seen where the verdict is: every endorsement in these that is broken. */
export function warningsIn(nested: readonly NestedReport[]): readonly string[] {
  const notes = nested.flatMap((each) => warningsOf(each, ''))
  const more = notes.length - MAX_NOTES
  return more <= 0 ? notes : [...notes.slice(0, MAX_NOTES), `There are ${more} more endorsements that are not good.`]
}

function warningsOf({ path, report }: NestedReport, outer: string): readonly string[] {
  const at = `${outer}${path}`
  return [
    ...report.checks.filter(isWarning).map((check) => `${at}${check.path ?? ''}: ${check.message}`),
    ...report.nested.flatMap((each) => warningsOf(each, at)),
  ]
}

/**
 * The check that left out a status that is there: whether the credential was revoked is not known. It tells of the status, which may stand
 * in a JWT around the credential; where the credential has one, it need not: a report may have been kept for long.
 */
export function findOpenStatus({ checks }: CredentialReport, credential: JsonObject): Check | undefined {
  const isThere = asArray(credential['credentialStatus']).length > 0
  return checks.find(({ name, outcome, status }) => name === 'status' && outcome === 'skipped' && (isThere || status))
}

/** Somebody's word on a credential or on something in it. */
export interface Endorser {
  readonly issuer: string
  readonly about: readonly EndorsedThing[]
  /** Whether a registry knows them. */
  readonly isTrusted: boolean
  /** Whether it may have been revoked: that was not looked up. */
  readonly isStatusOpen: boolean
}

/** Who endorses a credential or something in it, by endorsements that are good and are not the own word of its issuer or learner. */
export function endorsersOf(report: CredentialReport): readonly Endorser[] {
  return report.checks.flatMap(({ name, outcome, endorsement }) => {
    if (name !== 'endorsement' || outcome !== 'passed' || !endorsement || endorsement.isOwnWord) return []
    const { endorser, about, isTrusted = false, isStatusOpen = false } = endorsement
    return endorser === undefined ? [] : { issuer: endorser, about, isTrusted, isStatusOpen }
  })
}
