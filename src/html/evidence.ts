/** What was made or done (Open Badges 3.0, Evidence): named, and never opened. */

import { asArray, isObject } from '../encoding/json.ts'
import type { JsonValue } from '../types.ts'
import { address } from './link.ts'
import { type Html, html } from './markup.ts'
import type { Page } from './page.ts'
import { list, others, prose, row, rows, scalar, words } from './rows.ts'

const known = [
  'id',
  'type',
  'name',
  'description',
  'narrative',
  'genre',
  'audience',
  'mediaType',
  'digestSRI',
  'digestMultibase',
]

/** The pieces of evidence of a credential. */
export function evidenceList(value: JsonValue | undefined, page: Page): Html | undefined {
  const items = asArray(value).flatMap((each) => evidence(each, page) ?? [])
  if (items.length === 0) return undefined
  const { evidenceNote } = page.messages.words
  const note = page.isNew(['evidence']) ? html`<p class="quiet">${evidenceNote}</p>` : undefined
  return html`${note}${list(items, page, 'evidence')}`
}

function evidence(value: JsonValue, page: Page): Html | undefined {
  if (typeof value === 'string') return address(value)
  if (!isObject(value)) return undefined
  const { id, name, description, narrative, genre, audience, mediaType, digestSRI, digestMultibase } = value
  const {
    fingerprint,
    noFingerprint,
    genre: genreWord,
    audience: audienceWord,
    type,
    digest: digestWord,
  } = page.messages.words
  const where = typeof id === 'string' && !/^data:/i.test(id) ? address(id) : undefined
  const digest = scalar(digestSRI) ?? scalar(digestMultibase)
  const title = words(name, page)
  return html`${title && html`<b>${title}</b>`}${prose(description, page)}${prose(narrative, page)}${where && html`<div class="small">${where}</div><div class="quiet small">${digest ? fingerprint : noFingerprint}</div>`}${rows(
    [
      row(genreWord, words(genre, page)),
      row(audienceWord, words(audience, page)),
      row(type, scalar(mediaType)),
      row(digestWord, digest && html`<span class="id">${digest}</span>`),
      ...others(value, known, page),
    ],
    'facts small',
  )}`
}
