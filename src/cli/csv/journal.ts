/**
 * The journal of a batch: what it is a batch of, and how far it is. Each line is brought to the disk before the work goes on, and a
 * line that is not whole, because the process was killed over it, does not count.
 */

import { randomBytes } from 'node:crypto'
import { link, open, readFile, truncate, unlink, writeFile } from 'node:fs/promises'
import process from 'node:process'
import { CommandError, exit } from '../command.ts'
import { codeOf, quoted, reason } from '../files.ts'
import type { RowFailure } from './check.ts'

/** What must be the same when a batch is taken up again. */
export interface BatchHead {
  /** SHA-256 of the CSV file, and of the settings that decide on what is signed. */
  readonly csv: string
  readonly settings: string
}

/** How far it is: the output up to here is whole. */
export interface BatchState {
  /** Rows that are done, those that failed among them. */
  readonly rows: number
  readonly credentials: number
  /** Length of the output file. */
  readonly bytes: number
}

/** An open journal. */
export interface Journal {
  /** Decides on the ids of the credentials, and is kept with the batch: the same row has the same id after a restart. */
  readonly secret: Uint8Array
  readonly state: BatchState
  /** Rows that failed while they were signed. */
  readonly failures: readonly RowFailure[]
  /** True where there was a batch to take up. */
  readonly isResumed: boolean
  write(state: BatchState, failures: readonly RowFailure[]): Promise<void>
  close(): Promise<void>
}

const none: BatchState = { rows: 0, credentials: 0, bytes: 0 }

type Line =
  | { readonly head: BatchHead & { readonly secret: string } }
  | { readonly state: BatchState; readonly failures: readonly RowFailure[] }

/** Opens the journal of a batch, or begins one. Throws where there is one of another batch. */
export async function openJournal(file: string, head: BatchHead): Promise<Journal> {
  const { lines, bytes } = await readLines(file)
  const [first] = lines
  const known = first && 'head' in first ? first.head : undefined
  if (known && (known.csv !== head.csv || known.settings !== head.settings)) {
    const what = known.csv === head.csv ? 'with other settings (mapping, key, format or status)' : 'of another CSV file'
    throw new CommandError(
      exit.data,
      `${file} is the journal of a batch ${what}: give another --out, go on with what was, or begin anew with --force`,
    )
  }
  const secret = known?.secret ?? randomBytes(32).toString('base64url')
  if (known) await truncate(file, bytes)
  else await writeFile(file, '', { mode: 0o600 })
  const handle = await open(file, 'a')
  const append = async (line: Line): Promise<void> => {
    await handle.appendFile(`${JSON.stringify(line)}\n`)
    await handle.datasync()
  }
  if (!known) await append({ head: { ...head, secret } })
  const done = lines.flatMap((line) => ('state' in line ? [line] : []))
  return {
    secret: Buffer.from(secret, 'base64url'),
    state: done.at(-1)?.state ?? none,
    failures: done.flatMap(({ failures }) => failures),
    isResumed: known !== undefined,
    write: (state, failures) => append({ state, failures }),
    close: () => handle.close(),
  }
}

/** The whole lines, and where they end. */
async function readLines(file: string): Promise<{ readonly lines: readonly Line[]; readonly bytes: number }> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return { lines: [], bytes: 0 }
    throw new CommandError(exit.noInput, `${file} cannot be read: ${reason(cause)}`, { cause })
  }
  const lines: Line[] = []
  let bytes = 0
  for (const line of text.split('\n').slice(0, -1)) {
    try {
      lines.push(JSON.parse(line) as Line)
    } catch {
      break
    }
    bytes += Buffer.byteLength(line) + 1
  }
  return { lines, bytes }
}

/**
 * Keeps a second process away from the batch. A lock that a killed process left behind is known by its number, which nobody has, and is
 * taken over.
 */
export async function lock(file: string): Promise<() => Promise<void>> {
  const own = `${file}.${process.pid}`
  await writeFile(own, `${process.pid}\n`).catch((cause: unknown) => {
    throw new CommandError(exit.noOutput, `${file} cannot be written: ${reason(cause)}`, { cause })
  })
  try {
    for (let tries = 0; tries < 10; tries += 1) {
      try {
        await link(own, file)
        return () => unlink(file).catch(() => {})
      } catch (cause) {
        if (codeOf(cause) !== 'EEXIST')
          throw new CommandError(exit.noOutput, `${file} cannot be written: ${reason(cause)}`, { cause })
      }
      const holder = Number(await readFile(file, 'utf8').catch(() => ''))
      if (holder !== process.pid && isAlive(holder)) break
      await unlink(file).catch(() => {})
    }
  } finally {
    await unlink(own).catch(() => {})
  }
  throw new CommandError(
    exit.trouble,
    `another process works on this batch; wait for it, or if there is none: rm ${quoted(file)}`,
  )
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return codeOf(cause) === 'EPERM'
  }
}
