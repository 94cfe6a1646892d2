/**
 * Status lists in a folder: no server, no package, and any number of processes on one machine.
 *
 * Each step is a file of its own, named by its number. It is written under another name and brought to the disk first, and then
 * linked to its name, which only one process can do. So there is no lock that a killed process could leave behind, and nothing is
 * ever half there. When a thousand are complete they are put into one file, a segment, and the single ones are removed.
 */

import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { logStatusStore, type StatusStore } from '../index.ts'

/** Records in a segment. */
const SEGMENT = 1_000
/** Milliseconds after which a file that was never linked is the rest of a process that is gone. */
const LEFT_BEHIND = 3_600_000

/**
 * A store in a folder of the local file system, which is made if it is not there. What it answered is on the disk (fsync), as far
 * as the disk keeps its word. Every process keeps some 30 bytes in memory for each credential.
 */
export function fileStatusStore(folder: string): StatusStore {
  const ready = once(() => mkdir(folder, { recursive: true }))
  return logStatusStore({
    read: async (from, most) => {
      await ready()
      return readFrom(folder, from, most)
    },
    append: async (place, record) => {
      await ready()
      if (!(await add(folder, place, record))) return false
      if (place % SEGMENT === SEGMENT - 1) await tidy(folder, place + 1)
      return true
    },
  })
}

async function readFrom(folder: string, from: number, most: number): Promise<readonly string[]> {
  const records: string[] = []
  while (records.length < most) {
    const next = from + records.length
    const found = (await readSegment(folder, next)) ?? (await readSingles(folder, next, most - records.length))
    if (found.length === 0) break
    records.push(...found)
  }
  return records
}

/** The rest of the segment that this place is in, from the place on; `undefined` as long as there is none. */
async function readSegment(folder: string, place: number): Promise<readonly string[] | undefined> {
  const text = await readIfThere(segmentOf(folder, place))
  return text
    ?.trimEnd()
    .split('\n')
    .slice(place % SEGMENT)
}

/** The single records from this place on, so many, and at most up to the end of its segment. */
async function readSingles(folder: string, from: number, most = SEGMENT): Promise<readonly string[]> {
  const records: string[] = []
  const end = Math.min(from + most, from - (from % SEGMENT) + SEGMENT)
  for (let place = from; place < end; place += 1) {
    const record = await readIfThere(recordOf(folder, place))
    if (record === undefined) break
    records.push(record)
  }
  // Where the segment was made in the meantime it alone counts: see `add`. Where it was not, a missing record is the end.
  return (await readSegment(folder, from)) ?? records
}

async function add(folder: string, place: number, record: string): Promise<boolean> {
  const name = recordOf(folder, place)
  const written = join(folder, `${randomBytes(12).toString('hex')}.new`)
  await write(written, record)
  try {
    await link(written, name)
  } catch (cause) {
    if (isCode(cause, 'EEXIST')) return false
    throw cause
  } finally {
    await removeIfThere(written)
  }
  await syncFolder(folder)
  // A process that slept for a thousand steps finds its name free again: the segment shows that it came too late.
  const segment = await readSegment(folder, place)
  if (segment === undefined || segment[0] === record) return true
  await removeIfThere(name)
  return false
}

/** Makes segments of all complete thousands, and removes what they hold and what was left behind. Any process may be killed here. */
async function tidy(folder: string, places: number): Promise<void> {
  const names = await readdir(folder)
  const starts = new Set(
    names.flatMap((name) => {
      const place = /^\d{12}\.json$/.test(name) ? Number(name.slice(0, 12)) : places
      return place - (place % SEGMENT) + SEGMENT <= places ? [place - (place % SEGMENT)] : []
    }),
  )
  for (const start of starts) {
    if ((await readSegment(folder, start)) === undefined) await makeSegment(folder, start)
    for (let place = start; place < start + SEGMENT; place += 1) await removeIfThere(recordOf(folder, place))
  }
  for (const name of names.filter((each) => each.endsWith('.new'))) {
    const age = await stat(join(folder, name)).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > LEFT_BEHIND) await removeIfThere(join(folder, name))
  }
}

async function makeSegment(folder: string, start: number): Promise<void> {
  const records = await readSingles(folder, start)
  if (records.length < SEGMENT) return
  const written = join(folder, `${randomBytes(12).toString('hex')}.new`)
  await write(written, `${records.join('\n')}\n`)
  try {
    await link(written, segmentOf(folder, start))
  } catch (cause) {
    if (!isCode(cause, 'EEXIST')) throw cause
  } finally {
    await removeIfThere(written)
  }
  await syncFolder(folder)
}

async function write(name: string, text: string): Promise<void> {
  const file = await open(name, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Brings the names in a folder to the disk. Windows does so by itself, and cannot open a folder. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const file = await open(folder, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

function recordOf(folder: string, place: number): string {
  return join(folder, `${String(place).padStart(12, '0')}.json`)
}

function segmentOf(folder: string, place: number): string {
  return join(folder, `${String(place - (place % SEGMENT)).padStart(12, '0')}.segment`)
}

async function readIfThere(name: string): Promise<string | undefined> {
  try {
    return await readFile(name, 'utf8')
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return undefined
    throw cause
  }
}

async function removeIfThere(name: string): Promise<void> {
  try {
    await unlink(name)
  } catch (cause) {
    if (!isCode(cause, 'ENOENT')) throw cause
  }
}

function isCode(cause: unknown, code: string): boolean {
  return (cause as { readonly code?: unknown } | null)?.code === code
}

/** Does it at the first call, and again after it failed. */
function once<R>(work: () => Promise<R>): () => Promise<R> {
  let done: Promise<R> | undefined
  return () => {
    done ??= work().catch((cause) => {
      done = undefined
      throw cause
    })
    return done
  }
}
