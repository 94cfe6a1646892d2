/** Files: read with words for what is wrong, written as a whole or not at all. */

import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe } from '../encoding/json.ts'
import { CommandError, exit } from './command.ts'
import { isPrivateKey } from './private-key.ts'

/** The bytes of a file. */
export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (cause) {
    throw new CommandError(exit.noInput, `${file} cannot be read: ${reason(cause)}`, { cause })
  }
}

/** The text of a file. */
export async function readText(file: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(file)).trim()
}

/** The text of a file, and where it was read. */
export interface NamedText {
  readonly file: string
  readonly text: string
}

/** The texts of all files in a folder; of a file, its one. They are public things. */
export async function readTexts(file: string): Promise<readonly NamedText[]> {
  const found = await stat(file).catch(() => undefined)
  const names = found?.isDirectory() ? (await readdir(file)).filter((name) => !name.startsWith('.')).sort() : undefined
  const files = names?.map((name) => join(file, name)) ?? [file]
  return Promise.all(
    files.map(async (each) => {
      const text = await readText(each)
      assertPublic(each, text)
      return { file: each, text }
    }),
  )
}

/** Refuses a private key where something public is expected. */
export function assertPublic(name: string, text: string): void {
  if (!isPrivateKey(text)) return
  throw new CommandError(exit.data, `${name} holds a private key, which is for --key alone: show it to nobody`)
}

/** The JSON in a file, for settings of the user's own. */
export async function readJsonFile(file: string): Promise<unknown> {
  const text = await readText(file)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CommandError(exit.data, `${file} is not JSON: ${reason(cause)}`, { cause })
  }
}

/** How a file is written. */
export interface WriteOptions {
  /** Writes over what is there. Default: what is there stays, and the command fails. */
  readonly force?: boolean
  /** Who may read it. Default: as the system has it. */
  readonly mode?: number
}

/** Writes a file: first under another name, brought to the disk, then put in its place. Nobody ever sees half of it. */
export async function writeWhole(
  file: string,
  content: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await mkdir(dirname(file), { recursive: true })
    const handle = await open(draft, 'wx', options.mode ?? 0o666)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (options.force) await rename(draft, file)
    else await link(draft, file)
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') throw taken(file)
    throw new CommandError(exit.noOutput, `${file} cannot be written: ${reason(cause)}`, { cause })
  } finally {
    await unlink(draft).catch(() => {})
  }
}

/** Something is there already. */
export function taken(file: string): CommandError {
  return new CommandError(exit.noOutput, `${file} is there already; give another name, or --force to write over it`)
}

/** Why a call of the system failed, without its own words for where. */
export function reason(cause: unknown): string {
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is a file',
    ENOSPC: 'the disk is full',
    EROFS: 'it is on a read-only file system',
  }
  return words[codeOf(cause) ?? ''] ?? describe(cause)
}

/** The system's code for what went wrong, such as `ENOENT`. */
export function codeOf(cause: unknown): string | undefined {
  const code = cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined
  return typeof code === 'string' ? code : undefined
}

/** A word as a shell takes it. */
export function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
