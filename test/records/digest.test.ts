import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { digestOf, digestOfJson } from '../../src/records/digest.ts'
import { refusal } from './samples.ts'

it('is the SHA-256 of the bytes, as Subresource Integrity writes it', () => {
  // FIPS 180-4: the digest of "abc", here in base64.
  expect(digestOf('abc')).toBe('sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=')
  const bytes = new Uint8Array(1000).map((_, index) => index)
  expect(digestOf(bytes)).toBe(`sha256-${createHash('sha256').update(bytes).digest('base64')}`)
  expect(digestOf('Ação')).toBe(digestOf(new TextEncoder().encode('Ação')))
})

it('takes a document for the same however it is printed', () => {
  const document = { b: [1.0, 'é'], a: { d: null, c: true }, 10: 'ten', 9: 'nine' }
  const canonical = '{"10":"ten","9":"nine","a":{"c":true,"d":null},"b":[1,"é"]}'
  expect(digestOfJson(document)).toBe(digestOf(canonical))
  expect(digestOfJson(JSON.parse(JSON.stringify(document, null, 4)))).toBe(digestOf(canonical))
  expect(digestOfJson({ ...document, a: {} })).not.toBe(digestOf(canonical))
})

it.each([
  [() => digestOf({} as never), 'content is neither bytes nor text'],
  [() => digestOfJson('{}' as never), 'document is not a JSON document'],
  [() => digestOfJson(new Uint8Array(3)), 'document is not a JSON document'],
  [() => digestOfJson({ at: new Date(0) }), 'document cannot be written as JSON'],
  [() => digestOfJson({ n: Number.NaN }), 'document cannot be written as JSON'],
])('refuses what it cannot hash (%#)', (call, message) => {
  expect(refusal(call)).toContain(`OPTION_INVALID: ${message}`)
})
