/** What every language must say: each code of a report and of an error, each check and its outcome, and the words of a page. Plain data. */

import type { ErrorCode } from '../errors.ts'
import type { AssociationType, achievementTypes, ResultStatus, resultTypes } from '../records/vocabulary.ts'
import type { CheckName, Outcome, ProblemCode, Verdict } from '../report.ts'

/** One code in words. */
export type Explanation = readonly [means: string, why: string, act: string]

/** A check in words: its name, and what it comes to where there is no code. */
export interface CheckWords {
  readonly name: string
  readonly passed: string
  readonly skipped: string
}

/**
 * All that is said in one language. What stands in braces is filled in. To bring a language of your own, write one: the compiler names
 * what is missing.
 */
export interface Messages {
  /** BCP 47, such as `es`. Dates and numbers are written in its way; with `{ ...portuguese, language: 'pt-PT' }` in another one. */
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  /** Codes of checks, in reports. */
  readonly problems: Readonly<Record<ProblemCode, Explanation>>
  /** Codes of `CredentialError`, thrown for a caller's mistake. */
  readonly errors: Readonly<Record<ErrorCode, Explanation>>
  readonly checks: Readonly<Record<CheckName, CheckWords>>
  readonly outcomes: Readonly<Record<Outcome, string>>
  /** The answer in a sentence. Of what is valid with `{who}`: the issuer, or who presents. */
  readonly answers: Readonly<Record<'credential' | 'presentation', Readonly<Record<Verdict, string>>>>
  /** The answer in a word. */
  readonly verdicts: Readonly<Record<Verdict | 'unverified', string>>
  /** Words that the standards give a meaning. */
  readonly achievementTypes: Readonly<Record<(typeof achievementTypes)[number], string>>
  readonly resultTypes: Readonly<Record<(typeof resultTypes)[number], string>>
  readonly resultStatuses: Readonly<Record<ResultStatus, string>>
  readonly associations: Readonly<Record<AssociationType, string>>
  readonly words: Words
}

/** Labels and sentences of a page. */
export interface Words {
  readonly credential: string
  readonly presentation: string
  readonly learnerRecord: string
  readonly endorsement: string
  readonly unnamed: string
  // The answer.
  readonly answer: string
  readonly verifiedAt: string
  readonly verifiedAtUnknown: string
  readonly notVerified: string
  readonly notVerifiedMeans: string
  readonly claimsOnly: string
  readonly signedWords: string
  readonly nothingRead: string
  readonly superseded: string
  readonly partial: string
  // Problems and checks.
  readonly problems: string
  readonly why: string
  readonly act: string
  readonly where: string
  readonly detail: string
  readonly ownCode: string
  readonly checks: string
  readonly checksCaption: string
  readonly check: string
  readonly outcome: string
  readonly meaning: string
  readonly noCheck: string
  readonly alsoKnown: string
  // Who.
  readonly awardedTo: string
  readonly presentedBy: string
  readonly learner: string
  readonly issuer: string
  readonly issuedBy: string
  readonly ownWord: string
  readonly knownTo: string
  readonly vouchedBy: string
  readonly issuerUnchecked: string
  readonly hashed: string
  readonly nobodyNamed: string
  readonly website: string
  readonly email: string
  // What.
  readonly criteria: string
  readonly type: string
  readonly code: string
  readonly fieldOfStudy: string
  readonly specialization: string
  readonly inLanguage: string
  readonly version: string
  readonly creditsAvailable: string
  readonly creditsEarned: string
  readonly licenseNumber: string
  readonly role: string
  readonly term: string
  readonly assessedBy: string
  readonly definedBy: string
  readonly tags: string
  readonly identifiers: string
  readonly related: string
  readonly picture: string
  readonly pictureElsewhere: string
  readonly narrative: string
  readonly moreStatements: string
  readonly more: string
  readonly yes: string
  readonly no: string
  // When.
  readonly issued: string
  readonly awarded: string
  readonly validFrom: string
  readonly validUntil: string
  readonly noEnd: string
  readonly activity: string
  readonly asOf: string
  readonly timeZone: string
  // Results.
  readonly results: string
  readonly resultsCaption: string
  readonly result: string
  readonly reached: string
  readonly scale: string
  readonly range: string
  readonly allowed: string
  readonly needed: string
  readonly levels: string
  readonly noDescription: string
  // Evidence, alignments, endorsements.
  readonly evidence: string
  readonly evidenceNote: string
  readonly fingerprint: string
  readonly noFingerprint: string
  readonly digest: string
  readonly genre: string
  readonly audience: string
  readonly alignments: string
  readonly endorsements: string
  readonly endorsedBy: string
  readonly endorses: string
  readonly notCounted: string
  readonly ownEndorsement: string
  // What is inside.
  readonly contents: string
  readonly contentsCaption: string
  readonly number: string
  readonly name: string
  readonly date: string
  readonly credits: string
  readonly verdict: string
  readonly eachRecord: string
  readonly relations: string
  readonly otherContents: string
  // The end.
  readonly technical: string
  readonly identifier: string
  readonly signedWith: string
  readonly key: string
  readonly footer: string
}
