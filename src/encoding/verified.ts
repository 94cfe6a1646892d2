/**
 * The mark on what `verify` vouched for, at run time. The type `Verified<T>` is for the type checker alone; a JavaScript
 * caller, or a cast, would get past it.
 *
 * The mark belongs to one object in one process: a copy, or the same document read again from a file, has none.
 */

import type { EnvelopedCredential, EnvelopeText, Verified } from '../types.ts'

const marked = new WeakSet<object>()
const envelopes = new WeakMap<object, EnvelopeText>()

/** Marks a value that passed. Hand in the frozen copy that was checked, so that it cannot change afterwards. */
export function markVerified<T extends object>(value: T, envelope?: EnvelopeText): Verified<T> {
  marked.add(value)
  if (envelope) envelopes.set(value, envelope)
  return value as Verified<T>
}

/** True for the very object that `markVerified` was given. */
export function isVerified<T>(value: T): value is Verified<T> {
  return typeof value === 'object' && value !== null && marked.has(value)
}

/** The envelope of the very object that `markVerified` was given with one. */
export function envelopeOf(value: unknown): EnvelopeText | undefined {
  return typeof value === 'object' && value !== null ? envelopes.get(value) : undefined
}

/** The object that carries such text where a credential is expected (VC Data Model 2.0 section 4.13.2). */
export function toEnveloped({ mediaType, text }: EnvelopeText): EnvelopedCredential {
  const id = `data:${mediaType},${text}`
  return Object.freeze({
    '@context': 'https://www.w3.org/ns/credentials/v2',
    id,
    type: 'EnvelopedVerifiableCredential',
  })
}
