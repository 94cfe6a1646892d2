import { describe, expect, it } from 'vitest'
import { checkAssociations } from '../../src/checks/associations.ts'
import type { Settings } from '../../src/checks/settings.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'

const achievements = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id: `urn:${id}` }))

/** `ab` is the association of `urn:a` with `urn:b`. */
function link([source, target]: string, associationType = 'isChildOf'): JsonObject {
  return { associationType, sourceId: `urn:${source}`, targetId: `urn:${target}` }
}

function recordWith(association: JsonValue, more: JsonObject = {}): JsonObject {
  const record = { type: ['VerifiableCredential'], credentialSubject: { achievement: achievements } }
  return { credentialSubject: { verifiableCredential: [record], association, ...more } }
}

function judge(credential: JsonObject, conformance = 'lenient'): readonly string[] {
  const checks = checkAssociations(credential, { conformance } as unknown as Settings)
  return checks.map((check) => ('code' in check ? `${check.code} ${check.path}` : check.outcome))
}

const base = '/credentialSubject/association'

describe('what is no circle, however long', () => {
  it.each<[string, readonly string[]]>([
    ['a chain', ['ab', 'bc', 'cd', 'de', 'ef']],
    ['a chain told from its end', ['ef', 'de', 'cd', 'bc', 'ab']],
    ['branches that meet', ['ab', 'eb', 'ac', 'ef']],
    ['one way told twice', ['ab', 'ab', 'bc', 'bc']],
  ])('%s', (_name, edges) => {
    expect(judge(recordWith(edges.map((edge) => link(edge))))).toEqual(['passed'])
  })
})

describe('a circle', () => {
  it.each<[string, readonly string[], number]>([
    ['after what leads out of it', ['ac', 'cd', 'ab', 'ba'], 2],
    ['after what leads into it', ['cd', 'da', 'ab', 'ba'], 2],
    ['told twice', ['ab', 'ba', 'ab', 'ba'], 0],
  ])('%s is told at its own place', (_name, edges, index) => {
    expect(judge(recordWith(edges.map((edge) => link(edge))))).toEqual([`ASSOCIATION_CYCLIC ${base}/${index}`])
  })

  it('of a child that is its parent as well', () => {
    expect(judge(recordWith([link('ab'), link('ab', 'isParentOf')]))).toEqual([`ASSOCIATION_CYCLIC ${base}/0`])
    expect(judge(recordWith([link('ab'), link('ba', 'isParentOf')]))).toEqual(['passed'])
  })

  it('of each order is told, also in what stands alone or for one of several subjects', () => {
    const all = ['isChildOf', 'isPartOf', 'isParentOf', 'precedes', 'replacedBy'].map((type) => link('aa', type))
    expect(judge(recordWith(all))).toEqual([0, 3, 4].map((index) => `ASSOCIATION_CYCLIC ${base}/${index}`))
    expect(judge(recordWith(link('aa')))).toEqual([`ASSOCIATION_CYCLIC ${base}`])
    const subjects = [{ id: 'urn:x' }, { association: [link('aa')] }]
    expect(judge({ credentialSubject: subjects })).toEqual(['ASSOCIATION_CYCLIC /credentialSubject/1/association/0'])
  })
})

describe('an end that is not in the record', () => {
  it.each([
    ['xa', 'sourceId'],
    ['ax', 'targetId'],
  ])('%s', (edge, end) => {
    expect(judge(recordWith([link('ab'), link(edge)]))).toEqual([`ASSOCIATION_DANGLING ${base}/1/${end}`])
    expect(judge(recordWith([link(edge)]), 'noted')).toEqual(['skipped'])
  })

  it('may be in what cannot be looked into, or what the record leaves out', () => {
    const texts = ['eyJ.e30.x', { type: 'EnvelopedVerifiableCredential' }, { type: ['EnvelopedVerifiableCredential'] }]
    for (const text of texts) {
      const verifiableCredential = [{ id: 'urn:a', type: ['VerifiableCredential'] }, text]
      expect(judge(recordWith([link('ab')], { verifiableCredential }))).toEqual(['skipped'])
    }
    expect(judge({ ...recordWith([link('ax')]), partial: true })).toEqual(['skipped'])
    const odd = { ...recordWith([link('ax')]), partial: 'true' }
    expect(judge(odd)).toEqual([`ASSOCIATION_DANGLING ${base}/0/targetId`])
  })

  it('is counted, and twenty of them are named', () => {
    const links = Array.from({ length: 15 }, () => link('xy'))
    const [check] = checkAssociations(recordWith(links), { conformance: 'noted' } as unknown as Settings)
    expect(check).toMatchObject({ outcome: 'skipped', path: `${base}/0/sourceId` })
    expect(check?.message).toMatch(/^30 ends .* urn:x\.$/)
    expect(check?.notes).toHaveLength(20)
    expect(check?.notes?.[1]).toBe(`${base}/0/targetId: urn:y is not in the record.`)
  })

  it('is there by the id of an achievement, written out or not, of the record or of a credential in it', () => {
    const inner = { id: 'urn:b', type: 'VerifiableCredential', credentialSubject: [{ achievement: 'urn:c' }] }
    const credential = recordWith([link('ab'), link('bc')], {
      achievement: { id: 'urn:a' },
      verifiableCredential: inner,
    })
    expect(judge(credential)).toEqual(['passed'])
  })
})

describe('what is no association', () => {
  it.each<JsonValue>([
    null,
    'urn:a',
    7,
    {},
    { sourceId: 'urn:a' },
    { targetId: 'urn:a' },
    { sourceId: 1, targetId: 'urn:x' },
    [],
  ])('%j is left to the schema', (association) => {
    expect(judge(recordWith(association))).toEqual([])
    expect(judge(recordWith([association, link('ab')]))).toEqual(['passed'])
  })

  it('nor are subjects that are none', () => {
    expect(judge({ credentialSubject: ['urn:a', null, { id: 'urn:a' }] })).toEqual([])
    const inner = { type: ['VerifiableCredential'], credentialSubject: [null, 'urn:b', { achievement: [null, 7] }] }
    expect(judge({ credentialSubject: [null, { association: link('ab'), verifiableCredential: inner }] })).toEqual([
      'ASSOCIATION_DANGLING /credentialSubject/1/association/sourceId',
    ])
  })
})
