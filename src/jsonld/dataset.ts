/** An RDF dataset while it is canonicalised: terms are N-Quads text already, blank nodes are numbers. */

/** An IRI or literal as N-Quads writes it, or a blank node by its number. */
export type Term = string | number

/** One statement. `g` is the empty text in the default graph. */
export interface Quad {
  readonly s: Term
  /** An IRI in angle brackets. */
  readonly p: string
  readonly o: Term
  readonly g: Term
}

/** What is said, some of it perhaps twice; blank nodes are numbered from 0. */
export interface Dataset {
  readonly quads: readonly Quad[]
  readonly blanks: number
  /** False where it is known that no term holds a surrogate: then all ways to sort are one. */
  readonly astral?: boolean
}

/** A statement as N-Quads writes it, with its line end. */
export function writeLine(s: string, p: string, o: string, g: string): string {
  return g === '' ? `${s} ${p} ${o} .\n` : `${s} ${p} ${o} ${g} .\n`
}

/** What would have to be escaped in an IRI (N-Quads 1.1 section 4.1). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the grammar names these very characters
export const unsafeInIri: RegExp = /[\u0000-\u0020<>"{}|^`\\]/

/** The IRI with what N-Quads does not allow in one escaped. */
export function escapeIri(iri: string): string {
  return iri.replace(new RegExp(unsafeInIri, 'g'), unicodeEscape)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the grammar names these very characters
const unsafeInLiteral = /[\u0000-\u001F\u007F"\\]/g
const escapes: ReadonlyMap<string, string> = new Map([
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['"', '\\"'],
  ['\\', '\\\\'],
])

/** What keeps text from standing in quotes as it is, and surrogates, in one look. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the grammar names these very characters
export const unusualInLiteral: RegExp = /[\u0000-\u001F\u007F"\\\ud800-\udfff]/

/** An absolute IRI in which nothing has to be escaped, and no surrogate. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the grammar names these very characters
export const usualIri: RegExp = /^[A-Za-z][A-Za-z0-9+,\-.]*:[^\s<>"{}|^`\\\u0000-\u0020\ud800-\udfff]*$/

/** Half of a character beyond U+FFFF. */
export const surrogate: RegExp = /[\ud800-\udfff]/

/** Text in quotes, in the one canonical way to escape it (RDFC-1.0 section 5). */
export function quoteLiteral(text: string): string {
  if (text.search(unsafeInLiteral) < 0) return `"${text}"`
  return `"${text.replace(unsafeInLiteral, (character) => escapes.get(character) ?? unicodeEscape(character))}"`
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}
