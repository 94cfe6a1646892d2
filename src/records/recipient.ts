/** The learner of a badge or of a CLR, by `id`, by identifiers, or both (Open Badges 3.0, AchievementSubject). */

import type { OneOrMany } from '../types.ts'
import { hashedIdentity, type IdentityObject, plainIdentity, STUDENT_ID } from './identity.ts'
import { invalid, listOf, requireIri, requireObject, requireOptions, requireText } from './input.ts'

interface RecipientMembers {
  /** The learner's own DID, or another IRI of theirs. With a DID the learner can prove that the record is about them. */
  readonly id?: string
  /** E-mail address. Only its salted SHA-256 hash gets into the record, taken of the address exactly as written. */
  readonly email?: string
  /** Student number, as type `ext:studentId`. Only its salted SHA-256 hash gets into the record. */
  readonly studentId?: string
  /** The learner's name, in plain text: everyone who sees the record reads it. Wallets show it. */
  readonly plainName?: string
  /** Any other identifiers, made with `hashedIdentity` or `plainIdentity`. */
  readonly identifier?: OneOrMany<IdentityObject>
}

/** Who earned it. At least one member is needed; several name the same person. */
export type Recipient = RecipientMembers &
  (
    | { readonly id: string }
    | { readonly email: string }
    | { readonly studentId: string }
    | { readonly plainName: string }
    | { readonly identifier: OneOrMany<IdentityObject> }
  )

/** The members of a subject that say who it is. */
export interface SubjectIdentity {
  /** The learner's DID or another IRI of theirs. */
  readonly id?: string
  /** The learner's identifiers, hashed or plain. */
  readonly identifier?: readonly IdentityObject[]
}

const names = ['id', 'email', 'studentId', 'plainName', 'identifier']

/** The learner as the subject of a record names them. `path` is the option's name in messages. */
export function toSubjectIdentity(recipient: Recipient, path: string): SubjectIdentity {
  const right = 'give { id: "did:…" }, { email: "…" }, { studentId: "…" }, { plainName: "…" } or { identifier: […] }'
  requireObject(recipient, path, right.slice('give '.length))
  requireOptions(recipient, path, names)
  const { id, email, studentId, plainName } = recipient
  const identifier = listOf(recipient.identifier).map((item, index) => checked(item, `${path}.identifier[${index}]`))
  if (email !== undefined) {
    if (!/^[^@\s]+@[^@\s]+$/.test(requireText(email, `${path}.email`, 'an address such as ada@example.edu'))) {
      throw invalid(`${path}.email is not an e-mail address; write it like ada@example.edu`)
    }
    identifier.push(hashedIdentity('emailAddress', email))
  }
  if (studentId !== undefined) {
    identifier.push(hashedIdentity(STUDENT_ID, requireText(studentId, `${path}.studentId`, 'the number as text')))
  }
  if (plainName !== undefined) {
    identifier.push(plainIdentity('name', requireText(plainName, `${path}.plainName`, 'a name such as Ada Lovelace')))
  }
  if (id === undefined && identifier.length === 0) throw invalid(`${path} names no one; ${right}`)
  return {
    ...(id !== undefined && { id: requireIri(id, `${path}.id`, 'a DID such as did:key:z6Mk… or another IRI') }),
    ...(identifier.length > 0 && { identifier }),
  }
}

function checked(item: IdentityObject, path: string): IdentityObject {
  const right = 'what hashedIdentity or plainIdentity returns'
  requireObject(item, path, right)
  if (item.type !== 'IdentityObject' || typeof item.hashed !== 'boolean' || typeof item.identityHash !== 'string') {
    throw invalid(`${path} is not an IdentityObject; give ${right}`)
  }
  return item
}
