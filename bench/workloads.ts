/** The documents that are measured: a small credential, a rich badge, learner records of 10, 100 and 1000 signed badges. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Built, root, type Testamur } from './built.ts'

/** JSON text of a credential, as a stranger sends it. */
export interface Workload {
  readonly name: string
  readonly text: string
  /** The key's owner is not the named issuer, as in some published samples: taken as it is, so that all checks run. */
  readonly foreignIssuer?: true
}

type Key = Awaited<ReturnType<Testamur['generateKey']>>
type Badge = ReturnType<Testamur['openBadge']>

/** Everything to verify, and what to issue. */
export interface Workloads {
  readonly key: Key
  readonly unsignedBadge: Badge
  readonly small: Workload
  readonly badge: Workload
  /** The badge under Ed25519Signature2020. */
  readonly badge2020: Workload
  readonly clr10: Workload
  readonly clr100: Workload
  readonly clr1000: Workload
  /** A transcript that another programme signed, where it is at hand. */
  readonly transcript: Workload | undefined
}

const now = new Date('2026-09-01T08:00:00Z')
const transcript = join(root, '../shared/oracle/realworld/files/4666ba9f3f158ce3.json')

/** Makes all of them, with a fixed key. */
export async function makeWorkloads({ testamur }: Pick<Built, 'testamur'>): Promise<Workloads> {
  const key = await testamur.generateKey({ seed: new Uint8Array(32).fill(7) })
  const learner = await testamur.generateKey({ seed: new Uint8Array(32).fill(8) })
  const unsignedBadge = richBadge(testamur, key.controller, learner.controller)
  const issueBadge = (format: ReturnType<Testamur['eddsaRdfc2022']>) =>
    testamur.issue({ credential: unsignedBadge, key, now, format })
  const courses = await makeCourses(testamur, key, learner.controller, 1000)
  const clr = async (count: number) => {
    const record = testamur.assembleClr({
      name: 'Transcript of records',
      learner: { id: learner.controller },
      credentials: courses.slice(0, count),
    })
    return workload(`CLR of ${count}`, await testamur.issue({ credential: record, key, now }))
  }
  return {
    key,
    unsignedBadge,
    small: workload('small', await testamur.issue({ credential: smallCredential(learner.controller), key, now })),
    badge: workload('badge', await issueBadge(testamur.eddsaRdfc2022())),
    badge2020: workload('badge, Ed25519Signature2020', await issueBadge(testamur.ed25519Signature2020())),
    clr10: await clr(10),
    clr100: await clr(100),
    clr1000: await clr(1000),
    transcript: existsSync(transcript)
      ? { name: 'real transcript', text: readFileSync(transcript, 'utf8'), foreignIssuer: true }
      : undefined,
  }
}

function workload(name: string, credential: object): Workload {
  return { name, text: JSON.stringify(credential) }
}

function smallCredential(learner: string) {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: 'urn:uuid:5d0f2c3e-51b7-4a58-9d0b-7a3c1f6f1a01',
    type: ['VerifiableCredential'],
    name: 'Safety briefing',
    description: 'Took part in the yearly safety briefing of the laboratory.',
    validUntil: '2099-09-01T00:00:00Z',
    credentialSubject: { id: learner, name: 'Ada Example' },
  }
}

function richBadge(testamur: Testamur, school: string, learner: string): Badge {
  const id = (tail: string) => `urn:uuid:5d0f2c3e-51b7-4a58-9d0b-7a3c1f6f1b${tail}`
  return testamur.openBadge({
    id: id('00'),
    name: 'Data Analysis with Statistics',
    description:
      'Awarded for a semester of practical data analysis: planning a study, collecting and cleaning data, describing them, ' +
      'fitting models, and telling others what follows and what does not; with a project of one’s own.',
    issuer: {
      id: school,
      name: 'Example University',
      url: 'https://university.example/',
      email: 'registrar@university.example',
      description: 'A university that exists in examples only.',
    },
    validFrom: now,
    validUntil: '2099-09-01T00:00:00Z',
    awardedDate: now,
    recipient: { id: learner },
    creditsEarned: 6,
    term: 'Spring 2026',
    achievement: {
      id: id('01'),
      name: 'Data Analysis with Statistics',
      description:
        'Collects, cleans, describes and models data, and tells others what follows from it and what does not.',
      achievementType: 'Course',
      humanCode: 'STAT-210',
      fieldOfStudy: 'Statistics',
      inLanguage: 'en',
      creditsAvailable: 6,
      criteria: {
        id: 'https://university.example/courses/stat-210/criteria',
        narrative: 'Pass the written exam, hand in all exercises, and present a project of your own before the class.',
      },
      tag: ['statistics', 'data', 'modelling', 'visualisation'],
      alignment: [
        {
          targetName: 'Represent data with plots on the real number line',
          targetUrl: 'https://standards.example/mathematics/S-ID-A-1',
          targetCode: 'S-ID.A.1',
          targetFramework: 'Mathematics Standards',
          targetType: 'CFItem',
        },
        {
          targetName: 'Fit a function to data; use fitted functions to solve problems',
          targetUrl: 'https://standards.example/mathematics/S-ID-B-6a',
          targetCode: 'S-ID.B.6a',
          targetFramework: 'Mathematics Standards',
          targetType: 'CFItem',
        },
        {
          targetName: 'Evaluate reports based on data',
          targetUrl: 'https://standards.example/mathematics/S-IC-B-6',
          targetCode: 'S-IC.B.6',
          targetDescription: 'Says what a report claims, what its data can carry, and what is missing between the two.',
          targetFramework: 'Mathematics Standards',
          targetType: 'CFItem',
        },
      ],
      resultDescription: [
        {
          id: id('02'),
          name: 'Final grade',
          resultType: 'LetterGrade',
          allowedValue: ['F', 'D', 'C', 'B', 'A'],
          requiredValue: 'D',
        },
        { id: id('03'), name: 'Project score', resultType: 'Percent', valueMin: '0', valueMax: '100' },
        {
          id: id('04'),
          name: 'Attendance',
          resultType: 'Percent',
          valueMin: '0',
          valueMax: '100',
          requiredValue: '80',
        },
      ],
    },
    result: [
      { resultDescription: id('02'), value: 'A' },
      { resultDescription: id('03'), value: '93' },
      { resultDescription: id('04'), value: '98' },
    ],
    evidence: [
      {
        id: 'https://university.example/projects/2026/0417',
        name: 'Bicycle traffic before and after the new bridge',
        description: 'Project report with data, code and a poster.',
        narrative: 'Counts of two years from eleven stations were cleaned and compared with a model of the weather.',
        genre: 'Report',
        audience: 'Class and city council',
      },
      {
        id: 'https://university.example/exams/2026/stat-210',
        name: 'Written exam',
        description: 'Three hours, closed book, on paper.',
        genre: 'Exam',
      },
    ],
  })
}

async function makeCourses(testamur: Testamur, key: Key, learner: string, count: number) {
  const courses = []
  for (let index = 0; index < count; index += 1) {
    const number = String(index).padStart(4, '0')
    const credential = testamur.openBadge({
      id: `urn:uuid:5d0f2c3e-51b7-4a58-9d0b-7a3c1f6c${number}`,
      name: `Course ${number}`,
      recipient: { id: learner },
      creditsEarned: 3 + (index % 4),
      achievement: {
        id: `urn:uuid:5d0f2c3e-51b7-4a58-9d0b-7a3c1f6d${number}`,
        name: `Course ${number}`,
        description: `What is taught in course ${number}, in a sentence or two, as a catalogue has it.`,
        achievementType: 'Course',
        humanCode: `C-${number}`,
        criteria: 'Pass the exam.',
        alignment: { targetName: `Standard ${number}`, targetUrl: `https://standards.example/${number}` },
        resultDescription: {
          id: `urn:uuid:5d0f2c3e-51b7-4a58-9d0b-7a3c1f6e${number}`,
          name: 'Final grade',
          resultType: 'LetterGrade',
        },
      },
      result: {
        resultDescription: `urn:uuid:5d0f2c3e-51b7-4a58-9d0b-7a3c1f6e${number}`,
        value: 'ABCD'.charAt(index % 4),
      },
    })
    const report = await testamur.verify({ credential: await testamur.issue({ credential, key, now }) })
    if (!report.verified) throw new Error(`course ${number} is not valid`)
    courses.push(report.credential)
  }
  return courses
}
