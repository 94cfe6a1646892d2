/** Attack: a small document whose own contexts define so many terms, so often, that working them out takes all memory. */

import { expect, it, vi } from 'vitest'
import { copyOf, judge, plainCredential, signed } from '../helpers/fixtures.ts'

const terms = (count: number, prefix: string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${prefix}${index}`, `https://example.org/${prefix}${index}`]),
  )
const good = await signed(plainCredential())
const large = ['a', 'b', 'c', 'd'].map((prefix) => terms(5000, prefix))
const withContexts = (contexts: readonly object[], subject: unknown = good['credentialSubject']) => ({
  ...copyOf(good),
  '@context': ['https://www.w3.org/ns/credentials/v2', ...contexts],
  credentialSubject: subject,
})

// Without a bound these take minutes, and gigabytes.
vi.setConfig({ testTimeout: 30_000 })

it('thousands of contexts, each with a term', async () => {
  const contexts = Array.from({ length: 9000 }, (_, index) => terms(1, `t${index}x`))
  expect(await judge(withContexts(contexts))).toContain('LIMIT_EXCEEDED')
})

it('a large context, and thousands of subjects with one of their own', async () => {
  const subjects = Array.from({ length: 4000 }, (_, index) => ({
    '@context': terms(1, `s${index}x`),
    name: `${index}`,
  }))
  expect(await judge(withContexts(large, subjects))).toContain('LIMIT_EXCEEDED')
})

it('thousands of scoped contexts', async () => {
  const scoped = Object.fromEntries(
    Object.entries(terms(4900, 'p')).map(([name, id]) => [name, { '@id': id, '@context': terms(1, `${name}x`) }]),
  )
  expect(await judge(withContexts([...large, scoped]))).toContain('LIMIT_EXCEEDED')
})

it('a context with some hundred terms of the issuer is good', async () => {
  const own = {
    '@context': ['https://www.w3.org/ns/credentials/v2', terms(300, 't')],
    credentialSubject: { t7: 'seven' },
  }
  expect(await judge(await signed(plainCredential(own)))).toEqual(['valid'])
})
