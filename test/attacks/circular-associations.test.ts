/** Attack: a learner record whose associations contradict themselves, or name achievements that are not in it. */

import { verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { type Document, edit, judge, learner, now, recordOf, signedBadge, withProof } from '../helpers/fixtures.ts'

const [a, b, c] = ['urn:example:a', 'urn:example:b', 'urn:example:c'] as const
const children = await Promise.all(
  [a, b, c].map((id) =>
    signedBadge({ id: `${id}:badge`, achievement: { id, name: id, description: 'x', criteria: 'x' } }),
  ),
)

type Edge = readonly [source: string, type: string, target: string]

async function recordWith(edges: readonly Edge[], more: object = {}): Promise<Document> {
  const { proof: _, ...record } = await recordOf(children)
  const association = edges.map(([sourceId, associationType, targetId]) => ({
    type: 'Association',
    associationType,
    sourceId,
    targetId,
  }))
  return withProof({ ...edit(record, '/credentialSubject/association', association), ...more }, learner)
}

describe('a circle', () => {
  it.each<readonly [string, readonly Edge[]]>([
    ['of an achievement with itself', [[a, 'isChildOf', a]]],
    [
      'of parents',
      [
        [a, 'isChildOf', b],
        [b, 'isChildOf', c],
        [c, 'isChildOf', a],
      ],
    ],
    [
      'of a child and a part',
      [
        [a, 'isChildOf', b],
        [b, 'isPartOf', a],
      ],
    ],
    [
      'of a child and a parent',
      [
        [a, 'isChildOf', b],
        [a, 'isParentOf', b],
      ],
    ],
    [
      'of what comes before',
      [
        [c, 'isChildOf', b],
        [a, 'precedes', b],
        [b, 'precedes', a],
      ],
    ],
    [
      'of replacements',
      [
        [a, 'replacedBy', b],
        [b, 'replacedBy', a],
      ],
    ],
  ])('%s is refused', async (_name, edges) => {
    expect(await judge(await recordWith(edges))).toEqual(['ASSOCIATION_CYCLIC'])
  })

  it('is told at its own place, not at what leads to it or from it', async () => {
    const record = await recordWith([
      [c, 'isChildOf', a],
      [a, 'isChildOf', b],
      [b, 'isChildOf', a],
    ])
    const report = await verify({ credential: record, now })
    expect(report.checks).toContainEqual(
      expect.objectContaining({ code: 'ASSOCIATION_CYCLIC', path: '/credentialSubject/association/1' }),
    )
  })

  it.each<readonly [string, readonly Edge[]]>([
    [
      'one order told from both ends',
      [
        [a, 'isChildOf', b],
        [b, 'isParentOf', a],
      ],
    ],
    [
      'two ways to one end',
      [
        [a, 'isChildOf', b],
        [a, 'isChildOf', c],
        [b, 'isChildOf', c],
      ],
    ],
    [
      'peers and matches, which go both ways',
      [
        [a, 'isPeerOf', b],
        [b, 'isPeerOf', a],
        [b, 'exactMatchOf', b],
      ],
    ],
    [
      'two orders that run against each other',
      [
        [a, 'isChildOf', b],
        [b, 'precedes', a],
      ],
    ],
  ])('is not %s', async (_name, edges) => {
    const report = await verify({ credential: await recordWith(edges), now, conformance: 'lenient' })
    expect(report.checks).toContainEqual(expect.objectContaining({ name: 'association', outcome: 'passed' }))
    expect(report.verdict).toBe('valid')
  })
})

describe('an end that is not in the record', () => {
  const edges: readonly Edge[] = [
    [a, 'isChildOf', b],
    [c, 'isChildOf', 'urn:example:elsewhere'],
  ]
  const path = '/credentialSubject/association/1/targetId'

  it('is refused where conformance is asked for', async () => {
    const report = await verify({ credential: await recordWith(edges), now, conformance: 'lenient' })
    expect(report.checks).toContainEqual(expect.objectContaining({ code: 'ASSOCIATION_DANGLING', path }))
    expect(report.verdict).toBe('invalid')
  })

  it('is told elsewhere: records of genuine issuers have such', async () => {
    const report = await verify({ credential: await recordWith(edges), now })
    const notes = [expect.stringContaining(path)]
    expect(report.checks).toContainEqual(
      expect.objectContaining({ name: 'association', outcome: 'skipped', path, notes }),
    )
    expect(report.verdict).toBe('valid')
  })

  it('is only told in a record that says it is not whole', async () => {
    expect(await judge(await recordWith(edges, { partial: true }), { conformance: 'lenient' })).toEqual(['valid'])
  })

  it('may be the id of a credential inside', async () => {
    const ids = children.map(({ id }) => id as string)
    const record = await recordWith([[ids[0] ?? '', 'isChildOf', ids[1] ?? '']])
    expect(await judge(record, { conformance: 'lenient' })).toEqual(['valid'])
  })
})

it('a record without associations has no such check', async () => {
  const report = await verify({ credential: await recordOf(children), now })
  expect(report.checks.some(({ name }) => name === 'association')).toBe(false)
})
