/** Attack: a learner or an issuer has `skills` and `pathway` say more than whoever has a name for it signed. */

import { issue, type OpenBadgeInput, vcSdJwt, verify } from 'testamur'
import { pathway, skills } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import {
  badge,
  challenge,
  copyOf,
  type Document,
  learner,
  now,
  presented,
  school,
  signedBadge,
  withProof,
} from '../helpers/fixtures.ts'

const targetUrl = 'https://case.example/items/7'
const achievement = (name: string): OpenBadgeInput['achievement'] => ({
  id: 'https://school.example/hygiene',
  name: 'Hygiene',
  description: 'd',
  criteria: 'c',
  alignment: [
    {
      targetUrl,
      targetType: 'CFItem',
      targetName: name,
      targetCode: name,
      targetFramework: name,
      targetDescription: name,
    },
  ],
})

describe('a badge of the learner’s own with the address of a skill', () => {
  it('does not name the skill that somebody else vouches for', async () => {
    const own = await signedBadge({ id: 'urn:example:1', achievement: achievement('Brain surgery') }, learner)
    const real = await signedBadge({ id: 'urn:example:2', achievement: achievement('Washes hands') })
    const by = (name: string) => ({ name, code: name, framework: name, description: name })
    for (const order of [
      [own, real],
      [real, own],
    ]) {
      const [skill] = skills(await verify({ presentation: await presented(order), challenge, now }))
      expect(skill).toMatchObject(by('Washes hands'))
      for (const { isOwnWord, ...words } of skill?.sources ?? []) {
        expect(words).toMatchObject(by(isOwnWord ? 'Brain surgery' : 'Washes hands'))
      }
    }
    const alone = skills(await verify({ presentation: await presented([own]), challenge, now }))
    expect(alone).toMatchObject([by('Brain surgery')])
  })
})

/** A badge with these achievements and results, as anybody can sign one. */
async function reportOn(achievements: readonly object[], results: readonly object[]) {
  const document = copyOf(badge({ recipient: { id: learner.controller } })) as Document
  const subject = { ...(document['credentialSubject'] as object), achievement: achievements, result: results }
  return verify({
    credential: await withProof({ ...document, issuer: school.controller, credentialSubject: subject }, school),
    now,
  })
}

const skill = (targetName: string) => [
  { type: ['Alignment'], targetName, targetUrl: `https://case.example/${targetName}` },
]
const exam = (id: string, more: object = {}) => ({
  id: `urn:example:${id}`,
  type: ['Achievement'],
  name: id,
  alignment: skill(id),
  resultDescription: [
    {
      id: `urn:example:${id}:points`,
      type: ['ResultDescription'],
      name: 'Points',
      resultType: 'Percent',
      requiredValue: '60',
      ...more,
    },
  ],
})
const points = (id: string, value: string) => ({
  type: ['Result'],
  resultDescription: `urn:example:${id}:points`,
  value,
  alignment: skill(`${id}-${value}`),
})

async function claimsOf(achievements: readonly { readonly id: string }[], results: readonly object[]) {
  const report = await reportOn(achievements, results)
  expect(report.verdict).toBe('valid')
  const steps = pathway({ report, achievements, acceptIssuer: () => true })
  const found = skills(report).flatMap(({ name, sources }) =>
    sources.map((each) => `${name} of ${each.achievement.name}`),
  )
  return [...steps.map(({ state }) => state), ...found]
}

describe('results', () => {
  it('are judged by their own description, and are of the achievement that has it', async () => {
    const both = [exam('latin'), exam('greek')]
    expect(await claimsOf(both, [points('greek', '40')])).toEqual(['proved', 'next', 'latin of latin'])
    expect(await claimsOf(both, [points('greek', '80')])).toEqual([
      'proved',
      'proved',
      'latin of latin',
      'greek of greek',
      'greek-80 of greek',
    ])
  })

  it('without a description are of the only achievement, and among several of none', async () => {
    const { resultDescription: _, ...loose } = points('latin', '80')
    expect(await claimsOf([exam('latin')], [loose])).toEqual(['proved', 'latin of latin', 'latin-80 of latin'])
    const both = [exam('latin'), exam('greek')]
    expect(await claimsOf(both, [loose])).toEqual(['proved', 'proved', 'latin of latin', 'greek of greek'])
    expect(await claimsOf(both, [{ ...loose, status: 'Failed' }])).toEqual(['next', 'next'])
  })

  it('that are too low are no achievement, whatever they are counted in', async () => {
    const grade = { resultType: 'LetterGrade', requiredValue: 'C', allowedValue: ['A', 'B', 'C', 'D', 'F'] }
    expect(await claimsOf([exam('latin', grade)], [points('latin', 'F')])).toEqual(['next'])
    expect(await claimsOf([exam('latin', grade)], [points('latin', 'B')])).toContain('proved')
    expect(await claimsOf([exam('latin')], [points('latin', '40')])).toEqual(['next'])
  })
})

describe('achievements and results by the thousands', () => {
  const many = <T>(make: (index: number) => T): readonly T[] => Array.from({ length: 1000 }, (_, index) => make(index))
  const sourcesOf = async (achievements: readonly object[], results: readonly object[]) => {
    const report = await reportOn(achievements, results)
    expect(report.verdict).toBe('valid')
    return skills(report).flatMap(({ sources }) => sources).length
  }

  it('make no more sources than there is text', async () => {
    const bare = many((index) => ({ id: `urn:example:${index}`, type: ['Achievement'], name: 'a' }))
    const loose = many((index) => ({ type: ['Result'], alignment: skill(`${index}`) }))
    expect(await sourcesOf(bare, loose)).toBe(0)
    const [latin] = [exam('latin', { alignment: many((index) => skill(`${index}`)[0]) })]
    const { alignment: _, ...same } = points('latin', '80')
    expect(
      await sourcesOf(
        [latin],
        many(() => same),
      ),
    ).toBe(1001)
  })
})

describe('a result that is withheld', () => {
  it('leaves a skill and a step that are marked as of a part', async () => {
    const failed = { resultDescription: 'urn:example:state', status: 'Failed' } as const
    const state = { id: failed.resultDescription, name: 'State', resultType: 'Status' } as const
    const credential = badge({
      achievement: { ...achievement('Washes hands'), resultDescription: state },
      result: [failed],
    })
    const format = vcSdJwt({ disclosable: ['/credentialSubject/result/0'] })
    const whole = await issue({ credential, key: school, now, format })
    const claims = async (text: unknown) => {
      const report = await verify({ credential: text, now })
      expect(report.verdict).toBe('valid')
      const kept = JSON.parse(JSON.stringify(report))
      const achievements = [{ id: 'https://school.example/hygiene' }]
      const [step] = pathway({ report: kept, achievements, acceptIssuer: () => true })
      return [...skills(kept).flatMap(({ sources }) => sources), ...(step?.proofs ?? [])].map(({ isPart }) => isPart)
    }
    expect(await claims(whole)).toEqual([])
    expect(await claims(`${String(whole).split('~')[0]}~`)).toEqual([true, true])
    expect(await claims(await signedBadge({ achievement: achievement('Washes hands') }))).toEqual([
      undefined,
      undefined,
    ])
  })
})
