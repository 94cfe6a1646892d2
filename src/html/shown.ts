/** The tree of credentials that a page shows: each with what is known of it, those that nobody verified among them. */

import { asArray, idOf, isObject } from '../encoding/json.ts'
import { documentIn, glance, isPresentation } from '../glance.ts'
import { findContents } from '../records/contents.ts'
import { isRecordPath, type Report, supersededAmong } from '../records/report-tree.ts'
import type { Verdict } from '../report.ts'
import type { JsonObject, JsonValue } from '../types.ts'

/** One credential or presentation. */
export interface Shown {
  /** Where it stands in what is around it. */
  readonly path: string
  readonly document: JsonObject
  readonly isPresentation: boolean
  /** Absent where nobody verified it. */
  readonly report?: Report
  readonly state: Verdict | 'unverified'
  readonly isSuperseded: boolean
  readonly inside: readonly Shown[]
}

/** Levels of credentials within credentials that are shown. */
const DEPTH = 12

/** What a report speaks of. */
export function shownOf(report: Report, path = '', isSuperseded = false, depth = 0): Shown {
  const document = documentOf(report)
  const nested = new Map(report.nested.map((each) => [each.path, each]))
  const presented = report.kind === 'presentation' ? report.credentials : []
  const old = supersededAmong(presented)
  const listed = presented.map((each, index) => shownOf(each, `/credentials/${index}`, old.has(each), depth + 1))
  const found = presented.length > 0 || depth >= DEPTH ? [] : findContents(document)
  const unreported = found.filter((each) => !nested.has(each.path))
  return {
    path,
    document,
    isPresentation: report.kind === 'presentation',
    report,
    state: report.verdict,
    isSuperseded,
    inside: [
      ...listed,
      ...(depth >= DEPTH ? [] : report.nested).map((each) =>
        shownOf(each.report, each.path, each.supersededBy !== undefined, depth + 1),
      ),
      ...(report.endorsements ?? []).map((each, index) => shownOf(each, detachedPath(index), false, depth + 1)),
      ...unreported.map((each) => unverified(each.value, each.path, depth + 1)),
    ],
  }
}

/** What nobody verified. */
export function unverified(value: JsonValue, path = '', depth = 0): Shown {
  const document = read(value)
  return {
    path,
    document,
    isPresentation: isPresentation(document),
    state: 'unverified',
    isSuperseded: false,
    inside: depth >= DEPTH ? [] : findContents(document).map((each) => unverified(each.value, each.path, depth + 1)),
  }
}

/** Where an endorsement stands that was given beside what was verified. */
export function detachedPath(index: number): string {
  return `/endorsements/${index}/endorsement`
}

/** Whether it stands there as one of the learner's, and not as somebody's word on something. */
export function isRecord({ path }: Shown): boolean {
  return path.startsWith('/credentials/') || isRecordPath(path)
}

function documentOf(report: Report): JsonObject {
  const held = report.verified
    ? report.kind === 'credential'
      ? report.credential
      : report.presentation
    : report.unverified
  return (held ?? {}) as unknown as JsonObject
}

/** A credential as it stands, or in signed text. */
function read(value: JsonValue): JsonObject {
  if (typeof value === 'string') return documentIn(glance({ content: value }))
  if (!isObject(value)) return {}
  const isEnveloped = asArray(value['type']).some(
    (type) => type === 'EnvelopedVerifiableCredential' || type === 'EnvelopedVerifiablePresentation',
  )
  const id = isEnveloped ? idOf(value) : undefined
  return id === undefined ? value : documentIn(glance({ content: id.slice(id.indexOf(',') + 1) }))
}
