/**
 * `presentSdJwt`: the holder of an SD-JWT shows some of what it discloses, to one verifier, for one occasion (RFC 9901 sections 4.3 and 7.2).
 */

import { toBase64Url } from './encoding/bytes.ts'
import { describe, isObject, pointer, stepsOf } from './encoding/json.ts'
import type { Limits } from './encoding/limits.ts'
import { vcSdJwt } from './envelopes/kinds.ts'
import type { Disclosure } from './envelopes/sd-jwt.ts'
import type { CredentialError } from './errors.ts'
import type { Signer } from './keys/key.ts'
import { assertOptions, readLimits, readNow, invalid as wrong } from './options.ts'
import { assertSigner } from './secure.ts'

/** Options of `presentSdJwt`. */
export interface PresentSdJwtOptions {
  /** The SD-JWT as it was issued, with all its disclosures. */
  readonly credential: string
  /**
   * JSON Pointers into the credential to what shall be shown, such as `/credentialSubject/result/0`, with all that is inside and around. What is
   * always shown need not be named. Default: everything that the text discloses.
   */
  readonly reveal?: readonly string[]
  /** The holder's key: the one that the credential is for. */
  readonly key: Signer
  /** The text that the verifier sent for this occasion. */
  readonly challenge: string
  /** Who the verifier is, such as `https://hr.example`. */
  readonly domain: string
  /** How much is read of the text; those that are not named keep their default. Default: `defaultLimits`. */
  readonly limits?: Partial<Limits>
  /** Default: the present. */
  readonly now?: Date
}

/**
 * Shows an SD-JWT with a key binding. `verify({ presentation, challenge, domain })` takes the text.
 *
 * @throws CredentialError `KEY_UNSUPPORTED`; `OPTION_INVALID` for text that is no SD-JWT, a key that it is not for, or a pointer to nothing.
 */
export async function presentSdJwt(options: PresentSdJwtOptions): Promise<string> {
  assertOptions('presentSdJwt', options, ['credential', 'reveal', 'key', 'challenge', 'domain', 'limits', 'now'])
  const { credential, reveal, key, challenge, domain } = options
  assertSigner('presentSdJwt', key, vcSdJwt())
  const now = readNow('presentSdJwt', options.now)
  for (const [name, value] of Object.entries({ credential, challenge, domain })) {
    if (typeof value !== 'string' || value === '') throw invalid(`${name} must be text`)
  }
  const { openSdJwt, signJws } = await import('./envelopes/on-need.ts')
  const sdJwt = openSdJwt(credential.trim(), readLimits('presentSdJwt', options.limits))
  if ('problem' in sdJwt) throw invalid(`credential is not accepted: ${sdJwt.problem}`)
  const { payload, jws, disclosures, digest } = sdJwt
  assertHolder(payload['cnf'], key)
  const shown = reveal === undefined ? disclosures : select(disclosures, reveal, payload)
  const text = `${[jws.text, ...shown.map((each) => each.text)].join('~')}~`
  const claims = {
    iat: Math.floor(now.getTime() / 1000),
    aud: domain,
    nonce: challenge,
    sd_hash: toBase64Url(digest.bytes(text)),
  }
  return `${text}${await signJws({ typ: 'kb+jwt' }, claims, key)}`
}

/** The verifier looks for the key that the credential names. */
function assertHolder(cnf: unknown, key: Signer): void {
  const kid = isObject(cnf) ? cnf['kid'] : undefined
  if (typeof kid === 'string' && kid !== key.id && kid !== key.controller) {
    throw invalid(`the credential is for the key "${kid}", not for "${key.id}"`)
  }
  if (!isObject(cnf))
    throw invalid('the credential names no key that it is for ("cnf"), so that nobody can present it so')
}

function select(
  disclosures: readonly Disclosure[],
  reveal: readonly string[],
  payload: Parameters<typeof resolve>[0],
): readonly Disclosure[] {
  if (!Array.isArray(reveal)) throw invalid('reveal must be a list of JSON Pointers')
  const missing = reveal.find((each) => resolve(payload, each) === undefined)
  if (missing !== undefined) throw invalid(`reveal names "${describe(missing)}", which the credential does not have`)
  return disclosures.filter(({ path }) => {
    const place = path.reduce<string>(pointer, '')
    return reveal.some((each) => isWithin(place, each) || isWithin(each, place))
  })
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`)
}

/** What a JSON Pointer names. */
function resolve(value: unknown, path: string): unknown {
  return stepsOf(path).reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? (at as never)[name] : undefined),
    value,
  )
}

function invalid(problem: string): CredentialError {
  return wrong(`presentSdJwt: ${problem}`)
}
