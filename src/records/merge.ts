/**
 * Takes learner records apart and puts them together: what several reports hold, without duplicates, ready for `assembleClr`; and single
 * credentials out of a record, each still verifying by itself (CLR 2.0; Open Badges 3.0, "Verification and Validation").
 */

import { asArray, idOf, isObject, single, singles } from '../encoding/json.ts'
import type { Credential, JsonObject, JsonValue, Verified } from '../types.ts'
import type { AchievementInput } from './achievement.ts'
import { assertReport } from './assert-report.ts'
import type { AssociationInput } from './clr.ts'
import { invalid, requireOptions } from './input.ts'
import { isHeld, type Report, verifiedIn } from './report-tree.ts'
import { compareVersions } from './versions.ts'

/** A credential that is not the only version of itself. */
export interface OtherVersion {
  readonly credential: Verified<Credential>
  /** The version that it was compared with. */
  readonly by: Verified<Credential>
}

/** What `mergeRecords` returns. */
export interface MergedRecords {
  /** The credentials, each once and in its latest version, in the order in which they were found. */
  readonly credentials: readonly Verified<Credential>[]
  /** Older versions: same issuer and id as `by`, earlier start of validity. Not among `credentials`. */
  readonly superseded: readonly OtherVersion[]
  /** Versions of one time that say different things: both are among `credentials`, as it cannot be told which of the two holds. */
  readonly disputed: readonly OtherVersion[]
  /** Achievements that verified records (CLRs) have without a credential, on the word of the record's issuer alone. */
  readonly achievement: readonly AchievementInput[]
  /** Associations of verified records whose ends are both at hand, each once. They are the word of the record's issuer, too. */
  readonly association: readonly AssociationInput[]
  /** Whether one of the records says that there is more about the learner than it holds. */
  readonly partial: boolean
  /**
   * What was not verified, and so left out: the place among `reports`, and the JSON Pointer there. A presentation that its holder did not
   * sign for this verifier and challenge is left out as a whole, and the pointer is empty.
   */
  readonly unverified: readonly { readonly report: number; readonly path: string }[]
}

/**
 * Everything that verified credentials in these reports hold, each credential once: of one issuer and id the one with the later
 * `validFrom` wins, and the others are named. Records of many credentials (CLRs) are opened; what they hold is taken, not they themselves.
 *
 * Give the parts to `assembleClr` to make one record of them: so records are merged, and one is extended by another credential.
 *
 * @param options.reports What `verify` returned, in this process: a copy vouches for nothing.
 * @throws CredentialError `OPTION_INVALID`.
 */
export function mergeRecords(options: { readonly reports: readonly Report[] }): MergedRecords {
  requireOptions(options, 'mergeRecords', ['reports'])
  const { reports } = options
  if (!Array.isArray(reports)) throw invalid('reports must be a list of what verify returned')
  for (const report of reports) assertReport('mergeRecords', report)
  const found = reports.flatMap(verifiedIn)
  const records = found.filter(({ isRecord, credential }) => isRecord && !isOfType(credential, containers))
  const clrs = found.flatMap(({ isRecord, credential }) => {
    return isRecord && isOfType(credential, ['ClrCredential']) ? [credential] : []
  })
  // What a record of records says on its issuer's word alone, it no longer says where its issuer issued it anew.
  const clrVersions = compareVersions(clrs)
  const latest = clrs.filter((_, index) => clrVersions[index]?.kind !== 'superseded')
  const credentials = records.map(({ credential }) => credential as unknown as Verified<Credential>)
  const versions = compareVersions(records.map(({ credential }) => credential))
  const others = (kind: 'superseded' | 'disputed'): readonly OtherVersion[] =>
    versions.flatMap((version, index) => {
      const [credential, by] = [credentials[index], version.kind === kind ? credentials[version.by] : undefined]
      return credential && by ? { credential, by } : []
    })
  const kept = credentials.filter((_, index) => ['current', 'disputed'].includes(versions[index]?.kind ?? ''))
  const subjects = latest.flatMap((clr) => asArray(clr['credentialSubject']).filter(isObject))
  const achievement = onceById(subjects.flatMap((subject) => asArray(subject['achievement']).filter(isObject)))
  return {
    credentials: kept,
    superseded: others('superseded'),
    disputed: others('disputed'),
    achievement: achievement as unknown as readonly AchievementInput[],
    association: associationsOf(subjects, kept as unknown as readonly JsonObject[], achievement),
    partial: found.some(
      ({ credential }) => isOfType(credential, ['ClrCredential']) && single(credential['partial']) === true,
    ),
    unverified: reports.flatMap((report, index) => unverifiedIn(report).map((path) => ({ report: index, path }))),
  }
}

/** What `extractRecords` returns. */
export interface ExtractedRecords {
  /** The credentials, each with its own proof: present them, or give them to `assembleClr` with `partial: true`. */
  readonly credentials: readonly Verified<Credential>[]
  /** Ids that the record has on its issuer's word alone, without a credential that could be taken out. */
  readonly unsecured: readonly string[]
  /** Ids that are not in the record, or not in a verified part of it. */
  readonly missing: readonly string[]
}

/**
 * Takes single credentials out of a record. Each verifies by itself, as its own issuer signed it.
 *
 * @param options.report What `verify` returned on the record.
 * @param options.ids Ids of achievements, or of the credentials that award them.
 * @throws CredentialError `OPTION_INVALID`.
 */
export function extractRecords(options: {
  readonly report: Report
  readonly ids: readonly string[]
}): ExtractedRecords {
  requireOptions(options, 'extractRecords', ['report', 'ids'])
  const { report, ids } = options
  assertReport('extractRecords', report)
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) throw invalid('ids must be a list of ids')
  const found = verifiedIn(report).filter(({ isRecord }) => isRecord)
  const single = found.filter(({ credential }) => !isOfType(credential, containers)).map(({ credential }) => credential)
  const isWanted = (credential: JsonObject): boolean => namesOf(credential).some((name) => ids.includes(name))
  const names = new Set(single.flatMap(namesOf))
  const own = new Set(
    found
      .filter(({ credential }) => isOfType(credential, ['ClrCredential']))
      .flatMap(({ credential }) => awardedIn(credential)),
  )
  const left = ids.filter((id) => !names.has(id))
  return {
    credentials: single.filter(isWanted) as unknown as readonly Verified<Credential>[],
    unsecured: left.filter((id) => own.has(id)),
    missing: left.filter((id) => !own.has(id)),
  }
}

/** The id of a credential, and of the achievements that it awards. */
function namesOf(credential: JsonObject): readonly string[] {
  return [...(idOf(credential) === undefined ? [] : [idOf(credential) as string]), ...awardedIn(credential)]
}

function awardedIn(credential: JsonObject): readonly string[] {
  return asArray(credential['credentialSubject'])
    .filter(isObject)
    .flatMap((subject) => asArray(subject['achievement']))
    .flatMap((achievement) => idOf(achievement) ?? [])
}

function associationsOf(
  subjects: readonly JsonObject[],
  credentials: readonly JsonObject[],
  achievement: readonly JsonObject[],
): readonly AssociationInput[] {
  const known = new Set([...achievement.flatMap((each) => idOf(each) ?? []), ...credentials.flatMap(awardedIn)])
  const found = new Map<string, AssociationInput>()
  for (const each of subjects.flatMap((subject) => asArray(subject['association'])).filter(isObject)) {
    const [associationType, sourceId, targetId] = singles(each, 'associationType', 'sourceId', 'targetId')
    if (!isKnown(sourceId, known) || !isKnown(targetId, known)) continue
    const association = { associationType, sourceId, targetId } as AssociationInput
    found.set(JSON.stringify([associationType, sourceId, targetId]), association)
  }
  return [...found.values()]
}

function isKnown(id: JsonValue | undefined, known: ReadonlySet<string>): id is string {
  return typeof id === 'string' && known.has(id)
}

function onceById(things: readonly JsonObject[]): readonly JsonObject[] {
  const seen = new Map<string, JsonObject>()
  for (const thing of things) if (!seen.has(idOf(thing) ?? '')) seen.set(idOf(thing) ?? '', thing)
  return [...seen.values()]
}

/** What holds credentials, or is somebody's word on one: neither is a record that goes into another. */
const containers = ['ClrCredential', 'EndorsementCredential']

function isOfType(credential: JsonObject, types: readonly string[]): boolean {
  return asArray(credential['type']).some((type) => types.includes(type as string))
}

/** Where credentials stand that were not verified; a presentation that does not hold is named as a whole. */
function unverifiedIn(report: Report, path = ''): readonly string[] {
  if (!isHeld(report)) return [path]
  if (report.kind === 'presentation') {
    return report.credentials.flatMap((each, index) => unverifiedIn(each, `/credentials/${index}`))
  }
  return [
    ...(report.verified ? [] : [path]),
    ...report.nested.flatMap((each) => unverifiedIn(each.report, `${path}${each.path}`)),
  ]
}
