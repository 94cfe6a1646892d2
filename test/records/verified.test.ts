import { expect, it } from 'vitest'
import { isVerified, markVerified } from '../../src/encoding/verified.ts'

it('knows the very object, and neither a copy nor a value that cannot be marked', () => {
  const value = Object.freeze({ id: 'urn:x:1' })
  expect(isVerified(value)).toBe(false)
  expect(markVerified(value)).toBe(value)
  expect(isVerified(value)).toBe(true)
  for (const other of [{ ...value }, structuredClone(value), JSON.stringify(value), undefined, null, 1]) {
    expect(isVerified<unknown>(other)).toBe(false)
  }
})
