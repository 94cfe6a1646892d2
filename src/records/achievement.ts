/** What can be earned (Open Badges 3.0, Achievement, Criteria, Related). */

import type { OneOrMany } from '../types.ts'
import { type Alignment, type AlignmentInput, toAlignment } from './alignment.ts'
import { type Image, type ImageInput, toImage } from './image.ts'
import {
  freshId,
  invalid,
  listEach,
  listOf,
  requireIri,
  requireLanguage,
  requireObject,
  requireText,
  requireWordOrExtension,
  typeList,
} from './input.ts'
import {
  type IdentifierEntry,
  type IdentifierEntryInput,
  type ProfileInput,
  type ProfileRecord,
  toIdentifierEntries,
  toProfile,
} from './profile.ts'
import { type ResultDescription, type ResultDescriptionInput, toResultDescription } from './result.ts'
import { type AchievementType, achievementTypes } from './vocabulary.ts'

/** What has to be done to earn it: text, or a page that says so, or both. Markdown is allowed in `narrative`. */
export type CriteriaInput =
  | string
  | { readonly id: string; readonly narrative?: string }
  | { readonly id?: string; readonly narrative: string }

/** What has to be done to earn it, as it stands in a record. The standard gives it no `type`. */
export interface Criteria {
  /** Address of a page that says what has to be done. */
  readonly id?: string
  /** What has to be done. Markdown is allowed. */
  readonly narrative?: string
}

/** Another achievement that this one has to do with. */
export interface RelatedInput {
  /** `id` of the other achievement. */
  readonly id: string
  /** Its language, such as `en` or `pt-BR`. */
  readonly inLanguage?: string
  /** Its version. */
  readonly version?: string
}

interface AchievementMembers {
  /** Name of the achievement. */
  readonly name: string
  /** What the achievement is, in a sentence or two. */
  readonly description: string
  /** What kind of achievement it is, such as `Course`, `Certificate`, `MicroCredential`, or `ext:` and a word of yours. */
  readonly achievementType?: AchievementType
  /** Credits that can be had for it, generally in credit hours. */
  readonly creditsAvailable?: number
  /** Subject or discipline, such as `Psychology`. */
  readonly fieldOfStudy?: string
  /** The focus within the subject, such as `Entrepreneurship`. */
  readonly specialization?: string
  /** The code people use for it, such as `BIO-101`. */
  readonly humanCode?: string
  /** Language of the achievement, such as `en` or `pt-BR`. */
  readonly inLanguage?: string
  /** Version of the achievement: raise it when the criteria change. */
  readonly version?: string
  /** Signed endorsements of this achievement, with embedded proof. */
  readonly endorsement?: readonly object[]
  /** Signed endorsements of this achievement, as compact JWT. */
  readonly endorsementJwt?: readonly string[]
}

/** What can be earned. One achievement serves many badges: give it a lasting `id` and use it again. */
export interface AchievementInput extends AchievementMembers {
  /** IRI of the achievement. Default: a fresh `urn:uuid:…`, another one at each call. */
  readonly id?: string
  /** What has to be done to earn it. Text is taken as narrative, also when it looks like an address. */
  readonly criteria: CriteriaInput
  /** Framework nodes it is tied to: see `caseAlignment` and `ctdlAlignment`. */
  readonly alignment?: OneOrMany<AlignmentInput>
  /** Who defined it. Default of readers: the issuer. */
  readonly creator?: ProfileInput
  /** The badge picture. */
  readonly image?: ImageInput
  /** Further identifiers, such as a course number of a register. */
  readonly otherIdentifier?: OneOrMany<IdentifierEntryInput>
  /** Translations and other related achievements. */
  readonly related?: OneOrMany<RelatedInput>
  /** The results it can have. */
  readonly resultDescription?: OneOrMany<ResultDescriptionInput>
  /** Keywords. */
  readonly tag?: OneOrMany<string>
}

/** What can be earned, as it stands in a record. */
export interface Achievement extends AchievementMembers {
  /** IRI of the achievement. */
  readonly id: string
  /** The word of the standard first, then the caller's own. */
  readonly type: readonly ['Achievement', ...string[]]
  /** What has to be done to earn it. */
  readonly criteria: Criteria
  /** Framework nodes it is tied to. */
  readonly alignment?: readonly Alignment[]
  /** Who defined it. */
  readonly creator?: ProfileRecord
  /** Picture, always as an object. */
  readonly image?: Image
  /** Further identifiers, in plain text. */
  readonly otherIdentifier?: readonly IdentifierEntry[]
  /** Translations and other related achievements. */
  readonly related?: readonly (RelatedInput & { readonly type: readonly ['Related', ...string[]] })[]
  /** The results it can have. */
  readonly resultDescription?: readonly ResultDescription[]
  /** Keywords. */
  readonly tag?: readonly string[]
}

/** Fills in the types of an achievement and of everything it holds, and its `id`. */
export function toAchievement(achievement: AchievementInput, path: string): Achievement {
  requireObject(achievement, path, 'an achievement such as { name, description, criteria }')
  requireText(achievement.name, `${path}.name`, 'the name of the achievement, such as Data Visualisation')
  requireText(achievement.description, `${path}.description`, 'a sentence on what the achievement is')
  if (achievement.id !== undefined) requireIri(achievement.id, `${path}.id`, 'a lasting IRI, or leave it out')
  if (achievement.inLanguage !== undefined) requireLanguage(achievement.inLanguage, `${path}.inLanguage`)
  if (achievement.achievementType !== undefined) {
    requireWordOrExtension(achievement.achievementType, `${path}.achievementType`, achievementTypes)
  }
  const { criteria, alignment, creator, image, otherIdentifier, related, resultDescription, tag, ...rest } = achievement
  const alignments = listEach(alignment, `${path}.alignment`, toAlignment)
  const identifiers = toIdentifierEntries(otherIdentifier, `${path}.otherIdentifier`)
  const relations = listEach(related, `${path}.related`, toRelated)
  const descriptions = listEach(resultDescription, `${path}.resultDescription`, toResultDescription)
  return {
    ...rest,
    id: achievement.id ?? freshId(),
    type: typeList('Achievement', achievement),
    criteria: toCriteria(criteria, `${path}.criteria`),
    ...(alignments && { alignment: alignments }),
    ...(creator !== undefined && { creator: toProfile(creator, `${path}.creator`) }),
    ...(image !== undefined && { image: toImage(image, `${path}.image`) }),
    ...(identifiers && { otherIdentifier: identifiers }),
    ...(relations && { related: relations }),
    ...(descriptions && { resultDescription: descriptions }),
    ...(tag !== undefined && { tag: listOf(tag) }),
  }
}

function toCriteria(criteria: CriteriaInput, path: string): Criteria {
  const right = 'give text, { narrative: "…" }, { id: "https://…" } or both'
  const given: Criteria = typeof criteria === 'string' ? { narrative: criteria } : criteria
  if (given === undefined || given === null) throw invalid(`${path} is missing; ${right}`)
  requireObject(given, path, right.slice('give '.length))
  const { id, narrative } = given
  const empty = narrative === undefined || (typeof narrative === 'string' && narrative.trim() === '')
  if (id === undefined && empty) throw invalid(`${path} is empty; ${right}`)
  if (id !== undefined) requireIri(id, `${path}.id`, 'the address of a page, such as https://example.edu/criteria')
  if (narrative !== undefined) requireText(narrative, `${path}.narrative`, 'what has to be done to earn it')
  return given
}

function toRelated(related: RelatedInput, path: string): NonNullable<Achievement['related']>[number] {
  requireObject(related, path, '{ id } of another achievement')
  requireIri(related.id, `${path}.id`, 'the id of the other achievement')
  if (related.inLanguage !== undefined) requireLanguage(related.inLanguage, `${path}.inLanguage`)
  return { ...related, type: typeList('Related', related) }
}
