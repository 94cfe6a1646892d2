/** The members that every kind of record has (Open Badges 3.0, AchievementCredential; VC Data Model 2.0 section 4). */

import { parseDateTimeStamp } from '../encoding/date-time.ts'
import { dateTimeStamp, invalid, requireIri, requireText } from './input.ts'
import { type ProfileInput, type ProfileRecord, toProfile } from './profile.ts'

/**
 * The members that every kind of record takes. What a record function does not take (`credentialStatus`, `termsOfUse`,
 * terms of another context) is added to what it returns: `{ ...openBadge(…), termsOfUse: […] }`.
 */
export interface RecordInput {
  /** Name of the record; wallets show it in lists. */
  readonly name: string
  /** A sentence or two for display. */
  readonly description?: string
  /** IRI of this record. Default: `issue` gives it a fresh `urn:uuid:…`. Keep it when you issue the record anew. */
  readonly id?: string
  /** Who issues: an id alone, or a profile. Default: `issue` names the controller of the key. */
  readonly issuer?: string | ProfileInput
  /** From when on it holds. Default: `issue` takes the time of issue. Text must name its time zone. */
  readonly validFrom?: Date | string
  /** Until when it holds. Default: without end. Text must name its time zone. */
  readonly validUntil?: Date | string
  /** When it was first awarded, for a record that is issued anew with a later `validFrom`. */
  readonly awardedDate?: Date | string
}

/** The same members as they stand in a record. */
export interface RecordMembers {
  /** Name for display. */
  readonly name: string
  /** A sentence or two for display. */
  readonly description?: string
  /** IRI of the record; `issue` fills it in. */
  readonly id?: string
  /** Who issues; `issue` fills it in. */
  readonly issuer?: string | ProfileRecord
  /** dateTimeStamp; `issue` fills it in. */
  readonly validFrom?: string
  /** dateTimeStamp; without end where absent. */
  readonly validUntil?: string
  /** dateTimeStamp of the first award. */
  readonly awardedDate?: string
}

/** The names of these members. */
export const recordNames: readonly string[] = [
  'name',
  'description',
  'id',
  'issuer',
  'validFrom',
  'validUntil',
  'awardedDate',
]

/** Checks these members and writes the times. */
export function toRecordMembers(input: RecordInput): RecordMembers {
  const { description, id, issuer } = input
  const validFrom = input.validFrom === undefined ? undefined : dateTimeStamp(input.validFrom, 'validFrom')
  const validUntil = input.validUntil === undefined ? undefined : dateTimeStamp(input.validUntil, 'validUntil')
  if (validFrom !== undefined && validUntil !== undefined && isBefore(validUntil, validFrom)) {
    throw invalid(`validUntil: ${validUntil} is before validFrom, ${validFrom}; give a later time`)
  }
  return {
    ...(id !== undefined && { id: requireIri(id, 'id', 'an IRI such as urn:uuid:…, or leave it out') }),
    name: requireText(input.name, 'name', 'a name for the record, as wallets are to show it'),
    ...(description !== undefined && { description: requireText(description, 'description', 'text, or leave it out') }),
    ...(issuer !== undefined && { issuer: toIssuer(issuer) }),
    ...(validFrom !== undefined && { validFrom }),
    ...(validUntil !== undefined && { validUntil }),
    ...(input.awardedDate !== undefined && { awardedDate: dateTimeStamp(input.awardedDate, 'awardedDate') }),
  }
}

function toIssuer(issuer: string | ProfileInput): string | ProfileRecord {
  if (typeof issuer === 'string') return requireIri(issuer, 'issuer', 'a DID or another IRI')
  return toProfile(issuer, 'issuer')
}

function isBefore(one: string, other: string): boolean {
  return Number(parseDateTimeStamp(one)) < Number(parseDateTimeStamp(other))
}
