/**
 * Attack: a value is put alone into a list, or into one beside `null`. To JSON-LD that is the same, so that the signature holds, while
 * programs that expect text read past a grade that is too low, what is needed to pass, or that a record is partial.
 */

import { isProblem, verify } from 'testamur'
import { english, toHtml } from 'testamur/html'
import { checkEvidence, decide, employer, mergeRecords, pathway, skills } from 'testamur/records'
import { describe, expect, it } from 'vitest'
import { badge, copyOf, type Document, edit, learner, now, recordOf, school, withProof } from '../helpers/fixtures.ts'
import { course, courseId } from '../helpers/transcript.ts'

const exam = 'https://school.example/exam'
const levels = ['poor', 'good'].map((name, index) => {
  return { id: `urn:example:${name}`, type: ['RubricCriterionLevel'], name, level: `${index}`, points: `${index}` }
})
const descriptions = {
  percent: { resultType: 'Percent', requiredValue: '60', valueMin: '0', valueMax: '100' },
  letter: { resultType: 'LetterGrade', requiredValue: 'C' },
  word: { resultType: 'Result', allowedValue: ['fair', 'good', 'best'], requiredValue: 'good' },
  rubric: { resultType: 'RubricCriterionLevel', requiredLevel: 'urn:example:good', rubricCriterionLevel: levels },
  state: { resultType: 'Status' },
}

/** A badge with a result of one of the descriptions. */
async function badgeWith(name: keyof typeof descriptions, result: object): Promise<Document> {
  const document = copyOf(badge())
  const id = `urn:example:${name}`
  const achievement = {
    id: exam,
    type: ['Achievement'],
    name: 'Exam',
    description: 'd',
    criteria: { narrative: 'c' },
    tag: ['exam'],
    resultDescription: { id, type: ['ResultDescription'], name, ...descriptions[name] },
  }
  const results = { type: ['Result'], resultDescription: id, ...result }
  const subject = { ...(document['credentialSubject'] as object), achievement, result: results }
  return withProof({ ...document, issuer: school.controller, credentialSubject: subject })
}

/** Pointers to every text, number and truth value below a place. */
function leavesIn(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, each]) => leavesIn(each, `${path}/${name}`))
}

function valueAt(document: Document, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((at, step) => (at as Document)[step], document)
}

/** What is decided on a credential, and what its page says of the grade. */
async function judge(credential: Document) {
  const report = await verify({ credential, now })
  const { decision } = decide(report, employer({ trustedIssuers: false }))
  const steps = pathway({ report, achievements: [exam, courseId(1)].map((id) => ({ id })), acceptIssuer: () => true })
  const found = skills(report).map(({ id, sources }) => [id, ...sources.map(({ value }) => value)])
  const evidence = await checkEvidence({ report, open: async () => 'another' })
  const page = toHtml({ report })
  return {
    verdict: report.verdict,
    codes: report.checks.filter(isProblem).map(({ code }) => code),
    decision,
    states: steps.map(({ state }) => state),
    found,
    evidence: evidence.map(({ outcome }) => outcome),
    partial: mergeRecords({ reports: [report] }).partial,
    notes: report.checks.flatMap(({ name, notes = [] }) => (name === 'contents' ? notes : [])),
    caution: page.includes(english.words.partial),
    table: /<td>.*?<\/td>\n<td>.*?<\/td>/s.exec(page)?.[0],
  }
}

const records: Readonly<Record<string, Document>> = {
  'too few per cent': await badgeWith('percent', { value: '40' }),
  'more than the most': await badgeWith('percent', { value: '140' }),
  'a bad letter': await badgeWith('letter', { value: 'F' }),
  'a bad word': await badgeWith('word', { value: 'fair' }),
  'a low level': await badgeWith('rubric', { achievedLevel: 'urn:example:poor' }),
  failed: await badgeWith('state', { status: 'Failed' }),
  'a good grade': await badgeWith('percent', { value: '80', status: 'Completed' }),
  'a good level': await badgeWith('rubric', { achievedLevel: 'urn:example:good' }),
  'evidence that was exchanged': await withProof({ ...course(1), issuer: school.controller }),
}
const { proof: _, ...own } = await recordOf([])
const clr = async (more: object) =>
  withProof(edit({ ...own, ...more }, '/credentialSubject/verifiableCredential'), learner)
const loop = ['isPartOf', 'isParentOf'].map((associationType) => {
  return { type: ['Association'], associationType, sourceId: 'urn:example:1', targetId: 'urn:example:2' }
})
const subject = { id: learner.controller, type: ['ClrSubject'], association: loop }
const all = {
  ...records,
  'a partial record': await clr({ partial: true }),
  'associations in a circle': await clr({ credentialSubject: subject }),
}

describe.each(Object.entries(all))('%s', (_name, record) => {
  const places = ['credentialSubject', 'evidence', 'partial'].flatMap((name) =>
    record[name] === undefined ? [] : leavesIn(record[name], `/${name}`),
  )

  it('is the same with any value alone in a list, or the signature does not hold', async () => {
    const whole = await judge(record)
    let held = 0
    for (const path of places) {
      const value = valueAt(record, path)
      for (const spelling of [[value], [null, value]]) {
        const judged = await judge(edit(record, path, spelling))
        const isRefused = judged.codes.some((code) =>
          /^(PROOF_INVALID|NOT_COMPACTED|TERM_UNDEFINED|\w+_MALFORMED)$/.test(code),
        )
        if (isRefused) continue
        held += 1
        expect({ path, ...judged }).toEqual({ path, ...whole })
      }
    }
    expect(held).toBeGreaterThan(0)
  })
})

it('says of each record what it should', async () => {
  const judged = await Promise.all(Object.values(all).map(judge))
  expect(judged.map(({ verdict, states, caution }) => [verdict, ...states, caution].join(' '))).toEqual([
    'valid next next false',
    'invalid next next false',
    'valid next next false',
    'valid next next false',
    'valid next next false',
    'valid next next false',
    'valid proved next false',
    'valid proved next false',
    'valid next proved false',
    'valid next next true',
    'invalid next next false',
  ])
})
