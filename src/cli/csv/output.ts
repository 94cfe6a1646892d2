/**
 * Where the credentials of a batch go: a folder of files, a file of lines (NDJSON) or a ZIP archive. A file grows under another name,
 * is cut back to what the journal vouches for when the batch is taken up again, and gets its name when all is there.
 */

import { type FileHandle, mkdir, open, readdir, rename, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError, exit, usageError } from '../command.ts'
import { reason, taken } from '../files.ts'
import { writeZipDirectory, zipEntry } from './zip.ts'

/** A credential as a line of UTF-8, and the name of its file. */
export interface Item {
  readonly name: string
  readonly bytes: Uint8Array
}

/** An open output. */
export interface Output {
  /** Adds credentials and answers, when they are on the disk, with the length of the output. */
  append(items: readonly Item[]): Promise<number>
  /** All is there: gives the output its name. It may be done twice. */
  finish(): Promise<void>
  close(): Promise<void>
}

/** Which output a name stands for. */
export type OutputKind = 'files' | 'ndjson' | 'zip'

/** By its ending: `.ndjson`, `.jsonl` and `.zip` are files; anything else is a folder. */
export function outputKind(out: string): OutputKind {
  if (/\.(ndjson|jsonl)$/i.test(out)) return 'ndjson'
  return /\.zip$/i.test(out) ? 'zip' : 'files'
}

/** Names that promise a file of a kind that is not written: a folder of that name would surprise. */
const otherFile = /\.(tar|tgz|gz|bz2|xz|7z|rar|csv|tsv|json|jwt|txt|html|pdf)$/i

/** Refuses an output of another kind. */
export function assertKind(out: string): void {
  if (otherFile.test(out))
    throw usageError(`--out ${out}: a batch goes into a folder, or a file .zip, .ndjson or .jsonl`)
}

/** Refuses an output that is there already, before any work. */
export async function assertFree(out: string): Promise<void> {
  const found = await stat(out).catch(() => undefined)
  if (!found) return
  if (found.isDirectory() && outputKind(out) === 'files' && (await readdir(out)).length === 0) return
  throw taken(out)
}

/** Names of the files in a folder that are ours. */
const own = /^\.?row-\d+\.(json|jwt)(\.tmp)?$/

/** Removes what an earlier batch left under this name, and nothing else. */
export async function removeOutput(out: string): Promise<void> {
  if (outputKind(out) !== 'files') {
    for (const name of [out, `${out}.part`]) await rm(name, { force: true })
    return
  }
  const names = await readdir(out).catch(() => [])
  for (const name of names.filter((each) => own.test(each))) await rm(join(out, name), { force: true })
}

/** Opens an output at the length and the number of credentials that the journal has. */
export async function openOutput(out: string, bytes: number, credentials: number): Promise<Output> {
  const kind = outputKind(out)
  try {
    return kind === 'files' ? await openFolder(out, credentials) : await openFile(out, kind, bytes)
  } catch (cause) {
    if (cause instanceof CommandError) throw cause
    throw new CommandError(exit.noOutput, `${out} cannot be written: ${reason(cause)}`, { cause })
  }
}

async function openFolder(out: string, credentials: number): Promise<Output> {
  await mkdir(out, { recursive: true })
  if (
    credentials > 0 &&
    (await readdir(out)).filter((name) => /^row-\d+\.(json|jwt)$/.test(name)).length < credentials
  ) {
    throw new CommandError(exit.data, `${out} has fewer credentials than its journal says: begin anew with --force`)
  }
  return {
    async append(items) {
      await Promise.all(
        items.map(async ({ name, bytes }) => {
          const draft = join(out, `.${name}.tmp`)
          const handle = await open(draft, 'w')
          try {
            await handle.writeFile(bytes)
            await handle.datasync()
          } finally {
            await handle.close()
          }
          await rename(draft, join(out, name))
        }),
      )
      return 0
    },
    finish: async () => {},
    close: async () => {},
  }
}

async function openFile(out: string, kind: 'ndjson' | 'zip', bytes: number): Promise<Output> {
  const part = `${out}.part`
  // Where all was done and the file has its name, there is nothing to be cut or added.
  if (!(await isThere(part)) && (await isThere(out))) {
    return { append: () => Promise.reject(taken(out)), finish: async () => {}, close: async () => {} }
  }
  const handle: FileHandle = await open(part, 'a+').then(async (created) => {
    await created.close()
    const { size } = await stat(part)
    if (size < bytes) {
      throw new CommandError(exit.data, `${part} is shorter than its journal says: begin anew with --force`)
    }
    await truncate(part, bytes)
    return open(part, 'r+')
  })
  let length = bytes
  return {
    async append(items) {
      const block = Buffer.concat(items.map(({ name, bytes }) => (kind === 'zip' ? zipEntry(name, bytes) : bytes)))
      await handle.write(block, 0, block.length, length)
      await handle.datasync()
      length += block.length
      return length
    },
    async finish() {
      if (kind === 'zip') await writeZipDirectory(handle, length)
      await handle.sync()
      await rename(part, out)
    },
    close: () => handle.close(),
  }
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined
}
