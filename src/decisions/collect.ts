/** The records in a report, as a policy looks at them: what only holds others, what the learner put together, and whom each must be about. */

import { asArray, idOf, isObject } from '../encoding/json.ts'
import { type IsLearner, isNobody, withSubjects } from '../records/learner.ts'
import { isRecordPath, type Report, supersededAmong } from '../records/report-tree.ts'
import type { CredentialReport } from '../report.ts'
import { isOnlyList } from '../status/list-index.ts'
import type { JsonObject } from '../types.ts'

/** A credential of the learner, as the policy looks at it: it may be one that is not valid for a reason that is tolerated. */
export interface Record {
  readonly path: string
  readonly report: CredentialReport
  readonly credential: JsonObject
  readonly isContainer: boolean
  /** Ids, one of which it must be about: of the outermost record around it that holds others on the word of somebody unknown. */
  readonly about?: ReadonlySet<string>
  /** Whether a record around it is about whoever has this id. */
  readonly isLearner: IsLearner
}

/** Every record, the outer ones first. Those that a later version supersedes are not among them. */
export function collect(report: Report): readonly Record[] {
  const records: Record[] = []
  const walk = (each: CredentialReport, path: string, about?: ReadonlySet<string>, isLearner = isNobody): void => {
    const credential = documentOf(each)
    records.push({ path, report: each, credential, isContainer: isContainer(each), isLearner, ...(about && { about }) })
    const within =
      about ?? (isVouchedFor(each) ? undefined : new Set(subjectsOf(credential).flatMap((who) => idOf(who) ?? [])))
    const names = withSubjects(isLearner, credential)
    for (const inner of each.nested) {
      // What takes its place must be looked at in its place.
      const isReplaced = inner.supersededBy !== undefined && isRecordPath(inner.supersededBy)
      if (isRecordPath(inner.path) && !isReplaced) walk(inner.report, `${path}${inner.path}`, within, names)
    }
  }
  if (report.kind === 'credential') walk(report, '')
  else {
    const old = supersededAmong(report.credentials)
    for (const [index, each] of report.credentials.entries()) if (!old.has(each)) walk(each, `/credentials/${index}`)
  }
  return records
}

/** A registry knows who put it together, and that is not the learner: an issuer may know one learner by several ids. */
function isVouchedFor(report: CredentialReport): boolean {
  return (
    !isOwnCompilation(report) && report.checks.some(({ name, outcome }) => name === 'trust' && outcome === 'passed')
  )
}

/** Members of a subject that award nothing. Every other may, and not only those that the standard knows. */
const plainMembers = new Set(['id', 'type', 'name', 'identifier', 'verifiableCredential', 'association'])

/** It holds records, and awards nothing itself. What is called a container and holds none is judged as any other record. */
export function isContainer(report: CredentialReport): boolean {
  const credential = documentOf(report)
  const [subject, ...others] = asArray(credential['credentialSubject'])
  return (
    asArray(credential['type']).includes('ClrCredential') &&
    others.length === 0 &&
    isObject(subject) &&
    Object.keys(subject).every((name) => plainMembers.has(name)) &&
    credential['evidence'] === undefined &&
    credential['awardedDate'] === undefined &&
    report.nested.some(({ path, report: inner }) => isRecordPath(path) && isOfLearner(documentOf(inner)))
  )
}

/** A container that the learner put together of others' credentials: no one need trust it. */
export function isOwnCompilation(report: CredentialReport): boolean {
  const { issuer, credentialSubject } = documentOf(report)
  const [subject] = asArray(credentialSubject)
  return isContainer(report) && idOf(subject) !== undefined && idOf(subject) === idOf(issuer)
}

/** A status list says nothing of anybody whom it names, nor an endorsement what a learner did: neither is a record to decide on. */
export function isOfLearner(credential: JsonObject): boolean {
  return !isOnlyList(credential) && !asArray(credential['type']).includes('EndorsementCredential')
}

/** Whom it is about. */
export function subjectsOf(credential: JsonObject): readonly JsonObject[] {
  return asArray(credential['credentialSubject']).filter(isObject)
}

/** What was verified, or what was read where it is not valid. */
export function documentOf(report: CredentialReport): JsonObject {
  return (report.verified ? report.credential : (report.unverified ?? {})) as unknown as JsonObject
}
