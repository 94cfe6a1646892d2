/** Reports that were kept and then damaged, shown to every function that takes one: it works, or says what is wrong and where. */

import { endorsement, isCredentialError, verify } from 'testamur'
import { toHtml } from 'testamur/html'
import { checkEvidence, decide, employer, extractRecords, mergeRecords, pathway, skills } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { assertReport } from '../../src/records/assert-report.ts'
import {
  challenge,
  college,
  copyOf,
  type Document,
  edit,
  now,
  presented,
  recordOf,
  signed,
  signedBadge,
} from '../helpers/fixtures.ts'

const praise = endorsement({
  name: 'Praise',
  endorsed: String((await signedBadge())['id']),
  endorsementComment: 'Good.',
  validFrom: '2026-10-01T00:00:00Z',
})
const record = await recordOf([await signedBadge()])
const kept: Readonly<Record<string, Document>> = {
  'of a record': copyOf(await verify({ credential: record, now, endorsements: [await signedBadge()] })),
  'of a presentation': copyOf(
    await verify({ presentation: await presented([await signedBadge(), record]), challenge, now }),
  ),
  'of an endorsed badge whose issuer a registry knows': copyOf(
    await verify({
      credential: await signedBadge(),
      endorsements: [await signed(praise, college)],
      trust: async () => ({ registry: 'Schools', name: 'Northfield', chain: [{ by: 'Ministry', about: 'Schools' }] }),
      now,
    }),
  ),
  'of two versions': copyOf(
    await verify({
      credential: await recordOf([await signedBadge(), await signedBadge({ validFrom: '2026-09-02T00:00:00Z' })]),
      now,
    }),
  ),
  'of a forgery': copyOf(await verify({ credential: edit(record, '/name', 'Other'), now })),
}

const readers: Readonly<Record<string, (report: never) => unknown>> = {
  toHtml: (report) => toHtml({ report }),
  decide: (report) => decide(report, employer({ statusChecked: true, endorsements: 1 })),
  skills: (report) => skills(report),
  pathway: (report) => pathway({ report, achievements: [], acceptIssuer: () => true }),
  checkEvidence: (report) => checkEvidence({ report, open: async () => undefined }),
  mergeRecords: (report) => mergeRecords({ reports: [report] }),
  extractRecords: (report) => extractRecords({ report, ids: [] }),
}

/** Pointers to everything in a report but what strangers wrote in it. */
function placesIn(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path]
  if (/\/(unverified|credential|presentation)$/.test(path)) return [path]
  return [path, ...Object.entries(value).flatMap(([name, each]) => placesIn(each, `${path}/${name}`))]
}

describe.each(Object.entries(kept))('a report %s', (_, report) => {
  it.each(Object.keys(readers))('as it was kept is taken by %s', async (name) => {
    assertReport(name, report)
    await readers[name]?.(report as never)
  })

  it('that is damaged somewhere is taken or refused, by each function, and nothing else is thrown', async () => {
    let refused = 0
    for (const path of placesIn(report).slice(1)) {
      for (const other of [undefined, null, 7, 'text', [], {}, [null], [7], { 0: 1 }, { toString: 1 }]) {
        const damaged = edit(report, path, other)
        for (const [name, read] of Object.entries(readers)) {
          try {
            await read(damaged as never)
          } catch (error) {
            refused += 1
            expect([path, name, error]).toEqual([path, name, expect.objectContaining({ code: 'OPTION_INVALID' })])
            expect(isCredentialError(error) && error.message).toMatch(
              new RegExp(`^${name}: report must be what verify`),
            )
          }
        }
      }
    }
    expect(refused).toBeGreaterThan(100)
  })
})

it.each([
  [
    '/nested/0/report/verdict',
    'fine',
    'decide: report must be what verify returned; at /nested/0/report the verdict is none',
  ],
  ['/nested/0/report/verified', false, 'at /nested/0/report verified and verdict do not agree'],
  ['/endorsements/0/checks/0/outcome', 'ok', 'at /endorsements/0 the checks are no list of checks'],
  ['/issuer', undefined, 'returned; there is no issuer'],
  ['/kind', 'badge', 'returned; the kind is neither credential nor presentation'],
])('says what is wrong, and where: %s', (path, value, message) => {
  expect(() => assertReport('decide', edit(kept['of a record'] as Document, path, value))).toThrow(message)
})

it('takes no endorsement whose endorser may be the one who issued', () => {
  const endorsed = kept['of an endorsed badge whose issuer a registry knows'] as Document
  const at = (endorsed['checks'] as { name: string }[]).findIndex(({ name }) => name === 'endorsement')
  expect(endorsed['checks']).toContainEqual(expect.objectContaining({ name: 'endorsement', outcome: 'passed' }))
  for (const value of [undefined, 'no', 0]) {
    const damaged = edit(endorsed, `/checks/${at}/endorsement/isOwnWord`, value)
    expect(() => decide(damaged as never, employer({ endorsements: 1, looseEndorsements: true }))).toThrow(
      'no list of checks',
    )
  }
})

it('ends where reports are nested without end', () => {
  const endless = { kind: 'credential', verdict: 'invalid', verified: false, checks: [], nested: [] as unknown[] }
  endless.nested.push({ path: '/a', report: endless })
  expect(() => assertReport('skills', endless)).toThrow('nested deeper than 64 levels')
})
