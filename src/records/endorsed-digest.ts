/** Whether the digest that an endorsement gives of a thing is that of what is there (VC Data Model 2.0 section 5.3). */

import { canonicalJson } from '../encoding/canonical-json.ts'
import { type HashName, readDigests } from '../encoding/digest.ts'
import { hashes } from '../encoding/hashes.ts'
import { asArray, idOf, isObject } from '../encoding/json.ts'
import type { EndorsedKind } from '../report.ts'
import type { JsonObject } from '../types.ts'
import type { Thing } from './endorsed.ts'

/** Whether the digests that a related resource gives are those of the thing; `undefined` where it gives none. */
export type Compare = (resource: JsonObject, thing: Thing) => boolean | undefined

/**
 * Each thing is hashed once by each function, however many digests of it are given.
 *
 * @param credential Its evidence may be files: what the endorser saw is then compared with the digests that the credential gives of them.
 * @param texts What the credential itself came in, byte for byte.
 */
export function comparer(credential: JsonObject, texts: readonly (string | Uint8Array)[]): Compare {
  const known = new Map<JsonObject, Map<HashName, ReadonlySet<string>>>()
  const digestsOf = (described: JsonObject, kind: EndorsedKind, name: HashName): ReadonlySet<string> => {
    const table = known.get(described) ?? new Map<HashName, ReadonlySet<string>>()
    known.set(described, table)
    const digests = table.get(name) ?? new Set(hashesOf(described, kind, name))
    table.set(name, digests)
    return digests
  }
  const hashesOf = (described: JsonObject, kind: EndorsedKind, name: HashName): readonly string[] => {
    const hash = (content: string | Uint8Array): string => hashes[name].hex(content)
    return [
      ...formsOf(described).map(hash),
      ...(kind === 'credential' ? texts.map(hash) : []),
      ...(kind === 'evidence' ? ownDigests(credential, described, name) : []),
    ]
  }
  return (resource, { kind, described }) => {
    const given = readDigests(resource)
    if (given.length === 0) return undefined
    return (
      described.length > 0 &&
      given.every((digest) => digest && described.every((each) => digestsOf(each, kind, digest.name).has(digest.hex)))
    )
  }
}

/** An endorsement is put into what it speaks of, and a proof goes over both: neither was there when the digest was made. */
function formsOf(described: JsonObject): readonly string[] {
  const { endorsement: _, endorsementJwt: __, ...endorsed } = described
  const { proof: ___, ...unsigned } = endorsed
  return [...new Set([described, endorsed, unsigned].map(canonicalJson))]
}

/** What the credential itself says that the digest of a file is, at the evidence or beside it. */
function ownDigests(credential: JsonObject, evidence: JsonObject, name: HashName): readonly string[] {
  const related = asArray(credential['relatedResource']).filter(isObject)
  return [evidence, ...related.filter((resource) => idOf(resource) === idOf(evidence))]
    .flatMap(readDigests)
    .flatMap((digest) => (digest?.name === name ? digest.hex : []))
}
