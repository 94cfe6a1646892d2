/** A document's statements one by one, and where in the document each blank node comes from: for disclosing it in part. */

import type { DocumentLoader, JsonObject } from '../types.ts'
import { errorOf } from './canonize.ts'
import { type Dataset, type Term, writeLine } from './dataset.ts'
import { makeFormWithOrigins } from './form.ts'
import { sortByCodePoint } from './rdfc.ts'

/** A document as RDF. */
export interface Statements {
  readonly dataset: Dataset
  /** What each blank node stands for (`originOf`), by its number. */
  readonly origins: readonly string[]
}

/** The statements of a frozen document. Throws as `canonize` does, also for what is not in plain form. */
export async function readStatements(document: JsonObject, loadDocument: DocumentLoader): Promise<Statements> {
  const { form, origins } = await makeFormWithOrigins(document, loadDocument)
  if ('stopped' in form) throw errorOf(form.stopped, form.problem)
  const [spelling] = form.notCompacted
  if (spelling) throw new Error(spelling.message)
  if (!('dataset' in form)) throw new Error(`${form.unsupported} cannot be disclosed in part`)
  return { dataset: form.dataset, origins }
}

/** N-Quads, each once and in order of code points; blank nodes are named by `label`. */
export function writeLines({ quads }: Dataset, label: (blank: number) => string): readonly string[] {
  const name = (term: Term): string => (typeof term === 'number' ? `_:${label(term)}` : term)
  return sortByCodePoint([...new Set(quads.map(({ s, p, o, g }) => writeLine(name(s), p, name(o), name(g))))])
}
