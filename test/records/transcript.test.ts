/** A transcript of 33 courses verifies as a tree, and each thing that may be wrong in it is found and named. */

import { type CredentialReport, verify } from 'testamur'
import { checkEvidence } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { college, edit, judgePresentation, now, presented, recordOf, signed, thief } from '../helpers/fixtures.ts'
import { course, courseId, courses, paper, parts, praiseOf, programme, transcript } from '../helpers/transcript.ts'

const all = await courses()
const few = all.slice(0, 3)
const judge = (credential: unknown): Promise<CredentialReport> => verify({ credential, now })
const at = (index: number) => `/credentialSubject/verifiableCredential/${index}`
const nestedAt = (report: CredentialReport, index: number) => report.nested.find(({ path }) => path === at(index))

describe('a transcript of 33 courses', () => {
  it('verifies as a tree', async () => {
    const report = await judge(await transcript(all))
    expect(report.verdict).toBe('valid')
    expect(report.nested).toHaveLength(33)
    expect(report.nested.map((each) => each.report.verdict)).toEqual(all.map(() => 'valid'))
    const endorsements = report.nested.flatMap(({ report: inner }) => inner.nested)
    expect(endorsements.map(({ path, report: inner }) => `${path} ${inner.verdict}`)).toEqual(
      Array.from({ length: 11 }, () => '/endorsement/0 valid'),
    )
    const results = report.nested.flatMap(({ report: inner }) => inner.checks.filter(({ name }) => name === 'result'))
    expect(results.map(({ outcome }) => outcome)).toEqual(all.map(() => 'passed'))
  })

  it('has all its evidence', async () => {
    const results = await checkEvidence({
      report: await judge(await transcript(all)),
      open: (id) => paper(Number(/(\d+)\.txt/.exec(id)?.[1])),
    })
    expect(results.map(({ outcome }) => outcome)).toEqual(all.map(() => 'unchanged'))
    expect(results[4]).toMatchObject({ path: `${at(4)}/evidence/0`, name: 'Paper' })
  })
})

describe('what is wrong is found and named', () => {
  it('a child about another learner', async () => {
    const other = await signed(course(4, { recipient: { id: thief.controller } }))
    const record = await recordOf([...few, other])
    const report = await judge(record)
    expect(nestedAt(report, 3)?.report.checks).toContainEqual(
      expect.objectContaining({
        name: 'holder',
        outcome: 'skipped',
        message: expect.stringContaining(thief.controller),
      }),
    )
    expect(await judgePresentation(await presented([record]))).toEqual(['CONTENT_INVALID'])
  })

  it('a dangling association', async () => {
    const { proof: _, ...record } = await transcript(few)
    const report = await judge(
      await signed(edit(record, '/credentialSubject/association/1/targetId', 'urn:example:gone')),
    )
    expect(report.checks).toContainEqual(
      expect.objectContaining({
        name: 'association',
        outcome: 'skipped',
        path: '/credentialSubject/association/1/targetId',
        message: expect.stringContaining('urn:example:gone'),
      }),
    )
  })

  it('a cyclic association', async () => {
    const back = { associationType: 'isPartOf', sourceId: programme, targetId: courseId(1) } as const
    const report = await judge(await transcript(few, [...parts(3), back]))
    expect(report.checks).toContainEqual(expect.objectContaining({ code: 'ASSOCIATION_CYCLIC' }))
    expect(report.verdict).toBe('invalid')
  })

  it('a superseded child', async () => {
    const before = { ...course(1), validFrom: '2026-01-01T00:00:00Z', issuer: few[0]?.['issuer'] }
    const report = await judge(await transcript([await signed(before, college), ...few], parts(3)))
    expect(report.verdict).toBe('valid')
    expect(nestedAt(report, 0)?.supersededBy).toBe(at(1))
    expect(report.nested.filter(({ supersededBy }) => supersededBy !== undefined)).toHaveLength(1)
    expect(report.checks).toContainEqual(
      expect.objectContaining({
        name: 'contents',
        notes: [`${at(0)} is superseded: its issuer issued it anew, from a later time on, as ${at(1)}.`],
      }),
    )
  })

  it('an endorsement of something else', async () => {
    const stranger = await praiseOf({ id: 'urn:example:another' })
    const record = await recordOf([...few, await signed({ ...course(4), endorsement: [stranger] })])
    const report = await judge(record)
    expect(nestedAt(report, 3)?.report.checks).toContainEqual(
      expect.objectContaining({ code: 'ENDORSEMENT_MISMATCH', path: '/endorsement/0' }),
    )
    // It says nothing against the record, and is named where the verdict is.
    expect(report.verdict).toBe('valid')
    expect(report.checks.find(({ name }) => name === 'contents')?.notes).toEqual([
      expect.stringMatching(
        /^\/credentialSubject\/verifiableCredential\/3\/endorsement\/0: .*urn:example:another, which is neither/,
      ),
    ])
  })

  it('a result out of bounds', async () => {
    const wrong = edit(course(4), '/credentialSubject/result/0/value', '120')
    const report = await judge(await recordOf([...few, await signed(wrong)]))
    expect(nestedAt(report, 3)?.report.checks).toContainEqual(
      expect.objectContaining({
        code: 'RESULT_MISMATCH',
        path: '/credentialSubject/result/0/value',
        message: expect.stringContaining('120, which is out of bounds: it must be from 0 to 100'),
      }),
    )
    expect(report.verdict).toBe('invalid')
  })

  it('changed evidence', async () => {
    const results = await checkEvidence({
      report: await judge(await transcript(few)),
      open: (id) => (id.endsWith('/2.txt') ? 'Another paper.\n' : paper(Number(/(\d+)\.txt/.exec(id)?.[1]))),
    })
    expect(results.map(({ path, outcome }) => `${path} ${outcome}`)).toEqual([
      `${at(0)}/evidence/0 unchanged`,
      `${at(1)}/evidence/0 changed`,
      `${at(2)}/evidence/0 unchanged`,
    ])
  })
})
