/** The DID documents that this package made: bounded and frozen, so that nobody needs to copy or check them. */

import type { DidDocument } from '../types.ts'

const own = new WeakSet<object>()

/** Remembers a frozen document as made here. */
export function markOwn<T extends object>(document: T): T {
  own.add(document)
  return document
}

/** Whether a document was made here. */
export function isOwn(document: object): boolean {
  return own.has(document)
}

/** Most documents of one method that are kept. */
const REMEMBERED = 1000

/** Keeps the documents of a method whose documents never change; where there are too many, what came first goes. */
export function rememberOwn(make: (did: string) => DidDocument | undefined): (did: string) => DidDocument | undefined {
  const remembered = new Map<string, DidDocument>()
  return (did) => {
    const known = remembered.get(did)
    if (known) return known
    const made = make(did)
    if (!made) return undefined
    if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value as string)
    remembered.set(did, made)
    return made
  }
}
