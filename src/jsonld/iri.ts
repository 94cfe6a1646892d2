/** Keywords, absolute IRIs and IRI expansion (JSON-LD 1.1 API section 5.2). */

/** The members of an active context that IRI expansion reads. */
export interface TermTable {
  readonly terms: ReadonlyMap<string, { readonly id: string | null; readonly prefix: boolean }>
  readonly vocab: string | undefined
  readonly base: string | null | undefined
}

const KEYWORDS = new Set([
  '@base',
  '@container',
  '@context',
  '@default',
  '@direction',
  '@embed',
  '@explicit',
  '@graph',
  '@id',
  '@included',
  '@index',
  '@json',
  '@language',
  '@list',
  '@nest',
  '@none',
  '@omitDefault',
  '@prefix',
  '@preserve',
  '@protected',
  '@requireAll',
  '@reverse',
  '@set',
  '@type',
  '@value',
  '@version',
  '@vocab',
])

/** True for the keywords of JSON-LD, those of framing included. */
export function isKeyword(value: string | null): boolean {
  return value !== null && value.charCodeAt(0) === 0x40 && KEYWORDS.has(value)
}

/** True for what JSON-LD keeps for future keywords: an at sign and letters. */
export function looksLikeKeyword(value: string): boolean {
  return value.charCodeAt(0) === 0x40 && /^@[a-zA-Z]+$/.test(value)
}

/** True for a scheme and a colon without white space behind them, and for a blank node: the test of safe mode. */
export function isAbsoluteIri(value: string): boolean {
  return /^(?:[A-Za-z][A-Za-z0-9+,\-.]*|_):\S*$/.test(value)
}

/**
 * Expands a term, compact IRI or reference: as a term and against `@vocab` where `vocab` is true, against `@base` where
 * `base` is. The answer may still be relative; `null` means that the context takes the term away, or that it is reserved.
 */
export function expandIri(active: TermTable, value: string, vocab: boolean, base: boolean): string | null {
  if (value.charCodeAt(0) === 0x40) {
    if (isKeyword(value)) return value
    if (looksLikeKeyword(value)) return null
  }
  if (vocab) {
    const term = active.terms.get(value)
    if (term !== undefined) return term.id
  }
  const colon = value.indexOf(':')
  if (colon > 0) {
    const prefix = value.slice(0, colon)
    if (prefix === '_' || value.startsWith('//', colon + 1)) return value
    const term = active.terms.get(prefix)
    if (term?.prefix === true) return `${term.id}${value.slice(colon + 1)}`
    if (isAbsoluteIri(value)) return value
  }
  if (vocab && active.vocab !== undefined) return active.vocab + value
  return base && typeof active.base === 'string' ? resolveIri(value, active.base) : value
}

function resolveIri(reference: string, base: string): string {
  const sound = !/\s/.test(reference) && URL.canParse(reference, base)
  return sound ? new URL(reference, base).href : reference || base
}
