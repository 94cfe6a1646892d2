/** The checker and the JSON Schema documents come from one table; here two other engines say whether they agree. */

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Validator } from '@cfworker/json-schema'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import canonicalizeModule from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createChecker } from '../../src/schema/checker.ts'
import { type Level, type Model, table } from '../../src/schema/table.ts'
import type { JsonObject } from '../../src/types.ts'
import { sample } from './documents.ts'
import { damaged, everyDamage } from './mutations.ts'

interface ManifestRow {
  readonly file: string
  readonly id: string
  readonly model: Model
  readonly level: Level
  readonly jsonCanonSha256: string
}

// Its types say `default`, its code says module.exports.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string

const folder = new URL('../../schemas/', import.meta.url)
const read = (file: string): JsonObject => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as JsonObject
const manifest = read('manifest.json') as unknown as readonly ManifestRow[]
const names = Object.values(table().classes).flatMap((row) => Object.keys(row.members))

describe('the committed files', () => {
  it('are what the generator makes of schemas/classes.json', () => {
    expect(() =>
      execFileSync(process.execPath, ['scripts/build-schemas.mjs', '--check'], { stdio: 'pipe' }),
    ).not.toThrow()
  })

  it.each(manifest)('$file has the id and hash that the manifest says', ({ file, id, jsonCanonSha256 }) => {
    const schema = read(file)
    expect(schema['$id']).toBe(id)
    expect(createHash('sha256').update(canonicalize(schema)).digest('hex')).toBe(jsonCanonSha256)
  })
})

describe.each(manifest)('$file', ({ file, model, level }) => {
  const name = file.replace(/-v[12]-(strict|lenient)\.schema\.json$/, '')
  const check = createChecker(name, level, model)
  const ajv = new Ajv.default({ strict: false, discriminator: false })
  addFormats.default(ajv)
  const byAjv = ajv.compile(read(file))
  const byCfworker = new Validator(read(file), '2020-12')

  it('accepts our sample, as the checker does', () => {
    const document = sample(name, model)
    expect(check(document)).toEqual([])
    expect(byAjv(document), ajv.errorsText(byAjv.errors)).toBe(true)
    expect(byCfworker.validate(document).valid).toBe(true)
  })

  it('refuses the sample of the other data model, as the checker does', () => {
    const document = sample(name, model === '2.0' ? '1.1' : '2.0')
    expect(check(document)).not.toEqual([])
    expect(byAjv(document)).toBe(false)
  })

  it('gives the same verdict as the checker on every single damage', () => {
    const differ: string[] = []
    for (const [damage, document] of everyDamage(sample(name, model))) {
      if (byAjv(document) !== (check(document).length === 0)) differ.push(damage)
    }
    expect(differ).toEqual([])
  })

  it('gives the same verdict as the checker on damaged documents', () => {
    fc.assert(
      fc.property(damaged(sample(name, model), names), (document) => {
        const verdict = check(document).length === 0
        expect(byAjv(document), 'ajv').toBe(verdict)
        expect(byCfworker.validate(document).valid, 'cfworker').toBe(verdict)
      }),
      { numRuns: 120 },
    )
  })
})
