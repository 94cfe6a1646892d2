/** The parts of a batch that need no process: reading, mapping, what makes a row the same, archives. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { checkRows, type RowFailure } from '../../src/cli/csv/check.ts'
import { readDateForm } from '../../src/cli/csv/dates.ts'
import { createDistinct } from '../../src/cli/csv/distinct.ts'
import { readMapping } from '../../src/cli/csv/mapping.ts'
import { createCsvReader } from '../../src/cli/csv/parse.ts'
import { openCsv } from '../../src/cli/csv/rows.ts'
import { writeZipDirectory, zipEntry } from '../../src/cli/csv/zip.ts'
import { unzip } from '../helpers/batches.ts'

const folder = mkdtempSync(join(tmpdir(), 'testamur-csv-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function parse(text: string, step = text.length || 1) {
  const reader = createCsvReader('x.csv', ',')
  const rows = []
  for (let at = 0; at < text.length; at += step) rows.push(...reader.push(text.slice(at, at + step)))
  return [...rows, ...reader.end()]
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

describe('parse', () => {
  it('gives back what was written, however the text is cut and lines end', () => {
    const cell = fc.stringMatching(/^[a-z",\r\n é林]{0,6}$/)
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), fc.integer({ min: 1, max: 9 }), (rows, end, step) => {
        const text = rows.map((cells) => cells.map(quoted).join(',')).join(end)
        expect(parse(text, step).map(({ cells }) => cells)).toEqual(rows)
      }),
    )
  })

  it.each([1, 2, 100])('counts lines, those within cells too (in parts of %i)', (step) => {
    const rows = parse('a,b\r\n"1\r\n\r\n2",x\n\n"3\r",y\n"4\n",z\r\nlast,1', step)
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 6, 8, 10])
    expect(rows[2]?.cells).toEqual(['3\r', 'y'])
  })

  it('says which cell has a quote where it cannot stand, and reads on', () => {
    const rows = parse('a,5" nail,c\n"x"y,b\nfine,1')
    expect(rows.map(({ misquoted }) => misquoted)).toEqual([1, 0, undefined])
  })

  it('refuses a quote that is never closed, with the line on which it opens', () => {
    expect(() => parse('a,b\n1,"2\n3,4\n')).toThrow('line 2')
    expect(() => parse(`a,b\nc,d\n"${'x\n'.repeat(600_000)}`)).toThrow('line 3')
  })
})

describe('the bytes of a file', () => {
  const failuresOf = async (bytes: Uint8Array | string, encoding?: string) => {
    const file = join(folder, 'x.csv')
    writeFileSync(file, bytes)
    const mapping = {
      badge: {
        name: 'Latin',
        recipient: { plainName: '{name}' },
        achievement: { name: 'Latin', description: 'x', criteria: 'x' },
        creditsEarned: { $column: 'credits', as: 'number' },
      },
    }
    const csv = await openCsv({ file, encoding, delimiter: ',', mapping, mappingFile: 'm.json' })
    const failures: RowFailure[] = []
    const names: unknown[] = []
    try {
      const { good } = await checkRows(
        csv,
        (failure) => void failures.push(failure),
        () => {},
      )
      for await (const { cells } of csv.rows()) names.push(cells[0])
      return { failures, names, good }
    } finally {
      await csv.close()
    }
  }
  const text = 'name,credits\nZoë,3\n'

  it.each([
    ['UTF-8', Buffer.from(text), undefined],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`), undefined],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${text}`, 'utf16le'), undefined],
    ['big-endian UTF-16 with its mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), undefined],
    ['Windows-1252, named', Buffer.from(text, 'latin1'), 'windows-1252'],
    ['UTF-8 without a line end', Buffer.from(text.trim()), undefined],
  ])('%s', async (_name, bytes, encoding) => {
    expect(await failuresOf(bytes, encoding)).toEqual({ failures: [], names: ['Zoë'], good: 1 })
  })

  it('Windows-1252 that is not named is refused with line and advice', async () => {
    const bytes = Buffer.from('name,credits\nAda,1\nZoë,3\n', 'latin1')
    await expect(failuresOf(bytes)).rejects.toThrow(/line 3: .*"[^"]*Zoë,3".*--encoding windows-1252/)
  })

  it('UTF-16 without its mark, and a mark that contradicts the name, are refused', async () => {
    await expect(failuresOf(Buffer.from(text, 'utf16le'))).rejects.toThrow('--encoding utf-16le')
    await expect(failuresOf(Buffer.from(`\ufeff${text}`), 'windows-1252')).rejects.toThrow('leave --encoding out')
  })

  it('a table with other separators is told how to be read', async () => {
    await expect(failuresOf('name;credits\nAda;1\n')).rejects.toThrow("--delimiter ';'")
  })

  it('tells line, column, value and fix of each row that fails', async () => {
    const { failures, good } = await failuresOf('name,credits\nAda,1\nBen,x\n\nAda , 1\nA\ufffd,2\nB\u0007,2\nC,1,2\n')
    expect(good).toBe(1)
    expect(failures.map(({ line, column, value }) => [line, column, value])).toEqual([
      [3, 'credits', 'x'],
      [5, '', ''],
      [6, 'name', 'A\ufffd'],
      [7, 'name', 'B\u0007'],
      [8, '', ''],
    ])
    expect(failures[1]?.problem).toContain('line 2')
    for (const { problem, fix } of failures) expect([problem, fix]).not.toContain('')
  })
})

describe('mapping', () => {
  const columns = ['name', 'email', 'grade', 'date', 'credits']
  const badgeOf = (badge: object, cells: readonly string[]) => readMapping({ badge }, columns, 'm.json').apply(cells)

  it('leaves out what has only empty cells', () => {
    const badge = {
      name: '{{{name}}}',
      recipient: { email: '{email}', plainName: 'Dr {name}' },
      result: [{ value: '{grade}', status: 'Completed' }],
      evidence: { id: '{email}', name: 'Essay' },
    }
    expect(badgeOf(badge, ['Ada', '', '', '', '']).badge).toEqual({ name: '{Ada}', recipient: { plainName: 'Dr Ada' } })
  })

  it('reads dates, numbers and words as the mapping says, and guesses nothing', () => {
    const badge = {
      at: { $column: 'date', as: 'date', form: 'D/M/YYYY', offset: '-05:00' },
      credits: { $column: 'credits', as: 'number', decimal: ',' },
      grade: { $column: 'grade', values: { P: 'Passed' } },
    }
    expect(badgeOf(badge, ['', '', 'P', '3/4/2026', '1,5']).badge).toEqual({
      at: '2026-04-03T00:00:00-05:00',
      credits: 1.5,
      grade: 'Passed',
    })
    const { problems } = badgeOf(badge, ['', '', 'toString', '2026-04-03', '1.500'])
    expect(problems?.map(({ column }) => column)).toEqual(['date', 'credits', 'grade'])
  })

  it.each([
    [{ badge: { name: '{nmae}' } }, 'did you mean "name"?'],
    [{ bagde: {} }, 'did you mean "badge"?'],
    [{ badge: { name: '{name' } }, 'single {'],
    [{ badge: { at: { $column: 'date', as: 'date', form: 'DD.MM.YY' } } }, 'DD.MM.YYYY'],
    [{ badge: {}, unique: ['id'] }, 'names the column "id"'],
    [{ badge: { x: { $column: 'date', format: 'x' } } }, 'did you mean "form"?'],
    [[], 'is no JSON object'],
  ])('%j is refused with the place of the mistake', (mapping, message) => {
    expect(() => readMapping(mapping, columns, 'm.json')).toThrow(message)
  })

  it('refuses a column that is used and there twice', () => {
    expect(() => readMapping({ badge: { name: '{a}' } }, ['a', 'a'], 'm.json')).toThrow('twice')
  })
})

describe('dates', () => {
  it.each([
    ['YYYY-MM-DD', '2026-02-28', '2026-02-28'],
    ['YYYY-MM-DD', '2026-02-30', undefined],
    ['YYYY-MM-DD', '2026-2-3', undefined],
    ['D.M.YYYY', '29.2.2028', '2028-02-29'],
    ['D.M.YYYY', '29.2.2027', undefined],
    ['M/D/YYYY', '12/31/2026', '2026-12-31'],
    ['DD.MM.YYYY', '01x02x2026', undefined],
    ['YYYYMMDD', '20260203', '2026-02-03'],
  ])('%s: %s', (form, text, day) => {
    expect(readDateForm(form)?.(text)).toBe(day)
  })

  it.each(['DD.MM.YY', 'DD.MM', 'YYYY-MM-DD-DD', ''])('%s is no form', (form) => {
    expect(readDateForm(form)).toBeUndefined()
  })
})

it('tells the line on which the same key was before, among many', () => {
  const distinct = createDistinct()
  for (let line = 1; line <= 5_000; line += 1) expect(distinct.add(`key ${line}`, line)).toBeUndefined()
  for (let line = 1; line <= 5_000; line += 7) expect(distinct.add(`key ${line}`, 9_999)).toBe(line)
})

it('writes archives that their directory leads through', async () => {
  const items = [
    ['row-1.json', '{"name":"Zoë"}'],
    ['ünï.json', 'x'.repeat(100_000)],
    ['empty.json', ''],
  ] as const
  const entries = Buffer.concat(items.map(([name, text]) => zipEntry(name, Buffer.from(text))))
  const file = join(folder, 'x.zip')
  writeFileSync(file, Buffer.concat([entries, Buffer.from('the rest of an earlier run')]))
  const handle = await open(file, 'r+')
  await writeZipDirectory(handle, entries.length)
  const bytes = Buffer.alloc(Number((await handle.stat()).size))
  await handle.read(bytes, 0, bytes.length, 0)
  await handle.close()
  expect(unzip(bytes).map(({ name, text }) => [name, text])).toEqual(items.map((item) => [...item]))
})
