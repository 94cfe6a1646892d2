import { type OpenBadgeInput, verify } from 'testamur'
import { type Skill, skills } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import {
  badge,
  challenge,
  type Document,
  edit,
  learner,
  now,
  presented,
  recordOf,
  school,
  signed,
  signedBadge,
  thief,
} from '../helpers/fixtures.ts'
import { course, courses, praiseOf, transcript } from '../helpers/transcript.ts'

const item = {
  targetName: 'Plots data',
  targetUrl: 'https://case.example/ims/case/v1p0/CFItems/7',
  targetType: 'CFItem',
} as const
const level = (name: string) => ({
  id: `urn:example:level:${name}`,
  name,
  alignment: { ...item, targetUrl: `https://case.example/${name}` },
})
const achievement: OpenBadgeInput['achievement'] = {
  id: 'https://school.example/statistics',
  name: 'Statistics',
  description: 'Plots data.',
  criteria: 'Wrote a report.',
  alignment: [
    { ...item, targetCode: 'S.7', targetFramework: 'State standards', targetDescription: 'Represents data.' },
  ],
  tag: ['Data  Literacy', 'data literacy', ' '],
  resultDescription: [
    {
      id: 'urn:example:points',
      name: 'Points',
      resultType: 'RawScore',
      requiredValue: '50',
      alignment: { ...item, targetUrl: 'https://case.example/points' },
    },
    {
      id: 'urn:example:rubric',
      name: 'Rubric',
      resultType: 'RubricCriterionLevel',
      rubricCriterionLevel: [level('begun'), level('mastered')],
    },
    { id: 'urn:example:state', name: 'State', resultType: 'Status' },
  ],
}
const of = async (more: Partial<OpenBadgeInput> = {}) =>
  skills(await verify({ credential: await signedBadge({ achievement, ...more }), now }))
const ids = (found: readonly Skill[]) => found.map(({ id }) => id)
const always = [item.targetUrl, 'tag:data literacy']

describe('skills', () => {
  it('says who says so, how, since when, by what evidence', async () => {
    const [skill] = await of({
      issuer: { id: school.controller, name: 'Shore School' },
      validUntil: '2030-01-01T00:00:00Z',
      evidence: [{ id: 'https://school.example/report.csv', name: 'Report' }, { narrative: 'A talk.' }],
    })
    const words = {
      name: 'Plots data',
      code: 'S.7',
      framework: 'State standards',
      description: 'Represents data.',
    }
    expect(skill).toEqual({
      id: item.targetUrl,
      kind: 'case',
      ...words,
      learner: learner.controller,
      sources: [
        {
          ...words,
          path: '',
          issuer: school.controller,
          issuerName: 'Shore School',
          isOwnWord: false,
          how: 'achievement',
          achievement: { id: 'https://school.example/statistics', name: 'Statistics' },
          evidence: [{ id: 'https://school.example/report.csv', name: 'Report' }, {}],
          since: '2026-09-01T00:00:00Z',
          until: '2030-01-01T00:00:00Z',
          endorsedBy: [],
        },
      ],
    })
    expect(JSON.parse(JSON.stringify(skill))).toEqual(skill)
  })

  it('takes alignments, tags in any spelling, and nothing twice', async () => {
    const found = await of()
    expect(ids(found)).toEqual(always)
    expect(found[1]).toMatchObject({ kind: 'tag', name: 'Data Literacy' })
  })

  it('takes those of results and of levels that were reached, and no others', async () => {
    expect(ids(await of({ result: { resultDescription: 'urn:example:points', value: '60' } }))).toContain(
      'https://case.example/points',
    )
    expect(ids(await of({ result: { resultDescription: 'urn:example:points', value: '49' } }))).toEqual([])
    const found = await of({
      result: { resultDescription: 'urn:example:rubric', achievedLevel: 'urn:example:level:mastered' },
    })
    expect(ids(found)).toEqual([item.targetUrl, 'https://case.example/mastered', 'tag:data literacy'])
    expect(found[1]?.sources[0]).toMatchObject({ how: 'level', level: 'mastered' })
    const own = await of({ result: { value: 'A', alignment: { ...item, targetUrl: 'https://case.example/own' } } })
    expect(own[1]?.sources[0]).toMatchObject({ how: 'result', value: 'A' })
  })

  it.each(['InProgress', 'Failed', 'Withdrew', 'Enrolled', 'OnHold', 'Provisional'] as const)(
    'takes nothing of what is %s',
    async (status) => {
      expect(await of({ result: { resultDescription: 'urn:example:state', status } })).toEqual([])
    },
  )

  it('takes what is completed', async () => {
    expect(ids(await of({ result: { resultDescription: 'urn:example:state', status: 'Completed' } }))).toEqual(always)
  })

  it.each([
    ['http://data.europa.eu/esco/skill/1', undefined, 'esco'],
    ['https://data.europa.eu/esco/skill/1', undefined, 'esco'],
    ['https://x.example/1', 'CFItem', 'case'],
    ['https://x.example/ims/case/v1p0/CFItems/1', undefined, 'case'],
    ['https://x.example/1', 'ceasn:Competency', 'ctdl'],
    ['https://credentialengineregistry.org/resources/ce-1', undefined, 'ctdl'],
    ['https://x.example/1', undefined, 'other'],
  ] as const)('%s (%s) is of %s', async (targetUrl, targetType, kind) => {
    const alignment = { targetName: 'x', targetUrl, ...(targetType && { targetType }) }
    expect((await of({ achievement: { ...achievement, alignment } }))[0]?.kind).toBe(kind)
  })

  it('knows one skill of ESCO by either spelling of its address', async () => {
    const alignment = ['http', 'https'].map((scheme) => ({
      targetName: 'x',
      targetUrl: `${scheme}://data.europa.eu/esco/skill/1`,
    }))
    expect(ids(await of({ achievement: { ...achievement, alignment, tag: [] } }))).toEqual([
      'http://data.europa.eu/esco/skill/1',
    ])
  })

  it('gathers the sources of a transcript, and who endorses them', async () => {
    const found = skills(await verify({ credential: await transcript(await courses()), now }))
    expect(found.map(({ id, sources }) => [id, sources.length])).toEqual([
      ['https://case.example/items/1', 7],
      ['tag:biology', 33],
      ['https://case.example/items/2', 7],
      ['https://case.example/items/3', 7],
      ['https://case.example/items/4', 6],
      ['https://case.example/items/0', 6],
    ])
    const endorsed = found[1]?.sources.filter(({ endorsedBy }) => endorsedBy.includes(thief.controller))
    expect(endorsed).toHaveLength(11)
  })

  it('counts no endorsement of something else in the record', async () => {
    const unsigned: Document = { ...course(1), issuer: school.controller }
    const { relatedResource: _, proof: __, ...praise } = await praiseOf({ ...unsigned, id: school.controller })
    const report = await verify({
      credential: await signed({ ...unsigned, endorsement: [await signed(praise, thief)] }),
      now,
    })
    expect(report.verified).toBe(true)
    expect(skills(report)[0]?.sources[0]?.endorsedBy).toEqual([])
  })

  it('says nothing of what is not verified, superseded, or about something else', async () => {
    const forged = edit(await signedBadge({ achievement }), '/name', 'x')
    expect(skills(await verify({ credential: forged, now }))).toEqual([])
    const one = await signed({ ...course(1), validFrom: '2026-01-01T00:00:00Z' })
    const bare = edit(course(1), '/credentialSubject/achievement/alignment')
    const later = await signed(edit(bare, '/credentialSubject/achievement/tag'))
    expect(skills(await verify({ credential: await recordOf([one, later]), now }))).toEqual([])
    const part = await verify({ credential: await recordOf([one, forged]), now })
    expect(part.verified).toBe(false)
    expect(ids(skills(part))).toEqual(['https://case.example/items/1', 'tag:biology'])
  })

  it('does not mix learners, and tells what a learner says of themselves', async () => {
    const other = await signedBadge({ achievement, id: 'urn:example:2', recipient: { id: thief.controller } })
    const own = await signed({ ...badge({ achievement, id: 'urn:example:3' }), issuer: learner.controller }, learner)
    const found = skills(await verify({ credential: await recordOf([other, own]), now }))
    expect(
      found
        .filter(({ id }) => id === item.targetUrl)
        .map(({ learner: whose, sources }) => [whose, sources[0]?.isOwnWord]),
    ).toEqual([
      [thief.controller, false],
      [learner.controller, true],
    ])
  })

  it('reads a presentation, and a report that was kept', async () => {
    const report = await verify({ presentation: await presented([await signedBadge({ achievement })]), challenge, now })
    const found = skills(JSON.parse(JSON.stringify(report)))
    expect(found).toEqual(skills(report))
    expect(found[0]?.sources[0]?.path).toBe('/credentials/0')
  })

  it('refuses what is no report', () => {
    expect(() => skills({} as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})
