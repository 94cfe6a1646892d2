/** A document taken apart: every secured credential in it, itself first. */

/** A JSON object. */
export interface Members {
  readonly [member: string]: unknown
}

/** The credentials that have a proof, at any depth. */
export function credentialsIn(value: unknown): readonly Members[] {
  if (Array.isArray(value)) return value.flatMap(credentialsIn)
  if (typeof value !== 'object' || value === null) return []
  const { proof, ...body } = value as Members
  const inner = Object.values(body).flatMap(credentialsIn)
  return proof === undefined ? inner : [value as Members, ...inner]
}

/** Its proofs, also when it is only one. */
export function proofsOf(credential: Members): readonly Members[] {
  return [credential['proof']].flat() as readonly Members[]
}
