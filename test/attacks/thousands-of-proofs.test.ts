/** Attack: thousands of proofs, values or list items, to keep a verifier busy. */

import { expect, it } from 'vitest'
import { edit, judge, signedBadge } from '../helpers/fixtures.ts'

const good = await signedBadge()

it('more than sixteen proofs are refused at once, sixteen are verified', async () => {
  expect(await judge(edit(good, '/proof', Array(17).fill(good['proof'])))).toEqual(['LIMIT_EXCEEDED'])
  expect(await judge(edit(good, '/proof', Array(5000).fill(good['proof'])))).toEqual(['LIMIT_EXCEEDED'])
  expect(await judge(edit(good, '/proof', Array(16).fill(good['proof'])))).toEqual(['valid'])
})

it('more values than are read are refused', async () => {
  const many = Array(100).fill(Array(5000).fill(0))
  for (const type of [Array(10_001).fill(0), many]) {
    expect(await judge({ type })).toEqual(['LIMIT_EXCEEDED'])
    expect(await judge(JSON.stringify({ type }))).toEqual(['LIMIT_EXCEEDED'])
  }
  expect(await judge(` ${'1'.repeat(17_000_000)}`)).toEqual(['LIMIT_EXCEEDED'])
  expect(await judge(new Uint8Array(17_000_000))).toEqual(['LIMIT_EXCEEDED'])
})

it('blank nodes that all look alike are refused, not worked out', async () => {
  const knot = Array.from({ length: 9 }, (_, from) => ({
    id: `_:b${from}`,
    next: Array.from({ length: 9 }, (_, to) => `_:b${to}`),
  }))
  const words = { knot: 'https://example.org/knot', next: { '@id': 'https://example.org/next', '@type': '@id' } }
  const contexts = [...(good['@context'] as string[]), words]
  const forged = edit(edit(good, '/@context', contexts), '/credentialSubject/knot', knot)
  expect(await judge(forged)).not.toContain('valid')
})

it('contexts by the thousand are refused', async () => {
  const urls = Array.from({ length: 3000 }, (_, index) => `https://context.example/${index}`)
  expect(await judge(edit(good, '/@context', [...(good['@context'] as string[]), ...urls]))).not.toContain('valid')
})
