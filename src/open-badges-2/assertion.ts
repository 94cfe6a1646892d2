/**
 * The classes of Open Badges 2.0 as far as they are read here (Open Badges 2.0, "Open Badges Vocabulary"), and whether a document has
 * their shape. What else a document holds is kept as it came.
 */

import { parseDateTimeStamp } from '../encoding/date-time.ts'
import { asArray, isObject } from '../encoding/json.ts'
import { type Check, failed } from '../report.ts'
import type { JsonObject, JsonValue, OneOrMany } from '../types.ts'

/** The context of Open Badges 2.0. */
export const OPEN_BADGES_2_CONTEXT = 'https://w3id.org/openbadges/v2'

/** Who earned it, hashed or plain (Open Badges 2.0, IdentityObject). */
export interface AssertionRecipient {
  /** By what they are named: `email`, `url`, `telephone`, or another property. */
  readonly type: string
  /** The identifier, or its hash: `sha256$` or `md5$` and hexadecimal digits. */
  readonly identity: string
  readonly hashed?: boolean
  readonly salt?: string
}

/** One award of a badge (Open Badges 2.0, Assertion). */
export interface Assertion {
  readonly '@context': OneOrMany<string | object>
  readonly id: string
  readonly type: OneOrMany<string>
  readonly recipient: AssertionRecipient
  /** Id of the BadgeClass, or the BadgeClass itself. */
  readonly badge: string | object
  /** dateTime with a time zone. */
  readonly issuedOn: string
  readonly expires?: string
  readonly [member: string]: unknown
}

/** What was earned (Open Badges 2.0, BadgeClass). */
export interface BadgeClass {
  readonly id?: string
  readonly type: OneOrMany<string>
  readonly name: string
  readonly description: string
  /** Address of a page, or `{ id, narrative }`. */
  readonly criteria: string | object
  readonly issuer: string | object
  readonly [member: string]: unknown
}

/** Who issued (Open Badges 2.0, Profile), as it lies at its own id. */
export interface IssuerProfile {
  readonly id: string
  readonly type: OneOrMany<string>
  readonly name: string
  readonly [member: string]: unknown
}

/** How an assertion says that it can be verified. */
export type VerificationMethodName = 'hosted' | 'signed'

const words: ReadonlyMap<unknown, VerificationMethodName> = new Map([
  ['hosted', 'hosted'],
  ['HostedBadge', 'hosted'],
  ['signed', 'signed'],
  ['SignedBadge', 'signed'],
])

/** How it says that it is to be verified; `undefined` where it does not say. What comes with a signature is signed if it may be both. */
export function methodOf(assertion: JsonObject, isSigned: boolean): VerificationMethodName | undefined {
  const { verification } = assertion as { readonly verification?: JsonValue }
  const named = asArray(isObject(verification) ? verification['type'] : undefined).map((word) => words.get(word))
  const preferred = isSigned ? 'signed' : 'hosted'
  return named.includes(preferred) ? preferred : named.find((each) => each !== undefined)
}

/** Whether a document is an assertion of Open Badges 1.x or 2.x by the look of it, for advice. */
export function looksLikeAssertion(document: JsonObject): boolean {
  const types = asArray(document['type'])
  if (types.includes('VerifiableCredential') || types.includes('VerifiablePresentation')) return false
  const has = (...names: readonly string[]): boolean => names.some((name) => document[name] !== undefined)
  return types.includes('Assertion') || (has('badge') && has('recipient') && has('verification', 'verify'))
}

/** What is wrong with an assertion, every finding at once. */
export function checkAssertion(document: JsonObject): readonly Check[] {
  const { id, recipient, badge, issuedOn, expires } = document
  return [
    ...checkContext(document),
    ...checkType(document, ['Assertion'], ''),
    ...(isName(id) ? [] : [wrong('/id', 'The assertion must have an "id": its URL, or another IRI.')]),
    ...checkRecipient(recipient),
    ...(isText(badge) || isObject(badge)
      ? []
      : [wrong('/badge', 'The assertion must name its "badge": the id of a BadgeClass, or the BadgeClass itself.')]),
    ...(methodOf(document, false)
      ? []
      : [wrong('/verification', 'The assertion must say in "verification.type" whether it is hosted or signed.')]),
    ...(readDateTime(issuedOn) === undefined ? [wrongDate('issuedOn')] : []),
    ...(expires !== undefined && readDateTime(expires) === undefined ? [wrongDate('expires')] : []),
  ]
}

/** What is wrong with a BadgeClass. */
export function checkBadgeClass(badge: JsonObject): readonly Check[] {
  const path = '/badge'
  const { criteria, issuer } = badge
  return [
    ...checkType(badge, ['BadgeClass'], path),
    ...['name', 'description'].flatMap((name) =>
      isText(badge[name]) ? [] : [wrong(`${path}/${name}`, `The BadgeClass must have a ${name}, as text.`)],
    ),
    ...(isText(criteria) || (isObject(criteria) && (isText(criteria['id']) || isText(criteria['narrative'])))
      ? []
      : [wrong(`${path}/criteria`, 'The BadgeClass must have criteria: the address of a page, or { id, narrative }.')]),
    ...(isText(issuer) || (isObject(issuer) && isText(issuer['id']))
      ? []
      : [wrong(`${path}/issuer`, 'The BadgeClass must name its issuer by an id.')]),
  ]
}

/** What is wrong with the Profile of an issuer. */
export function checkProfile(profile: JsonObject): readonly Check[] {
  const path = '/badge/issuer'
  return [
    ...checkType(profile, ['Issuer', 'Profile'], path),
    ...(isText(profile['name']) ? [] : [wrong(`${path}/name`, 'The Profile of the issuer must have a name.')]),
  ]
}

function checkContext(document: JsonObject): readonly Check[] {
  const contexts = asArray(document['@context'])
  if (contexts.includes(OPEN_BADGES_2_CONTEXT)) return []
  const isOlder = contexts.includes('https://w3id.org/openbadges/v1') || document['verify'] !== undefined
  const message = isOlder
    ? 'This is an assertion of Open Badges 1.x, which is not read here; ask its issuer for it in a later version.'
    : `The assertion must name the context of Open Badges 2.0, "${OPEN_BADGES_2_CONTEXT}".`
  return [wrong('/@context', message)]
}

function checkType(document: JsonObject, right: readonly string[], path: string): readonly Check[] {
  const types = asArray(document['type'])
  if (types.some((type) => right.includes(type as string))) return []
  return [wrong(`${path}/type`, `The type must be ${right.join(' or ')}.`)]
}

function checkRecipient(recipient: JsonValue | undefined): readonly Check[] {
  if (!isObject(recipient))
    return [wrong('/recipient', 'The assertion must have a recipient: { type, identity, hashed }.')]
  const { type, identity, hashed, salt } = recipient
  return [
    ...(isText(type) ? [] : [wrong('/recipient/type', 'The recipient must have a type, such as "email".')]),
    ...(isText(identity) ? [] : [wrong('/recipient/identity', 'The recipient must have an identity, as text.')]),
    ...(hashed === undefined || typeof hashed === 'boolean'
      ? []
      : [wrong('/recipient/hashed', '"hashed" must be true or false.')]),
    ...(salt === undefined || typeof salt === 'string' ? [] : [wrong('/recipient/salt', '"salt" must be text.')]),
  ]
}

/** Milliseconds since 1970. Seconds may be left out, and the colon of the zone (Open Badges 2.0, DateTime: ISO 8601). */
export function readDateTime(value: unknown): number | undefined {
  const stamp = toDateTimeStamp(value)
  return stamp === undefined ? undefined : parseDateTimeStamp(stamp)
}

/** The same time as a dateTimeStamp. */
export function toDateTimeStamp(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d(?:\.\d{1,12})?)?(Z|[+-]\d\d):?(\d\d)?$/.exec(value)
  if (!parts) return undefined
  const [, minutes, seconds = ':00', zone, zoneMinutes] = parts
  const stamp = `${minutes}${seconds}${zone === 'Z' ? 'Z' : `${zone}:${zoneMinutes ?? '00'}`}`
  return parseDateTimeStamp(stamp) === undefined || (zone === 'Z' && zoneMinutes !== undefined) ? undefined : stamp
}

/** Text with something in it. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

/** What may be an id: a scheme, a colon, and no blank; it was written by programs that were not strict. */
export function isName(value: unknown): value is string {
  return isText(value) && /^[A-Za-z][A-Za-z\d+.-]*:\S+$/.test(value)
}

function wrongDate(name: string): Check {
  return wrong(`/${name}`, `"${name}" must be a date and time with a time zone, such as 2026-12-31T23:59:59Z.`)
}

function wrong(path: string, message: string): Check {
  return failed('structure', 'CREDENTIAL_MALFORMED', message, { path })
}
