import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as vocabulary from '../../src/records/vocabulary.ts'
import {
  achievementTypes,
  alignmentTargetTypes,
  associationTypes,
  identifierTypes,
  resultStatuses,
  resultTypes,
} from '../../src/records/vocabulary.ts'

const lists = [achievementTypes, alignmentTargetTypes, associationTypes, identifierTypes, resultStatuses, resultTypes]
const folder = '../shared/oracle/schemas/1edtech'

interface Source {
  readonly vocabularies: { readonly [name: string]: { readonly list: string; readonly words: readonly string[] } }
}
const source = JSON.parse(readFileSync(new URL('../../schemas/classes.json', import.meta.url), 'utf8')) as Source

describe('word lists', () => {
  it.each(Object.values(source.vocabularies))('$list holds the words of the class table', ({ list, words }) => {
    expect(new Map<string, unknown>(Object.entries(vocabulary)).get(list)).toEqual(words)
  })

  it('have no word twice and no word of the callers own', () => {
    for (const words of lists) {
      expect(new Set(words).size).toBe(words.length)
      expect(words.filter((word) => word.startsWith('ext:'))).toEqual([])
    }
  })
})

describe.skipIf(!existsSync(folder))('the published schemas (skipped where their folder is absent)', () => {
  const badge = read('ob_v3p0_achievementcredential_schema.json')
  const clr = read('clr_v2p0_clrcredential_schema.json')

  it.each([
    ['achievementType', achievementTypes, badge, 'Achievement'],
    ['resultType', resultTypes, badge, 'ResultDescription'],
    ['status', resultStatuses, badge, 'Result'],
    ['identityType', identifierTypes, badge, 'IdentityObject'],
    ['identifierType', identifierTypes, badge, 'IdentifierEntry'],
    ['targetType', alignmentTargetTypes, badge, 'Alignment'],
    ['associationType', associationTypes, clr, 'Association'],
  ] as const)('%s has the words of the schema', (property, words, schema, definition) => {
    const found = enumIn(schema.$defs[definition]?.properties[property])
    expect([...words].sort()).toEqual([...found].sort())
  })
})

interface Schema {
  readonly $defs: { readonly [name: string]: { readonly properties: { readonly [name: string]: unknown } } | undefined }
}

function read(name: string): Schema {
  return existsSync(folder) ? (JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Schema) : { $defs: {} }
}

/** The longest `enum` anywhere in a schema. */
function enumIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const own = (schema as { readonly enum?: readonly string[] }).enum ?? []
  return [own, ...Object.values(schema).map(enumIn)].reduce((one, other) => (other.length > one.length ? other : one))
}
