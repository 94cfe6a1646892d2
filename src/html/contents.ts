/** What is inside a credential or presentation: the records as a table and one by one, endorsements, and how the records relate. */

import { asArray, idOf, single, singles } from '../encoding/json.ts'
import { isEndorsementPath } from '../records/report-tree.ts'
import type { Check } from '../report.ts'
import type { JsonObject } from '../types.ts'
import { checkLine, problemList, warningList } from './checks.ts'
import { address } from './link.ts'
import { fill, type Html, html, type Part } from './markup.ts'
import type { Page } from './page.ts'
import { learnerName, nameOf } from './parties.ts'
import {
  achievementsOf,
  dateRows,
  kindOf,
  ownWord,
  parties,
  statements,
  subjectsOf,
  technicalRows,
  titleOf,
} from './record.ts'
import { descriptionsOf, reachedIn } from './results.ts'
import { heading, list, objects, prose, row, rows, scalar, section, table, words } from './rows.ts'
import { detachedPath, isRecord, type Shown } from './shown.ts'

/** Everything inside, under headings from a level on. */
export function contents(shown: Shown, page: Page, level: number): readonly Part[] {
  const records = shown.inside.filter(isRecord)
  const praise = shown.inside.filter((each) => !isRecord(each) && isEndorsement(each))
  const rest = shown.inside.filter((each) => !isRecord(each) && !isEndorsement(each))
  const text = page.messages.words
  const ids = records.map(() => page.id())
  const each = records.map((record, index) => one(record, page, level + 1, ids[index] ?? '', page.number(index + 1)))
  const other = rest.map((record) => one(record, page, level + 1, page.id()))
  return [
    section(level, text.endorsements, endorsementList(shown, praise, page)),
    records.length > 0 ? section(level, text.contents, recordTable(records, ids, page)) : undefined,
    section(level, text.relations, relations(shown, page)),
    section(level, text.eachRecord, each, 'records'),
    section(level, text.otherContents, other, 'records'),
  ]
}

/** The verdict on one of them, in a word. */
export function stateHtml({ state, isSuperseded }: Shown, page: Page): Html {
  const marks = { valid: '✓', invalid: '✗', indeterminate: '?', unverified: '!' } as const
  const superseded = isSuperseded
    ? html` <span class="state superseded">${page.messages.words.superseded}</span>`
    : undefined
  return html`<span class="state ${state}"><span aria-hidden="true">${marks[state]}</span> ${page.messages.verdicts[state]}</span>${superseded}`
}

function isEndorsement({ path, document }: Shown): boolean {
  return isEndorsementPath(path) || asArray(document['type']).includes('EndorsementCredential')
}

/** A table of the records, without columns that have nothing in them. */
function recordTable(records: readonly Shown[], ids: readonly string[], page: Page): Html {
  const { contentsCaption, number, name, issuer, date, credits, result, verdict } = page.messages.words
  const cells = records.map((each) => cellsOf(each, page))
  const has = (column: 'credits' | 'results') => cells.some((each) => each[column].length > 0)
  const [hasCredits, hasResults] = [has('credits'), has('results')]
  const columns = [
    number,
    name,
    issuer,
    date,
    ...(hasCredits ? [credits] : []),
    ...(hasResults ? [result] : []),
    verdict,
  ]
  const body = records.map((each, index) => {
    const { title, issuer: by, when, credits: earned, results } = cells[index] ?? cellsOf(each, page)
    return html`<tr><td>${page.number(index + 1)}</td><th scope="row"><a href="#${ids[index]}">${title}</a></th><td>${by}</td><td>${when}</td>${hasCredits ? html`<td>${lines(earned)}</td>` : undefined}${hasResults ? html`<td>${lines(results)}</td>` : undefined}<td>${stateHtml(each, page)}</td></tr>
`
  })
  return table(contentsCaption, columns, body)
}

function cellsOf(
  shown: Shown,
  page: Page,
): {
  readonly title: Part
  readonly issuer: Html | undefined
  readonly when: Html | undefined
  readonly credits: readonly Html[]
  readonly results: readonly Html[]
} {
  const { document } = shown
  const subjects = subjectsOf(document)
  const code = scalar(achievementsOf(document)[0]?.['humanCode'])
  return {
    title: code ? html`${titleOf(shown, page)} <span class="code">${code}</span>` : titleOf(shown, page),
    issuer: nameOf(document['issuer'], page),
    when: page.day(document['awardedDate'] ?? document['validFrom'] ?? document['issuanceDate']),
    credits: subjects.flatMap((subject) => scalar(subject['creditsEarned']) ?? []),
    results: subjects.flatMap((subject) => {
      const descriptions = descriptionsOf(subject)
      return objects(subject['result']).flatMap((result) => reachedIn(result, descriptions, page) ?? [])
    }),
  }
}

function lines(parts: readonly Html[]): readonly Html[] {
  return parts.slice(0, 20).map((part) => html`<div>${part}</div>`)
}

/** One record with everything that it says, and what is inside it. */
function one(shown: Shown, page: Page, level: number, id: string, number?: string): Html {
  const { report, document } = shown
  const title = html`${number === undefined ? undefined : html`<span class="number">${number}</span> `}${titleOf(shown, page)} ${stateHtml(shown, page)}`
  return html`<section class="record">${heading(level, title, id)}
${achievementsOf(document).length > 0 ? undefined : html`<p class="quiet">${kindOf(document, page)}</p>`}
${shown.state === 'unverified' ? html`<p class="caution">${page.messages.words.notVerifiedMeans}</p>` : undefined}
${problemList(report?.checks ?? [], page)}${warningList(report?.checks ?? [], page)}
${rows([
  row(page.messages.words.issuer, nameOf(document['issuer'], page)),
  ...subjectsOf(document).map((subject) => row(page.messages.words.learner, learnerName(subject, page))),
  ...dateRows(shown, page),
])}
${ownWord(shown, page)}${partialNote(shown, page)}
${statements(shown, page, level + 1)}
${contents(shown, page, level + 1)}
${parties(shown, page, level + 1)}
${rows(technicalRows(shown, page), 'facts small')}
${report && checkLine(report.checks, page)}</section>`
}

/** Who endorses what, in which words; whether that is good stands beside each. */
function endorsementList(shown: Shown, praise: readonly Shown[], page: Page): Html | undefined {
  const names = thingsIn(shown, page)
  const checks = endorsementChecks(shown)
  const items = praise.map((each) => endorsement(each, checks.get(each.path), names, page))
  return list(items, page, 'endorsements')
}

function endorsement(shown: Shown, check: Check | undefined, names: ReadonlyMap<string, Part>, page: Page): Html {
  const { document, report } = shown
  const { endorsedBy, endorses, date, ownEndorsement } = page.messages.words
  const outcome = check?.outcome
  const subjects = subjectsOf(document)
  const about = subjects.flatMap((subject) => {
    const id = idOf(subject)
    return id === undefined ? [] : [names.get(id) ?? address(id)]
  })
  const fits =
    outcome === undefined || outcome === 'passed'
      ? undefined
      : html` <span class="state ${outcome}">${page.messages.checks.endorsement.name}: ${page.messages.outcomes[outcome]}</span>`
  return html`${subjects.map((subject) => quote(subject, page))}
${rows([
  row(endorsedBy, html`<b>${nameOf(document['issuer'], page)}</b> ${stateHtml(shown, page)}${fits}`),
  row(
    endorses,
    about.length === 0 ? undefined : html`${about.map((each, index) => (index === 0 ? each : html`, ${each}`))}`,
  ),
  row(date, page.date(document['validFrom'] ?? document['issuanceDate'])),
])}${check?.endorsement?.isOwnWord ? html`<p class="caution">${ownEndorsement}</p>` : undefined}${problemList(report?.checks ?? [], page)}`
}

/** What each endorsement comes to, by its path. One that was given beside all may speak of something further inside. */
function endorsementChecks(shown: Shown): ReadonlyMap<string, Check> {
  const found = new Map<string, Check>()
  const visit = ({ report, inside }: Shown, isOuter: boolean): void => {
    for (const check of report?.checks ?? []) {
      if (check.name !== 'endorsement') continue
      const index = check.endorsement?.index
      const path = index === undefined ? (isOuter ? check.path : undefined) : detachedPath(index)
      if (path !== undefined && found.get(path)?.outcome !== 'passed') found.set(path, check)
    }
    for (const each of inside) visit(each, false)
  }
  visit(shown, true)
  return found
}

function quote(subject: JsonObject, page: Page): Html | undefined {
  const comment = prose(subject['endorsementComment'], page)
  return comment && html`<blockquote>${comment}</blockquote>`
}

/** Names of what a credential speaks of, by its id. */
function thingsIn(shown: Shown, page: Page): ReadonlyMap<string, Part> {
  const names = new Map<string, Part>()
  const { document } = shown
  const add = (thing: JsonObject, name: Part): void => {
    const id = idOf(thing)
    if (id !== undefined && name !== undefined) names.set(id, name)
  }
  for (const each of [...objects(document['issuer']), ...objects(document['evidence']), ...achievementsOf(document)]) {
    add(each, words(each['name'], page))
  }
  add(document, titleOf(shown, page))
  return names
}

/** The associations of a learner record (CLR 2.0), with the names of what they tie together. */
function relations(shown: Shown, page: Page): Html | undefined {
  const all = subjectsOf(shown.document).flatMap((subject) => objects(subject['association']))
  if (all.length === 0) return undefined
  const names = new Map([shown, ...shown.inside].flatMap((each) => [...thingsIn(each, page)]))
  const kinds: Readonly<Record<string, string>> = page.messages.associations
  const named = (id: unknown): Part => (typeof id === 'string' ? (names.get(id) ?? address(id)) : '…')
  const items = all.map((each) => {
    const [associationType, sourceId, targetId] = singles(each, 'associationType', 'sourceId', 'targetId')
    const kind =
      typeof associationType === 'string' && Object.hasOwn(kinds, associationType)
        ? kinds[associationType]
        : scalar(associationType)
    return html`${named(sourceId)} <i>${kind}</i> ${named(targetId)}`
  })
  return list(items, page, 'relations')
}

/** A note that the record itself says that there is more. */
export function partialNote({ document }: Shown, page: Page): Html | undefined {
  return single(document['partial']) === true
    ? html`<p class="caution">${fill(page.messages.words.partial, {})}</p>`
    : undefined
}
