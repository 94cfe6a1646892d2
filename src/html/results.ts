/** What was reached, beside what could be reached (Open Badges 3.0, Result, ResultDescription, RubricCriterionLevel). */

import { asArray, single, singles } from '../encoding/json.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { alignmentList } from './alignments.ts'
import { fill, type Html, html, type Part } from './markup.ts'
import type { Page } from './page.ts'
import { bounded, objects, scalar, table, words } from './rows.ts'

type Descriptions = ReadonlyMap<JsonValue | undefined, JsonObject>

/** The descriptions of results of a subject's achievements, by their ids. */
export function descriptionsOf(subject: JsonObject): Descriptions {
  const all = objects(subject['achievement']).flatMap((achievement) => objects(achievement['resultDescription']))
  return new Map(all.map((description) => [description['id'], description]))
}

/** A table of results; nothing where there are none. */
export function resultTable(subject: JsonObject, page: Page): Html | undefined {
  const results = objects(subject['result'])
  if (results.length === 0) return undefined
  const { result, reached, scale, resultsCaption } = page.messages.words
  const descriptions = descriptionsOf(subject)
  const all = results.map((each) => resultRow(each, descriptions.get(single(each['resultDescription'])), page))
  const body = bounded(all, page).map((each, index) =>
    index < all.length && each === all[index] ? each : html`<tr><td colspan="3">${each}</td></tr>`,
  )
  return table(resultsCaption, [result, reached, scale], body)
}

/** What was reached, in short. */
export function reachedIn(result: JsonObject, descriptions: Descriptions, page: Page): Html | undefined {
  const parts = reachedParts(result, descriptions.get(single(result['resultDescription'])), page)
  return parts.length === 0 ? undefined : html`${parts.map((part, index) => (index === 0 ? part : html`, ${part}`))}`
}

function resultRow(result: JsonObject, description: JsonObject | undefined, page: Page): Html {
  const type = single(description?.['resultType'])
  const name = description && words(description['name'], page)
  const kind = typeof type === 'string' ? typeWord(type, page) : undefined
  const level = levelOf(result, description)
  const reached = reachedParts(result, description, page)
  return html`<tr><th scope="row">${name ?? kind ?? page.messages.words.result}${name && kind !== undefined ? html`<small>${kind}</small>` : undefined}</th>
<td>${reached.map((part) => html`<div>${part}</div>`)}${level && words(level['description'], page) ? html`<small>${words(level['description'], page)}</small>` : undefined}${alignmentList(result['alignment'], page)}${level && alignmentList(level['alignment'], page)}</td>
<td>${description ? scaleOf(description, page) : page.messages.words.noDescription}</td></tr>`
}

function reachedParts(result: JsonObject, description: JsonObject | undefined, page: Page): readonly Html[] {
  const [value, status, achievedLevel] = singles(result, 'value', 'status', 'achievedLevel')
  const level = levelOf(result, description)
  const percent =
    single(description?.['resultType']) === 'Percent' && typeof value === 'string' && /^[\d.]+$/.test(value)
  const statuses: Readonly<Record<string, string>> = page.messages.resultStatuses
  return [
    percent ? scalar(`${value}%`) : scalar(value),
    level ? words(level['name'], page) : scalar(achievedLevel),
    typeof status === 'string' && Object.hasOwn(statuses, status) ? html`${statuses[status]}` : scalar(status),
  ].flatMap((part) => part ?? [])
}

function levelOf(result: JsonObject, description: JsonObject | undefined): JsonObject | undefined {
  const achievedLevel = single(result['achievedLevel'])
  if (achievedLevel === undefined) return undefined
  return objects(description?.['rubricCriterionLevel']).find(({ id }) => id === achievedLevel)
}

function typeWord(type: string, page: Page): Part {
  const types: Readonly<Record<string, string>> = page.messages.resultTypes
  return Object.hasOwn(types, type) ? types[type] : html`<bdi>${type.replace(/^ext:/, '')}</bdi>`
}

/** The scale in words: bounds, values, levels, and what is needed to pass. */
function scaleOf(description: JsonObject, page: Page): readonly Html[] {
  const { range, allowed, needed, levels } = page.messages.words
  const { valueMin, valueMax, requiredValue, allowedValue } = description
  const requiredLevel = single(description['requiredLevel'])
  const all = objects(description['rubricCriterionLevel'])
  const values = asArray(allowedValue).flatMap((each: JsonValue) => scalar(each) ?? [])
  const required = all.find(({ id }) => id === requiredLevel && id !== undefined)
  const need = scalar(requiredValue) ?? (required && words(required['name'], page))
  const names = all.flatMap((level) => words(level['name'], page) ?? [])
  const lines = [
    valueMin !== undefined || valueMax !== undefined
      ? fill(range, { least: scalar(valueMin) ?? '…', most: scalar(valueMax) ?? '…' })
      : undefined,
    values.length > 0 ? fill(allowed, { values: joined(values, page) }) : undefined,
    names.length > 0 ? fill(levels, { values: joined(names, page) }) : undefined,
    need && fill(needed, { value: need }),
  ]
  return lines.flatMap((line) => (line ? html`<div>${line}</div>` : []))
}

function joined(items: readonly Html[], page: Page): readonly Part[] {
  return bounded(items, page).map((item, index) => (index === 0 ? item : html`, ${item}`))
}
