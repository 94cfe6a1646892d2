/** What suites of selective disclosure answer: to whom verifies, and to a holder whose base proof is of no use. */

import { LimitError } from '../../encoding/limits.ts'
import { CredentialError } from '../../errors.ts'
import { UnavailableContextError, UnknownContextError } from '../../jsonld/context-errors.ts'
import type { Groups } from './group.ts'

/** What cannot be read is not what was signed; what could not be loaded, or is more than is worked on, decides nothing. */
export async function orFalse<T>(verify: () => Promise<T>): Promise<T | false> {
  try {
    return await verify()
  } catch (cause) {
    if (cause instanceof UnknownContextError || cause instanceof UnavailableContextError) throw cause
    if (cause instanceof LimitError) throw cause
    return false
  }
}

/** What should be known of a part that is good. */
export function noteOn({ mandatory, others }: Groups): { readonly note: string } {
  const count = mandatory.length + others.length
  return {
    note: `Its holder chose what to show; of ${count} statements the issuer made ${mandatory.length} mandatory.`,
  }
}

/** The base proof does not fit. */
export function unfit(reason: string): CredentialError {
  return new CredentialError('CREDENTIAL_MALFORMED', `the credential cannot be disclosed in part: ${reason}`)
}
