/** What one credential says: name, dates, achievements, results, evidence, and everything else that stands in it. */

import { asArray, idOf, isObject } from '../encoding/json.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { alignmentList } from './alignments.ts'
import { evidenceList } from './evidence.ts'
import { address, isEmbedded, picture, shortId } from './link.ts'
import { type Html, html, type Part } from './markup.ts'
import type { Page } from './page.ts'
import { learnerRows, nameOf, profile, standing } from './parties.ts'
import { resultTable } from './results.ts'
import { bounded, list, objects, others, prose, row, rows, scalar, section, words } from './rows.ts'
import type { Shown } from './shown.ts'
import { localise } from './text.ts'

const ofCredential = [
  'id',
  'type',
  'name',
  'description',
  'image',
  'issuer',
  'credentialSubject',
  'holder',
  'verifiableCredential',
  'validFrom',
  'validUntil',
  'issuanceDate',
  'expirationDate',
  'awardedDate',
  'evidence',
  'credentialStatus',
  'credentialSchema',
  'proof',
  'endorsement',
  'endorsementJwt',
  'partial',
]
const ofSubject = [
  'id',
  'type',
  'identifier',
  'name',
  'givenName',
  'familyName',
  'achievement',
  'result',
  'narrative',
  'creditsEarned',
  'licenseNumber',
  'role',
  'term',
  'activityStartDate',
  'activityEndDate',
  'source',
  'image',
  'verifiableCredential',
  'association',
  'endorsementComment',
  'endorsement',
  'endorsementJwt',
]
const ofAchievement = [
  'id',
  'type',
  'name',
  'description',
  'criteria',
  'achievementType',
  'creditsAvailable',
  'fieldOfStudy',
  'specialization',
  'humanCode',
  'inLanguage',
  'version',
  'alignment',
  'creator',
  'image',
  'otherIdentifier',
  'related',
  'resultDescription',
  'tag',
  'endorsement',
  'endorsementJwt',
]
const plainTypes = ['VerifiableCredential', 'VerifiablePresentation', 'OpenBadgeCredential', 'AchievementCredential']

/** The subjects of a credential, those that are named by an id alone too. */
export function subjectsOf(document: JsonObject): readonly JsonObject[] {
  return asArray(document['credentialSubject']).flatMap((each) =>
    isObject(each) ? [each] : typeof each === 'string' ? [{ id: each }] : [],
  )
}

/** The achievements of all subjects. */
export function achievementsOf(document: JsonObject): readonly JsonObject[] {
  return subjectsOf(document).flatMap((subject) => objects(subject['achievement']))
}

/** The name of a credential: its own, that of what was achieved, or of its kind. */
export function titleOf({ document, isPresentation }: Shown, page: Page): Part {
  const { presentation, unnamed } = page.messages.words
  const [achievement] = achievementsOf(document)
  const named = words(document['name'], page) ?? words(achievement?.['name'], page)
  return named ?? (isPresentation ? presentation : kindOf(document, page)) ?? unnamed
}

/** What kind of record it is. */
export function kindOf(document: JsonObject, page: Page): Part {
  const { learnerRecord, endorsement, credential } = page.messages.words
  const types = asArray(document['type']).filter((type) => typeof type === 'string')
  if (types.includes('ClrCredential')) return learnerRecord
  if (types.includes('EndorsementCredential')) return endorsement
  const [achievement] = achievementsOf(document)
  const type = achievement?.['achievementType']
  if (typeof type === 'string') return achievementWord(type, page)
  const own = types.find((each) => !plainTypes.includes(each))
  return own === undefined ? credential : html`<bdi dir="ltr">${own}</bdi>`
}

function achievementWord(type: string, page: Page): Part {
  const all: Readonly<Record<string, string>> = page.messages.achievementTypes
  return Object.hasOwn(all, type) ? all[type] : html`<bdi>${type.replace(/^ext:/, '')}</bdi>`
}

/** The picture of a record, where it is in the record itself; else that of its achievement. */
export function pictureOf({ document, isPresentation }: Shown, page: Page): Html | undefined {
  if (isPresentation) return undefined
  const all = [document['image'], ...achievementsOf(document).map(({ image }) => image)].filter(
    (each) => each !== undefined,
  )
  const image = all.find(isEmbedded) ?? all[0]
  const [first] = [document['name'], achievementsOf(document)[0]?.['name']].flatMap(
    (name) => localise(name, page.messages.language) ?? [],
  )
  return picture(image, page, first?.text ?? page.messages.words.picture)
}

/** From when to when. */
export function dateRows({ document }: Shown, page: Page): readonly (Html | undefined)[] {
  const { awarded, issued, validFrom, validUntil, noEnd } = page.messages.words
  const since = document['validFrom'] ?? document['issuanceDate']
  const until = document['validUntil'] ?? document['expirationDate']
  return [
    row(awarded, page.date(document['awardedDate'])),
    row(document['validFrom'] === undefined ? issued : validFrom, page.date(since)),
    row(validUntil, page.date(until) ?? noEnd),
  ]
}

/** Everything that a credential says of its subjects, under headings from a level on. */
export function statements({ document }: Shown, page: Page, level: number): readonly Part[] {
  const { moreStatements, evidence } = page.messages.words
  const title = localise(document['name'], page.messages.language)?.text
  return [
    prose(document['description'], page),
    ...subjectsOf(document).map((subject) => subjectParts(subject, page, level, title)),
    section(level, evidence, evidenceList(document['evidence'], page)),
    section(level, moreStatements, rows([...others(document, ofCredential, page)]), 'rest'),
  ]
}

/** Everything about the issuer and the learners that does not stand on the page already. */
export function parties({ document, report }: Shown, page: Page, level: number): readonly Part[] {
  const { issuer, learner } = page.messages.words
  const credentialReport = report?.kind === 'credential' ? report : undefined
  const by = document['issuer']
  const learners = subjectsOf(document).filter(({ id, identifier }) => page.isNew([id ?? null, identifier ?? null]))
  return [
    by === undefined || !page.isNew(by)
      ? undefined
      : section(level, issuer, [standing(credentialReport, page), profile(by, page)], 'party'),
    section(level, learner, rows(learners.flatMap((subject) => [...learnerRows(subject, page)])), 'party'),
  ]
}

/** What issuers say of themselves counts for less, and is told. */
export function ownWord({ document }: Shown, page: Page): Html | undefined {
  const issuer = idOf(document['issuer'])
  const isOwn = issuer !== undefined && subjectsOf(document).some(({ id }) => id === issuer)
  return isOwn ? html`<p class="caution">${page.messages.words.ownWord}</p>` : undefined
}

function subjectParts(subject: JsonObject, page: Page, level: number, title: string | undefined): readonly Part[] {
  const { results, narrative, moreStatements } = page.messages.words
  const achievements = objects(subject['achievement'])
  const [first] = achievements
  const facts = subjectRows(subject, page)
  // One achievement under its own name is the record itself; others have headings of their own.
  const isItself = achievements.length === 1 && first && isTitle(first, page, title)
  return [
    isItself
      ? achievementParts(first, page, level, facts)
      : [rows(facts), achievements.map((each) => named(each, page, level))],
    section(level, results, resultTable(subject, page)),
    section(level, narrative, prose(subject['narrative'], page)),
    section(level, moreStatements, rows([...others(subject, ofSubject, page)]), 'rest'),
  ]
}

function isTitle(achievement: JsonObject, page: Page, title: string | undefined): boolean {
  return title === undefined || localise(achievement['name'], page.messages.language)?.text === title
}

function named(achievement: JsonObject, page: Page, level: number): Html | undefined {
  const { unnamed } = page.messages.words
  const name = words(achievement['name'], page) ?? unnamed
  return section(level, name, achievementParts(achievement, page, level + 1, []))
}

function subjectRows(subject: JsonObject, page: Page): readonly (Html | undefined)[] {
  const { creditsEarned, licenseNumber, role, term, activity, assessedBy } = page.messages.words
  const [start, end] = [page.date(subject['activityStartDate']), page.date(subject['activityEndDate'])]
  return [
    row(creditsEarned, scalar(subject['creditsEarned'])),
    row(role, words(subject['role'], page)),
    row(term, words(subject['term'], page)),
    row(activity, start || end ? html`${start ?? '…'} – ${end ?? '…'}` : undefined),
    row(licenseNumber, scalar(subject['licenseNumber'])),
    row(assessedBy, nameOf(subject['source'], page)),
  ]
}

function achievementParts(
  achievement: JsonObject,
  page: Page,
  level: number,
  facts: readonly (Html | undefined)[],
): readonly Part[] {
  const text = page.messages.words
  const { criteria, tag, achievementType, alignment } = achievement
  const identifiers = objects(achievement['otherIdentifier']).flatMap(({ identifier }) => scalar(identifier) ?? [])
  const related = objects(achievement['related']).flatMap(({ id }) => (typeof id === 'string' ? address(id) : []))
  return [
    prose(achievement['description'], page),
    rows([
      row(text.type, typeof achievementType === 'string' ? achievementWord(achievementType, page) : undefined),
      row(text.code, scalar(achievement['humanCode'])),
      row(text.fieldOfStudy, words(achievement['fieldOfStudy'], page)),
      row(text.specialization, words(achievement['specialization'], page)),
      row(text.creditsAvailable, scalar(achievement['creditsAvailable'])),
      ...facts,
      row(text.inLanguage, languageName(achievement['inLanguage'], page)),
      row(text.version, scalar(achievement['version'])),
      row(text.definedBy, nameOf(achievement['creator'], page)),
      row(text.tags, tags(tag, page)),
      row(text.identifiers, list(identifiers, page)),
      row(text.related, list(related, page)),
      ...others(achievement, ofAchievement, page),
    ]),
    section(
      level,
      text.criteria,
      objects(criteria).map((each) => criteriaParts(each, page)),
    ),
    section(level, text.alignments, alignmentList(alignment, page)),
  ]
}

function criteriaParts({ id, narrative }: JsonObject, page: Page): readonly Part[] {
  return [prose(narrative, page), typeof id === 'string' ? html`<p class="small">${address(id)}</p>` : undefined]
}

function tags(value: JsonValue | undefined, page: Page): Html | undefined {
  const all = bounded(
    asArray(value).flatMap((each) => scalar(each) ?? []),
    page,
  )
  return all.length === 0 ? undefined : html`${all.map((each, index) => (index === 0 ? each : html`, ${each}`))}`
}

function languageName(value: JsonValue | undefined, { messages }: Page): Part {
  if (typeof value !== 'string') return undefined
  try {
    return html`<bdi>${new Intl.DisplayNames(messages.language, { type: 'language' }).of(value)}</bdi>`
  } catch {
    return scalar(value)
  }
}

/** By which proofs it is signed, and how it is called. */
export function technicalRows({ document, report }: Shown, page: Page): readonly (Html | undefined)[] {
  const { identifier, signedWith, key } = page.messages.words
  const proofs = objects(document['proof'])
  const envelope = report?.verified ? report.envelope?.mediaType : undefined
  return [
    row(identifier, typeof document['id'] === 'string' ? address(document['id']) : undefined),
    row(signedWith, scalar(envelope)),
    ...proofs.flatMap(({ cryptosuite, type, verificationMethod, created }) => [
      row(
        signedWith,
        html`${scalar(cryptosuite) ?? scalar(type)}${page.date(created) && html` (${page.date(created)})`}`,
      ),
      // Who signed is the issuer almost always, whose id stands on the page.
      row(
        key,
        typeof verificationMethod !== 'string'
          ? undefined
          : verificationMethod.split('#')[0] === idOf(document['issuer'])
            ? shortId(verificationMethod)
            : address(verificationMethod),
      ),
    ]),
  ]
}
