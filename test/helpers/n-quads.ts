/** Reads N-Quads (N-Quads 1.1) into the dataset that is canonicalised. For tests: whole documents, no error recovery. */

import { type Dataset, escapeIri, type Quad, quoteLiteral, type Term } from '../../src/jsonld/dataset.ts'

/** The dataset, and the number that each blank node got, by its label in the text. */
export interface Parsed extends Dataset {
  readonly labels: ReadonlyMap<string, number>
}

const iri = '<([^>]*)>'
const blank = String.raw`_:([^\s<]*[^\s<.])`
const literal = String.raw`"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([a-zA-Z0-9-]+))?`
const statement = new RegExp(
  String.raw`^\s*(?:${iri}|${blank})\s*${iri}\s*(?:${iri}|${blank}|${literal})\s*(?:${iri}|${blank})?\s*\.\s*(?:#.*)?$`,
)
const xsdString = 'http://www.w3.org/2001/XMLSchema#string'

/** Throws for a line that is no statement, comment or blank. */
export function parseNQuads(text: string): Parsed {
  const labels = new Map<string, number>()
  const quads = new Map<string, Quad>()
  const number = (label: string): number => {
    const known = labels.get(label) ?? labels.size
    labels.set(label, known)
    return known
  }
  for (const line of text.split(/[\r\n]+/)) {
    if (/^\s*(#.*)?$/.test(line)) continue
    const found = statement.exec(line)
    if (!found) throw new Error(`not a statement: ${line}`)
    const [, s, sBlank, p, o, oBlank, value, datatype, language, g, gBlank] = found
    const node = (named: string | undefined, label: string | undefined): Term =>
      named === undefined ? (label === undefined ? '' : number(label)) : bracket(named)
    const quad: Quad = {
      s: node(s, sBlank),
      p: bracket(p ?? ''),
      o: value === undefined ? node(o, oBlank) : literalOf(value, datatype, language),
      g: node(g, gBlank),
    }
    quads.set(JSON.stringify(quad), quad)
  }
  return { quads: [...quads.values()], blanks: labels.size, labels }
}

function literalOf(value: string, datatype: string | undefined, language: string | undefined): string {
  const text = quoteLiteral(unescaped(value))
  if (language !== undefined) return `${text}@${language}`
  const type = datatype === undefined ? xsdString : unescaped(datatype)
  return type === xsdString ? text : `${text}^^${bracket(type)}`
}

function bracket(escaped: string): string {
  return `<${escapeIri(unescaped(escaped))}>`
}

const characters = new Map([
  ['t', '\t'],
  ['b', '\b'],
  ['n', '\n'],
  ['r', '\r'],
  ['f', '\f'],
])

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, single: string) => {
    const code: string | undefined = short ?? long
    return code === undefined ? (characters.get(single) ?? single) : String.fromCodePoint(Number.parseInt(code, 16))
  })
}
