import { describe, expect, it } from 'vitest'
import { checkResults } from '../../src/checks/results.ts'
import type { Settings } from '../../src/checks/settings.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'

const settings = (conformance: string) => ({ conformance }) as unknown as Settings
const level = { id: 'urn:level:2', type: ['RubricCriterionLevel'], name: 'Mastered' }
const descriptions: readonly JsonObject[] = [
  { id: 'urn:grade', name: 'Grade', resultType: 'LetterGrade', allowedValue: ['A', 'B', 'C'], requiredValue: 'B' },
  { id: 'urn:points', name: 'Points', resultType: 'RawScore', valueMin: '0', valueMax: '100', requiredValue: '50' },
  { id: 'urn:gpa', name: 'GPA', resultType: 'GradePointAverage', valueMax: '4.0' },
  { id: 'urn:rubric', name: 'Rubric', resultType: 'RubricCriterionLevel', rubricCriterionLevel: [level] },
  { id: 'urn:rubrics', name: 'Rubrics', rubricCriterionLevel: [null, 'urn:level:1', level] },
  { id: 'urn:state', name: 'State', resultType: 'Status' },
  {
    id: 'urn:long',
    name: 'Long',
    resultType: 'LetterGrade',
    allowedValue: Array.from({ length: 30 }, (_, index) => `${index + 1}`),
  },
  { id: 'urn:least', name: 'Least', resultType: 'RawScore', valueMin: '1' },
  { id: 'urn:either', name: 'Either', resultType: 'RawScore', allowedValue: ['absent', '1'], valueMax: '1' },
  { id: 'urn:steps', name: 'Steps', resultType: 'ScaledScore', allowedValue: ['1', '2.0', '3'] },
]

function credentialWith(result: JsonValue): JsonObject {
  return { credentialSubject: { result, achievement: { resultDescription: descriptions } } }
}

function judge(result: JsonValue, { conformance = 'noted', isPart = false } = {}): readonly string[] {
  return checkResults(credentialWith(result), isPart, settings(conformance)).map((check) =>
    'code' in check ? `${check.code} ${check.path}` : check.outcome,
  )
}

function notesOn(result: JsonValue): readonly string[] {
  return checkResults(credentialWith(result), false, settings('noted')).flatMap(({ notes }) => notes ?? [])
}

describe('a result that fits', () => {
  it.each<JsonValue>([
    { resultDescription: 'urn:grade', value: 'A' },
    { resultDescription: 'urn:points', value: '100.0' },
    { resultDescription: 'urn:points', value: '99.5 %' },
    { resultDescription: 'urn:points', value: 87.5 },
    { resultDescription: 'urn:points', status: 'InProgress' },
    { resultDescription: 'urn:gpa', value: '-1' },
    { resultDescription: 'urn:rubric', achievedLevel: 'urn:level:2' },
    { resultDescription: 'urn:rubric', value: 'Mastered' },
    { resultDescription: 'urn:state', status: 'Failed' },
    { resultDescription: 'urn:steps', value: 2 },
    { resultDescription: 'urn:points', value: '50' },
    { resultDescription: 'urn:grade', value: 'A' },
    { resultDescription: 'urn:either', value: 'absent' },
    { value: '1000' },
    [],
  ])('%j', (result) => {
    expect(judge(result)).toEqual(Array.isArray(result) ? [] : ['passed'])
    expect(notesOn(result)).toEqual([])
  })

  it('at its least', () => {
    expect(judge({ resultDescription: 'urn:points', value: '0' })).toEqual(['passed'])
  })

  it('is not asked for where there are none', () => {
    expect(checkResults({ credentialSubject: [{ achievement: {} }, 'urn:a'] }, false, settings('noted'))).toEqual([])
  })
})

const base = '/credentialSubject/result'

describe('a result out of bounds', () => {
  it.each<JsonObject>([
    { resultDescription: 'urn:points', value: '100.5' },
    { resultDescription: 'urn:points', value: -1 },
    { resultDescription: 'urn:points', value: '101 %' },
    { resultDescription: 'urn:gpa', value: '4.01' },
  ])('%j is refused', (result) => {
    expect(judge(result)).toEqual([`RESULT_MISMATCH ${base}/value`])
    expect(judge(result, { isPart: true })).toEqual([`RESULT_MISMATCH ${base}/value`])
  })

  it('is named with its place, each, and twenty at most', () => {
    const wrong = { resultDescription: 'urn:points', value: '101' }
    expect(judge([wrong, { value: '1' }, wrong])).toEqual([
      `RESULT_MISMATCH ${base}/0/value`,
      `RESULT_MISMATCH ${base}/2/value`,
    ])
    expect(judge(Array.from({ length: 30 }, () => wrong))).toHaveLength(20)
  })

  it('is told with its bounds, as far as there are any', () => {
    const told = (result: JsonObject) =>
      checkResults(credentialWith(result), false, settings('noted')).map(({ message }) => message)
    expect(told({ resultDescription: 'urn:points', value: '101' })).toEqual([
      'The result of "Points" is 101, which is out of bounds: it must be from 0 to 100.',
    ])
    expect(told({ resultDescription: 'urn:gpa', value: 5 })).toEqual([
      'The result of "GPA" is 5, which is out of bounds: it must be from … to 4.0.',
    ])
    expect(told({ resultDescription: 'urn:least', value: 0 })).toEqual([
      'The result of "Least" is 0, which is out of bounds: it must be from 1 to ….',
    ])
  })
})

describe('a result that is not in the list', () => {
  it.each<[JsonObject, string]>([
    [{ resultDescription: 'urn:grade', value: 'D' }, `${base}/value`],
    [{ resultDescription: 'urn:grade', value: 'a' }, `${base}/value`],
    [{ resultDescription: 'urn:rubric', achievedLevel: 'urn:level:3' }, `${base}/achievedLevel`],
    [{ resultDescription: 'urn:grade', achievedLevel: 'urn:level:2' }, `${base}/achievedLevel`],
    [{ resultDescription: 'urn:state', value: 'Completed' }, `${base}/status`],
    [{ resultDescription: 'urn:steps', value: '4' }, `${base}/value`],
  ])('%j is told, and fails where conformance is asked for', (result, path) => {
    const [check] = checkResults(credentialWith(result), false, settings('noted'))
    expect(check).toMatchObject({ outcome: 'skipped', path, notes: [expect.stringContaining(path)] })
    expect(judge(result, { conformance: 'lenient' })).toEqual([`RESULT_MISMATCH ${path}`])
    expect(judge(result, { conformance: 'strict' })).toEqual([`RESULT_MISMATCH ${path}`])
  })

  it('may be one that has lost its list, where a part of the credential is shown', () => {
    for (const result of [
      { resultDescription: 'urn:grade', value: 'D' },
      { resultDescription: 'urn:rubric', achievedLevel: 'urn:level:3' },
      { resultDescription: 'urn:state' },
    ]) {
      expect(judge(result, { isPart: true, conformance: 'strict' })).toEqual(['passed'])
    }
  })
})

describe('a result whose description is not there', () => {
  const result = { resultDescription: 'urn:elsewhere', value: '1' }

  it('is told, and fails where conformance is asked for', () => {
    const [check] = checkResults(credentialWith(result), false, settings('noted'))
    expect(check).toMatchObject({ outcome: 'skipped', notes: [expect.stringContaining('urn:elsewhere')] })
    expect(judge(result, { conformance: 'lenient' })).toEqual([
      'RESULT_DANGLING /credentialSubject/result/resultDescription',
    ])
    expect(judge(result, { conformance: 'strict', isPart: true })).toEqual(['skipped'])
  })
})

describe('what should be known', () => {
  it.each<[JsonObject, string]>([
    [{ resultDescription: 'urn:points', value: '49' }, '49 is less than 50'],
    [{ resultDescription: 'urn:grade', value: 'C' }, 'C is less than B'],
    [{ resultDescription: 'urn:points', value: 'sixty' }, 'sixty is no number'],
    [{ resultDescription: 'urn:points', value: '1/2' }, '1/2 is no number'],
    [{ resultDescription: 'urn:gpa', value: 'four' }, 'four is no number'],
    [{ resultDescription: 'urn:least', value: 'one' }, 'one is no number'],
  ])('%j is a note', (result, note) => {
    const [check] = checkResults(credentialWith(result), false, settings('noted'))
    expect(check).toMatchObject({ outcome: 'passed', notes: [expect.stringContaining(note)] })
  })

  it('is short, and of twenty results at most', () => {
    const odd = { resultDescription: 'urn:points', value: 'x'.repeat(1000) }
    expect(notesOn(odd)).toEqual([
      `${base}/value: ${'x'.repeat(119)}… is no number, and was not compared with the bounds.`,
    ])
    expect(notesOn({ ...odd, value: { a: 'x'.repeat(1000) } })[0]?.length).toBeLessThan(220)
    expect(notesOn(Array.from({ length: 30 }, () => odd))).toHaveLength(20)
    expect(notesOn({ resultDescription: 'urn:long', value: 'x' })[0]).toMatch(/allowed are 1, .*, 20\.$/)
  })

  it('is how many depart, after the first', () => {
    const result = { resultDescription: 'urn:grade', value: 'D' }
    const told = (count: number) => {
      const [check] = checkResults(credentialWith(Array(count).fill(result)), false, settings('noted'))
      return check?.message
    }
    expect(told(1)).toMatch(/allowed are A, B, C\.$/)
    expect(told(2)).toMatch(/allowed are A, B, C\. So do 1 more\.$/)
    expect(told(3)).toMatch(/So do 2 more\.$/)
  })

  it('takes hostile shapes', () => {
    const odd = [null, 7, 'x', {}, { resultDescription: {} }, { resultDescription: 'urn:grade', value: { a: [] } }]
    expect(judge(odd, { conformance: 'lenient' })).toEqual([
      `RESULT_DANGLING ${base}/4/resultDescription`,
      `RESULT_MISMATCH ${base}/5/value`,
    ])
    const shapes = { credentialSubject: { result: {}, achievement: [null, { resultDescription: [null, 1] }] } }
    expect(checkResults(shapes, false, settings('noted'))).toMatchObject([{ outcome: 'passed' }])
    expect(judge({ resultDescription: 'urn:rubrics', achievedLevel: 'urn:level:2' })).toEqual(['passed'])
    expect(judge([null, 'x'])).toEqual([])
  })
})
