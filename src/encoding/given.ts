/** What a caller passed in the place of something else, for the end of a message: what it is, and what is likely to be right. */

import { isObject } from './json.ts'

/** Such as "what is given is a list". Says nothing of what is in it, which may be a secret. */
export function given(value: unknown): string {
  return `what is given is ${kindOf(value)}`
}

/** Whether somebody forgot to wait. A hostile object may throw even when it is asked what it is. */
export function isPromise(value: unknown): boolean {
  try {
    return value instanceof Promise
  } catch {
    return false
  }
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return `${value}`
  if (isPromise(value)) return 'a Promise: write await before what it comes from'
  if (typeof value === 'function') return value.name === '' ? 'a function' : `the function ${value.name}: call it`
  if (typeof value === 'string') return 'text'
  if (value instanceof Uint8Array) return 'bytes'
  if (Array.isArray(value)) return 'a list'
  if (!isObject(value)) return `a ${typeof value}`
  if (typeof (value as Record<string, unknown>)['sign'] === 'function') return 'a key'
  if ('verdict' in value && 'checks' in value) return 'a report of verify'
  if ('@context' in value) return 'a JSON-LD document, such as a credential'
  return 'another object'
}
