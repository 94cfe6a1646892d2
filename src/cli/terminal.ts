/**
 * Where words come from and go to. What strangers wrote is made harmless before a terminal sees it: control characters could move the
 * cursor, change colours or rewrite what stands above.
 */

import { createHash } from 'node:crypto'

/** The process's streams, or those of a test. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: Stream
  readonly error: Stream
  readonly env: Readonly<Record<string, string | undefined>>
  /** The file of the program, for threads that run it as well. */
  readonly program: URL
}

/** A stream that may be a terminal. */
export interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const colours = { red: 31, green: 32, yellow: 33, grey: 90, bold: 1 } as const

/** A colour, or bold. */
export type Colour = keyof typeof colours

/** Paints text where the stream is a terminal that wants colours (`NO_COLOR` is honoured, and `TERM=dumb`). */
export function painter(stream: Stream, env: Terminal['env']): (colour: Colour, text: string) => string {
  const paints = stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
  return (colour, text) => (paints ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text)
}

/**
 * Characters that are not shown but do something: controls (C0, C1), marks that turn the direction of what follows, separators of lines.
 * The two joiners are left: scripts need them, and they do nothing to a terminal.
 */
const unprintable = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** Names that are whole keys, of which RSA has the longest. */
const longNames = /\bdid:(?:jwk|key):[\w-]{200,}…?/g

/**
 * A text in which each such name is told from all others, and no longer than a line: the beginning alone, or the end, could be that of
 * another key.
 */
function withShortNames(text: string): string {
  return text.replace(longNames, (name) => {
    const head = `${name.slice(0, 24)}…`
    // What was cut off before says nothing of the whole.
    if (name.endsWith('…')) return head
    return `${head}(SHA-256 ${createHash('sha256').update(name).digest('hex').slice(0, 32)}…)`
  })
}

/** A stranger's text on one line, harmless for a terminal. With `most` it is for people: no longer than that, and with short names. */
export function printable(text: string, most: number = Number.POSITIVE_INFINITY): string {
  const told = most === Number.POSITIVE_INFINITY ? text : withShortNames(text)
  const shown = told.length > most ? `${told.slice(0, most)}…` : told
  return shown.replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

/** The same for a message of several lines. */
export function printableLines(text: string): string {
  return withShortNames(text)
    .split('\n')
    .map((line) => printable(line))
    .join('\n')
}

/** JSON text of a value in which every character that could harm a terminal is escaped. It is the same JSON. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(/[\u007f-\uffff]/g, (unit) =>
    isHarmless(unit) ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Halves of a pair are left as they are; JSON.stringify has escaped those that stand alone. */
function isHarmless(unit: string): boolean {
  return /[\ud800-\udfff]/.test(unit) || unit.search(unprintable) < 0
}

/** Says what is done all the same, and may not be meant. */
export function warn({ error, env }: Terminal, message: string): void {
  error.write(`${painter(error, env)('yellow', 'Warning:')} ${printable(message, 1000)}\n`)
}
