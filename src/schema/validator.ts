/**
 * Checks a learner record against the schemas of its kind: Open Badges 3.0, CLR 2.0, and the VC Data Model for all
 * other credentials and for presentations. Which schema is meant follows from the first context and the types.
 */

import { asArray } from '../encoding/json.ts'
import type { Finding, JsonObject } from '../types.ts'
import { type Checker, createChecker } from './checker.ts'
import { type DocumentRow, type Level, type Model, table } from './table.ts'

/** How a document did against one schema. */
export interface SchemaVerdict {
  /** Our name for the schema, such as `achievement-credential-v2`. */
  readonly name: string
  /**
   * URLs of published schemas that this verdict speaks for: those that the document satisfies, or at level `none` those
   * that it does not. Under VC Data Model 1.1 ours stands for what lay at these URLs in its day.
   */
  readonly standsFor: readonly string[]
  /**
   * `strict`: in the form that the specification prints. `lenient`: in a form that its published JSON-LD reading allows
   * as well. `none`: in neither.
   */
  readonly level: Level | 'none'
  /** At level `none` what is wrong; at level `lenient` what the strict form wants. At most 20, the deepest first. */
  readonly findings: readonly Finding[]
}

/** One verdict for each schema that applies. None when the data model or the types are unknown. */
export interface SchemaResult {
  readonly schemas: readonly SchemaVerdict[]
}

/** Validates a credential or presentation. Works on any JSON object, in time that grows with its size only. */
export function validateDocument(document: JsonObject): SchemaResult {
  const model = modelOf(document)
  return { schemas: model ? documentsFor(document).map((row) => validateAs(row, model, document)) : [] }
}

function modelOf(document: JsonObject): Model | undefined {
  const first = asArray(document['@context'])[0]
  const { models } = table()
  return (['2.0', '1.1'] as const).find((model) => models[model].context === first)
}

/** The rows of the learner records among its types; a row of the plain data model only where there are none. */
function documentsFor(document: JsonObject): readonly DocumentRow[] {
  const types = asArray(document['type'])
  const rows = table().documents.filter((row) => row.types.some((type) => types.includes(type)))
  const special = rows.filter((row) => row.forms.strict !== 'plain')
  return special.length > 0 ? special : rows
}

function validateAs(row: DocumentRow, model: Model, document: JsonObject): SchemaVerdict {
  const name = `${row.name}-${table().models[model].short}`
  const { strict = [], lenient = [] } = row.standsFor
  const wanted = checker(row.name, 'strict', model)(document)
  if (wanted.length === 0) return { name, standsFor: [...strict, ...lenient], level: 'strict', findings: [] }
  const findings = row.forms.lenient ? checker(row.name, 'lenient', model)(document) : wanted
  return findings.length === 0
    ? { name, standsFor: lenient, level: 'lenient', findings: wanted }
    : { name, standsFor: [...strict, ...lenient], level: 'none', findings }
}

const checkers = new Map<string, Checker>()

function checker(name: string, level: Level, model: Model): Checker {
  const key = `${name} ${level} ${model}`
  const known = checkers.get(key)
  if (known) return known
  const made = createChecker(name, level, model)
  checkers.set(key, made)
  return made
}
