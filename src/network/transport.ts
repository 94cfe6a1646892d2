/** One request and its answer, by whatever the platform has. Redirects are not followed here. */

import { join } from '../encoding/bytes.ts'

/** One GET. */
export interface Request {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** Most bytes of the body, as they come and when they are unpacked. */
  readonly maxBytes: number
  readonly signal: AbortSignal
}

/** The answer. Only that of status 200 has its body; the others' is not waited for. */
export interface Answer {
  readonly status: number
  header(name: string): string | undefined
  readonly body: Uint8Array
}

/** Asks once. A throw means that there was no answer, or one beyond the limits. */
export type Transport = (request: Request) => Promise<Answer>

/** Reads a body to its end, or stops at the limit. Leaving the loop ends the stream. */
export async function readBody(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const kept: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > maxBytes) throw tooLarge(maxBytes)
    kept.push(chunk)
  }
  return join(kept)
}

/** The answer is larger than the limit. */
export function tooLarge(maxBytes: number): Error {
  return new Error(`the answer is larger than ${maxBytes} bytes`)
}
