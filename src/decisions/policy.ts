/** Policies: what a verifier asks for beyond "valid", as small plain values that can be kept beside a report and used again later. */

import { given, isPromise } from '../encoding/given.ts'
import { describe } from '../encoding/json.ts'
import { askMeant } from '../encoding/meant.ts'
import { CredentialError } from '../errors.ts'
import type { ProblemCode } from '../report.ts'

/**
 * Problems that a policy may live with. What says that a record is not genuine (its form, proof, issuer, holder, revocation) is not among
 * them, and cannot be.
 */
export type TolerableCode = Extract<
  ProblemCode,
  | 'EXPIRED'
  | 'STATUS_UNAVAILABLE'
  | 'STATUS_STALE'
  | 'SCHEMA_MISMATCH'
  | 'SCHEMA_UNAVAILABLE'
  | 'ISSUER_UNTRUSTED'
  | 'TRUST_UNAVAILABLE'
  | 'RESULT_MISMATCH'
  | 'RESULT_DANGLING'
  | 'ASSOCIATION_DANGLING'
>

const tolerableCodes: readonly TolerableCode[] = [
  'EXPIRED',
  'STATUS_UNAVAILABLE',
  'STATUS_STALE',
  'SCHEMA_MISMATCH',
  'SCHEMA_UNAVAILABLE',
  'ISSUER_UNTRUSTED',
  'TRUST_UNAVAILABLE',
  'RESULT_MISMATCH',
  'RESULT_DANGLING',
  'ASSOCIATION_DANGLING',
]

/** What a policy asks for. Everything is plain JSON. */
export interface Policy {
  /** Name of the policy, for decisions. */
  readonly name: string
  /** A registry must know the issuer of every record. Default: false. */
  readonly trustedIssuers?: boolean
  /** The status of every record that has one, or may have one that is withheld, must have been looked up. Default: false. */
  readonly statusChecked?: boolean
  /** The learner must have presented the records, in answer to a challenge. Default: false. */
  readonly presented?: boolean
  /**
   * Endorsements that each record needs: of as many different people, neither its issuer nor its learner. Those count that stand by the very
   * record: of it in this version, of its issuer, or of its one achievement in this version that names the issuer as its creator. With
   * `statusChecked`, none counts that may have been revoked. What holds records and awards nothing itself needs none. Default: 0.
   */
  readonly endorsements?: number
  /**
   * Other endorsements of the record and its achievements count as well: by their id alone, and of an achievement that anybody may award.
   * Whoever issues a record can make use of such endorsements of another's; ask for trusted issuers too. Default: false.
   */
  readonly looseEndorsements?: boolean
  /**
   * Every endorsement in a record, or given for it, must be good (Open Badges 3.0, "Verification and Validation"). Default: false: a broken
   * one is told and not counted, as it is not the issuer's word.
   */
  readonly soundEndorsements?: boolean
  /** Only endorsements by those whom a registry knows count. Default: false. */
  readonly trustedEndorsers?: boolean
  /** Problems of records that the policy lives with; none of a presentation itself. Default: none. */
  readonly tolerate?: readonly TolerableCode[]
}

/** What a policy may be changed in. */
export type PolicyChanges = Partial<Policy>

/** An employer who was sent a file or a link: genuine, looked up, and from an issuer that a registry knows. */
export function employer(changes: PolicyChanges = {}): Policy {
  return assertPolicy({ name: 'employer', trustedIssuers: true, statusChecked: true, ...changes })
}

/** An admissions office: the same, and presented by the learner for this occasion. */
export function admissions(changes: PolicyChanges = {}): Policy {
  return assertPolicy({ name: 'admissions', trustedIssuers: true, statusChecked: true, presented: true, ...changes })
}

/** Recognition by a community: no registry is asked for, but that several others stand by each record. */
export function recognition(changes: PolicyChanges & { readonly endorsements: number }): Policy {
  return assertPolicy({ name: 'recognition', statusChecked: true, ...changes })
}

const flags = [
  'trustedIssuers',
  'statusChecked',
  'presented',
  'trustedEndorsers',
  'looseEndorsements',
  'soundEndorsements',
] as const
const names: readonly string[] = ['name', 'endorsements', 'tolerate', ...flags]

/** Refuses what is no policy: a misspelt demand would be one that nobody makes. */
export function assertPolicy(policy: Policy): Policy {
  const fail = (message: string): never => {
    throw new CredentialError('OPTION_INVALID', `policy: ${message}`)
  }
  if (typeof policy !== 'object' || policy === null || isPromise(policy))
    return fail(`give one, such as employer(), after the report; ${given(policy)}`)
  if ('verdict' in policy) return fail('give one, such as employer(), after the report: decide(report, policy)')
  for (const name of Object.keys(policy)) {
    if (!names.includes(name)) fail(`there is no "${name}"${askMeant(name, names)}; a policy has ${names.join(', ')}`)
  }
  const { name, endorsements = 0, tolerate = [], trustedIssuers } = policy
  if (typeof name !== 'string' || name === '') fail('name must be text')
  for (const flag of flags) {
    if (policy[flag] !== undefined && typeof policy[flag] !== 'boolean') fail(`${flag} must be true or false`)
  }
  if (!Number.isSafeInteger(endorsements) || endorsements < 0) fail('endorsements must be a whole number, 0 or more')
  if (!Array.isArray(tolerate)) fail('tolerate must be a list of codes')
  const odd = tolerate.find((code) => !tolerableCodes.includes(code))
  if (odd !== undefined) fail(`"${describe(odd)}" cannot be tolerated; only ${tolerableCodes.join(', ')} can`)
  if (trustedIssuers && tolerate.some((code) => code === 'ISSUER_UNTRUSTED' || code === 'TRUST_UNAVAILABLE')) {
    fail('it asks for trusted issuers and tolerates others; give trustedIssuers: false')
  }
  return policy
}
