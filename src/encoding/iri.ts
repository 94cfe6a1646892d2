/** Absolute IRIs as documents may hold them. */

/** Whether it is one: a scheme, a colon, and no blanks or brackets behind it (RFC 3987 section 2.2, in outline). */
export function isIri(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z][A-Za-z\d+.-]*:[^\s<>"{}|\\^`]+$/.test(value)
}
