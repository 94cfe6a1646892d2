/** JWTs past every check of `issue`: what a forger or another program could make. */

import { issue, type JsonObject, type OpenBadgeInput, type Signer, vcJose, vcJwt } from 'testamur'
import { signJws } from '../../src/envelopes/jws.ts'
import { badge, copyOf, type Document, now, school } from './fixtures.ts'

/** Any payload under any header. Without more it has the header of VC-JWT. A member that is `undefined` is left out. */
export function forge(payload: object, header: object = {}, key: Signer = school): Promise<string> {
  return signJws({ kid: key.id, typ: 'JWT', ...header }, copyOf(payload) as JsonObject, key)
}

/** A badge of the school as VC-JWT. */
export function jwtBadge(more: Partial<OpenBadgeInput> = {}, key: Signer = school): Promise<string> {
  return issue({ credential: badge(more), key, now, format: vcJwt() })
}

/** A badge of the school as `vc+jwt`. */
export function joseBadge(more: Partial<OpenBadgeInput> = {}, key: Signer = school): Promise<string> {
  return issue({ credential: badge(more), key, now, format: vcJose() })
}

/** The payload of a JWT, unverified. */
export function payloadOf(jwt: string): Document {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as Document
}

/** The header of a JWT, unverified. */
export function headerOf(jwt: string): Document {
  return JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()) as Document
}

/** One part of a JWT, of an object or of text as it stands. */
export function part(value: object | string): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
}
