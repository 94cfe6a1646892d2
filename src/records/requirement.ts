/**
 * What a description asks of a result (Open Badges 3.0, ResultDescription: `requiredValue`, `requiredLevel`), and whether a result misses
 * it. Read once for many results.
 */

import { asArray, isObject, single, singles } from '../encoding/json.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { comparable, numberOf } from './scale.ts'

/** The demand of one description. */
export interface Requirement {
  /**
   * Whether a result misses it: by its status, or by a value or level that is less. Words and levels without an order are less than what is
   * required unless they are that, or the result says `Completed`.
   */
  isMissedBy(result: JsonObject): boolean
  /** Less than nothing for a value that is less than what is required; `undefined` for a word that cannot be compared with it. */
  compareValue(value: JsonValue): number | undefined
  /** The level of its rubric with this id. */
  levelOf(id: JsonValue | undefined): JsonObject | undefined
}

/** Reads a description; without one, only a status can be missed. */
export function requirementOf(description: JsonObject = {}): Requirement {
  const requiredValue = single(description['requiredValue'])
  const requiredLevel = single(description['requiredLevel'])
  const isLetter = single(description['resultType']) === 'LetterGrade'
  // Read for every credential that has results: each list is looked through once, and only where it decides something.
  let places: ReadonlyMap<string | undefined, number> | undefined
  const placeOf = (word: string): number | undefined => {
    places ??= new Map(asArray(description['allowedValue']).map((each, place) => [wordOf(each), place]))
    return places.get(word)
  }
  let levels: ReadonlyMap<JsonValue | undefined, JsonObject> | undefined
  const levelOf: Requirement['levelOf'] = (id) => {
    if (id === undefined) return undefined
    levels ??= new Map(levelsOf(description).map((level) => [level['id'], level]))
    return levels.get(single(id))
  }
  const needed = levelOf(requiredLevel)
  const compareValue = (value: JsonValue): number | undefined => {
    if (requiredValue === undefined || comparable(value) === comparable(requiredValue)) return 0
    const [word, required] = [wordOf(value), wordOf(requiredValue)]
    if (word === undefined || required === undefined) return undefined
    if (word === required) return 0
    return (
      (isLetter ? minus(gradeOf(word), gradeOf(required)) : undefined) ??
      minus(numberOf(value), numberOf(requiredValue)) ??
      minus(placeOf(word), placeOf(required)) ??
      // Other notations of numbers are compared with nothing.
      (/\d/.test(word) && /\d/.test(required) ? 0 : undefined)
    )
  }
  const compareLevel = (id: JsonValue): number | undefined => {
    if (needed === undefined || id === requiredLevel) return 0
    const level = levelOf(id)
    const found = ['points', 'level'].map((name) => minus(numberOf(level?.[name]), numberOf(needed[name])))
    return found.find((difference) => difference !== undefined && difference !== 0)
  }
  return {
    compareValue,
    levelOf,
    isMissedBy(result) {
      const [status, value, achievedLevel] = singles(result, 'status', 'value', 'achievedLevel')
      if (status !== undefined && status !== 'Completed') return true
      const differences = [
        value === undefined ? 0 : compareValue(value),
        achievedLevel === undefined ? 0 : compareLevel(achievedLevel),
      ]
      return differences.some((each) => (each === undefined ? status === undefined : each < 0))
    },
  }
}

function levelsOf(description: JsonObject): readonly JsonObject[] {
  return asArray(description['rubricCriterionLevel']).filter(isObject)
}

function minus(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one - other
}

function wordOf(value: JsonValue): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? `${value}`.trim().toLowerCase() : undefined
}

/** Letters from A to F: among genuine records their lists are as often from the best on as the standard's way round. */
function gradeOf(word: string): number | undefined {
  const [, letter, sign] = /^([a-f])([+-]?)$/.exec(word) ?? []
  return letter === undefined ? undefined : -3 * letter.charCodeAt(0) + (sign === '+' ? 1 : sign === '-' ? -1 : 0)
}
