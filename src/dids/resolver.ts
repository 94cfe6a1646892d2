/**
 * DID resolution behind one function type (DID Resolution 1.0): methods by name, through `did-resolver`, and any resolver of
 * the caller's. `undefined` means "there is none", a throw means "could not find out".
 */

import { type DIDResolutionResult, parse, Resolver } from 'did-resolver'
import { isObject, readJson } from '../encoding/json.ts'
import { CredentialError } from '../errors.ts'
import type { DidDocument, DidResolver, LookupOptions } from '../types.ts'
import { isOwn } from './own-documents.ts'

/** A `Resolver` of the package `did-resolver`, or anything that answers like one. */
export interface ResolverLike {
  resolve(did: string): Promise<{
    readonly didResolutionMetadata?: { readonly error?: string | null }
    readonly didDocument?: object | null
    readonly didDocumentMetadata?: { readonly deactivated?: boolean }
  }>
}

/**
 * Puts DID methods together: `createDidResolver({ key: didKey(), web: myWebResolver })`.
 * A DID of another method is a throw ("could not find out"), never "there is none".
 */
export function createDidResolver(methods: { readonly [method: string]: DidResolver }): DidResolver {
  const byName = new Map(Object.entries(methods))
  return async (did: string, options?: LookupOptions): Promise<DidDocument | undefined> => {
    const method = parse(did)?.method
    if (method === undefined) return undefined
    const resolve = byName.get(method)
    if (!resolve) {
      throw new Error(`DID method "${method}" has no resolver here; these have: ${[...byName.keys()].join(', ')}`)
    }
    return resolve(did, options)
  }
}

/** Takes a caller's resolver in either form and makes it one function that returns documents. */
export function toDidResolver(resolver: DidResolver | ResolverLike): DidResolver {
  if (typeof resolver === 'function') return async (did, options) => documentOf(did, await resolver(did, options))
  if (typeof resolver === 'object' && resolver !== null && typeof resolver.resolve === 'function') {
    return async (did) => documentOf(did, await resolver.resolve(did))
  }
  throw new CredentialError(
    'OPTION_INVALID',
    'resolveDid: give a function from a DID to its document, or a Resolver of the package did-resolver',
  )
}

/** Runs one method of `did-resolver`'s shape. */
export function fromRegistry(registry: ConstructorParameters<typeof Resolver>[0]): DidResolver {
  const resolver = new Resolver(registry)
  return async (did) => documentOf(did, await resolver.resolve(did))
}

function documentOf(did: string, answer: unknown): DidDocument | undefined {
  if (answer === undefined || answer === null) return undefined
  if (!isResolutionResult(answer)) return readDocument(did, answer)
  const error = answer.didResolutionMetadata?.error ?? undefined
  if (error === undefined && answer.didDocumentMetadata?.deactivated) return { id: did, deactivated: true }
  if (error === undefined) return answer.didDocument === null ? undefined : readDocument(did, answer.didDocument)
  if (error === 'notFound' || error === 'invalidDid') return undefined
  throw new Error(`${did} could not be resolved: ${String(error)}`)
}

/** What others wrote is copied within limits, like everything from a stranger. */
function readDocument(did: string, document: unknown): DidDocument | undefined {
  if (document === undefined) return undefined
  if (typeof document === 'object' && document !== null && isOwn(document)) return document as DidDocument
  const read = readJson(document)
  if ('value' in read && isObject(read.value)) return read.value as unknown as DidDocument
  throw new Error(
    `the DID document of ${did} cannot be read: ${'value' in read ? 'it is not an object' : read.problem}`,
  )
}

function isResolutionResult(answer: unknown): answer is DIDResolutionResult {
  return isObject(answer) && ('didDocument' in answer || 'didResolutionMetadata' in answer)
}
