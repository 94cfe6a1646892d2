/** Answers that are kept for a while (RFC 9111, as far as a private cache that never serves what is stale needs it). */

import type { Answer } from './transport.ts'

/** When an answer was asked for, and until when it may be used without asking again. Milliseconds since 1970. */
export interface Times {
  readonly askedAt: number
  readonly freshUntil: number
  /** Whether the server said how long. */
  readonly stated: boolean
}

/** An answer, read. */
export interface Kept extends Times {
  /** `undefined`: the server said that there is nothing. */
  readonly content: unknown
  /** Where it came from in the end, and what the server calls this version of it. */
  readonly url: string
  readonly etag: string | undefined
  /** Bytes, for the bound of the cache. */
  readonly size: number
}

/** Keeps what was used last, up to a number of bytes. */
export interface Cache {
  get(name: string): Kept | undefined
  set(name: string, kept: Kept): void
  delete(name: string): void
}

/** Seconds that an answer is used for where its server says nothing. */
const DEFAULT_AGE = 300
/** The same for "there is nothing": who publishes shall not wait long to be found. */
const MISSING_AGE = 60
/** Bytes that the smallest entry counts for. */
const OVERHEAD = 1024

/** A cache of this many bytes. */
export function createCache(maxBytes: number): Cache {
  const entries = new Map<string, Kept>()
  let bytes = 0
  const drop = (name: string): void => {
    bytes -= sizeOf(entries.get(name))
    entries.delete(name)
  }
  return {
    get: (name) => {
      const kept = entries.get(name)
      if (kept) {
        entries.delete(name)
        entries.set(name, kept)
      }
      return kept
    },
    set: (name, kept) => {
      drop(name)
      bytes += sizeOf(kept)
      entries.set(name, kept)
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes) return
        drop(oldest)
      }
    },
    delete: drop,
  }
}

function sizeOf(kept: Kept | undefined): number {
  return kept ? kept.size + OVERHEAD : 0
}

/** How long an answer is good. `undefined`: it may not be kept. */
export function timesOf(answer: Answer, askedAt: number, maxAge: number): Times | undefined {
  const directives = (answer.header('cache-control') ?? '')
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
  if (directives.includes('no-store')) return undefined
  if (directives.some((each) => each === 'no-cache' || each.startsWith('no-cache='))) {
    return { askedAt, freshUntil: askedAt, stated: true }
  }
  const stated = directives.find((each) => /^max-age="?\d+"?$/.test(each))?.replace(/\D/g, '')
  const seconds = stated === undefined ? DEFAULT_AGE : Number(stated) - ageOf(answer)
  const most = answer.status === 200 || answer.status === 304 ? maxAge : Math.min(maxAge, MISSING_AGE)
  return { askedAt, freshUntil: askedAt + Math.min(seconds, most) * 1000, stated: stated !== undefined }
}

/** Seconds that the answer has lain in caches on its way. */
function ageOf(answer: Answer): number {
  const age = answer.header('age')?.trim() ?? ''
  return /^\d+$/.test(age) ? Number(age) : 0
}
