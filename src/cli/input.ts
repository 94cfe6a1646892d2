/**
 * What a stranger sent, from wherever it lies: a file, standard input, a URL where the network was allowed, or the text itself, as it
 * stands in a message or a QR code.
 */

import { stat } from 'node:fs/promises'
import { asArray, describe } from '../encoding/json.ts'
import { defaultLimits } from '../encoding/limits.ts'
import { type Glance, glance } from '../glance.ts'
import type { JsonObject } from '../index.ts'
import { CommandError, exit, usageError } from './command.ts'
import { fetchText } from './fetch.ts'
import { assertPublic, readBytes } from './files.ts'
import type { Terminal } from './terminal.ts'

/** One input, as `verify` takes it, and how to call it. */
export interface Input {
  readonly name: string
  readonly content: Uint8Array | string
}

/** What an input holds, with the document in it. */
export type Held = Glance & { readonly document: JsonObject }

/** The words for the help of commands that take an input. */
export const inputHelp: string = [
  'INPUT is a file (JSON, a JWT, or a PNG or SVG with a credential in it), - for standard input, an https URL (with --online), or the',
  'text itself, such as that of a QR code: JSON, a JWT, or a data: URL. What is read is bounded; nothing in it is run or fetched.',
].join('\n')

/** Reads an input. */
export async function readInput(word: string, terminal: Terminal, online: boolean): Promise<Input> {
  const input = await readFrom(word, terminal, online)
  const { name, content } = input
  assertPublic(name, typeof content === 'string' ? content : new TextDecoder('latin1').decode(content))
  return input
}

async function readFrom(word: string, terminal: Terminal, online: boolean): Promise<Input> {
  if (word === '-') return { name: 'standard input', content: trimText(await readAll(terminal)) }
  const text = word.trim()
  if (/^https?:/i.test(text)) return readUrl(text, online)
  if (/^data:/i.test(text)) return { name: 'the data: URL', content: readDataUrl(text) }
  if (/^VP1-/.test(text)) {
    throw new CommandError(
      exit.data,
      'this QR code holds CBOR-LD (VP1-…), which is not read here; ask for the credential as a file',
    )
  }
  if (isItself(text)) return { name: 'the text', content: text }
  await assertFile(word)
  const bytes = await readBytes(word)
  const other = kindOfFile(bytes)
  if (other !== undefined) throw new CommandError(exit.data, `${word} is ${other}`)
  return { name: word, content: trimText(bytes) }
}

/** Looks at an input that must hold something. */
export function lookAt(input: Input): Held {
  const seen = glance(input)
  const { document, problem = 'it is the URL of an assertion of Open Badges 2.0' } = seen
  if (document) return { ...seen, document }
  throw new CommandError(exit.data, `${input.name} holds no credential: ${problem}`)
}

/** What every credential or presentation has one of, or who writes one begins with. */
const telling = ['@context', 'credentialSubject', 'issuer', 'verifiableCredential', 'holder', 'proof'] as const

/** Says of JSON that it is of quite another kind, so that what is missing need not be told one by one. */
export function otherJson({ name }: Input, { kind, document, header }: Glance): string | undefined {
  if (!document || header || kind === 'assertion' || telling.some((member) => document[member] !== undefined))
    return undefined
  if (asArray(document['type']).some((type) => typeof type === 'string' && /Verifiable|Credential/.test(type)))
    return undefined
  return `${name} is no credential, but other JSON: a credential has "@context", "type" with "VerifiableCredential", "issuer" and "credentialSubject"`
}

/** By their first bytes: files in which people keep credentials, and which are not looked into. */
const otherFiles: readonly (readonly [string, string])[] = [
  ['PK\u0003\u0004', 'a ZIP archive: take the credential out of it, and give that file'],
  ['\u001f\u008b', 'compressed: take the credential out of it (gunzip, tar -x), and give that file'],
  ['%PDF-', 'a PDF, which is not read here: ask for the credential as JSON, a JWT, PNG or SVG'],
  ['\u00ff\u00d8\u00ff', 'a JPEG picture, which holds no credential: those in pictures are in PNG or SVG'],
]

function kindOfFile(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  return otherFiles.find(([start]) => head.startsWith(start))?.[1]
}

/** JSON or a compact JWS, and no name of a file. */
function isItself(text: string): boolean {
  return text.startsWith('{') || /^eyJ[\w-]+\.[\w-]+\.[\w~.-]+$/.test(text)
}

/** A file that is no picture may end in a line end, which no JWT does. */
function trimText(bytes: Uint8Array): Uint8Array | string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 64)).trimStart()
  return head.startsWith('eyJ') ? new TextDecoder().decode(bytes).trim() : bytes
}

async function assertFile(word: string): Promise<void> {
  const found = await stat(word).catch(() => undefined)
  if (found?.isFile() || found?.isFIFO() || found?.isCharacterDevice()) {
    if (found.size <= defaultLimits.bytes) return
    throw new CommandError(exit.data, `${word} has ${found.size} bytes; at most ${defaultLimits.bytes} are read`)
  }
  throw new CommandError(
    exit.noInput,
    found
      ? `${word} is a folder; name one file in it`
      : `there is no file ${word}, and it is neither a URL, JSON nor a JWT`,
  )
}

async function readAll({ input }: Terminal): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of input) {
    const bytes = typeof part === 'string' ? new TextEncoder().encode(part) : part
    size += bytes.length
    if (size > defaultLimits.bytes) {
      throw new CommandError(exit.data, `standard input has more than ${defaultLimits.bytes} bytes`)
    }
    parts.push(bytes)
  }
  if (size === 0) throw new CommandError(exit.noInput, 'standard input is empty')
  return Buffer.concat(parts)
}

async function readUrl(url: string, online: boolean): Promise<Input> {
  if (!online) throw usageError(`${url} is on a network, and nothing is fetched unless asked: add --online`)
  if (!/^https:/i.test(url)) throw usageError(`${url}: only https is fetched`)
  try {
    const content = await fetchText(url)
    if (content !== undefined) return { name: url, content }
  } catch (cause) {
    throw new CommandError(exit.noInput, `${url} cannot be had: ${describe(cause)}`, {
      cause,
    })
  }
  throw new CommandError(exit.noInput, `${url}: there is nothing`)
}

/** RFC 2397, as far as credentials need it. */
function readDataUrl(url: string): Uint8Array | string {
  const match = /^data:([^,]*),(.*)$/is.exec(url)
  if (!match) throw new CommandError(exit.data, 'the data: URL has no comma before its data')
  const [, type = '', data = ''] = match
  if (/;base64$/i.test(type)) return Buffer.from(data, 'base64')
  try {
    return decodeURIComponent(data)
  } catch {
    return data
  }
}
