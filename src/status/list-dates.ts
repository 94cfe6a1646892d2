/** What a list says of time: when it was made, until when it holds, and for how long it may be kept. All in milliseconds. */

import { parseDateTimeStamp } from '../encoding/date-time.ts'
import { asArray, idOf, isObject, pointer } from '../encoding/json.ts'
import type { Check } from '../report.ts'
import type { JsonObject } from '../types.ts'

/** What the report on a list says of its proofs. */
interface VerifiedList {
  readonly checks: readonly Check[]
  readonly issuer: string
}

/**
 * The later of the start of validity and the signature, all of which are signed; not what lies after `latest`. `proofs` are those that
 * passed and are its issuer's.
 */
export function madeAt(
  list: JsonObject,
  proofs: readonly JsonObject[],
  latest: number,
  envelopeMade?: number,
): number | undefined {
  const dates = [list['validFrom'], list['issuanceDate'], ...proofs.map((proof) => proof['created'])]
  const times = [...dates.map(parseDateTimeStamp), envelopeMade].filter(
    (time): time is number => time !== undefined && time <= latest,
  )
  return times.length > 0 ? Math.max(...times) : undefined
}

/** The earliest of the ends of its validity, of those proofs and its envelope; infinite where there is none. */
export function endOf(
  list: JsonObject,
  proofs: readonly JsonObject[],
  envelopeEnd: number = Number.POSITIVE_INFINITY,
): number {
  const dates = [list['validUntil'], list['expirationDate'], ...proofs.map((proof) => proof['expires'])]
  const times = dates.map(parseDateTimeStamp).filter((time): time is number => time !== undefined)
  return Math.min(envelopeEnd, ...times)
}

/** Its `ttl` (Bitstring Status List section 2.2). */
export function ttlOf(list: JsonObject): number | undefined {
  const ttl = asArray(list['credentialSubject']).find(isObject)?.['ttl']
  return typeof ttl === 'number' && ttl >= 0 ? ttl : undefined
}

/** The proofs that passed and are the issuer's own. One that was not verified can say anything, and anybody may have put it there. */
export function ownProofs(list: JsonObject, { checks, issuer }: VerifiedList): readonly JsonObject[] {
  const member = list['proof']
  const passed = new Set(
    checks.flatMap((check) => (check.name === 'proof' && check.outcome === 'passed' ? [check.path] : [])),
  )
  return asArray(member).filter(
    (proof, index): proof is JsonObject =>
      passed.has(Array.isArray(member) ? pointer('/proof', index) : '/proof') &&
      isObject(proof) &&
      idOf(proof['verificationMethod'])?.split('#', 1)[0] === issuer,
  )
}
