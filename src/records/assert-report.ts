/** Reports that are handed in, also such as were kept as JSON: whether they have the shape of what `verify` returns, all the way down. */

import { given } from '../encoding/given.ts'
import { isObject } from '../encoding/json.ts'
import { CredentialError } from '../errors.ts'
import type { JsonObject } from '../types.ts'
import type { Report } from './report-tree.ts'

/** Levels of reports within reports that are looked at. `verify` goes down eight, where `limits.nesting` does not say otherwise. */
const DEPTH = 64

const verdicts: readonly unknown[] = ['valid', 'invalid', 'indeterminate']
const outcomes: readonly unknown[] = ['passed', 'failed', 'inconclusive', 'skipped']

/**
 * Throws `OPTION_INVALID`, in the name of the function that was called, where it is no report, or a part of it is missing or of another
 * shape. It says nothing about whether the report is true: whoever can change it decides.
 */
export function assertReport(caller: string, report: unknown): asserts report is Report {
  const problem = isReportLike(report) ? findProblem(report, '', 0) : `; ${given(report)}`
  if (problem === undefined) return
  throw new CredentialError('OPTION_INVALID', `${caller}: report must be what verify returned${problem}`)
}

/** Of anything else it is said what it is, and not what it lacks. */
function isReportLike(report: unknown): boolean {
  return isObject(report) && ('kind' in report || 'verdict' in report || 'checks' in report)
}

function findProblem(report: unknown, path: string, depth: number): string | undefined {
  const wrong = (what: string): string => (path === '' ? `; ${what}` : `; at ${path} ${what}`)
  if (!isObject(report)) return wrong('there is no object')
  if (depth > DEPTH) return wrong(`it is nested deeper than ${DEPTH} levels`)
  const { kind, verdict, verified, checks, nested, endorsements = [] } = report
  if (kind !== 'credential' && kind !== 'presentation') return wrong('the kind is neither credential nor presentation')
  if (!verdicts.includes(verdict)) return wrong('the verdict is none')
  if (verified !== (verdict === 'valid')) return wrong('verified and verdict do not agree')
  if (!Array.isArray(checks) || ![...checks].every(isCheck)) return wrong('the checks are no list of checks')
  if (!Array.isArray(nested)) return wrong('nested is no list')
  if (!Array.isArray(endorsements)) return wrong('endorsements is no list')
  const held = verified ? report[kind] : (report['unverified'] ?? {})
  if (!isObject(held)) return wrong(`there is no ${kind}`)
  const by = kind === 'credential' ? 'issuer' : 'holder'
  if (verified && typeof report[by] !== 'string') return wrong(`there is no ${by}`)
  const presented = kind === 'presentation' ? report['credentials'] : []
  if (!Array.isArray(presented)) return wrong('credentials is no list')
  const inner: [unknown, string][] = [
    ...[...presented].map((each, index) => [each, `${path}/credentials/${index}`] as [unknown, string]),
    ...[...endorsements].map((each, index) => [each, `${path}/endorsements/${index}`] as [unknown, string]),
  ]
  for (const [index, each] of nested.entries()) {
    if (!isObject(each) || typeof each['path'] !== 'string') return wrong(`nested ${index} has no path`)
    if (!areTexts([each['supersededBy'] ?? ''])) return wrong(`nested ${index} is superseded by no path`)
    inner.push([each['report'], `${path}/nested/${index}/report`])
  }
  for (const [each, at] of inner) {
    const problem = findProblem(each, at, depth + 1)
    if (problem !== undefined) return problem
  }
  return undefined
}

function isCheck(check: unknown): boolean {
  if (!isObject(check)) return false
  const { name, outcome, message, path = '', notes = [], code } = check
  const hasCode = outcome === 'failed' || outcome === 'inconclusive'
  return (
    outcomes.includes(outcome) &&
    areTexts([name, message, path, ...(hasCode ? [code] : [])]) &&
    Array.isArray(notes) &&
    areTexts([...notes]) &&
    ['detail', 'status'].every((each) => check[each] === undefined || isObject(check[each])) &&
    (check['trust'] === undefined || isTrustEntry(check['trust'])) &&
    (check['endorsement'] === undefined || isEndorsement(check['endorsement']))
  )
}

function isTrustEntry(trust: unknown): boolean {
  if (!isObject(trust)) return false
  const { registry, name = '', url = '', chain = [] } = trust
  return areTexts([registry, name, url]) && isListOf(chain, ({ by, about }) => areTexts([by, about]))
}

/** Who endorses is said with whether it is their own word: nobody may be taken for another because that is missing. */
function isEndorsement(endorsement: unknown): boolean {
  if (!isObject(endorsement)) return false
  const { endorser, isOwnWord, about, index = 0 } = endorsement
  const isSaid = endorser === undefined || (typeof endorser === 'string' && typeof isOwnWord === 'boolean')
  return isSaid && Number.isInteger(index) && isListOf(about, ({ id, kind }) => areTexts([id, kind]))
}

function isListOf(list: unknown, isItem: (item: JsonObject) => boolean): boolean {
  return Array.isArray(list) && [...list].every((item) => isObject(item) && isItem(item))
}

function areTexts(values: readonly unknown[]): boolean {
  return values.every((each) => typeof each === 'string')
}
