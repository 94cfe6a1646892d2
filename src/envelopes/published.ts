/**
 * The same envelopes with their signature and registered claims (RFC 7519 section 4.1) read and verified by the published library `jose`,
 * which is handed in: a second opinion on ours.
 */

import { describe } from '../encoding/json.ts'
import { CredentialError } from '../errors.ts'
import type { PublicKey } from '../keys/algorithms.ts'
import { type PublicJwk, publicJwkOf } from '../keys/public-jwk.ts'
import type { OneOrMany } from '../types.ts'
import type { Envelope, Opened } from './envelope.ts'
import { vcJose, vcJwt, vcSdJwt } from './kinds.ts'

/** What is used of `jose`, which is handed in as the module it is. */
export interface JoseLibrary {
  jwtVerify(
    jwt: string,
    key: PublicJwk,
    options: { readonly algorithms: string[]; readonly clockTolerance: number },
  ): Promise<{ readonly payload: JoseClaims }>
}

interface JoseClaims {
  readonly iss?: string
  readonly aud?: string | string[]
  readonly nbf?: number
  readonly exp?: number
  readonly iat?: number
  readonly [claim: string]: unknown
}

/**
 * The envelopes by `jose`, for `crossCheck`: `import * as jose from 'jose'`, then `publishedJose(jose)`. What SD-JWT digests stand for is
 * read by ours alone.
 *
 * @throws CredentialError `OPTION_INVALID` for what is not that module.
 */
export function publishedJose(library: JoseLibrary): readonly Envelope[] {
  if (typeof library?.jwtVerify !== 'function') {
    throw new CredentialError(
      'OPTION_INVALID',
      'publishedJose: give the module "jose" (npm install jose): import * as jose from \'jose\'',
    )
  }
  return [vcJose(), vcJwt(), vcSdJwt()].map((own) => ({
    ...own,
    open: async (text, limits) => {
      const opened = await own.open(text, limits)
      if (!opened || 'problem' in opened) return opened
      return { ...opened, verify: (key) => verifyWith(library, text, opened, key) }
    },
  }))
}

async function verifyWith(library: JoseLibrary, text: string, opened: Opened, key: PublicKey): Promise<boolean> {
  const { algorithmNamesOf } = await import('./on-need.ts')
  const keyBinding = opened.kind === 'presentation' ? text.split('~').slice(1).at(-1) : undefined
  const jwt = keyBinding || (text.split('~', 1)[0] as string)
  const options = {
    algorithms: algorithmNamesOf(key.algorithm),
    // When it holds is for the check of the dates; here that they are dates, and the same.
    clockTolerance: Number.MAX_SAFE_INTEGER,
  }
  const jwk = await publicJwkOf(key)
  try {
    const { payload } = await library.jwtVerify(jwt, jwk, options)
    return isSame(opened, payload, Boolean(keyBinding))
  } catch (cause) {
    // Its codes begin so where the JWT is at fault.
    if (cause instanceof Error && 'code' in cause && /^ERR_JW[ST]_/.test(describe(cause.code))) return false
    throw cause
  }
}

/** Whether the claims are those that ours read. A key binding does not say who made it, and is good from its `iat` on. */
function isSame(opened: Opened, claims: JoseClaims, isBinding: boolean): boolean {
  const { iss, aud, nbf, exp, iat = 0, nonce } = claims
  const notBefore = isBinding ? Math.max(iat, nbf ?? 0) : nbf
  return (
    (isBinding || opened.key.iss === iss) &&
    opened.challenge === nonce &&
    sameList(opened.domain, aud) &&
    opened.notBefore === inMilliseconds(notBefore) &&
    opened.expires === inMilliseconds(exp)
  )
}

function inMilliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000
}

function sameList(one: OneOrMany<string> | undefined, two: OneOrMany<string> | undefined): boolean {
  return JSON.stringify([one ?? []].flat()) === JSON.stringify([two ?? []].flat())
}
