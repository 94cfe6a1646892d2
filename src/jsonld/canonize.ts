/**
 * Canonical N-Quads of a JSON-LD document (RDF Dataset Canonicalization 1.0): the only door to RDF. Our own walk does it;
 * what the walk does not do goes to the library behind the same door, and is counted.
 */

import type { Hash } from '../encoding/hash.ts'
import { type Digest, type HashMany, hashOf, manyHashOf } from '../encoding/suite-hash.ts'
import type { DocumentLoader, JsonObject } from '../types.ts'
import { UnavailableContextError, UnknownContextError } from './context-errors.ts'
import type { Dataset } from './dataset.ts'
import { type Form, readForm } from './form.ts'
import type { ContextProblem } from './local-context.ts'
import { canonicalLines, canonicalLinesByMany, ordersDiffer } from './rdfc.ts'

export interface CanonizeOptions {
  readonly loadDocument: DocumentLoader
  /** The hash that tells blank nodes apart: SHA-384 where the suite signs with P-384. Default: SHA-256. */
  readonly digest?: Digest
}

let fallBacks = 0

/** How many documents the library canonicalised because our own walk could not. */
export function countFallBacks(): number {
  return fallBacks
}

/**
 * Canonical N-Quads of a frozen document.
 *
 * Throws `UnknownContextError`, `UnavailableContextError`, or for a document that has no canonical form (it would lose
 * members on the way, is not JSON-LD, or is over a limit) another error, whose message is for people only.
 */
export async function canonize(document: JsonObject, options: CanonizeOptions): Promise<string> {
  return canonizeForm(document, await readForm(document, options.loadDocument), options)
}

/** The same for a document whose form is known: at once, but where the library has to do it or the hash is to be loaded. */
export function canonizeForm(document: JsonObject, form: Form, options: CanonizeOptions): string | Promise<string> {
  if ('dataset' in form) {
    const { dataset } = form
    const { digest = 'SHA-256' } = options
    const hash = hashOf(digest)
    const many = dataset.blanks > 1 && dataset.blanks <= MANY ? manyHashOf(digest) : undefined
    if (many) return writeByMany(dataset, hash, many)
    const write = (hash: Hash): string => canonicalLines(dataset, hash).join('')
    return hash instanceof Promise ? hash.then(write) : write(hash)
  }
  if ('stopped' in form) throw errorOf(form.stopped, form.problem)
  return fallBack(document, options)
}

/** Most blank nodes that are hashed together: each waits with a promise and its bytes. */
const MANY = 1000

async function writeByMany(dataset: Dataset, hash: Hash | Promise<Hash>, hashMany: HashMany): Promise<string> {
  return (await canonicalLinesByMany(dataset, await hash, hashMany)).join('')
}

async function fallBack(document: JsonObject, { loadDocument, digest = 'SHA-256' }: CanonizeOptions): Promise<string> {
  const { canonizeWithLibrary } = await import('./library.ts')
  const text = await canonizeWithLibrary(document, { loadDocument, digest })
  fallBacks += 1
  return text
}

/** What is thrown for a document without a canonical form. */
export function errorOf(reason: string, problem: ContextProblem | undefined): Error {
  if (problem?.url !== undefined && problem.code === 'CONTEXT_UNKNOWN')
    return new UnknownContextError(problem.url, reason)
  if (problem?.url !== undefined && problem.code === 'CONTEXT_UNAVAILABLE') {
    return new UnavailableContextError(problem.url, reason, problem.cause)
  }
  return new Error(reason)
}

/** Whether `canonizeByUnits` can make another text than this canonical one. That is seldom looked for in the text. */
export function hasOtherOrder(form: Form, text: string): boolean {
  return 'dataset' in form && form.dataset.astral !== false && ordersDiffer(text)
}

/**
 * The same in the order of UTF-16 units, as some libraries sort; `undefined` where only the library makes its statements. The
 * specification sorts by code point.
 */
export async function canonizeByUnits(document: JsonObject, options: CanonizeOptions): Promise<string | undefined> {
  const { loadDocument, digest = 'SHA-256' } = options
  const form = await readForm(document, loadDocument)
  return 'dataset' in form ? canonicalLines(form.dataset, await hashOf(digest), 'utf-16').join('') : undefined
}
