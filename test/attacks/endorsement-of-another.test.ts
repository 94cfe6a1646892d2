/** Attack: somebody's praise of one thing is put into a record of another, or into another version of the same. */

import { createHash } from 'node:crypto'
import { base58btc } from 'multiformats/bases/base58'
import { type CredentialInput, digestOfJson, endorsement, issue, isWarning, vcJwt, vcSdJwt, verify } from 'testamur'
import { describe, expect, it } from 'vitest'
import { badge, college, type Document, edit, now, school, signed, thief, warningsOf } from '../helpers/fixtures.ts'

const record = { ...badge(), issuer: { id: school.controller, type: ['Profile'], name: 'Shore School' } }
const achievement = record.credentialSubject.achievement
const id = record.id as string

function praise(endorsed: string, more: object = {}): Promise<Document> {
  return signed({ ...endorsement({ name: 'Praise', endorsed, endorsementComment: 'Good.' }), ...more }, college)
}

const onBadge = async (given: object) => signed({ ...record, endorsement: [given] })
const onAchievement = async (given: object) =>
  signed(edit(record, '/credentialSubject/achievement/endorsement', [given]))

describe('an endorsement of something else', () => {
  it.each([
    ['at the badge', onBadge, '/endorsement/0'],
    ['at its achievement', onAchievement, '/credentialSubject/achievement/endorsement/0'],
  ])('%s is named, and says nothing against it', async (_name, put, path) => {
    const report = await verify({ credential: await put(await praise('urn:example:another')), now })
    expect(report.checks.filter(isWarning)).toEqual([expect.objectContaining({ code: 'ENDORSEMENT_MISMATCH', path })])
    expect(report.verdict).toBe('valid')
  })

  it('does not become right by an id inside another credential', async () => {
    const other = await signed({ ...badge(), id: 'urn:example:another' })
    const both = await signed({ ...record, endorsement: [await praise('urn:example:another'), other] })
    expect(await warningsOf(both)).toEqual(['ENDORSEMENT_MISMATCH', 'ENDORSEMENT_MISMATCH'])
  })
})

describe('an endorsement', () => {
  it.each([
    ['of the badge', id],
    ['of its achievement', achievement.id],
    ['of its issuer', school.controller],
  ])('%s is good', async (_name, endorsed) => {
    expect(await warningsOf(await onBadge(await praise(endorsed)))).toEqual([])
  })

  it('is told with who endorses what, in the record and as JWT', async () => {
    const text = endorsement({ name: 'Praise', endorsed: achievement.id, digestSRI: digestOfJson(achievement) })
    const jwt = await issue({ credential: text, key: thief, now, format: vcJwt() })
    const both = await signed({ ...record, endorsement: [await praise(id)], endorsementJwt: [jwt] })
    const report = await verify({ credential: both, now })
    expect(report.verified).toBe(true)
    const told = report.checks.filter(({ name }) => name === 'endorsement')
    expect(told.map(({ path, message }) => `${path} ${message}`)).toEqual([
      `/endorsement/0 ${college.controller} endorses the credential ${id}, by its id alone, whatever it says.`,
      `/endorsementJwt/0 ${thief.controller} endorses the achievement ${achievement.id}, in the version that is here.`,
    ])
  })

  it('of what is withheld cannot be judged, and is seen', async () => {
    const credential = { ...record, endorsement: [await praise(achievement.id)] } as unknown as CredentialInput
    const format = vcSdJwt({ disclosable: ['/credentialSubject/achievement'] })
    const text = await issue({ credential, key: school, format, now, conformance: 'noted' })
    const outcomeOf = async (shown: string) => {
      const report = await verify({ credential: shown, now })
      return [report.verdict, report.checks.find(({ name }) => name === 'endorsement')?.outcome]
    }
    expect(await outcomeOf(text)).toEqual(['valid', 'passed'])
    expect(await outcomeOf(`${text.split('~')[0]}~`)).toEqual(['valid', 'skipped'])
  })

  it('that is bad in itself is told as that', async () => {
    const forged = edit(await praise('urn:example:another'), '/name', 'Great praise')
    expect(await warningsOf(await onBadge(forged))).toEqual(['ENDORSEMENT_INVALID'])
  })
})

describe('a digest', () => {
  const related = (more: object) => ({ relatedResource: [{ id: achievement.id, ...more }] })
  const multibase = base58btc.encode(
    Uint8Array.from([0x12, 32, ...Buffer.from(digestOfJson(achievement).slice('sha256-'.length), 'base64')]),
  )
  const sha384 = createHash('sha384').update('{}').digest('base64')

  it.each([
    ['digestSRI', { digestSRI: digestOfJson(achievement) }],
    ['digestMultibase', { digestMultibase: multibase }],
  ])('as %s of what is there is good', async (_name, digest) => {
    const report = await verify({ credential: await onAchievement(await praise(achievement.id, related(digest))), now })
    expect(report.verdict).toBe('valid')
    expect(report.checks).toContainEqual(
      expect.objectContaining({ name: 'endorsement', message: expect.stringContaining('version that is here') }),
    )
  })

  it.each([
    ['digestSRI', { digestSRI: digestOfJson({ ...achievement, name: 'Welding, level 3' }) }],
    ['digestMultibase', { digestMultibase: `${multibase.slice(0, -1)}${multibase.endsWith('1') ? '2' : '1'}` }],
    ['digestSRI beside a good one', { digestSRI: `${digestOfJson(achievement)} sha384-${sha384}` }],
    ['digestSRI of an unknown function', { digestSRI: 'md5-1B2M2Y8AsgTpgAmY7PhCfg==' }],
  ])('as %s of another version is undecided', async (_name, digest) => {
    expect(await warningsOf(await onAchievement(await praise(achievement.id, related(digest))))).toEqual([
      'DIGEST_MISMATCH',
    ])
  })

  it('of another thing decides nothing', async () => {
    const other = { relatedResource: [{ id: 'https://school.example/plan.pdf', digestSRI: digestOfJson({}) }] }
    expect(await warningsOf(await onBadge(await praise(id, other)))).toEqual([])
  })
})
