/**
 * Endorsements: that one speaks of the credential that it stands in or was given for, or of something in it (Open Badges 3.0,
 * EndorsementCredential), and of the very version that is there where it gives a digest (VC Data Model 2.0 section 5.3). It is somebody
 * else's word: one that is broken is named and not counted, and says nothing against the credential.
 */

import { asArray, idOf, isObject } from '../encoding/json.ts'
import { type Limits, limitDetail } from '../encoding/limits.ts'
import { type Thing, thingsIn } from '../records/endorsed.ts'
import { type Compare, comparer } from '../records/endorsed-digest.ts'
import { provenOf } from '../records/proven.ts'
import { findOpenStatus, isEndorsementPath, isRecordPath, type Report, warningsIn } from '../records/report-tree.ts'
import { compareVersions } from '../records/versions.ts'
import {
  type Check,
  type CredentialReport,
  type EndorsedThing,
  type EndorsementResult,
  failed,
  inconclusive,
  isProblem,
  type NestedReport,
  type PresentationReport,
  passed,
  skipped,
} from '../report.ts'
import type { JsonObject } from '../types.ts'

/** One check for each endorsement inside. Where a part of the credential is shown, what is endorsed may be in the other. */
export function checkEndorsements(
  credential: JsonObject,
  nested: readonly NestedReport[],
  signers: readonly string[],
  isPart: boolean,
): readonly Check[] {
  const endorsements = nested.filter(({ path }) => isEndorsementPath(path))
  if (endorsements.length === 0) return []
  const endorsed = readEndorsed(credential, signers, isPart)
  return endorsements.map(({ path, report, supersededBy }) => {
    const place = placeIn(path)
    return supersededBy === undefined ? judge(report, place, endorsed) : superseded(place, supersededBy)
  })
}

/**
 * Verifies the endorsements that were given beside what was verified, and adds a check at every credential that one speaks of, and one at
 * the outermost for each that is broken or speaks of nothing there.
 *
 * @param input What was verified, as it was given: a digest may be of its very bytes.
 */
export async function addDetached<R extends Report>(
  report: R,
  input: unknown,
  endorsements: readonly unknown[],
  { credentials }: Limits,
  verifyOne: (endorsement: unknown) => Promise<CredentialReport>,
): Promise<R> {
  if (endorsements.length > credentials) {
    const message = `There are ${endorsements.length} endorsements beside it; none was looked at, as at most ${credentials} are.`
    const detail = limitDetail('credentials', credentials, endorsements.length)
    const tooMany = inconclusive('endorsement', 'LIMIT_EXCEEDED', message, { detail })
    return { ...report, checks: [...report.checks, tooMany], endorsements: [] }
  }
  const given: CredentialReport[] = []
  for (const endorsement of endorsements) given.push(await verifyOne(endorsement))
  return withDetached(report, given, typeof input === 'string' || input instanceof Uint8Array ? [input] : [])
}

function withDetached<R extends Report>(
  report: R,
  given: readonly CredentialReport[],
  texts: readonly (string | Uint8Array)[],
): R {
  const fitting = new Set<number>()
  let hasPart = false
  const subjectsOfGiven = given.map((each) => new Set(each.verified ? subjectsOf(documentOf(each)) : []))
  const latestOfGiven = newerThan([], given)
  const add = (each: CredentialReport, own: typeof texts): CredentialReport => {
    const inner = each.nested.map((inside) =>
      isRecordPath(inside.path) ? { ...inside, report: add(inside.report, []) } : inside,
    )
    const document = documentOf(each)
    // Nothing in a document that is not proven to be its issuer's is looked at.
    const isProven = each.checks.some(({ name, outcome }) => name === 'issuer' && outcome === 'passed')
    if (!document || !isProven) return { ...each, nested: inner }
    const { signers, isPart, text } = provenOf(each)
    hasPart ||= isPart
    const endorsed = readEndorsed(document, signers, isPart, text === undefined ? own : [...own, text])
    const hasOwn = each.nested.some(({ path }) => isEndorsementPath(path))
    const latest = hasOwn ? newerThan(each.nested, given) : latestOfGiven
    const ids = [...endorsed.things.keys()]
    const checks = given.flatMap((endorsement, index) => {
      const subjects = subjectsOfGiven[index]
      if (!ids.some((id) => subjects?.has(id))) return []
      fitting.add(index)
      const by = latest.get(endorsement)
      return by === undefined ? judge(endorsement, placeOf(index), endorsed) : superseded(placeOf(index), by)
    })
    const before = each.checks.map((check) => {
      const inside = check.endorsement && each.nested.find(({ path }) => path === check.path)
      const by = inside && latest.get(inside.report)
      return inside && by ? superseded(placeIn(inside.path), by) : check
    })
    return { ...each, nested: inner, checks: [...withNotes(before, each.nested, inner), ...checks] }
  }
  const added = report.kind === 'credential' ? add(report, texts) : addToShown(report, (each) => add(each, []))
  const nothing = readEndorsed({}, [], hasPart)
  const strangers = given.flatMap((endorsement, index) =>
    fitting.has(index) ? [] : judge(endorsement, placeOf(index), nothing),
  )
  return { ...added, checks: [...added.checks, ...strangers], endorsements: given } as Report as R
}

function addToShown(report: PresentationReport, add: (each: CredentialReport) => CredentialReport): Report {
  const credentials = report.credentials.map(add)
  const checks = withNotes(report.checks, shown(report.credentials), shown(credentials))
  return { ...report, checks, credentials } as PresentationReport
}

/** Where an endorsement was found. */
interface Place {
  readonly path?: string
  readonly endorsement: EndorsementResult
}

function placeIn(path: string): Place {
  const origin = /\/endorsementJwt(\/\d+)?$/.test(path) ? 'endorsementJwt' : 'embedded'
  return { path, endorsement: { origin, about: [] } }
}

function placeOf(index: number): Place {
  return { endorsement: { origin: 'detached', index, about: [] } }
}

/** A credential, as it is looked at by those who endorse it. */
interface Endorsed {
  readonly things: ReadonlyMap<string, Thing>
  readonly compare: Compare
  /** Whose own word the credential is: who issued and signed it, and whom it is about. */
  readonly own: readonly string[]
  readonly main: readonly string[]
  readonly isPart: boolean
}

function readEndorsed(
  credential: JsonObject,
  signers: readonly string[],
  isPart: boolean,
  texts: readonly (string | Uint8Array)[] = [],
): Endorsed {
  const main = [idOf(credential['issuer']), ...asArray(credential['credentialSubject']).map(idOf)].filter(
    (id) => id !== undefined,
  )
  return {
    things: thingsIn(credential),
    compare: comparer(credential, texts),
    own: [...main, ...signers],
    main,
    isPart,
  }
}

function judge(report: CredentialReport, place: Place, endorsed: Endorsed): Check {
  if (!report.verified) return broken(report, place)
  const document = report.credential as unknown as JsonObject
  const { issuer } = report
  if (!asArray(document['type']).includes('EndorsementCredential')) {
    const message = `What ${issuer} says here is no endorsement: it is not of the type EndorsementCredential.`
    return failed('endorsement', 'ENDORSEMENT_MISMATCH', message, place)
  }
  const subjects = subjectsOf(document)
  const here = subjects.filter((id) => endorsed.things.has(id))
  const isDetached = place.endorsement.origin === 'detached'
  const stranger = subjects.find((id) => !endorsed.things.has(id))
  // What was given beside may speak of several records, which need not be together.
  if (stranger !== undefined && !(isDetached && here.length > 0)) {
    if (endorsed.isPart) {
      const message = `The endorsement by ${issuer} speaks of ${stranger}, which is not in the part of the credential that is shown.`
      return skipped('endorsement', message, place)
    }
    const where = isDetached ? 'nothing that was verified here' : 'neither this credential nor anything in it'
    const message = `The endorsement by ${issuer} speaks of ${stranger}, which is ${where}.`
    return failed('endorsement', 'ENDORSEMENT_MISMATCH', message, place)
  }
  if (here.length === 0) {
    return skipped('endorsement', `The endorsement by ${issuer} does not say by an id what it speaks of.`, place)
  }
  const resources = asArray(document['relatedResource']).filter(isObject)
  const compared = resources.flatMap((resource) => {
    const id = idOf(resource) ?? ''
    const thing = here.includes(id) ? endorsed.things.get(id) : undefined
    return thing ? { id, isEqual: endorsed.compare(resource, thing) } : []
  })
  const differing = compared.find(({ isEqual }) => isEqual === false)
  if (differing) {
    if (endorsed.isPart) {
      const message = `The endorsement by ${issuer} gives a digest of ${differing.id}, which may be shown in part only.`
      return skipped('endorsement', message, place)
    }
    const message = `The endorsement by ${issuer} gives a digest of ${differing.id} that is not the digest of what is here: another version was endorsed, or the digest is of a file at that address, which is not fetched.`
    return inconclusive('endorsement', 'DIGEST_MISMATCH', message, place)
  }
  const about = here.map((id): EndorsedThing => {
    const { kind } = endorsed.things.get(id) as Thing
    return { id, kind, isBound: compared.some((each) => each.id === id && each.isEqual === true) }
  })
  const isOwnWord = isOwn(report, here, endorsed)
  const isTrusted = report.checks.some(({ name, outcome }) => name === 'trust' && outcome === 'passed')
  const { origin, index } = place.endorsement
  const endorsement: EndorsementResult = {
    origin,
    ...(index !== undefined && { index }),
    endorser: issuer,
    isTrusted,
    isOwnWord,
    ...(findOpenStatus(report, document) && { isStatusOpen: true }),
    about,
  }
  const own = isOwnWord ? ' It is their own word on what is theirs.' : ''
  return passed('endorsement', `${issuer} endorses ${about.map(words).join(' and ')}.${own}`, { ...place, endorsement })
}

function broken(report: CredentialReport, place: Place): Check {
  const named = idOf(documentOf(report)?.['issuer'])
  const by = named === undefined ? '' : ` in the name of ${named}`
  const reason = report.checks.find(isProblem)?.message ?? ''
  return report.verdict === 'invalid'
    ? failed('endorsement', 'ENDORSEMENT_INVALID', `The endorsement${by} is invalid. ${reason}`, place)
    : inconclusive('endorsement', 'ENDORSEMENT_INDETERMINATE', `The endorsement${by} is undecided. ${reason}`, place)
}

function superseded(place: Place, by: string): Check {
  return skipped('endorsement', `The endorsement is superseded: its endorser issued it anew, as ${by}.`, place)
}

const kinds = {
  credential: 'the credential ',
  subject: 'whom it is about, ',
  issuer: 'its issuer ',
  achievement: 'the achievement ',
  evidence: 'the evidence ',
  other: '',
} as const

function words({ id, kind, isBound }: EndorsedThing): string {
  return `${kinds[kind]}${id}, ${isBound ? 'in the version that is here' : 'by its id alone, whatever it says'}`
}

/** Whoever issued or signed a credential, or is whom it is about, endorses nothing of it; nor does who made the achievement, that. */
function isOwn(
  { issuer, signers }: CredentialReport & { readonly verified: true },
  here: readonly string[],
  { own, main, things }: Endorsed,
): boolean {
  if (own.includes(issuer) || signers.some((signer) => main.includes(signer))) return true
  const isTheirs = ({ described }: Thing): boolean =>
    described.some((each) => asArray(each['creator']).some((by) => idOf(by) === issuer))
  return here.every((id) => id === issuer || isTheirs(things.get(id) as Thing))
}

function subjectsOf(endorsement: JsonObject | undefined): readonly string[] {
  return asArray(endorsement?.['credentialSubject']).flatMap((subject) => idOf(subject) ?? [])
}

function documentOf(report: CredentialReport): JsonObject | undefined {
  return report.verified ? (report.credential as unknown as JsonObject) : report.unverified
}

/** Endorsements of which there is a later version among those inside and those given, with where that is. */
function newerThan(
  nested: readonly NestedReport[],
  given: readonly CredentialReport[],
): ReadonlyMap<CredentialReport, string> {
  const all = [
    ...nested.filter(({ path }) => isEndorsementPath(path)).map(({ path, report }) => ({ report, name: path })),
    ...given.map((report, index) => ({ report, name: `endorsements[${index}]` })),
  ].filter(({ report }) => report.verified)
  const versions = compareVersions(all.map(({ report }) => documentOf(report) as JsonObject))
  return new Map(
    versions.flatMap((version, index) =>
      version.kind === 'superseded'
        ? [[all[index]?.report as CredentialReport, all[version.by]?.name ?? ''] as const]
        : [],
    ),
  )
}

/** The check of what is inside, with what became known of it. */
function withNotes(checks: readonly Check[], before: readonly NestedReport[], after: typeof before): readonly Check[] {
  const known = warningsIn(before)
  const notes = warningsIn(after).filter((note) => !known.includes(note))
  return checks.map((check) =>
    check.name === 'contents' && check.outcome === 'passed'
      ? passed('contents', check.message, { notes: [...(check.notes ?? []), ...notes] })
      : check,
  )
}

function shown(credentials: readonly CredentialReport[]): readonly NestedReport[] {
  return credentials.map((report, index) => ({ path: `/credentials/${index}`, report }))
}
