import { describe, expect, it } from 'vitest'
import { digestOf } from '../../src/records/digest.ts'
import { evidence } from '../../src/records/evidence.ts'
import { openBadge } from '../../src/records/open-badge.ts'
import { leastBadge, refusal } from './samples.ts'

const id = 'https://school.example/essay.txt'

describe('evidence', () => {
  it('holds the digest of the file and not the file', () => {
    expect(evidence({ id, name: 'Essay', content: 'To begin with', mediaType: 'text/plain' })).toEqual({
      id,
      name: 'Essay',
      mediaType: 'text/plain',
      type: ['Evidence'],
      digestSRI: digestOf('To begin with'),
    })
  })

  it('goes into a badge unchanged, with a type of its own kept', () => {
    const made = evidence({ id, content: new Uint8Array([7]) })
    expect(openBadge({ ...leastBadge, evidence: made }).evidence).toEqual([made])
    const typed = { ...made, type: ['Artifact', 'Evidence'] as never }
    expect(openBadge({ ...leastBadge, evidence: typed }).evidence?.[0]?.type).toEqual(['Evidence', 'Artifact'])
  })

  it.each([
    [() => evidence({} as never), 'evidence says nothing; give id (its address), name or narrative'],
    [() => evidence({ name: 'x', content: 'y' }), 'evidence.id is missing'],
    [() => evidence({ id, content: 'y', digestSRI: digestOf('y') }), 'evidence has both content and digestSRI'],
    [() => evidence({ id, digestSRI: 'sha256-short' }), 'evidence.digestSRI: "sha256-short" is not a digest'],
    [() => evidence({ id: 'essay.txt' }), 'evidence.id: "essay.txt" is not an absolute IRI'],
    [() => evidence({ id, content: 7 as never }), 'content is neither bytes nor text'],
    [() => evidence('essay' as never), 'evidence is not an object'],
    [() => openBadge({ ...leastBadge, evidence: [{ id }, {} as never] }), 'evidence[1] says nothing'],
  ])('refuses what shows nothing (%#)', (call, message) => {
    expect(refusal(call)).toContain(`OPTION_INVALID: ${message}`)
  })
})
