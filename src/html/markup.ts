/**
 * HTML from templates: whatever is put into one is text and is escaped, unless a template made it. So nothing that a stranger wrote can
 * become markup by being forgotten. Attributes are always written in double quotes.
 */

/** Finished HTML. Only a template makes it: no JSON can carry the mark. */
export interface Html {
  readonly [mark]: string
}

const mark: unique symbol = Symbol('html')

/** What may stand in a template. Nothing is written for `undefined`, each item for a list. */
export type Part = string | number | Html | undefined | readonly Part[]

/** The tag of templates. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { [mark]: texts.reduce((all, text, index) => `${all}${write(parts[index - 1])}${text}`) }
}

/** The text of finished HTML. */
export function textOf(part: Html): string {
  return part[mark]
}

/** A sentence of a catalogue with HTML or text in place of what stands in braces. */
export function fill(sentence: string, values: Readonly<Record<string, Part>>): Html {
  const pieces = sentence.split(/\{(\w+)\}/)
  return html`${pieces.map((piece, index) => (index % 2 === 0 ? piece : Object.hasOwn(values, piece) ? values[piece] : `{${piece}}`))}`
}

/** Constants of the package, such as its style sheet, that are no text. */
export function trusted(text: string): Html {
  return { [mark]: text }
}

function write(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'string') return escaped(visible(part))
  if (typeof part === 'number') return String(part)
  return Array.isArray(part) ? part.map(write).join('') : (part as Html)[mark]
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities.get(character) ?? '')
}

/**
 * Characters that are not shown and change how others are: controls, halves of a pair, and marks that turn the direction of what follows
 * (overrides, embeddings, isolates), with which a text reads as another one than it is. Marks that belong to the writing of a language
 * (joiners, the letter marks of right-to-left text) stay, as do tabs and ends of lines.
 */
const unseen = /(?![\t\n])[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]/gu

function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(unseen, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
