/** The contexts that come with the package, as frozen documents. */

import { deepFreeze } from '../encoding/json.ts'
import type { JsonObject } from '../types.ts'
import { contextTexts } from './contexts.ts'
import { unpackContext } from './unpack-context.ts'

const parsed = new Map<string, JsonObject>()

/** The URL of every bundled context. */
export const bundledContextUrls: readonly string[] = Object.freeze([...contextTexts.keys()])

/** A bundled context, frozen; always the same object for the same URL. Unpacked and parsed when first asked for. */
export function bundledContext(url: string): JsonObject | undefined {
  const known = parsed.get(url)
  const text = contextTexts.get(url)
  if (known !== undefined || text === undefined) return known
  const document: JsonObject = deepFreeze(JSON.parse(unpackContext(text)))
  parsed.set(url, document)
  return document
}
