/** Batches, run as the built program: whole, wrong, and killed on their way. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { audit, batchWords, expected, mapping, prepare, runAndKill, table } from '../helpers/batches.ts'
import { useProgram } from '../helpers/cli.ts'

const { run, file, folder, program } = useProgram()
// Rows 18 and 201 are bad.
const SOME = 300

beforeAll(() => prepare(folder, 1_000, run), 240_000)

describe('a thousand rows, seven of them bad', () => {
  it('come to 993 credentials however often the batch is killed', async () => {
    const words = batchWords('killed.zip', 2)
    let kills = 0
    // From before the journal is there to ever later; a slow machine needs no other times.
    for (let after = 300; (await runAndKill(program(), folder, words, after)) === 'killed'; after += 500) kills += 1
    expect(kills).toBeGreaterThan(0)
    expect(await run(words)).toMatchObject({ code: 1, out: expect.stringContaining('993 credentials') })
    expect(audit(folder, 'killed.zip')).toEqual(expected(1_000))
    await prepare(folder, SOME, run)
  }, 120_000)

  it('and as a folder and lines, in one process', async () => {
    for (const out of ['files', 'lines.ndjson']) {
      expect(await run(batchWords(out, 1))).toMatchObject({ code: 1, out: expect.stringContaining('2 rows failed') })
      expect(audit(folder, out)).toEqual(expected(SOME))
    }
  }, 240_000)

  it('done again, nothing is done; with --force it is another batch', async () => {
    const before = readFileSync(file('lines.ndjson'))
    expect((await run(batchWords('lines.ndjson', 1))).out).toContain('298 credentials')
    expect(readFileSync(file('lines.ndjson')).equals(before)).toBe(true)
    await run([...batchWords('lines.ndjson', 1), '--force'])
    const ids = (bytes: Buffer) => new Set(bytes.toString().match(/"id":"urn:uuid:[^"]+/g))
    const [old, now] = [ids(before), ids(readFileSync(file('lines.ndjson')))]
    expect([...now].filter((id) => old.has(id))).toEqual([])
    expect(now.size).toBe(298)
  }, 240_000)

  it('each credential verifies', async () => {
    const [line = ''] = readFileSync(file('lines.ndjson'), 'utf8').split('\n')
    const { out } = await run(['verify', '-', '--skip', 'status'], { input: line })
    expect(out).toContain('valid, issued by Northfield School')
  })
})

describe('before the first signature', () => {
  it('one row is told as one', async () => {
    const [head, row] = readFileSync(file('rows.csv'), 'utf8').split('\n')
    writeFileSync(file('one.csv'), `${head}\n${row}\n`)
    const { code, out, err } = await run(['issue', '--csv', 'one.csv', '--mapping', 'mapping.json', '--check'])
    expect([code, out]).toEqual([0, '1 row is good, no row failed. Nothing was signed.\n'])
    expect(err).toContain(': 1 row, ')
  })

  it('--check signs nothing and tells what fails', async () => {
    const { code, out, err } = await run(['issue', '--csv', 'rows.csv', '--mapping', 'mapping.json', '--check'])
    expect([code, out]).toEqual([1, expect.stringContaining('298 rows are good, 2 rows failed')])
    expect(err).toContain('line 19, email')
    const failures = readFileSync(file('rows.csv.failures.csv'), 'utf8')
    expect(failures).toContain('19,email,no-address,')
    expect(failures).toContain('202,finished,31.02.2026,')
  })

  it.each([
    ['another table', () => writeFileSync(file('rows.csv'), table(900)), 'another CSV file'],
    [
      'another mapping',
      () => writeFileSync(file('mapping.json'), JSON.stringify({ ...mapping, issuer: { name: 'X' } })),
      'other settings',
    ],
  ])('%s is no continuation', async (_name, change, words) => {
    change()
    expect(await run(batchWords('lines.ndjson', 1))).toMatchObject({ code: 65, err: expect.stringContaining(words) })
    await prepare(folder, SOME, run)
  })

  it('what is there is not written over', async () => {
    mkdirSync(file('full'))
    writeFileSync(join(file('full'), 'mine.txt'), 'x')
    expect(await run(batchWords('full', 1))).toMatchObject({ code: 73, err: expect.stringContaining('--force') })
    expect(existsSync(file('full.journal'))).toBe(false)
    const check = ['issue', '--csv', 'rows.csv', '--mapping', 'mapping.json', '--check', '--failures', 'mapping.json']
    expect(await run(check)).toMatchObject({ code: 73 })
  })

  it('--force removes what a batch wrote, and nothing else', async () => {
    writeFileSync(file('rows.csv'), table(5))
    expect((await run([...batchWords('full', 1), '--force'])).code).toBe(0)
    expect(readdirSync(file('full')).sort()).toEqual(['mine.txt', ...[2, 3, 4, 5, 6].map((line) => `row-${line}.json`)])
    rmSync(file('full/row-3.json'))
    expect(await run(batchWords('full', 1))).toMatchObject({
      code: 65,
      err: expect.stringContaining('fewer credentials'),
    })
    await prepare(folder, SOME, run)
  })

  it('a second process is kept away, and the lock of a dead one is not', async () => {
    writeFileSync(file('locked.zip.lock'), `${process.pid}\n`)
    expect(await run(batchWords('locked.zip', 1))).toMatchObject({
      code: 70,
      err: expect.stringContaining('rm locked.zip.lock'),
    })
    writeFileSync(file('locked.zip.lock'), '999999999\n')
    writeFileSync(file('rows.csv'), table(5))
    expect((await run(batchWords('locked.zip', 1))).code).toBe(0)
    expect(existsSync(file('locked.zip.lock'))).toBe(false)
    await prepare(folder, SOME, run)
  })

  it('a cell that a spreadsheet would run is made text in the file of failures', async () => {
    writeFileSync(file('evil.csv'), 'first,last,email,code,course,grade,finished\nA,B,=HYPERLINK(1),C,D,E,01.02.2026\n')
    await run(['issue', '--csv', 'evil.csv', '--mapping', 'mapping.json', '--check'])
    expect(readFileSync(file('evil.csv.failures.csv'), 'utf8')).toContain("2,email,'=HYPERLINK(1),")
  })

  it('a row with half a journal line is done again, not lost', async () => {
    rmSync(file('files'), { recursive: true, force: true })
    rmSync(file('files.journal'), { force: true })
    await run(batchWords('files', 1))
    const lines = readFileSync(file('files.journal'), 'utf8').split('\n')
    writeFileSync(file('files.journal'), `${lines.slice(0, 2).join('\n')}\n${lines[2]?.slice(0, 20)}`)
    expect((await run(batchWords('files', 1))).err).toContain('going on from there')
    expect(audit(folder, 'files')).toEqual(expected(SOME))
  }, 240_000)
})

describe('the example', () => {
  it('does what its page says, line by line', async () => {
    const page = readFileSync('examples/registrar-csv/README.md', 'utf8')
    for (const name of ['rows.csv', 'mapping.json'])
      writeFileSync(file(name), readFileSync(`examples/registrar-csv/${name}`))
    for (const name of ['key.json', 'lists']) rmSync(file(name), { recursive: true, force: true })
    const codes: (number | null)[] = []
    for (const [, line = ''] of page.matchAll(/^npx testamur (.+)$/gm)) {
      const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, inQuotes, plain]) => inQuotes ?? plain ?? '')
      codes.push((await run(words)).code)
    }
    expect(codes).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 1])
  }, 240_000)
})
