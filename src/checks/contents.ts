/**
 * Contents: every credential found inside a credential (a record in a CLR, an endorsement) is verified for itself and
 * gets its own report in the tree. The outer credential is only as good as the records that it contains. An endorsement is somebody
 * else's word on it, and is judged where endorsements are.
 */

import { mapSeveral } from '../encoding/several.ts'
import { type Content, type ContentsResult, leaveContents, notesOnPart } from '../records/contents.ts'
import { isEndorsementPath, roleAt, warningsIn } from '../records/report-tree.ts'
import { compareVersions } from '../records/versions.ts'
import {
  type Check,
  type CredentialReport,
  failed,
  inconclusive,
  isProblem,
  type NestedReport,
  passed,
  skipped,
} from '../report.ts'
import type { JsonObject, JsonValue } from '../types.ts'

/**
 * Verifies what a credential contains. `verifyInner` verifies one credential, its own contents included; `isRecord` tells it
 * that the credential stands there as one of the learner's, not as somebody's word on something. `isPartial`: the record says itself that
 * there is more about the learner than it holds. `atOnce`: how many are verified at once.
 */
export async function checkContents(
  inner: readonly Content[],
  verifyInner: (inner: JsonValue, isRecord: boolean) => Promise<CredentialReport>,
  isPartial = false,
  atOnce?: number,
): Promise<ContentsResult> {
  if (inner.length === 0) return leaveContents(isPartial)
  const verifyOne = async ({ path, value, isRecord }: Content): Promise<NestedReport> => {
    return { path, report: await verifyInner(value, isRecord) }
  }
  const nested = await mapSeveral(inner, verifyOne, atOnce)
  const { reports, notes } = withVersions(nested)
  const records = nested.filter(({ path }) => !isEndorsementPath(path))
  const problems = records.flatMap(problemOf)
  if (problems.length > 0) return { checks: problems, nested: reports }
  const extra = { notes: [...notesOnPart(isPartial), ...notes, ...warningsIn(records)] }
  const check =
    records.length > 0
      ? passed('contents', describeCount(records.length), extra)
      : skipped('contents', 'There are no credentials inside this one but endorsements.', extra)
  return { checks: [check], nested: reports }
}

function problemOf({ path, report }: NestedReport): readonly Check[] {
  if (report.verified) return []
  const [worst] = report.checks.filter(isProblem)
  const reason = worst ? ` ${worst.message}` : ''
  return report.verdict === 'invalid'
    ? [failed('contents', 'CONTENT_INVALID', `A credential inside this one is invalid.${reason}`, { path })]
    : [
        inconclusive('contents', 'CONTENT_INDETERMINATE', `A credential inside this one is undecided.${reason}`, {
          path,
        }),
      ]
}

/** The credentials of a presentation, as one check or one for each that is not valid. */
export function checkPresented(reports: readonly NestedReport[]): readonly Check[] {
  if (reports.length === 0) return [skipped('contents', 'There are no credentials in this presentation.')]
  const problems = reports.flatMap(problemOf)
  if (problems.length > 0) return problems
  const notes = [...withVersions(reports).notes, ...warningsIn(reports)]
  return [passed('contents', describeCount(reports.length), { notes })]
}

/** Most notes of one check. */
const MAX_NOTES = 20

/**
 * Names versions of one credential among the valid ones: all were issued, and the latest alone holds. What stands as an endorsement or as
 * evidence is not looked at as a record is, and so takes the place of none.
 */
function withVersions(nested: readonly NestedReport[]): {
  readonly reports: readonly NestedReport[]
  readonly notes: readonly string[]
} {
  const valid = nested.flatMap(({ path, report }) => (report.verified ? { path, credential: report.credential } : []))
  const versions = compareVersions(
    valid.map(({ credential }) => credential as unknown as JsonObject),
    valid.map(({ path }) => roleAt(path)),
  )
  const superseded = new Map<string, string>()
  const notes = versions.flatMap((version, index) => {
    if (version.kind === 'current') return []
    const [path, other] = [valid[index]?.path ?? '', valid[version.by]?.path ?? '']
    if (version.kind === 'superseded') superseded.set(path, other)
    return `${path} ${words[version.kind]} ${other}.`
  })
  const reports = nested.map((each) => {
    const supersededBy = superseded.get(each.path)
    return supersededBy === undefined ? each : { ...each, supersededBy }
  })
  return { reports, notes: notes.slice(0, MAX_NOTES) }
}

const words = {
  superseded: 'is superseded: its issuer issued it anew, from a later time on, as',
  repeated: 'is the same as',
  disputed:
    'has the issuer, id and start of validity of another version, so that it cannot be told which of the two holds:',
} as const

function describeCount(count: number): string {
  return count === 1 ? 'The credential inside is valid.' : `All ${count} credentials inside are valid.`
}
