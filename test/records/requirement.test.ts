import { describe, expect, it } from 'vitest'
import { requirementOf } from '../../src/records/requirement.ts'
import type { JsonObject } from '../../src/types.ts'

const letters = { resultType: 'LetterGrade', requiredValue: 'C' }
const words = {
  resultType: 'PerformanceLevel',
  allowedValue: ['Developing', 'Proficient', 'Advanced'],
  requiredValue: 'Proficient',
}
const percent = { resultType: 'Percent', requiredValue: '60' }
const level = (name: string, more: object = {}) => ({ id: `urn:${name}`, name, ...more })
const rubric = (levels: readonly object[]) =>
  ({ requiredLevel: 'urn:good', rubricCriterionLevel: levels }) as JsonObject
const numbered = rubric([level('best', { level: '3' }), level('good', { level: '2' }), level('poor', { level: '1' })])
const pointed = rubric([level('poor', { points: '0' }), level('good', { points: '2' }), level('best', { points: '4' })])
const named = rubric([level('best'), level('good')])

describe('a requirement', () => {
  it.each<[JsonObject, JsonObject]>([
    [percent, { value: '60' }],
    [percent, { value: 87.5 }],
    [percent, { value: '75,5' }],
    [percent, { value: '7/10' }],
    [percent, { status: 'Completed' }],
    [percent, { achievedLevel: 'urn:any' }],
    [letters, { value: 'A' }],
    [letters, { value: 'C+' }],
    [letters, { value: 'c' }],
    [{ ...letters, allowedValue: ['A', 'B', 'C', 'D', 'F'] }, { value: 'A' }],
    [{ ...letters, allowedValue: ['D', 'C', 'B', 'A'] }, { value: 'A' }],
    [words, { value: 'Advanced' }],
    [words, { value: ' proficient' }],
    [{ requiredValue: 'Pass' }, { value: 'Pass' }],
    [{ requiredValue: 'Pass' }, { value: 'Excellent', status: 'Completed' }],
    [numbered, { achievedLevel: 'urn:good' }],
    [numbered, { achievedLevel: 'urn:best' }],
    [pointed, { achievedLevel: 'urn:best' }],
    [named, { achievedLevel: 'urn:good' }],
    [named, { achievedLevel: 'urn:best', status: 'Completed' }],
    [{ requiredLevel: 'urn:gone' }, { achievedLevel: 'urn:best' }],
    [{}, { value: 'F' }],
    [percent, { value: 'Passed', status: 'Completed' }],
    [{ ...percent, requiredValue: ['60', null] }, { value: [75] }],
    [percent, { value: null, status: null, achievedLevel: null }],
    [
      { requiredValue: null, requiredLevel: [] },
      { value: 'F', achievedLevel: 'urn:any' },
    ],
  ])('%j is met by %j', (description, result) => {
    expect(requirementOf(description).isMissedBy(result)).toBe(false)
  })

  it.each<[JsonObject, JsonObject]>([
    [{}, { status: 'Failed' }],
    [percent, { value: '100', status: 'InProgress' }],
    [percent, { value: '40' }],
    [percent, { value: '40', status: 'Completed' }],
    [letters, { value: 'F' }],
    [letters, { value: 'C-' }],
    [{ ...letters, allowedValue: ['A', 'B', 'C', 'D', 'F'] }, { value: 'F' }],
    [{ ...letters, allowedValue: ['D', 'C', 'B', 'A'] }, { value: 'D' }],
    [words, { value: 'Developing' }],
    [words, { value: 'Absent' }],
    [{ requiredValue: 'Pass' }, { value: 'Fail' }],
    [{ requiredValue: 'Pass' }, { value: '0' }],
    [percent, { value: 'Fail' }],
    [percent, { value: ['40', '90'] }],
    [percent, { value: true }],
    [percent, { value: [null, '40'] }],
    [numbered, { achievedLevel: 'urn:poor' }],
    [numbered, { achievedLevel: 'urn:none' }],
    [pointed, { achievedLevel: 'urn:poor' }],
    [named, { achievedLevel: 'urn:best' }],
  ])('%j is missed by %j', (description, result) => {
    expect(requirementOf(description).isMissedBy(result)).toBe(true)
  })
})
