/** Pathways: achievements that lead to one another, and which of them a learner has proved (CLR 2.0, Association). */

import { asArray, idOf, isObject, singles } from '../encoding/json.ts'
import { CredentialError } from '../errors.ts'
import { assertReport } from '../records/assert-report.ts'
import type { AssociationInput } from '../records/clr.ts'
import { type AcceptLearner, assertAcceptLearner, isAccepted } from '../records/learner.ts'
import { isPartOf, type Report, type VerifiedRecord, verifiedIn } from '../records/report-tree.ts'
import type { JsonObject } from '../types.ts'
import { attainedBy } from './attained.ts'

/** An achievement of a pathway. Those of a learner record, or made for `openBadge`, will do. */
export interface PathwayAchievement {
  readonly id: string
  readonly name?: string
  /** One of type `ceterms:Credential` names the same credential in a registry. */
  readonly alignment?: readonly { readonly targetUrl: string; readonly targetType?: string }[]
}

/** What `pathway` takes. */
export interface PathwayOptions {
  /** What `verify` returned, or that as it was kept as JSON. */
  readonly report: Report
  readonly achievements: readonly PathwayAchievement[]
  /**
   * What comes before what: `precedes`; and what a programme is made of: `isPartOf`, `isChildOf`, `isParentOf`. `exactMatchOf` names another
   * achievement that proves the same. Others are passed over.
   */
  readonly association?: readonly AssociationInput[]
  /** Whose word proves an achievement. Anybody can award anything under any id: say for whom that is right. */
  readonly acceptIssuer: (award: { readonly issuer: string; readonly achievement: string }) => boolean
  /**
   * Says whether somebody whom a record is about is the learner who is asked for: by an id, or by `matchesIdentity` where the record has a hash
   * alone. Default: anybody's record proves. Anybody can put a copy of another's into one of their own: give it, or ask that the learner presents.
   */
  readonly acceptLearner?: AcceptLearner
}

/** One step. Plain JSON. */
export interface PathwayStep {
  readonly id: string
  readonly name?: string
  /** `proved`: a verified record awards it. `next`: not yet, but all that it needs is proved. `later`: something is missing before it. */
  readonly state: 'proved' | 'next' | 'later'
  /**
   * Where it is proved: JSON Pointers to records, and who issued them. `isPart`: a part of the record is shown, and a result that says
   * otherwise may be withheld.
   */
  readonly proofs: readonly {
    readonly path: string
    readonly issuer: string
    /** Id of whom the record is about; absent where it names them by a hash only. */
    readonly learner?: string
    readonly isPart?: true
  }[]
  /** Ids of steps that it needs and that are not proved. */
  readonly missing: readonly string[]
}

/**
 * Where a learner stands on a pathway: each achievement in the order that was given, proved or not, and what comes next.
 *
 * @throws CredentialError `OPTION_INVALID`, also for a pathway that leads in a circle or to what is not on it.
 */
export function pathway(options: PathwayOptions): readonly PathwayStep[] {
  const { report, achievements, association = [], acceptIssuer, acceptLearner } = options ?? {}
  assertReport('pathway', report)
  if (!Array.isArray(achievements) || !achievements.every((each) => typeof each?.id === 'string')) {
    throw invalid('achievements must be a list of achievements, each with its id')
  }
  if (!Array.isArray(association) || !association.every(isAssociation)) {
    throw invalid('association must be a list of associations, each with its associationType, sourceId and targetId')
  }
  if (typeof acceptIssuer !== 'function') throw invalid('acceptIssuer must be a function')
  assertAcceptLearner('pathway', acceptLearner)
  const needs = readNeeds(achievements, association)
  const awards = verifiedIn(report)
    .filter(({ isRecord, isSuperseded }) => isRecord && !isSuperseded)
    .flatMap((record) => awardsOf(record, acceptLearner))
  const byName = groupBy(awards.flatMap((award, place) => award.names.map((name) => [name, place])))
  const matches = groupBy(association.filter(isExactMatch).flatMap(bothWays))
  const proved = new Map(
    achievements.map((achievement) => {
      const names = namesOf(achievement, matches)
      const places = new Set([...names].flatMap((name) => byName.get(name) ?? []))
      const fitting = [...places]
        .sort((one, other) => one - other)
        .flatMap((place) => awards[place] ?? [])
        .filter(({ issuer }) => acceptIssuer({ issuer, achievement: achievement.id }) === true)
      return [achievement.id, fitting.map(({ names: _, ...proof }) => proof)] as const
    }),
  )
  return achievements.map(({ id, name }) => {
    const proofs = proved.get(id) ?? []
    const missing = [...(needs.get(id) ?? [])].filter((need) => proved.get(need)?.length === 0)
    const state = proofs.length > 0 ? 'proved' : missing.length === 0 ? 'next' : 'later'
    return { id, ...(name !== undefined && { name }), state, proofs, missing }
  })
}

interface Award {
  readonly path: string
  readonly issuer: string
  readonly learner?: string
  readonly isPart?: true
  /** Ids under which it is known. */
  readonly names: readonly string[]
}

/** What a record says was reached; what is under way, failed or left was not. */
function awardsOf(record: VerifiedRecord, acceptLearner: AcceptLearner | undefined): readonly Award[] {
  const { path, issuer, credential } = record
  return asArray(credential['credentialSubject'])
    .filter(isObject)
    .filter((subject) => isAccepted(subject, acceptLearner))
    .flatMap((subject) => attainedBy(subject).map((attained) => ({ ...attained, learner: idOf(subject) })))
    .filter(({ isMissed }) => !isMissed)
    .map(({ achievement, learner }) => {
      const id = idOf(achievement)
      const same = isObject(achievement)
        ? asArray(achievement['alignment']).filter(isObject).flatMap(sameCredential)
        : []
      const whose = learner === undefined ? {} : { learner }
      return { path, issuer, ...whose, ...isPartOf(record), names: [...(id === undefined ? [] : [id]), ...same] }
    })
}

function sameCredential(alignment: JsonObject): string[] {
  const [targetUrl, targetType] = singles(alignment, 'targetUrl', 'targetType')
  return targetType === 'ceterms:Credential' && typeof targetUrl === 'string' ? [targetUrl] : []
}

function namesOf(
  { id, alignment = [] }: PathwayAchievement,
  matches: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  return new Set([
    id,
    ...(matches.get(id) ?? []),
    ...asArray(alignment as never)
      .filter(isObject)
      .flatMap(sameCredential),
  ])
}

function isAssociation(value: unknown): value is AssociationInput {
  if (!isObject(value)) return false
  return ['associationType', 'sourceId', 'targetId'].every((name) => typeof value[name] === 'string')
}

function isExactMatch({ associationType }: AssociationInput): boolean {
  return associationType === 'exactMatchOf'
}

function bothWays({ sourceId, targetId }: AssociationInput): [string, string][] {
  return [
    [sourceId, targetId],
    [targetId, sourceId],
  ]
}

function groupBy<V>(pairs: readonly (readonly [string, V])[]): ReadonlyMap<string, readonly V[]> {
  const groups = new Map<string, V[]>()
  for (const [name, value] of pairs) {
    const known = groups.get(name)
    if (known) known.push(value)
    else groups.set(name, [value])
  }
  return groups
}

/** What each needs, of the steps. */
function readNeeds(
  achievements: readonly PathwayAchievement[],
  association: readonly AssociationInput[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const needs = new Map(achievements.map(({ id }) => [id, new Set<string>()]))
  for (const { associationType, sourceId, targetId } of association) {
    const isUp = ['precedes', 'isPartOf', 'isChildOf'].includes(associationType)
    if (!isUp && associationType !== 'isParentOf') continue
    const [before, behind] = isUp ? [sourceId, targetId] : [targetId, sourceId]
    const needed = needs.get(behind)
    if (!needed || !needs.has(before)) {
      throw invalid(`association: ${needed ? before : behind} is not among the achievements of the pathway`)
    }
    needed.add(before)
  }
  assertNoCircle(needs)
  return needs
}

function assertNoCircle(needs: ReadonlyMap<string, ReadonlySet<string>>): void {
  const behind = groupBy([...needs].flatMap(([id, needed]) => [...needed].map((need) => [need, id] as const)))
  const open = new Map([...needs].map(([id, needed]) => [id, needed.size]))
  const done = [...needs.keys()].filter((id) => open.get(id) === 0)
  for (const id of done) {
    for (const next of behind.get(id) ?? []) {
      const count = (open.get(next) as number) - 1
      open.set(next, count)
      if (count === 0) done.push(next)
    }
  }
  const left = [...needs.keys()].find((id) => open.get(id) !== 0)
  if (left !== undefined) throw invalid(`association: the pathway leads from ${left} back to itself, or to what does`)
}

function invalid(message: string): CredentialError {
  return new CredentialError('OPTION_INVALID', `pathway: ${message}`)
}
