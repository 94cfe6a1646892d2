/**
 * The mark on what `verify` vouched for, at run time. The type `Verified<T>` is for the type checker alone; a JavaScript
 * caller, or a cast, would get past it.
 *
 * The mark belongs to one object in one process: a copy, or the same document read again from a file, has none.
 */

import type { Verified } from '../types.ts'

const marked = new WeakSet<object>()

/** Marks a value that passed. Hand in the frozen copy that was checked, so that it cannot change afterwards. */
export function markVerified<T extends object>(value: T): Verified<T> {
  marked.add(value)
  return value as Verified<T>
}

/** True for the very object that `markVerified` was given. */
export function isVerified<T>(value: T): value is Verified<T> {
  return typeof value === 'object' && value !== null && marked.has(value)
}
