/** `RevocationList2020Status`: Revocation List 2020, the first of these lists. It knows no purpose but revocation. */

import { decodeOlderBitstring } from './bitstring.ts'
import { type ListForm, listMethod } from './list-entry.ts'
import type { StatusMethod } from './method.ts'

/** How entry and list are written. */
export const revocationList2020Form: ListForm = {
  type: 'RevocationList2020Status',
  listType: 'RevocationList2020Credential',
  subjectType: 'RevocationList2020',
  url: 'revocationListCredential',
  index: 'revocationListIndex',
  purpose: 'revocation',
  decode: decodeOlderBitstring,
  sizeOf: () => 1,
  meaningOf: () => undefined,
  findMoreProblems: () => [],
}

/** Reads entries of type `RevocationList2020Status`. */
export function revocationList2020Method(): StatusMethod {
  return listMethod(revocationList2020Form)
}
