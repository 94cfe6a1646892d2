/** Which results of a subject are of which of its achievements, and which of the achievements those results take back. */

import { asArray, isObject, single } from '../encoding/json.ts'
import { type Requirement, requirementOf } from '../records/requirement.ts'
import type { JsonObject, JsonValue } from '../types.ts'

/** A result that was reached. */
export interface Reached {
  readonly result: JsonObject
  readonly description?: JsonObject
  /** The level of a rubric that it is. */
  readonly level?: JsonObject | undefined
}

/** An achievement of a subject. */
export interface Attained {
  readonly achievement: JsonValue
  /** A result says that it is under way, failed or left, or is less than what it asks for. */
  readonly isMissed: boolean
  readonly reached: readonly Reached[]
}

/**
 * A result is of the achievement that has its description. One whose description is nowhere is of the only achievement; among several it is
 * of none, but where it says that something was not reached, that may be any of them.
 */
export function attainedBy(subject: JsonObject): readonly Attained[] {
  const achievements = asArray(subject['achievement'])
  const described = new Map<JsonValue, { place: number; description: JsonObject; requirement: Requirement }>()
  for (const [place, achievement] of achievements.entries()) {
    for (const description of descriptionsOf(achievement)) {
      const { id } = description
      if (id === undefined || described.has(id)) continue
      described.set(id, { place, description, requirement: requirementOf(description) })
    }
  }
  const missed = new Set<JsonValue | undefined>()
  const reached: Reached[][] = achievements.map(() => [])
  const unnamed = requirementOf()
  let isAnyMissed = false
  for (const result of asArray(subject['result']).filter(isObject)) {
    const id = single(result['resultDescription'])
    const known = id === undefined ? undefined : described.get(id)
    const { requirement = unnamed, description, place = achievements.length === 1 ? 0 : -1 } = known ?? {}
    if (!requirement.isMissedBy(result)) {
      const level = requirement.levelOf(result['achievedLevel'])
      reached[place]?.push({ result, level, ...(description && { description }) })
    } else if (known) missed.add(id)
    else isAnyMissed = true
  }
  return achievements.map((achievement, place) => ({
    achievement,
    isMissed: isAnyMissed || descriptionsOf(achievement).some(({ id }) => missed.has(id)),
    reached: reached[place] ?? [],
  }))
}

function descriptionsOf(achievement: JsonValue): readonly JsonObject[] {
  return isObject(achievement) ? asArray(achievement['resultDescription']).filter(isObject) : []
}
