/** In words, what an SD-JWT shows and withholds, and for whom and which occasion something is presented. Nothing is verified. */

import { textOf } from '../encoding/clip.ts'
import { asArray, isObject, pointer } from '../encoding/json.ts'
import { openJws } from '../envelopes/jws.ts'
import { openSdJwt } from '../envelopes/sd-jwt.ts'
import type { JsonObject, JsonValue } from '../index.ts'
import { printable } from './terminal.ts'
import { counted } from './wording.ts'

/** Longest text that is shown of a member, and how many are shown. */
const LONGEST = 200
const MANY = 50

/** The lines of an SD-JWT. */
export function disclosureText(text: string): readonly string[] {
  const sdJwt = openSdJwt(text)
  if ('problem' in sdJwt) return [`It cannot be taken apart: ${printable(sdJwt.problem, LONGEST)}`]
  const { disclosures, undisclosed, keyBinding } = sdJwt
  const paths = disclosures.map(({ path }) => printable(path.reduce<string>(pointer, ''), LONGEST))
  const more = paths.length > MANY ? ` and ${paths.length - MANY} more` : ''
  const hidden = `${counted(undisclosed, 'digest stands', 'digests stand')} for what is withheld, or for nothing`
  return [
    `Disclosed: ${paths.length === 0 ? 'nothing that could be withheld' : `${paths.slice(0, MANY).join(', ')}${more}`}`,
    `Withheld: ${undisclosed === 0 ? 'nothing' : hidden}`,
    keyBinding === undefined
      ? 'No presentation: no key binding makes it one for some verifier'
      : `A presentation, by its key binding, for ${occasionOf(keyBinding)}`,
  ]
}

/** For whom and which occasion, by the claims of a JWT that is a presentation. */
export function claimedOccasion({ aud, nonce }: JsonObject): string {
  return occasionText(aud, nonce)
}

/** The same by the proofs of a presentation. */
export function occasion(presentation: JsonObject): string {
  const proof = asArray(presentation['proof']).find(isObject)
  return proof ? occasionText(proof['domain'], proof['challenge']) : ''
}

function occasionOf(keyBinding: string): string {
  const jws = openJws(keyBinding)
  return 'problem' in jws ? 'nobody knows whom: it cannot be read' : claimedOccasion(jws.payload)
}

function occasionText(domain: JsonValue | undefined, challenge: JsonValue | undefined): string {
  const whom = asArray(domain).map(textOf).join(', ') || 'no verifier in particular'
  const answer = challenge === undefined ? 'without a challenge' : `challenge ${textOf(challenge)}`
  return printable(`${whom}, ${answer}`, LONGEST)
}
