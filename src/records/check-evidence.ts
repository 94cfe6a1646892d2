/**
 * Whether the files that a record names as evidence are still those that its issuer saw (VC Data Model 2.0 section 5.3). `verify` reads no
 * file and fetches none: this is done apart from it, with the files that the caller hands over.
 */

import { sha256, sha384, sha512 } from '@noble/hashes/sha2'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils'
import { type GivenDigest, type HashName, readDigests } from '../encoding/digest.ts'
import { asArray, describe, isObject, pointer } from '../encoding/json.ts'
import type { LookupOptions } from '../types.ts'
import { assertReport } from './assert-report.ts'
import { invalid, requireOptions } from './input.ts'
import { type Report, type VerifiedRecord, verifiedIn } from './report-tree.ts'

/** A file: its bytes, text that is taken as UTF-8, or a stream of bytes, which is read once and never held whole. */
export type EvidenceContent = Uint8Array | string | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>

/** What `checkEvidence` takes. */
export interface CheckEvidenceOptions {
  /** What `verify` returned. Evidence is read from the credentials in it that were verified. */
  readonly report: Report
  /**
   * Hands over the file of a piece of evidence, by its `id`. `undefined` = there is none any more, a throw = could not find out. Ids are
   * what a stranger wrote: guard a fetch as `online()` does, or ask only for what you know.
   */
  readonly open: (
    id: string,
    options?: LookupOptions,
  ) => EvidenceContent | undefined | Promise<EvidenceContent | undefined>
  /** Bytes of one file that are read at most. Default: 1,073,741,824. */
  readonly maxBytes?: number
  /** Ends the work: `checkEvidence` then throws the signal's reason. */
  readonly signal?: AbortSignal
}

/** One piece of evidence. */
export interface EvidenceResult {
  /** JSON Pointer to it, from the root of the credential that was verified; see `VerifiedRecord` for presentations. */
  readonly path: string
  /** Address or name of the file. */
  readonly id: string
  /** Its title. */
  readonly name?: string
  /**
   * `unchanged`: the file has every digest that is given. `changed`: it has not. `missing`: there is no such file. `unreachable`: could not
   * find out. `undigested`: the record gives no digest that can be read, so that any file would do; it was not asked for.
   */
  readonly outcome: 'unchanged' | 'changed' | 'missing' | 'unreachable' | 'undigested'
  /** One sentence for people. */
  readonly message: string
}

/**
 * Hashes the files of all evidence in a report, and compares them with the digests that the issuers signed. Evidence without an `id` has
 * no file, and is left out. One file after the other is opened.
 *
 * @throws CredentialError `OPTION_INVALID`; the signal's reason when it is aborted.
 */
export async function checkEvidence(options: CheckEvidenceOptions): Promise<readonly EvidenceResult[]> {
  requireOptions(options, 'checkEvidence', ['report', 'open', 'maxBytes', 'signal'])
  const { report, open, maxBytes = 2 ** 30, signal } = options
  assertReport('checkEvidence', report)
  if (typeof open !== 'function') throw invalid('open must be a function from an id to the file')
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) throw invalid('maxBytes must be a whole number from 1 on')
  const results: EvidenceResult[] = []
  for (const evidence of verifiedIn(report).flatMap(evidenceIn)) {
    signal?.throwIfAborted()
    results.push(await check(evidence, async (id) => open(id, signal ? { signal } : {}), maxBytes, signal))
  }
  return results
}

interface Evidence {
  readonly path: string
  readonly id: string
  readonly name: string | undefined
  readonly digests: readonly (GivenDigest | undefined)[]
}

/** Digests stand at the evidence itself, or in `relatedResource` under its id. */
function evidenceIn({ path, credential }: VerifiedRecord): readonly Evidence[] {
  const { evidence } = credential
  const related = asArray(credential['relatedResource']).filter(isObject)
  return asArray(evidence).flatMap((each, index) => {
    if (!isObject(each)) return []
    const { id, name } = each
    if (typeof id !== 'string') return []
    const sources = [each, ...related.filter((resource) => resource['id'] === id)]
    const base = `${path}/evidence`
    return {
      path: Array.isArray(evidence) ? pointer(base, index) : base,
      id,
      name: typeof name === 'string' ? name : undefined,
      digests: sources.flatMap(readDigests),
    }
  })
}

async function check(
  { path, id, name, digests }: Evidence,
  open: (id: string) => Promise<EvidenceContent | undefined>,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<EvidenceResult> {
  const answer = (outcome: EvidenceResult['outcome'], message: string): EvidenceResult => ({
    path,
    id,
    ...(name !== undefined && { name }),
    outcome,
    message,
  })
  if (digests.length === 0 && id.startsWith('data:'))
    return answer('unchanged', 'It is in the record itself, which was verified.')
  if (digests.length === 0)
    return answer('undigested', 'The record gives no digest of the file: it may be another one by now.')
  if (digests.includes(undefined)) return answer('undigested', 'The record gives a digest that cannot be read.')
  const given = digests as readonly GivenDigest[]
  try {
    const content = id.startsWith('data:') ? decodeDataUrl(id) : await open(id)
    if (content === undefined) return answer('missing', 'There is no such file any more.')
    const found = await hash(content, [...new Set(given.map((digest) => digest.name))], maxBytes)
    signal?.throwIfAborted()
    return given.every((digest) => found.get(digest.name) === digest.hex)
      ? answer('unchanged', 'The file is the one that the issuer saw.')
      : answer('changed', 'The file is another one than the issuer saw.')
  } catch (cause) {
    signal?.throwIfAborted()
    return answer('unreachable', `The file could not be read: ${describe(cause)}.`)
  }
}

const functions = { sha256, sha384, sha512 } as const

/** By each function at once, piece by piece. */
async function hash(
  content: EvidenceContent,
  names: readonly HashName[],
  maxBytes: number,
): Promise<ReadonlyMap<HashName, string>> {
  const hashes = names.map((name) => [name, functions[name].create()] as const)
  let length = 0
  for await (const piece of piecesOf(content)) {
    if (!(piece instanceof Uint8Array)) throw new Error('it must be bytes, text, a Blob, or a stream of bytes')
    length += piece.length
    if (length > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`)
    for (const [, each] of hashes) each.update(piece)
  }
  return new Map(hashes.map(([name, each]) => [name, bytesToHex(each.digest())]))
}

/** Not every platform can iterate over a stream. */
async function* piecesOf(content: EvidenceContent): AsyncGenerator<Uint8Array, void, undefined> {
  if (typeof content === 'string') yield utf8ToBytes(content)
  else if (content instanceof Uint8Array) yield content
  else if (content instanceof Blob) yield* piecesOf(content.stream())
  else if ('getReader' in content) {
    const reader = content.getReader()
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
    } finally {
      await reader.cancel().catch(() => undefined)
    }
  } else yield* content
}

/** RFC 2397. */
function decodeDataUrl(url: string): Uint8Array {
  const comma = url.indexOf(',')
  if (comma < 0) throw new Error('its data: URL has no comma')
  const data = decodeURIComponent(url.slice(comma + 1))
  if (!/;\s*base64$/i.test(url.slice(0, comma))) return utf8ToBytes(data)
  return Uint8Array.from(atob(data), (character) => character.charCodeAt(0))
}
