/** Addresses and pictures of a record. A link says where it leads; a picture is shown only where the record holds it itself. */

import { asArray, isObject } from '../encoding/json.ts'
import type { JsonValue } from '../types.ts'
import { type Html, html } from './markup.ts'
import type { Page } from './page.ts'
import { localise } from './text.ts'

/** Longest address that is made a link, and of another one the most that is written out. */
const LONGEST = 2_000

/** An address: a link where a browser may follow it, otherwise text. Its words are where it leads, in letters that cannot be confused. */
export function address(text: string): Html {
  const url = text.length <= LONGEST && /^https?:\/\//i.test(text) ? read(text) : undefined
  if (!url) return html`<bdi class="id" dir="ltr">${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}</bdi>`
  return html`<a href="${url}" rel="noopener noreferrer nofollow" dir="ltr">${url}</a>`
}

/** An identifier in short, where the whole of it stands elsewhere on the page. */
export function shortId(text: string): Html {
  const short = text.length > 40 ? `${text.slice(0, 20)}…${text.slice(-8)}` : text
  return html`<bdi class="id" dir="ltr">${short}</bdi>`
}

function read(text: string): string | undefined {
  try {
    const { href, protocol } = new URL(text)
    return protocol === 'https:' || protocol === 'http:' ? href : undefined
  } catch {
    return undefined
  }
}

/** Kinds of picture that a browser draws without running anything in them. */
const embedded =
  /^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)(?:;charset=[\w-]+)?(?:;base64)?,[\w!#$%&'()*+,./:;<=>?@[\]^`{|}~" -]*$/i

/** Whether a picture is in the record itself. */
export function isEmbedded(image: JsonValue | undefined): boolean {
  const source = sourceOf(image)
  return source !== undefined && embedded.test(source)
}

/** A picture with its text; one that lies elsewhere is named and not loaded. */
export function picture(image: JsonValue | undefined, { messages }: Page, fallback: string): Html | undefined {
  const source = sourceOf(image)
  if (source === undefined) return undefined
  const caption = isObject(image) ? localise(image['caption'], messages.language)?.text : undefined
  if (embedded.test(source)) return html`<img src="${source}" alt="${caption ?? fallback}">`
  if (/^data:/i.test(source)) return undefined
  return html`<p class="elsewhere">${messages.words.pictureElsewhere}: ${caption === undefined ? undefined : html`<bdi>${caption}</bdi>, `}${address(source)}</p>`
}

function sourceOf(image: JsonValue | undefined): string | undefined {
  const [first] = asArray(image)
  const source = isObject(first) ? first['id'] : first
  return typeof source === 'string' && source !== '' ? source : undefined
}
