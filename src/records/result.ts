/** What can be reached and what was reached (Open Badges 3.0, ResultDescription, RubricCriterionLevel, Result). */

import type { OneOrMany } from '../types.ts'
import { type Alignment, type AlignmentInput, toAlignment } from './alignment.ts'
import {
  invalid,
  listEach,
  quote,
  requireIri,
  requireObject,
  requireText,
  requireWord,
  requireWordOrExtension,
  typeList,
} from './input.ts'
import { isOutside, numberOf } from './scale.ts'
import { type ResultStatus, type ResultType, resultStatuses, resultTypes } from './vocabulary.ts'

interface RubricCriterionLevelMembers {
  /** IRI of the level, such as `urn:uuid:…`: results name it in `achievedLevel`. */
  readonly id: string
  /** Name of the level, such as `Mastered`. */
  readonly name: string
  /** What the level asks for. */
  readonly description?: string
  /** The level in terms of success, as text. */
  readonly level?: string
  /** Points for the level, as text. */
  readonly points?: string
}

/** One level of a rubric. */
export interface RubricCriterionLevelInput extends RubricCriterionLevelMembers {
  /** Frameworks this level is tied to. */
  readonly alignment?: OneOrMany<AlignmentInput>
}

/** One level of a rubric as it stands in a record. */
export interface RubricCriterionLevel extends RubricCriterionLevelMembers {
  /** The word of the standard first, then the caller's own. */
  readonly type: readonly ['RubricCriterionLevel', ...string[]]
  /** Framework nodes it is tied to. */
  readonly alignment?: readonly Alignment[]
}

interface ResultDescriptionMembers {
  /** IRI of this description, such as `urn:uuid:…`: results name it in `resultDescription`. */
  readonly id: string
  /** Name of the result, such as `Final grade`. */
  readonly name: string
  /** What kind of result it is, such as `LetterGrade`, `Percent` or `Status`. */
  readonly resultType: ResultType
  /** The values there are, from low to high. */
  readonly allowedValue?: readonly string[]
  /** `id` of the rubric level needed to pass. */
  readonly requiredLevel?: string
  /** The value needed to pass, as text. */
  readonly requiredValue?: string
  /** Greatest possible value, as text. */
  readonly valueMax?: string
  /** Least possible value, as text. */
  readonly valueMin?: string
}

/** A result that an achievement can have. */
export interface ResultDescriptionInput extends ResultDescriptionMembers {
  /** Frameworks this result is tied to. */
  readonly alignment?: OneOrMany<AlignmentInput>
  /** The levels of a rubric, for type `RubricCriterionLevel`. */
  readonly rubricCriterionLevel?: OneOrMany<RubricCriterionLevelInput>
}

/** A result that an achievement can have, as it stands in a record. */
export interface ResultDescription extends ResultDescriptionMembers {
  /** The word of the standard first, then the caller's own. */
  readonly type: readonly ['ResultDescription', ...string[]]
  /** Framework nodes it is tied to. */
  readonly alignment?: readonly Alignment[]
  /** The levels of a rubric. */
  readonly rubricCriterionLevel?: readonly RubricCriterionLevel[]
}

interface ResultMembers {
  /** The value reached, as text: `A`, `87.5`. Must be one of the description's `allowedValue` where that has any. */
  readonly value?: string
  /** How far the learner got. Needed where the description's type is `Status`. */
  readonly status?: ResultStatus
  /** `id` of the result description of the same achievement that this result belongs to. */
  readonly resultDescription?: string
  /** `id` of the rubric level reached, one of that description's. */
  readonly achievedLevel?: string
}

/** What the learner reached. At least one of `value`, `status` and `achievedLevel` is needed. */
export type ResultInput = ResultMembers & {
  /** Frameworks this result is tied to. */
  readonly alignment?: OneOrMany<AlignmentInput>
} & ({ readonly value: string } | { readonly status: ResultStatus } | { readonly achievedLevel: string })

/** What the learner reached, as it stands in a record. */
export interface Result extends ResultMembers {
  /** The word of the standard first, then the caller's own. */
  readonly type: readonly ['Result', ...string[]]
  /** Framework nodes it is tied to. */
  readonly alignment?: readonly Alignment[]
}

/** Fills in the types of a result description and of its levels. */
export function toResultDescription(description: ResultDescriptionInput, path: string): ResultDescription {
  requireObject(description, path, 'a result description such as { id, name, resultType }')
  requireIri(description.id, `${path}.id`, 'an IRI that results can name, such as urn:uuid:…')
  requireText(description.name, `${path}.name`, 'the name of the result, such as Final grade')
  requireWordOrExtension(description.resultType, `${path}.resultType`, resultTypes)
  const { alignment, rubricCriterionLevel, ...rest } = description
  const alignments = listEach(alignment, `${path}.alignment`, toAlignment)
  const levels = listEach(rubricCriterionLevel, `${path}.rubricCriterionLevel`, toLevel)
  return {
    ...rest,
    type: typeList('ResultDescription', description),
    ...(alignments && { alignment: alignments }),
    ...(levels && { rubricCriterionLevel: levels }),
  }
}

/** Fills in the type of a result, and holds it against the description that it names. */
export function toResult(result: ResultInput, path: string, descriptions: readonly ResultDescription[]): Result {
  requireObject(result, path, 'a result such as { value: "A" }')
  if (result.value === undefined && result.status === undefined && result.achievedLevel === undefined) {
    throw invalid(`${path} says nothing; give value, status or achievedLevel`)
  }
  if (result.value !== undefined) requireText(result.value, `${path}.value`, 'text, such as "A" or "87.5"')
  if (result.status !== undefined) requireWord(result.status, `${path}.status`, resultStatuses)
  if (result.resultDescription !== undefined) checkAgainst(result, path, descriptions)
  const { alignment, ...rest } = result
  const alignments = listEach(alignment, `${path}.alignment`, toAlignment)
  return { ...rest, type: typeList('Result', result), ...(alignments && { alignment: alignments }) }
}

function toLevel(level: RubricCriterionLevelInput, path: string): RubricCriterionLevel {
  requireObject(level, path, 'a rubric level such as { id, name }')
  requireIri(level.id, `${path}.id`, 'an IRI that results can name, such as urn:uuid:…')
  requireText(level.name, `${path}.name`, 'the name of the level, such as Mastered')
  const { alignment, ...rest } = level
  const alignments = listEach(alignment, `${path}.alignment`, toAlignment)
  return { ...rest, type: typeList('RubricCriterionLevel', level), ...(alignments && { alignment: alignments }) }
}

function checkAgainst(result: ResultInput, path: string, descriptions: readonly ResultDescription[]): void {
  const description = descriptions.find(({ id }) => id === result.resultDescription)
  if (description === undefined) {
    const known = descriptions.map(({ id }) => id).join(', ') || 'the achievement has none yet'
    const right = `name one of achievement.resultDescription: ${known}`
    throw invalid(`${path}.resultDescription: ${quote(result.resultDescription)} is not described; ${right}`)
  }
  const { resultType, allowedValue = [], rubricCriterionLevel = [] } = description
  if (resultType === 'Status' && result.status === undefined) {
    throw invalid(
      `${path}.status is missing, and its description is of type Status; give one of ${resultStatuses.join(', ')}`,
    )
  }
  if (result.value !== undefined && allowedValue.length > 0 && !allowedValue.includes(result.value)) {
    throw invalid(`${path}.value: ${quote(result.value)} is not allowed; give one of ${allowedValue.join(', ')}`)
  }
  const number = numberOf(result.value)
  if (number !== undefined && isOutside(number, description.valueMin, description.valueMax)) {
    const bounds = `from ${description.valueMin ?? '…'} to ${description.valueMax ?? '…'}`
    throw invalid(`${path}.value: ${quote(result.value)} is out of bounds; give a value ${bounds}`)
  }
  if (result.achievedLevel !== undefined && !rubricCriterionLevel.some(({ id }) => id === result.achievedLevel)) {
    const known = rubricCriterionLevel.map(({ id }) => id).join(', ') || 'it has none yet'
    const right = `name one of that description's rubricCriterionLevel: ${known}`
    throw invalid(`${path}.achievedLevel: ${quote(result.achievedLevel)} is not a level there; ${right}`)
  }
}
