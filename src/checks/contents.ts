/**
 * Contents: every credential found inside a credential (a record in a CLR, an endorsement) is verified for itself and
 * gets its own report in the tree. The outer credential is only as good as the records that it contains. An endorsement is somebody
 * else's word on it, and is judged where endorsements are.
 */

import { asArray, isObject, pointer } from '../encoding/json.ts'
import { type Limits, limitDetail } from '../encoding/limits.ts'
import { mapSeveral } from '../encoding/several.ts'
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

/** The check, and the report of each credential inside. */
export interface ContentsResult {
  readonly checks: readonly Check[]
  readonly nested: readonly NestedReport[]
}

/**
 * Verifies what a credential contains. `verifyInner` verifies one credential, its own contents included; `isRecord` tells it
 * that the credential stands there as one of the learner's, not as somebody's word on something. `isPartial`: the record says itself that
 * there is more about the learner than it holds.
 */
export async function checkContents(
  inner: readonly Content[],
  verifyInner: (inner: JsonValue, isRecord: boolean) => Promise<CredentialReport>,
  isPartial = false,
): Promise<ContentsResult> {
  const more = isPartial ? ['It is partial: there is more about the learner than it holds.'] : []
  if (inner.length === 0) {
    return { checks: [skipped('contents', 'There are no credentials inside this one.', { notes: more })], nested: [] }
  }
  const nested = await mapSeveral(inner, async ({ path, value, isRecord }) => {
    return { path, report: await verifyInner(value, isRecord) }
  })
  const { reports, notes } = withVersions(nested)
  const records = nested.filter(({ path }) => !isEndorsementPath(path))
  const problems = records.flatMap(problemOf)
  if (problems.length > 0) return { checks: problems, nested: reports }
  const extra = { notes: [...more, ...notes, ...warningsIn(records)] }
  const check =
    records.length > 0
      ? passed('contents', describeCount(records.length), extra)
      : skipped('contents', 'There are no credentials inside this one but endorsements.', extra)
  return { checks: [check], nested: reports }
}

/** The credentials inside that nobody signed: with one of them the whole would be invalid. Broken endorsements are not in the way. */
export function findUnsigned(credential: JsonObject): readonly Check[] {
  return findContents(credential).flatMap(({ path, value }) => {
    if (!isObject(value) || isEnveloped(value) || isEndorsementPath(path) || asArray(value['proof']).length > 0)
      return []
    const message = `${path}: has no proof, so that nobody would take the record; issue it first`
    return [failed('contents', 'CONTENT_INVALID', message, { path })]
  })
}

function isEnveloped(value: JsonObject): boolean {
  return asArray(value['type']).includes('EnvelopedVerifiableCredential')
}

/** Whether there are more credentials inside, or in more levels, than are verified: seen before any work. */
export function findTooMany(found: number, level: number, { nesting, credentials }: Limits): Check | undefined {
  if (found > 0 && level >= nesting) {
    const message = `Credentials are nested deeper than ${nesting} levels.`
    return failed('contents', 'LIMIT_EXCEEDED', message, { detail: limitDetail('nesting', nesting) })
  }
  if (found <= credentials) return undefined
  const message = `There are ${found} credentials inside; at most ${credentials} are verified.`
  return failed('contents', 'LIMIT_EXCEEDED', message, { detail: limitDetail('credentials', credentials, found) })
}

/** Most status lists that are stapled to one presentation: each may inflate to four million bytes. */
export const MAX_STAPLED_LISTS = 40

/** Whether more status lists, each of an id of its own, are stapled to a presentation than are verified. */
export function findTooManyLists(found: number): Check | undefined {
  if (found <= MAX_STAPLED_LISTS) return undefined
  const message = `There are ${found} different status lists stapled to it; at most ${MAX_STAPLED_LISTS} are verified, and what is in it was not looked at.`
  return failed('contents', 'LIMIT_EXCEEDED', message)
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

/** A credential inside another one, and where it stands. */
export interface Content {
  readonly path: string
  readonly value: JsonValue
  readonly isRecord: boolean
}

/** Members whose every value is a credential, by the learner-record contexts; JWT text among them. */
const credentialMembers = new Set(['verifiableCredential', 'endorsement', 'endorsementJwt'])

/** The credentials directly inside a credential. What they contain is their own affair. */
export function findContents(credential: JsonObject): readonly Content[] {
  const walk: Walk = { found: [], path: [] }
  walkMembers(walk, credential)
  return walk.found
}

interface Walk {
  readonly found: Content[]
  readonly path: (string | number)[]
}

function walkValue(walk: Walk, value: JsonValue): void {
  if (isObject(value)) {
    if (asArray(value['type']).includes('VerifiableCredential') || isEnveloped(value)) add(walk, value)
    else walkMembers(walk, value)
  } else if (Array.isArray(value)) {
    walkItems(walk, value, walkValue)
  }
}

function walkMembers(walk: Walk, object: JsonObject): void {
  for (const name of Object.keys(object)) {
    const member = object[name]
    if (typeof member !== 'object' && !credentialMembers.has(name)) continue
    if (member === undefined || member === null || name === '@context') continue
    if (name === 'proof' && walk.path.length === 0) continue
    walk.path.push(name)
    if (!credentialMembers.has(name)) walkValue(walk, member)
    else if (Array.isArray(member)) walkItems(walk, member, add)
    else add(walk, member)
    walk.path.pop()
  }
}

function walkItems(walk: Walk, items: readonly JsonValue[], visit: (walk: Walk, item: JsonValue) => void): void {
  for (let index = 0; index < items.length; index += 1) {
    walk.path.push(index)
    visit(walk, items[index] as JsonValue)
    walk.path.pop()
  }
}

function add({ found, path }: Walk, value: JsonValue): void {
  const isRecord = path.some((step) => step === 'verifiableCredential')
  found.push({ path: path.reduce<string>(pointer, ''), value, isRecord })
}
