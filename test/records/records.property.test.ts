/** Laws of the record functions that hold for every input. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestOfJson } from '../../src/records/digest.ts'
import { endorsement } from '../../src/records/endorsement.ts'
import { hashedIdentity, matchesIdentity, type Person, plainIdentity } from '../../src/records/identity.ts'
import { type OpenBadgeInput, openBadge } from '../../src/records/open-badge.ts'
import { achievementTypes, identifierTypes, resultStatuses } from '../../src/records/vocabulary.ts'
import { deepFreeze } from './samples.ts'

const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value.trim() !== '')
const unicode = fc.string({ unit: 'binary', minLength: 1 }).filter((value) => value.trim() !== '')
const iri = fc.uuid().map((uuid) => `urn:uuid:${uuid}`)
const options = { requiredKeys: [] as [] }
const achievement = fc
  .tuple(
    fc.record({ name: text, description: text, criteria: fc.oneof(text, fc.record({ narrative: text })) }),
    fc.record(
      {
        id: iri,
        achievementType: fc.constantFrom(...achievementTypes, 'ext:Residency' as const),
        tag: fc.array(text),
        creator: fc.record({ id: iri, name: text }),
        alignment: fc.array(fc.record({ targetName: text, targetUrl: iri }), { maxLength: 3 }),
      },
      options,
    ),
  )
  .map(([needed, more]) => ({ ...needed, ...more }))
const recipient = fc.oneof(
  fc.record({ id: iri }),
  fc.record({ email: fc.emailAddress() }),
  fc.record({ id: iri, studentId: text, plainName: text }),
)
const badgeInput: fc.Arbitrary<OpenBadgeInput> = fc
  .tuple(
    fc.record({ name: text, achievement, recipient }),
    fc.record(
      {
        description: text,
        validFrom: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2090-01-01T00:00:00Z') }),
        evidence: fc.array(fc.record({ name: text, narrative: text }), { maxLength: 3 }),
        result: fc.record({ value: text, status: fc.constantFrom(...resultStatuses) }),
        creditsEarned: fc.double({ min: 0, max: 1e6, noNaN: true }),
        image: iri,
      },
      options,
    ),
  )
  .map(([needed, more]) => ({ ...needed, ...more }))

describe('openBadge', () => {
  it('makes the same badge of the same input, apart from fresh ids, salts and hashes, and never writes to it', () => {
    fc.assert(
      fc.property(badgeInput, (input) => {
        const before = structuredClone(input)
        const [one, other] = [openBadge(deepFreeze(input)), openBadge(input)]
        expect(withoutFresh(one, input)).toEqual(withoutFresh(other, input))
        expect(input).toEqual(before)
      }),
    )
  })

  it('makes what JSON carries unchanged', () => {
    fc.assert(
      fc.property(badgeInput, (input) => {
        const badge = openBadge(input)
        expect(JSON.parse(JSON.stringify(badge))).toEqual(badge)
        const { digestSRI } = endorsement({ name: 'x', endorsed: 'urn:x:1', digestSRI: digestOfJson(badge) })
          .relatedResource?.[0] ?? { digestSRI: '' }
        expect(digestOfJson(JSON.parse(JSON.stringify(badge)) as object)).toBe(digestSRI)
      }),
    )
  })
})

describe('matchesIdentity', () => {
  it('finds the person behind every hash, and nobody else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...identifierTypes),
        unicode,
        unicode,
        unicode,
        (identityType, identity, salt, other) => {
          const person = { identityType, identity }
          const hashed = hashedIdentity(identityType, identity, { salt })
          expect(matchesIdentity(hashed, person)).toBe(true)
          expect(matchesIdentity(hashedIdentity(identityType, identity), person)).toBe(true)
          expect(matchesIdentity(plainIdentity(identityType, identity), person)).toBe(true)
          expect(matchesIdentity(hashed, { identityType, identity: other })).toBe(other === identity)
        },
      ),
    )
  })

  it('answers for any value whatever', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (identity, person) => {
        expect(matchesIdentity(identity, person as Person)).toBe(false)
        expect(matchesIdentity(identity, { email: 'a@example.com' })).toBe(false)
      }),
    )
  })
})

/** A badge with what is fresh at each call put out of sight. */
function withoutFresh(badge: ReturnType<typeof openBadge>, input: OpenBadgeInput): unknown {
  const { achievement, identifier, ...subject } = badge.credentialSubject
  return {
    ...badge,
    credentialSubject: {
      ...subject,
      achievement: input.achievement.id === undefined ? { ...achievement, id: 'fresh' } : achievement,
      identifier: identifier?.map((item) => (item.hashed ? { ...item, identityHash: 'fresh', salt: 'fresh' } : item)),
    },
  }
}
