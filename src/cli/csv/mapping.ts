/**
 * The mapping: what `openBadge` takes, as JSON, in which texts may hold columns (`{email}`). It is read once and held against the header
 * of the file, so that a misspelt column is told before the first row.
 */

import { clip, textOf } from '../../encoding/clip.ts'
import { isObject } from '../../encoding/json.ts'
import type { JsonObject, JsonValue, ProfileInput } from '../../index.ts'
import { CommandError, exit } from '../command.ts'
import { suggest } from '../suggestion.ts'
import { readDateForm } from './dates.ts'

/** What is wrong with a cell, and what would be right. */
export interface CellProblem {
  readonly column: string
  readonly value: string
  readonly problem: string
  readonly fix: string
}

/** What becomes of a row: what `openBadge` takes, or what is wrong. */
export type MappedRow =
  | { readonly badge: JsonObject; readonly problems?: never }
  | { readonly badge?: never; readonly problems: readonly CellProblem[] }

/** A mapping that fits a header. */
export interface Mapping {
  readonly issuer: Partial<ProfileInput> | undefined
  /** What makes a row the same as another one. */
  keyOf(cells: readonly string[]): string
  apply(cells: readonly string[]): MappedRow
  /** The columns that decide on a member of the badge, such as `recipient.email`, and what is in them. */
  columnsOf(path: string, cells: readonly string[]): Pick<CellProblem, 'column' | 'value'>
  /** Columns of the file that the mapping does not use. */
  readonly unused: readonly string[]
}

/** What a node of the template gives for a row; `undefined` where its cells are empty. */
type Node = (cells: readonly string[], problems: CellProblem[]) => JsonValue | undefined

interface Context {
  readonly columns: readonly string[]
  readonly file: string
  /** Members of the badge and the columns that they are made from. */
  readonly leaves: { readonly path: string; readonly columns: readonly number[] }[]
}

/** Reads a mapping for a file with these columns. Throws with the place of what is wrong. */
export function readMapping(given: unknown, columns: readonly string[], file: string): Mapping {
  const settings = readMembers(given, file, '', ['badge', 'issuer', 'unique'])
  if (!isObject(settings['badge']))
    throw wrong(file, 'badge', 'is missing; it is what openBadge takes, with columns in {}')
  const context: Context = { columns, file, leaves: [] }
  const badge = compileObject(settings['badge'], '', context)
  const unique = readUnique(settings['unique'], context)
  const used = new Set([...context.leaves.flatMap((leaf) => leaf.columns), ...(unique ?? [])])
  const { issuer } = settings
  if (issuer !== undefined && !isObject(issuer))
    throw wrong(file, 'issuer', 'is no object, such as { "name": "Northfield School" }')
  return {
    issuer: issuer as Partial<ProfileInput> | undefined,
    keyOf: (cells) => JSON.stringify(unique ? unique.map((column) => cells[column]) : cells),
    apply(cells) {
      const problems: CellProblem[] = []
      const made = badge(cells, problems)
      return problems.length > 0 ? { problems } : { badge: (made ?? {}) as JsonObject }
    },
    columnsOf: (path, cells) => columnsOf(path, cells, context),
    unused: columns.filter((_, at) => !used.has(at)),
  }
}

function columnsOf(
  path: string,
  cells: readonly string[],
  { leaves, columns }: Context,
): Pick<CellProblem, 'column' | 'value'> {
  const plain = path.replace(/\[\d+\]/g, '')
  const exact = leaves.filter((leaf) => leaf.path === plain)
  const near = leaves.filter((leaf) => leaf.path.startsWith(`${plain}.`) || plain.startsWith(`${leaf.path}.`))
  const found = [...new Set((exact.length > 0 ? exact : near).flatMap((leaf) => leaf.columns))]
  return {
    column: found.map((at) => columns[at]).join(', '),
    value: found.map((at) => cells[at]).join(', '),
  }
}

function readUnique(unique: JsonValue | undefined, context: Context): readonly number[] | undefined {
  if (unique === undefined) return undefined
  if (Array.isArray(unique) && unique.length > 0 && unique.every((name) => typeof name === 'string')) {
    return unique.map((name) => columnAt(name as string, 'unique', context))
  }
  throw wrong(context.file, 'unique', 'is a list of columns that together are different in every row')
}

function compile(value: JsonValue | undefined, path: string, context: Context): Node {
  if (typeof value === 'string') return compileText(value, path, context)
  if (Array.isArray(value)) {
    const nodes = value.map((item: JsonValue) => compile(item, path, context))
    return (cells, problems) => {
      const items = nodes.map((node) => node(cells, problems)).filter((item) => item !== undefined)
      return items.length === 0 && nodes.length > 0 ? undefined : items
    }
  }
  if (!isObject(value)) return () => value
  return '$column' in value ? compileColumn(value, path, context) : compileObject(value, path, context)
}

/** An object whose columns are all empty is left out as a whole: a piece of evidence of which only the constant title is left is none. */
function compileObject(value: JsonObject, path: string, context: Context): Node {
  const from = context.leaves.length
  const members = Object.entries(value).map(
    ([name, member]) => [name, compile(member, path === '' ? name : `${path}.${name}`, context)] as const,
  )
  const own = context.leaves.slice(from).flatMap((leaf) => leaf.columns)
  return (cells, problems) => {
    if (path !== '' && own.length > 0 && own.every((column) => cells[column] === '')) return undefined
    const made = members.flatMap(([name, node]) => {
      const member = node(cells, problems)
      return member === undefined ? [] : [[name, member] as const]
    })
    return Object.fromEntries(made)
  }
}

/** Text with columns in braces; `{{` and `}}` are braces. */
function compileText(text: string, path: string, context: Context): Node {
  const parts = [...text.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/g)].map(([part, name]): string | number => {
    if (part === '{{' || part === '}}') return part[0] as string
    if (name !== undefined) return columnAt(name, path, context)
    if (part === '{' || part === '}')
      throw wrong(context.file, path, `has a single ${part}; write ${part}${part} for the character`)
    return part
  })
  const columns = parts.filter((part) => typeof part === 'number')
  if (columns.length === 0) return () => parts.join('')
  context.leaves.push({ path, columns })
  return (cells) => {
    if (columns.every((column) => cells[column] === '')) return undefined
    return parts
      .map((part) => (typeof part === 'number' ? cells[part] : part))
      .join('')
      .trim()
  }
}

/** `{ "$column": … }`: a cell that is not plain text. */
function compileColumn(value: JsonObject, path: string, context: Context): Node {
  const { file } = context
  const members = readMembers(value, file, path, ['$column', 'as', 'form', 'offset', 'decimal', 'values'])
  const name = members['$column']
  if (typeof name !== 'string') throw wrong(file, `${path}.$column`, 'is the name of a column')
  const at = columnAt(name, path, context)
  context.leaves.push({ path, columns: [at] })
  const read = readerOf(members, path, file)
  return (cells, problems) => {
    const cell = cells[at] as string
    if (cell === '') return undefined
    const result = read(cell)
    if ('value' in result) return result.value
    problems.push({ column: name, value: cell, ...result })
    return undefined
  }
}

type Read = (cell: string) => { readonly value: JsonValue } | Pick<CellProblem, 'problem' | 'fix'>

function readerOf(members: JsonObject, path: string, file: string): Read {
  const { as = 'text', values } = members
  if (values !== undefined) return wordReader(values, path, file)
  if (as === 'text') return (cell) => ({ value: cell })
  if (as === 'number') return numberReader(members['decimal'] ?? '.', path, file)
  if (as === 'date') return dateReader(members, path, file)
  throw wrong(file, `${path}.as`, 'is "text", "number" or "date"')
}

function wordReader(values: JsonValue, path: string, file: string): Read {
  if (!isObject(values))
    throw wrong(file, `${path}.values`, 'is an object: what may stand in the cell, and what is written for it')
  const known = new Map(Object.entries(values))
  return (cell) => {
    const value = known.get(cell)
    if (value !== undefined) return { value }
    return { problem: 'is not one of the values in the mapping', fix: `write one of ${[...known.keys()].join(', ')}` }
  }
}

function numberReader(decimal: JsonValue, path: string, file: string): Read {
  if (decimal !== '.' && decimal !== ',') throw wrong(file, `${path}.decimal`, 'is "." or ","')
  return (cell) => {
    const text = decimal === ',' ? cell.replace(',', '.') : cell
    const isNumber = /^-?\d+(\.\d+)?$/.test(text) && !(decimal === ',' && cell.includes('.'))
    return isNumber ? { value: Number(text) } : { problem: 'is no number', fix: `write it like 3 or 3${decimal}5` }
  }
}

function dateReader({ form = 'YYYY-MM-DD', offset = 'Z' }: JsonObject, path: string, file: string): Read {
  const read = typeof form === 'string' ? readDateForm(form) : undefined
  if (!read) throw wrong(file, `${path}.form`, 'is a form of dates such as YYYY-MM-DD, DD.MM.YYYY or M/D/YYYY')
  if (typeof offset !== 'string' || !/^(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/.test(offset)) {
    throw wrong(file, `${path}.offset`, 'is Z, or hours and minutes from UTC such as +01:00')
  }
  return (cell) => {
    const day = read(cell)
    if (day !== undefined) return { value: `${day}T00:00:00${offset}` }
    return {
      problem: `is no date of the form ${clip(form)}, or none in the calendar`,
      fix: `write it like ${example(textOf(form))}`,
    }
  }
}

function example(form: string): string {
  return form
    .replace('YYYY', '2026')
    .replace(/MM?/, (part) => (part === 'MM' ? '06' : '6'))
    .replace(/DD?/, '30')
}

function columnAt(name: string, path: string, { columns, file }: Context): number {
  const at = columns.indexOf(name.trim())
  if (at < 0) {
    const right = suggest(name, columns, `there are ${columns.join(', ')}`, (meant) => `"${meant}"`)
    throw wrong(file, path, `names the column "${name}", which the CSV file does not have; ${right}`)
  }
  if (columns.indexOf(name.trim(), at + 1) < 0) return at
  throw wrong(file, path, `names the column "${name}", which the CSV file has twice; rename one of them`)
}

function readMembers(value: unknown, file: string, path: string, names: readonly string[]): JsonObject {
  if (!isObject(value)) throw wrong(file, path, 'is no JSON object')
  for (const name of Object.keys(value)) {
    if (names.includes(name)) continue
    const right = suggest(name, names, `there are ${names.join(', ')}`, (meant) => `"${meant}"`)
    throw wrong(file, path, `has no member "${name}"; ${right}`)
  }
  return value as JsonObject
}

function wrong(file: string, path: string, message: string): CommandError {
  return new CommandError(exit.data, `${file}${path === '' ? '' : `, ${path}`}: ${message}`)
}
