/** The kinds of envelope, each an imported value. What they do is loaded on first need, as few documents need it. */

import { CredentialError } from '../errors.ts'
import type { Algorithm } from '../keys/algorithms.ts'
import type { Envelope } from './envelope.ts'

const load = () => import('./on-need.ts')

const algorithms: readonly Algorithm[] = ['Ed25519', 'P-256', 'P-384', 'RSA']

/**
 * VC-JWT, as the certification of Open Badges asks for it with RSA (RS256) keys; also for Ed25519 (EdDSA), P-256 (ES256) and P-384
 * (ES384). The header has `alg`, `kid` and `typ: JWT` and nothing else.
 */
export function vcJwt(): Envelope {
  return {
    kind: 'envelope',
    name: 'VC-JWT',
    algorithms,
    wrap: async (input, signer) => (await load()).vcJwt.wrap(input, signer),
    open: async (text, limits) => (await load()).vcJwt.open(text, limits),
  }
}

/**
 * `application/vc+jwt` and `application/vp+jwt`: the W3C's JWT form of data model 2.0. For Ed25519 (EdDSA), P-256 (ES256), P-384
 * (ES384) and RSA (RS256) keys.
 */
export function vcJose(): Envelope {
  return {
    kind: 'envelope',
    name: 'vc+jwt',
    algorithms,
    wrap: async (input, signer) => (await load()).vcJose.wrap(input, signer),
    open: async (text, limits) => (await load()).vcJose.open(text, limits),
  }
}

/**
 * `application/vc+sd-jwt`, for data model 2.0. For Ed25519 (EdDSA), P-256 (ES256), P-384 (ES384) and RSA (RS256) keys.
 *
 * @param options.disclosable JSON Pointers to what the holder may withhold, such as `/credentialSubject/result/0` or `/name`. Always
 *   shown are id, type, issuer, validity, status and schema of the credential, the subject's id, the type of each object; a result is shown
 *   as a whole or not at all. Asking for less is an `OPTION_INVALID` error when issuing. Default: nothing; for `verify` it does not matter.
 */
export function vcSdJwt(options: { readonly disclosable?: readonly string[] } = {}): Envelope {
  const { disclosable = [] } = options
  if (!Array.isArray(disclosable) || !disclosable.every((each) => typeof each === 'string')) {
    const message = 'vcSdJwt: disclosable must be a list of JSON Pointers, such as ["/credentialSubject/result/0"]'
    throw new CredentialError('OPTION_INVALID', message)
  }
  return {
    kind: 'envelope',
    name: 'vc+sd-jwt',
    algorithms,
    wrap: async (input, signer) => (await load()).vcSdJwt.wrap(input, signer, disclosable),
    open: async (text, limits) => (await load()).vcSdJwt.open(text, limits),
  }
}
