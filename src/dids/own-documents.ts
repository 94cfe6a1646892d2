/** The DID documents that this package made: bounded and frozen, so that nobody needs to copy or check them. */

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
