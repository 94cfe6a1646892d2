/**
 * The form of a document: its RDF, and whether it is spelled in the plain way. Worked out once for each document, however
 * many checks and proofs ask.
 */

import { type Budget, createBudget, limitDetail } from '../encoding/limits.ts'
import type { DocumentLoader, JsonObject } from '../types.ts'
import { type Expanded, expandToDataset } from './expand.ts'
import { type LoadedContexts, loadContexts } from './local-context.ts'

/** What the walk says once every context that can be had is at hand. */
export type Form = Exclude<Expanded, { readonly missing: readonly string[] }>

const known = new WeakMap<JsonObject, { readonly loadDocument: DocumentLoader; readonly form: Promise<Form> }>()

/** The form of a frozen document: nobody may change it afterwards. It is worked out as far as the budget allows, and uses none of it. */
export function readForm(document: JsonObject, loadDocument: DocumentLoader, budget?: Budget): Promise<Form> {
  const remembered = known.get(document)
  if (remembered?.loadDocument === loadDocument) return remembered.form
  const form = walk(document, loadDocument, budget)
  known.set(document, { loadDocument, form })
  return form
}

async function walk(document: JsonObject, loadDocument: DocumentLoader, budget = createBudget()): Promise<Form> {
  const { contexts } = budget.limits
  const loaded: LoadedContexts = new Map()
  for (;;) {
    const expanded = expandToDataset(document, loaded, budget)
    if (!('missing' in expanded)) return expanded
    if (loaded.size + expanded.missing.length > contexts) {
      const message = `the document names more than ${contexts} contexts`
      const problem = { code: 'LIMIT_EXCEEDED', message, detail: limitDetail('contexts', contexts) } as const
      return { stopped: message, problem, notCompacted: [] }
    }
    await loadContexts(expanded.missing, loaded, loadDocument)
  }
}

/** What the form took of the limit on statements. */
export function workOf(form: Form): number {
  return 'dataset' in form ? form.dataset.quads.length + form.dataset.blanks : 0
}
