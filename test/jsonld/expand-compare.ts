/** Compares the walk with the full algorithms of the library on one document. */

import type { Hash } from '../../src/encoding/hash.ts'
import { type Digest, hashOf } from '../../src/encoding/suite-hash.ts'
import { type Form, readForm } from '../../src/jsonld/form.ts'
import { canonizeWithLibrary } from '../../src/jsonld/library.ts'
import { createDocumentLoader } from '../../src/jsonld/loader.ts'
import { CanonicalizationLimitError, canonicalLines } from '../../src/jsonld/rdfc.ts'
import type { DocumentLoader, JsonObject, JsonValue } from '../../src/types.ts'

const loadDocument: DocumentLoader = createDocumentLoader()

/**
 * - `same`: the same canonical text, byte for byte.
 * - `refused`: neither has one.
 * - `told`: we say that the document is not in plain form, so it is not accepted; the text is of no matter.
 * - `library`: the walk leaves it to the library.
 * - `limit`: over one side's limit of work.
 * - `decided`: they differ for a known reason, in `why`.
 * - `differs`: the walk gives a text for plain form that the library does not give.
 * - `stopped`: the library gives a text, and the walk stopped without saying what is wrong.
 */
export interface Comparison {
  readonly outcome: 'same' | 'refused' | 'told' | 'library' | 'limit' | 'decided' | 'differs' | 'stopped'
  readonly why?: string
}

/** The canonical text of the library, or why it refuses. */
export async function askLibrary(
  document: JsonObject,
  digest: Digest,
): Promise<{ text: string } | { refusal: string }> {
  try {
    return { text: await canonizeWithLibrary(document, { loadDocument, digest }) }
  } catch (error) {
    const { message, details } = error as Error & { readonly details?: unknown }
    return { refusal: `${message} ${JSON.stringify(details)?.slice(0, 300)}` }
  }
}

/** What the walk says of a frozen document. */
export async function askWalk(document: JsonObject): Promise<Form> {
  return readForm(document, loadDocument)
}

/** Compares both on a frozen document. */
export async function compare(document: JsonObject, digest: Digest): Promise<Comparison> {
  const [form, library] = [await askWalk(document), await askLibrary(document, digest)]
  const isTold = form.notCompacted.length > 0
  if ('unsupported' in form) return { outcome: 'library' }
  if ('stopped' in form) {
    if (isTold) return { outcome: 'told' }
    return 'refusal' in library ? { outcome: 'refused' } : decide(document, 'stopped', form.stopped)
  }
  const ours = textOf(form, await hashOf(digest))
  if (ours === undefined || ('refusal' in library && library.refusal.startsWith('Maximum deep')))
    return { outcome: 'limit' }
  if ('text' in library && library.text === ours) return { outcome: 'same' }
  if (isTold) return { outcome: 'told' }
  if ('text' in library && withoutRepetitions(library.text) === ours) return { outcome: 'decided', why: repeated }
  const theirs = 'text' in library ? library.text : library.refusal
  return decide(document, 'differs', `ours:\n${ours}\ntheirs:\n${theirs}`)
}

function textOf(form: Extract<Form, { dataset: unknown }>, hash: Hash): string | undefined {
  try {
    // The library sorts by UTF-16 unit.
    return canonicalLines(form.dataset, hash, 'utf-16').join('')
  } catch (cause) {
    if (cause instanceof CanonicalizationLimitError) return undefined
    throw cause
  }
}

/** A dataset is a set: a statement that is made in two places is one. */
const repeated = 'the library writes a statement twice that two values make which it cannot tell to be one'

function withoutRepetitions(text: string): string {
  const lines = text.split('\n')
  return lines.filter((line, index) => line === '' || line !== lines[index - 1]).join('\n')
}

/** Where we follow the specification and the library does not. */
const decided: readonly { readonly why: string; found(value: JsonValue, isContext: boolean): boolean }[] = [
  {
    why: 'the library takes 1e-7 for the integer 0: it looks for a point in the number, and there is none',
    found: (value) => typeof value === 'number' && /^-?\de-/.test(String(value)),
  },
  {
    why: 'the library takes two texts for one that differ in their direction alone',
    found: (value) => Array.isArray(value) && new Set(value.map(withoutDirection)).size < value.length,
  },
  {
    why: 'the library loses a default direction when another context follows',
    found: (value, isContext) => isContext && typeof value === 'object' && value !== null && '@direction' in value,
  },
]

function withoutDirection(value: JsonValue): string {
  const { '@direction': _, ...rest } =
    typeof value === 'object' && value !== null ? (value as JsonObject) : { '@value': value }
  return JSON.stringify(rest)
}

function decide(document: JsonObject, outcome: 'differs' | 'stopped', why: string): Comparison {
  const known = decided.find(({ found }) => some(document, false, found))
  return known === undefined ? { outcome, why } : { outcome: 'decided', why: known.why }
}

function some(
  value: JsonValue | undefined,
  isContext: boolean,
  found: (value: JsonValue, isContext: boolean) => boolean,
): boolean {
  if (value === undefined) return false
  if (found(value, isContext)) return true
  if (Array.isArray(value)) return value.some((item: JsonValue) => some(item, isContext, found))
  if (typeof value !== 'object' || value === null) return false
  // Only what stands directly in a context is a default; below it are definitions of terms.
  return Object.entries(value as JsonObject).some(([name, member]) => some(member, name === '@context', found))
}
