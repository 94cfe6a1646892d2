/** Many credentials of one learner under one signature (Comprehensive Learner Record 2.0, ClrCredential). */

import { asArray, idOf, isObject } from '../encoding/json.ts'
import { envelopeOf, isVerified, toEnveloped } from '../encoding/verified.ts'
import { CredentialError } from '../errors.ts'
import type { Credential, EnvelopedCredential, JsonObject, JsonValue, OneOrMany, Verified } from '../types.ts'
import { type Achievement, type AchievementInput, toAchievement } from './achievement.ts'
import { CLR_CONTEXT, CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT, OPEN_BADGES_CONTEXTS } from './contexts.ts'
import { type RecordInput, type RecordMembers, recordNames, toRecordMembers } from './credential.ts'
import { type Image, type ImageInput, toImage } from './image.ts'
import { finish, invalid, listEach, quote, requireIri, requireObject, requireOptions, requireWord } from './input.ts'
import { type Recipient, type SubjectIdentity, toSubjectIdentity } from './recipient.ts'
import { type AssociationType, associationTypes } from './vocabulary.ts'

/** How two achievements of the record relate: "source *isChildOf* target". */
export interface AssociationInput {
  /** The relation, read from source to target. */
  readonly associationType: AssociationType
  /** `id` of the source achievement. */
  readonly sourceId: string
  /** `id` of the target achievement. */
  readonly targetId: string
}

/** What `assembleClr` takes. */
export interface ClrInput extends RecordInput {
  /** Whose record it is. `id` is needed when a credential names the learner by id. */
  readonly learner: Recipient
  /** What the record holds, at least one: `report.credential` of a `verify` that went well. */
  readonly credentials: readonly Verified<Credential>[]
  /** Achievements without a credential of their own, such as the programme that courses belong to. */
  readonly achievement?: OneOrMany<AchievementInput>
  /** How achievements relate. Both ends must be in `achievement` or in one of the credentials. */
  readonly association?: OneOrMany<AssociationInput>
  /** True when there is more about the learner than this record holds. Default of readers: false. */
  readonly partial?: boolean
  /** Picture for display. */
  readonly image?: ImageInput
  /** Signed endorsements of this record, with embedded proof. */
  readonly endorsement?: readonly object[]
  /** Signed endorsements of this record, as compact JWT. */
  readonly endorsementJwt?: readonly string[]
}

/** A relation as it stands in a record. */
export interface Association extends AssociationInput {
  /** Fixed by the standard. */
  readonly type: 'Association'
}

/** The learner and what is known of them (CLR 2.0, ClrSubject). */
export interface ClrSubject extends SubjectIdentity {
  /** Fixed by the standard. */
  readonly type: readonly ['ClrSubject']
  /** The credentials, with their own proofs; those that came as JWT as that text, in an object. */
  readonly verifiableCredential: readonly (Credential | EnvelopedCredential)[]
  /** Achievements without a credential of their own. */
  readonly achievement?: readonly Achievement[]
  /** How achievements relate. */
  readonly association?: readonly Association[]
}

/** A learner record before it is signed: a `CredentialInput`. */
export interface Clr extends RecordMembers {
  /** The contexts, in the order of the standard. */
  readonly '@context': readonly [typeof CREDENTIALS_CONTEXT, typeof CLR_CONTEXT, typeof OPEN_BADGES_CONTEXT]
  /** Fixed by the standard. */
  readonly type: readonly ['VerifiableCredential', 'ClrCredential']
  /** Whom or what it is about. */
  readonly credentialSubject: ClrSubject
  /** True when there is more about the learner than this record holds. */
  readonly partial?: boolean
  /** Picture, always as an object. */
  readonly image?: Image
  /** Signed endorsements, with embedded proof. */
  readonly endorsement?: readonly object[]
  /** Signed endorsements, as compact JWT. */
  readonly endorsementJwt?: readonly string[]
}

const names = /* @__PURE__ */ recordNames.concat(
  'learner',
  'credentials',
  'achievement',
  'association',
  'partial',
  'image',
  'endorsement',
  'endorsementJwt',
)

/**
 * Makes a learner record of credentials that `verify` vouched for: plain, unsigned, frozen data. Sign it with
 * `issue({ credential, key })`. The credentials keep their own proofs and are not changed.
 *
 * A credential that names another learner by `id` is refused. One that names the learner by hashed identifiers only is
 * taken: a hash cannot be compared without the identifier, and that it is the same person is then the publisher's word.
 *
 * A credential that came as JWT goes in as that text, in an object of the type EnvelopedVerifiableCredential (VC Data Model 2.0 section
 * 4.13.2), for which the published shape of CLR has no room: issue such a record with `conformance: 'noted'`.
 *
 * JSON-LD forbids the contexts of the inner credentials to define a term differently from the outer one, so they must
 * be of VC Data Model 2.0, and Open Badges among them under the same context version as the record. Present others
 * beside the record instead of inside it.
 *
 * @throws CredentialError `CREDENTIAL_UNVERIFIED` for a credential that `verify` did not return, `OPTION_INVALID` for
 * everything else.
 */
export function assembleClr(input: ClrInput): Clr {
  requireOptions(input, 'assembleClr', names)
  const { credentials, partial, image, endorsement, endorsementJwt } = input
  const learner = toSubjectIdentity(input.learner, 'learner')
  if (!Array.isArray(credentials) || credentials.length === 0) {
    throw invalid('credentials is empty; give a list with at least one report.credential of verify')
  }
  if (partial !== undefined && typeof partial !== 'boolean')
    throw invalid('partial is not a boolean; give true or false')
  credentials.forEach((credential: Verified<Credential>, index) => {
    checkCredential(credential, `credentials[${index}]`, learner.id)
  })
  const achievement = listEach(input.achievement, 'achievement', toAchievement)
  const known = new Set([...(achievement ?? []).map(({ id }) => id), ...credentials.flatMap(achievementIds)])
  const association = listEach(input.association, 'association', (item, path) => toAssociation(item, path, known))
  const clr: Clr = {
    '@context': [CREDENTIALS_CONTEXT, CLR_CONTEXT, OPEN_BADGES_CONTEXT],
    type: ['VerifiableCredential', 'ClrCredential'],
    ...toRecordMembers(input),
    ...(partial !== undefined && { partial }),
    ...(image !== undefined && { image: toImage(image, 'image') }),
    credentialSubject: {
      ...learner,
      type: ['ClrSubject'],
      verifiableCredential: credentials.map((credential) => {
        const envelope = envelopeOf(credential)
        return envelope ? toEnveloped(envelope) : credential
      }),
      ...(achievement && { achievement }),
      ...(association && { association }),
    },
    ...(endorsement && { endorsement }),
    ...(endorsementJwt && { endorsementJwt }),
  }
  return finish(clr, 'assembleClr')
}

function checkCredential(credential: Verified<Credential>, path: string, learnerId: string | undefined): void {
  if (!isVerified<unknown>(credential)) {
    const right = 'verify it first and pass report.credential itself, not a copy'
    throw new CredentialError('CREDENTIAL_UNVERIFIED', `${path} was not vouched for by verify; ${right}`)
  }
  const document = credential as JsonObject
  const isText = envelopeOf(credential) !== undefined
  if (!isText && document['proof'] === undefined) {
    throw invalid(`${path} has no proof of its own; ask its issuer for one, or present it beside the record`)
  }
  // The contexts of a JWT stay within it.
  if (!isText) checkContexts(asArray(document['@context']), path)
  for (const subject of asArray(document['credentialSubject'])) {
    const id = idOf(subject)
    if (id === undefined || id === learnerId) continue
    const whom = learnerId === undefined ? 'learner has no id; give learner.id' : `learner.id is ${quote(learnerId)}`
    throw invalid(`${path} is about ${quote(id)}, but ${whom}; leave out what is about somebody else`)
  }
}

function checkContexts(contexts: readonly JsonValue[], path: string): void {
  const right = 'ask its issuer for a newer one, or present it beside the record'
  if (contexts[0] !== CREDENTIALS_CONTEXT) {
    throw invalid(`${path} is not of VC Data Model 2.0, its first context being ${quote(contexts[0])}; ${right}`)
  }
  const other = contexts.find(
    (context) =>
      typeof context === 'string' && context.startsWith(OPEN_BADGES_CONTEXTS) && context !== OPEN_BADGES_CONTEXT,
  )
  if (other !== undefined) {
    throw invalid(
      `${path} has context ${quote(other)}, the record has ${OPEN_BADGES_CONTEXT}, and they clash; ${right}`,
    )
  }
}

function toAssociation(association: AssociationInput, path: string, known: ReadonlySet<string>): Association {
  requireObject(association, path, '{ associationType, sourceId, targetId }')
  requireWord(association.associationType, `${path}.associationType`, associationTypes)
  for (const end of ['sourceId', 'targetId'] as const) {
    const id = requireIri(association[end], `${path}.${end}`, 'the id of an achievement in this record')
    if (!known.has(id)) {
      const right = 'give the id of one in achievement or in one of the credentials'
      throw invalid(`${path}.${end}: ${quote(id)} is no achievement of this record; ${right}`)
    }
  }
  return { ...association, type: 'Association' }
}

/** The ids of the achievements that a badge awards. */
function achievementIds(credential: Credential): readonly string[] {
  return asArray((credential as JsonObject)['credentialSubject'])
    .flatMap((subject) => (isObject(subject) ? asArray(subject['achievement']) : []))
    .flatMap((achievement) => idOf(achievement) ?? [])
}
