/** Whether an input is a credential, a presentation or an assertion of Open Badges 2.0, by a glance at it; `verify` looks closely. */

import { fromLongBase64Url } from './encoding/base64.ts'
import { formatDateTimeStamp } from './encoding/date-time.ts'
import { isObject, locate, notAnObject, readJson } from './encoding/json.ts'
import { readClaims, withoutClaims } from './envelopes/claims.ts'
import { openSdJwt } from './envelopes/sd-jwt.ts'
import { unbake, unbakeAssertion } from './images/bake.ts'
import { isPicture } from './images/picture.ts'
import { looksLikeAssertion } from './open-badges-2/assertion.ts'
import type { JsonObject } from './types.ts'

/** What an input holds before anything is verified, for display and to choose how to go on. */
export interface Glance {
  readonly kind: 'credential' | 'presentation' | 'assertion'
  /** The JSON of it, or the payload of a JWT with what an SD-JWT discloses; absent where it cannot be read. */
  readonly document?: JsonObject
  /** Why there is no document, and what would be right. */
  readonly problem?: string
  /** The header of a JWT. */
  readonly header?: JsonObject
  /** An SD-JWT: with a key binding at its end, or not. */
  readonly isSdJwt: boolean
  /** The text of it, out of a picture where it was in one; of an assertion it may be its URL. */
  readonly text: string
}

/** Looks at an input. Never throws. */
export function glance({ content }: { readonly content: Uint8Array | string }): Glance {
  const { text, problem } = textOf(content)
  const [jwt = '', ...disclosures] = text.trim().split('~')
  const parts = jwt.split('.')
  if (parts.length === 3 && jwt.startsWith('eyJ')) {
    const opened = disclosures.length > 0 ? openSdJwt(text.trim()) : undefined
    // What cannot be opened is shown as it is written.
    const document = opened && 'payload' in opened ? opened.payload : readPart(parts[1])
    const unread = 'it looks like a JWT, but its payload is no JSON object'
    const isBound = disclosures.length > 0 && disclosures.at(-1) !== ''
    return {
      kind: isBound ? 'presentation' : kindOf(document),
      ...(document ? { document } : { problem: unread }),
      ...withHeader(parts[0]),
      isSdJwt: disclosures.length > 0,
      text: text.trim(),
    }
  }
  const isUrl = /^https?:/i.test(text)
  const read = problem === undefined ? readObject(text) : { problem }
  return {
    kind: isUrl ? 'assertion' : kindOf(read.document),
    ...(isUrl ? {} : read),
    isSdJwt: false,
    text,
  }
}

/** The credential or presentation in what was glanced at: in an older JWT it stands in a claim, and its dates and names in others. */
export function documentIn({ document = {}, header }: Pick<Glance, 'document' | 'header'>): JsonObject {
  if (!header) return document
  const inner = document['vc'] ?? document['vp']
  const held = isObject(inner) ? inner : withoutClaims(document)
  const claims = readClaims(document)
  if ('problem' in claims) return held
  const { iss, jti, nbf, exp } = claims
  return {
    ...(jti !== undefined && { id: jti }),
    ...(iss !== undefined && { [document['vp'] === undefined ? 'issuer' : 'holder']: iss }),
    ...(nbf !== undefined && held['issuanceDate'] === undefined && { validFrom: dateOf(nbf) }),
    ...(exp !== undefined && held['expirationDate'] === undefined && { validUntil: dateOf(exp) }),
    ...held,
  }
}

function dateOf(time: number): string {
  return formatDateTimeStamp(new Date(time))
}

function textOf(content: Uint8Array | string): { readonly text: string; readonly problem?: string } {
  const unbaked = unbake(content)
  if ('credential' in unbaked) return { text: unbaked.credential }
  const former = unbakeAssertion(content)
  if ('assertion' in former) return { text: former.assertion }
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content)
  if (!isPicture(content)) return { text }
  const isFormer = unbaked.code === 'CREDENTIAL_MISSING' && former.code !== 'CREDENTIAL_MISSING'
  return { text, problem: isFormer ? former.problem : unbaked.problem }
}

function withHeader(part: string | undefined): { readonly header?: JsonObject } {
  const header = readPart(part)
  return header ? { header } : {}
}

function readPart(part: string | undefined): JsonObject | undefined {
  const bytes = fromLongBase64Url(part ?? '')
  return bytes && readObject(new TextDecoder().decode(bytes)).document
}

function readObject(text: string): Pick<Glance, 'document' | 'problem'> {
  const read = readJson(text)
  if (!('value' in read)) return { problem: locate(read.path, read.problem) }
  return isObject(read.value) ? { document: read.value } : { problem: `it is ${notAnObject(read.value)}` }
}

function kindOf(document: JsonObject | undefined): Glance['kind'] {
  if (document === undefined) return 'credential'
  return isPresentation(document) ? 'presentation' : looksLikeAssertion(document) ? 'assertion' : 'credential'
}

/** Whether a document calls itself a presentation, or holds one. */
export function isPresentation(document: JsonObject): boolean {
  if (typeof document['vp'] === 'object' && document['vp'] !== null) return true
  return [document['type']]
    .flat()
    .some((type) => type === 'VerifiablePresentation' || type === 'EnvelopedVerifiablePresentation')
}
