/** What was checked and what came of it, in words; what is wrong first. */

import type { CheckWords, Explanation, Messages } from '../messages/messages.ts'
import { type Check, type CheckName, isProblem, isWarning, type ProblemCode } from '../report.ts'
import { fill, type Html, html, type Part } from './markup.ts'
import type { Page } from './page.ts'
import { bounded, row, rows, table } from './rows.ts'

const marks = { passed: '✓', failed: '✗', inconclusive: '?', skipped: '–' } as const

/** What is wrong, each with its code, why it matters and what to do; nothing where all is well. */
export function problemList(checks: readonly Check[], page: Page): Html | undefined {
  return explained(checks.filter(isProblem), page)
}

/** What is broken and decides nothing, in the same way. */
export function warningList(checks: readonly Check[], page: Page): Html | undefined {
  return explained(checks.filter(isWarning), page)
}

type Coded = Check & { readonly outcome: 'failed' | 'inconclusive' }

function explained(problems: readonly Coded[], page: Page): Html | undefined {
  if (problems.length === 0) return undefined
  return html`<ol class="problems">${bounded(
    problems.map((check) => problem(check, page)),
    page,
  ).map((each) => html`<li>${each}</li>`)}</ol>`
}

function problem(check: Coded, { messages }: Page): Html {
  const { why, act, where, detail, ownCode } = messages.words
  const explanation = explanationOf(check.code, messages)
  return html`<p class="means">${explanation?.[0] ?? ownCode} <code>${check.code}</code></p>${rows([
    row(why, explanation?.[1]),
    row(act, explanation?.[2]),
    row(
      where,
      check.path === undefined || check.path === '' ? undefined : html`<bdi class="id" dir="ltr">${check.path}</bdi>`,
    ),
    row(detail, original(check.message)),
  ])}`
}

/** Every check, also those that were not made. */
export function checkTable(checks: readonly Check[], page: Page): Html {
  const { checksCaption, check: checkWord, outcome, meaning } = page.messages.words
  const body = checks.slice(0, 1_000).map(
    (
      check,
    ) => html`<tr class="${check.outcome}"><th scope="row">${checkName(check, page.messages)}</th><td>${outcomeHtml(check, page)}</td><td>${meaningOf(check, page)}</td></tr>
`,
  )
  return table(checksCaption, [checkWord, outcome, meaning], body, 'checks')
}

/** Every check in a line, for what is inside. */
export function checkLine(checks: readonly Check[], page: Page): Html {
  return html`<ul class="line">${checks
    .slice(0, 1_000)
    .map(
      (check) =>
        html`<li class="${check.outcome}"><span aria-hidden="true">${marks[check.outcome]}</span> ${checkName(check, page.messages)}: ${page.messages.outcomes[check.outcome]}</li>`,
    )}</ul>`
}

function outcomeHtml({ outcome }: Check, { messages }: Page): Html {
  return html`<span class="mark" aria-hidden="true">${marks[outcome]}</span> ${messages.outcomes[outcome]}`
}

function meaningOf(check: Check, page: Page): Part {
  const isEnglish = /^en\b/.test(page.messages.language)
  const notes = (check.notes ?? []).map(
    (note) => html`<div class="note">${page.messages.words.alsoKnown}: ${original(note)}</div>`,
  )
  const date = page.date(check.status?.source?.asOf)
  const asOf = date && html` (${fill(page.messages.words.asOf, { date })})`
  const code = isCoded(check) ? html` <code>${check.code}</code>` : undefined
  if (isEnglish && !isCoded(check)) return html`${original(check.message)}${asOf}${notes}`
  const detail =
    check.outcome === 'passed' || !wordsOf(check.name, page.messages)
      ? undefined
      : html`<div class="note">${original(check.message)}</div>`
  return html`${inWords(check, page.messages)}${asOf}${code}${detail}${notes}`
}

/** What a check comes to, in the reader's language; of a check of the caller's own as it says itself. */
export function inWords(check: Check, messages: Messages): Part {
  if (isCoded(check)) return explanationOf(check.code, messages)?.[0] ?? original(check.message)
  const words = wordsOf(check.name, messages)
  return words?.[check.outcome] ?? original(check.message)
}

function checkName({ name }: Check, messages: Messages): Part {
  return wordsOf(name, messages)?.name ?? html`<bdi>${name.replace(/^x-/, '')}</bdi>`
}

function wordsOf(name: Check['name'], { checks }: Messages): CheckWords | undefined {
  return Object.hasOwn(checks, name) ? checks[name as CheckName] : undefined
}

function explanationOf(code: string, { problems }: Messages): Explanation | undefined {
  return Object.hasOwn(problems, code) ? problems[code as ProblemCode] : undefined
}

/** Reports are written in English. */
function original(message: string): Html {
  return html`<bdi lang="en" dir="ltr">${message}</bdi>`
}

function isCoded(check: Check): check is Coded {
  return check.outcome === 'failed' || check.outcome === 'inconclusive'
}
