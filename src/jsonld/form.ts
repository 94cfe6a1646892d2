/**
 * The form of a document: its RDF, and whether it is spelled in the plain way. Worked out once for each document, however
 * many checks and proofs ask.
 */

import type { DocumentLoader, JsonObject } from '../types.ts'
import { type Expanded, expandToDataset } from './expand.ts'
import { type LoadedContexts, loadContexts } from './local-context.ts'

/** What the walk says once every context that can be had is at hand. */
export type Form = Exclude<Expanded, { readonly missing: readonly string[] }>

const known = new WeakMap<JsonObject, { readonly loadDocument: DocumentLoader; readonly form: Promise<Form> }>()

/** The form of a frozen document: nobody may change it afterwards. */
export function readForm(document: JsonObject, loadDocument: DocumentLoader): Promise<Form> {
  const remembered = known.get(document)
  if (remembered?.loadDocument === loadDocument) return remembered.form
  const form = walk(document, loadDocument)
  known.set(document, { loadDocument, form })
  return form
}

async function walk(document: JsonObject, loadDocument: DocumentLoader): Promise<Form> {
  const loaded: LoadedContexts = new Map()
  for (;;) {
    const expanded = expandToDataset(document, loaded)
    if (!('missing' in expanded)) return expanded
    await loadContexts(expanded.missing, loaded, loadDocument)
  }
}
