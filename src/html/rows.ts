/** Rows of a name and a value, headings, and whatever no other part of the page knows how to show: nothing that was signed is left out. */

import { asArray, isObject } from '../encoding/json.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { address } from './link.ts'
import { fill, type Html, html, type Part } from './markup.ts'
import type { Page } from './page.ts'
import { isText, localise, textHtml } from './text.ts'

/** Most items of one list that are written out. */
const MANY = 200
/** How deep what is unknown is written out. */
const DEPTH = 8

/** One row; nothing where there is no value. */
export function row(label: Part, value: Part): Html | undefined {
  return isEmpty(value) ? undefined : html`<div><dt>${label}</dt><dd>${value}</dd></div>`
}

/** A list of rows; nothing where there are none. */
export function rows(all: readonly (Html | undefined)[], name = 'facts'): Html | undefined {
  return isEmpty(all) ? undefined : html`<dl class="${name}">${all}</dl>`
}

/** A part of the page under a heading; nothing where it is empty. */
export function section(level: number, title: Part, content: Part, name = ''): Html | undefined {
  return isEmpty(content) ? undefined : html`<section class="${name}">${heading(level, title)}${content}</section>`
}

/** A heading. HTML has six levels of them. */
export function heading(level: number, title: Part, id?: string): Html {
  const tag = `h${Math.min(level, 6)}`
  return id === undefined ? html`<${tag}>${title}</${tag}>` : html`<${tag} id="${id}">${title}</${tag}>`
}

/** A table, in a frame that a keyboard can scroll where the screen is too narrow for it. */
export function table(caption: string, columns: readonly string[], body: Part, name = ''): Html {
  return html`<div class="frame" role="group" tabindex="0" aria-label="${caption}"><table class="${name}"><caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${body}</tbody></table></div>`
}

/** A list, with the number of those that are too many. */
export function list(items: readonly Part[], page: Page, name = ''): Html | undefined {
  const shown = bounded(items, page)
  return items.length === 0 ? undefined : html`<ul class="${name}">${shown.map((item) => html`<li>${item}</li>`)}</ul>`
}

/** The items that are written out, and the number of the others. */
export function bounded<T extends Part>(items: readonly T[], page: Page): readonly Part[] {
  if (items.length <= MANY) return items
  const more = fill(page.messages.words.more, { count: page.number(items.length - MANY) })
  return [...items.slice(0, MANY), more]
}

/** Text in the reader's language. */
export function words(value: JsonValue | undefined, page: Page): Html | undefined {
  const found = localise(value, page.messages.language)
  return found && textHtml(found)
}

/** Text of several lines. */
export function prose(value: JsonValue | undefined, page: Page): Html | undefined {
  const found = words(value, page)
  return found && html`<p class="prose">${found}</p>`
}

/** The members of an object that are not among those that are known. */
export function others(object: JsonObject, known: readonly string[], page: Page): readonly (Html | undefined)[] {
  const names = Object.keys(object).filter((name) => !known.includes(name) && !name.startsWith('@'))
  const shown = names
    .slice(0, MANY)
    .map((name) => row(html`<bdi dir="ltr">${name}</bdi>`, anything(object[name], page)))
  const more = names.length - shown.length
  return more > 0 ? [...shown, row('…', fill(page.messages.words.more, { count: page.number(more) }))] : shown
}

/** Any value. */
function anything(value: JsonValue | undefined, page: Page, depth = 0): Part {
  const { yes, no } = page.messages.words
  if (value === undefined || value === null) return undefined
  if (typeof value === 'boolean') return value ? yes : no
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string' && /^(https?|did|urn):/i.test(value)) return address(value)
  if (isText(value)) return words(value, page)
  if (typeof value === 'string') return undefined
  if (depth >= DEPTH) return '…'
  if (Array.isArray(value)) {
    return list(
      asArray(value).flatMap((each) => anything(each, page, depth + 1) ?? []),
      page,
    )
  }
  const entries = Object.entries(value as JsonObject).filter(([name]) => name !== 'type' && !name.startsWith('@'))
  const shown = entries
    .slice(0, MANY)
    .map(([name, member]) => row(html`<bdi dir="ltr">${name}</bdi>`, anything(member, page, depth + 1)))
  return rows(shown, 'inner')
}

/** Objects of a member that holds one or several. */
export function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return asArray(value).filter(isObject)
}

/** Text or a number, as records write them; of several each. */
export function scalar(value: JsonValue | undefined): Html | undefined {
  const all = asArray(value).flatMap((each) =>
    (typeof each === 'string' && each !== '') || typeof each === 'number' ? [each] : [],
  )
  return all.length === 0 ? undefined : textHtml({ text: all.slice(0, MANY).join(', ') })
}

function isEmpty(part: Part): boolean {
  return part === undefined || part === '' || (Array.isArray(part) && part.every(isEmpty))
}
