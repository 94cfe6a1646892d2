/** A transcript: 33 courses of one learner from two issuers, each with a grade and evidence, some endorsed, in one record. */

import {
  type AssociationInput,
  assembleClr,
  digestOfJson,
  endorsement,
  type OpenBadgeInput,
  openBadge,
  verify,
} from 'testamur'
import { college, type Document, learner, now, school, signed, thief } from './fixtures.ts'

export const programme = 'https://school.example/programmes/marine-biology'
export const courseId = (number: number): string => `https://school.example/courses/${number}`
export const gradeId = (number: number): string => `${courseId(number)}#grade`
/** The report that a course's evidence is. */
export const paper = (number: number): string => `The paper of course ${number}.\n`

/** One course, unsigned. */
export function course(number: number, more: Partial<OpenBadgeInput> = {}): Document {
  return openBadge({
    id: `urn:example:award-${number}`,
    name: `Course ${number}`,
    recipient: { id: learner.controller },
    validFrom: '2026-06-30T00:00:00Z',
    achievement: {
      id: courseId(number),
      name: `Course ${number}`,
      description: 'One term.',
      criteria: 'Wrote a paper.',
      achievementType: 'Course',
      resultDescription: {
        id: gradeId(number),
        name: 'Points',
        resultType: 'RawScore',
        valueMin: '0',
        valueMax: '100',
      },
      alignment: [
        {
          targetName: `Skill ${number % 5}`,
          targetUrl: `https://case.example/items/${number % 5}`,
          targetType: 'CFItem',
        },
      ],
      tag: ['biology'],
    },
    result: { resultDescription: gradeId(number), value: String(60 + number) },
    evidence: { id: `https://school.example/papers/${number}.txt`, name: 'Paper', content: paper(number) },
    ...more,
  }) as unknown as Document
}

/** Every third course is endorsed by somebody else, in the version that is there; odd ones are by the college. */
export async function courses(): Promise<readonly Document[]> {
  const numbers = Array.from({ length: 33 }, (_, index) => index + 1)
  return Promise.all(
    numbers.map(async (number) => {
      const key = number % 2 ? college : school
      const unsigned = { ...course(number), issuer: key.controller }
      if (number % 3) return signed(unsigned, key)
      return signed({ ...unsigned, endorsement: [await praiseOf(unsigned)] }, key)
    }),
  )
}

/** Praise by somebody else, of this version or of another thing. */
export async function praiseOf(endorsed: Document, more: object = {}): Promise<Document> {
  const digestSRI = digestOfJson(endorsed)
  const praise = endorsement({
    name: 'Praise',
    endorsed: endorsed['id'] as string,
    endorsementComment: 'Good.',
    digestSRI,
  })
  return signed({ ...praise, ...more }, thief)
}

/** The record of the learner over these credentials, as the school signs it. */
export async function transcript(
  credentials: readonly Document[],
  association: readonly AssociationInput[] = parts(credentials.length),
): Promise<Document> {
  const reports = await Promise.all(credentials.map((credential) => verify({ credential, now })))
  const clr = assembleClr({
    name: 'Transcript',
    learner: { id: learner.controller },
    credentials: reports.map((report) => {
      if (!report.verified) throw new Error(JSON.stringify(report.checks))
      return report.credential
    }),
    achievement: { id: programme, name: 'Marine biology', description: 'x', criteria: 'x', achievementType: 'Diploma' },
    association,
  })
  return signed(clr)
}

/** Every course is a part of the programme. */
export function parts(count: number): readonly AssociationInput[] {
  return Array.from({ length: count }, (_, index) => ({
    associationType: 'isPartOf',
    sourceId: courseId(index + 1),
    targetId: programme,
  }))
}
