/**
 * Makes a checker out of the class table: one small function per member type, put together once and run on any JSON.
 *
 * The same table yields the JSON Schema documents in schemas/; tests hold the two to the same verdicts. A checker
 * looks at each value once and decides by its type which reading is meant, so that it never reports on readings that
 * do not apply.
 */

import { parseDateTimeStamp } from '../encoding/date-time.ts'
import { isObject, pointer } from '../encoding/json.ts'
import { defaultLimits } from '../encoding/limits.ts'
import type { Finding, JsonValue } from '../types.ts'
import { type Form, type Level, type MemberRow, type Model, type TypeRow, table } from './table.ts'

/** Findings of one document end here. */
export const MAX_FINDINGS = 20

/** Checks a document: no findings means that it fits. */
export type Checker = (document: JsonValue) => readonly Finding[]

/** Where one run stands (as steps of a JSON Pointer, escaped), and what it found. */
interface Run {
  readonly path: (string | number)[]
  readonly findings: (Finding & { readonly depth: number })[]
  depth: number
}

/** A type, ready to run. `want` ends the sentence "must be …". A value that does not fit leaves findings. */
interface Rule {
  readonly want: string
  readonly check: (value: JsonValue, run: Run) => void
}

/** What the rules of one checker have in common. */
interface Build {
  readonly form: Form
  readonly level: Level
  readonly model: Model
  readonly classes: Map<string, Rule>
}

/** The checker of one document type (its name in the table), level and data model. */
export function createChecker(name: string, level: Level, model: Model): Checker {
  const document = table().documents.find((row) => row.name === name)
  const form = document?.forms[level]
  if (!document || !form) throw new Error(`the class table has no ${level} form of "${name}"`)
  const rule = classRule(document.class, { form, level, model, classes: new Map() })
  return (value) => {
    const run: Run = { path: [], findings: [], depth: 0 }
    rule.check(value, run)
    // What lies deepest says most about the cause.
    return run.findings.sort((a, b) => b.depth - a.depth).map(({ path, message }) => ({ path, message }))
  }
}

// --- members and classes ---------------------------------------------------------------------------------------

interface Member {
  readonly rule: Rule
  readonly required: boolean
}

function member(row: MemberRow, build: Build): Member | undefined {
  const type = typeOf(row, build)
  if (!type) return undefined
  const [kind, of, least = -1, required, orText] = type
  const one = ruleOf(kind, of, build)
  const many = least < 0 ? one : listRule(one, least, build.form)
  return { rule: orText ? orTextRule(many, build) : many, required: required === 1 }
}

function typeOf(row: MemberRow, { level, model }: Build): TypeRow | undefined {
  if (isRow(row)) return row
  return (row[`${level} ${model}`] ?? row[level] ?? row[model] ?? row['']) || undefined
}

function isRow(row: MemberRow): row is TypeRow {
  return Array.isArray(row)
}

function ruleOf(kind: string, of: TypeRow[1], build: Build): Rule {
  switch (kind) {
    case 'class':
      return classRule(of as string, build)
    case 'text':
      return textRule(build, of ? matching(of as string) : anyText)
    case 'exactly':
      return textRule(build, { want: `"${of as string}"`, fits: (text) => text === of })
    case 'word':
      return wordRule(of as string)
    case 'names':
      return namesRule(of as readonly (readonly string[])[], build)
    case 'marker':
      return simple(
        `"${of as string}", or a list that contains it`,
        (value) => value === of || contains(value, [of as string]),
      )
    case 'someNames':
      return simple('a type name, or a list that is not empty', (value) =>
        Array.isArray(value) ? value.length > 0 : typeof value === 'string',
      )
    case 'contexts':
      return contextsRule(of as readonly string[], build)
    case 'contextSet':
      return contextSetRule(build)
    case 'dateTime':
      return simple(words('dateTimeStamp'), (value) => parseDateTimeStamp(value) !== undefined)
    case 'date':
      return simple('a day, like 2001-12-31', isDay)
    case 'number':
      return simple('a number', (value) => typeof value === 'number')
    case 'boolean':
      return simple('true or false', (value) => typeof value === 'boolean')
    default:
      return simple('a value', () => true)
  }
}

function classRule(name: string, build: Build): Rule {
  const known = build.classes.get(name)
  if (known) return known
  const row = table().classes[name]
  if (!row) throw new Error(`the class table has no "${name}"`)
  const members = new Map<string, Member>()
  const required: [string, Rule][] = []
  const called = name.replace(/^Plain/, '')
  const want = `${/^[AEIOU]/.test(called) ? 'an' : 'a'} ${called} object`
  const rule: Rule = {
    want,
    check: (value, run) => {
      if (!isObject(value)) return refuse(run, want, value)
      if (run.depth >= defaultLimits.depth)
        return note(run, `is nested deeper than ${defaultLimits.depth} levels; nest less`)
      run.depth += 1
      const keys = Object.keys(value)
      for (const key of keys) {
        if (run.findings.length >= MAX_FINDINGS) break
        const known = members.get(key)
        const item = value[key]
        if (known && item !== undefined) descend(key, item, known.rule, run)
        else if (row.closed && !known) unknown(key, members, run)
      }
      for (const [key, { want }] of required) {
        if (!Object.hasOwn(value, key) || value[key] === undefined) missing(key, want, run)
      }
      if (row.filled && keys.length === 0) note(run, 'must have at least one member')
      run.depth -= 1
    },
  }
  // Known before its members are: classes hold each other.
  build.classes.set(name, rule)
  for (const [key, memberRow] of Object.entries(row.members)) {
    const made = member(memberRow, build)
    if (made) members.set(key, made)
    if (made?.required) required.push([key, made.rule])
  }
  return rule
}

function listRule(one: Rule, least: number, form: Form): Rule {
  const list = `a list${least ? ' that is not empty' : ''}, each item ${one.want}`
  const want = form === 'strict' ? list : `${one.want}, or ${list}`
  return {
    want,
    check: (value, run) => {
      if (!isList(value)) return form === 'strict' ? refuse(run, want, value) : one.check(value, run)
      if (value.length < least) return refuse(run, want, value)
      value.forEach((item, index) => {
        if (run.findings.length < MAX_FINDINGS) descend(index, item, one, run)
      })
    },
  }
}

/** An object of a class, or text in its place: an issuer may be given by its URI alone. */
function orTextRule(rule: Rule, build: Build): Rule {
  const text = textTest(build, anyText)
  const want = `${rule.want}, or text`
  return {
    want,
    check: (value, run) => {
      if (text(value)) return
      if (typeof value === 'object' && value !== null) rule.check(value, run)
      else refuse(run, want, value)
    },
  }
}

// --- text --------------------------------------------------------------------------------------------------------

interface Text {
  readonly want: string
  readonly fits: (text: string) => boolean
}

const anyText: Text = { want: 'text', fits: () => true }

function matching(name: string): Text {
  const expression = new RegExp(pattern(name)[0], 'u')
  return { want: pattern(name)[1], fits: (text) => expression.test(text) }
}

function textRule(build: Build, text: Text): Rule {
  const want = build.form === 'lenient' ? `${text.want} (or a map from language to it)` : text.want
  return simple(want, textTest(build, text))
}

function textTest({ form }: Build, { fits }: Text): (value: JsonValue) => boolean {
  if (form !== 'lenient') return (value) => typeof value === 'string' && fits(value)
  const languageKey = new RegExp(pattern('languageKey')[0], 'u')
  return (value) => {
    if (typeof value === 'string') return fits(value)
    if (!isObject(value)) return false
    return Object.keys(value).every((key) => {
      const text = value[key]
      return languageKey.test(key) && typeof text === 'string' && fits(text)
    })
  }
}

function wordRule(name: string): Rule {
  const vocabulary = table().vocabularies[name]
  if (!vocabulary) throw new Error(`the class table has no vocabulary "${name}"`)
  const known = new Set<JsonValue>(vocabulary.words)
  const own = matching('extension')
  const listed = vocabulary.words.map((word) => `"${word}"`).join(', ')
  return simple(`one of ${listed}${vocabulary.open ? `, or ${own.want}` : ''}`, (value) => {
    return known.has(value) || (vocabulary.open && typeof value === 'string' && own.fits(value))
  })
}

/** A list of type names that holds one word of each group. */
function namesRule(groups: readonly (readonly string[])[], build: Build): Rule {
  const wanted = groups.map((group) => group.map((word) => `"${word}"`).join(' or '))
  const want = `a list that contains ${wanted.join(', and ')}`
  const name = textRule(build, anyText)
  return {
    want,
    check: (value, run) => {
      if (!isList(value)) {
        if (build.form === 'strict') refuse(run, want, value)
        else name.check(value, run)
      } else if (groups.every((group) => contains(value, group))) {
        for (let index = 0; index < value.length; index += 1) descend(index, value[index] as JsonValue, name, run)
      } else {
        note(run, `must be ${want}`)
      }
    },
  }
}

function isDay(value: JsonValue): boolean {
  return typeof value === 'string' && value.length === 10 && parseDateTimeStamp(`${value}T00:00:00Z`) !== undefined
}

// --- contexts ----------------------------------------------------------------------------------------------------

function contextsRule(names: readonly string[], build: Build): Rule {
  const model = table().models[build.model].context
  const first = [
    simple(`"${model}"`, (value) => value === model),
    ...names.map(matching).map(({ want, fits }) => simple(want, (value) => typeof value === 'string' && fits(value))),
  ]
  const want = `a list of contexts that begins with ${first.map((rule) => rule.want).join(', then ')}`
  const context = simple('a context: a URL or an object', isContext)
  return {
    want,
    check: (value, run) => {
      if (build.form === 'lenient' && isContext(value)) return
      if (!isList(value)) return refuse(run, want, value)
      value.forEach((item, index) => {
        descend(index, item, first[index] ?? context, run)
      })
      for (let index = value.length; index < first.length; index += 1) missing(index, first[index]?.want ?? '', run)
    },
  }
}

function isContext(value: JsonValue): boolean {
  return typeof value === 'string' || isObject(value)
}

function contextSetRule(build: Build): Rule {
  const model = table().models[build.model].context
  const want = `a list of contexts that begins with "${model}"`
  const first = simple(`"${model}"`, (value) => value === model)
  const context = simple('a context: a URL or an object with terms', (value) =>
    isObject(value)
      ? Object.keys(value).length > 0 && !Object.hasOwn(value, '')
      : typeof value === 'string' && value !== '',
  )
  return {
    want,
    check: (value, run) => {
      if (!isList(value) || value.length === 0) return refuse(run, want, value)
      value.forEach((item, index) => {
        descend(index, item, index === 0 ? first : context, run)
      })
      if (new Set(value.map((item) => sortedText(item, 0))).size < value.length) {
        note(run, 'must name each context once, but one is there twice')
      }
    },
  }
}

/** Text that is the same for equal JSON values. */
function sortedText(value: JsonValue | undefined, depth: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? ''
  if (depth >= defaultLimits.depth) return '…'
  if (isList(value)) return `[${value.map((item) => sortedText(item, depth + 1)).join()}]`
  const member = (key: string) => `${JSON.stringify(key)}:${sortedText(value[key], depth + 1)}`
  return `{${Object.keys(value).sort().map(member).join()}}`
}

// --- small things --------------------------------------------------------------------------------------------------

function simple(want: string, fits: (value: JsonValue) => boolean): Rule {
  return {
    want,
    check: (value, run) => {
      if (!fits(value)) refuse(run, want, value)
    },
  }
}

function descend(step: string | number, value: JsonValue, rule: Rule, run: Run): void {
  run.path.push(step)
  rule.check(value, run)
  run.path.pop()
}

function refuse(run: Run, want: string, value: JsonValue): void {
  note(run, `must be ${want}, but is ${found(value)}`)
}

function missing(step: string | number, want: string, run: Run): void {
  run.path.push(step)
  note(run, `is missing; must be ${want}`)
  run.path.pop()
}

function unknown(key: string, members: ReadonlyMap<string, Member>, run: Run): void {
  run.path.push(pointer('', key).slice(1))
  note(run, `is not known here; the members are ${[...members.keys()].join(', ')}`)
  run.path.pop()
}

function note({ path, findings }: Run, message: string): void {
  if (findings.length >= MAX_FINDINGS) return
  findings.push({ path: path.length ? `/${path.join('/')}` : '', message, depth: path.length })
}

function found(value: JsonValue): string {
  if (isList(value)) return value.length ? 'a list' : 'an empty list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return typeof value === 'string'
    ? JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
    : String(value)
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function contains(value: JsonValue, words: readonly string[]): boolean {
  return isList(value) && words.some((word) => value.includes(word))
}

function pattern(name: string): readonly [string, string] {
  const row = table().patterns[name]
  if (!row) throw new Error(`the class table has no pattern "${name}"`)
  return row
}

function words(name: string): string {
  return pattern(name)[1]
}
