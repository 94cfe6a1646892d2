/** Finds JSON-LD contexts without a network: the caller's documents, then the bundled ones, then the fallback. */

import { describe, isObject, readJson } from '../encoding/json.ts'
import { CredentialError } from '../errors.ts'
import type { DocumentLoader, JsonObject } from '../types.ts'
import { bundledContext } from './bundled-contexts.ts'

/** What `createDocumentLoader` knows besides the bundled contexts. */
export interface DocumentLoaderOptions {
  /** Context documents by URL. They come before the bundled ones. Copied: later changes are not seen. */
  readonly documents?: ReadonlyMap<string, JsonObject> | { readonly [url: string]: JsonObject }
  /** Asked for what is neither given nor bundled. Default: nothing else is known. */
  readonly fallback?: DocumentLoader
}

/** A loader that answers `undefined` for every context it does not know. It reaches a network only through `fallback`. */
export function createDocumentLoader(options: DocumentLoaderOptions = {}): DocumentLoader {
  const { fallback } = options
  if (fallback !== undefined && typeof fallback !== 'function') {
    throw new CredentialError(
      'OPTION_INVALID',
      'fallback is not a function; give an async function from URL to document',
    )
  }
  const given = readDocuments(options.documents)
  const find = (url: string): JsonObject | undefined => given.get(url) ?? bundledContext(url)
  const loadDocument: DocumentLoader = async (url, lookup) => find(url) ?? (await fallback?.(url, lookup))
  atHand.set(loadDocument, find)
  return loadDocument
}

const atHand = new WeakMap<DocumentLoader, (url: string) => JsonObject | undefined>()

/** What a loader that was made here answers without its fallback: at once, and always the same. */
export function documentAtHand(loadDocument: DocumentLoader, url: string): JsonObject | undefined {
  return atHand.get(loadDocument)?.(url)
}

function readDocuments(documents: unknown): ReadonlyMap<string, JsonObject> {
  if (documents === undefined) return new Map()
  if (!(documents instanceof Map) && !isObject(documents)) {
    throw new CredentialError('OPTION_INVALID', 'documents is not a Map or an object; give context documents by URL')
  }
  const entries = documents instanceof Map ? [...documents.entries()] : Object.entries(documents)
  return new Map(entries.map(([url, document]) => [url, readDocument(describe(url), document)]))
}

function readDocument(url: string, document: unknown): JsonObject {
  const read = readJson(document)
  const problem = 'problem' in read ? read.problem : isContextDocument(read.value) ? undefined : 'it has no "@context"'
  if (problem !== undefined || !('value' in read)) {
    const message = `documents["${url}"] is not a context document: ${problem}; give an object like {"@context": {…}}`
    throw new CredentialError('OPTION_INVALID', message)
  }
  return read.value as JsonObject
}

function isContextDocument(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, '@context')
}
