/**
 * One pass over XML text (XML 1.0, Namespaces in XML 1.0) that finds the elements of one name. It is stricter than it need be for
 * pictures, so that no other reader can find something else: no declarations of a document type, no entities but the five of XML,
 * bounded depth and number, every tag closed. Nothing is built but a list of what was found.
 */

/** A name within a namespace. */
export interface ExpandedName {
  readonly namespace: string
  readonly name: string
}

/** An element that was asked for. Places are in UTF-16 units. */
export interface Element {
  readonly attributes: ReadonlyMap<string, string>
  /** Where its first tag begins, and where its last ends. */
  readonly start: number
  readonly end: number
  /** What stands between its tags; nothing for one tag alone. */
  readonly content: string
}

/** The outermost element, and what was found in it. */
export interface Scanned {
  readonly root: ExpandedName & {
    readonly attributes: ReadonlyMap<string, string>
    /** Where its first tag begins and ends, and whether that is its only tag. */
    readonly start: number
    readonly startEnd: number
    readonly isEmpty: boolean
  }
  readonly found: readonly Element[]
}

/** Most elements that are open at once, and most in all. */
const MAX_DEPTH = 256
const MAX_ELEMENTS = 250_000

/** The elements of that name, wherever they stand. */
export function scanXml(text: string, wanted: ExpandedName): Scanned | { readonly problem: string } {
  try {
    return scan(text, wanted)
  } catch (cause) {
    if (cause instanceof Malformed) return { problem: cause.message }
    throw cause
  }
}

/** Thrown to leave the scan; it is not seen outside. */
class Malformed extends Error {}

interface Open extends Tag {
  readonly start: number
  readonly isWanted: boolean
}

interface Scan {
  readonly open: Open[]
  readonly found: Element[]
  /** What each prefix stands for, the nearest declaration last. */
  readonly prefixes: Map<string, string[]>
  root: Scanned['root'] | undefined
  elements: number
}

function scan(text: string, wanted: ExpandedName): Scanned {
  if (forbidden.test(text)) throw new Malformed('it has characters that XML has no place for')
  const state: Scan = { open: [], found: [], prefixes: new Map(), root: undefined, elements: 0 }
  const { open, found } = state
  let hasDoctype = false
  let at = readDeclaration(text, text.startsWith('\uFEFF') ? 1 : 0)
  while (at < text.length) {
    const next = text.indexOf('<', at)
    const end = next < 0 ? text.length : next
    assertText(text.slice(at, end), open.length > 0, at)
    at = end
    if (at === text.length) break
    if (text.startsWith('<!--', at)) at = skipComment(text, at)
    else if (text.startsWith('<![CDATA[', at) && open.length > 0) at = after(text, ']]>', at + 9, 'a CDATA section')
    else if (text.startsWith('<?', at)) at = skipInstruction(text, at)
    else if (text.startsWith('</', at)) at = closeElement(text, at, state)
    else if (!text.startsWith('<!', at)) at = openElement(text, at, state, wanted)
    else {
      if (state.root || hasDoctype) throw new Malformed(`it has a declaration at ${at}, where none may be`)
      hasDoctype = true
      at = skipDoctype(text, at)
    }
  }
  const { root } = state
  if (!root || open.length > 0) throw new Malformed(root ? 'it ends within an element' : 'it has no element')
  return { root, found }
}

function openElement(text: string, at: number, state: Scan, { namespace, name }: ExpandedName): number {
  const { open, found, prefixes } = state
  if (state.root && open.length === 0) throw new Malformed('it has a second outermost element')
  if (open.length >= MAX_DEPTH) throw new Malformed(`it is nested deeper than ${MAX_DEPTH} elements`)
  state.elements += 1
  if (state.elements > MAX_ELEMENTS) throw new Malformed(`it has more than ${MAX_ELEMENTS} elements`)
  const tag = readTag(text, at)
  const { attributes, end, isEmpty } = tag
  for (const [prefix, value] of tag.declared) {
    const values = prefixes.get(prefix)
    if (values) values.push(value)
    else prefixes.set(prefix, [value])
  }
  const [prefix, local] = split(tag.name)
  const own = prefixes.get(prefix)?.at(-1) ?? ''
  const isWanted = own === namespace && local === name
  state.root ??= { name: local, namespace: own, attributes, start: at, startEnd: end, isEmpty }
  if (!isEmpty) open.push({ ...tag, start: at, isWanted })
  else {
    leave(tag, prefixes)
    if (isWanted) found.push({ attributes, start: at, end, content: '' })
  }
  return end
}

function closeElement(text: string, at: number, { open, found, prefixes }: Scan): number {
  const closed = open.pop()
  endTag.lastIndex = at
  if (!closed || endTag.exec(text)?.[1] !== closed.name) throw new Malformed(`a tag at ${at} closes what is not open`)
  const { attributes, start, isWanted } = closed
  leave(closed, prefixes)
  if (isWanted) found.push({ attributes, start, end: endTag.lastIndex, content: text.slice(closed.end, at) })
  return endTag.lastIndex
}

/** What an element declared holds no longer behind it. */
function leave({ declared }: Tag, prefixes: Scan['prefixes']): void {
  for (const [prefix] of declared) prefixes.get(prefix)?.pop()
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be refused (XML 1.0, production 2).
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/
const name = String.raw`[\p{L}_:][\p{L}\p{M}\p{N}_:.·-]*`
const startTag = new RegExp(`<(${name})`, 'uy')
const attribute = new RegExp(String.raw`\s+(${name})\s*=\s*("[^"<]*"|'[^'<]*')`, 'uy')
const tagEnd = /\s*(\/?)>/y
const endTag = new RegExp(String.raw`</(${name})\s*>`, 'uy')
/** A document type that is only named: what it names is not read by anybody here. */
const bareDoctype = /<!DOCTYPE\s+[\w:.-]+(?:\s+(?:SYSTEM|PUBLIC\s+(?:"[^"]*"|'[^']*'))\s+(?:"[^"]*"|'[^']*'))?\s*>/y
const strangeEntity = /&(?!(?:amp|lt|gt|apos|quot|#\d{1,7}|#x[\da-fA-F]{1,6});)/
const declaration = /<\?xml\s[^?>]*\?>/y

function readDeclaration(text: string, at: number): number {
  declaration.lastIndex = at
  const [found] = declaration.exec(text) ?? []
  if (found === undefined) return at
  const encoding = /\sencoding\s*=\s*["']([^"']*)["']/.exec(found)?.[1]
  if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) {
    throw new Malformed('it is not in UTF-8 by its own declaration')
  }
  return declaration.lastIndex
}

function assertText(between: string, isInside: boolean, at: number): void {
  if (!isInside && /\S/.test(between)) throw new Malformed(`it has text at ${at}, outside of all elements`)
  assertEntities(between, at)
}

function assertEntities(text: string, at: number): void {
  if (strangeEntity.test(text)) throw new Malformed(`it has an entity at ${at} or behind that is not one of XML's own`)
}

function skipComment(text: string, at: number): number {
  const end = text.indexOf('--', at + 4)
  if (end < 0 || text[end + 2] !== '>') throw new Malformed(`the comment at ${at} has no end, or "--" within`)
  return end + 3
}

function skipInstruction(text: string, at: number): number {
  if (/^<\?xml[\s?]/i.test(text.slice(at, at + 6)))
    throw new Malformed(`an XML declaration stands at ${at}, not at the start`)
  return after(text, '?>', at + 2, 'an instruction')
}

function skipDoctype(text: string, at: number): number {
  bareDoctype.lastIndex = at
  if (!bareDoctype.test(text))
    throw new Malformed(`it has declarations of its own at ${at} (a DTD), which are not read`)
  return bareDoctype.lastIndex
}

function after(text: string, end: string, at: number, what: string): number {
  const found = text.indexOf(end, at)
  if (found < 0) throw new Malformed(`${what} has no end`)
  return found + end.length
}

interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** Prefixes and what they stand for; the empty one is for names without. */
  readonly declared: readonly (readonly [prefix: string, namespace: string])[]
  readonly end: number
  readonly isEmpty: boolean
}

function readTag(text: string, at: number): Tag {
  startTag.lastIndex = at
  const name = startTag.exec(text)?.[1]
  if (name === undefined) throw new Malformed(`there is no tag at ${at}, where "<" stands`)
  const attributes = new Map<string, string>()
  const declared: (readonly [string, string])[] = []
  let end = startTag.lastIndex
  for (;;) {
    attribute.lastIndex = end
    const [, key, quoted] = attribute.exec(text) ?? []
    if (key === undefined || quoted === undefined) break
    if (attributes.has(key)) throw new Malformed(`the tag at ${at} has the attribute ${key} twice`)
    const value = quoted.slice(1, -1)
    assertEntities(value, end)
    attributes.set(key, value)
    if (key === 'xmlns' || key.startsWith('xmlns:')) {
      // Written with an entity it would be another one here than elsewhere.
      if (value.includes('&')) throw new Malformed(`the tag at ${at} declares a namespace with an entity in its name`)
      declared.push([key.slice(6), value])
    }
    end = attribute.lastIndex
  }
  tagEnd.lastIndex = end
  const [, slash] = tagEnd.exec(text) ?? []
  if (slash === undefined) throw new Malformed(`the tag at ${at} has no end`)
  return { name, attributes, declared, end: tagEnd.lastIndex, isEmpty: slash === '/' }
}

function split(name: string): readonly [prefix: string, local: string] {
  const colon = name.indexOf(':')
  return [name.slice(0, Math.max(colon, 0)), name.slice(colon + 1)]
}
