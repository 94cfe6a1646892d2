import { describe, expect, it } from 'vitest'
import { CredentialError } from '../../src/errors.ts'
import { validateAgainst } from '../../src/schema/json-schema.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'

const degree: JsonObject = {
  type: 'object',
  required: ['id', 'degree'],
  properties: {
    id: { type: 'string', pattern: '^urn:' },
    degree: { $ref: '#/$defs/degree' },
    marks: { type: 'array', items: { type: 'number' } },
  },
  $defs: { degree: { enum: ['BSc', 'MSc'] } },
}

describe('a schema of the caller', () => {
  it('is met', () => {
    expect(validateAgainst(degree, { id: 'urn:a', degree: 'BSc', marks: [1, 2] })).toEqual([])
  })

  it.each<[string, JsonObject, readonly { path: string; message: string }[]]>([
    ['a missing member', { id: 'urn:a' }, [{ path: '', message: 'must have the member "degree"' }]],
    ['a wrong word', { id: 'urn:a', degree: 'PhD' }, [{ path: '/degree', message: 'must be one of ["BSc","MSc"]' }]],
    [
      'a wrong type',
      { id: 'urn:a', degree: 'BSc', marks: ['1'] },
      [{ path: '/marks/0', message: 'must be "number", but is "string"' }],
    ],
    ['a pattern', { id: 'a', degree: 'BSc' }, [{ path: '/id', message: 'the text does not match pattern.' }]],
  ])('is not met: %s', (_, document, findings) => {
    expect(validateAgainst(degree, document)).toEqual(findings)
  })

  it.each([
    'http://json-schema.org/draft-07/schema#',
    'https://json-schema.org/draft/2019-09/schema#',
    'https://json-schema.org/draft/2020-12/schema',
  ])('may be of %s', ($schema) => {
    const tuple = $schema.includes('2020')
      ? { prefixItems: [{ const: 'a' }], items: false }
      : { items: [{ const: 'a' }], additionalItems: false }
    const schema = { $schema, properties: { list: { type: 'array', ...tuple } } }
    expect(validateAgainst(schema, { list: ['a'] })).toEqual([])
    expect(validateAgainst(schema, { list: ['b'] })).toHaveLength(1)
    expect(validateAgainst(schema, { list: ['a', 'b'] }).length).toBeGreaterThan(0)
  })

  it('gives places as JSON Pointers, whatever the member is called', () => {
    const schema = { additionalProperties: { type: 'number' } }
    const names = ['a/b', 'a~b', 'a b', '%', '%41', 'ä', '#', '__proto__', '']
    const document = JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:"x"`).join()}}`) as JsonObject
    const paths = validateAgainst(schema, document).map(({ path }) => path)
    expect(paths.sort()).toEqual(['/', '/#', '/%', '/%41', '/__proto__', '/a b', '/a~0b', '/a~1b', '/ä'].sort())
  })

  it('is left as it was, even when frozen', () => {
    const frozen = Object.freeze({ ...degree, properties: Object.freeze({ id: Object.freeze({ type: 'string' }) }) })
    expect(validateAgainst(frozen, { id: 7, degree: 'BSc' })).toHaveLength(1)
  })

  it('sees a member set to undefined as none', () => {
    expect(validateAgainst(degree, { id: 'urn:a', degree: undefined })).toHaveLength(1)
  })

  it('gives at most twenty findings', () => {
    const marks = Array.from({ length: 1000 }, () => 'x')
    expect(validateAgainst(degree, { id: 'urn:a', degree: 'BSc', marks })).toHaveLength(20)
  })
})

describe('a schema that cannot be used is a thrown OPTION_INVALID, never a pass', () => {
  it.each<[string, JsonObject, string]>([
    [
      'a reference elsewhere',
      { $ref: 'https://example.org/schema.json' },
      'refers to "https://example.org/schema.json"',
    ],
    [
      'such a reference where the document does not lead',
      { properties: { other: { $ref: 'https://example.org/x' } } },
      'put that schema into its $defs',
    ],
    ['a reference to nothing', { $ref: '#/$defs/none' }, 'refers to "#/$defs/none"'],
    [
      'a draft of long ago',
      { $schema: 'http://json-schema.org/draft-04/schema#' },
      'draft-07, 2019-09 and 2020-12 are known',
    ],
    ['a $schema that is no text', { $schema: 7 }, 'its $schema is 7'],
    ['$dynamicRef', { $dynamicRef: '#node' }, '$dynamicRef'],
    ['a broken regular expression', { properties: { id: { pattern: '(' } } }, 'Invalid regular expression'],
    ['a loop of references', { $ref: '#' }, 'cannot be used'],
    ['a keyword of the wrong type', { allOf: 7 }, 'cannot be used'],
  ])('%s', (_, schema, message) => {
    const call = () => validateAgainst(schema, { id: 'urn:a' })
    expect(call).toThrow(CredentialError)
    expect(call).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(message) }))
  })

  it('nested without end', () => {
    let schema: JsonObject = {}
    for (let level = 0; level < 10_000; level += 1) schema = { not: schema }
    expect(() => validateAgainst(schema, {})).toThrow('nested deeper than 100 levels')
  })
})

describe('a hostile document', () => {
  it('nested without end is a finding', () => {
    let value: JsonValue = 1
    for (let level = 0; level < 10_000; level += 1) value = [value]
    const tree = {
      $ref: '#/$defs/tree',
      $defs: { tree: { anyOf: [{ type: 'number' }, { items: { $ref: '#/$defs/tree' } }] } },
    }
    expect(validateAgainst(tree, { value })).toMatchObject([{ message: 'is nested deeper than 100 levels; nest less' }])
  })

  it('with half a character in a name is a finding', () => {
    expect(validateAgainst({ additionalProperties: true }, { '\ud800': 1 })).toMatchObject([
      { message: 'has a name that is not well-formed Unicode' },
    ])
  })
})
