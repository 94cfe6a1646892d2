/**
 * Text of a record in the reader's language: a plain string, a value with its language and direction, a list of these (VC Data Model 2.0
 * section 11.1), or a map by language.
 */

import { asArray, isObject } from '../encoding/json.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import { type Html, html } from './markup.ts'

/** A text, and what is known of its language. */
export interface Localised {
  readonly text: string
  readonly lang?: string
  readonly dir?: 'ltr' | 'rtl'
}

/** Longest text that is written out; of a longer one the beginning. */
const LONGEST = 20_000

/** The text for a reader of a language: in that language, in another form of it, without a language, or the first that there is. */
export function localise(value: JsonValue | undefined, language: string): Localised | undefined {
  const all = asArray(value).flatMap(readText)
  const wanted = language.toLowerCase()
  return (
    all.find(({ lang }) => lang?.toLowerCase() === wanted) ??
    all.find(({ lang }) => primary(lang) === primary(wanted)) ??
    all.find(({ lang }) => lang === undefined) ??
    all[0]
  )
}

/** Such a text as HTML: isolated, so that its direction turns nothing around it, and marked with its language. */
export function textHtml({ text, lang, dir }: Localised): Html {
  const shown = text.length > LONGEST ? `${whole(text.slice(0, LONGEST))}…` : text
  return lang === undefined
    ? html`<bdi dir="${dir ?? 'auto'}">${shown}</bdi>`
    : html`<bdi lang="${lang}" dir="${dir ?? 'auto'}">${shown}</bdi>`
}

/** Whether a value is text in one of these forms. */
export function isText(value: JsonValue | undefined): boolean {
  const items = asArray(value)
  return items.length > 0 && items.every((item) => readText(item).length > 0)
}

function readText(value: JsonValue): readonly Localised[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ text: value }]
  if (!isObject(value)) return []
  return value['@value'] === undefined ? readMap(value) : readValue(value)
}

function readValue(value: JsonObject): readonly Localised[] {
  const { '@value': text, '@language': lang, '@direction': dir } = value
  if (typeof text !== 'string' || text.trim() === '') return []
  return [
    {
      text,
      ...(isLanguage(lang) && { lang }),
      ...((dir === 'ltr' || dir === 'rtl') && { dir }),
    },
  ]
}

/** A map by language has names of languages only, and text only. */
function readMap(map: JsonObject): readonly Localised[] {
  const entries = Object.entries(map)
  const isMap = entries.every(([name, text]) => /^[a-z]{2,3}(-[\w-]{2,20})?$/i.test(name) && typeof text === 'string')
  return isMap ? entries.flatMap(([lang, text]) => readValue({ '@value': text, '@language': lang })) : []
}

function isLanguage(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && /^[a-z]{2,8}(-[a-z\d]{1,8}){0,6}$/i.test(value)
}

function primary(language: string | undefined): string | undefined {
  return language?.toLowerCase().split('-')[0]
}

/** Without the half of a pair at its end. */
function whole(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, '')
}
