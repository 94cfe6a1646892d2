/** Every language says everything: each code and word, with the same things to be filled in and the same names of options. */

import { problemCodes } from 'testamur'
import { arabic, english, french, type Messages, portuguese, spanish } from 'testamur/html'
import { describe, expect, it } from 'vitest'

const languages = { english, spanish, french, portuguese, arabic }

/** All texts of a catalogue, by where they stand. */
function textsOf(value: unknown, path = ''): readonly (readonly [path: string, text: string])[] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as object).flatMap(([name, each]) => textsOf(each, `${path}/${name}`))
}

const inEnglish = new Map(textsOf(english))

/** Names of options, functions and formats, which are the same in every language. */
const names =
  /--[a-z-]+|\b[a-z]+[A-Z]\w+\b|\b(?:limits|schemas|contexts|disclose|report\.credential)\b(?=[).]|$)|\b(?:eddsa|ecdsa)-[a-z\d-]+|testamur [a-z]+|__proto__|2\^53|PKCS#8|Multikey|P-\d+/g
const said = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([each]) => each).sort()

describe.each(Object.entries(languages))('%s', (name, messages: Messages) => {
  const texts = textsOf(messages)

  it('has every code and word, and no others', () => {
    expect(Object.keys(messages.problems).sort()).toEqual([...problemCodes].sort())
    expect(texts.map(([path]) => path).sort()).toEqual([...inEnglish.keys()].sort())
    expect(texts.filter(([, text]) => text.trim() === '' || text !== text.trim())).toEqual([])
  })

  it.each(['placeholders', 'names of options'])('has the same %s', (what) => {
    const pattern = what === 'placeholders' ? /\{\w*\}/g : names
    for (const [path, text] of texts) {
      expect(said(text, pattern), `${path}: ${text}`).toEqual(said(inEnglish.get(path) ?? '', pattern))
    }
  })

  it('says which language it is, as the platform knows it', () => {
    expect(new Intl.DateTimeFormat(messages.language).resolvedOptions().locale.split('-')[0]).toBe(
      messages.language.split('-')[0],
    )
    expect(messages.direction).toBe(name === 'arabic' ? 'rtl' : 'ltr')
  })

  it.skipIf(name === 'english')('is translated throughout', () => {
    const same = texts.filter(
      ([path, text]) => /\/(problems|errors|answers|checks)\//.test(path) && text === inEnglish.get(path),
    )
    // Words that two languages share.
    expect(same.filter(([, text]) => text.split(' ').length > 1)).toEqual([])
    const words = texts.filter(([path, text]) => path.startsWith('/words/') && text === inEnglish.get(path))
    expect(words.length).toBeLessThan(15)
  })

  it('has letters of its own writing alone', () => {
    const strange = name === 'arabic' ? /[\u0400-\u05ff]/ : /[\u0370-\u1dff]/
    expect(texts.filter(([, text]) => strange.test(text))).toEqual([])
  })
})

it('a word that is looked for is found in each list of names', () => {
  expect(said('Add --online, or acceptHolder (limits).', names)).toEqual(['--online', 'acceptHolder', 'limits'])
})
