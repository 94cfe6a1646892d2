/** A badge: one achievement of one learner (Open Badges 3.0, AchievementCredential), ready for `issue`. */

import type { OneOrMany } from '../types.ts'
import { type Achievement, type AchievementInput, toAchievement } from './achievement.ts'
import { CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT } from './contexts.ts'
import { type RecordInput, type RecordMembers, recordNames, toRecordMembers } from './credential.ts'
import { type Evidence, type EvidenceInput, toEvidence } from './evidence.ts'
import { type Image, type ImageInput, toImage } from './image.ts'
import { dateTimeStamp, finish, invalid, listEach, requireOptions, requireText } from './input.ts'
import { type ProfileInput, type ProfileRecord, toProfile } from './profile.ts'
import { type Recipient, type SubjectIdentity, toSubjectIdentity } from './recipient.ts'
import { type Result, type ResultInput, toResult } from './result.ts'

interface AwardMembers {
  /** Credits earned, generally in credit hours; not less than zero. */
  readonly creditsEarned?: number
  /** Number of the licence that comes with the badge. */
  readonly licenseNumber?: string
  /** What ties the pieces of evidence together. Markdown is allowed. */
  readonly narrative?: string
  /** What the learner was when they earned it, such as `Student President` or `Intern`. */
  readonly role?: string
  /** Academic term in which it was earned, such as `Spring 2026`. */
  readonly term?: string
}

/** What `openBadge` takes. */
export interface OpenBadgeInput extends RecordInput, AwardMembers {
  /** What was earned. */
  readonly achievement: AchievementInput
  /** Who earned it. */
  readonly recipient: Recipient
  /** What was made or done to earn it. */
  readonly evidence?: OneOrMany<EvidenceInput | Evidence>
  /** What was reached: grades, scores, levels, states. */
  readonly result?: OneOrMany<ResultInput>
  /** Picture of this one badge. The picture of the achievement belongs in `achievement.image`. */
  readonly image?: ImageInput
  /** When the learner began. */
  readonly activityStartDate?: Date | string
  /** When the learner finished. */
  readonly activityEndDate?: Date | string
  /** The person or organisation that assessed the learner, when it is not the issuer. */
  readonly source?: ProfileInput
  /** Signed endorsements of this badge, with embedded proof. */
  readonly endorsement?: readonly object[]
  /** Signed endorsements of this badge, as compact JWT. */
  readonly endorsementJwt?: readonly string[]
}

/** The learner and what they earned (Open Badges 3.0, AchievementSubject). */
export interface AchievementSubject extends SubjectIdentity, AwardMembers {
  /** Fixed by the standard. */
  readonly type: readonly ['AchievementSubject']
  /** What was earned. */
  readonly achievement: Achievement
  /** What was reached. */
  readonly result?: readonly Result[]
  /** When the learner began, a dateTimeStamp. */
  readonly activityStartDate?: string
  /** When the learner finished, a dateTimeStamp. */
  readonly activityEndDate?: string
  /** Who assessed the learner, when it is not the issuer. */
  readonly source?: ProfileRecord
}

/** A badge before it is signed: a `CredentialInput`. */
export interface OpenBadge extends RecordMembers {
  /** The contexts, in the order of the standard. */
  readonly '@context': readonly [typeof CREDENTIALS_CONTEXT, typeof OPEN_BADGES_CONTEXT]
  /** Fixed by the standard. */
  readonly type: readonly ['VerifiableCredential', 'OpenBadgeCredential']
  /** Whom or what it is about. */
  readonly credentialSubject: AchievementSubject
  /** What was made or done to earn it. */
  readonly evidence?: readonly Evidence[]
  /** Picture, always as an object. */
  readonly image?: Image
  /** Signed endorsements, with embedded proof. */
  readonly endorsement?: readonly object[]
  /** Signed endorsements, as compact JWT. */
  readonly endorsementJwt?: readonly string[]
}

const texts = ['licenseNumber', 'narrative', 'role', 'term'] as const
const names: readonly string[] = /* @__PURE__ */ recordNames.concat(
  texts,
  'achievement',
  'recipient',
  'evidence',
  'result',
  'image',
  'creditsEarned',
  'activityStartDate',
  'activityEndDate',
  'source',
  'endorsement',
  'endorsementJwt',
)

/**
 * Makes an Open Badge: plain, unsigned, frozen data. Sign it with `issue({ credential, key })`.
 *
 * Every `type` is filled in, the recipient's e-mail address and student number are hashed and salted, dates are written
 * as dateTimeStamps. Nothing is read from the network and the input is not changed.
 *
 * @throws CredentialError `OPTION_INVALID`, naming the member that is missing or wrong and what would be right.
 */
export function openBadge(input: OpenBadgeInput): OpenBadge {
  requireOptions(input, 'openBadge', names)
  const { image, endorsement, endorsementJwt } = input
  const evidence = listEach(input.evidence, 'evidence', toEvidence)
  const badge: OpenBadge = {
    '@context': [CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT],
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    ...toRecordMembers(input),
    ...(image !== undefined && { image: toImage(image, 'image') }),
    credentialSubject: toSubject(input),
    ...(evidence && { evidence }),
    ...(endorsement && { endorsement }),
    ...(endorsementJwt && { endorsementJwt }),
  }
  return finish(badge, 'openBadge')
}

function toSubject(input: OpenBadgeInput): AchievementSubject {
  const achievement = toAchievement(input.achievement, 'achievement')
  const { creditsEarned, activityStartDate, activityEndDate, source } = input
  const descriptions = achievement.resultDescription ?? []
  const result = listEach(input.result, 'result', (item, path) => toResult(item, path, descriptions))
  if (creditsEarned !== undefined && !(Number.isFinite(creditsEarned) && creditsEarned >= 0)) {
    throw invalid('creditsEarned is not a number of credits; give a number of zero or more, such as 3')
  }
  const given = texts.filter((name) => input[name] !== undefined)
  return {
    ...toSubjectIdentity(input.recipient, 'recipient'),
    type: ['AchievementSubject'],
    achievement,
    ...(result && { result }),
    ...(creditsEarned !== undefined && { creditsEarned }),
    ...(activityStartDate !== undefined && {
      activityStartDate: dateTimeStamp(activityStartDate, 'activityStartDate'),
    }),
    ...(activityEndDate !== undefined && { activityEndDate: dateTimeStamp(activityEndDate, 'activityEndDate') }),
    ...(source !== undefined && { source: toProfile(source, 'source') }),
    ...Object.fromEntries(given.map((name) => [name, requireText(input[name], name, 'text, or leave it out')])),
  }
}
