/** What a list says of time: when it was made, until when it holds, and for how long it may be kept. All in milliseconds. */

import { parseDateTimeStamp } from '../encoding/date-time.ts'
import { asArray, isObject } from '../encoding/json.ts'
import type { JsonObject } from '../types.ts'

/** The later of the start of validity and the signature, all of which are signed; not what lies after `latest`. */
export function madeAt(list: JsonObject, latest: number, envelopeMade?: number): number | undefined {
  const dates = [list['validFrom'], list['issuanceDate'], ...proofsOf(list).map((proof) => proof['created'])]
  const times = [...dates.map(parseDateTimeStamp), envelopeMade].filter(
    (time): time is number => time !== undefined && time <= latest,
  )
  return times.length > 0 ? Math.max(...times) : undefined
}

/** The earliest of the ends of its validity, its proofs and its envelope; infinite where there is none. */
export function endOf(list: JsonObject, envelopeEnd: number = Number.POSITIVE_INFINITY): number {
  const dates = [list['validUntil'], list['expirationDate'], ...proofsOf(list).map((proof) => proof['expires'])]
  const times = dates.map(parseDateTimeStamp).filter((time): time is number => time !== undefined)
  return Math.min(envelopeEnd, ...times)
}

/** Its `ttl` (Bitstring Status List section 2.2). */
export function ttlOf(list: JsonObject): number | undefined {
  const ttl = asArray(list['credentialSubject']).find(isObject)?.['ttl']
  return typeof ttl === 'number' && ttl >= 0 ? ttl : undefined
}

function proofsOf(list: JsonObject): readonly JsonObject[] {
  return asArray(list['proof']).filter(isObject)
}
