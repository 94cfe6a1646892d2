/**
 * Binding: that the key which signed is the key of who is said to speak.
 * Credential: issuer = key's controller. Presentation: holder = subject of each credential; that the holder signed is in `presenter.ts`.
 */

import { asArray, idOf, isObject } from '../encoding/json.ts'
import { type Check, failed, inconclusive, passed, skipped } from '../report.ts'
import type { JsonObject } from '../types.ts'
import { type GoodProof, inProof } from './proof.ts'
import type { Settings } from './settings.ts'

/** Every proof of a credential must be by its issuer, or by somebody whom the caller accepts beside it. */
export function checkIssuer(
  credential: JsonObject,
  proofs: readonly GoodProof[],
  settings: Settings,
): readonly Check[] {
  const issuer = idOf(credential['issuer']) ?? ''
  const own = proofsOfIssuer(issuer, proofs, settings)
  const others = proofs.filter((proof) => !own.includes(proof))
  const strangers = others.filter(
    ({ controller }) => own.length === 0 || settings.acceptCosigner?.({ issuer, controller }) !== true,
  )
  if (strangers.length > 0) {
    return strangers.map(({ controller, path }) => {
      const message = `The credential names ${issuer} as issuer, but ${controller} signed it.`
      return failed('issuer', 'ISSUER_MISMATCH', message, inProof(path, 'verificationMethod'))
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

function proofsOfIssuer(issuer: string, proofs: readonly GoodProof[], settings: Settings): readonly GoodProof[] {
  return proofs.filter(
    ({ controller }) => controller === issuer || settings.acceptController?.({ issuer, controller }) === true,
  )
}

/**
 * Whether a part of the credential is shown: no proof of its issuer's is over the whole. Who signs a part beside the issuer saw no more
 * than that part.
 */
export function isPartOfIt(credential: JsonObject, proofs: readonly GoodProof[], settings: Settings): boolean {
  if (!proofs.some(({ isPart }) => isPart)) return false
  return proofsOfIssuer(idOf(credential['issuer']) ?? '', proofs, settings).every(({ isPart }) => isPart)
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
export function checkSubject(credential: JsonObject, holder: string, settings: Pick<Settings, 'acceptHolder'>): Check {
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
