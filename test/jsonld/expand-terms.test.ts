/** Every term of every bundled context says something: a term that yields no statement would be lost from what is signed. */

import { describe, expect, it } from 'vitest'
import {
  type ActiveContext,
  applyContext,
  initialContext,
  type TermDefinition,
} from '../../src/jsonld/active-context.ts'
import { bundledContextUrls } from '../../src/jsonld/bundled-contexts.ts'
import type { JsonObject, JsonValue } from '../../src/types.ts'
import { askWalk, compare } from './expand-compare.ts'
import { bundled, freeze } from './expand-documents.ts'

/** One term where it is in scope, and how to write a document around a node in that scope. */
interface Case {
  readonly where: string
  readonly term: string
  readonly definition: TermDefinition
  /** How "@type" is written there. */
  readonly type: string
  around(node: JsonObject): JsonObject
}

/** Terms that are no property and no class. */
const without: readonly { readonly why: string; holds(term: string, definition: TermDefinition): boolean }[] = [
  { why: 'an alias of a keyword', holds: (_, { id }) => id === null || id.startsWith('@') },
  { why: 'a prefix', holds: (_, { id }) => /[#/:]$/.test(id ?? '') },
]

/** Terms whose every use is told of, because another name of the same property is the plain one. */
const notPlain: ReadonlyMap<string, string> = new Map([
  ['expiration', 'the end of a proof is called "expires", whatever an old context calls it'],
])

function casesOf(url: string): readonly Case[] {
  const cases: Case[] = []
  const seen = new Set<JsonValue>()
  const visit = (
    active: ActiveContext,
    before: ActiveContext | undefined,
    where: string,
    around: Case['around'],
  ): void => {
    for (const [term, definition] of active.terms) {
      if (before?.terms.get(term) === definition) continue
      if (!without.some(({ holds }) => holds(term, definition)))
        cases.push({ where, term, definition, type: typeName(active), around })
      const { context, source } = definition
      if (context === undefined || context === null || seen.has(context)) continue
      seen.add(context)
      const isType = isClass(term)
      const applied = applyContext(active, context, bundled(), {
        source,
        ...(isType ? { propagate: false } : { overrideProtected: true }),
      })
      if (!('active' in applied)) throw new Error(`${where} ${term} cannot be applied`)
      visit(applied.active, active, `${where}/${term}`, (node) =>
        around(
          isType
            ? { [typeName(active)]: term, ...node }
            : { [term]: definition.container.includes('@list') ? [node] : node },
        ),
      )
    }
  }
  const applied = applyContext(initialContext, url, bundled())
  if (!('active' in applied)) throw new Error(`${url} cannot be applied`)
  visit(applied.active, undefined, '', (node) => ({ '@context': url, ...node }))
  return cases
}

function typeName(active: ActiveContext): string {
  return active.terms.get('type')?.id === '@type' ? 'type' : '@type'
}

function isClass(term: string): boolean {
  return /^[A-Z0-9]/.test(term)
}

function sample({ type, container }: TermDefinition): JsonValue {
  if (container.includes('@graph')) return { '@type': 'urn:x:Node' }
  if (type === '@json') return { b: 1, a: null }
  if (type === '@id' || type === '@vocab') return 'urn:x:object'
  if (/#boolean$/.test(type ?? '')) return true
  return /#(float|integer|nonNegativeInteger)$/.test(type ?? '') ? 5 : 'text'
}

/** What must stand in the statement, as N-Quads writes it. */
function expected({ type, container }: TermDefinition): RegExp {
  if (container.includes('@graph') || container.includes('@list')) return /^_:b$/
  if (type === '@id' || type === '@vocab') return /^<urn:x:object>$/
  if (type === '@json') return /#JSON>$/
  if (type === undefined || type === '@none') return /^"text"$/
  return type.endsWith('//www.w3.org/2001/XMLSchema#string') && type.startsWith('http:')
    ? /^"text"$/
    : new RegExp(`\\^\\^<${type.replaceAll(/[.?+*()[\]$^|\\]/g, '\\$&')}>$`)
}

async function check({ term, definition, type, around }: Case): Promise<string | undefined> {
  const document = freeze(around(isClass(term) ? { [type]: term } : { [term]: sample(definition) })) as JsonObject
  const form = await askWalk(document)
  if (!('dataset' in form)) return `no dataset: ${JSON.stringify(form)}`
  const { quads } = form.dataset
  const found = isClass(term)
    ? quads.some(({ p, o }) => p.endsWith('#type>') && o === `<${definition.id}>`)
    : quads.some(
        ({ p, o }) => p === `<${definition.id}>` && expected(definition).test(typeof o === 'number' ? '_:b' : o),
      )
  if (!found) return `no statement: ${JSON.stringify(quads)}`
  const { outcome, why } = await compare(document, 'SHA-256')
  if (outcome === 'same' || (outcome === 'told' && notPlain.has(term))) return undefined
  return `${outcome} ${why ?? ''} ${JSON.stringify(form.notCompacted)}`
}

describe('every term of', () => {
  const total: string[] = []
  it.each(bundledContextUrls)('%s says something', async (url) => {
    const cases = casesOf(url)
    const silent: string[] = []
    for (const each of cases) {
      const problem = await check(each)
      if (problem !== undefined) silent.push(`${each.where}/${each.term}: ${problem}`)
    }
    expect(silent).toEqual([])
    total.push(...cases.map(({ where, term }) => `${url}${where}/${term}`))
  })

  it('all of them', () => {
    expect(new Set(total).size).toBeGreaterThan(840)
  })
})
