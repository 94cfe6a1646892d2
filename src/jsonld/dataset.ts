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
  /** The whole line, where no blank node is in it. */
  readonly line?: string
}

/** Quads without repetitions; blank nodes are numbered from 0. */
export interface Dataset {
  readonly quads: readonly Quad[]
  readonly blanks: number
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

/** Text in quotes, in the one canonical way to escape it (RDFC-1.0 section 5). */
export function quoteLiteral(text: string): string {
  if (text.search(unsafeInLiteral) < 0) return `"${text}"`
  return `"${text.replace(unsafeInLiteral, (character) => escapes.get(character) ?? unicodeEscape(character))}"`
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}
