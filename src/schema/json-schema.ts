/**
 * Validates against a JSON Schema of the caller's, draft-07, 2019-09 or 2020-12, without `eval`.
 *
 * A schema is a program: its regular expressions and its combinations of sub-schemas can be written to run for ever,
 * and nothing here stops them. Take schemas only from those whose code you would run.
 */

import { dereference, type OutputUnit, type Schema, type SchemaDraft, validate } from '@cfworker/json-schema'
import { describe, isObject, pointer } from '../encoding/json.ts'
import { defaultLimits } from '../encoding/limits.ts'
import { CredentialError } from '../errors.ts'
import type { Finding, JsonObject, JsonValue } from '../types.ts'
import { MAX_FINDINGS } from './checker.ts'

/**
 * What the schema finds wrong with the document; nothing when the document fits.
 *
 * Throws `OPTION_INVALID` when the schema cannot be used: an unknown draft, a reference to a schema that is not within
 * it (nothing is fetched), a broken regular expression, `$dynamicRef`, or nesting without end.
 */
export function validateAgainst(schema: JsonObject, document: JsonObject): readonly Finding[] {
  const { root, draft, lookup } = prepare(schema)
  const unfit = unfitFor(document)
  if (unfit) return [unfit]
  try {
    return findings(validate(copy(document), root, draft, lookup, false).errors)
  } catch (cause) {
    throw unusable(describe(cause), cause)
  }
}

interface Prepared {
  readonly root: Schema
  readonly draft: SchemaDraft
  readonly lookup: Record<string, Schema | boolean>
}

const drafts: readonly (readonly [part: string, draft: SchemaDraft])[] = [
  ['draft/2020-12/', '2020-12'],
  ['draft/2019-09/', '2019-09'],
  ['draft-07/', '7'],
]

function prepare(schema: JsonObject): Prepared {
  const unfit = unfitFor(schema)
  if (unfit) throw unusable(`${unfit.path} ${unfit.message}`)
  const uri = schema['$schema'] ?? 'https://json-schema.org/draft/2020-12/schema'
  const draft = drafts.find(([part]) => typeof uri === 'string' && uri.includes(part))?.[1]
  if (!draft) throw unusable(`its $schema is ${JSON.stringify(uri)}; draft-07, 2019-09 and 2020-12 are known`)
  const root = copy(schema) as Schema
  try {
    const lookup = dereference(root, Object.create(null) as Record<string, Schema | boolean>)
    refuseUnresolved(lookup)
    return { root, draft, lookup }
  } catch (cause) {
    throw cause instanceof CredentialError ? cause : unusable(describe(cause), cause)
  }
}

/** The engine notices a missing schema only on the way there, and `$dynamicRef` never: both would pass in silence. */
function refuseUnresolved(lookup: Record<string, Schema | boolean>): void {
  for (const schema of Object.values(lookup)) {
    if (typeof schema !== 'object') continue
    if (schema['$dynamicRef'] !== undefined) throw unusable('it uses $dynamicRef, which is not supported; use $ref')
    const target = schema.__absolute_ref__
    if (target !== undefined && !Object.hasOwn(lookup, target)) {
      throw unusable(`it refers to "${schema.$ref}", which is not within it; put that schema into its $defs`)
    }
  }
}

function unusable(reason: string, cause?: unknown): CredentialError {
  return new CredentialError('OPTION_INVALID', `schema: it cannot be used: ${reason}`, { cause })
}

/** Wrappers that only say that something further down is wrong. */
const wrappers: ReadonlySet<string> = new Set([
  '$ref',
  '$recursiveRef',
  'properties',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
  'items',
  'additionalItems',
  'unevaluatedItems',
  'prefixItems',
  'allOf',
  'if',
  'dependentSchemas',
])

function findings(errors: readonly OutputUnit[]): readonly Finding[] {
  const inner = errors.filter((error) => !wrappers.has(error.keyword))
  const told = inner.length > 0 ? inner : errors
  const list = told.map(({ instanceLocation, error }) => ({
    path: fromFragment(instanceLocation),
    message: plain(error),
  }))
  const seen = new Map(list.map((finding) => [`${finding.path} ${finding.message}`, finding]))
  return [...seen.values()].sort((a, b) => steps(b) - steps(a)).slice(0, MAX_FINDINGS)
}

function steps(finding: Finding): number {
  return finding.path.split('/').length
}

/** The engine's places are URI fragments, ours JSON Pointers. */
function fromFragment(fragment: string): string {
  return decodeURIComponent(fragment.slice(1))
}

function plain(error: string): string {
  return error
    .replace(/^Instance type "(.*?)" is invalid\. Expected (.*)\.$/, 'must be $2, but is "$1"')
    .replace(/^Instance does not have required property (.*)\.$/, 'must have the member $1')
    .replace(/^Instance does not match any of (.*)\.$/, 'must be one of $1')
    .replace(/^False boolean schema\.$/, 'must not be there')
    .replace(/^Instance /, 'the value ')
    .replace(/^String /, 'the text ')
}

/** A copy without `undefined`, which the engine refuses. It also writes its notes into the schema. */
function copy(value: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject
}

/** Why a value cannot be handed to the engine, found without recursion. */
function unfitFor(root: JsonValue): Finding | undefined {
  let level: readonly Place[] = [{ path: '', name: '', value: root }]
  for (let depth = 0; level.length > 0; depth += 1) {
    const odd = level.find(({ name }) => /\p{Surrogate}/u.test(name))
    if (odd) return { path: odd.path, message: 'has a name that is not well-formed Unicode' }
    const [first] = level
    if (first && depth > defaultLimits.depth)
      return { path: first.path, message: `is nested deeper than ${defaultLimits.depth} levels; nest less` }
    level = level.flatMap(children)
  }
  return undefined
}

interface Place {
  readonly path: string
  readonly name: string
  readonly value: JsonValue
}

function children({ path, value }: Place): readonly Place[] {
  if (Array.isArray(value)) return value.map((item, index) => ({ path: pointer(path, index), name: '', value: item }))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, item]) =>
    item === undefined ? [] : [{ path: pointer(path, name), name, value: item }],
  )
}
