/**
 * Who a record is about, without an identifier of their own: a hashed e-mail address, a student number, a name
 * (Open Badges 3.0, IdentityObject and IdentityHash).
 *
 * What is hashed is the identifier followed by the salt, in UTF-8, exactly as written: no change of case, no Unicode
 * normalisation. `Ada@example.edu` and `ada@example.edu` are two identities.
 *
 * A hash hides little from someone who can guess: the salt is in the record, and a student number of eight digits is
 * found in seconds. It keeps the identifier out of plain sight and out of search engines, no more.
 */

import { md5Hex, sha256 } from '../encoding/hash.ts'
import { isObject } from '../encoding/json.ts'
import { requireText, requireWordOrExtension } from './input.ts'
import { type IdentifierType, identifierTypes } from './vocabulary.ts'

/** An identifier of the learner, hashed or plain (Open Badges 3.0, IdentityObject). */
export interface IdentityObject {
  /** Fixed by the standard. */
  readonly type: 'IdentityObject'
  /** True when `identityHash` is a hash, false when it is the identifier itself. */
  readonly hashed: boolean
  /** `sha256$` and 64 hexadecimal digits, or the plain identifier. */
  readonly identityHash: string
  /** What kind of identifier it is. */
  readonly identityType: IdentifierType
  /** What was appended to the identifier before hashing. */
  readonly salt?: string
}

/** Whom `matchesIdentity` asks about: an e-mail address, a student number, or any identifier with its type. */
export type Person =
  | { readonly email: string }
  | { readonly studentId: string }
  | { readonly identityType: IdentifierType; readonly identity: string }

/** The identity type of a student number: the vocabulary has no word of its own for it. */
export const STUDENT_ID = 'ext:studentId'

/**
 * An identifier as salted SHA-256 hash.
 *
 * @param identityType - What kind of identifier it is, such as `emailAddress` or `sisSourcedId`.
 * @param identity - The identifier, hashed exactly as written.
 * @param options - `salt`: default a fresh random one. Give one only to repeat an earlier hash.
 */
export function hashedIdentity(
  identityType: IdentifierType,
  identity: string,
  options: { readonly salt?: string } = {},
): IdentityObject {
  requireWordOrExtension(identityType, 'identityType', identifierTypes)
  requireText(identity, 'identity', 'the identifier as text, such as ada@example.edu')
  const salt = requireText(options.salt ?? crypto.randomUUID(), 'salt', 'text, or leave it out for a random one')
  const identityHash = `sha256$${sha256.hex(identity + salt)}`
  return { type: 'IdentityObject', hashed: true, identityHash, identityType, salt }
}

/**
 * An identifier that everyone who sees the record can read. For what is meant to be read, such as the learner's name.
 * Where it identifies a person by itself, think of `hashedIdentity` first.
 */
export function plainIdentity(identityType: IdentifierType, identity: string): IdentityObject {
  requireWordOrExtension(identityType, 'identityType', identifierTypes)
  requireText(identity, 'identity', 'the identifier as text, such as Ada Lovelace')
  return { type: 'IdentityObject', hashed: false, identityHash: identity, identityType }
}

/**
 * Asks whether a learner's identifier names a given person. For one IdentityObject, or for the whole list in
 * `credentialSubject.identifier`: then it is true when any of them matches.
 *
 * Reads SHA-256 and, because the standard has it, MD5; both as text of any case. Whatever the value is, it never throws:
 * what is no IdentityObject matches no one.
 */
export function matchesIdentity(identity: unknown, person: Person): boolean {
  const asked = askedOf(person)
  if (asked === undefined) return false
  return (Array.isArray(identity) ? identity : [identity]).some((item) => matchesOne(item, asked))
}

interface Asked {
  readonly identityType: string
  readonly identity: string
}

function askedOf(person: unknown): Asked | undefined {
  if (!isObject(person)) return undefined
  const { email, studentId, identityType, identity } = person
  if (isText(email)) return { identityType: 'emailAddress', identity: email }
  if (isText(studentId)) return { identityType: STUDENT_ID, identity: studentId }
  return isText(identityType) && isText(identity) ? { identityType, identity } : undefined
}

function matchesOne(item: unknown, { identityType, identity }: Asked): boolean {
  if (!isObject(item) || !Object.hasOwn(item, 'identityHash') || item['identityType'] !== identityType) return false
  const { hashed, identityHash, salt = '' } = item
  if (!isText(identityHash) || typeof salt !== 'string') return false
  if (hashed === false) return sameText(identityHash, identity)
  if (hashed !== true) return false
  const [algorithm, digest = ''] = identityHash.split('$', 2)
  const text = identity + salt
  const expected = algorithm === 'sha256' ? sha256.hex(text) : algorithm === 'md5' ? md5Hex(text) : undefined
  return expected !== undefined && sameText(digest.toLowerCase(), expected)
}

/** Compares without stopping at the first difference, so that the time taken tells nothing of where it is. */
function sameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let index = 0; index < other.length; index++) difference |= one.charCodeAt(index) ^ other.charCodeAt(index)
  return difference === 0
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
