/**
 * Whatever is put beside records or into them (more records, endorsements, lists, altered copies), nothing that is not accepted becomes so, unless what
 * was added is itself verified and of somebody whom the policy asks for.
 */

import fc from 'fast-check'
import { digestOfJson, endorsement, trustList, verify } from 'testamur'
import { admissions, decide, employer, type Policy, recognition } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import {
  badge,
  challenge,
  college,
  copyOf,
  type Document,
  edit,
  learner,
  now,
  recordOf,
  school,
  signed,
  signedBadge,
  thief,
  withProof,
} from '../helpers/fixtures.ts'
import { listOf } from '../helpers/status.ts'

const trust = trustList({
  name: 'partners',
  issuers: { [school.controller]: 'School', [college.controller]: 'College' },
})
const unsigned = { ...badge(), issuer: school.controller } as unknown as Document
const good = await signed(unsigned)

const praise = (by: typeof school, more: object = {}, of: Document = unsigned): Promise<Document> => {
  const digestSRI = digestOfJson(of)
  const words = endorsement({ name: 'P', endorsed: String(of['id']), endorsementComment: 'Good.', digestSRI })
  return signed({ ...words, id: `urn:example:praise:${by.controller}`, issuer: by.controller, ...more }, by)
}
const genuine = await praise(college)
const foreign = { ...badge(), issuer: thief.controller } as unknown as Document

/** By which nothing may become accepted, and why not. */
const worthless: Readonly<Record<string, object>> = {
  'of a stranger': await signed(foreign, thief),
  'of a stranger, later': await signed({ ...foreign, validFrom: '2026-11-01T00:00:00Z' }, thief),
  'about somebody else': await signedBadge({ id: 'urn:example:3', recipient: { id: college.controller } }),
  'of nobody': edit(good, '/proof'),
  forged: edit(good, '/name', 'Surgery'),
  over: await signedBadge({ validUntil: '2026-10-01T00:00:00Z' }),
  'to come': await signedBadge({ validFrom: '2027-10-01T00:00:00Z' }),
  'a list': await listOf(),
  empty: await recordOf([]),
  boasting: await withProof(
    edit(edit(await recordOf([]), '/proof'), '/credentialSubject/achievement', [
      copyOf(badge().credentialSubject.achievement),
    ]),
    learner,
  ),
  'praise alone': genuine,
}

/** Endorsements that count for nothing. */
const empty: Readonly<Record<string, object>> = {
  'by its issuer': await praise(school),
  'by its learner': await praise(learner),
  'by a forger': edit(genuine, '/issuer', thief.controller),
  'changed since': edit(genuine, '/name', 'Q'),
  'that is over': await praise(college, { validFrom: '2026-09-01T00:00:00Z', validUntil: '2026-10-01T00:00:00Z' }),
  'of another version': await praise(college, {}, { ...unsigned, name: 'Surgery' }),
  'of something else': await praise(college, {}, { ...unsigned, id: 'urn:example:other' }),
  'that is none': good,
}

const policies: readonly Policy[] = [
  employer(),
  admissions(),
  employer({ tolerate: ['STATUS_UNAVAILABLE', 'SCHEMA_MISMATCH', 'RESULT_MISMATCH', 'RESULT_DANGLING'] }),
  employer({ endorsements: 1, looseEndorsements: true }),
  recognition({ endorsements: 1, trustedEndorsers: true, trustedIssuers: true }),
]

type Shape = 'credential' | 'record' | 'presentation' | 'presented record'

/** The records in one of the ways in which a learner, or a thief, can show them. */
async function show(shape: Shape, credentials: readonly object[], key: typeof school, endorsements: readonly object[]) {
  const options = { now, trust, endorsements }
  const whole = async () => {
    const { proof: _, ...record } = await recordOf(credentials)
    return withProof({ ...edit(record, '/credentialSubject/id', key.controller), issuer: key.controller }, key)
  }
  if (shape === 'credential') return verify({ credential: credentials[0] ?? {}, ...options })
  if (shape === 'record') return verify({ credential: await whole(), ...options })
  const presentation = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    holder: key.controller,
    verifiableCredential: shape === 'presentation' ? credentials : [await whole()],
  }
  const shown = await withProof(presentation, key, { purpose: 'authentication' })
  return verify({ presentation: shown, challenge, ...options })
}

const some = <T>(all: Readonly<Record<string, T>>, maxLength: number) =>
  fc.uniqueArray(fc.constantFrom(...Object.keys(all)), { maxLength })
const leaves = leavesOf(good, '')
const letters = fc.record({ path: fc.constantFrom(...leaves), value: fc.oneof(fc.string(), fc.constant(undefined)) })
const shapes = fc.constantFrom<Shape>('record', 'presentation', 'presented record')
const people = fc.constantFrom('learner', 'thief')
const keys = { learner, thief } as Record<string, typeof school>

function leavesOf(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, `${path}/${name}`))
}

const pick = (all: Readonly<Record<string, object>>, names: readonly string[]) => names.map((name) => all[name] ?? {})

describe('what is worth nothing', () => {
  it('is accepted in no number and no shape, nor any record with a letter altered', async () => {
    const altered = fc.array(letters, { maxLength: 1 })
    await fc.assert(
      fc.asyncProperty(
        shapes,
        people,
        some(worthless, 3),
        some(empty, 2),
        altered,
        async (shape, who, records, words, changes) => {
          const changed = changes.map(({ path, value }) => edit(good, path, value))
          fc.pre(changed.every((each) => JSON.stringify(each) !== JSON.stringify(good)))
          const credentials = [...pick(worthless, records), ...changed]
          // Around what cannot be canonicalised nobody can sign a record.
          const report = await show(shape, credentials, keys[who] as typeof school, pick(empty, words)).catch(
            () => undefined,
          )
          fc.pre(report !== undefined)
          for (const policy of policies) expect(decide(report, policy).decision).not.toBe('accept')
        },
      ),
      { numRuns: 60, seed: 20261129 },
    )
  })

  it('has nothing accepted that was not', async () => {
    const seen = { accept: 0, not: 0 }
    await fc.assert(
      fc.asyncProperty(
        shapes,
        people,
        some(worthless, 1),
        some(worthless, 2),
        some(empty, 2),
        fc.boolean(),
        async (shape, who, before, added, words, isEndorsed) => {
          const key = keys[who] as typeof school
          const base = [good, ...pick(worthless, before)]
          const known = isEndorsed ? [genuine] : []
          const first = await show(shape, base, key, known)
          const second = await show(shape, [...base, ...pick(worthless, added)], key, [...known, ...pick(empty, words)])
          for (const policy of policies) {
            const [was, is] = [first, second].map((report) => decide(report, policy).decision)
            seen[was === 'accept' ? 'accept' : 'not'] += 1
            if (was !== 'accept') expect([policy.name, is]).not.toEqual([policy.name, 'accept'])
          }
        },
      ),
      { numRuns: 50, seed: 20261129 },
    )
    expect(Math.min(seen.accept, seen.not)).toBeGreaterThan(10)
  })

  it('has nothing accepted that was not, each by itself', async () => {
    for (const shape of ['record', 'presentation', 'presented record'] as const) {
      const before = await show(shape, [good], learner, [])
      const refused = policies.filter((policy) => decide(before, policy).decision !== 'accept')
      expect(refused.length).toBeGreaterThan(1)
      const after = [
        ...Object.values(worthless).map((each) => show(shape, [good, each], learner, [])),
        ...Object.values(empty).map((each) => show(shape, [good], learner, [each])),
      ]
      for (const report of await Promise.all(after)) {
        for (const policy of refused) expect(decide(report, policy).decision).not.toBe('accept')
      }
    }
  })

  it('stands beside what is accepted, alone', async () => {
    for (const shape of ['credential', 'record', 'presentation', 'presented record'] as const) {
      const report = await show(shape, [good], learner, [genuine])
      const found = policies.map((policy) => decide(report, policy).decision)
      const isShown = shape.startsWith('present')
      expect(found).toEqual(['accept', isShown ? 'accept' : 'reject', 'accept', 'accept', 'accept'])
    }
  })
})
