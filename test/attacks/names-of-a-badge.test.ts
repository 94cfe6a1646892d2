/**
 * Attack: Open Badges has two words for the type of a badge. Who holds one can write the other in its place or beside it, for the
 * signed statement is the same; so nothing may hang on which of them stands there.
 */

import { eddsaJcs2022, issue, verify } from 'testamur'
import { toHtml } from 'testamur/html'
import { decide, employer, skills } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { badge, copyOf, edit, judge, now, school, signedBadge } from '../helpers/fixtures.ts'

const one = ['VerifiableCredential', 'OpenBadgeCredential']
const both = [...one, 'AchievementCredential']
const written = [['VerifiableCredential', 'AchievementCredential'], both, [...both].reverse()].map((type) => ({ type }))

describe('a badge', async () => {
  const good = await signedBadge({ validUntil: '2027-10-01T00:00:00Z' })
  const seen = async (type: readonly string[]) => {
    const report = await verify({ credential: edit(good, '/type', type), now, conformance: 'lenient' })
    const { verdict, checks } = report
    const page = toHtml({ report, verifiedAt: now })
    return { verdict, checks, skills: skills(report), decision: decide(report, employer()), page }
  }

  it.each(written)('of $type is the same to all that is decided', async ({ type }) => {
    const expected = await seen(one)
    expect(expected.verdict).toBe('valid')
    expect(await seen(type)).toEqual(expected)
  })

  it('that was signed with both names is good, and without one of them', async () => {
    const signed = copyOf(
      await issue({ credential: { ...badge(), type: both }, key: school, now, conformance: 'strict' }),
    )
    expect(await judge(signed)).toEqual(['valid'])
    expect(await judge(edit(signed, '/type', one))).toEqual(['valid'])
  })

  it('with the same name twice, or with a type that was not signed, is refused', async () => {
    expect(await judge(edit(good, '/type', [...both, 'OpenBadgeCredential']))).toContain('NOT_COMPACTED')
    expect(await judge(edit(good, '/type', [...both, 'EndorsementCredential']))).not.toContain('valid')
  })

  it('whose text is signed has the names that were signed', async () => {
    const format = eddsaJcs2022()
    const signed = copyOf(await issue({ credential: { ...badge(), type: both }, key: school, now, format }))
    expect(await judge(signed)).toEqual(['valid'])
    expect(await judge(edit(signed, '/type', one))).toContain('PROOF_INVALID')
  })
})
