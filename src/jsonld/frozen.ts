/** Tells values that can never change from those that can: only the former may be remembered by identity. */

const known = new WeakSet<object>()

/** True when the value and everything in it is frozen. The answer for one object is worked out once. */
export function isDeepFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || known.has(value)) return true
  if (!Object.isFrozen(value) || !Object.values(value).every(isDeepFrozen)) return false
  known.add(value)
  return true
}
