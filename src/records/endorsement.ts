/** Somebody vouches for a credential, an achievement, a profile, or anything with an id (EndorsementCredential). */

import { CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT } from './contexts.ts'
import { type RecordInput, type RecordMembers, recordNames, toRecordMembers } from './credential.ts'
import { type DigestSri, digestOf, requireDigest } from './digest.ts'
import { finish, invalid, requireIri, requireObject, requireOptions, requireText } from './input.ts'

/** What `endorsement` takes. */
export interface EndorsementInput extends RecordInput {
  /**
   * What is endorsed: its id, or the thing itself (a credential, an achievement, a profile), of which the `id` is taken.
   * An id alone says nothing about what lies behind it: add `content` or `digestSRI` to endorse exactly that version.
   */
  readonly endorsed: string | { readonly id: string }
  /** What is said about it. Markdown is allowed. */
  readonly endorsementComment?: string
  /**
   * The endorsed thing as its id serves it, byte for byte; text is taken as UTF-8. Only its SHA-256 gets into the
   * endorsement, under `relatedResource` (VC Data Model 2.0 section 5.3): whoever relies on the thing must compare.
   */
  readonly content?: Uint8Array | string
  /** The digest, when it is known already, or that of a document as data: `digestOfJson(signedBadge)`. */
  readonly digestSRI?: DigestSri
  /** Media type of the content, such as `application/vc` or `image/png`. Only beside a digest. */
  readonly mediaType?: string
}

/** The digest of what a credential speaks of (VC Data Model 2.0 section 5.3). */
export interface RelatedResource {
  /** Address or id of the thing. */
  readonly id: string
  /** Digest of its content. */
  readonly digestSRI: DigestSri
  /** Media type of its content. */
  readonly mediaType?: string
}

/** What is endorsed, and what is said about it (Open Badges 3.0, EndorsementSubject). */
export interface EndorsementSubject {
  /** IRI of what is endorsed. */
  readonly id: string
  /** Fixed by the standard. */
  readonly type: readonly ['EndorsementSubject']
  /** What is said about it. Markdown is allowed. */
  readonly endorsementComment?: string
}

/** An endorsement before it is signed: a `CredentialInput`. */
export interface Endorsement extends RecordMembers {
  /** The contexts, in the order of the standard. */
  readonly '@context': readonly [typeof CREDENTIALS_CONTEXT, typeof OPEN_BADGES_CONTEXT]
  /** Fixed by the standard. */
  readonly type: readonly ['VerifiableCredential', 'EndorsementCredential']
  /** Whom or what it is about. */
  readonly credentialSubject: EndorsementSubject
  /** The digest of what is endorsed (VC Data Model 2.0 section 5.3). */
  readonly relatedResource?: readonly RelatedResource[]
}

const names = /* @__PURE__ */ recordNames.concat('endorsed', 'endorsementComment', 'content', 'digestSRI', 'mediaType')

/**
 * Makes an endorsement: plain, unsigned, frozen data. Sign it with `issue({ credential, key })` under the endorser's key,
 * and put the result into `endorsement` of what it speaks of, or hand it over by itself.
 *
 * @throws CredentialError `OPTION_INVALID`, naming the member that is missing or wrong and what would be right.
 */
export function endorsement(input: EndorsementInput): Endorsement {
  requireOptions(input, 'endorsement', names)
  const { endorsed, endorsementComment } = input
  if (endorsed === undefined) throw invalid('endorsed is missing; give the id of the thing, or the thing with its id')
  if (typeof endorsed !== 'string') requireObject(endorsed, 'endorsed', 'an id, or something that has one')
  const at = typeof endorsed === 'string' ? 'endorsed' : 'endorsed.id'
  const id = requireIri(typeof endorsed === 'string' ? endorsed : endorsed.id, at, 'the IRI of what is endorsed')
  const related = toRelatedResource(input, id)
  const record: Endorsement = {
    '@context': [CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT],
    type: ['VerifiableCredential', 'EndorsementCredential'],
    ...toRecordMembers(input),
    credentialSubject: {
      id,
      type: ['EndorsementSubject'],
      ...(endorsementComment !== undefined && {
        endorsementComment: requireText(endorsementComment, 'endorsementComment', 'text, or leave it out'),
      }),
    },
    ...(related && { relatedResource: [related] }),
  }
  return finish(record, 'endorsement')
}

function toRelatedResource(input: EndorsementInput, id: string): RelatedResource | undefined {
  const { content, mediaType } = input
  if (content !== undefined && input.digestSRI !== undefined) {
    throw invalid('there are both content and digestSRI; give the content, or the digest when it is known already')
  }
  if (input.digestSRI !== undefined) requireDigest(input.digestSRI, 'digestSRI')
  const digestSRI = content === undefined ? input.digestSRI : digestOf(content)
  if (digestSRI === undefined) {
    if (mediaType !== undefined) throw invalid('mediaType stands alone; give content or digestSRI beside it')
    return undefined
  }
  return { id, digestSRI, ...(mediaType !== undefined && { mediaType }) }
}
