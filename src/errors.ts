/** The one error class of the package: thrown for a caller's mistake, never for what a stranger sent to `verify`. */

import type { Finding } from './types.ts'

/**
 * Why a call was refused.
 *
 * - `OPTION_INVALID`: an option is missing or of the wrong shape.
 * - `CREDENTIAL_MALFORMED`: the credential to sign has findings; all of them are in `findings`.
 * - `CREDENTIAL_SECURED`: the credential to sign has a proof already.
 * - `CREDENTIAL_UNVERIFIED`: a record was to be built from a credential that `verify` did not vouch for, or a proof added beside one that
 *   does not pass.
 * - `CONTEXT_UNKNOWN`: a context of the credential to sign is not at hand.
 * - `KEY_MALFORMED`: the key cannot be read.
 * - `KEY_UNSUPPORTED`: the key's algorithm, or the platform, cannot do what was asked.
 * - `POOL_ENDED`: the pool of threads was closed, or one of its threads ended with an error; `cause` says which.
 * - `PROOF_MISSING`: the credential has no base proof to disclose part of it, or no proof that another could be added to, or none at all to be baked.
 * - `PROOF_UNSUPPORTED`: the base proof makes use of a feature that is not done here.
 * - `SIGNATURE_WRONG`: the signer's signature does not verify under the key that it names.
 * - `STATUS_UNKNOWN`: the credential or entry has no place in the registry's status lists.
 * - `STATUS_LIST_FULL`: every status list is full, and no more may be opened.
 * - `STORE_CONFLICT`: others changed the store at the same time, again and again. Nothing was done; it may be tried again.
 * - `STORE_CORRUPT`: the store's log of events and what it keeps do not agree. Nothing was published.
 * - `STORE_UNAVAILABLE`: the store failed; `cause` says how. Whether the change was made is not known; asking again is safe.
 */
export type ErrorCode =
  | 'OPTION_INVALID'
  | 'CREDENTIAL_MALFORMED'
  | 'CREDENTIAL_SECURED'
  | 'CREDENTIAL_UNVERIFIED'
  | 'CONTEXT_UNKNOWN'
  | 'KEY_MALFORMED'
  | 'KEY_UNSUPPORTED'
  | 'POOL_ENDED'
  | 'PROOF_MISSING'
  | 'PROOF_UNSUPPORTED'
  | 'SIGNATURE_WRONG'
  | 'STATUS_UNKNOWN'
  | 'STATUS_LIST_FULL'
  | 'STORE_CONFLICT'
  | 'STORE_CORRUPT'
  | 'STORE_UNAVAILABLE'

/**
 * What this package throws. Switch on `code`; the message is for people. What your own plug-ins throw while you issue or present
 * (a KMS that is down) comes through as it is.
 */
export class CredentialError extends Error {
  readonly code: ErrorCode
  /** Everything that is wrong, where the code speaks of a document. Empty otherwise. */
  readonly findings: readonly Finding[]

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly findings?: readonly Finding[] } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.name = 'CredentialError'
    this.code = code
    this.findings = options.findings ?? []
  }
}

/** Tells a `CredentialError` from any other thrown value, also across two copies of the package. */
export function isCredentialError(value: unknown): value is CredentialError {
  return value instanceof Error && value.name === 'CredentialError' && 'code' in value && 'findings' in value
}
