/** `doctor`: what exactly is signed of a document, and where two documents part. */

import { createHash } from 'node:crypto'
import { defaultLoader } from '../../defaults.ts'
import { canonicalJson } from '../../encoding/canonical-json.ts'
import { describe, pointer } from '../../encoding/json.ts'
import { createDocumentLoader, type DocumentLoader, type JsonObject } from '../../index.ts'
import { canonize } from '../../jsonld/canonize.ts'
import { type Args, type Command, CommandError, exit } from '../command.ts'
import { contextOption, readContexts } from '../contexts.ts'
import { inputHelp, lookAt, readInput } from '../input.ts'
import { printable, type Terminal } from '../terminal.ts'
import { counted } from '../wording.ts'

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'prints canonical N-Quads and hashes, and the first place where two documents part',
  usage: ['doctor INPUT', 'doctor INPUT OTHER', 'doctor INPUT --quads > canonical.nq'],
  options: {
    ...contextOption,
    quads: { help: 'Prints the canonical N-Quads and nothing else, byte for byte as they are hashed.' },
    'with-proof': { help: 'Leaves the proof in. Default: it is taken out, as for signing.' },
  },
  details: `Exit code 1 where two documents part. Nothing is verified.\n${inputHelp}`,
  words: [1, 2],
  run,
}

interface Canonical {
  readonly name: string
  readonly document: JsonObject
  readonly json: string
  readonly lines: readonly string[]
}

async function run(args: Args, terminal: Terminal): Promise<number> {
  const contexts = await readContexts(args.texts('context'))
  const loadDocument = contexts ? createDocumentLoader({ documents: contexts }) : defaultLoader
  const [first, second] = await Promise.all(
    args.words.map((word) => readCanonical(word, terminal, args.has('with-proof'), loadDocument)),
  )
  if (!first) return exit.usage
  const show = terminal.output.isTTY ? printable : (text: string) => text
  if (args.has('quads')) {
    for (const line of first.lines) terminal.output.write(`${show(line)}\n`)
    return exit.ok
  }
  for (const each of second ? [first, second] : [first]) terminal.output.write(`${summaryOf(each)}\n`)
  if (!second) {
    terminal.output.write(`\nCanonical N-Quads:\n${first.lines.map((line) => show(line)).join('\n')}\n`)
    return exit.ok
  }
  const parting = partingOf(first, second)
  terminal.output.write(`\n${parting ?? 'Both are the same, as JSON and in what they say.'}\n`)
  return parting === undefined ? exit.ok : exit.failed
}

async function readCanonical(
  word: string,
  terminal: Terminal,
  withProof: boolean,
  loadDocument: DocumentLoader,
): Promise<Canonical> {
  const input = await readInput(word, terminal, false)
  const { document: read, header } = lookAt(input)
  const { proof: _, ...rest } = read
  const document = Object.freeze(withProof ? read : rest)
  try {
    // The payload of a JWT is signed as text; it need not be JSON-LD.
    const quads = header && !('@context' in document) ? '' : await canonize(document, { loadDocument })
    return { name: input.name, document, json: canonicalJson(document), lines: quads.split('\n').slice(0, -1) }
  } catch (cause) {
    const why = describe(cause)
    throw new CommandError(exit.data, `${input.name} has no canonical form: ${why}`, { cause })
  }
}

function summaryOf({ name, json, lines }: Canonical): string {
  const quads = lines.map((line) => `${line}\n`).join('')
  return [
    printable(name, 200),
    `  N-Quads   ${counted(lines.length, 'statement', 'statements')}`,
    `  SHA-256   ${hash('sha256', quads)}  of the N-Quads (RDFC-1.0)`,
    `  SHA-384   ${hash('sha384', quads)}  of the N-Quads`,
    `  SHA-256   ${hash('sha256', json)}  of the canonical JSON (RFC 8785)`,
  ].join('\n')
}

function hash(name: string, text: string): string {
  return createHash(name).update(text).digest('hex')
}

function partingOf(one: Canonical, other: Canonical): string | undefined {
  const at = one.lines.findIndex((line, index) => line !== other.lines[index])
  const place = at >= 0 ? at : one.lines.length < other.lines.length ? one.lines.length : -1
  const path = pathOfDifference(one.document, other.document, '')
  if (place < 0 && path === undefined) return undefined
  const json =
    path === undefined
      ? ''
      : `As JSON they first part at ${printable(path.path || '/', 500)}:\n  ${path.one}\n  ${path.other}\n`
  if (place < 0) return `${json}What they say (N-Quads) is the same.`
  const line = (each: Canonical): string => printable(each.lines[place] ?? '(the end)', 500)
  return `${json}As N-Quads they first part at statement ${place + 1}:\n  ${line(one)}\n  ${line(other)}`
}

interface Difference {
  readonly path: string
  readonly one: string
  readonly other: string
}

function pathOfDifference(one: unknown, other: unknown, path: string): Difference | undefined {
  if (isContainer(one) && isContainer(other) && Array.isArray(one) === Array.isArray(other)) {
    for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const found = pathOfDifference(memberOf(one, name), memberOf(other, name), pointer(path, name))
      if (found) return found
    }
    return undefined
  }
  return Object.is(one, other) ? undefined : { path, one: textOf(one), other: textOf(other) }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function memberOf(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
}

function textOf(value: unknown): string {
  return value === undefined ? '(is not there)' : printable(JSON.stringify(value), 300)
}
