import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as vocabulary from '../../src/schema/vocabulary.ts'

interface Source {
  readonly vocabularies: { readonly [name: string]: { readonly list: string; readonly words: readonly string[] } }
}

const source = JSON.parse(readFileSync(new URL('../../schemas/classes.json', import.meta.url), 'utf8')) as Source
const lists = Object.values(source.vocabularies)

it.each(lists)('$list holds the words of the class table', ({ list, words }) => {
  expect(new Map<string, unknown>(Object.entries(vocabulary)).get(list)).toEqual(words)
})

it('there are no other lists', () => {
  expect(Object.keys(vocabulary).sort()).toEqual(lists.map(({ list }) => list).sort())
})

it('the types are those of the lists', () => {
  const open: vocabulary.AchievementType = 'ext:Apprenticeship'
  const closed: vocabulary.ResultStatus = 'Completed'
  // @ts-expect-error not a status
  const wrong: vocabulary.ResultStatus = 'Done'
  expect([open, closed, wrong]).toHaveLength(3)
})
