import { expect, it } from 'vitest'
import { clip, quote, textOf } from '../../src/encoding/clip.ts'

it('text is as it is, and all else is JSON', () => {
  const values = ['x', '', 1.5, null, true, ['a', [{ toString: 1 }]], { toString: 1, toJSON: 1 }]
  const texts = ['x', '', '1.5', 'null', 'true', '["a",[{"toString":1}]]', '{"toString":1,"toJSON":1}']
  expect(values.map(textOf)).toEqual(texts)
  expect(values.map(clip)).toEqual(texts)
  expect(values.map(quote)).toEqual(['"x"', '""', ...texts.slice(2)])
  expect([textOf, clip, quote].map((make) => make(undefined))).toEqual(['nothing', 'nothing', 'nothing'])
})

it('is cut for a message from 121 characters on', () => {
  expect(clip('x'.repeat(120))).toBe('x'.repeat(120))
  expect(clip('x'.repeat(121))).toBe(`${'x'.repeat(119)}…`)
  expect(quote('x'.repeat(118))).toBe(`"${'x'.repeat(118)}"`)
  expect(quote('x'.repeat(119))).toBe(`"${'x'.repeat(118)}…`)
  expect(textOf('x'.repeat(121))).toBe('x'.repeat(121))
})
