/** The table that the validator runs on: what `schemas/classes.json` says, as the generator wrote it down. */

import { bundledTable } from './bundled.ts'

/** `strict` is how the specifications print a record; `lenient` is what their JSON-LD reading allows besides. */
export type Level = 'strict' | 'lenient'
/** A version of the VC Data Model. */
export type Model = '1.1' | '2.0'
/** How types are read: see "grammar" in schemas/classes.json. */
export type Form = 'strict' | 'lenient' | 'plain'

/** The type of a member: kind, its argument, least length when it is a list, 1 when required, 1 when text will do. */
export type TypeRow = readonly [
  kind: string,
  of?: string | readonly string[] | readonly (readonly string[])[] | 0,
  least?: number,
  required?: 0 | 1,
  orText?: 0 | 1,
]

/** A member: its type, or its types by `''`, level, data model, or both (`lenient 1.1`); 0 is "no such member". */
export type MemberRow = TypeRow | { readonly [exception: string]: TypeRow | 0 }

export interface ClassRow {
  /** No members but these. */
  readonly closed?: boolean
  /** At least one member. */
  readonly filled?: boolean
  readonly members: { readonly [name: string]: MemberRow }
}

export interface DocumentRow {
  readonly name: string
  readonly class: string
  /** A document with one of these types is meant. */
  readonly types: readonly string[]
  readonly forms: { readonly strict: Form; readonly lenient?: Form }
  /** URLs of published schemas with the same verdicts under VC Data Model 2.0. */
  readonly standsFor: { readonly [level in Level]?: readonly string[] }
}

export interface Table {
  readonly models: { readonly [model in Model]: { readonly short: string; readonly context: string } }
  /** Regular expression, and what it asks for in words. */
  readonly patterns: { readonly [name: string]: readonly [pattern: string, words: string] }
  readonly vocabularies: { readonly [name: string]: { readonly open: boolean; readonly words: readonly string[] } }
  readonly classes: { readonly [name: string]: ClassRow }
  readonly documents: readonly DocumentRow[]
}

let parsed: Table | undefined

/** The table, parsed when it is first asked for. */
export function table(): Table {
  parsed ??= JSON.parse(bundledTable) as Table
  return parsed
}
