/** What was made or done to earn the achievement (Open Badges 3.0, Evidence). */

import { type DigestSri, digestOf, requireDigest } from './digest.ts'
import { finish, invalid, requireIri, requireObject, requireText, typeList } from './input.ts'

interface EvidenceMembers {
  /** Address of a page or file that shows the evidence, or the evidence itself as `data:` URI. */
  readonly id?: string
  /** Title. */
  readonly name?: string
  /** What it is, in a sentence or two. */
  readonly description?: string
  /** How it came about and what it shows. Markdown is allowed. */
  readonly narrative?: string
  /** What kind of evidence it is, such as `Poetry`, `Prose`, `Film`. */
  readonly genre?: string
  /** Whom it was made for. */
  readonly audience?: string
  /** Media type of the file, such as `application/pdf`. */
  readonly mediaType?: string
  /** Digest of the file at `id`. Give this when it is known already, or `content` to have it computed. */
  readonly digestSRI?: DigestSri
}

/** A piece of evidence. At least one of `id`, `name` and `narrative` is needed. */
export type EvidenceInput = EvidenceMembers & {
  /**
   * The file at `id`, byte for byte as it is served. Only its SHA-256 gets into the record, as `digestSRI` beside `id`
   * (VC Data Model 2.0 section 5.3), so that the file cannot be exchanged later. Text is taken as UTF-8. Needs `id`.
   */
  readonly content?: Uint8Array | string
} & ({ readonly id: string } | { readonly name: string } | { readonly narrative: string })

/** A piece of evidence as it stands in a record. */
export interface Evidence extends EvidenceMembers {
  /** The word of the standard first, then the caller's own. */
  readonly type: readonly ['Evidence', ...string[]]
}

/** Makes a piece of evidence for `openBadge`, which also takes the input as it is. */
export function evidence(input: EvidenceInput): Evidence {
  return finish(toEvidence(input, 'evidence'), 'evidence')
}

/** Fills in the type of a piece of evidence, and the digest of its file. */
export function toEvidence(input: EvidenceInput | Evidence, path: string): Evidence {
  requireObject(input, path, 'a piece of evidence such as { id: "https://…", name: "Final essay" }')
  const { content, ...rest }: EvidenceMembers & { readonly content?: Uint8Array | string } = input
  if (rest.id === undefined && rest.name === undefined && rest.narrative === undefined) {
    throw invalid(`${path} says nothing; give id (its address), name or narrative`)
  }
  if (rest.id !== undefined) requireIri(rest.id, `${path}.id`, 'the address of a page or file, or a data: URI')
  if (rest.name !== undefined) requireText(rest.name, `${path}.name`, 'a title')
  if (rest.narrative !== undefined) requireText(rest.narrative, `${path}.narrative`, 'how it came about')
  if (rest.digestSRI !== undefined) requireDigest(rest.digestSRI, `${path}.digestSRI`)
  if (rest.digestSRI !== undefined && content !== undefined) {
    throw invalid(`${path} has both content and digestSRI; give the content, or the digest when it is known already`)
  }
  if (rest.id === undefined && (rest.digestSRI !== undefined || content !== undefined)) {
    throw invalid(
      `${path}.id is missing; a digest speaks of the file at an address: give that, or an urn:uuid:… of the file`,
    )
  }
  return {
    ...rest,
    type: typeList('Evidence', input),
    ...(content !== undefined && { digestSRI: digestOf(content) }),
  }
}
