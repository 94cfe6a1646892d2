/** The pages in a real browser: nothing is asked of a network, nothing runs, and axe has nothing against them. */

import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import { issue, openBadge, verify } from 'testamur'
import { arabic, toHtml } from 'testamur/html'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyOf, edit, learner, now, school, signed, signedBadge } from '../helpers/fixtures.ts'
import { courses, transcript } from '../helpers/transcript.ts'
import { asIssued, fullBadge } from '../records/samples.ts'

/** Where Debian puts it. */
const executablePath = '/usr/bin/chromium'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const picture = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>hacked=1</script></svg>')}`

const whole = copyOf(asIssued(openBadge({ ...fullBadge, image: { id: picture, caption: 'A star' } })))
const judge = async (credential: unknown) => ({ report: await verify({ credential, now }), verifiedAt: now })
const inArabic = () =>
  issue({
    key: school,
    now,
    credential: openBadge({
      name: 'علم الأحياء البحرية',
      recipient: { id: learner.controller, plainName: 'آدا' },
      achievement: {
        name: 'علم الأحياء البحرية',
        description: 'دراسة البرك.',
        criteria: 'مسح ثلاث برك (BIO-231).',
        inLanguage: 'ar',
      },
    }),
  })

const pages: Readonly<Record<string, () => Promise<string>>> = {
  'a badge': async () => toHtml(await judge(await signedBadge({ image: { id: picture, caption: 'A star' } }))),
  'a badge that nobody verified': async () => toHtml({ credential: whole }),
  'a transcript of 33 courses': async () => toHtml(await judge(await transcript(await courses()))),
  'an invalid badge': async () => toHtml(await judge(edit(await signedBadge(), '/name', 'Diving'))),
  'an undecided badge': async () =>
    toHtml({
      report: await verify({
        credential: await signedBadge(),
        now,
        resolveDid: () => Promise.reject(new Error('down')),
      }),
    }),
  'a badge in Arabic': async () => toHtml({ ...(await judge(await inArabic())), messages: arabic }),
  'a hostile badge': async () =>
    toHtml({
      credential: edit(
        edit(whole, '/name', '<script>hacked=1</script>'),
        '/issuer/name',
        '"><img src=https://thief.example onerror="hacked=1">',
      ),
    }),
}

/** Opens a page as if it came from a server, and tells what it asked for and complained of. */
async function open(
  browser: Browser,
  html: string,
): Promise<{ readonly tab: Page; readonly asked: readonly string[]; readonly complaints: readonly string[] }> {
  const tab = await browser.newPage({ viewport: { width: 1000, height: 1200 } })
  const asked: string[] = []
  const complaints: string[] = []
  tab.on('console', (message) => complaints.push(message.text()))
  tab.on('pageerror', (error) => complaints.push(error.message))
  tab.on('dialog', (dialog) => complaints.push(dialog.message()))
  await tab.route('**/*', (route) => {
    const url = route.request().url()
    if (url === 'http://page.test/') return route.fulfill({ contentType: 'text/html', body: html })
    if (!url.startsWith('data:')) asked.push(url)
    return route.abort()
  })
  await tab.goto('http://page.test/', { waitUntil: 'load' })
  return { tab, asked, complaints }
}

describe.skipIf(!existsSync(executablePath))(`in Chromium (skipped where there is no ${executablePath})`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] })
  })
  afterAll(() => browser.close())

  it.each(Object.keys(pages))('%s', { timeout: 120_000 }, async (name) => {
    const { tab, asked, complaints } = await open(browser, await (pages[name] as () => Promise<string>)())
    // What browsers ask for by themselves is not the page's doing.
    expect(asked.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([])
    expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([])
    expect(await tab.evaluate(() => 'hacked' in globalThis)).toBe(false)
    expect(await tab.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
    for (const width of [1000, 380]) {
      await tab.setViewportSize({ width, height: 1200 })
      const excess = await tab.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(excess, `wider than a screen of ${width}`).toBeLessThanOrEqual(0)
    }
    await tab.evaluate(axe)
    const violations = await tab.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        readonly axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
      const found = await axe.run()
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    })
    expect(violations).toEqual([])
    await tab.close()
  })

  it('Arabic runs from right to left, and ids within it from left to right', async () => {
    const { tab } = await open(browser, await (pages['a badge in Arabic'] as () => Promise<string>)())
    const directions = await tab.evaluate(() =>
      [...document.querySelectorAll('html, .id')].map((each) => getComputedStyle(each).direction),
    )
    expect(new Set(directions.slice(1))).toEqual(new Set(['ltr']))
    expect(directions[0]).toBe('rtl')
    await tab.close()
  })

  it('prints on A4, with the answer on every page', { timeout: 240_000 }, async () => {
    const { tab } = await open(
      browser,
      toHtml({ credential: await signed({ ...whole, issuer: school.controller, proof: undefined }) }),
    )
    const pdf = (await tab.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45]\.?\d* 84[12]\.?\d*\]/)
    await tab.close()
  })
})
