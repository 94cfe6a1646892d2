/** The text of a published list: JSON with its proofs, or a JWT. It is our own, and was verified before it was kept. */

import { fromLongBase64Url } from '../encoding/base64.ts'
import type { JsonObject } from '../types.ts'

/** The list that is in the text. Throws for other text. */
export function readPublished(text: string): JsonObject {
  return text.startsWith('{') ? (JSON.parse(text) as JsonObject) : readPart(text, 1)
}

/** The header, where it is a JWT. Throws for other text. */
export function headerOf(text: string): JsonObject | undefined {
  return text.startsWith('{') ? undefined : readPart(text, 0)
}

function readPart(text: string, part: number): JsonObject {
  return JSON.parse(new TextDecoder().decode(fromLongBase64Url(text.split('.')[part] ?? ''))) as JsonObject
}
