/** Changes of a document as text, which need not be JSON afterwards. */

import type { Dice } from '../jsonld/expand-documents.ts'

/** Makes another text of it. */
export type ByteChange = (draw: Dice, text: string) => string

const tokens: readonly string[] = [
  ...['"', '\\', '{', '}', '[', ']', ',', ':', ' ', '\n', '\t', '\u0000', '\ufeff', '0', '1', '9', '-', '.', 'e', 'E9'],
  ...['null', 'true', 'false', '""', '{}', '[]', '\\u0000', '\\ud800', '\\"', '"@id":', '"__proto__":{},', '"id":"x",'],
]

function cut(text: string, from: number, to: number, between = ''): string {
  return text.slice(0, from) + between + text.slice(to)
}

/** The members of the text's outer object as they stand there, roughly: enough to write one twice. */
function someMember(draw: Dice, text: string): string {
  const starts = [...text.matchAll(/"[^"\\]{1,30}":/g)].map(({ index }) => index)
  const start = draw.pick(starts)
  const member = /^"[^"\\]*":(?:"(?:[^"\\]|\\.)*"|[\w.+-]+)/.exec(text.slice(start, start + 500))
  return member ? `${member[0]},` : '"name":"x",'
}

/** Each by its name. */
export const byteChanges: readonly (readonly [name: string, change: ByteChange])[] = [
  [
    'one bit',
    (draw, text) => {
      const at = draw.below(text.length)
      return cut(text, at, at + 1, String.fromCharCode(text.charCodeAt(at) ^ (1 << draw.below(7))))
    },
  ],
  [
    'a letter less',
    (draw, text) => {
      const at = draw.below(text.length)
      return cut(text, at, at + 1)
    },
  ],
  [
    'a part less',
    (draw, text) => {
      const at = draw.below(text.length)
      return cut(text, at, at + 1 + draw.below(60))
    },
  ],
  [
    'a part twice',
    (draw, text) => {
      const at = draw.below(text.length)
      return cut(text, at, at, text.slice(at, at + 1 + draw.below(60)))
    },
  ],
  [
    'something more',
    (draw, text) => {
      const at = draw.below(text.length + 1)
      return cut(text, at, at, draw.pick(tokens))
    },
  ],
  [
    'a member twice',
    (draw, text) => {
      const braces = [...text.matchAll(/\{/g)].map(({ index }) => index)
      const at = draw.pick(braces) + 1
      return cut(text, at, at, someMember(draw, text))
    },
  ],
  [
    'a digit',
    (draw, text) => {
      const digits = [...text.matchAll(/\d/g)].map(({ index }) => index)
      const at = draw.pick(digits)
      return cut(text, at, at + 1, String(draw.below(10)))
    },
  ],
  [
    'a letter written by its number',
    (draw, text) => {
      const at = draw.below(text.length)
      return cut(text, at, at + 1, `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`)
    },
  ],
  ['white space', (_, text) => text.replace(/,"/g, ' ,\n\t"')],
  ['something behind', (draw, text) => text + draw.pick(tokens)],
]
