/** What to do about a term that nothing defines: the nearest one that is, or the context or type that would define it. */

import { asArray, isObject } from '../encoding/json.ts'
import type { JsonObject, JsonValue } from '../types.ts'
import type { ActiveContext } from './active-context.ts'
import { bundledContext, bundledContextUrls } from './bundled-contexts.ts'
import { isKeyword } from './iri.ts'
import { nearest } from './nearest.ts'

/** Longest term that is compared with others. */
const MAX_TERM_LENGTH = 100

/** Half a sentence to go behind "… is not defined", or the empty text. */
export function adviseOnTerm(term: string, active: ActiveContext, isType: boolean): string {
  if (term.length > MAX_TERM_LENGTH) return ''
  const here = nearest(term, usable(active, isType))
  if (here !== undefined) {
    return `; did you mean "${here}" (${active.terms.get(here)?.source ?? 'an @context written in the document'})?`
  }
  const known = findHomes()[isType ? 'types' : 'properties']
  const elsewhere = known.has(term) ? term : nearest(term, known.keys())
  const spelling = elsewhere === term ? '' : ` did you mean "${elsewhere}"?`
  const advice = adviseOnHome(known.get(elsewhere ?? '') ?? [], active)
  return advice === '' ? '' : `;${spelling} ${advice}`
}

/** Of several homes one that the document names already is the best, then the latest of those for every node. */
function adviseOnHome(homes: readonly Home[], active: ActiveContext): string {
  const named = sources(active)
  const near = homes.filter(({ url }) => named.has(url))
  const open = homes.filter(({ type }) => type === undefined)
  const [best] = [near, open, homes].map((some) => some.at(-1)).filter((home) => home !== undefined)
  if (best === undefined) return ''
  const types = homes.flatMap(({ url, type }) => (url === best.url && type !== undefined ? `"${type}"` : []))
  if (best.type === undefined || types.length === 0) {
    return near.length > 0 ? '' : `${best.url} defines it: add that to "@context"`
  }
  const some = types.slice(0, 3).join(' or ')
  return `${best.url} defines it for the type ${some}: add ${near.length > 0 ? 'the type' : 'that context and the type'}`
}

/** Types begin with a capital letter by custom; a property is not proposed for a type, nor the other way round. */
function* usable(active: ActiveContext, isType: boolean): Iterable<string> {
  for (const [term, { id }] of active.terms) {
    if (id !== null && (isType ? looksLikeType(term) && !isKeyword(id) : !looksLikeType(term))) yield term
  }
}

function looksLikeType(term: string): boolean {
  return /^[A-Z0-9]/.test(term)
}

function sources(active: ActiveContext): ReadonlySet<string | undefined> {
  return new Set([...active.terms.values()].map(({ source }) => source))
}

interface Home {
  readonly url: string
  /** The type whose scoped context has the term. */
  readonly type: string | undefined
}

type Homes = Map<string, Home[]>
let homes: { readonly types: Homes; readonly properties: Homes } | undefined

/** Every term of the bundled contexts, with where it is defined; gathered when first needed. */
function findHomes(): { readonly types: Homes; readonly properties: Homes } {
  if (homes !== undefined) return homes
  const types: Homes = new Map()
  const properties: Homes = new Map()
  const collect = (context: JsonObject, home: Home): void => {
    for (const [term, value] of Object.entries(context)) {
      if (term.startsWith('@') || isKeyword(iriOf(value))) continue
      const table = looksLikeType(term) ? types : properties
      table.set(term, [...(table.get(term) ?? []), home])
      const scoped = isObject(value) ? value['@context'] : undefined
      if (isObject(scoped) && looksLikeType(term)) collect(scoped, { url: home.url, type: term })
    }
  }
  for (const url of bundledContextUrls) {
    const context = bundledContext(url)?.['@context']
    for (const part of asArray(context)) if (isObject(part)) collect(part, { url, type: undefined })
  }
  homes = { types, properties }
  return homes
}

function iriOf(value: JsonValue | undefined): string | null {
  const id = isObject(value) ? value['@id'] : value
  return typeof id === 'string' ? id : null
}
