/**
 * Results: that what the learner reached is something that the achievement says can be reached (Open Badges 3.0, Result,
 * ResultDescription, RubricCriterionLevel). A value out of its bounds is refused. Other departures (a value or level that is not in the
 * list, a description that is not there) are told, because genuine records have them, the standard's own example among them; they fail
 * only where the caller asks for conformance.
 */

import { clip } from '../encoding/clip.ts'
import { asArray, isObject, pointer, single, singles } from '../encoding/json.ts'
import { type Requirement, requirementOf } from '../records/requirement.ts'
import { comparable, isOutside, numberOf } from '../records/scale.ts'
import { type Check, failed, passed, skipped } from '../report.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import type { Settings } from './settings.ts'

/** Most results that are named one by one. */
const MAX_NAMED = 20

/** Nothing where the credential has no results. Where a part of it is shown, lists may have been shortened. */
export function checkResults(credential: JsonObject, isPart: boolean, settings: Settings): readonly Check[] {
  const subject = credential['credentialSubject']
  const findings = asArray(subject).flatMap((each, index) =>
    isObject(each)
      ? judgeSubject(each, Array.isArray(subject) ? pointer('/credentialSubject', index) : '/credentialSubject', isPart)
      : [],
  )
  if (findings.length === 0) return []
  const isAsked = settings.conformance !== 'noted' && !isPart
  const departing = findings.filter(({ kind }) => kind === 'departing' || kind === 'dangling')
  const wrong = [...findings.filter(({ kind }) => kind === 'wrong'), ...(isAsked ? departing : [])]
  if (wrong.length > 0) {
    return wrong.slice(0, MAX_NAMED).map(({ kind, message, path }) => {
      return failed('result', kind === 'dangling' ? 'RESULT_DANGLING' : 'RESULT_MISMATCH', message, { path })
    })
  }
  const notes = findings.filter(({ kind }) => kind !== 'fits').map(({ path, message }) => `${path}: ${message}`)
  const extra = { notes: notes.slice(0, MAX_NAMED) }
  const [first] = departing
  if (!first) return [passed('result', 'No result contradicts what the achievement says can be reached.', extra)]
  const others = departing.length > 1 ? ` So do ${departing.length - 1} more.` : ''
  const message = `A result departs from its description, and what holds was not decided. ${first.message}${others}`
  return [skipped('result', message, { path: first.path, ...extra })]
}

interface Finding {
  /** `noted`: nothing against it, but something to be known. `dangling`: there is no description. */
  readonly kind: 'fits' | 'noted' | 'dangling' | 'departing' | 'wrong'
  readonly path: string
  readonly message: string
}

function judgeSubject(subject: JsonObject, path: string, isPart: boolean): readonly Finding[] {
  const member = subject['result']
  if (member === undefined) return []
  const descriptions = new Map<JsonValue | undefined, Described>()
  for (const achievement of asArray(subject['achievement']).filter(isObject)) {
    for (const each of asArray(achievement['resultDescription']).filter(isObject)) {
      descriptions.set(each['id'], describe(each))
    }
  }
  const base = pointer(path, 'result')
  return asArray(member).flatMap((result, index) =>
    isObject(result) ? judge(result, Array.isArray(member) ? pointer(base, index) : base, descriptions, isPart) : [],
  )
}

/** A description, and what is asked of it for each result. It is looked through once, as there may be thousands of both. */
interface Described {
  readonly description: JsonObject
  readonly name: string
  readonly allowedValues: readonly JsonValue[]
  /** As they are compared. */
  readonly allowed: ReadonlySet<JsonValue>
  readonly requirement: Requirement
}

function describe(description: JsonObject): Described {
  const allowedValues = asArray(description['allowedValue'])
  return {
    description,
    name: `"${clip(description['name'])}"`,
    allowedValues,
    allowed: new Set(allowedValues.map(comparable)),
    requirement: requirementOf(description),
  }
}

function judge(
  result: JsonObject,
  path: string,
  descriptions: ReadonlyMap<JsonValue | undefined, Described>,
  isPart: boolean,
): readonly Finding[] {
  const [named, status, value, achievedLevel] = singles(result, 'resultDescription', 'status', 'value', 'achievedLevel')
  if (named === undefined) return [{ kind: 'fits', path, message: 'it names no description' }]
  const described = descriptions.get(named)
  const at = (member: string): string => pointer(path, member)
  if (!described) {
    const message = `The result names the description ${clip(named)}, which is not among those of the achievement.`
    return [{ kind: 'dangling', path: at('resultDescription'), message }]
  }
  const findings: Finding[] = [{ kind: 'fits', path, message: 'it fits' }]
  const departs = (member: string, message: string): void => {
    findings.push({ kind: 'departing', path: at(member), message })
  }
  const { description, name, requirement } = described
  if (single(description['resultType']) === 'Status' && status === undefined && !isPart) {
    departs('status', `The result of ${name} is to be a status, and the result has none.`)
  }
  if (achievedLevel !== undefined && !isPart && !requirement.levelOf(achievedLevel)) {
    departs('achievedLevel', `The result of ${name} is the level ${clip(achievedLevel)}, which is none of its levels.`)
  }
  if (value !== undefined) findings.push(...judgeValue(value, described, at('value'), isPart))
  return findings
}

function judgeValue(
  value: JsonValue,
  { description, name, allowedValues, allowed, requirement }: Described,
  path: string,
  isPart: boolean,
): readonly Finding[] {
  const { valueMin, valueMax, requiredValue } = description
  if (allowed.size > 0 && !isPart && !allowed.has(comparable(value))) {
    const listed = allowedValues.slice(0, MAX_NAMED).map(clip).join(', ')
    const message = `The result of ${name} is ${clip(value)}, which is not allowed; allowed are ${listed}.`
    return [{ kind: 'departing', path, message }]
  }
  const number = numberOf(value)
  const hasBounds = valueMin !== undefined || valueMax !== undefined
  if (number === undefined && hasBounds && allowed.size === 0) {
    return [{ kind: 'noted', path, message: `${clip(value)} is no number, and was not compared with the bounds.` }]
  }
  if (number !== undefined && isOutside(number, valueMin, valueMax)) {
    const bounds = `it must be from ${clip(valueMin ?? '…')} to ${clip(valueMax ?? '…')}`
    return [
      { kind: 'wrong', path, message: `The result of ${name} is ${clip(value)}, which is out of bounds: ${bounds}.` },
    ]
  }
  if ((requirement.compareValue(value) ?? 0) < 0) {
    return [
      { kind: 'noted', path, message: `${clip(value)} is less than ${clip(requiredValue)}, which is needed to pass.` },
    ]
  }
  return []
}
