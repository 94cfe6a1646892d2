import { describe, expect, it } from 'vitest'
import { digestOf, digestOfJson } from '../../src/records/digest.ts'
import { endorsement } from '../../src/records/endorsement.ts'
import { openBadge } from '../../src/records/open-badge.ts'
import { deepFreeze, leastBadge, refusal } from './samples.ts'

const name = 'Endorsed by the Field Station'
const endorsed = 'urn:uuid:7a6f6b1e-3a54-4d0b-9a52-0d7a0f6f0a11'

describe('endorsement', () => {
  it('speaks of an id', () => {
    expect(endorsement({ name, endorsed, endorsementComment: 'We saw it.' })).toEqual({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name,
      credentialSubject: { id: endorsed, type: ['EndorsementSubject'], endorsementComment: 'We saw it.' },
    })
  })

  it('takes the id of a credential, an achievement or a profile', () => {
    const badge = openBadge({ ...leastBadge, id: endorsed })
    const subjects = [badge as { id: string }, badge.credentialSubject.achievement, { id: 'did:example:school' }]
    const ids = subjects.map((thing) => endorsement(deepFreeze({ name, endorsed: thing })).credentialSubject.id)
    expect(ids).toEqual([endorsed, leastBadge.achievement.id, 'did:example:school'])
  })

  it('is bound to the content it was given', () => {
    const content = '{"a":1}'
    expect(endorsement({ name, endorsed, content, mediaType: 'application/vc' }).relatedResource).toEqual([
      { id: endorsed, digestSRI: digestOf(content), mediaType: 'application/vc' },
    ])
    const digestSRI = digestOfJson({ a: 1 })
    expect(endorsement({ name, endorsed, digestSRI }).relatedResource).toEqual([{ id: endorsed, digestSRI }])
  })

  it.each([
    [{ endorsed }, 'name is missing'],
    [{ name }, 'endorsed is missing'],
    [{ name, endorsed: 'badge-1' }, 'endorsed: "badge-1" is not an absolute IRI'],
    [{ name, endorsed: {} }, 'endorsed.id is missing'],
    [{ name, endorsed: 7 }, 'endorsed is not an object'],
    [{ name, endorsed, mediaType: 'text/plain' }, 'mediaType stands alone'],
    [{ name, endorsed, content: 'x', digestSRI: digestOf('x') }, 'there are both content and digestSRI'],
    [{ name, endorsed, digestSRI: 'md5-x' }, 'digestSRI: "md5-x" is not a digest'],
    [{ name, endorsed, endorsementComment: '' }, 'endorsementComment is not text'],
    [{ name, endorsed, comment: 'x' }, 'endorsement: there is no option "comment"; there are name, '],
  ])('refuses what endorses nothing (%#)', (input, message) => {
    expect(refusal(() => endorsement(input as never))).toContain(`OPTION_INVALID: ${message}`)
  })
})
