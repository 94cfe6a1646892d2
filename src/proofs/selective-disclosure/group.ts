/**
 * The statements of a document under labels that hide how many there are (`canonicalizeAndGroup` of Data Integrity ECDSA
 * Cryptosuites 1.0 section 3.4): the whole in canonical order, and which of its lines a selection says.
 */

import { sha256 } from '../../encoding/hash.ts'
import { CredentialError } from '../../errors.ts'
import { originOf } from '../../jsonld/expand.ts'
import { canonicalNames } from '../../jsonld/rdfc.ts'
import { readStatements, type Statements, writeLines } from '../../jsonld/statements.ts'
import type { DocumentLoader, JsonObject } from '../../types.ts'
import type { Relabel } from './labels.ts'
import { select } from './select.ts'

/** A whole document under labels. */
export interface Labelled {
  readonly document: JsonObject
  readonly loadDocument: DocumentLoader
  readonly lines: readonly string[]
  /** Labels by what the blank nodes stand for. */
  readonly labels: ReadonlyMap<string, string>
  /** JSON Pointers of the lists. */
  readonly lists: ReadonlySet<string>
}

/** Canonicalises a frozen document and gives its blank nodes labels. */
export async function labelDocument(
  document: JsonObject,
  loadDocument: DocumentLoader,
  relabel: Relabel,
): Promise<Labelled> {
  const statements = await readStatements(document, loadDocument)
  const names = canonicalNames(statements.dataset, sha256)
  const made = relabel([...names.values()])
  const labelOf = (blank: number): string => made.get(names.get(blank) as string) as string
  const lines = writeLines(statements.dataset, labelOf)
  return {
    document,
    loadDocument,
    lines,
    labels: new Map(statements.origins.map((origin, blank) => [origin, labelOf(blank)])),
    lists: new Set(statements.origins.flatMap(listOf)),
  }
}

function listOf(origin: string): readonly string[] {
  const cell = /^list \d+ (.*)$/s.exec(origin)
  return cell ? [cell[1] as string] : []
}

/** Lines that always show, and the others, each in order. */
export interface Groups {
  readonly mandatory: readonly string[]
  readonly others: readonly string[]
}

/** The lines of a whole document, by the pointers of what is mandatory. */
export async function groupLines(whole: Labelled, mandatoryPointers: readonly string[]): Promise<Groups> {
  const mandatory = mandatoryPointers.length === 0 ? [] : (await disclosePart(whole, mandatoryPointers)).lines
  const places = new Set(mandatory)
  return { mandatory, others: whole.lines.filter((line) => !places.has(line)) }
}

/**
 * The lines of a part under the labels that its proof gives, by the places of what is mandatory. `undefined` where there is not one
 * label for each blank node and no other, or a place is behind the end.
 */
export async function groupPart(
  document: JsonObject,
  loadDocument: DocumentLoader,
  labelMap: ReadonlyMap<string, string>,
  mandatoryIndexes: readonly number[],
): Promise<Groups | undefined> {
  const { dataset } = await readStatements(document, loadDocument)
  const names = canonicalNames(dataset, sha256)
  if (names.size !== labelMap.size || ![...names.values()].every((name) => labelMap.has(name))) return undefined
  const lines = writeLines(dataset, (blank) => labelMap.get(names.get(blank) as string) as string)
  if (mandatoryIndexes.some((place) => place >= lines.length)) return undefined
  const places = new Set(mandatoryIndexes)
  return {
    mandatory: lines.filter((_, place) => places.has(place)),
    others: lines.filter((_, place) => !places.has(place)),
  }
}

/** What is signed of the mandatory lines. */
export function hashLines(lines: readonly string[]): Uint8Array {
  return sha256.bytes(lines.join(''))
}

/** What pointers select of a labelled document. */
export interface Disclosed {
  readonly document: JsonObject
  /** Its lines, under the labels of the whole, in order. */
  readonly lines: readonly string[]
  /** The labels by the canonical names that blank nodes have in the part alone. */
  readonly labelMap: ReadonlyMap<string, string>
}

/** Throws `OPTION_INVALID` for a pointer that points at nothing, and an error for a part that would say something else. */
export async function disclosePart(whole: Labelled, pointers: readonly string[]): Promise<Disclosed> {
  const selection = select(whole.document, pointers, whole.lists)
  const part = await readStatements(selection.document, whole.loadDocument)
  const labelOf = (blank: number): string => whole.labels.get(originalOrigin(part, blank, selection.original)) as string
  const lines = writeLines(part.dataset, labelOf)
  const known = new Set(whole.lines)
  const odd = lines.find((line) => !known.has(line))
  if (odd !== undefined) {
    const message = 'what is pointed at cannot be cut out of the value around it without saying something else: '
    throw new CredentialError(
      'OPTION_INVALID',
      `${message}point at that value; the statement ${odd.trim().slice(0, 200)} was not signed`,
    )
  }
  const names = canonicalNames(part.dataset, sha256)
  return {
    document: selection.document,
    lines,
    labelMap: new Map([...names].map(([blank, name]) => [name, labelOf(blank)])),
  }
}

function originalOrigin({ origins }: Statements, blank: number, original: (path: string) => string): string {
  const [, role, index, path] = /^(node|graph|list) (\d+) (.*)$/s.exec(origins[blank] ?? '') ?? []
  return originOf(role as 'node', original(path ?? ''), Number(index))
}

/** Which lines of the whole are among these, by their places. */
export function placesOf(lines: readonly string[], all: readonly string[]): readonly number[] {
  const wanted = new Set(lines)
  return all.flatMap((line, place) => (wanted.has(line) ? [place] : []))
}
