/**
 * Contents: every credential found inside a credential (a record in a CLR, an endorsement) is verified for itself and
 * gets its own report in the tree. The outer credential is only as good as what it contains.
 */

import { asArray, isObject, pointer } from '../encoding/json.ts'
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

/** Most levels of credentials within credentials. */
export const MAX_NESTING = 8
/** Most credentials directly inside one credential. */
export const MAX_CONTENTS = 2000

/** The check, and the report of each credential inside. */
export interface ContentsResult {
  readonly checks: readonly Check[]
  readonly nested: readonly NestedReport[]
}

/** Verifies what a credential contains. `verifyInner` verifies one credential, its own contents included. */
export async function checkContents(
  credential: JsonObject,
  level: number,
  verifyInner: (inner: JsonValue) => Promise<CredentialReport>,
): Promise<ContentsResult> {
  const inner = findCredentials(credential)
  if (inner.length === 0)
    return { checks: [skipped('contents', 'There are no credentials inside this one.')], nested: [] }
  const excess = limitMessage(inner.length, level)
  if (excess) return { checks: [failed('contents', 'LIMIT_EXCEEDED', excess)], nested: [] }
  const nested: NestedReport[] = []
  for (const { path, value } of inner) nested.push({ path, report: await verifyInner(value) })
  const problems = nested.flatMap(problemOf)
  if (problems.length > 0) return { checks: problems, nested }
  return { checks: [passed('contents', describeCount(inner.length))], nested }
}

function limitMessage(count: number, level: number): string | undefined {
  if (level >= MAX_NESTING) return `Credentials are nested deeper than ${MAX_NESTING} levels.`
  return count > MAX_CONTENTS
    ? `There are ${count} credentials inside; at most ${MAX_CONTENTS} are verified.`
    : undefined
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
export function checkPresented(reports: readonly CredentialReport[], isList: boolean): readonly Check[] {
  if (reports.length === 0) return [skipped('contents', 'There are no credentials in this presentation.')]
  const problems = reports.flatMap((report, index) =>
    problemOf({ path: isList ? pointer('/verifiableCredential', index) : '/verifiableCredential', report }),
  )
  return problems.length > 0 ? problems : [passed('contents', describeCount(reports.length))]
}

function describeCount(count: number): string {
  return count === 1 ? 'The credential inside is valid.' : `All ${count} credentials inside are valid.`
}

interface Found {
  readonly path: string
  readonly value: JsonValue
}

/** Members whose every value is a credential, by the learner-record contexts; JWT text among them. */
const credentialMembers = new Set(['verifiableCredential', 'endorsement', 'endorsementJwt'])

function findCredentials(credential: JsonObject): readonly Found[] {
  const found: Found[] = []
  const { proof: _, ...body } = credential
  walkMembers(body, '', found)
  return found
}

function walk(value: JsonValue | undefined, path: string, found: Found[]): void {
  if (isObject(value)) {
    if (asArray(value['type']).includes('VerifiableCredential')) found.push({ path, value })
    else walkMembers(value, path, found)
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, pointer(path, index), found)
  }
}

function walkMembers(object: JsonObject, path: string, found: Found[]): void {
  for (const [name, member] of Object.entries(object)) {
    if (name === '@context') continue
    if (!credentialMembers.has(name)) walk(member, pointer(path, name), found)
    else {
      for (const [index, value] of asArray(member).entries()) {
        found.push({ path: Array.isArray(member) ? pointer(pointer(path, name), index) : pointer(path, name), value })
      }
    }
  }
}
