/**
 * The parts of an assertion of Open Badges 2.0 in the words of 3.0. A stranger wrote them, and nothing here throws: what has no place in 3.0,
 * or is not what its name says, is left out, and stays in the assertion that goes along as evidence.
 */

import { toLongBase64 } from '../encoding/base64.ts'
import { canonicalJson } from '../encoding/canonical-json.ts'
import { textOf } from '../encoding/clip.ts'
import { isIri } from '../encoding/iri.ts'
import { asArray, isObject } from '../encoding/json.ts'
import type { AchievementInput, CriteriaInput, RelatedInput } from '../records/achievement.ts'
import type { AlignmentInput } from '../records/alignment.ts'
import { digestOf } from '../records/digest.ts'
import type { EvidenceInput } from '../records/evidence.ts'
import type { ImageInput } from '../records/image.ts'
import type { OpenBadgeInput } from '../records/open-badge.ts'
import type { ProfileInput } from '../records/profile.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { isText, toDateTimeStamp } from './assertion.ts'
import { toIdentityObject } from './recipient.ts'
import type { ValidAssertion } from './report.ts'

/** Everything of the award itself: who earned what, when, on what evidence. */
export function toAward(
  { assertion, badge }: ValidAssertion,
  recipientId: string | undefined,
): Pick<OpenBadgeInput, 'recipient' | 'awardedDate' | 'validUntil' | 'narrative' | 'image'> & {
  readonly achievement: AchievementInput
} {
  const document = assertion as unknown as JsonObject
  const image = toImage(document['image'])
  const validUntil = toDateTimeStamp(assertion.expires)
  return {
    achievement: toAchievement(badge as unknown as JsonObject),
    recipient: {
      ...(recipientId !== undefined && { id: recipientId }),
      identifier: toIdentityObject(assertion.recipient),
    },
    awardedDate: toDateTimeStamp(assertion.issuedOn) as string,
    ...(validUntil !== undefined && { validUntil }),
    ...texts(document, { narrative: 'narrative' }),
    ...(image && { image }),
  }
}

/** The Profile of an issuer, under its own id or another. */
export function toProfile(profile: JsonObject, id: string): ProfileInput {
  const image = toImage(profile['image'])
  const url = iri(profile['url'])
  return {
    id,
    ...texts(profile, { name: 'name', description: 'description', email: 'email', telephone: 'phone' }),
    ...(url !== undefined && { url }),
    ...(image && { image }),
  }
}

/** The evidence that the assertion names. */
export function toEvidence(assertion: JsonObject): readonly EvidenceInput[] {
  const all = asArray(assertion['evidence']).flatMap((each): readonly EvidenceInput[] => {
    if (!isObject(each)) {
      const id = iri(each)
      return id === undefined ? (isText(each) ? [{ narrative: each }] : []) : [{ id }]
    }
    const id = iri(each['id'])
    const told = texts(each, evidenceTexts)
    const { description } = told
    if (id === undefined && told['name'] === undefined && told['narrative'] === undefined) {
      return description === undefined ? [] : [{ ...told, narrative: description }]
    }
    return [{ ...told, ...(id !== undefined && { id }) } as EvidenceInput]
  })
  return distinct(all)
}

/** The assertion itself, whole, so that it can be looked at when its server is gone: as it was signed or served, with its digest. */
export function toOriginal(
  { assertion, text, method }: ValidAssertion,
  words: { readonly name: string; readonly narrative: string },
): EvidenceInput {
  const isSigned = method === 'signed'
  const content = text ?? canonicalJson(assertion as unknown as JsonObject)
  const mediaType = isSigned ? 'application/jose' : 'application/ld+json'
  return embed(content, mediaType, words)
}

/** Text as a piece of evidence that holds it. */
export function embed(
  content: string,
  mediaType: string,
  words: { readonly name: string; readonly narrative: string },
): EvidenceInput {
  const data = toLongBase64(new TextEncoder().encode(content))
  return { id: `data:${mediaType};base64,${data}`, mediaType, digestSRI: digestOf(content), ...words }
}

const evidenceTexts = {
  name: 'name',
  description: 'description',
  narrative: 'narrative',
  genre: 'genre',
  audience: 'audience',
} as const

function toAchievement(badge: JsonObject): AchievementInput {
  const id = iri(badge['id'])
  const image = toImage(badge['image'])
  const { version } = badge
  const language = badge['@language']
  const alignment = distinct(asArray(badge['alignment']).flatMap(toAlignment))
  const related = distinct(asArray(badge['related']).flatMap(toRelated))
  const tag = distinct(asArray(badge['tags']).filter(isText))
  return {
    ...(id !== undefined && { id }),
    name: badge['name'] as string,
    description: badge['description'] as string,
    criteria: toCriteria(badge['criteria']),
    ...(image && { image }),
    ...(alignment.length > 0 && { alignment }),
    ...(related.length > 0 && { related }),
    ...(tag.length > 0 && { tag }),
    ...((isText(version) || typeof version === 'number') && { version: String(version) }),
    ...(isLanguage(language) && { inLanguage: language }),
  }
}

/** What is no address is the criteria themselves. */
function toCriteria(criteria: JsonValue | undefined): CriteriaInput {
  if (!isObject(criteria)) {
    const id = iri(criteria)
    return id === undefined ? { narrative: textOf(criteria) } : { id }
  }
  const id = iri(criteria['id'])
  const { narrative } = texts(criteria, { narrative: 'narrative' })
  if (id === undefined) return { narrative: narrative ?? textOf(criteria['id']) }
  return { id, ...(narrative !== undefined && { narrative }) }
}

/** Also by the names of Open Badges 1.x. */
function toAlignment(alignment: JsonValue): readonly AlignmentInput[] {
  if (!isObject(alignment)) return []
  const targetUrl = iri(alignment['targetUrl'] ?? alignment['url'])
  const { targetName, ...rest } = {
    ...texts(alignment, { name: 'targetName', description: 'targetDescription' }),
    ...texts(alignment, {
      targetName: 'targetName',
      targetDescription: 'targetDescription',
      targetFramework: 'targetFramework',
      targetCode: 'targetCode',
    }),
  }
  return targetUrl === undefined || targetName === undefined ? [] : [{ targetName, targetUrl, ...rest }]
}

function toRelated(related: JsonValue): readonly RelatedInput[] {
  const id = iri(isObject(related) ? related['id'] : related)
  if (id === undefined) return []
  const { version, '@language': language } = isObject(related) ? related : ({} as JsonObject)
  return [
    {
      id,
      ...(isLanguage(language) && { inLanguage: language }),
      ...((isText(version) || typeof version === 'number') && { version: String(version) }),
    },
  ]
}

/** One picture: of several the first. */
function toImage(image: JsonValue | undefined): ImageInput | undefined {
  const [first] = asArray(image)
  const id = iri(isObject(first) ? first['id'] : first)
  return id === undefined ? undefined : { id, ...(isObject(first) && texts(first, { caption: 'caption' })) }
}

/** Each once, by its id where it has one: 3.0 is signed as a set, in which the same thing stands but once. */
function distinct<T extends string | object>(values: readonly T[]): readonly T[] {
  const keys = values.map((value) => (value as { readonly id?: string }).id ?? JSON.stringify(value))
  return values.filter((_, index) => keys.indexOf(keys[index] as string) === index)
}

/** Members that are text, under their names of 3.0. */
function texts<N extends string>(
  from: JsonObject,
  names: { readonly [old: string]: N },
): { readonly [name in N]?: string } {
  const found = Object.entries(names).flatMap(([old, name]) => (isText(from[old]) ? [[name, from[old]]] : []))
  return Object.fromEntries(found) as { readonly [name in N]?: string }
}

/** An absolute IRI, written so that it is one everywhere; blank nodes and all else are none. */
function iri(value: unknown): string | undefined {
  if (!isText(value)) return undefined
  if (isIri(value)) return value
  const href = URL.canParse(value) ? new URL(value).href : ''
  return isIri(href) ? href : undefined
}

function isLanguage(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/.test(value)
}
