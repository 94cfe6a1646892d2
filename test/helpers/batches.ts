/** Batches that are killed on their way, and an audit of what came of them: for the test and for `npm run kill:batches`. */

import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'

/** Columns of the table, and what becomes of them. */
export const mapping: object = {
  issuer: { name: 'Northfield School' },
  badge: {
    name: '{course}',
    recipient: { email: '{email}', plainName: '{first} {last}' },
    achievement: { id: 'urn:example:{code}', name: '{course}', description: '{course}.', criteria: 'Passed.' },
    result: [{ value: '{grade}' }],
    activityEndDate: { $column: 'finished', as: 'date', form: 'DD.MM.YYYY' },
  },
  unique: ['email', 'code'],
}

const header = 'first,last,email,code,course,grade,finished'
const names = ['Zoë', 'Łukasz', 'José', 'Anaïs', 'Søren', 'Ægir', '林']

/** Rows that fail, by their number, and how they are spoilt. */
const spoilt: ReadonlyMap<number, string> = new Map([
  [17, 'Zoë,X,no-address,C1,Latin,A,01.02.2026'],
  [200, 'Zoë,X,x200@school.example,C1,Latin,A,31.02.2026'],
  [333, 'Zoë,X,x333@school.example,C1,Latin,A'],
  [500, 'Zoë,X,x500@school.example,C1,,A,01.02.2026'],
  [501, 'Zoë,the "X",x501@school.example,C1,Latin,A,01.02.2026'],
  [777, rowOf(776)],
  [999, 'Zo\ufffd,X,x999@school.example,C1,Latin,A,01.02.2026'],
])

function rowOf(number: number): string {
  return `${names[number % names.length]},"Lind, ${number}",u${number}@school.example,C${number % 40},Course ${number % 40},A+,01.02.2026`
}

/** A table with a byte order mark and accents; among its first thousand rows, seven that fail. */
export function table(rows: number): string {
  const lines = Array.from({ length: rows }, (_, number) => spoilt.get(number) ?? rowOf(number))
  return `\ufeff${[header, ...lines].join('\r\n')}\r\n`
}

/** Lines of the rows that fail in a table of so many. */
export function badLines(rows: number): readonly number[] {
  return [...spoilt.keys()].filter((number) => number < rows).map((number) => number + 2)
}

/** What must come of a table of so many rows. */
export function expected(rows: number): Audit {
  const failedLines = badLines(rows)
  const good = rows - failedLines.length
  return { credentials: good, ids: good, indices: good, people: good, failedLines }
}

/** Puts table, mapping, key and status lists into a folder; `run` runs the program there. */
export async function prepare(
  folder: string,
  rows: number,
  run: (words: readonly string[]) => Promise<unknown>,
): Promise<void> {
  writeFileSync(join(folder, 'rows.csv'), table(rows))
  writeFileSync(join(folder, 'mapping.json'), JSON.stringify(mapping))
  if (!existsSync(join(folder, 'key.json'))) await run(['keygen', '--out', 'key.json'])
  if (!existsSync(join(folder, 'lists')))
    await run(['status', 'init', 'lists', '--url', 'https://school.example/status'])
}

/** The command of a batch. */
export function batchWords(out: string, workers: number): readonly string[] {
  const words = 'issue --csv rows.csv --mapping mapping.json --key key.json --status lists --out'.split(' ')
  return [...words, out, '--workers', String(workers)]
}

/** Runs a command and kills it (SIGKILL) after some milliseconds. True if it was killed; the exit code if it ended before. */
export function runAndKill(
  program: string,
  cwd: string,
  words: readonly string[],
  after: number,
): Promise<number | 'killed'> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: '' },
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const timer = setTimeout(() => child.kill('SIGKILL'), after)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (signal === 'SIGKILL') resolve('killed')
      else if (code === 0 || code === 1) resolve(code)
      else reject(new Error(`the batch ended with ${code}: ${said}`))
    })
  })
}

/** What is in the output of a batch. */
export interface Audit {
  readonly credentials: number
  readonly ids: number
  readonly indices: number
  readonly people: number
  readonly failedLines: readonly number[]
}

/** Counts credentials, and what is different among them. */
export function audit(folder: string, out: string): Audit {
  const credentials = read(join(folder, out)).map(
    (text) =>
      JSON.parse(text) as {
        readonly id: string
        readonly credentialStatus: { readonly statusListIndex: string }
        readonly credentialSubject: { readonly identifier: readonly { readonly identityHash: string }[] }
      },
  )
  const distinct = (of: (credential: (typeof credentials)[number]) => string | undefined) =>
    new Set(credentials.map(of)).size
  const failures = readFileSync(join(folder, `${out}.failures.csv`), 'utf8')
    .split('\r\n')
    .slice(1, -1)
  return {
    credentials: credentials.length,
    ids: distinct(({ id }) => id),
    indices: distinct(({ credentialStatus }) => credentialStatus.statusListIndex),
    people: distinct(({ credentialSubject }) => credentialSubject.identifier.at(-1)?.identityHash),
    failedLines: failures.map((line) => Number(line.split(',')[0])),
  }
}

function read(out: string): readonly string[] {
  if (out.endsWith('.ndjson')) return readFileSync(out, 'utf8').split('\n').slice(0, -1)
  if (out.endsWith('.zip')) return unzip(readFileSync(out)).map(({ text }) => text)
  return readdirSync(out)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(join(out, name), 'utf8'))
}

/** The entries of an archive by its central directory, as other programs read it. */
export function unzip(bytes: Buffer): readonly { readonly name: string; readonly text: string }[] {
  const end64 = bytes.length - 98
  const entries = Number(bytes.readBigUInt64LE(end64 + 32))
  let at = Number(bytes.readBigUInt64LE(end64 + 48))
  return Array.from({ length: entries }, () => {
    const [size, nameLength, extraLength, offset] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt32LE(at + 42),
    ]
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    at += 46 + nameLength + extraLength
    const data = offset + 30 + nameLength
    return { name, text: inflateRawSync(bytes.subarray(data, data + size)).toString('utf8') }
  })
}
