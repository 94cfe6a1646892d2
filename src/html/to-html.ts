/** A report or a credential as a page for people: one HTML document that needs nothing else and runs nothing. */

import { given, isPromise } from '../encoding/given.ts'
import { isObject, readJson } from '../encoding/json.ts'
import { CredentialError } from '../errors.ts'
import { documentIn, glance } from '../glance.ts'
import { english } from '../messages/english.ts'
import type { Messages } from '../messages/messages.ts'
import { assertOptions } from '../options.ts'
import { assertReport } from '../records/assert-report.ts'
import { digestOf } from '../records/digest.ts'
import type { Report } from '../records/report-tree.ts'
import { checkTable, problemList, warningList } from './checks.ts'
import { contents, partialNote } from './contents.ts'
import { fill, type Html, html, type Part, textOf, trusted } from './markup.ts'
import { createPage, type Page } from './page.ts'
import { learnerName, nameOf } from './parties.ts'
import {
  dateRows,
  kindOf,
  ownWord,
  parties,
  pictureOf,
  statements,
  subjectsOf,
  technicalRows,
  titleOf,
} from './record.ts'
import { rows, section } from './rows.ts'
import { type Shown, shownOf, unverified } from './shown.ts'
import { styleOf } from './style.ts'

/** What `toHtml` takes. */
export type ToHtmlOptions = {
  /** The reader's language. Default: `english`. There are `spanish`, `french`, `portuguese` and `arabic` besides; others can be written. */
  readonly messages?: Messages
  /** Time zone of dates, an IANA name such as `America/Bogota`. Default: `UTC`. The page names it. */
  readonly timeZone?: string
} & (
  | {
      /** What `verify` returned, or that as it was kept as JSON. */
      readonly report: Report
      /** When that was. Default: the page says that it does not know. */
      readonly verifiedAt?: Date
      readonly credential?: never
    }
  | {
      /**
       * A credential or presentation that nobody verified: an object, JSON text, a JWT, bytes, or a picture with one in it. The page says
       * in large letters that it was not verified.
       */
      readonly credential: unknown
      readonly report?: never
      readonly verifiedAt?: never
    }
)

/**
 * Writes a page that people can read, keep and print: the answer, what is wrong and what to do, what the record says, what was checked and
 * what was not. It is one document without scripts, and loads nothing: pictures are shown where the record holds them, others are named.
 * Whatever strangers wrote is text. Markdown in a record is shown as it is written.
 *
 * Which of the two it is given is said by name, because a stranger's document could pass itself off as a report.
 *
 * @throws CredentialError `OPTION_INVALID`.
 */
export function toHtml(options: ToHtmlOptions): string {
  if (!isObject(options as unknown)) throw invalid('give { report } or { credential }')
  assertOptions('toHtml', options, ['report', 'credential', 'messages', 'timeZone', 'verifiedAt'])
  const { messages = english, timeZone = 'UTC' } = options
  if (!isObject(messages as unknown)) throw invalid('messages must be one of the languages, such as spanish')
  const page = open(messages, timeZone)
  const shown = readShown(options)
  const { verifiedAt } = options
  if (verifiedAt !== undefined && !(verifiedAt instanceof Date && Number.isFinite(verifiedAt.getTime()))) {
    throw invalid('verifiedAt must be a Date')
  }
  return textOf(document(shown, page, verifiedAt))
}

function open(messages: Messages, timeZone: string): Page {
  try {
    return createPage(messages, timeZone)
  } catch (cause) {
    throw invalid(
      `timeZone or messages.language is none that the platform knows (${timeZone}, ${messages.language})`,
      cause,
    )
  }
}

function readShown({ report, credential }: ToHtmlOptions): Shown {
  if (report !== undefined && credential !== undefined) throw invalid('give report or credential, not both')
  if (report !== undefined) {
    assertReport('toHtml', report)
    return shownOf(report)
  }
  if (credential === undefined) throw invalid('give { report } or { credential }')
  if (typeof credential === 'string' || credential instanceof Uint8Array) {
    return unverified(documentIn(glance({ content: credential })))
  }
  if (isPromise(credential)) throw invalid(`credential is none; ${given(credential)}`)
  const read = readJson(credential)
  return unverified('value' in read ? read.value : {})
}

function invalid(message: string, cause?: unknown): CredentialError {
  return new CredentialError('OPTION_INVALID', `toHtml: ${message}`, cause === undefined ? {} : { cause })
}

function document(shown: Shown, page: Page, verifiedAt: Date | undefined): Html {
  const { language, direction, verdicts, words } = page.messages
  const style = styleOf(verdicts[shown.state])
  const title = titleOf(shown, page)
  // The policy allows this very style sheet and pictures in the page, and nothing else: no script, no frame, no request.
  const policy = `default-src 'none'; style-src '${digestOf(style)}'; img-src data:; base-uri 'none'; form-action 'none'`
  return html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light">
<title>${plain(title)} – ${verdicts[shown.state]}</title>
<style>${trusted(style)}</style>
</head>
<body class="${shown.state}">
<header>
${verdictBand(shown, page, verifiedAt)}
</header>
<main>
${section(2, words.problems, problemList(shown.report?.checks ?? [], page), 'wrong')}
${section(2, words.notCounted, warningList(shown.report?.checks ?? [], page), 'warned')}
<article>
${titleBlock(shown, title, page)}
${body(shown, page)}
</article>
${section(
  2,
  words.checks,
  shown.report ? checkTable(shown.report.checks, page) : html`<p class="caution">${words.noCheck}</p>`,
  'checked',
)}
</main>
<footer>
<p>${words.footer}</p>
<p>${fill(words.timeZone, { zone: html`<bdi>${page.zone}</bdi>` })}</p>
</footer>
</body>
</html>
`
}

/** A title bears no markup. */
function plain(title: Part): string {
  return typeof title === 'string' ? title : decode(textOf(html`${title}`).replace(/<[^>]*>/g, ''))
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? '')
}

function verdictBand(shown: Shown, page: Page, verifiedAt: Date | undefined): Html {
  const { answers, verdicts, words } = page.messages
  const { document, report, state } = shown
  const marks = { valid: '✓', invalid: '✗', indeterminate: '?', unverified: '!' } as const
  const kind = shown.isPresentation ? 'presentation' : 'credential'
  const who = nameOf(shown.isPresentation ? document['holder'] : document['issuer'], page) ?? '–'
  const date = verifiedAt && page.date(verifiedAt.toISOString())
  const sentence = state === 'unverified' ? words.notVerifiedMeans : fill(answers[kind][state], { who })
  const when = date ? fill(words.verifiedAt, { date }) : words.verifiedAtUnknown
  return html`<div class="verdict ${state}" role="note" aria-label="${words.answer}">
<p class="answer"><span class="mark" aria-hidden="true">${marks[state]}</span> ${state === 'unverified' ? words.notVerified : verdicts[state]}</p>
<div><p>${sentence}</p>${report && html`<p class="quiet">${when}</p>`}</div>
</div>`
}

/** The head of the record, as on a certificate. */
function titleBlock(shown: Shown, title: Part, page: Page): Html {
  const { awardedTo, presentedBy, issuedBy, nothingRead } = page.messages.words
  const { document, isPresentation } = shown
  if (Object.keys(document).length === 0) return html`<h1>${title}</h1><p>${nothingRead}</p>`
  const learners = subjectsOf(document)
    .slice(0, 20)
    .map((subject) => learnerName(subject, page))
  const people = isPresentation ? [nameOf(document['holder'], page) ?? '–'] : learners
  const issuer = nameOf(document['issuer'], page)
  return html`<div class="title">
${pictureOf(shown, page)}
<p class="kind">${kindOf(document, page)}</p>
<h1>${title}</h1>
<p class="label">${isPresentation ? presentedBy : awardedTo}</p>
${people.map((each) => html`<p class="learner">${each}</p>`)}
${issuer && html`<p class="label">${issuedBy}</p><p class="issuer">${issuer}</p>`}
${isPresentation ? undefined : rows(dateRows(shown, page), 'dates')}
</div>`
}

function body(shown: Shown, page: Page): readonly Part[] {
  const { signedWords, claimsOnly, technical } = page.messages.words
  if (Object.keys(shown.document).length === 0) return []
  return [
    shown.state === 'valid'
      ? html`<p class="quiet says">${signedWords}</p>`
      : html`<p class="caution says">${claimsOnly}</p>`,
    ownWord(shown, page),
    partialNote(shown, page),
    shown.isPresentation ? undefined : statements(shown, page, 2),
    contents(shown, page, 2),
    parties(shown, page, 2),
    section(2, technical, rows(technicalRows(shown, page), 'facts small'), 'technical'),
  ]
}
