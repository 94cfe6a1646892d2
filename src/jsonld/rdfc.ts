/**
 * RDF Dataset Canonicalization 1.0: one text for each dataset, whatever its blank nodes were called. Hashing is
 * synchronous, and the work on graphs made to be hard is bounded.
 */

import type { Hash } from '../encoding/hash.ts'
import type { HashMany } from '../encoding/suite-hash.ts'
import { type Dataset, type Quad, surrogate, type Term, writeLine } from './dataset.ts'

/**
 * Most steps of the N-degree hash (section 4.8) for one dataset: neighbours looked at, names given out on trial. Only blank
 * nodes that look alike need any; a credential needs few.
 */
export const MAX_STEPS = 250_000
/** Longest way from one blank node to the next that is followed. */
const MAX_DEEP = 500

/** Most statements of one subject that are put in order one by one. */
const MAX_INSERTED = 16

/** The dataset needs more work than is done for one: a graph built to keep a verifier busy. */
export class CanonicalizationLimitError extends Error {}

/** How texts are put in order: by code point as the specification says, or by UTF-16 unit as some libraries do. */
export type Order = 'code-point' | 'utf-16'

/** Canonical N-Quads, one line each, with their line ends. */
export function canonicalLines(dataset: Dataset, hash: Hash, order: Order = 'code-point'): readonly string[] {
  return writeLines(prepare(dataset, hash, order))
}

/** The same where the platform hashes many texts together faster than one after the other. */
export async function canonicalLinesByMany(
  dataset: Dataset,
  hash: Hash,
  hashMany: HashMany,
): Promise<readonly string[]> {
  const run = prepare(dataset, hash, 'code-point')
  const texts: string[] = []
  for (let blank = 0; blank < run.blanks; blank += 1) texts.push(firstDegreeText(run, blank))
  run.firstDegree.push(...(await hashMany(texts)))
  return writeLines(run)
}

function writeLines(run: Run): readonly string[] {
  // Each written once: a name stands in many lines.
  const names: string[] = new Array(run.blanks)
  for (const [blank, id] of nameAll(run)) names[blank] = `_:${id}`
  const term = (value: Term): string => (typeof value === 'number' ? (names[value] as string) : value)
  const groups: { readonly name: string; readonly quads: readonly Quad[] }[] = []
  for (const [subject, quads] of run.bySubject) groups.push({ name: term(subject), quads })
  groups.sort((one, two) => run.compare(one.name, two.name))
  const byName = orderQuads(run.compare, (one, two) => (one === two ? 0 : run.compare(term(one), term(two))))
  const lines: string[] = []
  for (const { name, quads } of groups) {
    const sorted = hasLikeBlanks(quads) ? sortQuads([...quads], byName) : quads
    for (const { p, o, g } of sorted) lines.push(writeLine(name, p, term(o), term(g)))
  }
  return lines
}

/** The canonical name of each blank node (the issued identifiers map of section 4.4.3, step 7). */
export function canonicalNames(dataset: Dataset, hash: Hash): ReadonlyMap<number, string> {
  return nameAll(prepare(dataset, hash, 'code-point'))
}

/** Whether the two orders can differ for this text: a surrogate pair must meet a character from U+E000 to U+FFFF. */
export function ordersDiffer(text: string): boolean {
  return /[\ud800-\udbff]/.test(text) && /[\ue000-\uffff]/.test(text)
}

type Compare = (one: string, two: string) => number

interface Run {
  readonly hash: Hash
  readonly compare: Compare
  /** Each statement once, in order of property, object and graph; blank nodes as yet by number, behind all else. */
  readonly bySubject: ReadonlyMap<Term, readonly Quad[]>
  /** Statements that have the blank node as object or graph, and not as subject. */
  readonly leadingTo: readonly (readonly Quad[] | undefined)[]
  readonly blanks: number
  /** The first-degree hash of each blank node. */
  readonly firstDegree: string[]
  readonly canonical: Issuer
  steps: number
  depth: number
}

/** Comparing terms one by one is comparing lines: no term is the beginning of another but where a blank follows it. */
function prepare(dataset: Dataset, hash: Hash, order: Order): Run {
  const { quads, blanks } = dataset
  const isAstral = order === 'code-point' && (dataset.astral ?? quads.some(hasSurrogates))
  // By UTF-16 unit is the same where there are no surrogates, and fast.
  const compare = isAstral ? compareCodePoints : compareUnits
  // Blank nodes have no names as yet: they stand behind all else, by number.
  const byNumber = orderQuads(compare, (one, two) => {
    if (one === two) return 0
    if (typeof one === 'number') return typeof two === 'number' ? one - two : 1
    return typeof two === 'number' ? -1 : compare(one, two)
  })
  const bySubject = groupBySubject(quads)
  const leadingTo: (Quad[] | undefined)[] = new Array(blanks)
  const lead = (blank: number, quad: Quad): void => {
    const known = leadingTo[blank]
    if (known) known.push(quad)
    else leadingTo[blank] = [quad]
  }
  for (const [subject, group] of bySubject) {
    const unique = group.length > 1 ? dropRepeated(sortQuads(group, byNumber)) : group
    if (unique !== group) bySubject.set(subject, unique)
    for (const quad of unique) {
      const { s, o, g } = quad
      if (typeof o === 'number' && o !== s) lead(o, quad)
      if (typeof g === 'number' && g !== s && g !== o) lead(g, quad)
    }
  }
  return {
    hash,
    compare,
    bySubject,
    leadingTo,
    blanks,
    firstDegree: [],
    canonical: createIssuer('c14n'),
    steps: 0,
    depth: 0,
  }
}

function groupBySubject(quads: readonly Quad[]): Map<Term, Quad[]> {
  const groups = new Map<Term, Quad[]>()
  let last: Quad[] | undefined
  for (const quad of quads) {
    // What is said of one subject mostly stands together.
    if (last?.[0]?.s !== quad.s) last = groups.get(quad.s)
    if (last) {
      last.push(quad)
    } else {
      last = [quad]
      groups.set(quad.s, last)
    }
  }
  return groups
}

type CompareQuads = (one: Quad, two: Quad) => number

/** The order of statements of one subject. */
function orderQuads(compare: Compare, terms: (one: Term, two: Term) => number): CompareQuads {
  return (one, two) => (one.p === two.p ? 0 : compare(one.p, two.p)) || terms(one.o, two.o) || terms(one.g, two.g)
}

function sortQuads(quads: Quad[], order: CompareQuads): Quad[] {
  return quads.length > MAX_INSERTED ? quads.sort(order) : insertionSort(quads, order)
}

/** For few items, without what the platform's own sort sets up first. */
function insertionSort<T>(items: T[], compare: (one: T, two: T) => number): T[] {
  for (let index = 1; index < items.length; index += 1) {
    const item = items[index] as T
    let free = index
    while (free > 0 && compare(items[free - 1] as T, item) > 0) {
      items[free] = items[free - 1] as T
      free -= 1
    }
    items[free] = item
  }
  return items
}

/** The same list where nothing stands there twice. */
function dropRepeated(sorted: Quad[]): Quad[] {
  for (let index = 1; index < sorted.length; index += 1) {
    if (isRepeated(sorted[index] as Quad, sorted[index - 1])) {
      return sorted.filter((quad, place) => !isRepeated(quad, sorted[place - 1]))
    }
  }
  return sorted
}

function isRepeated({ p, o, g }: Quad, before: Quad | undefined): boolean {
  return before !== undefined && before.p === p && before.o === o && before.g === g
}

/** Whether names can put statements in another order than numbers do. */
function hasLikeBlanks(sorted: readonly Quad[]): boolean {
  for (let index = 1; index < sorted.length; index += 1) {
    const one = sorted[index - 1] as Quad
    const two = sorted[index] as Quad
    if (one.p === two.p && (typeof one.o === 'number' || one.o === two.o)) return true
  }
  return false
}

function hasSurrogates({ s, p, o, g }: Quad): boolean {
  return isAstral(s) || isAstral(o) || isAstral(g) || surrogate.test(p)
}

function isAstral(term: Term): boolean {
  return typeof term === 'string' && surrogate.test(term)
}

function nameAll(run: Run): ReadonlyMap<number, string> {
  for (const group of nameUnique(run)) nameAlike(run, group)
  return run.canonical.ids
}

/** Names the blank nodes whose surroundings are like no other's; returns the groups of those that look alike. */
function nameUnique(run: Run): readonly (readonly number[])[] {
  // A node that is the only one has its name whatever its hash is.
  if (run.blanks === 1) issue(run.canonical, 0)
  if (run.blanks <= 1) return []
  const byHash = new Map<string, number[]>()
  for (let blank = 0; blank < run.blanks; blank += 1) {
    run.firstDegree[blank] ??= run.hash.hex(firstDegreeText(run, blank))
    const hash = run.firstDegree[blank] as string
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

/** What the first-degree hash is of (section 4.6). */
function firstDegreeText(run: Run, blank: number): string {
  const own = run.bySubject.get(blank) ?? []
  const others = run.leadingTo[blank] ?? []
  if (others.length > 1 || !staysSorted(own)) return sortedLines(run, blank)
  // A line that begins with an IRI stands before those that begin with "_:a", one with "_:z" behind.
  const [other] = others
  let text = other !== undefined && typeof other.s === 'string' ? writeFor(blank, other) : ''
  for (const quad of own) text += writeFor(blank, quad)
  if (other !== undefined && typeof other.s === 'number') text += writeFor(blank, other)
  return text
}

function sortedLines(run: Run, blank: number): string {
  const lines = quadsOf(run, blank).map((quad) => writeFor(blank, quad))
  return lines.sort(run.compare).join('')
}

/** The line as one blank node sees it: itself as "_:a", every other as "_:z" (section 4.6.3, step 3). */
function writeFor(blank: number, { s, p, o, g }: Quad): string {
  return writeLine(seenFrom(blank, s), p, seenFrom(blank, o), seenFrom(blank, g))
}

function seenFrom(blank: number, term: Term): string {
  return typeof term === 'string' ? term : term === blank ? '_:a' : '_:z'
}

/** Whether the statements of one blank node stay in order when all others are called by one name. */
function staysSorted(own: readonly Quad[]): boolean {
  for (const { s, o, g } of own) if (o === s || g !== own[0]?.g) return false
  return true
}

function quadsOf(run: Run, blank: number): readonly Quad[] {
  return [...(run.bySubject.get(blank) ?? []), ...(run.leadingTo[blank] ?? [])]
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
  return { hash: run.hash.hex(data), issuer }
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
  for (const quad of quadsOf(run, blank)) {
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
  return run.hash.hex(position + (position === 'g' ? '' : quad.p) + name)
}

interface Chosen {
  readonly path: string
  readonly issuer: Issuer
}

/** Of all orders in which alike neighbours can be visited, the one with the least path. */
function choosePath(run: Run, blanks: number[], given: Issuer): Chosen {
  let chosen: Chosen | undefined
  if (blanks.length === 1) return walkPath(run, blanks, given, undefined) as Chosen
  blanks.sort((one, two) => one - two)
  do {
    const made = walkPath(run, blanks, copyIssuer(run, given), chosen?.path)
    if (made && (chosen === undefined || made.path < chosen.path)) chosen = made
  } while (permute(blanks))
  return chosen as Chosen
}

/** `undefined` as soon as the path is sure to be greater than the best one so far. Names are given out by `given`. */
function walkPath(run: Run, blanks: readonly number[], given: Issuer, best: string | undefined): Chosen | undefined {
  spend(run, blanks.length)
  let issuer = given
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

/** For one order among several: what it gives out is for it alone. */
function copyIssuer(run: Run, { prefix, ids }: Issuer): Issuer {
  spend(run, ids.size / 8)
  return { prefix, ids: new Map(ids) }
}

function issue(issuer: Issuer, blank: number): string {
  const known = issuer.ids.get(blank)
  if (known !== undefined) return known
  const made = `${issuer.prefix}${issuer.ids.size}`
  issuer.ids.set(blank, made)
  return made
}

function compareUnits(one: string, two: string): number {
  return one === two ? 0 : one < two ? -1 : 1
}

/** Texts in order of code points. */
export function sortByCodePoint(texts: readonly string[]): readonly string[] {
  return [...texts].sort(compareCodePoints)
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
