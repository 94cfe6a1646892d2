/** What lies at the URLs that an assertion names, by the caller's own fetch. A document is believed for what it says of its own id alone. */

import type { FetchJson } from '../dids/web.ts'
import { clip } from '../encoding/clip.ts'
import { describe, isObject, locate, readJson } from '../encoding/json.ts'
import { untilAborted } from '../encoding/until-aborted.ts'
import type { JsonObject } from '../types.ts'

/** How things are looked up, if at all. */
export interface Lookup {
  readonly fetchJson: FetchJson | undefined
  readonly signal: AbortSignal | undefined
}

/** A document with what should be known of how it was found; or why there is none. */
export type Loaded =
  | {
      readonly document: JsonObject
      readonly notes: readonly string[]
      /** As it was served, where the caller's fetch hands over text or bytes. */
      readonly text?: string
    }
  | {
      readonly problem: string
      /** `mismatch`: it calls itself otherwise. `missing`: its server says that there is none. `unknown`: could not find out. */
      readonly reason: 'mismatch' | 'missing' | 'unknown'
    }

/** What lies at a URL, whatever it calls itself. */
export async function load(url: string, { fetchJson, signal }: Lookup): Promise<Loaded> {
  if (!isWeb(url)) return unknown(`${clip(url)} is no address on the web`)
  if (!fetchJson) return unknown('nothing is fetched unless "fetchJson" is given')
  let answer: unknown
  try {
    answer = await untilAborted(Promise.resolve(fetchJson(url, signal ? { signal } : {})), signal)
  } catch (cause) {
    signal?.throwIfAborted()
    return unknown(`${clip(url)} could not be had: ${describe(cause)}`)
  }
  if (answer === undefined) return { problem: `there is nothing at ${clip(url)}`, reason: 'missing' }
  const read = readJson(answer)
  if (!('value' in read)) return unknown(`what is at ${clip(url)} cannot be read: ${locate(read.path, read.problem)}`)
  if (!isObject(read.value)) return unknown(`what is at ${clip(url)} is not a JSON object`)
  const text = textOf(answer)
  const notes = /^https:/i.test(url)
    ? []
    : [`${clip(url)} is named without https: whoever is on the way to its server could have answered in its place.`]
  return { document: read.value, notes, ...(text !== undefined && { text }) }
}

/**
 * The document of that id. Where another calls itself otherwise, as after a move, that id is asked once: what lies there speaks for it,
 * and whoever named the first address chose it.
 */
export async function loadNamed(id: string, lookup: Lookup): Promise<Loaded> {
  const first = await load(id, lookup)
  if ('problem' in first) return first
  const own = first.document['id']
  if (isSameUrl(own, id)) return first
  const mismatch = `what is at ${clip(id)} calls itself ${clip(own)}`
  if (typeof own !== 'string') return { problem: mismatch, reason: 'mismatch' }
  if (!isWeb(own)) return unknown(`${mismatch}, which is no address on the web`)
  const second = await load(own, lookup)
  if ('problem' in second) return unknown(`${mismatch}, and ${second.problem}`)
  if (!isSameUrl(second.document['id'], own)) return { problem: mismatch, reason: 'mismatch' }
  return { ...second, notes: [...first.notes, `${clip(id)} has moved to ${clip(own)}.`, ...second.notes] }
}

/** Whether both are one URL, however it is written. */
export function isSameUrl(one: unknown, other: string): boolean {
  if (one === other) return true
  return (
    typeof one === 'string' && URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href
  )
}

/** Whether it can be asked for at all. */
export function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url)
}

function unknown(problem: string): Loaded {
  return { problem, reason: 'unknown' }
}

function textOf(answer: unknown): string | undefined {
  if (typeof answer === 'string') return answer
  return answer instanceof Uint8Array ? new TextDecoder().decode(answer) : undefined
}
