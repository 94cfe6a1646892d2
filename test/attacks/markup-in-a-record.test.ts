/** Attack: text in a record becomes markup, a link that runs something, a style, or reads as other text, on the page that people see. */

import fc from 'fast-check'
import { type CredentialReport, openBadge, verify } from 'testamur'
import { arabic, toHtml } from 'testamur/html'
import { beforeAll, describe, expect, it } from 'vitest'
import { badge, copyOf, edit, now, school, signed } from '../helpers/fixtures.ts'
import { tagsOf, textOf } from '../helpers/html.ts'
import { asIssued, fullBadge } from '../records/samples.ts'

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  '</style><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '<!--',
  ']]>',
  '&lt;script&gt;',
  '&#60;script&#62;',
  '} body { background: url(https://thief.example) } {',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'data:image/svg+xml,"><script>alert(1)</script>',
  'data:image/png;base64,x" onerror="alert(1)',
  'vbscript:x',
  'file:///etc/passwd',
  'https://school.example/"><script>',
  '{who}',
  '{date}',
  '$&',
  '\u0000',
  '\ufffe',
] as const

const elements = new Set(
  'html head meta title style body header main article section footer div p span b i small bdi code time a img h1 h2 h3 h4 h5 h6 dl dt dd ul ol li table caption thead tbody tr th td blockquote'.split(
    ' ',
  ),
)
const attributes = new Set(
  'lang dir charset http-equiv content name class id aria-labelledby aria-label aria-hidden role href rel src alt scope colspan datetime tabindex'.split(
    ' ',
  ),
)

const policy =
  'default-src &#39;none&#39;; style-src &#39;sha256-[\\w+/=]+&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;'
const head = new RegExp(
  `^<!doctype html>\n<html [^>]*>\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">`,
)

/** Nothing but the elements of the page, without anything that runs or loads. */
function expectHarmless(page: string): void {
  const wrong = tagsOf(page).flatMap(({ name, attributes: given }) => [
    ...(elements.has(name) ? [] : [name]),
    ...[...given].flatMap(([key, value]) => {
      const isRight =
        key === 'href'
          ? /^(https?:\/\/|#part-\d+$)/.test(value)
          : key === 'src'
            ? /^data:image\/(png|jpeg|gif|webp|avif|svg\+xml)[;,]/.test(value)
            : attributes.has(key)
      return isRight ? [] : [`${name} ${key}="${value}"`]
    }),
  ])
  expect(wrong).toEqual([])
  expect(page.split('<style>')).toHaveLength(2)
  expect(page.slice(0, 1000)).toMatch(head)
}

/** Every place of a document with text in it. */
function placesOf(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'string') return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => placesOf(each, `${path}/${name}`))
}

const whole = copyOf(asIssued(openBadge(fullBadge)))
const places = placesOf(whole)

it('there are many places', () => {
  expect(places.length).toBeGreaterThan(100)
  expectHarmless(toHtml({ credential: whole }))
})

it.each(hostile)('%j in every place at once', (text) => {
  const all = places.reduce((document, path) => edit(document, path, text), whole)
  expectHarmless(toHtml({ credential: all, messages: arabic }))
})

it('one place after the other', () => {
  for (const path of places) expectHarmless(toHtml({ credential: edit(whole, path, '"><script>alert(1)</script>') }))
})

it.each(['"><b>', '<script>', 'javascript:alert(1)'])('%j as name of members', (name) => {
  for (const path of ['', '/issuer', '/credentialSubject', '/credentialSubject/achievement'])
    expectHarmless(toHtml({ credential: edit(whole, `${path}/${name.replaceAll('/', '~1')}`, { [name]: [name] }) }))
})

describe('in a report', () => {
  let report: CredentialReport
  beforeAll(async () => {
    report = await verify({ credential: await signed(badge()), now })
  })

  it.each(hostile.slice(0, 3))('%j in every place', (text) => {
    const kept = copyOf(report)
    for (const path of placesOf(kept)) {
      if (/^\/(verdict|kind)$|\/outcome$/.test(path)) continue
      expectHarmless(toHtml({ report: edit(kept, path, text) as never }))
    }
  })

  it('that a trust registry or a check of one’s own wrote', async () => {
    const [text] = hostile
    const mine = await verify({
      credential: await signed(badge()),
      now,
      trust: async () => ({
        registry: text,
        name: text,
        url: 'javascript:alert(1)',
        chain: [{ by: text, about: text }],
      }),
      checks: [() => [{ name: `x-${text}`, outcome: 'failed', code: 'X_MINE', message: text }]],
    })
    expectHarmless(toHtml({ report: mine }))
  })
})

it('any JSON at all makes a page, and nothing else', () => {
  const words = [
    'type',
    'name',
    'issuer',
    'credentialSubject',
    'achievement',
    'result',
    'evidence',
    'image',
    'id',
    'validFrom',
    'proof',
    'verifiableCredential',
    'endorsement',
    '@value',
    '@language',
    'association',
    'identifier',
    'narrative',
    'criteria',
    'alignment',
    'resultDescription',
    'tag',
    '__proto__',
    'constructor',
    'toString',
  ]
  const leaf = fc.oneof(
    fc.constantFrom(
      ...hostile,
      'VerifiableCredential',
      'ClrCredential',
      'constructor',
      '__proto__',
      '2026-01-01T00:00:00Z',
    ),
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.constant(null),
    fc.boolean(),
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...words), tie('tree'), { maxKeys: 8 }),
    ),
  }))
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...words), tree, { maxKeys: 12 }), (credential) => {
      expectHarmless(toHtml({ credential }))
      const checks = [{ name: 'proof', outcome: 'failed', code: 'constructor', message: 'x' }]
      const report = {
        kind: 'credential',
        verified: false,
        verdict: 'invalid',
        checks,
        nested: [],
        unverified: credential,
      }
      expectHarmless(toHtml({ report: report as never }))
    }),
    { numRuns: 100 },
  )
})

describe('text that reads as another', () => {
  it('marks that turn the direction are shown and do nothing', async () => {
    const name = 'Master\u202egnidleW\u2066\u2067\u2028\u0007'
    const page = toHtml({ credential: edit(whole, '/name', name) })
    expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u2028]|(?!\n)\p{Cc}/u)
    expect(textOf(page)).toContain('Master\\u{202e}gnidleW\\u{2066}\\u{2067}\\u{2028}\\u{7}')
  })

  it('marks that belong to a script stay', () => {
    const name = 'می\u200cخواهم \u200fא\u200e 👩\u200d🎓'
    expect(toHtml({ credential: edit(whole, '/name', name) })).toContain(`>${name}</bdi></h1>`)
  })

  it('a link’s words are where it leads, in letters that cannot be confused', () => {
    const page = toHtml({ credential: edit(whole, '/issuer/url', 'https://school.example@thief.ex\u0430mple/') })
    const links = [...page.matchAll(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/g)].filter(([, href]) => !href?.startsWith('#'))
    expect(links.length).toBeGreaterThan(3)
    for (const [, href, words] of links) expect(words).toBe(href)
    expect(page).toContain('https://school.example@thief.xn--')
  })

  it('words of ours in a record stand where a record’s words stand', async () => {
    const name = '✓ Valid This credential is valid, issued by Oxford.'
    const forged = edit(await signed(badge()), '/name', name)
    const text = textOf(toHtml({ report: await verify({ credential: forged, now }) }))
    expect(text.indexOf('This credential is INVALID')).toBeLessThan(text.indexOf('Awarded to'))
    expect(toHtml({ report: await verify({ credential: forged, now }) })).not.toContain('class="verdict valid"')
  })

  it('an issuer by the name of a registry is not known to it', async () => {
    const credential = await signed({ ...badge(), issuer: { id: school.controller, name: 'Known to: the ministry.' } })
    const page = toHtml({ report: await verify({ credential, now }) })
    expect(page).not.toContain('class="known"')
    expect(page).toContain('class="caution"')
  })
})

describe('much of it', () => {
  it('a text of a megabyte is cut', () => {
    const page = toHtml({ credential: edit(whole, '/name', 'x'.repeat(1_000_000)) })
    expect(page.length).toBeLessThan(200_000)
    expectHarmless(page)
  })

  it('thousands of items are counted', () => {
    const evidence = Array.from({ length: 5000 }, (_, index) => ({ type: 'Evidence', name: `E${index}` }))
    const page = toHtml({ credential: edit(whole, '/evidence', evidence) })
    expect(textOf(page)).toContain('and 4,800 more, not shown')
    expectHarmless(page)
  })

  it('depth has an end', () => {
    let deep: object = { type: ['VerifiableCredential'], name: 'innermost' }
    for (let level = 0; level < 45; level += 1)
      deep = { type: ['VerifiableCredential'], credentialSubject: { verifiableCredential: deep } }
    expectHarmless(toHtml({ credential: deep }))
  })
})
