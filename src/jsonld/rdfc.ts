/**
 * RDF Dataset Canonicalization 1.0: one text for each dataset, whatever its blank nodes were called. Hashing is
 * synchronous, and the work on graphs made to be hard is bounded.
 */

import { type Digest, hashHex } from '../encoding/hash.ts'
import { type Dataset, type Quad, type Term, writeLine } from './dataset.ts'

/**
 * Most steps of the N-degree hash (section 4.8) for one dataset: neighbours looked at, names given out on trial. Only blank
 * nodes that look alike need any; a credential needs few.
 */
export const MAX_STEPS = 250_000
/** Longest way from one blank node to the next that is followed. */
const MAX_DEEP = 500

/** The dataset needs more work than is done for one: a graph built to keep a verifier busy. */
export class CanonicalizationLimitError extends Error {}

/** How texts are put in order: by code point as the specification says, or by UTF-16 unit as some libraries do. */
export type Order = 'code-point' | 'utf-16'

/** Canonical N-Quads, one line each, with their line ends. */
export function canonicalLines(dataset: Dataset, digest: Digest, order: Order = 'code-point'): readonly string[] {
  const run = prepare(dataset, digest, order)
  const ids = nameAll(run)
  const term = (value: Term): string => (typeof value === 'number' ? `_:${ids.get(value)}` : value)
  const lines = dataset.quads.map(({ s, p, o, g, line }) => line ?? writeLine(term(s), p, term(o), term(g)))
  return lines.sort(run.compare)
}

/** The canonical name of each blank node (the issued identifiers map of section 4.4.3, step 7). */
export function canonicalNames(dataset: Dataset, digest: Digest): ReadonlyMap<number, string> {
  return nameAll(prepare(dataset, digest, 'code-point'))
}

/** Whether the two orders can differ for these lines: a surrogate pair must meet a character from U+E000 to U+FFFF. */
export function ordersDiffer(lines: readonly string[]): boolean {
  const has = (pattern: RegExp): boolean => lines.some((each) => pattern.test(each))
  return has(/[\ud800-\udbff]/) && has(/[\ue000-\uffff]/)
}

interface Run {
  readonly digest: Digest
  readonly compare: ((one: string, two: string) => number) | undefined
  readonly quadsOf: readonly (readonly Quad[])[]
  readonly firstDegree: string[]
  readonly canonical: Issuer
  steps: number
  depth: number
}

function prepare({ quads, blanks }: Dataset, digest: Digest, order: Order): Run {
  const quadsOf: Quad[][] = Array.from({ length: blanks }, () => [])
  for (const quad of quads) {
    const { s, o, g } = quad
    if (typeof s === 'number') quadsOf[s]?.push(quad)
    if (typeof o === 'number' && o !== s) quadsOf[o]?.push(quad)
    if (typeof g === 'number' && g !== s && g !== o) quadsOf[g]?.push(quad)
  }
  // The engine's own order is by UTF-16 unit, and the same where there are no surrogates.
  const compare = order === 'code-point' && quads.some(hasSurrogates) ? compareCodePoints : undefined
  return { digest, compare, quadsOf, firstDegree: [], canonical: createIssuer('c14n'), steps: 0, depth: 0 }
}

function hasSurrogates({ s, p, o, g, line }: Quad): boolean {
  if (line !== undefined) return surrogate.test(line)
  return isAstral(s) || isAstral(o) || isAstral(g) || surrogate.test(p)
}

function isAstral(term: Term): boolean {
  return typeof term === 'string' && surrogate.test(term)
}

const surrogate = /[\ud800-\udfff]/

function nameAll(run: Run): ReadonlyMap<number, string> {
  for (const group of nameUnique(run)) nameAlike(run, group)
  return run.canonical.ids
}

/** Names the blank nodes whose surroundings are like no other's; returns the groups of those that look alike. */
function nameUnique(run: Run): readonly (readonly number[])[] {
  const byHash = new Map<string, number[]>()
  for (let blank = 0; blank < run.quadsOf.length; blank += 1) {
    const hash = hashFirstDegree(run, blank)
    run.firstDegree.push(hash)
    const known = byHash.get(hash)
    if (known) known.push(blank)
    else byHash.set(hash, [blank])
  }
  const alike: (readonly number[])[] = []
  for (const hash of [...byHash.keys()].sort()) {
    const group = byHash.get(hash) as number[]
    if (group.length === 1) issue(run.canonical, group[0] as number)
    else alike.push(group)
  }
  return alike
}

function nameAlike(run: Run, group: readonly number[]): void {
  const paths = group
    .filter((blank) => !run.canonical.ids.has(blank))
    .map((blank) => {
      const issuer = createIssuer('b')
      issue(issuer, blank)
      return hashNDegree(run, blank, issuer)
    })
  paths.sort((one, two) => (one.hash < two.hash ? -1 : one.hash > two.hash ? 1 : 0))
  for (const { issuer } of paths) for (const blank of issuer.ids.keys()) issue(run.canonical, blank)
}

function hashFirstDegree(run: Run, blank: number): string {
  const term = (value: Term): string => (typeof value !== 'number' ? value : value === blank ? '_:a' : '_:z')
  const lines = (run.quadsOf[blank] ?? []).map(({ s, p, o, g }) => writeLine(term(s), p, term(o), term(g)))
  return hashHex(run.digest, lines.sort(run.compare).join(''))
}

interface Hashed {
  readonly hash: string
  readonly issuer: Issuer
}

function hashNDegree(run: Run, blank: number, given: Issuer): Hashed {
  run.depth += 1
  if (run.depth > MAX_DEEP) throw tooMuch()
  const related = relatedByHash(run, blank, given)
  let data = ''
  let issuer = given
  for (const hash of [...related.keys()].sort()) {
    const chosen = choosePath(run, related.get(hash) as number[], issuer)
    data += hash + chosen.path
    issuer = chosen.issuer
  }
  run.depth -= 1
  return { hash: hashHex(run.digest, data), issuer }
}

function spend(run: Run, steps: number): void {
  run.steps += steps
  if (run.steps > MAX_STEPS) throw tooMuch()
}

function tooMuch(): CanonicalizationLimitError {
  return new CanonicalizationLimitError(`the document needs more than ${MAX_STEPS} steps to be canonicalised`)
}

function relatedByHash(run: Run, blank: number, issuer: Issuer): ReadonlyMap<string, number[]> {
  const related = new Map<string, number[]>()
  for (const quad of run.quadsOf[blank] ?? []) {
    spend(run, 1 + quad.p.length / 64)
    for (const position of ['s', 'o', 'g'] as const) {
      const other = quad[position]
      if (typeof other !== 'number' || other === blank) continue
      const hash = hashRelated(run, other, quad, issuer, position)
      const known = related.get(hash)
      if (known) known.push(other)
      else related.set(hash, [other])
    }
  }
  return related
}

function hashRelated(run: Run, related: number, quad: Quad, issuer: Issuer, position: 's' | 'o' | 'g'): string {
  const id = run.canonical.ids.get(related) ?? issuer.ids.get(related)
  const name = id === undefined ? (run.firstDegree[related] as string) : `_:${id}`
  return hashHex(run.digest, position + (position === 'g' ? '' : quad.p) + name)
}

interface Chosen {
  readonly path: string
  readonly issuer: Issuer
}

/** Of all orders in which alike neighbours can be visited, the one with the least path. */
function choosePath(run: Run, blanks: number[], given: Issuer): Chosen {
  let chosen: Chosen | undefined
  blanks.sort((one, two) => one - two)
  do {
    const made = walkPath(run, blanks, given, chosen?.path)
    if (made && (chosen === undefined || made.path < chosen.path)) chosen = made
  } while (permute(blanks))
  return chosen as Chosen
}

/** `undefined` as soon as the path is sure to be greater than the best one so far. */
function walkPath(run: Run, blanks: readonly number[], given: Issuer, best: string | undefined): Chosen | undefined {
  spend(run, blanks.length + given.ids.size / 8)
  let issuer = cloneIssuer(given)
  let path = ''
  const toVisit: number[] = []
  const isWorse = (): boolean => best !== undefined && path.length >= best.length && path > best
  for (const blank of blanks) {
    const canonical = run.canonical.ids.get(blank)
    if (canonical === undefined && !issuer.ids.has(blank)) toVisit.push(blank)
    path += `_:${canonical ?? issue(issuer, blank)}`
    if (isWorse()) return undefined
  }
  for (const blank of toVisit) {
    const result = hashNDegree(run, blank, issuer)
    path += `_:${issue(issuer, blank)}<${result.hash}>`
    issuer = result.issuer
    if (isWorse()) return undefined
  }
  return { path, issuer }
}

/**
 * Puts the items into their next order, each order once: one item that stands there many times makes no new ones. False
 * after the last, where they are in descending order.
 */
function permute(items: number[]): boolean {
  const at = (index: number): number => items[index] as number
  let start = items.length - 2
  while (start >= 0 && at(start) >= at(start + 1)) start -= 1
  if (start < 0) return false
  let next = items.length - 1
  while (at(next) <= at(start)) next -= 1
  swap(items, start, next)
  for (let low = start + 1, high = items.length - 1; low < high; low += 1, high -= 1) swap(items, low, high)
  return true
}

function swap(items: number[], one: number, two: number): void {
  const kept = items[one] as number
  items[one] = items[two] as number
  items[two] = kept
}

/** Gives out names in order of asking. */
interface Issuer {
  readonly prefix: string
  readonly ids: Map<number, string>
}

function createIssuer(prefix: string): Issuer {
  return { prefix, ids: new Map() }
}

function cloneIssuer({ prefix, ids }: Issuer): Issuer {
  return { prefix, ids: new Map(ids) }
}

function issue(issuer: Issuer, blank: number): string {
  const known = issuer.ids.get(blank)
  if (known !== undefined) return known
  const made = `${issuer.prefix}${issuer.ids.size}`
  issuer.ids.set(blank, made)
  return made
}

/** UTF-16 units order as code points do, but for surrogates: they stand below U+E000 and mean what lies above U+FFFF. */
function compareCodePoints(one: string, two: string): number {
  const length = Math.min(one.length, two.length)
  for (let index = 0; index < length; index += 1) {
    const difference = rank(one.charCodeAt(index)) - rank(two.charCodeAt(index))
    if (difference !== 0) return difference
  }
  return one.length - two.length
}

function rank(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit
}
