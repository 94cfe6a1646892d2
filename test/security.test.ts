/** SECURITY.md: each threat names code and tests that exist, and each attack that is tested stands there. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const text = readFileSync('SECURITY.md', 'utf8')
const table = text.slice(text.indexOf('## Threats and defences'), text.indexOf('## Limits'))
const rows = table.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| threat'))

describe('the threats', () => {
  it('are many', () => {
    expect(rows.length).toBeGreaterThan(25)
  })

  it.each(rows.map((row) => [row.slice(2, 60), row]))('%s…: code and test exist', (_name, row) => {
    const [, , , where = '', tests = ''] = row.split('|')
    const files = [...where.matchAll(/`([^`]+)`/g)].map(([, file]) => `src/${file}`)
    const links = [...tests.matchAll(/\]\(([^)]+)\)/g)].map(([, file]) => file as string)
    expect(links.length).toBeGreaterThan(0)
    for (const file of [...files, ...links]) expect(existsSync(file), file).toBe(true)
  })

  it('name every attack that is tested', () => {
    const attacks = readdirSync('test/attacks').filter((file) => file.endsWith('.test.ts'))
    expect(attacks.filter((file) => !table.includes(`(test/attacks/${file})`))).toEqual([])
  })
})
