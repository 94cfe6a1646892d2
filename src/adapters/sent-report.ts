/**
 * How a report goes from one thread to another: as JSON, without the documents that the other thread has itself. Those are most of it, and
 * writing and reading them costs more than the check of a signature.
 *
 * The other thread has the very text that was verified. A credential in it that is text of its own goes whole.
 */

import { deepFreeze, isObject, stepsOf } from '../encoding/json.ts'
import { markVerified } from '../encoding/verified.ts'
import type { CredentialReport, JsonObject, JsonValue } from '../index.ts'

/** A report as it is sent: `credential` is null where the other thread has it. */
export type SentReport = CredentialReport

/** For the thread that verified: the report on what it was given, ready to be sent. */
export function pack(report: CredentialReport, given: unknown): SentReport {
  return isJson(given) && report.verified && !report.envelope
    ? without(report, report.credential as unknown as JsonObject)
    : report
}

/**
 * For the thread that asked: the report as good as one made here, its credential frozen and known as verified. It is read from the text when it
 * is first asked for: the caller has it already, and the asking thread has work for all the others. Only for reports of the SDK's own threads:
 * whatever is handed in is believed.
 */
export function unpack(sent: SentReport, given: unknown): CredentialReport {
  const own = new Map<CredentialReport, JsonObject | null>()
  const fill = () => settle(sent, own, () => (isJson(given) ? (JSON.parse(given) as JsonValue) : undefined))
  const fillOnRead = (report: CredentialReport) => {
    if (report.verified) {
      own.set(report, report.credential as unknown as JsonObject | null)
      const get = () => {
        fill()
        return report.credential
      }
      Object.defineProperty(report, 'credential', { get, enumerable: true, configurable: true })
    }
    for (const { report: inner } of report.nested) fillOnRead(inner)
  }
  fillOnRead(sent)
  return sent
}

/** Text of a JSON object. `verify` reads it strictly, so that all who read it read the same. */
function isJson(given: unknown): given is string {
  return typeof given === 'string' && given.startsWith('{')
}

function without(report: CredentialReport, document: JsonObject): SentReport {
  const nested = report.nested.map((each) => {
    const inner = each.report
    // It may be another object than stands there: one that was in signed text.
    const isThere = inner.verified && (inner.credential as unknown) === valueAt(document, each.path)
    return isThere ? { ...each, report: without(inner, inner.credential as unknown as JsonObject) } : each
  })
  return { ...report, nested, credential: null } as unknown as SentReport
}

/** Puts every credential in its place. */
function settle(
  report: CredentialReport,
  own: ReadonlyMap<CredentialReport, JsonObject | null>,
  find: () => JsonValue | undefined,
): void {
  let document: JsonObject | undefined
  if (report.verified) {
    document = (own.get(report) ?? find()) as JsonObject
    // What was found in a frozen document is frozen.
    if (!Object.isFrozen(document)) deepFreeze(document)
    const value = markVerified(document, report.envelope)
    Object.defineProperty(report, 'credential', { value, writable: true, enumerable: true, configurable: true })
  }
  for (const { path, report: inner } of report.nested) {
    settle(inner, own, () => (document ? valueAt(document, path) : undefined))
  }
}

/** What a JSON Pointer (RFC 6901) leads to. */
function valueAt(document: JsonValue, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = document
  for (const name of stepsOf(path)) {
    if (Array.isArray(value)) value = value[Number(name)]
    else if (isObject(value) && Object.hasOwn(value, name)) value = value[name]
    else return undefined
  }
  return value
}
