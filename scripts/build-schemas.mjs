/**
 * Makes from schemas/classes.json: the JSON Schema documents and their manifest in schemas/, and in src/schema/ the
 * table that the validator runs on (bundled.ts) and the closed vocabularies (src/records/vocabulary.ts).
 * `--check` writes nothing and fails when a committed file differs.
 */

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = JSON.parse(readFileSync(join(root, 'schemas/classes.json'), 'utf8'))

/** One member type of classes.json, taken apart. */
function parseType(text) {
  const required = text.endsWith('!')
  const body = required ? text.slice(0, -1) : text
  const [, name, list, orText] = /^([A-Z]\w*)([*+]?)(\|text)?$/.exec(body) ?? []
  const [, kind, of, items] = /^([a-z]\w*)(?:\/(.*?))?([*+]?)$/i.exec(body) ?? []
  if (!name && !kind) throw new Error(`classes.json: "${text}" is not a member type; see "grammar" there`)
  const mark = list || (name ? '' : items)
  return {
    kind: name ? 'class' : kind,
    of: name ?? argument(kind, of),
    least: mark === '*' ? 0 : mark === '+' ? 1 : undefined,
    required,
    orText: orText !== undefined,
  }
}

function argument(kind, of) {
  if (kind === 'names') return of.split(',').map((choice) => choice.split('|'))
  if (kind === 'contexts') return of ? of.split(',') : []
  return of
}

/** The members of a class with those it inherits: name → row of classes.json. */
function membersOf(name) {
  const { extends: base, members } = source.classes[name]
  return base ? { ...membersOf(base), ...members } : members
}

/** The type of a member for one level and data model; `undefined` when there is no such member. */
function typeOf([type, , exceptions = {}], level, model) {
  const text = exceptions[`${level} ${model}`] ?? exceptions[level] ?? exceptions[model] ?? type
  return text === '' ? undefined : parseType(text)
}

// --- JSON Schema documents -------------------------------------------------------------------------------------

const ref = (name) => ({ $ref: `#/$defs/${name}` })
const matching = (pattern) => ({ type: 'string', pattern: source.patterns[pattern][0] })

function jsonSchema(document, level, model) {
  const form = document.forms[level]
  const defs = {}
  const define = (name, make) => {
    if (!(name in defs)) {
      defs[name] = {}
      defs[name] = make()
    }
    return ref(name)
  }

  /** Text, and in the lenient form a map from language to text. */
  const textual = (string) =>
    form === 'lenient'
      ? {
          anyOf: [string, { type: 'object', propertyNames: matching('languageKey'), additionalProperties: string }],
        }
      : string
  const text = () => define('Text', () => textual({ type: 'string' }))

  const kinds = {
    text: (of) => (of ? define(capital(of), () => textual(matching(of))) : text()),
    word: (of) =>
      define(capital(of), () => {
        const { about, open, words } = source.vocabularies[of]
        return open
          ? { description: about, anyOf: [{ enum: words }, matching('extension')] }
          : { description: about, enum: words }
      }),
    exactly: (of) => textual({ const: of }),
    names: (of) =>
      orScalar({ type: 'array', items: text(), allOf: of.map((words) => ({ contains: { enum: words } })) }, text()),
    marker: (of) => ({ anyOf: [{ const: of }, { type: 'array', contains: { const: of } }] }),
    someNames: () => ({ anyOf: [{ type: 'string' }, { type: 'array', minItems: 1 }] }),
    contexts: (of) => {
      const context = define('Context', () => ({ type: ['string', 'object'] }))
      const first = [{ const: source.models[model].context }, ...of.map(matching)]
      return orScalar({ type: 'array', minItems: first.length, prefixItems: first, items: context }, context)
    },
    contextSet: () => ({
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      prefixItems: [{ const: source.models[model].context }],
      items: {
        anyOf: [
          { type: 'string', minLength: 1 },
          { type: 'object', minProperties: 1, propertyNames: { minLength: 1 } },
        ],
      },
    }),
    dateTime: () => define('DateTime', () => ({ ...matching('dateTimeStamp'), format: 'date-time' })),
    date: () => ({ type: 'string', format: 'date' }),
    number: () => ({ type: 'number' }),
    boolean: () => ({ type: 'boolean' }),
    value: () => ({}),
    class: (of) => define(of, () => classSchema(of)),
  }

  /** A list, and in the lenient form also one value in its place. */
  const orScalar = (list, scalar) => (form === 'lenient' ? { anyOf: [scalar, list] } : list)

  const memberSchema = ({ kind, of, least, orText }) => {
    const one = kinds[kind](of)
    const list = { type: 'array', items: one, ...(least ? { minItems: least } : {}) }
    const value = least === undefined ? one : form === 'strict' ? list : { anyOf: [one, list] }
    return orText ? { anyOf: [value, text()] } : value
  }

  const classSchema = (name) => {
    const { about, closed, filled } = source.classes[name]
    const properties = {}
    const required = []
    for (const [member, row] of Object.entries(membersOf(name))) {
      const type = typeOf(row, level, model)
      if (!type) continue
      properties[member] = { description: row[1], ...memberSchema(type) }
      if (type.required) required.push(member)
    }
    return {
      description: about,
      type: 'object',
      properties,
      ...(required.length ? { required } : {}),
      ...(filled ? { minProperties: 1 } : {}),
      ...(closed ? { additionalProperties: false } : {}),
    }
  }

  const name = schemaName(document, level, model)
  const body = classSchema(document.class)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:testamur:schema:${name}`,
    title: `${document.title}, VC Data Model ${model}, ${level}`,
    ...body,
    $defs: Object.fromEntries(Object.entries(defs).sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

function capital(word) {
  return word[0].toUpperCase() + word.slice(1)
}

function schemaName(document, level, model) {
  return `${document.name}-${source.models[model].short}-${level}`
}

// --- the table that the validator runs on ------------------------------------------------------------------------

/** A type as a short row: [kind, of, least, required, orText], without what is empty at its end. */
function row({ kind, of, least, required, orText }) {
  const cells = [kind, of ?? 0, least ?? -1, required ? 1 : 0, orText ? 1 : 0]
  const empty = [undefined, 0, -1, 0, 0]
  while (cells.length > 1 && cells.at(-1) === empty[cells.length - 1]) cells.pop()
  return cells
}

function runtimeTable() {
  const classes = {}
  for (const [name, { closed, filled }] of Object.entries(source.classes)) {
    const members = {}
    for (const [member, [type, , exceptions = {}]] of Object.entries(membersOf(name))) {
      const rows = { '': type, ...exceptions }
      members[member] = Object.fromEntries(
        Object.entries(rows).map(([key, text]) => [key, text === '' ? 0 : row(parseType(text))]),
      )
    }
    classes[name] = { ...(closed ? { closed } : {}), ...(filled ? { filled } : {}), members: compact(members) }
  }
  const vocabularies = Object.fromEntries(
    Object.entries(source.vocabularies).map(([name, { open, words }]) => [name, { open, words }]),
  )
  const documents = source.documents.map(({ title, ...rest }) => rest)
  return { models: source.models, patterns: source.patterns, vocabularies, classes, documents }
}

/** Members without exceptions carry their row alone. */
function compact(members) {
  const alone = ([name, rows]) => [name, Object.keys(rows).length === 1 ? rows[''] : rows]
  return Object.fromEntries(Object.entries(members).map(alone))
}

function bundledModule() {
  const text = JSON.stringify(runtimeTable()).replaceAll('\\', '\\\\').replaceAll("'", "\\'")
  return [
    '/** Generated by scripts/build-schemas.mjs from schemas/classes.json. Do not edit. */',
    '',
    `export const bundledTable: string =\n  '${text}'`,
    '',
  ].join('\n')
}

// --- the vocabularies --------------------------------------------------------------------------------------------

function vocabularyModule() {
  const head = [
    '/** Vocabularies of Open Badges 3.0 and CLR 2.0. Generated by scripts/build-schemas.mjs; do not edit. */',
    '',
    '/** A word of one\u2019s own: `ext:` and then letters, digits, dots, hyphens and underscores. */',
    `export type Extension = \`ext:\${string}\``,
  ].join('\n')
  const parts = Object.entries(source.vocabularies).map(([name, { list, about, open, words }]) => {
    const own = open ? ' Words of one’s own begin with `ext:`.' : ''
    return [
      `/** ${about}${own} */`,
      `export const ${list} = ${literalList(list, words)} as const`,
      `export type ${capital(name)} = (typeof ${list})[number]${open ? ' | Extension' : ''}`,
    ].join('\n')
  })
  return `${[head, ...parts].join('\n\n')}\n`
}

/** A list as the formatter writes it: on one line when that is short enough. */
function literalList(list, words) {
  const quoted = words.map((word) => `'${word}'`)
  const line = `[${quoted.join(', ')}]`
  const fits = `export const ${list} = ${line} as const`.length <= 120
  return fits ? line : `[\n${quoted.map((word) => `  ${word},\n`).join('')}]`
}

// --- writing -----------------------------------------------------------------------------------------------------

/** Canonical JSON (RFC 8785) of values that hold no fractions. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.keys(value).sort()
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
}

function outputs() {
  const files = new Map()
  const manifest = []
  for (const document of source.documents) {
    for (const model of Object.keys(source.models)) {
      for (const level of Object.keys(document.forms)) {
        const name = schemaName(document, level, model)
        const schema = jsonSchema(document, level, model)
        files.set(`schemas/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`)
        manifest.push({
          file: `${name}.schema.json`,
          id: schema.$id,
          types: document.types,
          model,
          level,
          standsFor: document.standsFor[level] ?? [],
          jsonCanonSha256: createHash('sha256').update(canonical(schema)).digest('hex'),
        })
      }
    }
  }
  files.set('schemas/manifest.json', `${JSON.stringify(manifest, null, 2)}\n`)
  files.set('src/schema/bundled.ts', bundledModule())
  files.set('src/records/vocabulary.ts', vocabularyModule())
  return files
}

const files = outputs()
const stale = readdirSync(join(root, 'schemas'))
  .map((file) => `schemas/${file}`)
  .filter((file) => file.endsWith('.schema.json') && !files.has(file))

if (process.argv.includes('--check')) {
  const same = ([file, text]) => existsSync(join(root, file)) && readFileSync(join(root, file), 'utf8') === text
  const wrong = [...[...files].filter((entry) => !same(entry)).map(([file]) => file), ...stale]
  for (const file of wrong)
    console.error(`${file} differs from schemas/classes.json; run: node scripts/build-schemas.mjs`)
  process.exitCode = wrong.length ? 1 : 0
} else {
  for (const [file, text] of files) writeFileSync(join(root, file), text)
  for (const file of stale) rmSync(join(root, file))
}
