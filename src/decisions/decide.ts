/** `decide`: what a policy says of a report. Nothing is verified again and nothing is looked up, so that it may be done at any time. */

import { asArray, idOf, isObject } from '../encoding/json.ts'
import { assertReport } from '../records/assert-report.ts'
import { achievementsOf } from '../records/endorsed.ts'
import { type AcceptLearner, assertAcceptLearner, isAccepted } from '../records/learner.ts'
import { endorsersOf, findOpenStatus, isEndorsementPath, type Report } from '../records/report-tree.ts'
import {
  type Check,
  type CredentialReport,
  type EndorsedThing,
  isProblem,
  isWarning,
  type TrustEntry,
} from '../report.ts'
import type { JsonObject } from '../types.ts'
import { collect, isOfLearner, isOwnCompilation, type Record, subjectsOf } from './collect.ts'
import { assertPolicy, type Policy } from './policy.ts'

/** One demand of a policy, and what came of it for one record. */
export interface Reason {
  readonly demand: 'valid' | 'presented' | 'trustedIssuers' | 'statusChecked' | 'endorsements' | 'soundEndorsements'
  /** `tolerated`: it is not met, and the policy says that it need not be. `open`: it could not be found out. */
  readonly outcome: 'met' | 'unmet' | 'open' | 'tolerated'
  /** One sentence for people. */
  readonly message: string
  /** JSON Pointer to the record, from the root of what was verified; in a presentation it begins with `/credentials/`. */
  readonly path: string
  /** The problem in the report that it comes from. */
  readonly code?: string
  /** With `trustedIssuers`: what the registry has of the issuer, and how it comes to it. */
  readonly trust?: TrustEntry
  /** With `endorsements`: who endorses, each named once. */
  readonly endorsers?: readonly string[]
}

/** What a policy says. Plain JSON. */
export interface Decision {
  /** Name of the policy. */
  readonly policy: string
  /** `accept`: every demand is met. `reject`: one is not. `review`: none is unmet, but one is open: a person should look. */
  readonly decision: 'accept' | 'reject' | 'review'
  /** Every demand, for every record that it was made of. */
  readonly reasons: readonly Reason[]
}

/**
 * Judges a report by a policy. The report may be one that was kept: the decision is about the time when it was made.
 *
 * Versions that a later one supersedes decide nothing: no demand is made of them. What holds records and awards nothing is taken for what
 * is in it; where there is no record of a learner at all, nothing is accepted.
 *
 * @param report What `verify` returned, or that as it was kept as JSON. Whoever can change it decides.
 * @param options.acceptLearner Says whether somebody whom a record is about is the learner who is asked for: by an id, or by `matchesIdentity`
 * where the record has a hash alone. A record about anybody else is not accepted. Default: where a record that nobody vouches for holds others, those
 * must be about whom it names; whose hash one has is not compared, so that a copy of somebody's record that names them by a hash alone passes.
 * @throws CredentialError `OPTION_INVALID`.
 */
export function decide(
  report: Report,
  policy: Policy,
  options: { readonly acceptLearner?: AcceptLearner } = {},
): Decision {
  const { acceptLearner } = options ?? {}
  assertPolicy(policy)
  assertAcceptLearner('decide', acceptLearner)
  assertReport('decide', report)
  const found = collect(report)
  const reasons = [
    ...validity(report, found, policy, acceptLearner),
    ...(policy.presented ? [presented(report)] : []),
    ...(policy.trustedIssuers ? found.map(trusted) : []),
    ...(policy.statusChecked ? found.flatMap(statusChecked) : []),
    ...(policy.endorsements ? found.flatMap((each) => endorsed(each, policy)) : []),
    ...warnings(report, found, policy),
  ]
  const has = (outcome: Reason['outcome']): boolean => reasons.some((reason) => reason.outcome === outcome)
  return { policy: policy.name, decision: has('unmet') ? 'reject' : has('open') ? 'review' : 'accept', reasons }
}

/**
 * Every problem of the report and of the records in it. That of an inner one is judged there, where its own code stands. Endorsements are
 * judged apart.
 */
function validity(
  report: Report,
  found: readonly Record[],
  { tolerate = [] }: Policy,
  acceptLearner: AcceptLearner | undefined,
): readonly Reason[] {
  const reasons: Reason[] = []
  const judge = (checks: readonly Check[], path: string, isOwn: boolean, mayLive = tolerate): void => {
    const before = reasons.length
    for (const check of checks.filter(isProblem)) {
      if (check.code === 'CONTENT_INVALID' || check.code === 'CONTENT_INDETERMINATE') continue
      const isTolerated =
        (mayLive as readonly string[]).includes(check.code) ||
        (isOwn && (check.code === 'ISSUER_UNTRUSTED' || check.code === 'TRUST_UNAVAILABLE'))
      const outcome = isTolerated ? 'tolerated' : check.outcome === 'failed' ? 'unmet' : 'open'
      reasons.push({ demand: 'valid', outcome, message: check.message, path, code: check.code })
    }
    // No problem that is tolerated may stand in for a proof.
    const hasProof = checks.some(({ name, outcome }) => name === 'proof' && outcome === 'passed')
    if (!hasProof && reasons.slice(before).every(({ outcome }) => outcome === 'tolerated')) {
      reasons.push({ demand: 'valid', outcome: 'open', message: 'There is no proof that passed.', path })
    }
  }
  const walk = (each: CredentialReport, path: string): void => {
    judge(each.checks, path, isOwnCompilation(each))
    for (const inner of each.nested) if (!isEndorsementPath(inner.path)) walk(inner.report, `${path}${inner.path}`)
  }
  if (report.kind === 'credential') walk(report, '')
  else {
    // What is tolerated is of records: a presentation that is over is one that is shown again.
    judge(report.checks, '', false, [])
    for (const [index, each] of report.credentials.entries()) walk(each, `/credentials/${index}`)
  }
  if (acceptLearner) for (const each of found.filter(isDecidedOn)) reasons.push(...others(each, acceptLearner))
  // Of what is presented, the presenter was compared.
  else if (report.kind === 'credential') for (const each of found) reasons.push(...strangers(each))
  if (reasons.every(({ outcome }) => outcome === 'tolerated') && !found.some(isDecidedOn)) {
    const message = 'There is nothing to decide on: no record of a learner is in it.'
    reasons.push({ demand: 'valid', outcome: 'open', message, path: '' })
  }
  if (reasons.length > 0) return reasons
  // Whatever the checks say, what verify did not vouch for is not accepted.
  if (!report.verified)
    return [{ demand: 'valid', outcome: 'open', message: 'The report is not that of a valid record.', path: '' }]
  return [{ demand: 'valid', outcome: 'met', message: 'The record is valid, and everything in it.', path: '' }]
}

function isDecidedOn({ isContainer, credential }: Record): boolean {
  return !isContainer && isOfLearner(credential)
}

/** What is about anybody else than the learner who is asked for. */
function others({ path, credential }: Record, acceptLearner: AcceptLearner): readonly Reason[] {
  const subjects = subjectsOf(credential)
  if (subjects.length > 0 && subjects.every((who) => isAccepted(who, acceptLearner))) return []
  const names = subjects.flatMap((who) => idOf(who) ?? []).join(', ')
  const whom = names === '' ? 'somebody whom it names by no id' : names
  const message = `It is about ${whom}, and not known to be about the learner who is asked for.`
  return [{ demand: 'valid', outcome: 'unmet', message, path }]
}

/** Anybody can put a copy of somebody's record into one about themselves. */
function strangers({ path, credential, about }: Record): readonly Reason[] {
  if (!about) return []
  const subjects = subjectsOf(credential)
  const others = subjects.flatMap((who) => idOf(who) ?? []).filter((id) => !about.has(id))
  const base = { demand: 'valid', outcome: 'open', path } as const
  if (others.length > 0) {
    const message = `It is about ${others.join(', ')}, whom the record around it does not name: whether that is the same learner is not known.`
    return [{ ...base, message }]
  }
  const isNameless = subjects.some((who) => idOf(who) === undefined && asArray(who['identifier']).length === 0)
  return isNameless
    ? [{ ...base, message: 'It does not say whom it is about, and the record around it might be of anybody.' }]
    : []
}

function presented(report: Report): Reason {
  const demand = { demand: 'presented', path: '' } as const
  if (report.kind !== 'presentation') {
    return { ...demand, outcome: 'unmet', message: 'It was not presented: anybody can have a copy of a record.' }
  }
  const answered = report.checks.find(({ name }) => name === 'challenge')
  return answered?.outcome === 'passed'
    ? { ...demand, outcome: 'met', message: 'The holder presented it in answer to the challenge.' }
    : { ...demand, outcome: 'unmet', message: answered?.message ?? 'Whether it answers a challenge was not found out.' }
}

function trusted({ path, report }: Record): Reason {
  if (isOwnCompilation(report)) {
    const message = 'The learner put it together: who issued what is in it is judged there.'
    return { demand: 'trustedIssuers', outcome: 'met', message, path }
  }
  const check = report.checks.find(({ name }) => name === 'trust')
  const outcome = check?.outcome === 'passed' ? 'met' : check?.outcome === 'failed' ? 'unmet' : 'open'
  return {
    demand: 'trustedIssuers',
    outcome,
    message: check?.message ?? 'Whether a registry knows the issuer was not asked, as a check before it did not pass.',
    path,
    ...(check && 'code' in check && { code: check.code }),
    ...(check?.trust && { trust: check.trust }),
  }
}

/** One that has no status was not revocable, and nothing need be looked up. Of a part that shows none it is not known. */
function statusChecked({ path, report, credential }: Record): readonly Reason[] {
  const checks = report.checks.filter(({ name }) => name === 'status')
  const base = { demand: 'statusChecked', path } as const
  const left = findOpenStatus(report, credential)
  if (left || (checks.length === 0 && credential['credentialStatus'] !== undefined)) {
    return [{ ...base, outcome: 'open', message: left?.message ?? 'The status was not looked up.' }]
  }
  const problem = checks.find(isProblem)
  if (problem) {
    return [
      {
        ...base,
        outcome: problem.outcome === 'failed' ? 'unmet' : 'open',
        message: problem.message,
        code: problem.code,
      },
    ]
  }
  return [{ ...base, outcome: 'met', message: checks[0]?.message ?? 'There is no status to look up.' }]
}

/** Different people, and neither who issued it nor whom it is about, by any id that is in what it is in. */
function endorsed({ path, report, credential, isContainer, isLearner }: Record, policy: Policy): readonly Reason[] {
  if (isContainer) return []
  const { endorsements: needed = 0, trustedEndorsers, statusChecked, looseEndorsements = false } = policy
  const found = endorsersOf(report).filter(
    ({ issuer, isTrusted, isStatusOpen, about }) =>
      !isLearner(issuer) &&
      (isTrusted || !trustedEndorsers) &&
      !(isStatusOpen && statusChecked) &&
      about.some((thing) => standsBy(thing, credential, looseEndorsements)),
  )
  const endorsers = [...new Set(found.map(({ issuer }) => issuer))]
  const whom = trustedEndorsers ? 'that a registry knows, ' : ''
  const message = `${endorsers.length} others endorse it, ${whom}and ${needed} are asked for.`
  return [{ demand: 'endorsements', outcome: endorsers.length >= needed ? 'met' : 'unmet', message, path, endorsers }]
}

/**
 * Whether who endorses the thing stands by the record. What has only an id can be anything that whoever issued the record made of it, and an
 * achievement can be awarded by people whom its endorsers never heard of.
 */
function standsBy({ id, kind, isBound }: EndorsedThing, credential: JsonObject, isLoose: boolean): boolean {
  if (kind === 'issuer') return true
  if (kind === 'credential') return isBound || isLoose
  if (kind !== 'achievement') return false
  const issuer = idOf(credential['issuer'])
  // Praise for one must not carry another that is awarded with it.
  if (achievementsOf(credential).some((achievement) => idOf(achievement) !== id)) return false
  const isIssuers = achievementsOf(credential)
    .filter((achievement) => idOf(achievement) === id)
    .every((achievement) => isObject(achievement) && idOf(achievement['creator']) === issuer)
  return isLoose || (isBound && isIssuers)
}

/** Endorsements that are broken: somebody else's word, so that a policy must ask for it before it decides. */
function warnings(report: Report, found: readonly Record[], { soundEndorsements }: Policy): readonly Reason[] {
  const all = report.kind === 'credential' ? found : [{ path: '', report }, ...found]
  return all.flatMap(({ path, report: each }) =>
    each.checks.filter(isWarning).map((check): Reason => {
      const outcome = !soundEndorsements ? 'tolerated' : check.outcome === 'failed' ? 'unmet' : 'open'
      const { message, code } = check
      return { demand: 'soundEndorsements', outcome, message, path: `${path}${check.path ?? ''}`, code }
    }),
  )
}
