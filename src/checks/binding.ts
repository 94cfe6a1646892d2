/**
 * Binding: that the key which signed is the key of who is said to speak.
 * Credential: issuer = key's controller. Presentation: signer = holder = subject of each credential.
 */

import { asArray, idOf, isObject, pointer } from '../encoding/json.ts'
import { type Check, failed, inconclusive, passed, skipped } from '../report.ts'
import type { JsonObject, JsonValue, OneOrMany } from '../types.ts'
import type { GoodProof } from './proof.ts'
import type { Settings } from './settings.ts'

/** Every proof of a credential must be by its issuer, or by somebody whom the caller accepts beside it. */
export function checkIssuer(
  credential: JsonObject,
  proofs: readonly GoodProof[],
  settings: Settings,
): readonly Check[] {
  const issuer = idOf(credential['issuer']) ?? ''
  const [own, others] = partition(
    proofs,
    ({ controller }) => controller === issuer || settings.acceptController?.({ issuer, controller }) === true,
  )
  const strangers = others.filter(
    ({ controller }) => own.length === 0 || settings.acceptCosigner?.({ issuer, controller }) !== true,
  )
  if (strangers.length > 0) {
    return strangers.map(({ controller, path }) => {
      const message = `The credential names ${issuer} as issuer, but ${controller} signed it.`
      return failed('issuer', 'ISSUER_MISMATCH', message, at(path, 'verificationMethod'))
    })
  }
  const notes = [
    ...own
      .filter(({ controller }) => controller !== issuer)
      .map(({ controller }) => `Accepted by option: ${controller} signed for this issuer.`),
    ...others.map(({ controller }) => `Accepted by option: ${controller} signed as well.`),
  ]
  return [passed('issuer', `The issuer ${issuer} signed it.`, { path: '/issuer', notes })]
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  const first = items.filter(isFirst)
  return [first, items.filter((item) => !first.includes(item))]
}

/** What the verifier of a presentation expects of its freshness and addressee. */
export interface Expectation {
  /** `undefined`: the caller said by name that no challenge is expected. */
  readonly challenge: string | undefined
  readonly domain: string | undefined
}

/** Every proof of a presentation must be by its holder, and answer this verifier's challenge. */
export function checkPresenter(
  presentation: JsonObject,
  proofs: readonly GoodProof[],
  expected: Expectation,
): readonly Check[] {
  return [
    ...checkHolder(presentation, proofs),
    ...proofs.flatMap((good) => [checkChallenge(good, expected.challenge), checkDomain(good, expected.domain)]),
  ]
}

/** Who presents: the holder that is named, or else whoever signed. */
export function holderOf(presentation: JsonObject, proofs: readonly GoodProof[]): string {
  return idOf(presentation['holder']) ?? proofs[0]?.controller ?? ''
}

/**
 * Who presents their own word, secured by the presentation alone, must say that they do (VC Data Model 2.0, "Presentations Including
 * Holder Claims"). A credential with a proof of its own is as good as anybody's.
 */
function checkHolder(presentation: JsonObject, proofs: readonly GoodProof[]): readonly Check[] {
  const holder = holderOf(presentation, proofs)
  const isOwnWord = (each: JsonValue) =>
    isObject(each) && idOf(each['issuer']) === holder && each['proof'] === undefined
  if (presentation['holder'] === undefined && asArray(presentation['verifiableCredential']).some(isOwnWord)) {
    const message = `${holder} presents what it says itself, and does not name itself as holder.`
    return [failed('holder', 'PRESENTATION_MALFORMED', message, { path: '/holder' })]
  }
  const strangers = proofs.filter(({ controller }) => controller !== holder)
  if (strangers.length === 0) return [passed('holder', `The holder ${holder} signed the presentation.`)]
  return strangers.map(({ controller, path }) => {
    const message = `The presentation names ${holder} as holder, but ${controller} signed it.`
    return failed('holder', 'HOLDER_MISMATCH', message, at(path, 'verificationMethod'))
  })
}

function checkChallenge({ proof, path }: GoodProof, challenge: string | undefined): Check {
  if (challenge === undefined) {
    return skipped('challenge', 'No challenge was expected: the presentation may be an old one, shown again.')
  }
  const place = at(path, 'challenge')
  if (proof.challenge === challenge) return passed('challenge', 'The presentation answers the challenge.', place)
  const message =
    proof.challenge === undefined
      ? 'The presentation answers no challenge: it may be an old one, shown again.'
      : 'The presentation answers another challenge: it was made for another occasion.'
  return failed('challenge', 'CHALLENGE_MISMATCH', message, place)
}

function checkDomain({ proof, path }: GoodProof, domain: string | undefined): Check {
  const made = asArray(proof.domain as OneOrMany<string> | undefined)
  const place = at(path, 'domain')
  if (domain === undefined) {
    const message =
      made.length === 0 ? 'It names no verifier.' : `It was made for ${made.join(', ')}; no domain was expected here.`
    return skipped('domain', `Whom the presentation is for was not compared. ${message}`, place)
  }
  if (made.includes(domain)) return passed('domain', `The presentation was made for ${domain}.`, place)
  const message = made.length === 0 ? 'names no verifier' : `was made for ${made.join(', ')}`
  return failed('domain', 'DOMAIN_MISMATCH', `The presentation ${message}, not for ${domain}.`, place)
}

/** Where a member of the proof stands; an envelope is not in the document. */
function at(path: string | undefined, member: string): { readonly path?: string } {
  return path === undefined ? {} : { path: pointer(path, member) }
}

/** The ids of whom or what a credential is about, and whether every subject has one. */
function subjectsOf(credential: JsonObject): { readonly subjects: readonly string[]; readonly isComplete: boolean } {
  const entries = asArray(credential['credentialSubject'])
  const subjects = entries.map((subject) => isObject(subject) && subject['id']).filter((id) => typeof id === 'string')
  return { subjects, isComplete: subjects.length === entries.length }
}

/**
 * Whether a record inside another one is about the same learner. It is told, and decides nothing: issuers know one learner by
 * several ids, and who shows the whole as their own must stand for each record anyway.
 */
export function checkSameSubject(record: JsonObject, outer: JsonObject): readonly Check[] {
  const { subjects } = subjectsOf(record)
  const { subjects: expected, isComplete } = subjectsOf(outer)
  const at = { path: '/credentialSubject' }
  if (subjects.length === 0 || !isComplete) {
    return [skipped('holder', 'Whether it is about the same learner was not compared: one of the two names no id.', at)]
  }
  const strangers = subjects.filter((subject) => !expected.includes(subject))
  if (strangers.length === 0) return [passed('holder', 'It is about the same learner as the record it is in.', at)]
  const names = `It is about ${strangers.join(', ')}, and the record it is in about ${expected.join(', ')}`
  return [skipped('holder', `${names}: whether that is the same learner was not decided.`, at)]
}

/** A presented credential must be about the presenter: otherwise anyone who has a copy could show it as theirs. */
export function checkSubject(credential: JsonObject, holder: string, settings: Settings): Check {
  const { subjects, isComplete } = subjectsOf(credential)
  const at = { path: '/credentialSubject' }
  if (isComplete && subjects.every((subject) => subject === holder)) {
    return passed('holder', 'The credential is about the presenter.', at)
  }
  if (settings.acceptHolder?.({ holder, subjects, credential }) === true) {
    return passed('holder', 'The credential is not about the presenter alone.', {
      ...at,
      notes: ['Accepted by option.'],
    })
  }
  if (isComplete) {
    const message = `The credential is about ${subjects.join(', ')}, but ${holder} presents it.`
    return failed('holder', 'SUBJECT_MISMATCH', message, at)
  }
  const message = "The credential does not say by a DID whom it is about, so it cannot be known to be the presenter's."
  return inconclusive('holder', 'SUBJECT_UNKNOWN', message, at)
}
