import { assembleClr, verify } from 'testamur'
import { extractRecords, mergeRecords } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import {
  challenge,
  codesOf,
  college,
  type Document,
  edit,
  learner,
  now,
  presented,
  recordOf,
  school,
  signed,
} from '../helpers/fixtures.ts'
import { jwtBadge } from '../helpers/jwt.ts'
import { course, courseId, courses, parts, praiseOf, programme, transcript } from '../helpers/transcript.ts'

const all = await courses()
const check = (credential: unknown) => verify({ credential, now })
const few = all.slice(0, 3)
const record = await transcript(few)
const report = await check(record)
const ids = (credentials: readonly { readonly id?: unknown }[]) => credentials.map(({ id }) => id)
const award = (number: number) => `urn:example:award-${number}`

async function clrOf({
  reports,
  more = {},
}: {
  readonly reports: Parameters<typeof mergeRecords>[0]['reports']
  more?: object
}) {
  const { credentials, achievement, association, partial } = mergeRecords({ reports })
  const parts = { credentials, achievement, association, partial }
  return signed(assembleClr({ name: 'Merged', learner: { id: learner.controller }, ...parts, ...more }))
}

describe('mergeRecords', () => {
  it('makes one record of two, each credential once', async () => {
    const other = await check(
      await transcript(
        all.slice(2, 5).map((each) => each),
        [],
      ),
    )
    const merged = mergeRecords({ reports: [report, other] })
    expect(ids(merged.credentials)).toEqual([1, 2, 3, 4, 5].map(award))
    expect(merged).toMatchObject({ superseded: [], disputed: [], unverified: [], partial: false })
    expect(merged.achievement.map(({ id }) => id)).toEqual([programme])
    expect(merged.association).toEqual(parts(3))
    const again = await check(await clrOf({ reports: [report, other] }))
    expect(codesOf(again)).toEqual(['valid'])
    expect(again.nested).toHaveLength(5)
  })

  it('extends a record by a credential, in the same version of the same id', async () => {
    const badge = await check(all[3])
    const id = (record as { id: string }).id
    const extended = await clrOf({ reports: [report, badge], more: { id, validFrom: '2026-11-22T12:30:00Z' } })
    const later = await verify({ credential: extended, now: new Date('2026-11-22T13:00:00Z') })
    expect(later.nested).toHaveLength(4)
    const both = await check(await recordOf([record, all[3] as Document]))
    expect(mergeRecords({ reports: [both] }).credentials).toHaveLength(4)
  })

  it('takes nothing on the word of a record of which there is a later version', async () => {
    const { proof: _, ...text } = record
    const [from, to] = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z']
    const older = await check(await signed({ ...text, validFrom: from }))
    const name = '/credentialSubject/achievement/0/name'
    const anew = await check(await signed({ ...edit(text, name, 'Botany'), validFrom: to }))
    for (const reports of [
      [older, anew],
      [anew, older],
    ]) {
      expect(mergeRecords({ reports }).achievement).toMatchObject([{ name: 'Botany' }])
    }
    const bare = edit(edit(text, '/credentialSubject/achievement'), '/credentialSubject/association')
    const without = await check(await signed({ ...bare, validFrom: to }))
    expect(mergeRecords({ reports: [older, without] })).toMatchObject({ achievement: [], association: [] })
  })

  it('lets the later start of validity win, and names the other', async () => {
    const older = await signed({ ...course(1), validFrom: '2026-01-01T00:00:00Z', issuer: college.controller }, college)
    for (const reports of [
      [await check(older), report],
      [report, await check(older)],
    ]) {
      const merged = mergeRecords({ reports })
      expect(ids(merged.credentials).sort()).toEqual([1, 2, 3].map(award))
      expect(merged.superseded).toHaveLength(1)
      expect(merged.superseded[0]?.credential).toMatchObject({ id: award(1), validFrom: '2026-01-01T00:00:00Z' })
      expect(merged.superseded[0]?.by).toMatchObject({ id: award(1), validFrom: '2026-06-30T00:00:00Z' })
    }
  })

  it('keeps both where two of one time say different things, and names them', async () => {
    const other = await check(await signed({ ...course(1), name: 'Another name', issuer: college.controller }, college))
    const merged = mergeRecords({ reports: [report, other] })
    expect(merged.credentials).toHaveLength(4)
    expect(merged.disputed.map(({ credential, by }) => [credential['name'], by['name']])).toEqual([
      ['Another name', 'Course 1'],
    ])
  })

  it('takes the same id of another issuer for another credential', async () => {
    const other = await check(await signed({ ...course(1), issuer: school.controller }, school))
    expect(mergeRecords({ reports: [report, other] }).credentials).toHaveLength(4)
  })

  it('leaves out what was not verified, and says so', async () => {
    const broken = await recordOf([few[0] as Document, edit(few[1] as Document, '/name', 'x')])
    const merged = mergeRecords({ reports: [await check(broken), await check(edit(few[2] as Document, '/name', 'x'))] })
    expect(ids(merged.credentials)).toEqual([award(1)])
    expect(merged.unverified).toEqual([
      { report: 0, path: '' },
      { report: 0, path: '/credentialSubject/verifiableCredential/1' },
      { report: 1, path: '' },
    ])
  })

  it('leaves out associations with an end that is not at hand, and what an unverified record says of itself', async () => {
    const { proof: _, ...unsigned } = record
    const dangling = edit(unsigned, '/credentialSubject/association/0/targetId', 'urn:example:gone')
    expect(mergeRecords({ reports: [await check(await signed(dangling))] }).association).toEqual(parts(3).slice(1))
    const forged = mergeRecords({ reports: [await check(edit(record, '/name', 'x'))] })
    expect(forged).toMatchObject({ credentials: [], achievement: [], association: [] })
  })

  it('opens presentations and records within records, and takes no endorsement for a record', async () => {
    const held = await verify({ presentation: await presented([await recordOf([record])]), challenge, now })
    const praise = await check(await praiseOf(few[0] as Document))
    expect(praise.verified).toBe(true)
    expect(ids(mergeRecords({ reports: [held, praise] }).credentials)).toEqual([1, 2, 3].map(award))
  })

  it('carries on that a record is partial', async () => {
    const { proof: _, ...unsigned } = record
    const partial = await check(await signed({ ...unsigned, partial: true }))
    expect(partial.checks).toContainEqual(
      expect.objectContaining({
        name: 'contents',
        notes: ['It is partial: there is more about the learner than it holds.'],
      }),
    )
    expect(await clrOf({ reports: [partial, report] })).toMatchObject({ partial: true })
  })

  it('gives a JWT on as that JWT', async () => {
    const text = await jwtBadge()
    const jwt = await check(text)
    const merged = await clrOf({ reports: [jwt, report] })
    expect(JSON.stringify(merged)).toContain(text)
  })

  it.each([{}, { reports: {} }, { reports: [{}] }, { reports: [], more: 1 }])('refuses %j', (options) => {
    expect(() => mergeRecords(options as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})

describe('extractRecords', () => {
  it('takes out what verifies by itself', async () => {
    const found = extractRecords({ report, ids: [courseId(2), award(3), programme, 'urn:example:none'] })
    expect(ids(found.credentials)).toEqual([award(2), award(3)])
    expect(found).toMatchObject({ unsecured: [programme], missing: ['urn:example:none'] })
    for (const credential of found.credentials) expect(codesOf(await check(credential))).toEqual(['valid'])
    const part = {
      name: 'Two courses',
      learner: { id: learner.controller },
      credentials: found.credentials,
      partial: true,
    }
    expect(codesOf(await check(await signed(assembleClr(part))))).toEqual(['valid'])
  })

  it('takes nothing out of what is not verified', async () => {
    const broken = await check(await recordOf([few[0] as Document, edit(few[1] as Document, '/name', 'x')]))
    const found = extractRecords({ report: broken, ids: [courseId(1), courseId(2)] })
    expect(ids(found.credentials)).toEqual([award(1)])
    expect(found.missing).toEqual([courseId(2)])
  })

  it.each([{}, { report: {}, ids: [] }, { report, ids: 'a' }, { report, ids: [1] }])('refuses %#', (options) => {
    expect(() => extractRecords(options as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})
