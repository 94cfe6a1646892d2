/** The presenter: that the holder signed the presentation, for this occasion and this verifier. */

import { clip } from '../encoding/clip.ts'
import { asArray, idOf, isObject } from '../encoding/json.ts'
import { type Check, failed, passed, skipped } from '../report.ts'
import type { JsonObject, JsonValue, OneOrMany } from '../types.ts'
import { type GoodProof, inProof } from './proof.ts'

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
    return failed('holder', 'HOLDER_MISMATCH', message, inProof(path, 'verificationMethod'))
  })
}

function checkChallenge({ proof, path }: GoodProof, challenge: string | undefined): Check {
  if (challenge === undefined) {
    return skipped('challenge', 'No challenge was expected: the presentation may be an old one, shown again.')
  }
  const place = inProof(path, 'challenge')
  if (proof.challenge === challenge) return passed('challenge', 'The presentation answers the challenge.', place)
  const message =
    proof.challenge === undefined
      ? 'The presentation answers no challenge: it may be an old one, shown again.'
      : 'The presentation answers another challenge: it was made for another occasion.'
  return failed('challenge', 'CHALLENGE_MISMATCH', message, place)
}

function checkDomain({ proof, path }: GoodProof, domain: string | undefined): Check {
  const made = asArray(proof.domain as OneOrMany<string> | undefined)
  const named = made.map(clip).join(', ')
  const place = inProof(path, 'domain')
  if (domain === undefined) {
    const message =
      made.length === 0 ? 'It names no verifier.' : `It was made for ${named}; no domain was expected here.`
    return skipped('domain', `Whom the presentation is for was not compared. ${message}`, place)
  }
  if (made.includes(domain)) return passed('domain', `The presentation was made for ${domain}.`, place)
  const message = made.length === 0 ? 'names no verifier' : `was made for ${named}`
  return failed('domain', 'DOMAIN_MISMATCH', `The presentation ${message}, not for ${domain}.`, place)
}
