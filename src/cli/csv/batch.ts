/**
 * A batch: checks the whole file, then signs row after row. Whatever happens on the way, the same command goes on where the journal
 * says that the output is whole: ids follow from the batch and the row, and the registry gives the same id the same place.
 */

import { createHash, createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { canonicalJson } from '../../encoding/canonical-json.ts'
import { mapInOrder } from '../../encoding/in-order.ts'
import {
  exportKey,
  exportKeyMultibase,
  type JsonValue,
  type Key,
  type OpenBadgeInput,
  type StatusRegistry,
} from '../../index.ts'
import { CommandError, exit } from '../command.ts'
import type { FormatChoice } from '../formats.ts'
import type { Terminal } from '../terminal.ts'
import { printable } from '../terminal.ts'
import { counted } from '../wording.ts'
import { type Checked, checkRows, problemOf, type RowFailure } from './check.ts'
import { assertOurs, createFailureFile } from './failure-file.ts'
import { type Journal, lock, openJournal } from './journal.ts'
import { assertFree, type Item, type Output, openOutput, removeOutput } from './output.ts'
import { createProgress } from './progress.ts'
import { type CsvFile, type CsvSettings, openCsv, type Row } from './rows.ts'
import type { SignTask } from './sign.ts'
import { createSigners, type Signers } from './signers.ts'

/** Rows that are allocated, signed and written in one step. */
const STEP = 100

/** Rows from which on starting threads pays. */
const MANY = 1_000

/** Failures that are shown at once; all are in their file. */
const SHOWN = 5

/** What a batch is told. */
export interface BatchOptions extends CsvSettings {
  readonly failures: string
  readonly terminal: Terminal
}

/** What signing a batch takes besides. */
export interface SignOptions {
  readonly key: Key
  readonly format: FormatChoice
  /** Where the mapping gives none. */
  readonly issuerName: string | undefined
  readonly conformance: string | undefined
  readonly registry: StatusRegistry | undefined
  readonly out: string
  readonly workers: number | undefined
  readonly force: boolean
  readonly program: URL
}

/** Checks a file and signs nothing. */
export async function checkBatch(options: BatchOptions): Promise<number> {
  const csv = await openCsv(options)
  try {
    const { good, failed } = await check(csv, options)
    options.terminal.output.write(
      `${counted(good, 'row is', 'rows are')} good, ${failedText(failed, options.failures)}. Nothing was signed.\n`,
    )
    return failed > 0 ? exit.failed : exit.ok
  } finally {
    await csv.close()
  }
}

/** Signs a file. */
export async function runBatch(options: BatchOptions, signing: SignOptions): Promise<number> {
  const { out, force } = signing
  await mkdir(dirname(out), { recursive: true })
  const unlock = await lock(`${out}.lock`)
  try {
    const csv = await openCsv(options)
    try {
      if (force) {
        await removeOutput(out)
        await rm(`${out}.journal`, { force: true })
      }
      return await signBatch(csv, options, signing)
    } finally {
      await csv.close()
    }
  } finally {
    await unlock()
  }
}

async function signBatch(csv: CsvFile, options: BatchOptions, signing: SignOptions): Promise<number> {
  const { terminal, failures: file } = options
  const checked = await check(csv, options)
  const journalFile = `${signing.out}.journal`
  if (!existsSync(journalFile) && !signing.force) await assertFree(signing.out)
  const head = { csv: csv.digest(), settings: settingsDigest(options, signing) }
  const journal = await openJournal(journalFile, head)
  const total = checked.good + checked.failed
  try {
    const output = await openOutput(signing.out, journal.state.bytes, journal.state.credentials)
    try {
      if (journal.isResumed && journal.state.rows < total) {
        terminal.error.write(`An earlier run ended at row ${journal.state.rows} of ${total}; going on from there.\n`)
      }
      const { credentials, refused } = await signRows(csv, checked, journal, output, signing, terminal)
      if (csv.digest() !== head.csv) {
        throw new CommandError(
          exit.trouble,
          `${options.file} was changed while it was read; what was signed may be of both`,
        )
      }
      await output.finish()
      if (refused.length > 0) await tellRefused(csv, options, refused)
      const failed = total - credentials
      terminal.output.write(
        `${counted(credentials, 'credential is', 'credentials are')} in ${printable(signing.out)}, ${failedText(failed, file)}.\n`,
      )
      return failed > 0 ? exit.failed : exit.ok
    } finally {
      await output.close()
    }
  } finally {
    await journal.close()
  }
}

async function check(csv: CsvFile, { terminal, failures, file }: BatchOptions): Promise<Checked> {
  const unused = csv.mapping.unused.filter((column) => column !== '')
  if (unused.length > 0)
    terminal.error.write(`Columns that the mapping does not use: ${printable(unused.join(', '), 500)}\n`)
  await assertOurs(failures)
  const written = createFailureFile(failures)
  const progress = createProgress(terminal.error, `Checking ${printable(file)}`)
  const first: RowFailure[] = []
  const onFailure = (failure: RowFailure): Promise<void> => {
    if (first.length < SHOWN) first.push(failure)
    return written.add(failure)
  }
  const checked = await checkRows(csv, onFailure, progress.update)
  await written.finish()
  progress.end(checked.good + checked.failed)
  for (const { line, column, value, problem, fix } of first) {
    const where = column === '' ? `line ${line}` : `line ${line}, ${column} "${value}"`
    terminal.error.write(`  ${printable(`${where}: ${problem}${fix === '' ? '' : `; ${fix}`}`, 500)}\n`)
  }
  if (checked.good + checked.failed === 0) throw new CommandError(exit.data, `${file} has no rows below its header`)
  return checked
}

/** Rows that were refused only when they were signed stand behind those that the check found. */
async function tellRefused(csv: CsvFile, { failures }: BatchOptions, refused: readonly RowFailure[]): Promise<void> {
  const written = createFailureFile(failures)
  await checkRows(csv, written.add, () => {})
  for (const failure of refused) await written.add(failure)
  await written.finish()
}

interface Step {
  readonly rows: readonly Row[]
  /** Number of the row after the last one. */
  readonly end: number
}

interface Done {
  readonly end: number
  readonly items: readonly Item[]
  readonly refused: readonly RowFailure[]
}

async function signRows(
  csv: CsvFile,
  checked: Checked,
  journal: Journal,
  output: Output,
  { key, format, issuerName, conformance, registry, workers, program }: SignOptions,
  terminal: Terminal,
): Promise<{ readonly credentials: number; readonly refused: readonly RowFailure[] }> {
  const total = checked.good + checked.failed
  const refused = [...journal.failures]
  let { credentials, rows: doneRows } = journal.state
  if (doneRows === total) return { credentials, refused }
  const size = workers ?? (total - doneRows >= MANY ? availableParallelism() : 1)
  const place = { id: key.id, controller: key.controller }
  const secret = key.algorithm === 'Bls12381G2' ? await exportKeyMultibase(key) : await exportKey(key)
  const issuer = { ...(issuerName !== undefined && { name: issuerName }), ...csv.mapping.issuer }
  const settings = { secret, ...place, format, issuer, conformance }
  const signers = await createSigners(settings, size, program)
  const progress = createProgress(terminal.error, 'Signing', total, doneRows)
  try {
    const work = (step: Step) => signStep(csv, step, journal.secret, registry, signers)
    for await (const done of mapInOrder(steps(csv, checked, doneRows), 2 * size, work)) {
      const bytes = await output.append(done.items)
      credentials += done.items.length
      doneRows = done.end
      refused.push(...done.refused)
      await journal.write({ rows: doneRows, credentials, bytes }, done.refused)
      progress.update(doneRows)
    }
    progress.end(doneRows)
  } finally {
    await signers.close()
  }
  return { credentials, refused }
}

/** Good rows that are not done yet, put together; the last step ends behind the last row, also where that one is bad. */
async function* steps(csv: CsvFile, checked: Checked, from: number): AsyncGenerator<Step, void, undefined> {
  let rows: Row[] = []
  let end = from
  for await (const row of csv.rows()) {
    if (row.number < from) continue
    end = row.number + 1
    if (!checked.isBad(row.number)) rows.push(row)
    if (rows.length < STEP) continue
    yield { rows, end }
    rows = []
  }
  yield { rows, end }
}

/** Gives the rows their ids and places, and has them signed. */
async function signStep(
  csv: CsvFile,
  { rows, end }: Step,
  secret: Uint8Array,
  registry: StatusRegistry | undefined,
  { sign }: Signers,
): Promise<Done> {
  const drafts = rows.map(({ number, cells }) => {
    const { badge } = csv.mapping.apply(cells)
    if (!badge) throw new CommandError(exit.trouble, 'the CSV file was changed while it was read')
    return { id: typeof badge['id'] === 'string' ? badge['id'] : idOf(secret, number), badge }
  })
  const status = rows.length > 0 ? await registry?.allocateMany(drafts.map(({ id }) => id)) : undefined
  const signed = await sign(
    drafts.map(
      ({ id, badge }, at): SignTask => ({ id, badge: badge as unknown as OpenBadgeInput, status: status?.[at] }),
    ),
  )
  const items: Item[] = []
  const refused: RowFailure[] = []
  for (const [at, { line, cells }] of rows.entries()) {
    const result = signed[at]
    if (result?.bytes) items.push({ name: `row-${line}.${endingOf(result.bytes)}`, bytes: result.bytes })
    else refused.push({ line, ...problemOf(csv, cells, result?.refused ?? 'it was not signed') })
  }
  return { end, items, refused }
}

/** JSON begins with a brace; all else is a JWT. */
function endingOf([first]: Uint8Array): string {
  return first === 0x7b ? 'json' : 'jwt'
}

/** A UUID of version 8 (RFC 9562 section 5.8): nobody without the journal can tell from which row it came. */
function idOf(secret: Uint8Array, number: number): string {
  const bytes = createHmac('sha256', secret).update(`row ${number}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `urn:uuid:${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}`
}

/** Of everything besides the CSV file that decides on what is signed. */
function settingsDigest(
  options: BatchOptions,
  { key, format, issuerName, conformance, registry }: SignOptions,
): string {
  const { encoding = null, delimiter, mapping } = options
  const status =
    registry === undefined ? null : registry.settings.url({ id: '', tenant: '', purpose: 'revocation', number: 1 })
  const { format: name = null, disclosable, mandatory } = format
  const parts = disclosable.length + mandatory.length > 0 && { disclosable, mandatory }
  const told = { ...(issuerName !== undefined && { issuerName }), ...(conformance !== undefined && { conformance }) }
  const read = { status, encoding, delimiter, mapping: mapping as JsonValue }
  const settings = { key: key.id, format: name, ...parts, ...told, ...read }
  return createHash('sha256').update(canonicalJson(settings)).digest('base64url')
}

function failedText(failed: number, file: string): string {
  if (failed === 0) return 'no row failed'
  return `${counted(failed, 'row', 'rows')} failed: see ${printable(file)}`
}
