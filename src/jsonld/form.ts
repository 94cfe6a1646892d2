/**
 * The form of a document: its RDF, and whether it is spelled in the plain way. Worked out once for each document, however
 * many checks and proofs ask.
 */

import { asArray } from '../encoding/json.ts'
import { type Budget, createBudget, limitDetail } from '../encoding/limits.ts'
import type { DocumentLoader, JsonObject } from '../types.ts'
import { type Expanded, expandToDataset } from './expand.ts'
import { documentAtHand } from './loader.ts'
import { type LoadedContexts, loadContexts } from './local-context.ts'

/** What the walk says once every context that can be had is at hand. */
export type Form = Exclude<Expanded, { readonly missing: readonly string[] }>

/** The walk could not go on. */
export type Stopped = Extract<Form, { readonly stopped: string }>

const known = new WeakMap<JsonObject, { readonly loadDocument: DocumentLoader; readonly form: Form | Promise<Form> }>()

/**
 * The form of a frozen document, which nobody may change afterwards: at once where all its contexts are at hand. It is worked out
 * as far as the budget allows, and uses none of it.
 */
export function readForm(document: JsonObject, loadDocument: DocumentLoader, budget?: Budget): Form | Promise<Form> {
  const remembered = known.get(document)
  if (remembered?.loadDocument === loadDocument) return remembered.form
  const form = makeForm(document, loadDocument, budget)
  known.set(document, { loadDocument, form })
  return form
}

/**
 * The form of a document, and what each of its blank nodes stands for (`originOf`). Nothing is remembered, and every context is at
 * hand once the form was made.
 */
export async function makeFormWithOrigins(
  document: JsonObject,
  loadDocument: DocumentLoader,
  budget: Budget = createBudget(),
): Promise<{ readonly form: Form; readonly origins: readonly string[] }> {
  const loaded: LoadedContexts = new Map()
  for (;;) {
    const origins: string[] = []
    const form = expandToDataset(document, loaded, budget, origins)
    if (!('missing' in form)) return { form, origins }
    if (loaded.size + form.missing.length > budget.limits.contexts)
      throw new Error('the document names too many contexts')
    await loadContexts(form.missing, loaded, loadDocument)
  }
}

/**
 * For a document whose form is not likely to be asked for again: it is large, and what hangs on a key in a WeakMap outlives
 * all quick collections of garbage.
 */
export function forgetForm(document: JsonObject): void {
  known.delete(document)
}

/** The same as `readForm` for a document that is asked about once: nothing is remembered. */
export function makeForm(
  document: JsonObject,
  loadDocument: DocumentLoader,
  budget: Budget = createBudget(),
): Form | Promise<Form> {
  const loaded: LoadedContexts = new Map()
  takeAtHand(asArray(document['@context']), loaded, loadDocument, budget)
  for (;;) {
    const expanded = expandToDataset(document, loaded, budget)
    if (!('missing' in expanded)) return expanded
    if (!takeAtHand(expanded.missing, loaded, loadDocument, budget)) {
      return loadFurther(expanded.missing, document, loadDocument, loaded, budget)
    }
  }
}

async function loadFurther(
  missing: readonly string[],
  document: JsonObject,
  loadDocument: DocumentLoader,
  loaded: LoadedContexts,
  budget: Budget,
): Promise<Form> {
  const { contexts } = budget.limits
  for (let wanted: readonly string[] = missing.filter((url) => !loaded.has(url)); ; ) {
    if (loaded.size + wanted.length > contexts) {
      const message = `the document names more than ${contexts} contexts`
      const problem = { code: 'LIMIT_EXCEEDED', message, detail: limitDetail('contexts', contexts) } as const
      return { stopped: message, problem, notCompacted: [] }
    }
    await loadContexts(wanted, loaded, loadDocument)
    const expanded = expandToDataset(document, loaded, budget)
    if (!('missing' in expanded)) return expanded
    wanted = expanded.missing
  }
}

/** Whether all of them were at hand, and within the limit. What was not is left for the loader. */
function takeAtHand(
  urls: readonly unknown[],
  loaded: LoadedContexts,
  loadDocument: DocumentLoader,
  { limits }: Budget,
): boolean {
  let isComplete = true
  for (const url of urls) {
    if (typeof url !== 'string' || loaded.has(url)) continue
    const document = loaded.size < limits.contexts ? documentAtHand(loadDocument, url) : undefined
    if (document) loaded.set(url, { document })
    else isComplete = false
  }
  return isComplete
}

/** What the form took of the limit on statements. */
export function workOf(form: Form): number {
  return 'stopped' in form ? 0 : form.work
}
