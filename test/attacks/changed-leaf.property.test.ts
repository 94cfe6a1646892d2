/** Attack: any single value of a signed badge is changed, whichever it is, or taken out. */

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { edit, judge, school, signedBadge } from '../helpers/fixtures.ts'
import { fullBadge } from '../records/samples.ts'

const { issuer: _, ...members } = fullBadge
const good = await signedBadge({ ...members, issuer: { id: school.controller, name: 'Shore School' } })
const leaves = [...leavesOf(good, '')]

it('the badge itself is good, and large', async () => {
  expect(await judge(good)).toEqual(['valid'])
  expect(leaves.length).toBeGreaterThan(100)
})

it('every leaf, changed, is refused', async () => {
  for (const [path, value] of leaves) {
    expect(await judge(edit(good, path, changed(value))), path).not.toContain('valid')
  }
})

it('every leaf, taken out, is refused', async () => {
  for (const [path] of leaves) {
    expect(await judge(withoutLeaf(path)), path).not.toContain('valid')
  }
})

it('a leaf with any other value in its place is refused', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...leaves),
      fc.oneof(fc.string(), fc.integer(), fc.boolean()),
      async (leaf, value) => {
        const [path, old] = leaf
        fc.pre(value !== old)
        expect(await judge(edit(good, path, value))).not.toContain('valid')
      },
    ),
    { numRuns: 150, seed: 20261122 },
  )
})

function withoutLeaf(path: string): object {
  const parent = path.replace(/\/\d+$/, '')
  return parent === path ? edit(good, path) : edit(good, parent)
}

function changed(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  return `${value}x`
}

function* leavesOf(value: unknown, path: string): Iterable<[string, unknown]> {
  if (typeof value !== 'object' || value === null) yield [path, value]
  else for (const [name, member] of Object.entries(value)) yield* leavesOf(member, `${path}/${name}`)
}
