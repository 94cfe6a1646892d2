/** Canonical JSON (RFC 8785): one text for each value, whatever the order of its members. */

import canonicalizeModule from 'canonicalize'

/** The package is CommonJS with the types of an ES module; only the cast tells the compiler that the import is the function. */
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined

/** Canonical text of a JSON value. */
export function canonicalJson(value: unknown): string {
  return canonicalize(value) ?? 'null'
}
