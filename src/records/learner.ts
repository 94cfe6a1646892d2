/** Whose record it is: by the ids in the records around it, and by what a caller says of whom it must be about. */

import { asArray, idOf, isObject } from '../encoding/json.ts'
import { CredentialError } from '../errors.ts'
import type { JsonObject } from '../types.ts'

/** Whether an id is one of the learner's. */
export type IsLearner = (id: string) => boolean

/** Of what nothing is around. */
export const isNobody: IsLearner = () => false

/** The same for what is in a record: its subjects besides. */
export function withSubjects(isLearner: IsLearner, record: JsonObject): IsLearner {
  const ids = new Set(asArray(record['credentialSubject']).map(idOf))
  return (id) => ids.has(id) || isLearner(id)
}

/** Whom a record is about, as it names them. */
export interface NamedLearner {
  readonly id?: string
  /** For `matchesIdentity`: e-mail addresses, numbers and names, most of them hashed. */
  readonly identifier: readonly JsonObject[]
}

/** Says whether that is the learner who is asked for. */
export type AcceptLearner = (learner: NamedLearner) => boolean

/** Asks it about a subject; anybody will do where there is none to ask. */
export function isAccepted(subject: JsonObject, acceptLearner: AcceptLearner | undefined): boolean {
  if (!acceptLearner) return true
  const id = idOf(subject)
  const identifier = asArray(subject['identifier']).filter(isObject)
  return acceptLearner({ ...(id !== undefined && { id }), identifier }) === true
}

/** Throws `OPTION_INVALID`, in the name of the function that was called. */
export function assertAcceptLearner(caller: string, acceptLearner: unknown): void {
  if (acceptLearner === undefined || typeof acceptLearner === 'function') return
  throw new CredentialError('OPTION_INVALID', `${caller}: acceptLearner must be a function`)
}
