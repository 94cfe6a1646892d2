/** The contexts that come with the package, as frozen documents. */

import { readJson } from '../encoding/json.ts'
import type { JsonObject } from '../types.ts'
import { contextTexts } from './contexts.ts'

const parsed = new Map<string, JsonObject>()

/** The URL of every bundled context. */
export const bundledContextUrls: readonly string[] = Object.freeze([...contextTexts.keys()])

/** A bundled context, frozen; always the same object for the same URL. Parsed when first asked for. */
export function bundledContext(url: string): JsonObject | undefined {
  const known = parsed.get(url)
  const text = contextTexts.get(url)
  if (known !== undefined || text === undefined) return known
  const read = readJson(text)
  if (!('value' in read)) throw new Error(`${url}: ${read.problem}`)
  parsed.set(url, read.value as JsonObject)
  return read.value as JsonObject
}
